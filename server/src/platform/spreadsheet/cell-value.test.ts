import { expect, test } from 'vitest'
import { type CellValue, textOf } from './cell-value.ts'

test.each<[CellValue, string]>([
  [null, ''],
  ['', ''],
  [' 张三 ', ' 张三 '],
  [0, '0'],
  [-0.5, '-0.5'],
  [999_999_999_999_999, '999999999999999'],
  [110_101_200_105_121_000, '1.10101200105121e+17'],
  [true, '是'],
  [false, '否'],
  [new Date(Date.UTC(2019, 8, 20)), '2019-09-20'],
  [new Date(Date.UTC(2019, 8, 20)), '2019-09-20'],
  [new Date(Date.UTC(2019, 8, 20, 23, 59)), '2019-09-20'],
  [new Date(Date.UTC(2019, 8, 21)), '2019-09-21'],
  [new Date(Date.UTC(1899, 11, 31)), '1899-12-31'],
  [new Date(Number.NaN), ''],
])('%j is kept as %j', (cell, text) => {
  expect(textOf(cell)).toBe(text)
})

test('days are told apart however many there are', () => {
  const first = Date.UTC(1950, 0, 1)
  const days = Array.from({ length: 25_000 }, (_, at) => new Date(first + at * 86_400_000))
  expect(days.map(textOf)).toEqual(days.map((it) => it.toISOString().slice(0, 10)))
  expect(textOf(new Date(first))).toBe('1950-01-01')
})
