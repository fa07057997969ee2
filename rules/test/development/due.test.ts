import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Act,
  actKinds,
  contradictions,
  type Day,
  type DevelopmentFacts,
  due,
  nationalPractice,
  nationalSetting,
  repeatableKinds,
  type Setting,
  stageOf,
} from '../../src/index.ts'
import { completeActs, fileWith, today } from './complete-file.ts'

/** The complete file up to an act of that kind. */
const until = (kind: Act['kind'], more: Act[] = [], without: Act['kind'][] = []): Act[] => {
  const last = actKinds.indexOf(kind)
  const replaced = new Set([...without, ...more.map((it) => it.kind)])
  return [...completeActs.filter((it) => actKinds.indexOf(it.kind) <= last && !replaced.has(it.kind)), ...more]
}

const inShort = (facts: DevelopmentFacts, on: Day, setting: Setting = nationalSetting): string[] =>
  due(facts, on, setting).acts.map((it) =>
    [
      it.kind,
      it.earliestOn ?? '-',
      it.latestOn ?? '-',
      ...(it.overdue ? ['overdue'] : []),
      ...(it.provisional ? ['provisional'] : []),
    ].join(' '),
  )

const local = (practice: Partial<Setting['practice']>): Setting => ({
  ...nationalSetting,
  practice: { ...nationalPractice, ...practice },
})

type Row = [what: string, acts: Act[], on: Day, acts: string[], setting?: Setting]

const extended: Act = { kind: 'confirmationAssembly', on: '2027-09-22', outcome: 'extend', until: '2028-03-20' }

