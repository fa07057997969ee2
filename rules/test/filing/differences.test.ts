import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Act,
  completeness,
  contradictions,
  type DevelopmentFacts,
  differences,
  filingTemplate,
  type PaperFacts,
  type ReadDocument,
} from '../../src/index.ts'
import { completeActs, fileWith, today } from '../development/complete-file.ts'

const paper = (place: string, about: Partial<ReadDocument> = {}): ReadDocument => ({
  id: 'paper',
  place,
  title: '材料',
  nature: 'original',
  ...about,
})
const saying = (place: string, says: PaperFacts) => paper(place, { says })
const found = (facts: DevelopmentFacts, ...documents: ReadDocument[]) =>
  differences(filingTemplate, { facts, name: '陈思远', documents }, today)

const twoMeetings: readonly Act[] = [
  { kind: 'confirmationAssembly', on: '2027-09-22', outcome: 'extend', until: '2028-03-20' },
  { kind: 'confirmationAssembly', on: '2028-03-24' },
]

const cases: [why: string, facts: DevelopmentFacts, document: ReadDocument, rules: readonly string[]][] = [
  ['no day on the paper', fileWith(), paper('application'), []],
  ['the same day', fileWith(), paper('application', { on: '2025-05-20' }), []],
  ['a day later', fileWith(), paper('application', { on: '2025-05-21' }), ['T55']],
  ['a day earlier', fileWith(), paper('application', { on: '2025-05-19' }), ['T55']],
  [
    'the day of receipt',
    fileWith([{ kind: 'application', on: '2025-05-20', receivedOn: '2025-05-21' }]),
    paper('application', { on: '2025-05-21' }),
    [],
  ],
  ['an act without a day', fileWith([{ kind: 'application' }]), paper('application', { on: '2025-05-21' }), []],
  ['an act that is not recorded', fileWith([], ['oath']), paper('oathRecord', { on: '2026-10-21' }), []],
  ['a certificate written later', fileWith(), paper('intensiveTrainingProof', { on: '2026-09-05' }), []],
  ['a register with many days', fileWith(), paper('observationRegister', { on: '2026-07-14' }), []],
  [
    'the day of the decision in the register',
    fileWith(),
    saying('observationRegister', { days: [{ kind: 'activistDecision', on: '2025-06-25' }] }),
    [],
  ],
  [
    'another day of the decision in the register',
    fileWith(),
    saying('observationRegister', { days: [{ kind: 'activistDecision', on: '2025-06-26' }] }),
    ['T55'],
  ],
  [
    'two wrong days in the register',
    fileWith(),
    saying('observationRegister', {
      days: [
        { kind: 'activistDecision', on: '2025-06-26' },
        { kind: 'prospectProposal', on: '2026-07-02' },
      ],
    }),
    ['T55', 'T55'],
  ],
  ['the second of two meetings', fileWith(twoMeetings), paper('confirmationMinutes', { on: '2028-03-24' }), []],
  ['neither of two meetings', fileWith(twoMeetings), paper('confirmationMinutes', { on: '2028-03-25' }), ['T55']],
  ['a resolution of the day of the meeting', fileWith(), paper('admissionResolution', { on: '2026-09-20' }), []],
  ['a resolution of the day after', fileWith(), paper('admissionResolution', { on: '2026-09-21' }), ['T34']],
  [
    'a resolution of the day after in the form',
    fileWith(),
    saying('admissionForm', { resolutionOn: '2026-09-21' }),
    ['T34'],
  ],
  [
    'a resolution on confirmation of the day after',
    fileWith(),
    paper('confirmationResolution', { on: '2027-09-23' }),
    ['T34'],
  ],
  [
    'what the record itself has wrong already',
    fileWith([{ kind: 'admissionAssembly', on: '2026-09-20', resolution: { on: '2026-09-21' } }]),
    paper('admissionResolution', { on: '2026-09-21' }),
    [],
  ],
  [
    'probation from the assembly',
    fileWith(),
    saying('admissionForm', { probationFrom: '2026-09-20', probationUntil: '2027-09-20' }),
    [],
  ],
  [
    'probation until the day before',
    fileWith(),
    saying('admissionForm', { probationFrom: '2026-09-20', probationUntil: '2027-09-19' }),
    [],
  ],
  ['probation from the approval', fileWith(), saying('admissionForm', { probationFrom: '2026-10-10' }), ['T37']],
  [
    'probation from and until a year after the approval',
    fileWith(),
    saying('admissionForm', { probationFrom: '2026-10-10', probationUntil: '2027-10-10' }),
    ['T37'],
  ],
  ['probation of a year and a day', fileWith(), saying('admissionForm', { probationUntil: '2027-09-21' }), ['T38']],
  ['full from the end of probation', fileWith(), saying('confirmationReply', { fullOn: '2027-09-20' }), []],
  ['full from the assembly', fileWith(), saying('confirmationReply', { fullOn: '2027-09-22' }), ['T47']],
  ['the same name', fileWith(), saying('application', { name: '陈思远' }), []],
  ['another name', fileWith(), saying('application', { name: '陈思源' }), ['T55']],
  ['the same birthday', fileWith(), saying('application', { bornOn: '2004-05-12' }), []],
  ['the month of the birthday', fileWith(), saying('application', { bornOn: '2004-05' }), []],
  ['another month', fileWith(), saying('application', { bornOn: '2004-06' }), ['T59']],
  ['another birthday', fileWith(), saying('application', { bornOn: '2004-05-13' }), ['T59']],
  ['a birthday where none is recorded', { acts: completeActs }, saying('application', { bornOn: '2004-05-13' }), []],
  [
    'the same tally',
    fileWith(),
    saying('admissionMinutes', { vote: { entitled: 12, present: 11, yes: 11, no: 0, abstain: 0 } }),
    [],
  ],
  ['one more entitled', fileWith(), saying('admissionMinutes', { vote: { entitled: 13, present: 11 } }), ['T55']],
  ['the tally of the other meeting', fileWith(), saying('confirmationMinutes', { vote: { present: 11 } }), ['T55']],
  [
    'a tally where none is recorded',
    fileWith([{ kind: 'admissionAssembly', on: '2026-09-20' }]),
    saying('admissionMinutes', { vote: { entitled: 13 } }),
    [],
  ],
  ['the introducers in another order', fileWith(), saying('admissionForm', { introducers: ['罗素心', '马致远'] }), []],
  ['another introducer', fileWith(), saying('admissionForm', { introducers: ['罗素心', '马志远'] }), ['T55']],
  ['one contact person of two', fileWith(), saying('observationRegister', { contactPersons: ['马致远'] }), ['T55']],
  [
    'introducers whose names are not recorded',
    fileWith([{ kind: 'introducers', on: '2026-07-15' }]),
    saying('admissionForm', { introducers: ['马志远'] }),
    [],
  ],
  ['the same hours', fileWith(), saying('intensiveTrainingProof', { trainingHours: 24 }), []],
  ['fewer hours', fileWith(), saying('intensiveTrainingProof', { trainingHours: 20 }), ['T55']],
  ['hours of another training', fileWith(), saying('activistTrainingProof', { trainingHours: 20 }), []],
]

