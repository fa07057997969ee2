import { expect, test } from 'vitest'
import { type Act, contradictions, nationalPractice, nationalSetting, type Setting } from '../../src/index.ts'
import { fileWith, inShort, members, today } from './complete-file.ts'

type Row = [what: string, acts: Act[], findings: string[], without?: Act['kind'][]]

const notice = (on: NonNullable<Act['on']>, endedOn: NonNullable<Act['on']>): Act => ({
  kind: 'publicNotice',
  on,
  endedOn,
})
const decided = (on: NonNullable<Act['on']>): Act[] => [
  { kind: 'activistDecision', on },
  { kind: 'contactPersons', on, members },
  { kind: 'activistFiling', on },
]
/** A way whose consent and notice fall on the first weeks of the revision. */
const inTheFirstWeeks = (proposal: NonNullable<Act['on']>, others: Act[]): Act[] => [
  { kind: 'opinions', on: '2026-04-01' },
  { kind: 'prospectProposal', on: proposal },
  ...others,
]
const early = decided('2025-03-01').concat(
  { kind: 'application', on: '2024-12-01' },
  { kind: 'applicantTalk', on: '2024-12-20' },
  { kind: 'recommendation', on: '2025-02-01' },
)

const rows: Row[] = [
  ['T13 a year to the day', decided('2025-07-01'), []],
  ['T13 a day short', decided('2025-07-02'), ['T13 error XZ-2026 13']],
  [
    'T13 365 days after a leap day are not the question, the last of February is',
    [
      ...early,
      ...decided('2024-12-29'),
      { kind: 'recommendation', on: '2024-12-28' },
      { kind: 'prospectProposal', on: '2025-12-28' },
      { kind: 'opinions', on: '2025-12-01' },
    ],
    ['T13 error XZ-2014 13'],
  ],

  ['T14 opinions on the day of the proposal', [{ kind: 'opinions', on: '2026-07-01' }], []],
  ['T14 opinions a day later', [{ kind: 'opinions', on: '2026-07-02' }], ['T14 error XZ-2026 13']],
  [
    'T14 the masses were not heard',
    [{ kind: 'opinions', on: '2026-06-28', from: ['group', 'contactPersons', 'members'] }],
    ['T14 error XZ-2026 13'],
  ],
  [
    'T14 no group, and said so',
    [{ kind: 'opinions', on: '2026-06-28', from: ['contactPersons', 'members', 'masses'], reason: '本支部未设党小组' }],
    [],
  ],
  ['T14 none recorded: silent', [], [], ['opinions']],

  ['T15 consent on the day of the proposal', [{ kind: 'prospectConsent', on: '2026-07-01' }], []],
  ['T15 consent a day before', [{ kind: 'prospectConsent', on: '2026-06-30' }], ['T15 error XZ-2026 13']],
  [
    'T15 consent after listing',
    [{ kind: 'prospectConsent', on: '2026-07-15' }],
    ['T15 error XZ-2026 13', 'T16 error XZ-2026 13'],
  ],
  ['T15 none recorded: silent', [], [], ['prospectConsent']],
  [
    'T15 under the first edition there was none to ask for',
    [...early, ...inTheFirstWeeks('2026-05-10', [{ kind: 'prospectConsent', on: '2026-05-09' }])],
    [],
  ],
  [
    'T15 on the first day of the revision: a warning',
    [...early, ...inTheFirstWeeks('2026-05-11', [{ kind: 'prospectConsent', on: '2026-05-10' }])],
    ['T15 warning XZ-2026 13'],
  ],
  [
    'T15 on the last day of the first weeks',
    [...early, ...inTheFirstWeeks('2026-05-31', [{ kind: 'prospectConsent', on: '2026-05-30' }])],
    ['T15 warning XZ-2026 13'],
  ],
  [
    'T15 on the day after them: an error',
    [...early, ...inTheFirstWeeks('2026-06-01', [{ kind: 'prospectConsent', on: '2026-05-31' }])],
    ['T15 error XZ-2026 13'],
  ],

  ['T16 posted on the day of consent', [{ kind: 'prospectConsent', on: '2026-07-06' }], []],
  ['T16 posted a day before consent', [{ kind: 'prospectConsent', on: '2026-07-07' }], ['T16 error XZ-2026 13']],
  ['T16 five working days without the day of posting', [notice('2026-07-06', '2026-07-13')], []],
  [
    'T16 five only with the day of posting: a warning',
    [notice('2026-07-06', '2026-07-10')],
    ['T16 warning XZ-2026 13'],
  ],
  ['T16 four with the day of posting', [notice('2026-07-06', '2026-07-09')], ['T16 error XZ-2026 13']],
  [
    'T16 the end is not recorded, but listing followed too soon',
    [{ kind: 'publicNotice', on: '2026-07-09' }],
    ['T16 error XZ-2026 13', 'T18 error XZ-2026 13'],
  ],
  [
    'T16 posted before the revision: not failed',
    [
      ...early,
      ...inTheFirstWeeks('2026-04-20', [
        { kind: 'prospectConsent', on: '2026-05-08' },
        notice('2026-05-10', '2026-05-12'),
      ]),
    ],
    [],
  ],
  [
    'T16 posted in the first weeks: a warning',
    [
      ...early,
      ...inTheFirstWeeks('2026-04-20', [
        { kind: 'prospectConsent', on: '2026-05-08' },
        notice('2026-05-11', '2026-05-13'),
      ]),
    ],
    ['T16 warning XZ-2026 13'],
  ],

  ['T17 listed on the last day of the notice', [{ kind: 'prospectListing', on: '2026-07-13' }], []],
  ['T17 listed a day before', [{ kind: 'prospectListing', on: '2026-07-12' }], ['T17 error XZ-2026 13']],

  [
    'T18 a weekend counted as working days',
    [notice('2026-07-09', '2026-07-14')],
    ['T16 error XZ-2026 13', 'T18 error XZ-2026 13'],
  ],
  [
    'T18 National Day counted as working days',
    [
      { kind: 'prospectConsent', on: '2026-09-25' },
      notice('2026-09-29', '2026-10-07'),
      { kind: 'prospectListing', on: '2026-10-08' },
      { kind: 'introducers', members },
    ],
    [
      'T16 error XZ-2026 13',
      'T18 error XZ-2026 13',
      'order warning XZ-2026 17',
      'order warning XZ-2026 18',
      'T19 warning XZ-2026 16',
    ].sort(),
  ],

  ['order: introducers fixed on the day of the assembly', [{ kind: 'introducers', on: '2026-09-20', members }], []],
  [
    'order: introducers fixed after the assembly',
    [{ kind: 'introducers', on: '2026-09-21', members }],
    ['order error XZ-2026 14'],
  ],

  ['T19 concluded on the day of listing', [{ kind: 'politicalReview', on: '2026-07-14' }], []],
  ['T19 concluded a day before', [{ kind: 'politicalReview', on: '2026-07-13' }], ['T19 warning XZ-2026 16']],

  [
    'T20 concluded on the day of the last reply',
    [{ kind: 'politicalReview', on: '2026-08-10', lastReplyOn: '2026-08-10' }],
    [],
  ],
  [
    'T20 concluded a day before the last reply',
    [{ kind: 'politicalReview', on: '2026-08-09', lastReplyOn: '2026-08-10' }],
    ['T20 error XZ-2026 16'],
  ],

  ['T21 concluded on the day of pre-review', [{ kind: 'politicalReview', on: '2026-09-08' }], []],
  ['T21 concluded a day later', [{ kind: 'politicalReview', on: '2026-09-09' }], ['T21 error XZ-2026 16']],
  [
    'T21 concluded after the assembly',
    [{ kind: 'politicalReview', on: '2026-09-21' }],
    ['T21 error XZ-2026 16', 'T21 error XZ-2026 16'],
  ],
  [
    'T21 not qualified, and yet an assembly',
    [{ kind: 'politicalReview', on: '2026-08-20', conclusion: 'unqualified' }],
    ['T21 error XZ-2026 16'],
  ],
  ['T21 only “done” is recorded: silent', [{ kind: 'politicalReview' }], []],

  [
    'T22 three days and twenty hours',
    [{ kind: 'intensiveTraining', on: '2026-08-28', trainingDays: 3, trainingHours: 20 }],
    [],
  ],
  [
    'T22 two days and twenty-four hours',
    [{ kind: 'intensiveTraining', on: '2026-08-28', trainingDays: 2, trainingHours: 24 }],
    [],
  ],
  [
    'T22 two days and twenty-three hours',
    [{ kind: 'intensiveTraining', on: '2026-08-28', trainingDays: 2, trainingHours: 23 }],
    ['T22 warning XZ-2026 17'],
  ],
  [
    'T22 days by first and last',
    [{ kind: 'intensiveTraining', on: '2026-08-28', startedOn: '2026-08-27', trainingHours: 16 }],
    ['T22 warning XZ-2026 17'],
  ],
  ['T22 only hours are recorded: silent', [{ kind: 'intensiveTraining', on: '2026-08-28', trainingHours: 16 }], []],

  [
    'T23 trained after the assembly',
    [{ kind: 'intensiveTraining', on: '2026-09-21' }],
    ['T23 error XZ-2026 17', 'T24 warning XZ-2026 17'],
  ],
  [
    'T23 trained after the assembly with an approved reason',
    [{ kind: 'intensiveTraining', on: '2026-09-21', reason: '经党委批准，驻外执行任务' }],
    ['T24 warning XZ-2026 17'],
  ],
  ['T23 on the day of the assembly', [{ kind: 'intensiveTraining', on: '2026-09-20' }], ['T24 warning XZ-2026 17']],
  ['T24 on the day of pre-review', [{ kind: 'intensiveTraining', on: '2026-09-08' }], []],
  ['T24 a day later', [{ kind: 'intensiveTraining', on: '2026-09-09' }], ['T24 warning XZ-2026 17']],
]

