import { expect, test } from 'vitest'
import {
  type Act,
  contradictions,
  type NamedMember,
  nationalPractice,
  nationalSetting,
  type Setting,
  type Vote,
} from '../../src/index.ts'
import { fileWith, inShort, members, today } from './complete-file.ts'

type On = NonNullable<Act['on']>
type Row = [what: string, acts: Act[], findings: string[], without?: Act['kind'][]]

const introducers = (...named: NamedMember[]): Act[] => [{ kind: 'introducers', on: '2026-07-15', members: named }]
const [first, second] = members
const form = (on: On, introducersOpinionOn: On): Act[] => [{ kind: 'admissionForm', on, introducersOpinionOn }]
const approval = (on: On, submittedOn?: On, reason?: string): Act[] => [
  { kind: 'admissionApproval', on, ...(submittedOn && { submittedOn }), ...(reason && { reason }) },
]
const probation = (probationFrom: On, probationUntil: On): Act[] => [
  { kind: 'admissionApproval', on: '2026-10-10', probationFrom, probationUntil },
]
const vote = (change: Partial<Vote>): Act[] => [
  {
    kind: 'admissionAssembly',
    on: '2026-09-20',
    vote: { entitled: 12, present: 11, yes: 11, no: 0, abstain: 0, ...change },
  },
]
/** What comes after the approval, taken out where a row moves the approval. */
const afterwards: Act['kind'][] = ['admissionFiling', 'assignment', 'oath']
const assembled = (preReview: On, on: On): Act[] => [
  { kind: 'preReview', on: preReview },
  { kind: 'admissionAssembly', on },
]
const bare: Act['kind'][] = [
  ...afterwards,
  'admissionTalk',
  'admissionApproval',
  'admissionForm',
  'committeeExamination',
  'intensiveTraining',
  'politicalReview',
  'introducers',
  'prospectListing',
  'publicNotice',
  'prospectConsent',
  'prospectProposal',
  'opinions',
  'review',
  'duesStart',
  'confirmationRequest',
  'confirmationOpinions',
  'confirmationAssembly',
  'confirmationApproval',
  'archiving',
]