const rows: Row[] = [
  ['nothing yet', [], '2026-06-01', ['application - -']],
  ['applied', until('application'), '2025-06-20', ['applicantTalk 2025-05-20 2025-06-20']],
  [
    'applied, a month and a day ago',
    until('application'),
    '2025-06-21',
    ['applicantTalk 2025-05-20 2025-06-20 overdue'],
  ],
  [
    'applied on 31 January',
    [{ kind: 'application', on: '2026-01-31' }],
    '2026-02-10',
    ['applicantTalk 2026-01-31 2026-02-28'],
  ],
  [
    'received later',
    [{ kind: 'application', on: '2025-05-20', receivedOn: '2025-06-01' }],
    '2025-06-20',
    ['applicantTalk 2025-06-01 2025-07-01'],
  ],
  ['applied, day unknown', [{ kind: 'application' }], '2025-06-20', ['applicantTalk - -']],
  ['talked with', until('applicantTalk'), '2025-06-20', ['recommendation 2025-06-10 -']],
  ['recommended', until('recommendation'), '2025-06-21', ['activistDecision 2025-06-20 -']],
  [
    'recommended, six months asked for',
    until('recommendation'),
    '2025-06-21',
    ['activistDecision 2025-11-20 -'],
    local({ applicationToActivistMonths: 6 }),
  ],
  [
    'decided',
    until('activistDecision'),
    '2025-06-30',
    [
      'activistFiling 2025-06-25 -',
      'contactPersons 2025-06-25 -',
      'review - 2025-12-25',
      'prospectProposal 2026-06-25 -',
    ],
  ],
  [
    'decided, a month before the year is over',
    until('contactPersons'),
    '2026-05-25',
    ['review - 2025-12-25 overdue', 'opinions 2026-06-25 -', 'prospectProposal 2026-06-25 -'],
  ],
  [
    'reviewed once',
    until('review', [{ kind: 'review', on: '2025-12-20' }]),
    '2026-02-01',
    ['review - 2026-06-20', 'prospectProposal 2026-06-25 -'],
  ],
  [
    'reviewed, day unknown',
    until('review', [{ kind: 'review' }]),
    '2026-02-01',
    ['review - -', 'prospectProposal 2026-06-25 -'],
  ],
  [
    'decided on a leap day',
    [{ kind: 'activistDecision', on: '2024-02-29' }],
    '2024-03-01',
    [
      'activistFiling 2024-02-29 -',
      'contactPersons 2024-02-29 -',
      'review - 2024-08-29',
      'prospectProposal 2025-02-28 -',
    ],
  ],
  [
    'two years asked for',
    until('review'),
    '2026-05-30',
    ['review - 2026-12-18', 'prospectProposal 2027-06-25 -'],
    local({ stricter: { activistYears: 2 } }),
  ],
  [
    'quarterly thought reports asked for',
    until('contactPersons'),
    '2025-07-01',
    ['review - 2025-12-25', 'thoughtReport - 2025-09-25', 'prospectProposal 2026-06-25 -'],
    local({ thoughtReport: { minGapDays: 60, everyMonths: 3 } }),
  ],
  ['proposed', until('prospectProposal'), '2026-07-02', ['prospectConsent 2026-07-01 -', 'review - 2026-12-18']],
  [
    'proposed under the first edition',
    until('prospectProposal'),
    '2026-05-10',
    ['prospectListing 2026-07-01 -', 'review - 2026-12-18'].toReversed(),
  ],
  ['consented', until('prospectConsent'), '2026-07-04', ['publicNotice 2026-07-03 -', 'review - 2026-12-18']],
  [
    'posted, over a weekend',
    until('publicNotice', [{ kind: 'publicNotice', on: '2026-07-06' }]),
    '2026-07-13',
    ['prospectListing 2026-07-13 -', 'review - 2026-12-18'],
  ],
  [
    'posted before National Day, with a make-up Saturday',
    until('publicNotice', [{ kind: 'publicNotice', on: '2026-09-29' }]),
    '2026-10-20',
    ['prospectListing 2026-10-12 -', 'review - 2026-12-18'],
  ],
  [
    'posted in a year without a table',
    until('publicNotice', [{ kind: 'publicNotice', on: '2027-03-01' }]),
    '2027-03-10',
    ['prospectListing 2027-03-08 - provisional', 'review - 2026-12-18 overdue'],
  ],
  [
    'the day of posting counted',
    until('publicNotice', [{ kind: 'publicNotice', on: '2026-07-06' }]),
    '2026-07-13',
    ['prospectListing 2026-07-10 -', 'review - 2026-12-18'],
    local({ publicity: { countFirstDay: true } }),
  ],
  [
    'listed',
    until('prospectListing'),
    '2026-07-20',
    ['introducers 2026-07-14 -', 'politicalReview 2026-07-14 -', 'intensiveTraining 2026-07-14 -'],
  ],
  ['all but the training', until('politicalReview'), '2026-08-22', ['intensiveTraining 2026-07-14 -']],
  ['trained', until('intensiveTraining'), '2026-08-30', ['committeeExamination 2026-08-28 -']],
  ['examined', until('committeeExamination'), '2026-09-02', ['preReview 2026-09-01 -']],
  ['pre-review passed', until('preReview'), '2026-09-09', ['admissionForm 2026-09-08 -']],
  [
    'pre-review not passed',
    until('preReview', [{ kind: 'preReview', on: '2026-09-08', passed: false }]),
    '2026-09-09',
    ['preReview 2026-09-01 -'],
  ],
  ['form filled in', until('admissionForm'), '2026-10-09', ['admissionAssembly 2026-09-10 2026-10-08 overdue']],
  [
    'pre-review of the first edition, its month over before the revision',
    until('admissionForm', [{ kind: 'preReview', on: '2026-04-10' }]),
    '2026-05-20',
    ['admissionAssembly 2026-09-10 -'],
  ],
  [
    'notice of five days before admission asked for',
    until('admissionForm'),
    '2026-09-09',
    ['admissionAssembly 2026-09-15 2026-10-08'],
    local({ notices: { activist: 0, admission: 5, confirmation: 0 } }),
  ],
  ['assembly held', until('admissionAssembly'), '2026-09-21', ['admissionTalk 2026-09-20 -']],
  ['talk held', until('admissionTalk'), '2026-12-20', ['admissionApproval 2026-09-25 2026-12-20']],
  [
    'talk held, three months and a day',
    until('admissionTalk'),
    '2026-12-21',
    ['admissionApproval 2026-09-25 2026-12-20 overdue'],
  ],
  [
    'approved',
    until('admissionApproval'),
    '2026-10-11',
    [
      'admissionFiling 2026-10-10 -',
      'assignment 2026-10-10 -',
      'oath 2026-10-10 2026-11-10',
      'confirmationRequest 2027-08-20 2027-10-20',
    ],
  ],
  ['sworn in', until('duesStart'), '2027-08-20', ['confirmationRequest 2027-08-20 2027-10-20']],
  [
    'assembly without a day',
    until('duesStart', [{ kind: 'admissionAssembly' }]),
    '2027-08-20',
    ['confirmationRequest 2026-10-10 -'],
  ],
  ['requested', until('confirmationRequest'), '2027-09-02', ['confirmationOpinions 2027-09-01 -']],
  [
    'opinions heard',
    until('confirmationOpinions'),
    '2027-10-21',
    ['confirmationAssembly 2027-09-20 2027-10-20 overdue'],
  ],
  ['confirmed', until('confirmationAssembly'), '2027-12-22', ['confirmationApproval 2027-09-22 2027-12-22']],
  ['approved as full', until('confirmationApproval'), '2027-10-11', ['archiving 2027-10-10 -']],
  ['the whole way', until('archiving'), today, []],

  [
    'extension passed',
    until('confirmationOpinions', [extended]),
    '2027-09-23',
    ['confirmationApproval 2027-09-22 2027-12-22'],
  ],
  [
    'extension approved',
    until('confirmationOpinions', [extended, { kind: 'confirmationApproval', on: '2027-10-10' }]),
    '2027-10-11',
    ['confirmationAssembly 2028-03-20 2028-04-20'],
  ],
  [
    'extension approved, its end unknown',
    until('confirmationOpinions', [
      { kind: 'confirmationAssembly', on: '2027-09-22', outcome: 'extend' },
      { kind: 'confirmationApproval', on: '2027-10-10' },
    ]),
    '2027-10-11',
    ['confirmationAssembly 2027-09-15 -'],
  ],
  [
    'confirmed after the extension',
    until('confirmationOpinions', [
      extended,
      { kind: 'confirmationApproval', on: '2027-10-10' },
      { kind: 'confirmationAssembly', on: '2028-03-21' },
    ]),
    '2028-03-22',
    ['confirmationApproval 2028-03-21 2028-06-21'],
  ],
  [
    'postponed',
    until('confirmationOpinions', [
      { kind: 'confirmationAssembly', on: '2027-09-22', outcome: 'postpone', until: '2028-02-01' },
    ]),
    '2027-11-01',
    ['confirmationAssembly 2027-09-20 2028-02-01'],
  ],
  [
    'postponed, until not recorded',
    until('confirmationOpinions', [{ kind: 'confirmationAssembly', on: '2027-09-22', outcome: 'postpone' }]),
    '2027-11-01',
    ['confirmationAssembly 2027-09-20 2028-03-20'],
  ],
  [
    'cancellation passed',
    until('confirmationOpinions', [{ kind: 'confirmationAssembly', on: '2027-09-22', outcome: 'cancel' }]),
    '2027-09-23',
    ['confirmationApproval 2027-09-22 2027-12-22'],
  ],
  [
    'cancelled',
    until('confirmationOpinions', [
      { kind: 'confirmationAssembly', on: '2027-09-22', outcome: 'cancel' },
      { kind: 'confirmationApproval', on: '2027-10-10' },
    ]),
    '2027-10-11',
    [],
  ],
  [
    'probation reviewed half-yearly',
    until('duesStart'),
    '2026-11-20',
    ['probationReview - 2027-03-20', 'confirmationRequest 2027-08-20 2027-10-20'],
    local({ probationReviewEveryMonths: 6 }),
  ],

  [
    'a sheet that lacks the talk: missing, not due',
    [
      { kind: 'application', on: '2024-01-01' },
      { kind: 'activistDecision', on: '2026-03-01' },
      { kind: 'activistFiling' },
      { kind: 'contactPersons' },
    ],
    '2026-04-01',
    ['review - 2026-09-01', 'prospectProposal 2027-03-01 -'],
  ],
  [
    'an oath of before the revision has no last day',
    [
      { kind: 'admissionAssembly', on: '2026-01-10' },
      { kind: 'admissionApproval', on: '2026-02-10' },
      { kind: 'admissionFiling' },
      { kind: 'assignment' },
    ],
    '2026-06-01',
    ['oath 2026-02-10 -', 'confirmationRequest 2026-12-10 2027-02-10'],
  ],
]

