import { expect, test } from 'vitest'
import { fold, piecesOf } from './folding.ts'

test.each([
  ['Ａ楼２０４室', 'a楼204室'],
  ['入党申\n请　书', '入党申请书'],
  ['Party  School\t2026', 'party school 2026'],
  ['A楼 204', 'a楼204'],
  ['（一）《章程》，', '(一)《章程》,'],
  ['张\u200b三\ufe0f', '张三'],
  ['cafe\u0301CAFÉ', 'cafécafé'],
  ['喆𠮷', '喆𠮷'],
  ['ﬁ ㈠', 'fi(一)'],
  ['', ''],
])('%j is compared as %j', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test.each([
  ['张三　思想汇报', ['张三', '思想汇报']],
  ['  A  a 甲 ', ['a', '甲']],
  ['\u200b', []],
])('%j asks for %j', (query, pieces) => {
  expect(piecesOf(query)).toEqual(pieces)
})
