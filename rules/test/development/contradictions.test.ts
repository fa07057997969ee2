import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Act,
  actKinds,
  addDays,
  contradictions,
  type Day,
  type DevelopmentFacts,
  type Finding,
  isDay,
  repeatableKinds,
} from '../../src/index.ts'
import { contradictionRules } from '../../src/procedures/development/contradictions.ts'
import { completeActs, fileWith, today } from './complete-file.ts'

const catalogue = Array.from({ length: 60 }, (_, at) => `T${String(at + 1).padStart(2, '0')}`)

test('every number of the catalogue can be decided', () => {
  const rules = new Set(contradictionRules.map((it) => it.rule))
  expect(catalogue.filter((it) => !rules.has(it))).toEqual([])
})

test('every number of the catalogue has rows in a table beside this one', () => {
  const tables = readdirSync(import.meta.dirname)
    .filter((it) => it.endsWith('.test.ts'))
    .map((it) => readFileSync(path.join(import.meta.dirname, it), 'utf8'))
    .join()
  expect(catalogue.filter((it) => !tables.includes(`'${it} `))).toEqual([])
})

/** The rows of a table that universities pass around, each with one mistake or none. */
const usual: readonly Act[] = [
  { kind: 'application', on: '2019-09-20' },
  { kind: 'applicantTalk', on: '2019-10-08' },
  { kind: 'recommendation', on: '2020-03-10' },
  { kind: 'activistDecision', on: '2020-03-18' },
  { kind: 'opinions', on: '2021-03-10' },
  { kind: 'prospectProposal', on: '2021-03-22' },
  { kind: 'prospectListing', on: '2021-03-30' },
  { kind: 'introducers', on: '2021-04-02' },
  { kind: 'intensiveTraining', on: '2021-04-25' },
  { kind: 'preReview', on: '2021-05-10' },
  { kind: 'admissionAssembly', on: '2021-05-28' },
  { kind: 'admissionTalk', on: '2021-06-10' },
  { kind: 'admissionApproval', on: '2021-06-25' },
  { kind: 'oath', on: '2021-07-01' },
  { kind: 'confirmationRequest', on: '2022-05-20' },
  { kind: 'confirmationAssembly', on: '2022-05-30' },
  { kind: 'confirmationApproval', on: '2022-06-28' },
  { kind: 'archiving', on: '2022-07-01' },
]

const row = (
  change: Partial<Record<Act['kind'], Day>> = {},
  named: readonly string[] = ['马致远', '罗素心'],
  about: Partial<DevelopmentFacts> = {},
): DevelopmentFacts => {
  const dated = usual.map((act): Act => {
    const on = change[act.kind] ?? act.on
    const moved = on === undefined ? act : { ...act, on }
    return moved.kind === 'introducers' ? { ...moved, members: named.map((name) => ({ name })) } : moved
  })
  const done: Act[] = [{ kind: 'politicalReview' }, { kind: 'admissionForm' }]
  return { bornOn: '2001-05-12', bornOnByIdNumber: '2001-05-12', ...about, acts: [...dated, ...done] }
}

test.each<[what: string, facts: DevelopmentFacts, rules: string[]]>([
  ['in order', row(), []],
  ['seventeen', row({}, undefined, { bornOn: '2001-09-24', bornOnByIdNumber: '2001-09-24' }), ['T01']],
  ['eighteen to the day', row({}, undefined, { bornOn: '2001-09-20', bornOnByIdNumber: '2001-09-20' }), []],
  [
    'talk a day late',
    row({ application: '2020-01-31', applicantTalk: '2020-03-01', recommendation: '2020-03-12' }),
    ['T03'],
  ],
  [
    'talk on the last day',
    row({ application: '2020-01-31', applicantTalk: '2020-02-29', recommendation: '2020-03-12' }),
    [],
  ],
  ['talk before the application', row({ applicantTalk: '2019-09-19' }), ['T02']],
  [
    'decided before the talk',
    row({ applicantTalk: '2019-10-19', recommendation: '2019-10-09', activistDecision: '2019-10-10' }),
    ['T04'],
  ],
  ['recommended after the decision', row({ recommendation: '2020-03-25' }), ['T05']],
  ['two days short of a year', row({ activistDecision: '2020-03-24' }), ['T13']],
  [
    'a year from a leap day',
    row({
      activistDecision: '2020-02-29',
      recommendation: '2020-02-20',
      opinions: '2021-02-20',
      prospectProposal: '2021-02-28',
    }),
    [],
  ],
  ['trained after pre-review', row({ intensiveTraining: '2021-05-12' }), ['T24']],
  ['approved after four months', row({ admissionApproval: '2021-09-29', oath: '2021-10-08' }), ['T36']],
  ['oath before approval', row({ oath: '2021-06-20' }), ['T39']],
  ['confirmed a day early', row({ confirmationRequest: '2022-05-10', confirmationAssembly: '2022-05-27' }), ['T43']],
  ['confirmed on the day', row({ confirmationRequest: '2022-05-10', confirmationAssembly: '2022-05-28' }), []],
  ['confirmation approved a day late', row({ confirmationApproval: '2022-08-31', archiving: '2022-09-05' }), ['T48']],
  ['talk before the assembly', row({ admissionTalk: '2021-05-20' }), ['T35']],
  ['one introducer', row({}, ['马致远']), ['T28']],
  ['a birth that differs from the number', row({}, undefined, { bornOnByIdNumber: '2001-05-13' }), ['T59']],
  ['filed in 2031', row({ archiving: '2031-07-01' }), ['T58']],
])('dynamic information table: %s', (_what, facts, rules) => {
  const found = contradictions(facts, '2026-11-20').filter((it) => it.severity !== 'info')
  expect(found.map((it) => it.rule)).toEqual(rules)
})

