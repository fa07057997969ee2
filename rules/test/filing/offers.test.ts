import { expect, test } from 'vitest'
import {
  type FactOffer,
  filingTemplate,
  findingIn,
  holdsIdentityNumber,
  isRecordedByDay,
  type OfferRecord,
  offersOf,
} from '../../src/index.ts'

const letter = ['入党申请书', '我志愿加入中国共产党。', '申请人：陈思远', '2025年5月28日']
const unknown: OfferRecord = { acts: [], name: '陈思远', studentNumber: null, bornOn: null, documentOn: null }
const number = '11010519491231002X'

/** What is offered in short: field and kind, value, state, what is recorded. */
type Told = [field: string, value: string, state: FactOffer['state'], recorded?: string]

const rows: [why: string, place: string, lines: readonly string[], record: Partial<OfferRecord>, told: Told[]][] = [
  ['nothing', 'application', [], {}, []],
  [
    'a letter of which nothing is recorded',
    'application',
    letter,
    {},
    [
      ['name', '陈思远', 'same', '陈思远'],
      ['actDay application', '2025-05-28', 'unrecorded'],
      ['documentOn', '2025-05-28', 'unrecorded'],
    ],
  ],
  [
    'a letter that agrees',
    'application',
    letter,
    { acts: [{ kind: 'application', on: '2025-05-28' }], documentOn: '2025-05-28' },
    [
      ['name', '陈思远', 'same', '陈思远'],
      ['actDay application', '2025-05-28', 'same', '2025-05-28'],
      ['documentOn', '2025-05-28', 'same', '2025-05-28'],
    ],
  ],
  [
    'a letter a day off',
    'application',
    letter,
    { acts: [{ kind: 'application', on: '2025-05-27' }], documentOn: '2025-05-27' },
    [
      ['name', '陈思远', 'same', '陈思远'],
      ['actDay application', '2025-05-28', 'different', '2025-05-27'],
      ['documentOn', '2025-05-28', 'different', '2025-05-27'],
    ],
  ],
  [
    'an act without a day',
    'application',
    letter.slice(3),
    { acts: [{ id: 'a', kind: 'application' }] },
    [
      ['actDay application', '2025-05-28', 'unrecorded'],
      ['documentOn', '2025-05-28', 'unrecorded'],
    ],
  ],
  [
    'the day of receipt of an application',
    'application',
    letter.slice(3),
    { acts: [{ kind: 'application', on: '2025-05-20', receivedOn: '2025-05-28' }] },
    [
      ['actDay application', '2025-05-28', 'same', '2025-05-20'],
      ['documentOn', '2025-05-28', 'unrecorded'],
    ],
  ],
  [
    'another thought report, which is another act',
    'thoughtReport',
    ['思想汇报', '2025年5月28日'],
    { acts: [{ kind: 'thoughtReport', on: '2025-02-28' }] },
    [
      ['actDay thoughtReport', '2025-05-28', 'unrecorded', '2025-02-28'],
      ['documentOn', '2025-05-28', 'unrecorded'],
    ],
  ],
  [
    'minutes with the day of the meeting above and of the writing below',
    'prospectProposalMinutes',
    ['支委会会议记录', '会议时间：2025年5月28日', '记录人：马致远', '2025年5月30日'],
    {},
    [
      ['actDay prospectProposal', '2025-05-28', 'unrecorded'],
      ['actDay prospectProposal', '2025-05-30', 'unrecorded'],
      ['documentOn', '2025-05-30', 'unrecorded'],
    ],
  ],
  ['a meeting on a paper that proves two', 'confirmationExaminationMinutes', ['谈话时间：2025年5月28日'], {}, []],
  ['a talk on a paper that proves none', 'application', ['谈话时间：2025年5月28日'], {}, []],
  [
    'a talk with who talked',
    'applicantTalkRecord',
    ['谈话人：马致远 谈话时间：2025年6月10日'],
    { acts: [{ kind: 'applicantTalk', on: '2025-06-10', talkers: [{ name: '罗素心' }] }] },
    [
      ['talkers applicantTalk', '马致远', 'different', '罗素心'],
      ['actDay applicantTalk', '2025-06-10', 'same', '2025-06-10'],
    ],
  ],
  [
    'a register with days, contact persons and what is known of the person',
    'observationRegister',
    [
      '姓名：陈思源 学号：2023010002',
      '出生年月：2004年5月',
      '申请入党时间：2025年5月20日',
      '确定为入党积极分子时间：2025年6月25日',
      '培养联系人：马致远、罗素心',
      `身份证号：${number}`,
    ],
    {
      bornOn: '2004-05-11',
      isIdentityNumber: (it) => it === number,
      acts: [{ kind: 'contactPersons', members: [{ name: '马致远' }] }],
    },
    [
      ['name', '陈思源', 'different', '陈思远'],
      ['studentNumber', '2023010002', 'unrecorded'],
      ['bornOn', '2004-05', 'same', '2004-05-11'],
      ['actDay application', '2025-05-20', 'unrecorded'],
      ['actDay activistDecision', '2025-06-25', 'unrecorded'],
      ['contactPersons contactPersons', '马致远', 'same', '马致远'],
      ['contactPersons contactPersons', '罗素心', 'different', '马致远'],
      ['identityNumber', number, 'same'],
    ],
  ],
  [
    'an identity number of another',
    'identityProof',
    [`身份证号：${number}`],
    { isIdentityNumber: () => false },
    [['identityNumber', number, 'different']],
  ],
  [
    'an identity number where none is recorded',
    'identityProof',
    [`身份证号：${number}`],
    { isIdentityNumber: null },
    [['identityNumber', number, 'unrecorded']],
  ],
  ['what the reader may not see of the person', 'identityProof', [`身份证号：${number}`], {}, []],
  ['a month', 'application', ['2025年5月'], {}, []],
  ['a day with words behind it', 'application', ['2025年5月28日起执行'], {}, []],
  [
    'the signature of an official below minutes',
    'admissionMinutes',
    ['马致远', '2025年5月28日'],
    { acts: [{ kind: 'admissionAssembly', on: '2025-05-28' }] },
    [
      ['actDay admissionAssembly', '2025-05-28', 'same', '2025-05-28'],
      ['documentOn', '2025-05-28', 'unrecorded'],
    ],
  ],
  [
    'the signature of somebody else below a letter',
    'application',
    ['马致远', '2025年5月28日'],
    { documentOn: '2025-05-28', acts: [{ kind: 'application', on: '2025-05-28' }] },
    [
      ['name', '马致远', 'different', '陈思远'],
      ['actDay application', '2025-05-28', 'same', '2025-05-28'],
      ['documentOn', '2025-05-28', 'same', '2025-05-28'],
    ],
  ],
]

