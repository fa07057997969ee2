import { expect, test } from 'vitest'
import type { CellValue } from './cell-value.ts'
import { readSeparated, writeSeparated } from './separated-text.ts'

test('text is written with its mark, and what a program would run is guarded', () => {
  const text = Buffer.from(
    writeSeparated([
      ['姓名', '备注'],
      ['张三', '=1+1'],
      ['李四', '+86'],
      ['王五', '-'],
      ['赵六', '@SUM(A1)'],
      ['钱七', '甲,"乙"\n丙'],
      ['孙八', new Date('2019-09-20T00:00:00Z')],
      ['周九', -5],
    ]),
  ).toString('utf8')
  expect(text).toBe(
    '\ufeff姓名,备注\r\n张三,\'=1+1\r\n李四,\'+86\r\n王五,\'-\r\n赵六,\'@SUM(A1)\r\n钱七,"甲,""乙""\n丙"\r\n孙八,2019-09-20\r\n周九,-5\r\n',
  )
})

test('texts written and read again are the same', () => {
  const lines: CellValue[][] = [
    ['姓名', '备注'],
    ['张三', '+86'],
    ['李四', '-'],
    ['王五', '甲,"乙"\n丙'],
  ]
  expect(readSeparated(writeSeparated(lines))).toEqual(lines)
})
