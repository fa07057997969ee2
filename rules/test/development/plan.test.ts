import { expect, test } from 'vitest'
import {
  type Act,
  actKinds,
  contradictions,
  type Day,
  type DevelopmentFacts,
  type Plan,
  type PlanConstraints,
  plan,
} from '../../src/index.ts'
import { completeActs } from './complete-file.ts'

const until = (kind: Act['kind']): Act[] =>
  completeActs.filter((it) => actKinds.indexOf(it.kind) <= actKinds.indexOf(kind))

const inShort = (planned: Plan): string[] => planned.acts.map((it) => `${it.kind} ${it.earliestOn} ${it.latestOn}`)

const admission = (by: Day, more: Omit<PlanConstraints, 'target'> = {}): PlanConstraints => ({
  target: { kind: 'admissionAssembly', by },
  ...more,
})

type Row = [what: string, facts: DevelopmentFacts, on: Day, constraints: PlanConstraints, acts: string[]]

const rows: Row[] = [
  [
    'from a passed pre-review',
    { acts: until('admissionForm') },
    '2026-09-12',
    admission('2026-12-31'),
    ['admissionAssembly 2026-09-12 2026-10-08'],
  ],
  [
    'on the days on which the branch meets',
    { acts: until('admissionForm') },
    '2026-09-12',
    admission('2026-12-31', { assemblyDays: ['2026-09-01', '2026-09-26', '2026-10-08', '2026-10-31'] }),
    ['admissionAssembly 2026-09-26 2026-10-08'],
  ],
  [
    'not in the vacation',
    { acts: until('admissionForm') },
    '2026-09-12',
    admission('2026-10-05', {
      closed: [
        { from: '2026-09-10', until: '2026-09-20' },
        { from: '2026-10-01', until: '2026-10-07' },
      ],
    }),
    ['admissionAssembly 2026-09-21 2026-09-30'],
  ],
  [
    'from consent, over the notice',
    { acts: until('prospectConsent') },
    '2026-07-04',
    { target: { kind: 'prospectListing', by: '2026-07-20' } },
    ['publicNotice 2026-07-04 2026-07-13', 'prospectListing 2026-07-10 2026-07-20'],
  ],
  [
    'the notice over National Day and its make-up Saturday',
    { acts: until('prospectConsent') },
    '2026-09-29',
    { target: { kind: 'prospectListing', by: '2026-10-12' } },
    ['publicNotice 2026-09-29 2026-09-29', 'prospectListing 2026-10-12 2026-10-12'],
  ],
  [
    'from listing to the assembly',
    { acts: until('prospectListing') },
    '2026-07-20',
    admission('2026-09-30', { assemblyDays: ['2026-09-15'], committeeDays: ['2026-08-10', '2026-09-01'] }),
    [
      'introducers 2026-07-20 2026-09-01',
      'politicalReview 2026-07-20 2026-09-01',
      'intensiveTraining 2026-07-20 2026-09-01',
      'committeeExamination 2026-08-10 2026-09-01',
      // Not before 15 August: the assembly of 15 September must follow within a month.
      'preReview 2026-08-15 2026-09-15',
      'admissionForm 2026-08-15 2026-09-15',
      'admissionAssembly 2026-09-15 2026-09-15',
    ],
  ],
  [
    'who leaves: pre-review more than three months before, the assembly within a month after it',
    { leavesOn: '2027-06-30', acts: until('committeeExamination') },
    '2027-01-10',
    admission('2027-06-30'),
    [
      'preReview 2027-01-10 2027-03-29',
      'admissionForm 2027-01-10 2027-04-29',
      'admissionAssembly 2027-01-10 2027-04-29',
    ],
  ],
  [
    'to full membership',
    { acts: until('oath') },
    '2026-12-01',
    { target: { kind: 'confirmationApproval', by: '2027-12-31' } },
    [
      'confirmationRequest 2027-08-20 2027-10-20',
      'confirmationOpinions 2027-08-20 2027-10-20',
      'confirmationAssembly 2027-09-20 2027-10-20',
      'confirmationApproval 2027-09-20 2027-12-31',
    ],
  ],
]

test.each(rows)('%s', (_what, facts, on, constraints, acts) => {
  const planned = plan(facts, constraints, on)
  expect(inShort(planned)).toEqual(acts)
  expect(planned.feasible).toBe(true)
})

test('what is done is not planned again', () => {
  expect(plan({ acts: until('admissionAssembly') }, admission('2027-06-30'), '2026-12-01')).toEqual({
    feasible: true,
    acts: [],
    notes: ['“支部党员大会讨论接收预备党员”已经记录，不需要再计划。'],
  })
})

test.each<
  [what: string, facts: DevelopmentFacts, on: Day, constraints: PlanConstraints, kind: Act['kind'], message: string]
