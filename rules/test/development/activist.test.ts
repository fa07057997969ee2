import { expect, test } from 'vitest'
import { type Act, contradictions, nationalPractice, nationalSetting, type Setting } from '../../src/index.ts'
import { fileWith, inShort, members, today } from './complete-file.ts'

type Row = [what: string, acts: Act[], findings: string[], without?: Act['kind'][]]

const reviews = (...days: NonNullable<Act['on']>[]): Act[] =>
  days.map((on, at): Act => ({ kind: 'review', on, id: `review-${at}` }))
const contacts = (...named: { name: string; fullOn?: NonNullable<Act['on']>; isFull?: boolean }[]): Act[] => [
  { kind: 'contactPersons', on: '2025-06-26', members: named },
]
const reports = (...days: NonNullable<Act['on']>[]): Act[] =>
  days.map((on, at): Act => ({ kind: 'thoughtReport', on, id: `report-${at}` }))

const rows: Row[] = [
  ['T04 on the day of the talk', [{ kind: 'applicantTalk', on: '2025-06-20' }], []],
  [
    'T04 a day before the talk',
    [
      { kind: 'activistDecision', on: '2025-06-25' },
      { kind: 'applicantTalk', on: '2025-06-26' },
    ],
    ['T03 error XZ-2014 7', 'T04 error XZ-2014 8'],
  ],

  ['T05 recommended on the day of the decision', [{ kind: 'recommendation', on: '2025-06-25' }], []],
  ['T05 recommended a day later', [{ kind: 'recommendation', on: '2025-06-26' }], ['T05 error XZ-2014 8']],

  ['T06 recommended on the day of the application', [{ kind: 'recommendation', on: '2025-05-20' }], []],
  ['T06 recommended before the application', [{ kind: 'recommendation', on: '2025-05-19' }], ['T06 warning XZ-2014 8']],

  ['T07 filed on the day', [{ kind: 'activistFiling', on: '2025-06-25' }], []],
  ['T07 filed a day before', [{ kind: 'activistFiling', on: '2025-06-24' }], ['T07 error XZ-2014 8']],

  ['T08 one contact person', contacts({ name: '马致远' }), []],
  ['T08 two', contacts({ name: '马致远' }, { name: '罗素心' }), []],
  ['T08 none', contacts(), ['T08 error XZ-2014 9']],
  ['T08 three', contacts({ name: '马致远' }, { name: '罗素心' }, { name: '何其正' }), ['T08 error XZ-2014 9']],
  ['T08 one who is not full', contacts({ name: '马致远', isFull: false }), ['T08 error XZ-2014 9']],

  ['T09 full on the day', contacts({ name: '马致远', fullOn: '2025-06-26' }), []],
  ['T09 full a day later', contacts({ name: '马致远', fullOn: '2025-06-27' }), ['T09 error XZ-2014 9']],

  ['T10 the first, six months after the decision to the day', reviews('2025-12-25', '2026-06-18'), []],
  ['T10 the first, a day more', reviews('2025-12-26', '2026-06-18'), ['T10 warning XZ-2014 11']],
  ['T10 the first, on the last day of the grace', reviews('2026-01-25', '2026-06-18'), ['T10 warning XZ-2014 11']],
  ['T10 the first, past the grace', reviews('2026-01-26', '2026-06-18'), ['T10 error XZ-2014 11']],
  ['T10 six months to the day', reviews('2025-08-31', '2026-02-28', '2026-06-18'), []],
  ['T10 a day more: within the grace', reviews('2025-08-31', '2026-03-01', '2026-06-18'), ['T10 warning XZ-2014 11']],
  ['T10 on the last day of the grace', reviews('2025-08-31', '2026-03-31', '2026-06-18'), ['T10 warning XZ-2014 11']],
  ['T10 past the grace', reviews('2025-08-31', '2026-04-01', '2026-06-18'), ['T10 error XZ-2014 11']],

  ['T11 two in a year and nineteen days', reviews('2025-12-20', '2026-06-18'), []],
  ['T11 only one', reviews('2025-12-20'), ['T11 error XZ-2026 11']],
  ['T11 none recorded at all: silent', [], [], ['review']],
  [
    'T11 the second after listing',
    reviews('2025-12-20', '2026-07-15'),
    ['T10 warning XZ-2026 11', 'T11 error XZ-2026 11'],
  ],
  ['T11 without a day it counts', [...reviews('2025-12-20'), { kind: 'review', id: 'undated' }], []],

  ['T12 on the day of the decision', reviews('2025-06-25', '2025-12-25', '2026-06-18'), []],
  ['T12 a day before the decision', reviews('2025-06-24', '2025-12-20', '2026-06-18'), ['T12 error XZ-2014 11']],
  ['T12 on the day of the assembly', reviews('2025-12-20', '2026-06-18', '2026-09-20'), []],
  ['T12 a day after the assembly', reviews('2025-12-20', '2026-06-18', '2026-09-21'), ['T12 error XZ-2026 11']],

  ['T57 sixty days apart', reports('2025-08-01', '2025-09-30'), []],
  ['T57 fifty-nine days', reports('2025-08-01', '2025-09-29'), ['T57 info XZ-2014']],
  [
    'T57 the same text',
    [
      { kind: 'thoughtReport', on: '2025-08-01', id: '1', textHash: 'x' },
      { kind: 'thoughtReport', on: '2025-11-01', id: '2', textHash: 'x' },
      { kind: 'thoughtReport', on: '2026-02-01', id: '3', textHash: 'y' },
    ],
    ['T57 info XZ-2014'],
  ],

  [
    'order: contact persons before the decision',
    [{ kind: 'contactPersons', on: '2025-06-24', members }],
    ['order warning XZ-2014 9'],
  ],
]

