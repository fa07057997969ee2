import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { nationalSetting } from '@zhibu/rules'
import { expect, test } from 'vitest'
import { packageOf, workbookParts } from '../../../test/workbooks.ts'
import { newId } from '../../platform/ids.ts'
import { writeTable } from '../../platform/spreadsheet/export-table.ts'
import { defaultLimits } from '../../platform/spreadsheet/limits.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import type { GroundFacts } from './ground.ts'
import { readTable } from './person-lines.ts'
import type { KeptCells } from './reading.ts'
import { type Recognition, recognise } from './recognition.ts'
import { openInThreads, type ReadLine } from './remote-workbook.ts'

/** Nothing is registered anywhere: every branch is unknown. */
const groundOf = ({ layout }: Recognition): GroundFacts => ({
  ...{ tenantId: 'lin', importId: newId(), path: '0001.', fileName: '名册.xlsx', columns: layout?.columns ?? [] },
  ...{ organizations: [], branches: {}, offices: [], setting: nationalSetting, today: '2026-05-11' },
})

const sample = () => readFile(path.join(import.meta.dirname, '../../../test/samples/动态信息表.xlsx'))

test('a thread reads the same as the process itself, batch by batch', async () => {
  const bytes = await sample()
  const remote = await openInThreads(bytes, {}, { rowsPerBatch: 10 })
  const sizes: number[] = []
  const lines: ReadLine[] = []
  for await (const batch of remote.batches(groundOf(remote.recognition))) {
    sizes.push(batch.length)
    lines.push(...batch)
  }
  const workbook = await openWorkbook(bytes)
  const recognition = recognise(workbook)
  expect(remote.recognition).toEqual(recognition)
  expect(sizes).toEqual([10, 10, 10, 10, 1])
  expect(lines.map((it) => it.reading())).toEqual(
    recognition.layout && (await Array.fromAsync(readTable(workbook, recognition.layout))),
  )
  expect(lines.map((it) => [it.row, it.person.name, it.branch])).toEqual(
    lines.map((it) => [it.reading().row, it.reading().name, it.reading().branch]),
  )
  expect(JSON.parse(lines[0]?.judged ?? '')).toMatchObject({
    row: 5,
    name: '赵一凡',
    effect: 'doubt',
  })
  const [first] = lines.map((it): KeptCells => JSON.parse(it.cells))
  expect(first).toMatchObject({ A: '软件工程本科生第一党支部', C: '赵一凡', D: '2001-05-12', L: 4 })
  expect(remote.skipped).toEqual([{ row: 47, reason: 'remark', text: '填表人： 审核人：' }])
})

test('a choice of columns holds in the thread too', async () => {
  const remote = await openInThreads(await sample(), { fields: { C: null } })
  expect(remote.recognition.layout?.columns[2]).toEqual({ letter: 'C', index: 2, header: '姓名', field: null })
  await remote.mapped({ C: 'className' })
  expect(remote.recognition.layout?.columns[2]).toMatchObject({ letter: 'C', field: 'className' })
  const { value: batch = [] } = await remote.batches(groundOf(remote.recognition)).next()
  expect(batch[0]?.reading().person).toMatchObject({ className: '赵一凡' })
  await remote.close()
})

test('a refusal in the thread is a refusal here', async () => {
  await expect(openInThreads(Buffer.from('%PDF-1.7'))).rejects.toMatchObject({ reason: 'unreadable' })
  await expect(openInThreads(await sample(), {}, { limits: { ...defaultLimits, maxRows: 20 } })).rejects.toMatchObject({
    reason: 'too-large',
  })
})

test('a file that needs more memory or time than allowed is refused, and the process lives on', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => [`${at}`, ...Array.from({ length: 30 }, () => `字${at}`)])
  const bytes = await writeTable(
    Array.from({ length: 31 }, (_, at) => ({ header: at === 0 ? '姓名' : `${at}` })),
    rows,
  )
  await expect(openInThreads(bytes, {}, { memoryMiB: 4 })).rejects.toMatchObject({ reason: 'too-large' })
  await expect(openInThreads(bytes, {}, { timeoutMs: 1 })).rejects.toMatchObject({ reason: 'too-large' })
})

test('what is found to be damaged while the rows are read is refused', async () => {
  const line = (row: number, more = '') =>
    `<row r="${row}"><c r="A${row}" t="inlineStr"><is><t>${row === 1 ? '姓名' : '张三'}</t></is></c><c r="B${row}" t="inlineStr"><is><t>${row === 1 ? '学号' : row}</t></is></c>${more}</row>`
  const lines = Array.from({ length: 3_000 }, (_, at) => line(at + 1))
  const bytes = packageOf(workbookParts([...lines, line(3_001, '<c r="ZZZZZZ3001"/>')].join('')))
  const remote = await openInThreads(bytes)
  const batches = remote.batches(groundOf(remote.recognition))
  expect((await batches.next()).value).toHaveLength(500)
  await expect(Array.fromAsync(batches)).rejects.toMatchObject({
    reason: 'unreadable',
    message: expect.stringContaining('已损坏'),
  })
})
