import { expect, test } from 'vitest'
import { type Act, contradictions, type DevelopmentFacts } from '../../src/index.ts'
import { fileWith, inShort, today, underFirstEdition } from './complete-file.ts'

type Row = [what: string, facts: DevelopmentFacts, findings: string[]]

const born = (bornOn: DevelopmentFacts['bornOn'] & string, applied: Act['on'] & string): DevelopmentFacts => ({
  bornOn,
  acts: [{ kind: 'application', on: applied }],
})
const talked = (applied: Act['on'] & string, talk: Act['on'] & string): DevelopmentFacts => ({
  acts: [
    { kind: 'application', on: applied },
    { kind: 'applicantTalk', on: talk },
  ],
})

const rows: Row[] = [
  ['a complete file', fileWith(), []],
  ['a complete file of the first edition', { bornOn: '2001-05-12', acts: underFirstEdition }, []],
  ['no facts', { acts: [] }, []],

  ['T01 on the eighteenth birthday', born('2001-09-20', '2019-09-20'), []],
  ['T01 a day before', born('2001-09-20', '2019-09-19'), ['T01 error XZ-2014 5']],
  ['T01 eighteen times 365 days are not eighteen years', born('2001-09-20', '2019-09-16'), ['T01 error XZ-2014 5']],
  ['T01 born on a leap day, on 28 February', born('2004-02-29', '2022-02-28'), []],
  ['T01 born on a leap day, a day before', born('2004-02-29', '2022-02-27'), ['T01 error XZ-2014 5']],
  ['T01 only the month is known, and the month before it', born('2001-09', '2019-08-31'), ['T01 error XZ-2014 5']],
  ['T01 only the month is known, in that month nothing is certain', born('2001-09', '2019-09-01'), []],
  [
    'T01 the birth only by the identity number',
    { bornOnByIdNumber: '2008-06-02', acts: [{ kind: 'application', on: '2026-06-01' }] },
    ['T01 error XZ-2026 5'],
  ],

  ['T02 on the same day', talked('2026-09-20', '2026-09-20'), []],
  ['T02 a day before', talked('2026-09-20', '2026-09-19'), ['T02 error XZ-2026 7']],

  ['T03 on the last day of the month', talked('2020-01-31', '2020-02-29'), []],
  ['T03 the day after, by the end of a short month', talked('2020-01-31', '2020-03-01'), ['T03 error XZ-2014 7']],
  ['T03 the last day, no leap year', talked('2026-01-31', '2026-02-28'), []],
  ['T03 the day after, no leap year', talked('2026-01-31', '2026-03-01'), ['T03 error XZ-2014 7']],
  ['T03 a month of 31 days is not over after 30', talked('2026-07-20', '2026-08-20'), []],
  ['T03 thirty days after 1 February are too late', talked('2026-02-01', '2026-03-03'), ['T03 error XZ-2014 7']],
  [
    'T03 counted from the day of receipt',
    {
      acts: [
        { kind: 'application', on: '2026-05-20', receivedOn: '2026-06-01' },
        { kind: 'applicantTalk', on: '2026-07-01' },
      ],
    },
    [],
  ],
  [
    'T03 a day past the month from receipt',
    {
      acts: [
        { kind: 'application', on: '2026-05-20', receivedOn: '2026-06-01' },
        { kind: 'applicantTalk', on: '2026-07-02' },
      ],
    },
    ['T03 error XZ-2026 7'],
  ],
  ['T03 a talk that is merely still missing', { acts: [{ kind: 'application', on: '2026-01-01' }] }, []],
  [
    'T03 before the books kept here: a warning to look by hand',
    talked('2012-01-01', '2012-03-01'),
    ['T03 warning XZ-2014 7'],
  ],

  [
    'T56 written again with a later day',
    { acts: [{ kind: 'application', on: '2026-06-02', firstSubmittedOn: '2026-06-01' }] },
    ['T56 warning XZ-2026'],
  ],
  [
    'T56 written again with the first day',
    { acts: [{ kind: 'application', on: '2026-06-01', firstSubmittedOn: '2026-06-01' }] },
    [],
  ],
]

test.each(rows)('%s', (_what, facts, findings) => {
  expect(contradictions(facts, today).map(inShort)).toEqual(findings)
})

test('a finding has the article of its book, both facts and a message that says how to mend it', () => {
  const acts: Act[] = [
    { kind: 'application', on: '2020-01-31', id: 'a' },
    { kind: 'applicantTalk', on: '2020-03-01', id: 'b' },
  ]
  expect(contradictions({ acts }, today)).toEqual([
    {
      rule: 'T03',
      severity: 'error',
      ruleBook: 'XZ-2014',
      article: '7',
      message:
        '“派人同入党申请人谈话”（2020年3月1日）超过期限：自“递交入党申请书”（2020年1月31日）起1个月内，最迟2020年2月29日。请对照原件：录错的更正，属实的写明原因。',
      facts: [
        { label: '派人同入党申请人谈话', value: '2020-03-01', kind: 'applicantTalk', actId: 'b' },
        { label: '递交入党申请书', value: '2020-01-31', kind: 'application', actId: 'a' },
      ],
    },
  ])
})
