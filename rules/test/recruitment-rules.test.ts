import { describe, expect, test } from 'vitest'
import {
  type ActKind,
  actKinds,
  actLabels,
  articleNumber,
  citationOf,
  inForce,
  type RecruitmentArticle,
  recruitmentRules,
  ruleBookOn,
  stepOf,
  steps,
} from '../src/index.ts'

test.each([
  ['2014-05-28', 'XZ-2014'],
  ['2026-05-10', 'XZ-2014'],
  ['2026-05-11', 'XZ-2026'],
] as const)('an act of %s is judged by %s', (day, book) => {
  expect(ruleBookOn(day)).toBe(book)
})

test.each<[article: RecruitmentArticle, number2014: string | undefined]>([
  ['5', '5'],
  ['17', '17'],
  ['18', '19'],
  ['19', '20'],
  ['32', '33'],
  ['36', '37'],
  ['40', undefined],
  ['44', undefined],
])('article %s was %s in 2014', (article, number2014) => {
  expect(articleNumber(article, 'XZ-2014')).toBe(number2014)
  expect(articleNumber(article, 'XZ-2026')).toBe(article)
})

test.each([
  ['33', 'XZ-2014', '《发展党员工作细则》（2014年）第33条'],
  ['32', 'XZ-2014', '《发展党员工作细则》（2014年）第32条（条号待核实）'],
  ['32', 'XZ-2026', '《发展党员工作细则》（2026年修订）第32条'],
] as const)('article %s of %s is cited as %s', (article, book, cited) => {
  expect(citationOf(article, book)).toBe(cited)
})

describe('what is new in 2026', () => {
  test.each([
    ['13', '2026-05-10', { activistYears: 1 }],
    ['13', '2026-05-11', { activistYears: 1, publicityWorkingDays: 5 }],
    ['19', '2026-05-10', { presentOverShare: 0.5 }],
    ['19', '2026-05-11', { presentOverShare: 0.5, assemblyWithinMonths: 1 }],
    ['29', '2026-05-10', undefined],
    ['29', '2026-05-11', { oathWithinMonths: 1 }],
  ] as const)('article %s on %s', (article, day, figures) => {
    expect(inForce(recruitmentRules, article, day).figures).toEqual(figures)
  })
})

test('no article of 2014 is counted twice, and 18 of 2014 was dropped', () => {
  const numbers = Object.values(recruitmentRules.articles).flatMap(([first]) =>
    'number2014' in first ? [Number(first.number2014)] : [],
  )
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  expect(numbers).not.toContain(18)
})

test('twenty-five steps in five parts: 2, 4, 5, 7 and 7', () => {
  expect(steps.map((it) => it.number)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1))
  expect([0, 1, 2, 3, 4].map((part) => steps.filter((it) => it.part === part).length)).toEqual([2, 4, 5, 7, 7])
})

test('every kind of act has a label and belongs to exactly one step, in order', () => {
  expect(steps.flatMap((it) => it.kinds).toSorted()).toEqual(actKinds.toSorted())
  expect(actKinds.filter((it) => !/\p{Script=Han}/u.test(actLabels[it]))).toEqual([])
  const numbers = actKinds.filter((it: ActKind) => it !== 'duesStart').map((it) => stepOf(it).number)
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
})
