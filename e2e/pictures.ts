import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { scannedStack } from './scanned-stack.ts'

/**
 * Takes the pictures of the README from a running demonstration into docs/pictures, and those of the manual beside it:
 * `npm run demo`, then `npx node e2e/pictures.ts [http://127.0.0.1:3000]`. Where pages look as before, so do the pictures.
 */
const origin = process.argv[2] ?? 'http://127.0.0.1:3000'
const folder = path.join(import.meta.dirname, '../docs/pictures')
const ofManual = path.join(import.meta.dirname, '../web/src/manual/pictures')
const sample = path.join(import.meta.dirname, '../server/test/samples/动态信息表.xlsx')

const desktop = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }

interface Picture {
  role: string
  viewport: typeof desktop
  show: (page: Page) => Promise<unknown>
  /** Where it is put, unless it is one of the README. */
  into?: string
}

/** The pictures by name: as whom, how wide, and what is shown. */
const pictures: Record<string, Picture> = {
  desk: { role: '组织员', viewport: desktop, show: async (page) => page.goto(`${origin}/`) },
  person: { role: '组织员', viewport: desktop, show: openPerson },
  import: { role: '组织员', viewport: desktop, show: previewSample },
  phone: { role: '组织员', viewport: phone, show: async (page) => page.goto(`${origin}/`) },
  covers: { role: '书记', viewport: desktop, show: openCovers, into: ofManual },
  sorting: { role: '书记', viewport: desktop, show: sortStack, into: ofManual },
  'training-year': { role: '组织员', viewport: desktop, show: openYear, into: ofManual },
  attendance: { role: '组织员', viewport: desktop, show: openAttendance, into: ofManual },
  acceptance: { role: '组织员', viewport: desktop, show: openAccepted, into: ofManual },
  establishment: { role: '组织员', viewport: desktop, show: openEstablishment, into: ofManual },
}

const wanted = process.argv.slice(3)
await mkdir(folder, { recursive: true })
await mkdir(ofManual, { recursive: true })
const browser = await launchBrowser()
try {
  for (const [name, { role, viewport, show, into = folder }] of Object.entries(pictures)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const page = await signedIn(browser, role, viewport)
    await show(page)
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: path.join(into, `${name}.png`) })
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

async function openCovers(page: Page): Promise<void> {
  await page.goto(`${origin}/digitization/covers`)
  await page.getByRole('list', { name: '选择人员' }).waitFor()
}

async function openYear(page: Page): Promise<void> {
  await page.goto(`${origin}/training?list=year`)
  await page.getByRole('heading', { level: 3, name: '课程' }).waitFor()
}

/** A session at which somebody was not. */
async function openAttendance(page: Page): Promise<void> {
  await page.goto(`${origin}/training`)
  await page.getByRole('link', { name: '入党积极分子培训班' }).first().click()
  await page
    .getByRole('link', { name: /^查看到课情况/ })
    .last()
    .click()
  await page.getByRole('list', { name: '到课情况' }).waitFor()
}

/** What somebody says of their results, and what two say of them. */
async function openAccepted(page: Page): Promise<void> {
  await page.goto(`${origin}/training?list=past`)
  await page.getByRole('link', { name: '支部骨干培训班' }).first().click()
  await page.getByRole('link', { name: '验收和办结' }).click()
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: '第 1 次提交' }).evaluate((it) => it.scrollIntoView())
}

async function openEstablishment(page: Page): Promise<void> {
  await page.goto(`${origin}/staff?list=establishment`)
  await page.getByRole('table').first().waitFor()
}

/** A stack of two papers behind their covers, read, at the first of them. */
async function sortStack(page: Page): Promise<void> {
  await openCovers(page)
  await page.getByRole('button', { name: '全不选' }).click()
  await page
    .getByRole('listitem')
    .filter({ hasText: /到期未归档 [3-9] 类/ })
    .getByRole('checkbox')
    .first()
    .check()
  const saved = page.waitForEvent('download')
  await page
    .getByRole('button', { name: /^生成封面/ })
    .first()
    .click()
  const covers = new Uint8Array(await readFile(await (await saved).path()))
  const work = await mkdtemp(path.join(os.tmpdir(), 'zhibu-pictures-'))
  try {
    await page.goto(`${origin}/digitization`)
    await page.getByRole('button', { name: '整理一批材料' }).click()
    await page.getByRole('dialog').getByLabel('名称（可不填）').fill('十一月交来的材料')
    await page.getByRole('dialog').getByRole('button', { name: '开始' }).click()
    await page.locator('input[type=file][accept]').setInputFiles(await scannedStack(covers, work))
    await page.getByText('6 页', { exact: true }).waitFor()
    await page.getByRole('button', { name: '添加完毕，开始识别' }).click()
    await page.getByRole('button', { name: /^归档全部已识别的/ }).waitFor({ timeout: 600_000 })
    await page.getByRole('heading', { name: '各份材料' }).evaluate((it) => it.scrollIntoView())
  } finally {
    await rm(work, { recursive: true })
  }
}
