import { readFile } from 'node:fs/promises'
import PizZip from 'pizzip'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { wordPaper } from '../server/src/platform/papers/word-paper.ts'
import { checkLooks, launchBrowser } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import type { TestServer } from './server.ts'
import { copiedDemonstration } from './site.ts'

let server: TestServer
let browser: Browser

beforeAll(async () => {
  server = await copiedDemonstration()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

test('an organiser makes forms for one person and for many, and copies columns', async () => {
  const page = await signedInAs(browser, server.origin, '组织员')
  await page.goto(`${server.origin}/development?stage=full`)
  const rows = page.getByRole('row')
  await rows.nth(2).waitFor()
  await page.getByRole('checkbox', { name: '选择本页全部' }).check()
  await page.getByRole('button', { name: /^生成表格（/ }).click()
  await page.getByRole('heading', { level: 1, name: '表格' }).waitFor()
  await page.getByRole('link', { name: '入党申请人谈话记录' }).waitFor()
  expect(await checkLooks(page)).toEqual({})

  await page.getByRole('searchbox', { name: '在表格中查找' }).fill('谈话记录')
  await page.getByRole('link', { name: '入党申请人谈话记录' }).click()
  await page.getByRole('heading', { level: 2, name: '还缺的内容' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  const zip = await packageOf(await downloaded(page, /^生成 \d+ 份，打包下载$/))
  const names = Object.keys(zip.files)
  expect(names.length).toBeGreaterThan(3)
  expect(names[0]).toMatch(/^001 \S+ 入党申请人谈话记录\.docx$/)

  await page.goto(`${server.origin}/development?stage=full`)
  await page.locator('[data-row-link]').first().click()
  await page.getByRole('link', { name: '生成表格' }).click()
  await page.getByRole('link', { name: '接收预备党员批复' }).click()
  await page.getByRole('radio', { name: 'PDF' }).locator('..').getByText('PDF').click()
  const paper = await downloaded(page, '生成并下载')
  expect(paper.suggestedFilename()).toMatch(/^\S+ 接收预备党员批复\.pdf$/)
  expect((await readFile(await paper.path())).subarray(0, 5).toString()).toBe('%PDF-')

  await page.goBack()
  await page.getByRole('link', { name: '按栏目抄录' }).click()
  await page.getByRole('listitem').filter({ hasText: '公民身份号码' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '登记已上报' }).click()
  await page.getByRole('textbox', { name: '上报日期' }).fill('2026-01-05')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByText(/登记已上报，此后没有改动/).waitFor()
  await page.context().close()
})

test('a secretary is led from a missing paper to its form, files a roster at once, and is told what has to be signed', async () => {
  const page = await signedInAs(browser, server.origin, '软件工程本科生第一党支部 书记')
  const missing = async (): Promise<string[]> => {
    const answer = await page.request.get(`${server.origin}/api/development/completeness?state=missing`)
    const { items }: { items: { personId: string }[] } = await answer.json()
    return items.map((it) => it.personId)
  }
  await vi.waitUntil(async () => (await missing()).length > 0, { timeout: 600_000, interval: 500 })
  await page.goto(`${server.origin}/archive/persons/${(await missing())[0]}`)
  const made = page.getByRole('link', { name: /^生成\s*《/ }).first()
  const [, title = ''] = /《(.+)》/.exec((await made.textContent()) ?? '') ?? []
  await made.click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.getByText('这张表要签字或盖章').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('link', { name: '已经扫描，去归档' }).click()
  await page.getByRole('dialog', { name: '归档材料' }).waitFor()

  await page.goto(`${server.origin}/forms/development-roster`)
  await page.getByRole('combobox', { name: '添加人员' }).fill('2023')
  await page.getByRole('option').first().click()
  await page.getByRole('button', { name: '生成并归档' }).click()
  await page.getByRole('link', { name: '《发展党员工作名册》' }).click()
  await page.getByText('电子文件').first().waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})

test('the organisation department uploads a template and says what its tags mean', async () => {
  const page = await signedInAs(browser, server.origin, '组织部')
  await page.goto(`${server.origin}/forms`)
  await page.getByRole('button', { name: '上传本校模板' }).click()
  const upload = (text: string) =>
    page.locator('input[type=file]').setInputFiles({
      name: '学院谈话表.docx',
      mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      buffer: Buffer.from(
        wordPaper({ title: '谈话表', body: [{ kind: 'paragraph', text }], attachments: [], madeOn: '2026-05-11' }),
      ),
    })
  await upload('申请人{学生姓名于{入党申请书.日期}')
  await page.getByRole('button', { name: '上传', exact: true }).click()
  await page.getByText('前一个“{”没有对应的“}”').waitFor()
  await upload('申请人{学生姓名}于{入党申请书.日期}递交申请')
  await page.getByRole('button', { name: '上传', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '学院谈话表' }).waitFor()
  await page.getByText('有 1 个标记的名称系统不认识').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('combobox', { name: '“学生姓名”对应的字段' }).fill('姓名')
  await page.getByRole('option', { name: '姓名', exact: true }).click()
  await page.getByRole('button', { name: '保存对应关系' }).click()
  await page.getByText('各个标记都有对应的字段').waitFor()
  // The page asks before it is left until what was chosen is kept and read again.
  await page.locator('button:disabled:not([data-loading])', { hasText: '保存对应关系' }).waitFor()
  await page.getByRole('link', { name: '预览和生成' }).click()
  await page.getByRole('heading', { level: 2, name: '示例：周初晴' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})

async function downloaded(page: Page, name: string | RegExp): Promise<Download> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }).click(),
  ])
  return download
}

async function packageOf(download: Download): Promise<PizZip> {
  return new PizZip(await readFile(await download.path()))
}
