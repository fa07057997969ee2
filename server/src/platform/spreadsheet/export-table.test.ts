import { expect, test } from 'vitest'
import { readWhole } from '../../../test/workbooks.ts'
import { type ExportColumn, writeTable } from './export-table.ts'

const columns: ExportColumn[] = [
  { header: '姓名' },
  { header: '身份证号码' },
  { header: '出生年月', holdsDays: true },
  { header: '递交入党申请书时间', holdsDays: true },
  { header: '入党宣誓时间' },
  { header: '备注' },
]

test('what is written is read again: days as dates or as texts, months and long numbers as they are', async () => {
  const bytes = await writeTable(columns, [
    ['张三', '110101200105121014', '2001-05', '2019-09-20', '2021-07-01', '=1+1'],
    ['李四', null, '2001-05-12', null, null, null],
  ])
  const workbook = await readWhole(bytes)
  expect(workbook.sheets[0]?.name).toBe('名册')
  expect(workbook.sheets[0]?.rows).toEqual([
    columns.map((it) => it.header),
    ['张三', '110101200105121014', '2001-05', new Date('2019-09-20T00:00:00Z'), '2021-07-01', '=1+1'],
    ['李四', null, new Date('2001-05-12T00:00:00Z'), null],
  ])
})

test('an empty list is a header', async () => {
  expect((await readWhole(await writeTable(columns, []))).sheets[0]?.rows).toEqual([columns.map((it) => it.header)])
})

test('no text makes a file that Excel takes for damaged: none is too long, none holds what is no character', async () => {
  const long = (length: number) => '长'.repeat(length)
  const cut = '……（内容过长，未全部写出，请在系统中查看）'
  const kept = 32_767 - cut.length
  const row = ['甲\ufffe乙\uffff', long(32_767), long(32_768), `${long(kept - 1)}🎓${long(50)}`]
  const workbook = await readWhole(await writeTable(columns.slice(0, 4), [row]))
  const read = ['甲乙', long(32_767), `${long(kept)}${cut}`, `${long(kept - 1)}${cut}`]
  expect(workbook.sheets[0]?.rows[1]).toEqual(read)
})