test.each<
  [what: string, branch: boolean | undefined, practice: boolean, generalBranch: boolean, says: string | undefined]
>([
  ['the committee above may', true, true, false, undefined],
  ['it may not', false, true, false, '本级党组织没有审批权限，只审议，报有审批权限的上级党委审批。'],
  ['it may, whatever practice says', true, false, false, undefined],
  [
    'nothing is known of it, practice says no',
    undefined,
    false,
    false,
    '本级党组织没有审批权限，只审议，报有审批权限的上级党委审批。',
  ],
  ['a general branch deliberates', true, true, true, '先由党总支审议，再报有审批权限的党委审批。'],
  [
    'it may not, and a general branch deliberates',
    false,
    true,
    true,
    '本级党组织没有审批权限，只审议，报有审批权限的上级党委审批。',
  ],
])('who approves: %s', (_what, committeeApproves, canApproveProbationary, generalBranchDeliberates, says) => {
  const branch = committeeApproves === undefined ? {} : { committeeApproves }
  const { acts: found } = due(
    { acts: until('admissionTalk'), branch },
    '2026-10-01',
    local({ canApproveProbationary, generalBranchDeliberates }),
  )
  const reasons = found.find(({ kind }) => kind === 'admissionApproval')?.reasons ?? []
  expect(reasons.find(({ article, text }) => article !== undefined && /审批权限/.test(text))?.text).toBe(says)
})

test.each(rows)('%s', (_what, acts, on, expected, setting) => {
  expect(inShort({ acts }, on, setting)).toEqual(expected)
})

