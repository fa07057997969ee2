import { readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type Deliverer, delivererLabels } from '@zhibu/rules'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pdfOf } from '../server/test/papers.ts'
import { checkLooks, launchBrowser } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import type { TestServer } from './server.ts'
import { copiedDemonstration } from './site.ts'

let server: TestServer
let browser: Browser
let secretary: Page
let paper: string

beforeAll(async () => {
  server = await copiedDemonstration()
  browser = await launchBrowser()
  secretary = await signedInAs(browser, server.origin, '软件工程本科生第一党支部 书记')
  paper = path.join(os.tmpdir(), `思想汇报-${process.pid}.pdf`)
  await writeFile(paper, pdfOf([{ lines: ['思想汇报', '我参加了银杏路社区的志愿服务'] }, { lines: ['此致敬礼'] }]))
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

interface Filed {
  id: string
  title: string
  person: { id: string; name: string } | null
}

/** What lies in the archive within the reach of whoever is signed in, and is about others; the last one filed first. */
async function filed(page: Page): Promise<Filed[]> {
  const { account } = await (await page.request.get(`${server.origin}/api/accounts/session`)).json()
  const { items }: { items: Filed[] } = await (
    await page.request.get(`${server.origin}/api/archive/documents?limit=50`)
  ).json()
  return items.filter((it) => it.person?.id !== account.personId)
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

test('a paper is filed, read, found by its words, corrected and withdrawn', async () => {
  const page = secretary
  const [first] = await filed(page)
  if (!first?.person) throw new Error('演示中没有归档的材料')
  const { id, name } = first.person
  await page.goto(`${server.origin}/archive/persons/${id}`)
  await heading(page, `${name}的电子档案`).waitFor()
  await page.getByRole('button', { name: /^归档 ?思想汇报$/ }).click()
  const dialog = page.getByRole('dialog', { name: '归档材料' })
  await dialog.locator('input[type=file]').setInputFiles(paper)
  await dialog.getByText(path.basename(paper)).waitFor()
  await dialog.getByLabel('题名').fill('第三季度思想汇报')
  await dialog.getByLabel('材料上写的日期').fill('2026年9月30日')
  await dialog.getByRole('button', { name: '归档', exact: true }).click()
  await dialog.waitFor({ state: 'detached', timeout: 600_000 })

  await page.getByRole('link', { name: '第三季度思想汇报' }).click()
  await heading(page, '第三季度思想汇报').waitFor()
  await page.getByText('/ 2 页').waitFor({ timeout: 600_000 })
  expect(await checkLooks(page)).toEqual({})

  // The text is read behind the answer.
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`${server.origin}/api/search?q=${encodeURIComponent('银杏路社区')}`)
        return (await answer.json()).items.map((it: { kind: string; page: number | null }) => [it.kind, it.page])
      },
      { timeout: 600_000, interval: 1_000 },
    )
    .toEqual([['document', 1]])

  await page.getByRole('button', { name: '更正登记' }).click()
  const correction = page.getByRole('dialog', { name: '更正“第三季度思想汇报”的登记' })
  await correction.getByLabel('题名').fill('2026年第三季度思想汇报')
  await correction.getByLabel('更正原因').fill('题名写全')
  await correction.getByRole('button', { name: '更正', exact: true }).click()
  await heading(page, '2026年第三季度思想汇报').waitFor()
  await page.getByText('原因：题名写全').waitFor()

  await page.getByRole('button', { name: '撤出档案' }).click()
  const withdrawal = page.getByRole('dialog', { name: '把“2026年第三季度思想汇报”撤出档案' })
  await withdrawal.getByLabel('原因').fill('不是这个人的材料')
  await withdrawal.getByRole('button', { name: '撤出', exact: true }).click()
  await page.getByText('这份材料已撤出档案').waitFor()
  expect((await filed(page)).map((it) => it.title)).not.toContain('2026年第三季度思想汇报')
})

