import { expect } from 'vitest'
import { readingsDone } from '../src/modules/intake/preview.ts'
import type { ImportRow, ImportView } from '../src/modules/intake/schema.ts'
import { writeTable } from '../src/platform/spreadsheet/export-table.ts'
import type { Browser, TestActor, TestApp } from './app.ts'

/** Tables of the small university, and the wizard as a browser asks for it. */

/** The columns of `table` unless others are given. */
export const columns = [
  '姓名',
  '学号',
  '性别',
  '出生日期',
  '所在党支部',
  '递交入党申请书时间',
  '确定为入党积极分子时间',
]
/** The cells of a row. */
export type Cells = (string | null)[]

/** The branch of the small university. */
export const branch = '云山学院本科生第一党支部'
/** Two persons who are not registered. */
export const chen: Cells = ['陈知微', '2024010001', '女', '2005-03-04', branch, '2023-09-20', '2024-04-08']
export const he: Cells = ['何不言', '2024010002', '男', '2005-06-07', branch, '2023-10-08', null]

/** A list of these rows as .xlsx. */
export async function table(rows: readonly Cells[], headers: readonly string[] = columns): Promise<Uint8Array> {
  return writeTable(
    headers.map((header) => ({ header })),
    rows,
  )
}

/** Somebody signed in, with the steps of the wizard. */
export async function importing(app: TestApp, who: TestActor = 'organiser') {
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
    async undo(id: string) {
      const response = await browser.post(`/api/intake/imports/${id}/undo`)
      await readingsDone()
      return response
    },
  }
}
