import path from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkPage, launchBrowser, watchPage } from '../../../e2e/browser.ts'
import { chapters } from './chapters.ts'

let vite: ViteDevServer
let browser: Browser
let origin: string

beforeAll(async () => {
  vite = await createServer({
    configFile: path.join(import.meta.dirname, '../../vite.config.ts'),
    cacheDir: path.join(import.meta.dirname, '../../node_modules/.vite-test-manual'),
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'error',
  })
  await vite.listen()
  origin = new URL(vite.resolvedUrls?.local[0] ?? '').origin
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await vite?.close()
})

test('every question has an address of its own and an answer', () => {
  for (const { address, tasks } of chapters) {
    expect(new Set(tasks.map((it) => it.id)).size, address).toBe(tasks.length)
    expect(tasks.filter((it) => !it.answer && !it.steps && !it.notes)).toEqual([])
  }
  expect(new Set(chapters.map((it) => it.address)).size).toBe(chapters.length)
})

test.for([
  ['desktop, light', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }],
  ['phone, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const)('every page is well: %s', { timeout: 180_000 }, async ([, options]) => {
  const context = await browser.newContext({
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    ...options,
  } satisfies BrowserContextOptions)
  const page = await context.newPage()
  watchPage(page, origin)
  await page.goto(`${origin}/manual`)
  for (const { title } of chapters) {
    await page.getByRole('main').getByRole('link', { name: title, exact: true }).first().click()
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor({ timeout: 60_000 })
    expect(await checkPage(page), title).toEqual({ accessibility: [], console: [], external: [] })
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), title).toBe(true)
    await page.goto(`${origin}/manual`)
  }
  expect((await checkPage(page)).accessibility).toEqual([])
  await context.close()
})
