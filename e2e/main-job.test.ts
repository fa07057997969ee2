import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks, openPage } from './browser.ts'
import { demonstration } from './site.ts'

/** What somebody does who has started the demonstration for the first time: from a spreadsheet to the next act of a person. */

const sample = path.join(import.meta.dirname, '../server/test/samples/动态信息表.xlsx')

const { site, browser } = await demonstration()

test('a spreadsheet becomes persons whose next act is known, with its reason, and can be recorded', async () => {
  const page = await openPage(browser, site.origin)
  await page.goto(site.origin)
  const organiser = await signInByClick(page, '组织员')
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor()
  expect(await checkLooks(page)).toEqual({})

  await page.getByRole('navigation').getByRole('link', { name: '导入' }).click()
  await page.getByRole('heading', { level: 1, name: '导入' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await drop(page, sample)

  // What is wrong, cell by cell, and what a branch of the table is called here.
  await page.getByText('读取工作表“Sheet1”，表头在第 4 行，共 41 行').waitFor()
  await page.getByText('共 43 列，全部认出。').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('combobox', { name: '“计算机研究生党支部”对应到' }).click()
  await page.getByRole('option', { name: '计算机研究生第一党支部' }).click()
  await page.getByRole('button', { name: '保存 1 个名称的对应' }).click()
  await page.getByRole('tab', { name: '存疑 0' }).waitFor()
  const rows = page.getByRole('list', { name: '表中的行' }).locator(':scope > li')
  await rows.first().waitFor()
  await expect
    .poll(() => rows.filter({ hasText: '须改正' }).filter({ hasText: '栏：' }).allTextContents())
    .toEqual([
      expect.stringContaining('周语嫣新增第 41 行 · 软件工程本科生第一党支部须改正 “身份证号码”栏：身份证号校验码不符'),
      expect.stringContaining('须改正 “递交入党申请书时间”栏：“2019年2月30日”不是真实存在的日期'),
      expect.stringContaining('须改正 “首次组织谈话时间”栏：“2019.10”只有年月，这一栏要具体到日'),
    ])
  await expect.poll(() => rows.filter({ hasText: '朱一凡' }).textContent()).toContain('时未满18周岁')
  expect(await checkLooks(page)).toEqual({})

  await page.getByRole('button', { name: '确认写入 38 行' }).click()
  await page.getByText('新增 38 人，变更 0 人，记录发展过程 690 条；另有 3 行没有写入，列在下面。').waitFor()
  expect(await checkLooks(page)).toEqual({})

  // The files of this import that have findings, and then all that have.
  const done = page.url()
  const total = async () => Number(/\d+/.exec((await page.getByText(/^共 \d+ 条$/).textContent()) ?? '')?.[0])
  await page.getByRole('link', { name: '查看有疑点的档案' }).click()
  await page.getByText('只看一次导入涉及的人员').waitFor()
  const ofImport = await total()
  expect(ofImport).toBeLessThanOrEqual(38)
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '不再只看一次导入涉及的人员' }).click()
  await page.getByText('只看一次导入涉及的人员').waitFor({ state: 'detached' })
  await expect.poll(total).toBeGreaterThan(ofImport)
  expect(new URL(page.url()).search).toBe('?only=findings')
  await page.goto(done)

  // A person of the result, by pinyin initials; two are called so.
  await page.getByRole('link', { name: '查看新登记的 38 人' }).click()
  await page.getByText('共 38 条').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('searchbox').fill('qqh')
  await page.getByText('共 3 条').waitFor()
  await page
    .getByRole('row', { name: /20191033/ })
    .getByRole('link', { name: '钱启航' })
    .click()
  await page.getByRole('heading', { level: 1, name: '钱启航' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('link', { name: '发展档案' }).click()

  // The way as a time line, what contradicts what by which article, and what is next, with its reason.
  await page.getByText('预备党员 · 软件工程本科生第一党支部 · 20191033').waitFor()
  const assembly = entry(page, '支部党员大会讨论接收预备党员')
  const contradiction = await assembly.textContent()
  expect(contradiction).toContain('超过期限：自“上级党委预审”（2026年5月12日）起1个月内，最迟2026年6月12日')
  expect(contradiction).toContain('《发展党员工作细则》（2026年修订）第19条')
  expect(contradiction).toContain('支部党员大会讨论接收预备党员：2026年6月20日')
  expect(contradiction).toContain('上级党委预审：2026年5月12日')
  const next = (act: string) =>
    page
      .getByRole('region', { name: '下一步' })
      .getByRole('listitem')
      .filter({ has: heading(page, act) })
  const request = next('提出转正申请')
  await request.getByText('为什么是这一天').click()
  await expect
    .poll(() => request.textContent())
    .toMatch(/最迟 2027年7月20日.*《发展党员工作细则》（2026年修订）第\d+条/)
  expect(await checkLooks(page)).toEqual({})

  // Recording the next act.
  await next('编入党支部和党小组').getByRole('link', { name: '记录办理结果' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('heading', { name: '记录：编入党支部和党小组' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await form.getByRole('textbox', { name: '日期', exact: true }).fill('2026年7月10日')
  await form.getByRole('button', { name: '记录', exact: true }).click()
  await form.waitFor({ state: 'detached' })
  await expect.poll(() => entry(page, '编入党支部和党小组').textContent()).toContain('已完成2026年7月10日')
  expect(await next('编入党支部和党小组').count()).toBe(0)

  // The auditor sees who recorded it.
  await page.getByRole('button', { name: new RegExp(organiser) }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('heading', { level: 1, name: '登录' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await signInByClick(page, '系统、安全、审计三员', '审计员')
  await page.getByRole('link', { name: '操作记录' }).click()
  const journal = page.getByRole('table', { name: '操作记录明细' }).getByRole('row')
  const recorded = journal.filter({ hasText: '记录发展事项' }).first()
  await expect.poll(() => recorded.textContent()).toContain(`${organiser}记录发展事项人员`)
  await recorded.getByText('详情').click()
  await expect.poll(() => recorded.textContent()).toContain('编入党支部和党小组')
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})

/** Signs in as the first person of such a name whom the sign-in page of the demonstration offers for a role; returns the name. */
async function signInByClick(page: Page, role: string, called = ''): Promise<string> {
  const heading = page.getByRole('heading', { level: 3, name: role, exact: true })
  const person = heading.locator('..').getByRole('button').filter({ hasText: called }).first()
  const name = (await person.locator('span').first().textContent()) ?? ''
  await person.click()
  await page.getByRole('heading', { level: 1, name: '登录' }).waitFor({ state: 'detached' })
  return name
}

/** Lets a file fall on the place for files, as a mouse does. */
async function drop(page: Page, file: string): Promise<void> {
  const [name, bytes] = [path.basename(file), (await readFile(file)).toString('base64')]
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(atob(content), (it) => it.charCodeAt(0))], fileName))
      return transfer
    },
    [name, bytes] as const,
  )
  await page.getByText('把表格拖到这里').dispatchEvent('drop', { dataTransfer })
}

/** An act on the time line. */
const entry = (page: Page, act: string) =>
  page
    .getByRole('region', { name: '钱启航的发展过程' })
    .getByRole('listitem')
    .filter({ has: heading(page, new RegExp(`^\\d+\\. ${act}$`)) })

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 3, name })