test('the reason names the article, the figure, the fact and the calendar', () => {
  const acts = until('publicNotice', [{ kind: 'publicNotice', on: '2026-09-29' }])
  expect(due({ acts }, '2026-10-20').acts[0]).toEqual({
    kind: 'prospectListing',
    step: 8,
    earliestOn: '2026-10-12',
    overdue: false,
    waitingOn: 'branchCommittee',
    reasons: [
      {
        ruleBook: 'XZ-2026',
        article: '13',
        text: '公示不少于5个工作日，张贴当天不算：2026年9月29日发展对象公示，最早2026年10月12日，其间2026年10月1日至2026年10月7日（国庆节）、2026年10月11日（星期日）不算工作日。',
        facts: [
          { label: '发展对象公示', value: '2026-09-29', kind: 'publicNotice' },
          ...['01', '02', '03', '04', '05', '06', '07'].map((date) => ({ label: '国庆节', value: `2026-10-${date}` })),
          { label: '星期日', value: '2026-10-11' },
        ],
      },
    ],
  })
})

test('a missing day is named instead of a date', () => {
  expect(due({ acts: [{ kind: 'application' }] }, '2026-06-01').acts[0]?.reasons).toEqual([
    {
      text: '“递交入党申请书”的日期没有记录，不能据此推算。请先补录这个日期。',
      facts: [{ label: '递交入党申请书', value: '已完成，日期未记录', kind: 'application' }],
    },
  ])
})

test('who leaves soon is told so before pre-review', () => {
  const facts = { leavesOn: '2027-06-30', acts: until('committeeExamination') } as const
  expect(due(facts, '2026-09-02').acts[0]?.reasons.at(-1)?.text).toBe(
    '预计2027年6月30日离开本单位，3个月内将离开的一般不办理接收，预审最迟2027年3月29日。',
  )
  expect(due(facts, '2027-03-30').acts[0]?.reasons.at(-1)?.text).toBe(
    '预计2027年6月30日离开本单位，3个月内将离开的一般不办理接收，现已过这一期限；确需办理的，报上级党委研究并写明原因。',
  )
  const held: Act[] = [...facts.acts, { kind: 'preReview', on: '2027-03-29' }]
  expect(contradictions({ leavesOn: facts.leavesOn, acts: held }, today).filter((it) => it.rule === 'T30')).toEqual([])
})

test('a resolution that did not pass goes no further, and the next act says so', () => {
  const vote = { entitled: 12, present: 12, yes: 6, no: 6, abstain: 0 }
  const acts = until('admissionForm', [{ kind: 'admissionAssembly', on: '2026-09-20', vote }])
  expect(due({ acts }, '2026-09-21').acts[0]?.reasons.at(-1)?.text).toBe(
    '大会赞成6人，没有超过应到会有表决权党员12人的半数，决议没有通过，不能报上级审批。',
  )
})

describe('stage', () => {
  test.each<[last: Act['kind'], stage: string]>([
    ['application', 'applicant'],
    ['recommendation', 'applicant'],
    ['activistDecision', 'activist'],
    ['publicNotice', 'activist'],
    ['prospectListing', 'prospect'],
    ['admissionTalk', 'prospect'],
    ['admissionApproval', 'probationary'],
    ['confirmationAssembly', 'probationary'],
    ['confirmationApproval', 'full'],
    ['archiving', 'full'],
  ])('up to %s: %s', (last, stage) => {
    expect(stageOf({ acts: until(last) })).toBe(stage)
  })

  test.each<[what: string, acts: Act[], stage: string | undefined]>([
    ['nothing recorded', [], undefined],
    [
      'a sheet with the assembly and the request alone',
      [{ kind: 'admissionAssembly' }, { kind: 'confirmationRequest' }],
      'probationary',
    ],
    [
      'extended, not confirmed',
      until('confirmationRequest', [extended, { kind: 'confirmationApproval', on: '2027-10-10' }]),
      'probationary',
    ],
    [
      'cancelled',
      until('confirmationRequest', [
        { kind: 'confirmationAssembly', outcome: 'cancel' },
        { kind: 'confirmationApproval' },
      ]),
      undefined,
    ],
  ])('%s', (_what, acts, stage) => {
    expect(stageOf({ acts })).toBe(stage)
    expect(due({ acts }, today).stage).toBe(stage)
  })
})

test('no act that is recorded is ever due, unless it recurs', () => {
  fc.assert(
    fc.property(fc.subarray([...completeActs]), (acts) => {
      const recorded = new Set(acts.map((it) => it.kind))
      for (const it of due(fileWith(acts, [...actKinds]), '2026-11-20').acts)
        if (!repeatableKinds.some((kind) => kind === it.kind)) expect(recorded.has(it.kind)).toBe(false)
    }),
    { numRuns: 500 },
  )
})