test('what is no paper is refused with the reason, and the dialog stays', async () => {
  const page = secretary
  const [first] = await filed(page)
  const wrong = path.join(os.tmpdir(), `网页-${process.pid}.pdf`)
  await writeFile(wrong, '<html><script>alert(1)</script></html>')
  await page.goto(`${server.origin}/archive/persons/${first?.person?.id}`)
  await page.getByRole('button', { name: /^归档 ?思想汇报$/ }).click()
  const dialog = page.getByRole('dialog', { name: '归档材料' })
  await dialog.locator('input[type=file]').setInputFiles(wrong)
  await dialog.getByRole('button', { name: '归档', exact: true }).click()
  await dialog.getByText(/不能归档/).waitFor()
  await dialog.getByRole('button', { name: '取消' }).click()
})

test('the pages of the archive are well, at a desk and on a phone', async () => {
  const page = secretary
  const [first] = await filed(page)
  const { items: people } = await (await page.request.get(`${server.origin}/api/people?limit=1`)).json()
  const pages: [address: string, title: string | RegExp][] = [
    ['/archive', '电子档案'],
    [`/archive/persons/${first?.person?.id}`, /的电子档案$/],
    [`/archive/documents/${first?.id}`, first?.title ?? ''],
    [`/archive/organizations/${people[0].organization.id}`, /的档案$/],
    ['/archive/disposals', '销毁清单'],
  ]
  for (const [address, title] of pages) {
    await page.goto(`${server.origin}${address}`)
    await heading(page, title).waitFor({ timeout: 600_000 })
    await page.waitForLoadState('networkidle')
    expect(await checkLooks(page), address).toEqual({})
  }
})

test('the original comes back as it was sent', async () => {
  const [first] = await filed(secretary)
  const download = secretary.waitForEvent('download')
  await secretary.goto(`${server.origin}/archive/documents/${first?.id}`)
  await secretary.getByRole('link', { name: '下载原文件' }).click()
  const file = await (await download).path()
  const answer = await secretary.request.get(`${server.origin}/api/archive/documents/${first?.id}/content`)
  expect((await readFile(file)).equals(await answer.body())).toBe(true)
})

test('before a file is sealed, all that is missing in it and does not fit is listed, and the button stays in reach on a phone', async () => {
  interface Remarks {
    remarks: { state: string; label: string; deliveredBy?: Deliverer }[]
    findings: { message: string }[]
  }
  const persons = [...new Set((await filed(secretary)).flatMap(({ person }) => (person ? [person.id] : [])))]
  const read = async (id: string): Promise<Remarks> =>
    (await secretary.request.get(`${server.origin}/api/development/files/${id}/papers`)).json()
  const all = await Promise.all(persons.map(async (id) => ({ id, ...(await read(id)) })))
  const [most] = all.sort((a, b) => b.remarks.length + b.findings.length - (a.remarks.length + a.findings.length))
  if (!most) throw new Error('演示中没有归档的材料')
  await secretary.goto(`${server.origin}/archive/persons/${most.id}`)
  await secretary.getByRole('button', { name: '封存档案' }).click()
  const dialog = secretary.getByRole('dialog', { name: '封存档案' })
  const list = dialog.getByRole('region', { name: '缺少和需要核对的材料' })
  await list.getByRole('listitem').first().waitFor()
  const lines = await list.getByRole('listitem').allTextContents()
  const missing = most.remarks.filter((it) => it.state === 'missing')
  expect(missing.length).toBeGreaterThan(3)
  const isTold = ({ label, deliveredBy }: Remarks['remarks'][number]) =>
    lines.some((it) => it.includes(label) && it.includes(deliveredBy ? delivererLabels[deliveredBy] : ''))
  expect(most.remarks.filter((it) => it.state !== 'notDue' && !isTold(it))).toEqual([])
  expect(most.findings.filter(({ message }) => !lines.some((it) => it.includes(message)))).toEqual([])
  expect(await checkLooks(secretary)).toEqual({})
  await secretary.setViewportSize({ width: 390, height: 844 })
  const box = await dialog.getByRole('button', { name: '封存', exact: true }).boundingBox()
  expect(box && box.y + box.height).toBeLessThan(844)
  await secretary.setViewportSize({ width: 1440, height: 900 })
})

