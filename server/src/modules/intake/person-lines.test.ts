import { expect, test } from 'vitest'
import type { CellValue } from '../../platform/spreadsheet/cell-value.ts'
import { heldSheet, type Merge, type Workbook } from '../../platform/spreadsheet/sheets.ts'
import { readTable, type SkippedLine } from './person-lines.ts'
import { recognise } from './recognition.ts'

async function tableOf(rows: CellValue[][], merges: readonly Merge[] = []) {
  const workbook: Workbook = {
    format: 'xlsx',
    dateSystem: '1900',
    sheets: [heldSheet({ name: 'Sheet1', hidden: false, rows, merges })],
  }
  const { layout } = recognise(workbook)
  const skipped: SkippedLine[] = []
  const read = layout ? await Array.fromAsync(readTable(workbook, layout, skipped)) : []
  return { people: read.map((it) => [it.row, it.name, it.branch]), skipped, read }
}

test('blank lines, totals, a repeated header, an example and signatures are no persons', async () => {
  const { people, skipped } = await tableOf([
    ['2024年发展党员名册'],
    ['序号', '姓名', '学号', '党支部', '申请入党时间'],
    [1, 2, 3, 4, 5],
    ['例', '王某某', '2020000', '某某党支部', '2020-01-01'],
    [1, '张三', '2020001', '甲支部', '2020-09-01'],
    [],
    [2, '李四', '2020002', '甲支部', '2020-09-02'],
    ['小计', 2, null, null, null],
    ['序号', '姓名', '学号', '党支部', '申请入党时间'],
    [3, '王五', null, '乙支部', null],
    ['合计：3人'],
    [null, null, null, null, null],
    ['填表人：赵六', null, '审核人：', null, '2024年10月8日'],
    ['注：1.本表一式两份。'],
    [null, '（盖章）', null, null, null],
    [null, null, null, null, '年  月  日'],
  ])
  expect(people).toEqual([
    [5, '张三', '甲支部'],
    [7, '李四', '甲支部'],
    [10, '王五', '乙支部'],
  ])
  expect(skipped.map((it) => [it.row, it.reason])).toEqual([
    [3, 'header'],
    [4, 'example'],
    [8, 'total'],
    [9, 'header'],
    [11, 'total'],
    [13, 'remark'],
    [14, 'remark'],
    [15, 'remark'],
    [16, 'remark'],
  ])
})

test('the branch in vertically merged cells belongs to every row it spans; a merged name does not', async () => {
  const { people } = await tableOf(
    [
      ['党支部', '姓名', '学号', '申请入党时间'],
      ['甲支部', '张三', '1', '2020-09-01'],
      [null, '李四', '2', '2020-09-01'],
      ['乙支部', '王五', '3', '2020-09-01'],
      [null, null, '4', '2020-09-01'],
    ],
    [
      { startRow: 1, startCol: 0, endRow: 2, endCol: 0 },
      { startRow: 3, startCol: 0, endRow: 4, endCol: 0 },
      { startRow: 3, startCol: 1, endRow: 4, endCol: 1 },
    ],
  )
  expect(people).toEqual([
    [2, '张三', '甲支部'],
    [3, '李四', '甲支部'],
    [4, '王五', '乙支部'],
    [5, undefined, '乙支部'],
  ])
})

test('a branch on a line of its own stands for the rows below it', async () => {
  const { people, skipped } = await tableOf([
    ['姓名', '学号', '申请入党时间'],
    ['软件工程第一党支部'],
    ['张三', '1', '2020-09-01'],
    ['软件工程第二党支部'],
    ['李四', '2', '2020-09-01'],
  ])
  expect(people).toEqual([
    [3, '张三', '软件工程第一党支部'],
    [5, '李四', '软件工程第二党支部'],
  ])
  expect(skipped.map((it) => it.reason)).toEqual(['group', 'group'])
})

test('a person of whom only the name is known is a person', async () => {
  const { people } = await tableOf([['姓名', '学号', '性别'], ['张三'], ['李四', null, '女']])
  expect(people).toEqual([
    [2, '张三', undefined],
    [3, '李四', undefined],
  ])
})

test.each<[CellValue, 'nothing' | 'something']>([
  ['', 'nothing'],
  [' ', 'nothing'],
  ['\u3000\u00a0\t\n', 'nothing'],
  ['!', 'something'],
  ['~', 'something'],
  ['一', 'something'],
  ['龥', 'something'],
  [' 一', 'something'],
  ['〇', 'something'],
  ['★', 'something'],
  [0, 'something'],
  [false, 'something'],
])('a line that holds only %j says %s', async (cell, said) => {
  const { people, skipped } = await tableOf([
    ['姓名', '学号', '性别'],
    [null, null, cell],
    ['李四', '2', '女'],
  ])
  expect(people.at(-1)).toEqual([3, '李四', undefined])
  expect(people.length + skipped.length).toBe(said === 'nothing' ? 1 : 2)
})
