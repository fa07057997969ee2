import { expect, test } from 'vitest'
import {
  type FigureName,
  figureNames,
  figureOf,
  figureTable,
  type LocalPractice,
  nationalPractice,
  recruitmentRules,
  refuseLooser,
} from '../../src/index.ts'

const now = '2026-11-20'
const stricter = (name: FigureName, value: number): Partial<LocalPractice> => ({ stricter: { [name]: value } })

test.each<[what: string, practice: Partial<LocalPractice>, refused: string[]]>([
  ['nothing local', {}, []],
  ['notice of seven working days', stricter('publicityWorkingDays', 7), []],
  ['notice of five, as the rule', stricter('publicityWorkingDays', 5), []],
  [
    'notice of four',
    stricter('publicityWorkingDays', 4),
    ['“发展对象公示时间（工作日）”（《细则》第13条）不能低于 5，现为 4，请改为 5 以上或删去这一项'],
  ],
  ['approval within two months', stricter('approvalWithinMonths', 2), []],
  [
    'approval within four months',
    stricter('approvalWithinMonths', 4),
    ['“审批预备党员的期限（月）”（《细则》第25条）不能超过 3，现为 4，请改为 3 以下或删去这一项'],
  ],
  [
    'three introducers',
    stricter('introducers', 3),
    ['“入党介绍人人数”（《细则》第14条）为 2，各单位不能另行规定，请删去这一项'],
  ],
  [
    'a talk within no time',
    stricter('talkWithinMonths', 0),
    ['“收到申请后派人谈话的期限（月）”（《细则》第7条）应大于 0，现为 0，请改正'],
  ],
  ['grace of thirty-one days', { review: { graceDays: 31 } }, []],
  [
    'grace of thirty-two days',
    { review: { graceDays: 32 } },
    ['半年考察（《细则》第11条）的宽限不能超过 31 天，现为 32 天，请改小'],
  ],
  ['two thirds present', { attendance: { numerator: 2, denominator: 3 } }, []],
  [
    'half present is looser than over half',
    { attendance: { numerator: 1, denominator: 2 } },
    ['到会人数的比例（《细则》第19条）须高于一半，请改为例如三分之二、五分之四，或删去这一项'],
  ],
  [
    'more than all present',
    { attendance: { numerator: 4, denominator: 3 } },
    ['到会人数的比例不能超过全部应到会人数，请改正'],
  ],
  [
    'months that are no number',
    { applicationToActivistMonths: -1 },
    ['“申请入党到确定积极分子的月数”应为 0 或正整数，现为 -1，请改正'],
  ],
])('%s', (_what, practice, refused) => {
  expect(refuseLooser({ ...nationalPractice, ...practice }, now)).toEqual(refused)
})

test('a figure that the edition of the day does not know cannot be looser', () => {
  expect(refuseLooser({ ...nationalPractice, ...stricter('publicityWorkingDays', 4) }, '2026-05-10')).toEqual([])
})

test('every figure of the rules has a label, and stands where the table says', () => {
  expect(Object.keys(figureTable).sort()).toEqual([...figureNames].sort())
  const stated = Object.values(recruitmentRules.articles).flatMap((versions) =>
    versions.flatMap((it) => ('figures' in it ? Object.keys(it.figures) : [])),
  )
  expect([...new Set(stated)].sort()).toEqual([...figureNames].sort())
  expect(figureNames.filter((it) => figureOf(recruitmentRules, it, now) === undefined)).toEqual([])
})
