import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'

/**
 * Takes the pictures of the README from a running demonstration into docs/pictures:
 * `npm run demo`, then `npx node e2e/pictures.ts [http://127.0.0.1:3000]`. Where pages look as before, so do the pictures.
 */
const origin = process.argv[2] ?? 'http://127.0.0.1:3000'
const folder = path.join(import.meta.dirname, '../docs/pictures')
const sample = path.join(import.meta.dirname, '../server/test/samples/动态信息表.xlsx')

const desktop = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }

/** The pictures by name: as whom, how wide, and what is shown. */
const pictures: Record<string, { role: string; viewport: typeof desktop; show: (page: Page) => Promise<unknown> }> = {
  desk: { role: '组织员', viewport: desktop, show: async (page) => page.goto(`${origin}/`) },
  person: { role: '组织员', viewport: desktop, show: openPerson },
  import: { role: '组织员', viewport: desktop, show: previewSample },
  phone: { role: '组织员', viewport: phone, show: async (page) => page.goto(`${origin}/`) },
}

const wanted = process.argv.slice(3)
await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
try {
  for (const [name, { role, viewport, show }] of Object.entries(pictures)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const page = await signedIn(browser, role, viewport)
    await show(page)
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: path.join(folder, `${name}.png`) })
    await page.context().close()
  }
} finally {
  await browser.close()
}

/** A page of the first person of a role whom the demonstration offers. */
async function signedIn(from: Browser, role: string, viewport: typeof desktop): Promise<Page> {
  const context = await from.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', colorScheme: 'light', viewport })
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in`)
  const group = page.locator('div', { has: page.getByRole('heading', { level: 3, name: role, exact: true }) }).last()
  await group.getByRole('button').first().click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  return page
}

/** Somebody who has come far, and whose records contradict one another. */
async function openPerson(page: Page): Promise<void> {
  await page.goto(`${origin}/development?stage=probationary&only=findings`)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { level: 1 }).waitFor()
}

async function previewSample(page: Page): Promise<void> {
  await page.goto(`${origin}/intake`)
  await page.locator('input[type=file]').first().setInputFiles(sample)
  await page.getByRole('tab', { name: /^有问题/ }).click()
  await page.getByLabel('查找姓名').fill('王子墨')
  await page.getByText('只有年月').first().waitFor()
  await page.getByRole('heading', { name: '逐行核对' }).evaluate((it) => it.scrollIntoView())
}