/** The complete file with an extension, a postponement and reports beside it, and some wrong details. */
const pool: readonly Act[] = [
  ...completeActs,
  { kind: 'confirmationAssembly', on: '2027-09-21', outcome: 'postpone', until: '2028-02-01' },
  { kind: 'confirmationAssembly', on: '2027-09-25', outcome: 'extend', until: '2028-03-20' },
  { kind: 'confirmationApproval', on: '2027-10-20' },
  { kind: 'confirmationApproval', on: '2028-04-20', fullOn: '2027-09-20' },
  { kind: 'thoughtReport', on: '2025-09-20', textHash: 'a' },
  { kind: 'thoughtReport', on: '2025-12-20', textHash: 'a' },
  { kind: 'review', on: '2026-06-18', signatures: [{ by: '何其正', on: '2026-06-20' }] },
  { kind: 'activistTraining', on: '2025-11-20', trainingHours: 12 },
]

/** Files made by moving the days of the complete file about and leaving some acts out. */
const someFile: fc.Arbitrary<DevelopmentFacts> = fc
  .array(
    fc.record({ keep: fc.integer({ min: 0, max: 9 }), moved: fc.integer({ min: -500, max: 500 }), wild: fc.boolean() }),
    {
      minLength: pool.length,
      maxLength: pool.length,
    },
  )
  .map((changes) => ({
    bornOn: '2004-05-12',
    bornOnByIdNumber: '2004-05-12',
    leavesOn: '2026-11-30',
    acts: pool.flatMap((act, at): Act[] => {
      const change = changes[at]
      if (change === undefined || change.keep === 0) return []
      const moved = act.on === undefined || !change.wild ? {} : { on: addDays(act.on, change.moved) }
      return [{ ...act, id: `act-${at}`, ...moved }]
    }),
  }))

const essence = ({ rule, severity, ruleBook, facts }: Finding): string =>
  JSON.stringify([rule, severity, ruleBook, facts])

describe('laws', () => {
  test('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(
        someFile.chain((file) =>
          fc.record({
            file: fc.constant(file),
            acts: fc.shuffledSubarray([...file.acts], { minLength: file.acts.length }),
          }),
        ),
        ({ file, acts }) => {
          expect(contradictions({ ...file, acts }, today)).toEqual(contradictions(file, today))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a rule is silent on facts that are not recorded: an act without a day contradicts no other', () => {
    const undated = completeActs.map(({ on: _, ...act }): Act => act)
    expect(contradictions({ acts: undated }, today)).toEqual([])
  })

  /*
   * A later fact is an act with a day later than that of every act in the file, of a kind that is not in the file
   * yet or may be repeated. A correction replaces an act and is no later fact.
   */
  test('a later fact never removes an earlier contradiction', () => {
    const singles = (file: DevelopmentFacts, act: Act) =>
      repeatableKinds.some((it) => it === act.kind) || file.acts.every((it) => it.kind !== act.kind)
    fc.assert(
      fc.property(someFile, fc.constantFrom(...pool), fc.integer({ min: 1, max: 400 }), (whole, act, wait) => {
        const file = { ...whole, acts: whole.acts.filter((it) => it.kind !== act.kind || isRepeatable(act)) }
        fc.pre(singles(file, act))
        const last = file.acts.reduce<Day>(
          (day, it) => (it.on !== undefined && it.on > day ? it.on : day),
          '2020-01-01',
        )
        const later: Act = { ...act, id: 'later', on: addDays(last, wait) }
        const before = contradictions(file, '2035-01-01').map(essence)
        const after = new Set(contradictions({ ...file, acts: [...file.acts, later] }, '2035-01-01').map(essence))
        expect(before.filter((it) => !after.has(it))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

/**
 * Who sees only some kinds of acts is told what these contradict by themselves. That is untrue only where an extension of the
 * probation is not among them, which moves the end that others are compared with.
 */
test('what some kinds of acts contradict by themselves, the whole file contradicts', () => {
  fc.assert(
    fc.property(someFile, fc.subarray([...actKinds], { maxLength: 8 }), (file, kinds) => {
      const part = { acts: file.acts.filter((it) => kinds.includes(it.kind)) }
      const whole = new Set(contradictions(file, today).map(essence))
      const alone = contradictions(part, today)
        .filter(({ facts }) => !facts.some(({ label }) => label === '预备期满'))
        .map(essence)
      expect(alone.filter((it) => !whole.has(it))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

const isRepeatable = (act: Act): boolean => repeatableKinds.some((it) => it === act.kind)

test('every finding says where and how to mend, with days that exist', () => {
  fc.assert(
    fc.property(someFile, (file) => {
      for (const { message, facts } of contradictions(file, today)) {
        expect(message).toMatch(/请|应|不得/)
        expect(message).toMatch(/。$/)
        expect(message).not.toMatch(/undefined|NaN|。。/)
        expect(facts.length).toBeGreaterThan(0)
        for (const { value } of facts) if (/^\d{4}-\d\d-\d\d$/.test(value)) expect(isDay(value)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('the rules read nothing: the same facts give the same findings, and are not changed', () => {
  const facts = Object.freeze(fileWith([{ kind: 'oath', on: '2026-10-09' }]))
  for (const act of facts.acts) Object.freeze(act)
  Object.freeze(facts.acts)
  expect(contradictions(facts, today)).toEqual(contradictions(structuredClone(facts), today))
  const sources = path.join(import.meta.dirname, '../../src/procedures/development')
  for (const file of readdirSync(sources))
    expect(readFileSync(path.join(sources, file), 'utf8')).not.toMatch(
      /from 'node:|\bfetch\(|new Date|Date\.now|Math\.random/,
    )
})
