import { expect, test } from 'vitest'
import { type Act, contradictions, type DevelopmentFacts } from '../../src/index.ts'
import { fileWith, inShort, today } from './complete-file.ts'

type On = NonNullable<Act['on']>
type Row = [what: string, facts: DevelopmentFacts, findings: string[]]

const signed = (on: On, office?: string): Act[] => [
  { kind: 'applicantTalk', on: '2025-06-10', signatures: [{ by: '何其正', on, ...(office && { office }) }] },
]
const attendedBy = (attendee: { name: string; fullOn?: On; leftOn?: On; isFull?: boolean }): Act[] => [
  { kind: 'admissionAssembly', on: '2026-09-20', attendees: [attendee] },
]
const meetings = [
  { kind: 'committee', on: '2025-06-25' },
  { kind: 'committee', on: '2026-07-01' },
  { kind: 'committee', on: '2026-09-01' },
  { kind: 'assembly', on: '2026-09-20' },
  { kind: 'assembly', on: '2027-09-22' },
] as const
const offices = [{ name: '何其正', office: '支部书记', from: '2025-06-10', until: '2026-06-09' }] as const

const rows: Row[] = [
  ['T50 signed on a working day', fileWith(signed('2025-06-10')), []],
  ['T50 signed on a Saturday', fileWith(signed('2025-06-14')), ['T50 info XZ-2014']],
  ['T50 signed on a make-up Sunday', fileWith(signed('2025-09-28')), []],
  ['T50 signed on a holiday in the week', fileWith(signed('2025-10-01')), ['T50 info XZ-2014']],
  [
    'T50 reviews of the same day',
    fileWith([
      { kind: 'review', on: '2025-12-18', id: '1' },
      { kind: 'review', on: '2025-12-18', id: '2' },
    ]),
    ['T50 info XZ-2014'],
  ],

  ['T51 all meetings are in the register', fileWith([], [], { branch: { meetings } }), []],
  [
    'T51 a committee meeting is not',
    fileWith([], [], { branch: { meetings: meetings.slice(1) } }),
    ['T51 warning XZ-2014'],
  ],
  [
    'T51 a branch without a committee decides in the assembly',
    fileWith([], [], { branch: { meetings: [{ kind: 'assembly', on: '2025-06-25' }, ...meetings.slice(1)] } }),
    [],
  ],
  [
    'T51 a committee meeting is no assembly',
    fileWith([], [], { branch: { meetings: [...meetings.slice(0, 4), { kind: 'committee', on: '2027-09-22' }] } }),
    ['T51 warning XZ-2026'],
  ],
  ['T51 no register is kept', fileWith([], [], { branch: {} }), []],

  ['T52 full on the day', fileWith(attendedBy({ name: '甲', fullOn: '2026-09-20' })), []],
  ['T52 full a day later', fileWith(attendedBy({ name: '甲', fullOn: '2026-09-21' })), ['T52 error XZ-2026']],
  ['T52 left a day later', fileWith(attendedBy({ name: '甲', leftOn: '2026-09-21' })), []],
  ['T52 left on the day', fileWith(attendedBy({ name: '甲', leftOn: '2026-09-20' })), ['T52 error XZ-2026']],
  ['T52 known not to be full', fileWith(attendedBy({ name: '甲', isFull: false })), ['T52 error XZ-2026']],

  ['T53 on the first day in office', fileWith(signed('2025-06-10', '支部书记'), [], { branch: { offices } }), []],
  ['T53 on the last day in office', fileWith(signed('2026-06-09', '支部书记'), [], { branch: { offices } }), []],
  ['T53 a day after', fileWith(signed('2026-06-10', '支部书记'), [], { branch: { offices } }), ['T53 warning XZ-2026']],
  [
    'T53 an office of which no term is recorded',
    fileWith(signed('2026-06-10', '组织委员'), [], { branch: { offices } }),
    [],
  ],

  ['T54 on the day the branch was set up', fileWith([], [], { branch: { establishedOn: '2025-06-25' } }), []],
  ['T54 a day before it', fileWith([], [], { branch: { establishedOn: '2025-06-26' } }), ['T54 warning XZ-2014']],
  ['T54 on its last day', fileWith([], [], { branch: { dissolvedOn: '2027-09-22' } }), []],
  ['T54 a day after it', fileWith([], [], { branch: { dissolvedOn: '2027-09-21' } }), ['T54 warning XZ-2026']],

  [
    'T55 another paper has the same day',
    fileWith([{ kind: 'activistDecision', on: '2025-06-25', alsoDated: [{ source: '登记表', on: '2025-06-25' }] }]),
    [],
  ],
  [
    'T55 another paper has another day',
    fileWith([{ kind: 'activistDecision', on: '2025-06-25', alsoDated: [{ source: '登记表', on: '2025-06-26' }] }]),
    ['T55 error XZ-2014'],
  ],

  ['T58 today', fileWith([{ kind: 'archiving', on: '2028-06-30' }]), []],
  ['T58 tomorrow', fileWith([{ kind: 'archiving', on: '2028-07-01' }]), ['T58 error XZ-2026']],
  [
    'T58 before birth',
    { bornOn: '2004-05-12', acts: [{ kind: 'archiving', on: '2004-05-11' }] },
    ['T58 error XZ-2014'],
  ],

  ['T59 the identity number says the same', fileWith(), []],
  ['T59 it says another day', fileWith([], [], { bornOnByIdNumber: '2004-05-13' }), ['T59 error XZ-2026']],
  ['T59 only the month is known, and it fits', fileWith([], [], { bornOn: '2004-05' }), []],
  ['T59 only the month is known, and it does not', fileWith([], [], { bornOn: '2004-06' }), ['T59 error XZ-2026']],

  [
    'T60 back a day before',
    fileWith([], [], { absences: [{ kind: 'abroad', from: '2026-09-01', until: '2026-09-19' }] }),
    [],
  ],
  [
    'T60 abroad on the day of the assembly',
    fileWith([], [], { absences: [{ kind: 'abroad', from: '2026-09-01', until: '2026-09-20' }] }),
    ['T60 warning XZ-2026'],
  ],
  [
    'T60 suspended, with no end',
    fileWith([], [], { absences: [{ kind: 'suspended', from: '2027-09-22' }] }),
    ['T60 warning XZ-2026'],
  ],
]

test.each(rows)('%s', (_what, facts, findings) => {
  expect(contradictions(facts, today).map(inShort)).toEqual(findings)
})
