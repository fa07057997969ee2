import { glob, readFile } from 'node:fs/promises'
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
})

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

/** Quoted and yet not a text of a screen: examples, words of the regulations, the beginning of a button. */
const others = ['2019.10', 'szw', '一个月内', '确认写入']

test('what is quoted stands on a screen, word for word', async () => {
  const folders = ['web/src', 'server/src/modules', 'rules/src']
  const files = await Array.fromAsync(glob(folders.map((it) => `${it}/**/*.{ts,tsx}`)))
  const shown = (
    await Promise.all(files.filter((it) => !/manual|\.test\./.test(it)).map((it) => readFile(it, 'utf8')))
  ).join('\n')
  const questions = chapters.flatMap(({ tasks }) => tasks.map((it) => it.question))
  const quoted = new Set([...JSON.stringify(chapters).matchAll(/“([^”]+)”/g)].map(([, text = '']) => text))
  const isShown = (text: string) =>
    [`'${text}'`, `"${text}"`, `\`${text}\``, `“${text}”`].some((it) => shown.includes(it)) ||
    new RegExp(`(>|\\n) *${text}(（[^）]*）)? *(<|\\n)`).test(shown)
  const missing = [...quoted].filter((it) => !others.includes(it) && !questions.includes(it) && !isShown(it))
  expect(missing).toEqual([])
})

test('every page is well', async () => {
  const page = await openPage(browser, pages.origin)
  const linkTo = (title: string) => page.getByRole('main').getByRole('link', { name: title, exact: true }).first()
  // The page may come long after its `load`: on a busy machine the sources are still being read.
  const openContents = async () => {
    await page.goto(`${pages.origin}/manual`)
    for (const { title } of chapters) await linkTo(title).waitFor({ timeout: 600_000 })
  }
  for (const { title } of chapters) {
    await openContents()
    await linkTo(title).click()
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor({ timeout: 600_000 })
    expect(await checkLooks(page), title).toEqual({})
  }
  await openContents()
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})
