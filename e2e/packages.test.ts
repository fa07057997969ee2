import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageOf } from '../server/test/packages.ts'
import { pdfOf } from '../server/test/papers.ts'
import { checkLooks, launchBrowser } from './browser.ts'
import { type Listed, signedInAs } from './demonstration.ts'
import type { TestServer } from './server.ts'
import { copiedDemonstration } from './site.ts'

let server: TestServer
let browser: Browser
let page: Page
let folder: string
let person: Listed

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhibu-packages-'))
  server = await copiedDemonstration()
  browser = await launchBrowser()
  page = await signedInAs(browser, server.origin, '软件工程本科生第一党支部 书记')
  const { account } = await (await page.request.get(`${server.origin}/api/accounts/session`)).json()
  const { items } = await (await page.request.get(`${server.origin}/api/people?limit=50`)).json()
  person = items.find((it: Listed) => it.id !== account.personId && it.studentNumber !== null)
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const paper = (place: string, title: string) => ({
  ...{ place, title, extension: 'pdf', bytes: pdfOf([{ lines: [title] }]) },
})
const verify = (...args: string[]) =>
  promisify(execFile)(process.execPath, [path.join(import.meta.dirname, '../server/src/cli.ts'), 'verify', ...args])

test('a package of another university is shown, taken over in part, and its receipt fits it', async () => {
  const papers = [
    paper('入党申请书', '转来的入党申请书'),
    paper('本校自定材料', '志愿服务证明'),
    paper('思想汇报', '别人的汇报'),
  ]
  const { bytes } = await packageOf(papers, {
    title: `${person.name}发展党员档案`,
    number: 'WXY-2026-0042',
    subject: { kind: 'person', name: person.name, number: person.studentNumber, organization: '文学院党支部' },
    keeper: { name: '滨江大学文学院党委', code: 'WXY' },
  })
  const file = path.join(folder, 'WXY-2026-0042.zip')
  const broken = path.join(folder, 'broken.zip')
  await writeFile(file, bytes)
  await writeFile(broken, bytes.with(bytes.indexOf(0x25) + 20, 0))

  await page.goto(`${server.origin}/archive`)
  await page.getByRole('link', { name: '接收档案包' }).click()
  await page.getByRole('heading', { level: 1, name: '接收记录' }).waitFor()
  await page.getByRole('link', { name: '接收档案包' }).first().click()
  await page.locator('input[type=file]').setInputFiles(broken)
  await page.getByRole('alert').filter({ hasText: '没有接收' }).waitFor({ timeout: 600_000 })
  expect(await checkLooks(page)).toEqual({})

  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('heading', { name: '核验通过' }).waitFor({ timeout: 600_000 })
  await page.getByText('归入这份档案').waitFor()
  expect(await page.getByRole('button', { name: '接收并生成回执' }).isDisabled()).toBe(true)
  await page.getByLabel('第 2 件归入哪一类').first().click()
  await page.getByRole('option', { name: '自传' }).click()
  await page.getByRole('checkbox', { name: '不接收第 3 件' }).check()
  await page.getByRole('textbox', { name: '为什么不接收第 3 件' }).fill('不是本人的材料')
  await page.getByRole('heading', { name: '包中所记的事实' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '接收并生成回执' }).click()

  await page.getByRole('heading', { level: 1, name: `${person.name}发展党员档案` }).waitFor({ timeout: 600_000 })
  await page.getByText('归档 2 件，未接收 1 件').waitFor()
  expect(await checkLooks(page)).toEqual({})
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const receipt = path.join(folder, '回执.xml')
  const answer = await page.request.get(`${server.origin}/api/archive/receptions/${id}/receipt.xml`)
  await writeFile(receipt, await answer.body())
  const { stdout } = await verify(file, '--receipt', receipt)
  expect(stdout).toContain('未接收第 3 件《别人的汇报》：不是本人的材料')
  expect(stdout).toContain('与本包相符')

  await page.getByRole('link', { name: /转来的入党申请书/ }).click()
  await page.getByText(/滨江大学文学院党委 移交的档案包 WXY-2026-0042/).waitFor()
  await page.goto(`${server.origin}/archive/persons/${person.id}`)
  await page.getByRole('heading', { name: '接收的档案包' }).waitFor()
})

test('a package whose papers lie here already is refused with a reason, and one of an organisation goes where it is told', async () => {
  const papers = [paper('入党申请书', '转来的入党申请书')]
  const subject = { kind: 'person' as const, name: person.name, number: person.studentNumber, organization: '文学院' }
  const again = path.join(folder, '又一个包.zip')
  await writeFile(again, (await packageOf(papers, { number: 'WXY-2026-0043', title: '再次移交', subject })).bytes)
  await page.goto(`${server.origin}/archive/receptions/new`)
  await page.locator('input[type=file]').setInputFiles(again)
  await page.getByText('接收不会增加任何材料').waitFor({ timeout: 600_000 })
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '不接收，写明原因' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: '原因' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('dialog').getByRole('button', { name: '不接收' }).click()
  await page.getByText('归档 0 件，未接收 1 件').waitFor({ timeout: 600_000 })

  await page.goto(`${server.origin}/archive/receptions/new`)
  await page.locator('input[type=file]').setInputFiles(again)
  await page.getByRole('button', { name: '关闭，不重复办理' }).click({ timeout: 600_000 })
  await page.getByRole('heading', { level: 1, name: '接收记录' }).waitFor()

  const ofOrganization = path.join(folder, '组织.zip')
  const minutes = [paper('支部党员大会会议记录', '三月支部大会记录')]
  const organization = {
    kind: 'organization' as const,
    name: '文学院党支部',
    number: 'WXY1',
    organization: '文学院党支部',
  }
  await writeFile(
    ofOrganization,
    (await packageOf(minutes, { title: '文学院党支部档案', subject: organization })).bytes,
  )
  await page.goto(`${server.origin}/archive/receptions/new`)
  await page.locator('input[type=file]').setInputFiles(ofOrganization)
  await page.getByRole('heading', { name: '归入哪个组织的档案' }).waitFor({ timeout: 600_000 })
  expect(await page.getByRole('button', { name: '接收并生成回执' }).isDisabled()).toBe(true)
  await page.getByRole('combobox', { name: '选择其他组织' }).fill(person.organization.name)
  await page.getByRole('option', { name: new RegExp(person.organization.name) }).click()
  await page.getByText('归入这份档案').waitFor({ timeout: 600_000 })
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '接收并生成回执' }).click()
  await page.getByRole('heading', { level: 1, name: '文学院党支部档案' }).waitFor({ timeout: 600_000 })
  await page.getByRole('link', { name: `${person.organization.name}的档案` }).click()
  await page.getByRole('heading', { name: '接收的档案包' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
})
