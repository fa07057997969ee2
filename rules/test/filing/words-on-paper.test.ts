import { expect, test } from 'vitest'
import { type DevelopmentFacts, differences, filingTemplate, type PaperFacts, wordsOnPaper } from '../../src/index.ts'
import { fileWith, today } from '../development/complete-file.ts'

const application = ['入党申请书', '敬爱的党组织：', '我志愿加入中国共产党。', '申请人：陈思远', '2025年5月28日']

const rows: [why: string, place: string, lines: readonly string[], facts: PaperFacts][] = [
  ['nothing', 'application', [], {}],
  ['a letter', 'application', application, { name: '陈思远', days: [{ kind: 'application', on: '2025-05-28' }] }],
  ['words behind the last day', 'application', [...application.slice(0, 4), '2025年5月28日起执行'], { name: '陈思远' }],
  [
    'a signature without a label',
    'application',
    ['陈思远', '2025年5月28日'],
    { days: [{ kind: 'application', on: '2025-05-28' }] },
  ],
  ['a day with a doubt', 'application', ['2O25年5月28日'], {}],
  ['a month', 'application', ['2025年5月'], {}],
  ['the day of a paper that bears many', 'observationRegister', ['2025年5月28日'], {}],
  ['the same name twice', 'application', ['姓名：陈思远', '申请人：陈思远'], { name: '陈思远' }],
  ['two names', 'application', ['姓名：陈思远', '申请人：陈思源'], {}],
  ['a birthday', 'admissionForm', ['出生年月：2004年5月'], { bornOn: '2004-05' }],
  ['one introducer of two', 'admissionForm', ['入党介绍人：马致远'], {}],
  ['both introducers', 'admissionForm', ['入党介绍人：马致远、罗素心'], { introducers: ['马致远', '罗素心'] }],
  [
    'days behind labels',
    'observationRegister',
    ['申请入党时间：2025年5月20日', '确定为入党积极分子时间：2025年6月25日'],
    {
      days: [
        { kind: 'application', on: '2025-05-20' },
        { kind: 'activistDecision', on: '2025-06-25' },
      ],
    },
  ],
  ['a day behind another label', 'observationRegister', ['谈话时间：2025年6月10日'], {}],
  ['the day of becoming a full member', 'confirmationReply', ['转正时间：2027年9月20日'], { fullOn: '2027-09-20' }],
]

test.each(rows)('%s', (_why, place, lines, facts) => {
  expect(wordsOnPaper(place, lines)).toEqual(facts)
})

const found = (facts: DevelopmentFacts, on?: '2025-05-28') =>
  differences(
    filingTemplate,
    {
      facts,
      documents: [
        {
          place: 'application',
          title: '入党申请书',
          nature: 'original',
          ...(on && { on }),
          reads: wordsOnPaper('application', application),
        },
      ],
    },
    today,
  )

test('what a text says otherwise is a warning to look at the paper, and is not said twice', () => {
  const recorded = fileWith([{ kind: 'application', on: '2025-05-26' }])
  expect(found(recorded).map(({ rule, severity, message }) => [rule, severity, message])).toEqual([
    [
      'T55',
      'warning',
      '“递交入党申请书”的日期前后不一：这里是2025年5月26日，“入党申请书”是2025年5月28日。请对照原始材料，以原件为准统一更正。材料上的文字由系统读出，请先与原件核对。',
    ],
  ])
  expect(found(recorded, '2025-05-28').map(({ rule, severity }) => [rule, severity])).toEqual([['T55', 'error']])
  expect(found(fileWith([{ kind: 'application', on: '2025-05-28' }]))).toEqual([])
})