const rows: Row[] = [
  ['T25 examined on the day of pre-review', [{ kind: 'committeeExamination', on: '2026-09-08' }], []],
  ['T25 examined a day later', [{ kind: 'committeeExamination', on: '2026-09-09' }], ['T25 error XZ-2026 18']],

  ['T26 form on the day of pre-review', form('2026-09-08', '2026-09-12'), []],
  ['T26 form a day before', form('2026-09-07', '2026-09-12'), ['T26 error XZ-2026 18']],
  ['T26 form on the day of the assembly', form('2026-09-20', '2026-09-20'), []],
  [
    'T26 form a day after the assembly',
    form('2026-09-21', '2026-09-21'),
    ['T26 error XZ-2026 18', 'T27 error XZ-2026 15'],
  ],

  ['T27 opinion on the day of the form', form('2026-09-10', '2026-09-10'), []],
  ['T27 opinion a day before the form', form('2026-09-10', '2026-09-09'), ['T27 error XZ-2026 15']],
  ['T27 opinion a day after the assembly', form('2026-09-10', '2026-09-21'), ['T27 error XZ-2026 15']],

  ['T28 one introducer', introducers(first), ['T28 error XZ-2026 14']],
  ['T28 three introducers', introducers(first, second, { name: '何其正' }), ['T28 error XZ-2026 14']],
  ['T28 full on the day of the assembly', introducers(first, { name: '何其正', fullOn: '2026-09-20' }), []],
  ['T28 full a day later', introducers(first, { name: '何其正', fullOn: '2026-09-21' }), ['T28 error XZ-2026 14']],
  ['T28 known not to be full', introducers(first, { name: '何其正', isFull: false }), ['T28 error XZ-2026 14']],
  [
    'T28 on disciplinary probation',
    introducers(first, {
      name: '何其正',
      discipline: { kind: 'disciplinaryProbation', from: '2026-01-01', until: '2026-07-15' },
    }),
    ['T28 error XZ-2026 14'],
  ],
  [
    'T28 a day after disciplinary probation',
    introducers(first, {
      name: '何其正',
      discipline: { kind: 'disciplinaryProbation', from: '2026-01-01', until: '2026-07-14' },
    }),
    [],
  ],

  [
    'T29 on the last day of the effect of a warning',
    introducers(first, { name: '何其正', discipline: { kind: 'warning', from: '2025-07-15', until: '2026-07-15' } }),
    ['T29 warning XZ-2026 14'],
  ],
  [
    'T29 a day after it',
    introducers(first, { name: '何其正', discipline: { kind: 'warning', from: '2025-07-14', until: '2026-07-14' } }),
    [],
  ],

  ['T31 on the last day of the month', assembled('2026-08-20', '2026-09-20'), [], bare],
  ['T31 a day later', assembled('2026-08-19', '2026-09-20'), ['T31 error XZ-2026 19'], bare],
  ['T31 the first edition knew no limit', assembled('2026-03-01', '2026-05-10'), [], bare],
  ['T31 first day of the revision: a warning', assembled('2026-03-01', '2026-05-11'), ['T31 warning XZ-2026 19'], bare],
  [
    'T31 last day of the first weeks: a warning',
    assembled('2026-03-01', '2026-05-31'),
    ['T31 warning XZ-2026 19'],
    bare,
  ],
  ['T31 the day after them: an error', assembled('2026-04-11', '2026-06-01'), ['T31 error XZ-2026 19'], bare],
  [
    'T31 its month was over before the revision: a warning',
    assembled('2026-04-10', '2026-06-01'),
    ['T31 warning XZ-2026 19'],
    bare,
  ],
  ['T31 pre-review on 31 January', assembled('2027-01-31', '2027-02-28'), [], bare],
  ['T31 pre-review on 31 January, a day later', assembled('2027-01-31', '2027-03-01'), ['T31 error XZ-2026 19'], bare],
  ['order: an assembly before pre-review', assembled('2026-09-21', '2026-09-20'), ['order error XZ-2026 18'], bare],

  ['T32 seven of twelve present', vote({ present: 7, yes: 7 }), []],
  [
    'T32 half present is not more than half',
    vote({ present: 6, yes: 6, writtenOpinions: 1 }),
    ['T32 error XZ-2026 19', 'T32 error XZ-2026 20'],
  ],
  ['T32 seven of twelve agree', vote({ yes: 7, no: 4 }), []],
  ['T32 half agree', vote({ yes: 6, no: 5 }), ['T32 error XZ-2026 20']],
  ['T32 six of eleven', vote({ entitled: 11, present: 6, yes: 6 }), []],
  ['T32 five of eleven', vote({ entitled: 11, present: 11, yes: 5, no: 6 }), ['T32 error XZ-2026 20']],
  ['T32 a majority of those present is not enough', vote({ present: 8, yes: 6, no: 2 }), ['T32 error XZ-2026 20']],
  ['T32 a written opinion counts as a vote', vote({ present: 7, yes: 8, writtenOpinions: 1 }), []],
  ['T32 a ballot too many', vote({ present: 7, yes: 9, writtenOpinions: 1 }), ['T32 error XZ-2026 20']],
  ['T32 more present than entitled', vote({ present: 13, yes: 12 }), ['T32 error XZ-2026 20']],
  ['T32 ballots do not add up', vote({ yes: 9, no: 1, ballots: 11 }), ['T32 error XZ-2026 20']],
  ['T32 ballots add up', vote({ yes: 9, no: 1, abstain: 1, ballots: 11 }), []],

  ['T33 voted on together', vote({ individually: false }), ['T33 error XZ-2026 20']],

  [
    'T34 resolution of another day',
    [{ kind: 'admissionAssembly', on: '2026-09-20', resolution: { on: '2026-09-21' } }],
    ['T34 error XZ-2026 21'],
  ],
  [
    'T34 not signed',
    [{ kind: 'admissionAssembly', on: '2026-09-20', resolution: { signedBySecretary: false } }],
    ['T34 error XZ-2026 21'],
  ],
  [
    'T34 no counts',
    [{ kind: 'admissionAssembly', on: '2026-09-20', resolution: { hasCounts: false } }],
    ['T34 error XZ-2026 21'],
  ],

  ['T35 on the day of the assembly', [{ kind: 'admissionTalk', on: '2026-09-20' }], []],
  ['T35 a day before the assembly', [{ kind: 'admissionTalk', on: '2026-09-19' }], ['T35 error XZ-2026 23']],
  ['T35 on the day of approval', [{ kind: 'admissionTalk', on: '2026-10-10' }], []],
  ['T35 a day after approval: said once', [{ kind: 'admissionTalk', on: '2026-10-11' }], ['T35 error XZ-2026 23']],
  [
    'T35 by someone else',
    [
      {
        kind: 'admissionTalk',
        on: '2026-09-25',
        talkers: [{ name: '何其正', office: '辅导员', isCommitteeMemberOrOrganiser: false }],
      },
    ],
    ['T35 error XZ-2026 23'],
  ],

  ['T36 three months from the report', approval('2026-12-22', '2026-09-22'), [], afterwards],
  ['T36 a day more: a warning', approval('2026-12-23', '2026-09-22'), ['T36 warning XZ-2026 25'], afterwards],
  ['T36 six months', approval('2027-03-22', '2026-09-22', '疫情'), ['T36 warning XZ-2026 25'], afterwards],
  ['T36 a day past six months', approval('2027-03-23', '2026-09-22', '疫情'), ['T36 error XZ-2026 25'], afterwards],
  ['T36 no report recorded: three months from the assembly', approval('2026-12-20'), [], afterwards],
  ['T36 no report recorded: a day more', approval('2026-12-21'), ['T36 warning XZ-2026 25'], afterwards],
  [
    'order: approved before the assembly',
    approval('2026-09-19'),
    ['T35 error XZ-2026 23', 'order error XZ-2026 25'],
    afterwards,
  ],

  ['T37 counted from the approval', probation('2026-10-10', '2027-10-10'), ['T37 error XZ-2026 31']],
  ['T37 counted from the oath', probation('2026-10-20', '2027-10-20'), ['T37 error XZ-2026 31']],
  ['T37 counted from the assembly', probation('2026-09-20', '2027-09-20'), []],

  ['T38 until the day before', probation('2026-09-20', '2027-09-19'), []],
  ['T38 a day less', probation('2026-09-20', '2027-09-18'), ['T38 error XZ-2026 31']],
  ['T38 a day more', probation('2026-09-20', '2027-09-21'), ['T38 error XZ-2026 31']],

  ['T39 on the day of approval', [{ kind: 'oath', on: '2026-10-10' }], []],
  ['T39 a day before', [{ kind: 'oath', on: '2026-10-09' }], ['T39 error XZ-2026 29']],

  ['T40 a month after approval', [{ kind: 'oath', on: '2026-11-10' }], []],
  ['T40 a day more', [{ kind: 'oath', on: '2026-11-11' }], ['T40 warning XZ-2026 29']],

  ['T41 dues from the month of approval', [{ kind: 'duesStart', month: '2026-10' }], ['T41 warning XZ-2026']],
  ['T41 dues from the month of the assembly', [{ kind: 'duesStart', month: '2026-09' }], []],
]

