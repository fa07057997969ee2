import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLooks, launchBrowser, openPage } from '../../../e2e/browser.ts'
import { type PagesFromSources, servePages } from '../../../e2e/vite.ts'
import { chapters } from './chapters.ts'

let pages: PagesFromSources
let browser: Browser

beforeAll(async () => {
  pages = await servePages('manual')
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await pages?.close()
})

test('every question has an address of its own and an answer', () => {
  for (const { address, tasks } of chapters) {
    expect(new Set(tasks.map((it) => it.id)).size, address).toBe(tasks.length)
    expect(tasks.filter((it) => !it.answer && !it.steps && !it.notes)).toEqual([])
  }
  expect(new Set(chapters.map((it) => it.address)).size).toBe(chapters.length)
})

test('every page is well', { timeout: 180_000 }, async () => {
  const page = await openPage(browser, pages.origin)
  await page.goto(`${pages.origin}/manual`)
  for (const { title } of chapters) {
    await page.getByRole('main').getByRole('link', { name: title, exact: true }).first().click()
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor({ timeout: 60_000 })
    expect(await checkLooks(page), title).toEqual({})
    await page.goto(`${pages.origin}/manual`)
  }
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})