test('the department adds a place of the university, takes one out of use, and everybody sees the list as it is now', async () => {
  const department = await signedInAs(browser, server.origin, '组织部')
  await department.goto(`${server.origin}/rules/filing-settings`)
  await department.getByRole('button', { name: '增加本校的位置' }).click()
  const adding = department.getByRole('dialog', { name: '增加本校的位置' })
  const choose = async (label: string, option: string) => {
    await adding.getByRole('combobox', { name: label }).click()
    await department.getByRole('option', { name: option, exact: true }).click()
  }
  await adding.getByLabel('名称').fill('自传')
  await choose('排在哪一类之后', '13　自传')
  await choose('归档要求', '必备')
  await choose('相应的事项', '列为发展对象')
  await adding.getByText(/^已登记“列为发展对象”的有 \d+ 人/).waitFor()
  await adding.getByLabel('原因').fill('学校党委文件要求')
  await adding.getByRole('button', { name: '增加', exact: true }).click()
  await adding.getByText('清单中已有“自传”，请换一个名称。').first().waitFor()
  expect(await checkLooks(department)).toEqual({})
  await adding.getByLabel('名称').fill('志愿服务证明')
  await adding.getByRole('button', { name: '增加', exact: true }).click()
  await adding.waitFor({ state: 'detached' })

  await department.getByRole('button', { name: /^停用 ?入党积极分子培训证明$/ }).click()
  const closing = department.getByRole('dialog', { name: '停用“入党积极分子培训证明”' })
  await closing.getByLabel('原因').fill('本校另有培训台账')
  await closing.getByRole('button', { name: '停用', exact: true }).click()
  await closing.waitFor({ state: 'detached' })
  const history = department.getByRole('list', { name: '调整记录' })
  await history.getByText('停用“入党积极分子培训证明”').waitFor()
  await history.getByText('增加“志愿服务证明”').waitFor()
  expect(await checkLooks(department)).toEqual({})

  await secretary.goto(`${server.origin}/rules/filing`)
  await secretary.getByRole('region', { name: '个人材料' }).getByText('志愿服务证明').waitFor()
  await secretary.getByRole('region', { name: '本校停用的' }).getByText('入党积极分子培训证明').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await secretary.goto(`${server.origin}/rules/filing-settings`)
  await secretary.getByText('归档清单和档号格式由学校党委组织部设置。', { exact: false }).waitFor()
  expect(await secretary.getByRole('button', { name: '增加本校的位置' }).count()).toBe(0)
})

test('a pattern of file numbers that somebody else has changed meanwhile is refused, and what was typed stays', async () => {
  const [first, second] = await Promise.all([1, 2].map(() => signedInAs(browser, server.origin, '组织部')))
  if (!first || !second) throw new Error('no pages')
  for (const [page, pattern] of [
    [first, '〔组织〕〔年度〕〔序号〕'] as const,
    [second, '〔组织〕·〔年度〕·〔序号〕'] as const,
  ]) {
    await page.goto(`${server.origin}/rules/filing-settings`)
    await page.getByLabel('格式', { exact: true }).fill(pattern)
    await page.getByLabel('原因').fill('按本校档案编号办法')
  }
  const save = (page: Page) => page.getByRole('button', { name: '保存档号格式' }).click()
  const history = (page: Page) => page.getByRole('list', { name: '修改记录' }).getByRole('listitem')
  await save(first)
  await first.getByText('由“〔组织〕-〔年度〕-〔序号〕”改为“〔组织〕〔年度〕〔序号〕”').waitFor()
  await save(second)
  await second.getByRole('alert').filter({ hasText: '刚刚有人改为“〔组织〕〔年度〕〔序号〕”' }).waitFor()
  await expect.poll(() => history(second).count()).toBe(1)
  await expect.poll(() => second.getByLabel('格式', { exact: true }).inputValue()).toBe('〔组织〕·〔年度〕·〔序号〕')
  expect(await checkLooks(second)).toEqual({})

  await save(second)
  await second.getByText('由“〔组织〕〔年度〕〔序号〕”改为“〔组织〕·〔年度〕·〔序号〕”').waitFor()
  await expect.poll(() => history(second).count()).toBe(2)
  for (const page of [first, second]) await page.context().close()
})
