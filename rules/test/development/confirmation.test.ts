import { expect, test } from 'vitest'
import { type Act, type ConfirmationApproval, type ConfirmationAssembly, contradictions } from '../../src/index.ts'
import { fileWith, inShort, today } from './complete-file.ts'

type On = NonNullable<Act['on']>
type Row = [what: string, acts: Act[], findings: string[], without?: Act['kind'][]]

const assembly = (on: On, more: Omit<ConfirmationAssembly, 'kind' | 'on'> = {}): Act => ({
  kind: 'confirmationAssembly',
  on,
  ...more,
})
const approval = (on: On, more: Omit<ConfirmationApproval, 'kind' | 'on'> = {}): Act => ({
  kind: 'confirmationApproval',
  on,
  ...more,
})
const request = (on: On): Act[] => [{ kind: 'confirmationRequest', on }]
const tail: Act['kind'][] = ['confirmationApproval', 'archiving']
const alone: Act['kind'][] = [...tail, 'confirmationRequest', 'confirmationOpinions']

// The probation of the complete file ends on 2027-09-20.
const rows: Row[] = [
  ['T42 on the day of admission: too early by far', request('2026-09-20'), ['T42 warning XZ-2026 32']],
  ['T42 before admission', request('2026-09-19'), ['T42 warning XZ-2026 32']],
  ['T42 thirty-one days before the end', request('2027-08-20'), []],
  ['T42 thirty-two days before the end', request('2027-08-19'), ['T42 warning XZ-2026 32']],
  ['T42 after the end', request('2027-09-21'), []],
  ['order: requested after the assembly', request('2027-09-23'), ['order warning XZ-2026 32']],

  ['T43 on the day of expiry', [assembly('2027-09-20')], [], alone],
  ['T43 a day before', [assembly('2027-09-19')], ['T43 error XZ-2026 31'], alone],
  [
    'T43 a probation is a year, not 365 days',
    [{ kind: 'admissionAssembly', on: '2027-03-01' }, assembly('2028-02-29')],
    ['T43 error XZ-2026 31'],
    [
      ...alone,
      'preReview',
      'admissionForm',
      'admissionTalk',
      'admissionApproval',
      'admissionFiling',
      'assignment',
      'oath',
      'duesStart',
    ],
  ],
  ['T43 a cancellation may come earlier', [assembly('2027-05-10', { outcome: 'cancel' })], [], alone],

  ['T44 a month after', [assembly('2027-10-20')], [], alone],
  ['T44 a day more', [assembly('2027-10-21')], ['T44 warning XZ-2026 31'], alone],
  ['T44 a day more, with the reason', [assembly('2027-10-21', { reason: '本人在国外实习' })], [], alone],

  ['T45 six months', [assembly('2027-09-22', { outcome: 'extend', until: '2028-03-20' })], [], alone],
  ['T45 written up to the last day', [assembly('2027-09-22', { outcome: 'extend', until: '2028-03-19' })], [], alone],
  [
    'T45 less than six months',
    [assembly('2027-09-22', { outcome: 'extend', until: '2028-03-18' })],
    ['T45 error XZ-2026 31'],
    alone,
  ],
  ['T45 a year', [assembly('2027-09-22', { outcome: 'extend', until: '2028-09-20' })], [], alone],
  [
    'T45 more than a year',
    [assembly('2027-09-22', { outcome: 'extend', until: '2028-09-21' })],
    ['T45 error XZ-2026 31'],
    alone,
  ],
  [
    'T45 a second extension',
    [
      assembly('2027-09-22', { outcome: 'extend', until: '2028-03-20' }),
      assembly('2028-03-21', { outcome: 'extend', until: '2028-06-20' }),
    ],
    ['T45 error XZ-2026 31'],
    alone,
  ],

  [
    'T43 before the extension is over',
    [assembly('2027-09-22', { outcome: 'extend', until: '2028-03-20' }), assembly('2028-03-19')],
    ['T43 error XZ-2026 31'],
    alone,
  ],
  [
    'T43 when the extension is over',
    [assembly('2027-09-22', { outcome: 'extend', until: '2028-03-20' }), assembly('2028-03-20')],
    [],
    alone,
  ],
  [
    'T44 counted from the end of the extension',
    [assembly('2027-09-22', { outcome: 'extend', until: '2028-03-20' }), assembly('2028-04-20')],
    [],
    alone,
  ],

  [
    'T46 the first end after an extension',
    [
      assembly('2027-09-22', { outcome: 'extend', until: '2028-03-20' }),
      assembly('2028-03-21'),
      approval('2028-04-10', { fullOn: '2027-09-20' }),
    ],
    ['T46 error XZ-2026 31'],
    alone,
  ],
  [
    'T46 the end of the extension',
    [
      assembly('2027-09-22', { outcome: 'extend', until: '2028-03-20' }),
      assembly('2028-03-21'),
      approval('2028-04-10', { fullOn: '2028-03-20' }),
    ],
    [],
    alone,
  ],

  [
    'T47 the day of the assembly',
    [assembly('2027-09-22'), approval('2027-10-10', { fullOn: '2027-09-22' })],
    ['T47 error XZ-2026 33'],
    alone,
  ],
  [
    'T47 the day of approval',
    [assembly('2027-09-22'), approval('2027-10-10', { fullOn: '2027-10-10' })],
    ['T47 error XZ-2026 33'],
    alone,
  ],
  ['T47 the day of expiry', [assembly('2027-09-22'), approval('2027-10-10', { fullOn: '2027-09-20' })], [], alone],
  [
    'T47 a day off',
    [assembly('2027-09-22'), approval('2027-10-10', { fullOn: '2027-09-19' })],
    ['T47 error XZ-2026 33'],
    alone,
  ],

  [
    'T48 three months from the report',
    [assembly('2027-09-22'), approval('2027-12-24', { submittedOn: '2027-09-24' })],
    [],
    alone,
  ],
  [
    'T48 a day more',
    [assembly('2027-09-22'), approval('2027-12-25', { submittedOn: '2027-09-24' })],
    ['T48 error XZ-2026 33'],
    alone,
  ],
  [
    'T48 no report recorded: from the assembly',
    [assembly('2027-11-30', { reason: '推迟' }), approval('2028-02-29')],
    [],
    alone,
  ],
  [
    'T48 no report recorded: a day more',
    [assembly('2027-11-30', { reason: '推迟' }), approval('2028-03-01')],
    ['T48 error XZ-2026 33'],
    alone,
  ],
  [
    'order: approved before the assembly',
    [assembly('2027-09-22'), approval('2027-09-21')],
    ['order error XZ-2026 33'],
    alone,
  ],

  ['T49 postponed by six months', [assembly('2027-09-21', { outcome: 'postpone', until: '2028-03-20' })], [], alone],
  [
    'T49 postponed by a day more',
    [assembly('2027-09-21', { outcome: 'postpone', until: '2028-03-21' })],
    ['T49 error XZ-2026 35'],
    alone,
  ],
  [
    'T49 discussed at the end of the postponement',
    [assembly('2027-09-21', { outcome: 'postpone', until: '2028-03-20' }), assembly('2028-03-20')],
    [],
    alone,
  ],
  [
    'T49 discussed a day after six months',
    [assembly('2027-09-21', { outcome: 'postpone', until: '2028-03-20' }), assembly('2028-03-21')],
    ['T44 warning XZ-2026 31', 'T49 error XZ-2026 35'],
    alone,
  ],

  [
    'T32 the same majority for confirmation',
    [assembly('2027-09-22', { vote: { entitled: 12, present: 7, yes: 6, no: 1, abstain: 0 } })],
    ['T32 error XZ-2026 32'],
    alone,
  ],
  [
    'order: filed in the archive before approval',
    [{ kind: 'archiving', on: '2027-10-09' }],
    ['order warning XZ-2026 36'],
  ],
]

test.each(rows)('%s', (_what, acts, findings, without = []) => {
  expect(contradictions(fileWith(acts, without), '2029-12-31').map(inShort)).toEqual(findings)
})

test('no day of the assembly, no end of probation, no finding that rests on it', () => {
  const facts = fileWith([{ kind: 'admissionAssembly' }, assembly('2027-01-01')], ['archiving', 'confirmationApproval'])
  expect(contradictions(facts, today).map(inShort)).toEqual(['order warning XZ-2026 32', 'order warning XZ-2026 32'])
})
