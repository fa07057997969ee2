import { expect, test } from 'vitest'
import { readSeparated } from './separated-text.ts'

test('an apostrophe that guards a text from being taken for a formula is not read; any other is', () => {
  const text = "姓名,备注\r\n张三,'=1+1\r\n李四,'+86\r\n王五,'-\r\n赵六,'@SUM(A1)\r\n孙八,'甲\r\n"
  expect(readSeparated(Buffer.from(text))).toEqual([
    ['姓名', '备注'],
    ['张三', '=1+1'],
    ['李四', '+86'],
    ['王五', '-'],
    ['赵六', '@SUM(A1)'],
    ['孙八', "'甲"],
  ])
})
