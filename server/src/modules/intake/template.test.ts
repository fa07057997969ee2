import { expect, test } from 'vitest'
import { readWhole } from '../../../test/workbooks.ts'
import { heldSheet } from '../../platform/spreadsheet/sheets.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import { readTable, type SkippedLine } from './person-lines.ts'
import { recognise } from './recognition.ts'
import { importTemplate } from './template.ts'

test('the template is recognised column by column, its example is skipped, and every example can be read', async () => {
  const { bytes } = await importTemplate()
  const workbook = await openWorkbook(bytes)
  expect(workbook.sheets.map(({ name }) => name)).toEqual(['名册', '填写说明'])
  const { layout } = recognise(workbook)
  expect(layout).toMatchObject({ sheet: '名册', headerRow: 1 })
  expect(layout?.columns.filter(({ field }) => field === null)).toEqual([])
  const skipped: SkippedLine[] = []
  expect(layout && (await Array.fromAsync(readTable(workbook, layout, skipped)))).toEqual([])
  expect(skipped.map(({ row, reason }) => [row, reason])).toEqual([[2, 'example']])

  const [sheet] = (await readWhole(bytes)).sheets
  const rows =
    sheet?.rows.map((line, at) => (at === 1 ? ['云山学院本科生第一党支部', ...line.slice(1)] : [...line])) ?? []
  const filledIn = { ...workbook, sheets: [heldSheet({ name: '名册', hidden: false, merges: [], rows })] }
  const [read] = layout ? await Array.fromAsync(readTable(filledIn, layout)) : []
  expect(read?.problems.map(({ column, code }) => [column, code])).toEqual([['H', 'id-format']])
  expect(read?.facts.acts.length).toBeGreaterThan(15)
})
