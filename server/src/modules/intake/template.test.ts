import { expect, test } from 'vitest'
import { readWorkbook } from '../../platform/spreadsheet/workbook.ts'
import { readTable, type SkippedLine } from './person-lines.ts'
import { recognise } from './recognition.ts'
import { importTemplate } from './template.ts'

test('the template is recognised column by column, its example is skipped, and every example can be read', async () => {
  const { bytes } = await importTemplate()
  const workbook = await readWorkbook(bytes)
  expect(workbook.sheets.map(({ name }) => name)).toEqual(['名册', '填写说明'])
  const { layout } = recognise(workbook)
  expect(layout).toMatchObject({ sheet: '名册', headerRow: 1 })
  expect(layout?.columns.filter(({ field }) => field === null)).toEqual([])
  const skipped: SkippedLine[] = []
  expect(layout && [...readTable(workbook, layout, skipped)]).toEqual([])
  expect(skipped.map(({ row, reason }) => [row, reason])).toEqual([[2, 'example']])

  const line = workbook.sheets[0]?.rows[1]
  if (line) line[0] = '云山学院本科生第一党支部'
  const [read] = layout ? [...readTable(workbook, layout)] : []
  expect(read?.problems.map(({ column, code }) => [column, code])).toEqual([['H', 'id-format']])
  expect(read?.facts.acts.length).toBeGreaterThan(15)
})
