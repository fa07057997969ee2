import { expect, test } from 'vitest'
import { type StackPart, splitStack } from './splitting.ts'

// A stack as one reads it: A and B are covers, a and b papers that carry the same codes, a web address is a code of somebody else's, _ is blank, x is written on.
const codesOf: Record<string, string[]> = {
  A: ['cover:A'],
  B: ['cover:B'],
  a: ['cover:A'],
  b: ['cover:B'],
  2: ['cover:A', 'cover:B'],
  w: ['https://example.org'],
}
const split = (stack: string) =>
  splitStack(
    [...stack].map((it) => ({ codes: codesOf[it] ?? [], isBlank: it === '_', isPaper: 'ab'.includes(it) })),
    (code) => code.startsWith('cover:'),
  )
const before = (...pages: number[]): StackPart => ({ pages, coverPages: [] })
const part = (code: string, coverPages: number[], pages: number[]): StackPart => ({
  code: `cover:${code}`,
  coverPages,
  pages,
})

test.each<[string, string, StackPart[]]>([
  ['nothing', '', []],
  ['no cover', 'xxx', [before(0, 1, 2)]],
  ['one cover, one document', 'Axx', [part('A', [0], [1, 2])]],
  ['two covers', 'AxxBx', [part('A', [0], [1, 2]), part('B', [3], [4])]],
  ['pages before the first cover', 'xxAx', [before(0, 1), part('A', [2], [3])]],
  ['blank pages before the first cover stay', '_Ax', [before(0), part('A', [1], [2])]],
  ['the blank back of a cover is dropped', 'A_xx', [part('A', [0, 1], [2, 3])]],
  ['a second blank page is not', 'A__x', [part('A', [0], [2, 3])].map((it) => ({ ...it, coverPages: [0, 1] }))],
  ['a blank page inside or at the end stays', 'Ax_x_', [part('A', [0], [1, 2, 3, 4])]],
  ['what is written on the back of a cover is kept', 'Ax_', [part('A', [0], [1, 2])]],
  ['a cover behind which nothing lies', 'AB_xA', [part('A', [0], []), part('B', [1, 2], [3]), part('A', [4], [])]],
  ['the same cover printed on both sides', 'AAx', [part('A', [0, 1], [2])]],
  ['the same cover scanned twice with its blank backs', 'A_A_x', [part('A', [0, 1, 2, 3], [4])]],
  ['the same cover again after a page begins a second document', 'AxAx', [part('A', [0], [1]), part('A', [2], [3])]],
  ['a code that is no cover begins nothing', 'Axwx', [part('A', [0], [1, 2, 3])]],
  ['a paper with a code begins a part and belongs to it', 'axbx', [part('A', [], [0, 1]), part('B', [], [2, 3])]],
  ['the blank back of a paper with a code stays', 'a_x', [part('A', [], [0, 1, 2])]],
  [
    'a paper with a code ends what a cover began',
    'AxbxBx',
    [part('A', [0], [1]), part('B', [], [2, 3]), part('B', [4], [5])],
  ],
  ['a paper with the code of the cover before it lies behind it', 'A_ax', [part('A', [0, 1], [2, 3])]],
  ['two different covers on one page begin nothing', 'Ax2x', [part('A', [0], [1, 2, 3])]],
])('%s', (_, stack, expected) => {
  expect(split(stack)).toEqual(expected)
})
