import { expect, test } from 'vitest'
import type { CellValue } from '../../platform/spreadsheet/cell-value.ts'
import { heldSheet, type Workbook } from '../../platform/spreadsheet/sheets.ts'
import { readTable } from './person-lines.ts'
import { recognise } from './recognition.ts'

const header: CellValue[] = ['姓名', '学号', '身份证号', '出生年月']
const number = '110101200105121014'

test.each<[string, CellValue[], CellValue[], string | undefined]>([
  ['the same student number', ['张三', '1', null, null], ['李四', '1', null, null], 'B warning 与第 2 行的学号相同'],
  [
    'the same identity number',
    ['张三', '1', number, null],
    ['张三', '2', number, null],
    'C warning 与第 2 行的身份证号相同',
  ],
  [
    'name and birth, one without a number',
    ['张三', '1', null, '2001-05'],
    ['张三', null, null, '2001-05'],
    'A info 与第 2 行同名',
  ],
  ['name and birth, but different numbers', ['张三', '1', null, '2001-05'], ['张三', '2', null, '2001-05'], undefined],
  ['the same name alone', ['张三', null, null, null], ['张三', null, null, null], undefined],
  ['name with another birth', ['张三', null, null, '2001-05'], ['张三', null, null, '2001-06'], undefined],
])('%s', async (_, one, other, expected) => {
  const sheet = heldSheet({ name: 'Sheet1', hidden: false, rows: [header, one, other], merges: [] })
  const workbook: Workbook = { format: 'xlsx', dateSystem: '1900', sheets: [sheet] }
  const { layout } = recognise(workbook)
  const found = layout && (await Array.fromAsync(readTable(workbook, layout))).flatMap((it) => it.problems)
  expect(found?.map((it) => `${it.column} ${it.severity} ${it.message}`)).toEqual(
    expected === undefined ? [] : [expect.stringMatching(`^${expected}`)],
  )
})