test.each(rows)('%s', (_why, place, lines, record, told) => {
  const offers = offered(place, lines, record)
  expect(
    offers.map((it) => [
      it.kind === undefined ? it.field : `${it.field} ${it.kind}`,
      it.value,
      it.state,
      ...(it.recorded === undefined ? [] : [it.recorded]),
    ]),
  ).toEqual(told)
})

test('an offer stands where the value stands, and is the clear one of two', () => {
  const lines = ['姓名：陈思远', '学号：2023010002', '姓 名：陈思远']
  const sure = offersOf(
    placeOf('application'),
    lines.map((text, at) => ({ text, isSure: at > 0 })),
    unknown,
  )
  expect(sure).toEqual([
    {
      field: 'studentNumber',
      label: '学号',
      value: '2023010002',
      line: 1,
      from: 3,
      until: 13,
      written: '2023010002',
      state: 'unrecorded',
    },
    {
      field: 'name',
      label: '姓名',
      value: '陈思远',
      line: 2,
      from: 4,
      until: 7,
      written: '陈思远',
      state: 'same',
      recorded: '陈思远',
    },
  ])
  const [doubtful] = offersOf(placeOf('application'), [{ text: '姓名：陈思远', isSure: false }], unknown)
  expect(doubtful?.doubt).toBe('这一行识别得不够清楚，请与图片核对')
})

test('the recorded act is named where the value would stand in it', () => {
  const acts = [
    { id: 'a', kind: 'application', on: '2025-05-27' },
    { id: 'c', kind: 'contactPersons', on: '2025-06-27' },
  ] as const
  expect(offered('application', [...letter, ''], { acts }).map((it) => it.actId)).toEqual([undefined, 'a', undefined])
  expect(offered('observationRegister', ['培养联系人：马致远'], { acts }).map((it) => [it.state, it.actId])).toEqual([
    ['unrecorded', 'c'],
  ])
})

test.each([
  [
    'application',
    [{ kind: 'application', on: '2025-05-27' }],
    '递交入党申请书的日期前后不一：登记的是2025年5月27日，材料上是2025年5月28日。请对照原始材料，以原件为准统一更正。',
  ],
  ['application', [{ kind: 'application', on: '2025-05-28' }], undefined],
  ['application', [], undefined],
] as const)('%s with %j says what does not fit', (place, acts, message) => {
  const day = offered(place, letter, { acts }).find((it) => it.field === 'actDay')
  expect(day && findingIn(day)).toBe(message)
})

test('only acts that need nothing beside their day are recorded by it', () => {
  expect(
    (['application', 'oath', 'admissionAssembly', 'politicalReview', 'contactPersons'] as const).map(isRecordedByDay),
  ).toEqual([true, true, false, false, false])
})

test.each([
  [`身份证号：${number}`, true],
  ['身份证号：110105194912310020', true],
  ['学号：2023010002', false],
  ['电话 13900008001', false],
])('%s holds an identity number: %s', (text, holds) => {
  expect(holdsIdentityNumber(text)).toBe(holds)
})

const placeOf = (code: string) => {
  const place = filingTemplate.person.find((it) => it.code === code)
  if (place === undefined) throw new Error(`no place ${code}`)
  return place
}

const offered = (place: string, lines: readonly string[], record: Partial<OfferRecord>) =>
  offersOf(
    placeOf(place),
    lines.map((text) => ({ text, isSure: true })),
    { ...unknown, ...record },
  )