test.each(rows)('%s', (_what, acts, findings, without = []) => {
  // The reviews would be too few for a longer time; they have their own table.
  expect(contradictions(fileWith(acts, [...without, 'review']), today).map(inShort)).toEqual(findings)
})

const counting: Setting = {
  ...nationalSetting,
  practice: { ...nationalPractice, publicity: { countFirstDay: true } },
}

test('the university that counts the day of posting has its five days', () => {
  expect(contradictions(fileWith([notice('2026-07-06', '2026-07-10')]), today, counting)).toEqual([])
})

test('a make-up Saturday is a working day', () => {
  // 2026-10-10 is worked for National Day: 9, 10, 12, 13 and 14 October are five.
  const acts: Act[] = [
    { kind: 'prospectConsent', on: '2026-10-08' },
    { kind: 'publicNotice', on: '2026-10-08', endedOn: '2026-10-14' },
  ]
  const until = fileWith(acts, ['prospectListing', 'introducers', 'review'])
  expect(contradictions(until, today)).toEqual([])
})

test('a year without a table makes the finding provisional', () => {
  const acts: Act[] = [{ kind: 'publicNotice', on: '2027-03-01', endedOn: '2027-03-03' }]
  expect(contradictions({ acts }, today).map((it) => [it.rule, it.provisional])).toEqual([['T16', true]])
})

const byReply: Setting = { ...nationalSetting, practice: { ...nationalPractice, activistClockStart: 'filingReply' } }

test.each<[replied: NonNullable<Act['on']>, findings: string[]]>([
  ['2025-07-01', []],
  ['2025-07-02', ['T13 error XZ-2026 13']],
])('the year counted from the reply of %s', (repliedOn, findings) => {
  const facts = fileWith([{ kind: 'activistFiling', on: '2025-07-01', repliedOn }])
  expect(contradictions(facts, today, byReply).map(inShort)).toEqual(findings)
})
