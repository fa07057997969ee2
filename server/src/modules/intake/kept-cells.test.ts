import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { encryption } from '../../../test/factories.ts'
import { branch, type Cells, importing, table } from '../../../test/imports.ts'
import { openSlice } from './sealed-cells.ts'
import { importSlices } from './tables.ts'

const app = await testApp()

const slicesOf = (importId: string) =>
  app.build.look((db) =>
    db.select().from(importSlices).where(eq(importSlices.importId, importId)).orderBy(asc(importSlices.firstRow)),
  )

test('cells lie sealed in slices; after the commit only those of rows that were left out stay, with what was changed in them', async () => {
  const { browser, uploaded, rows, commit } = await importing(app)
  const list = Array.from({ length: 230 }, (_, at): Cells => {
    const where = at === 99 || at === 118 ? '不存在的支部' : branch
    return [`林知${String.fromCharCode(0x4e00 + at)}`, `20242${String(at).padStart(5, '0')}`, where]
  })
  const id = await uploaded(await table(list, ['姓名', '学号', '所在党支部']))
  const changed = { cells: { B: '2024299999' } }
  expect((await browser.patch(`/api/intake/imports/${id}/rows/120`, changed)).status).toBe(204)
  const before = await slicesOf(id)
  expect(before.map(({ firstRow, lastRow }) => [firstRow, lastRow])).toEqual([
    [2, 101],
    [102, 201],
    [202, 231],
  ])
  for (const { sealed } of before) expect(sealed).not.toContain('2024')
  const shown = await rows(id, 'effect=doubt&limit=50')
  expect(shown).toMatchObject([
    { row: 101, cells: { A: list[99]?.[0], B: '2024200099' }, edited: [] },
    { row: 120, cells: { A: list[118]?.[0], B: '2024299999' }, edited: ['B'] },
  ])

  await commit(id)
  const after = await slicesOf(id)
  expect(after.map((it) => openSlice(encryption, id, it))).toEqual([
    { 101: { A: list[99]?.[0], B: '2024200099', C: '不存在的支部' } },
    { 120: { A: list[118]?.[0], B: '2024200118', C: '不存在的支部' } },
  ])
  expect(await rows(id, 'effect=doubt&limit=50')).toEqual(shown)
})