test.each(rows)('%s', (_what, acts, findings, without = []) => {
  expect(contradictions(fileWith(acts, without), today).map(inShort)).toEqual(findings)
})

test.each<[leavesOn: On, findings: string[]]>([
  ['2026-12-09', []],
  ['2026-12-08', ['T30 warning XZ-2026 18']],
  ['2026-09-09', ['T30 warning XZ-2026 18']],
  ['2026-09-08', []],
])('T30 pre-review on 8 September, leaving on %s', (leavesOn, findings) => {
  expect(contradictions(fileWith([], [], { leavesOn }), today).map(inShort)).toEqual(findings)
})

test.each<[what: string, on: On, findings: string[]]>([
  ['T29 the first edition did not know it', '2026-05-10', []],
  ['T29 from the first day of the revision', '2026-05-11', ['T29 warning XZ-2026 14']],
])('%s', (_what, on, findings) => {
  const named = [first, { name: '何其正', discipline: { kind: 'warning', from: '2026-01-01' } }] as const
  expect(contradictions({ acts: [{ kind: 'introducers', on, members: named }] }, today).map(inShort)).toEqual(findings)
})

test.each<[what: string, oath: On, findings: string[]]>([
  ['T40 the first edition knew no limit', '2026-05-10', []],
  ['T40 under the revision', '2026-05-11', ['T40 warning XZ-2026 29']],
])('%s', (_what, on, findings) => {
  const acts: Act[] = [
    { kind: 'admissionApproval', on: '2026-04-01' },
    { kind: 'oath', on },
  ]
  expect(contradictions({ acts }, today).map(inShort)).toEqual(findings)
})

test('the same article of the first edition is cited by its number there', () => {
  const acts: Act[] = [
    { kind: 'admissionAssembly', on: '2023-05-28', vote: { entitled: 4, present: 2, yes: 2, no: 0, abstain: 0 } },
    { kind: 'admissionApproval', on: '2023-05-27' },
  ]
  expect(contradictions({ acts }, today).map(inShort)).toEqual([
    'T32 error XZ-2014 20',
    'T32 error XZ-2014 21',
    'order error XZ-2014 26',
  ])
})

const setting = (practice: Partial<Setting['practice']>): Setting => ({
  ...nationalSetting,
  practice: { ...nationalPractice, ...practice },
})

test.each<[what: string, setting: Setting, acts: Act[], findings: string[]]>([
  [
    'approval counted from the assembly, in time',
    setting({ approvalClockStart: 'assembly' }),
    approval('2026-12-20', '2026-09-22'),
    [],
  ],
  [
    'approval counted from the assembly, late',
    setting({ approvalClockStart: 'assembly' }),
    approval('2026-12-21', '2026-09-22'),
    ['T36 warning XZ-2026 25'],
  ],
  [
    'the same day only: the day before is wrong',
    setting({ probationEndStyle: 'sameDay' }),
    probation('2026-09-20', '2027-09-19'),
    ['T38 error XZ-2026 31'],
  ],
  [
    'the day before only: the same day is wrong',
    setting({ probationEndStyle: 'dayBefore' }),
    probation('2026-09-20', '2027-09-20'),
    ['T38 error XZ-2026 31'],
  ],
])('local practice: %s', (_what, local, acts, findings) => {
  expect(contradictions(fileWith(acts, afterwards), today, local).map(inShort)).toEqual(findings)
})

test('T38 never proposes a day that T37 would have to correct again', () => {
  const found = contradictions(fileWith(probation('2026-10-10', '2027-09-20'), afterwards), today)
  expect(found.map((it) => it.message)).toEqual([
    '预备期从2026年10月10日算起（写成了审批日期），应从支部党员大会通过之日（2026年9月20日）算起。请对照决议更正。',
    '预备期从2026年10月10日到2027年9月20日，不是1年。从支部党员大会通过之日起满1年，应到2027年9月20日为止，请对照决议更正。',
  ])
})
