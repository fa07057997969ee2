import { expect, test } from 'vitest'
import { spreadsOf } from './spreads.ts'

const level = (name: string) => ({ name, words: `${name}的说明` })
const criteria = [{ key: 'true', name: '真实', levels: ['较弱', '一般', '较好', '很好'].map(level) }]
const spread = (median: string, lowest: string, highest: string) => [{ criterionKey: 'true', median, lowest, highest }]

test.each<[string, number[], ReturnType<typeof spread>]>([
  ['nobody', [], []],
  ['one', [2], spread('较好', '较好', '较好')],
  ['two who agree', [1, 1], spread('一般', '一般', '一般')],
  ['two who do not', [0, 3], spread('较弱至很好', '较弱', '很好')],
  ['three, in whatever order', [3, 0, 1], spread('一般', '较弱', '很好')],
  ['four with the middle between two levels', [0, 1, 2, 3], spread('一般至较好', '较弱', '很好')],
  ['four with the middle on one', [0, 2, 2, 3], spread('较好', '较弱', '很好')],
])('by %s', (_, places, expected) => {
  expect(
    spreadsOf(
      criteria,
      places.map((it) => ({ true: it })),
    ),
  ).toEqual(expected)
})