test.each(rows)('%s', (_what, acts, findings, without = []) => {
  expect(contradictions(fileWith(acts, without), today).map(inShort)).toEqual(findings)
})

const local = (practice: Partial<Setting['practice']>): Setting => ({
  ...nationalSetting,
  practice: { ...nationalPractice, ...practice },
})

test.each<[what: string, setting: Setting, acts: Act[], findings: string[]]>([
  [
    'grace of ten days: within',
    local({ review: { graceDays: 10 } }),
    reviews('2025-08-20', '2026-03-02', '2026-06-18'),
    ['T10 warning XZ-2014 11'],
  ],
  [
    'grace of ten days: past',
    local({ review: { graceDays: 10 } }),
    reviews('2025-08-20', '2026-03-03', '2026-06-18'),
    ['T10 error XZ-2014 11'],
  ],
  ['a month of waiting after the application, to the day', local({ applicationToActivistMonths: 1 }), [], []],
  ['two months of waiting are not over', local({ applicationToActivistMonths: 2 }), [], ['P01 warning XZ-2014']],
  ['a recommendation of one month, used in time', local({ recommendationValidMonths: 1 }), [], []],
  [
    'a recommendation a day too old',
    local({ recommendationValidMonths: 1 }),
    [{ kind: 'recommendation', on: '2025-05-24' }],
    ['P02 warning XZ-2014'],
  ],
  [
    'twelve of twelve class hours',
    local({ activistTrainingHours: 12 }),
    [{ kind: 'activistTraining', on: '2025-10-10', trainingHours: 12 }],
    [],
  ],
  [
    'eleven of twelve class hours',
    local({ activistTrainingHours: 12 }),
    [{ kind: 'activistTraining', on: '2025-10-10', trainingHours: 11 }],
    ['P03 warning XZ-2026'],
  ],
  ['two thirds present are there', local({ attendance: { numerator: 2, denominator: 3 } }), [], []],
  [
    'ten of twelve are fewer than nine tenths',
    local({ attendance: { numerator: 9, denominator: 10 } }),
    [],
    ['P04 warning XZ-2026'],
  ],
  [
    'a stricter figure of the university is only a warning',
    local({ stricter: { activistYears: 2 } }),
    [],
    ['T13 warning XZ-2026 13'],
  ],
  [
    'a figure that breaks the national rule too is found once',
    local({ stricter: { activistYears: 2 } }),
    [
      { kind: 'activistDecision', on: '2025-07-02' },
      { kind: 'contactPersons', on: '2025-07-02', members },
      { kind: 'activistFiling', on: '2025-07-02' },
    ],
    ['T13 error XZ-2026 13'],
  ],
])('local practice: %s', (_what, setting, acts, findings) => {
  expect(contradictions(fileWith(acts), today, setting).map(inShort)).toEqual(findings)
})