>([
  [
    'the year as an activist is in the way, with the days that are missing',
    { acts: until('contactPersons') },
    '2026-05-20',
    admission('2026-06-20'),
    'prospectProposal',
    '“支委会讨论提出发展对象人选”最早2026年6月25日，而要在2026年6月20日以前完成“支部党员大会讨论接收预备党员”，最迟应在2026年6月11日，差14天，赶不上。不能压缩法定程序和时间，请推后目标，或由转入单位接续培养。',
  ],
  [
    'who leaves too soon for it: postponing would not help',
    { leavesOn: '2026-06-30', acts: until('committeeExamination') },
    '2026-04-10',
    admission('2026-12-31'),
    'preReview',
    '“上级党委预审”最早2026年9月1日，而要在2026年12月31日以前完成“支部党员大会讨论接收预备党员”，最迟应在2026年3月29日，差156天，赶不上。不能压缩法定程序和时间，离开本单位以前办不完的，由转入单位接续培养。',
  ],
  [
    'the month after a pre-review already held ends in a vacation',
    { acts: until('admissionForm') },
    '2026-09-12',
    admission('2026-12-31', { closed: [{ from: '2026-09-12', until: '2026-11-12' }] }),
    'admissionAssembly',
    '“支部党员大会讨论接收预备党员”最迟2026年10月8日（自“上级党委预审”2026年9月8日算起），按现有会议日和停办时间最早2026年11月13日，超过期限。请在期限内另定会议日或办理日。',
  ],
  [
    'a political review that ended badly',
    { acts: [...until('introducers'), { kind: 'politicalReview', on: '2026-08-20', conclusion: 'unqualified' }] },
    '2026-08-25',
    admission('2026-12-31'),
    'committeeExamination',
    '政治审查结论为不合格，不能发展入党。',
  ],
  [
    'a resolution that did not pass',
    {
      acts: [
        ...until('admissionForm'),
        { kind: 'admissionAssembly', on: '2026-09-20', vote: { entitled: 12, present: 12, yes: 6, no: 6, abstain: 0 } },
      ],
    },
    '2026-09-25',
    { target: { kind: 'admissionApproval', by: '2026-12-31' } },
    'admissionTalk',
    '大会赞成6人，没有超过应到会有表决权党员12人的半数，决议没有通过，不能报上级审批。',
  ],
  [
    'no assembly day is left',
    { acts: until('admissionForm') },
    '2026-09-12',
    admission('2026-12-31', { assemblyDays: ['2026-09-01'] }),
    'admissionAssembly',
    '到2026年12月31日为止，“支部党员大会讨论接收预备党员”没有赶得上的会议日或办理日。请补充会议日、调整停办的时间，或推后目标。',
  ],
])('not feasible: %s', (_what, facts, on, constraints, kind, message) => {
  const planned = plan(facts, constraints, on)
  expect(planned.feasible).toBe(false)
  if (planned.feasible) return
  expect([planned.blockedBy.kind, planned.blockedBy.message]).toEqual([kind, message])
})

test('says that minimums are limits, not goals', () => {
  const { notes } = plan({ acts: until('contactPersons') }, admission('2027-06-20'), '2026-01-01')
  expect(notes[0]).toMatch(/最低限度，不是目标/)
})

test('a limit already missed is said and does not stop the plan', () => {
  const acts: Act[] = [{ kind: 'application', on: '2026-01-01' }]
  const planned = plan({ acts }, admission('2028-06-30'), '2026-09-01')
  expect(planned.feasible).toBe(true)
  expect(planned.notes).toContain(
    '“派人同入党申请人谈话”已过期限（2026年2月1日），应尽快办理并说明原因，不得倒签日期。',
  )
})

test('a year without a table makes the plan provisional and says so', () => {
  const planned = plan({ acts: until('contactPersons') }, admission('2027-12-20'), '2027-02-01')
  expect(planned.acts.filter((it) => it.provisional).map((it) => it.kind)).toEqual(['prospectListing'])
  expect(planned.notes.at(-1)).toMatch(/放假安排尚未录入/)
})

test.each<[start: Act['kind'], on: Day]>([
  ['application', '2025-06-01'],
  ['contactPersons', '2025-09-01'],
  ['prospectListing', '2026-08-31'],
  ['oath', '2026-12-31'],
])('a way that keeps the first days after %s contradicts nothing', (start, on) => {
  const facts = { acts: until(start) }
  const { acts } = plan(facts, { target: { kind: 'archiving', by: '2032-12-31' } }, on)
  const held = acts.map(({ kind, earliestOn }): Act => {
    const done = completeActs.find((it) => it.kind === kind)
    if (done === undefined) throw new Error(kind)
    switch (done.kind) {
      case 'publicNotice':
      case 'politicalReview':
      case 'admissionForm':
        return { kind: done.kind, on: earliestOn }
      case 'admissionAssembly':
      case 'confirmationAssembly':
      case 'admissionApproval':
      case 'confirmationApproval':
        return { kind: done.kind, on: earliestOn }
      default:
        return { ...done, on: earliestOn }
    }
  })
  const last = acts.at(-1)?.earliestOn ?? on
  const whole = [...facts.acts.filter((it) => it.kind !== 'review'), ...held]
  expect(contradictions({ acts: whole }, last)).toEqual([])
})
