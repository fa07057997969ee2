import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type Browser, type TestActor, type TestApp, testApp } from '../../../test/app.ts'
import { developmentActs } from '../development/tables.ts'
import { persons } from '../people/tables.ts'
import { writeTable } from './export-table.ts'
import { readingsDone } from './preview.ts'
import type { ImportRow, ImportView } from './schema.ts'
import { importFileParts, importRows } from './tables.ts'

const samples = path.join(import.meta.dirname, '../../../test/samples')
const columns = ['姓名', '学号', '性别', '出生日期', '所在党支部', '递交入党申请书时间', '确定为入党积极分子时间']
type Cells = (string | null)[]

const branch = '云山学院本科生第一党支部'
const chen: Cells = ['陈知微', '2024010001', '女', '2005-03-04', branch, '2023-09-20', '2024-04-08']
const he: Cells = ['何不言', '2024010002', '男', '2005-06-07', branch, '2023-10-08', null]

async function table(rows: readonly Cells[], headers: readonly string[] = columns): Promise<Uint8Array> {
  return writeTable(
    headers.map((header) => ({ header })),
    rows,
  )
}

async function importing(app: TestApp, who: TestActor = 'organiser') {
  const browser = await app.signedIn(app.accounts[who])
  return { browser, ...verbs(browser) }
}

function verbs(browser: Browser) {
  const upload = (bytes: Uint8Array, query = '') =>
    browser.send(
      'POST',
      `/api/intake/imports?name=${encodeURIComponent('名单.xlsx')}${query}`,
      Uint8Array.from(bytes),
      {},
    )
  return {
    upload,
    async uploaded(bytes: Uint8Array): Promise<string> {
      const response = await upload(bytes)
      expect(response.status, await response.clone().text()).toBe(201)
      await readingsDone()
      return (await response.json()).id
    },
    view: async (id: string): Promise<ImportView> => (await browser.get(`/api/intake/imports/${id}`)).json(),
    rows: async (id: string, query = ''): Promise<ImportRow[]> =>
      (await (await browser.get(`/api/intake/imports/${id}/rows?${query}`)).json()).items,
    async commit(id: string, takesFaulty = false) {
      const response = await browser.post(`/api/intake/imports/${id}/commit`, { takesFaulty })
      expect(response.status).toBe(204)
      await readingsDone()
    },
    undo: (id: string) => browser.post(`/api/intake/imports/${id}/undo`),
  }
}

const app = await testApp()

test('a table is previewed, committed once for all clicks, and undone', async () => {
  const { browser, uploaded, view, rows, commit, undo } = await importing(app)
  const id = await uploaded(await table([chen, he]))
  expect(await view(id)).toMatchObject({
    state: 'preview',
    rowsTotal: 2,
    counts: { new: 2, changed: 0, unchanged: 0, doubt: 0, skipped: 0, faulty: 0 },
    can: { change: true, commit: true, undo: false, discard: true },
  })
  expect(await rows(id)).toMatchObject([
    { row: 2, name: '陈知微', effect: 'new', organizationName: branch, problems: [] },
    { row: 3, name: '何不言', effect: 'new' },
  ])
  await Promise.all([commit(id), commit(id), commit(id)])
  expect(await view(id)).toMatchObject({
    state: 'committed',
    written: { registered: 2, changed: 0, acts: 3, leftOut: 0 },
    can: { change: false, commit: false, undo: true },
  })
  const found = await (await browser.get('/api/people?q=2024010001')).json()
  expect(found.items).toMatchObject([{ name: '陈知微', organization: { name: branch } }])
  await app.build.look(async (db) => {
    expect(await db.$count(importFileParts, eq(importFileParts.importId, id))).toBe(0)
    expect(await db.$count(importRows, eq(importRows.importId, id))).toBe(0)
  })

  expect((await undo(id)).status).toBe(204)
  expect(await view(id)).toMatchObject({ state: 'undone' })
  expect((await (await browser.get('/api/people?q=2024010001')).json()).items).toEqual([])
})