test.each(cases)('%s', (_why, facts, document, rules) => {
  const findings = found(facts, document)
  expect(findings.map((it) => it.rule)).toEqual(rules)
  for (const it of findings) {
    expect([it.place, it.documentId]).toEqual([document.place, 'paper'])
    expect(it.facts.length).toBeGreaterThan(1)
  }
})

test('a finding names both facts and says how to mend the one that is wrong', () => {
  expect(
    found(
      fileWith([{ kind: 'application', on: '2025-05-26', id: 'act-1' }]),
      paper('application', { on: '2025-05-28', says: { name: '陈思源' } }),
      saying('admissionMinutes', { vote: { present: 10 } }),
    ),
  ).toEqual([
    {
      rule: 'T55',
      severity: 'error',
      ruleBook: 'XZ-2014',
      message:
        '“递交入党申请书”的日期前后不一：这里是2025年5月26日，“入党申请书”是2025年5月28日。请对照原始材料，以原件为准统一更正。',
      facts: [
        { label: '“入党申请书”所记日期', value: '2025-05-28', kind: 'application', actId: 'act-1' },
        { label: '递交入党申请书', value: '2025-05-26', kind: 'application', actId: 'act-1' },
      ],
      place: 'application',
      documentId: 'paper',
    },
    {
      rule: 'T55',
      severity: 'error',
      ruleBook: 'XZ-2026',
      message:
        '姓名前后不一：登记的是陈思远，“入党申请书”写的是陈思源。请核对材料是否放错了人；写错或者用过曾用名的，由本人说明。',
      facts: [
        { label: '姓名', value: '陈思远' },
        { label: '“入党申请书”所记姓名', value: '陈思源' },
      ],
      place: 'application',
      documentId: 'paper',
    },
    {
      rule: 'T55',
      severity: 'error',
      ruleBook: 'XZ-2026',
      message:
        '实到会有表决权的党员前后不一：登记的是11人，“接收预备党员的支部党员大会会议记录”写的是10人。请对照原始材料，以原件为准统一更正。',
      facts: [
        { label: '实到会有表决权的党员', value: '11人', kind: 'admissionAssembly' },
        {
          label: '“接收预备党员的支部党员大会会议记录”所记实到会有表决权的党员',
          value: '10人',
          kind: 'admissionAssembly',
        },
      ],
      place: 'admissionMinutes',
      documentId: 'paper',
    },
  ])
})

const anyPaper: fc.Arbitrary<ReadDocument> = fc.record(
  {
    place: fc.constantFrom(...filingTemplate.person.map((it) => it.code)),
    title: fc.constant('材料'),
    nature: fc.constant('original'),
    on: fc.constantFrom('2025-05-20', '2026-09-20', '2027-09-22', '2026-10-20'),
    says: fc.record(
      {
        name: fc.constantFrom('陈思远', '陈思源'),
        probationFrom: fc.constantFrom('2026-09-20', '2026-10-10'),
        resolutionOn: fc.constantFrom('2026-09-20', '2027-09-22'),
        fullOn: fc.constantFrom('2027-09-20', '2027-09-22'),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['place', 'title', 'nature'] },
)
const anyFacts = fc.subarray([...completeActs]).map((acts): DevelopmentFacts => ({ acts }))

test('each paper is judged by itself, the record’s own contradictions are not repeated, and completeness is another matter', () => {
  fc.assert(
    fc.property(anyFacts, fc.array(anyPaper, { maxLength: 4 }), (facts, papers) => {
      const together = found(facts, ...papers)
      expect(together).toEqual(papers.flatMap((it) => found(facts, it)))
      const known = contradictions(facts, today).map((it) => JSON.stringify([it.rule, it.facts]))
      expect(together.filter((it) => known.includes(JSON.stringify([it.rule, it.facts])))).toEqual([])
      const bare = papers.map(({ says: _, on: __, ...it }) => it)
      expect(completeness(filingTemplate, { facts, documents: papers }, today)).toEqual(
        completeness(filingTemplate, { facts, documents: bare }, today),
      )
    }),
    { numRuns: 200 },
  )
})
