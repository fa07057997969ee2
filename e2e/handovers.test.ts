import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOfPages } from '../server/test/pdf-text.ts'
import { checkLooks, launchBrowser } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import type { TestServer } from './server.ts'
import { copiedDemonstration } from './site.ts'

let server: TestServer
let browser: Browser
let sender: Page
let receiver: Page

const branch = '软件工程本科生第一党支部'
const other = '软件工程本科生第二党支部'

beforeAll(async () => {
  server = await copiedDemonstration()
  browser = await launchBrowser()
  sender = await signedInAs(browser, server.origin, `${branch} 书记`)
  receiver = await signedInAs(browser, server.origin, `${other} 书记`)
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

/** Somebody else of the branch who has papers in the archive and is on the way. */
async function somebody(page: Page): Promise<{ id: string; name: string }> {
  const { account } = await (await page.request.get(`${server.origin}/api/accounts/session`)).json()
  const { items } = await (await page.request.get(`${server.origin}/api/archive/documents?limit=50`)).json()
  for (const { person } of items) {
    if (!person || person.id === account.personId) continue
    const file = await (await page.request.get(`${server.origin}/api/development/files/${person.id}`)).json()
    if (file.stage === 'activist' || file.stage === 'prospect') return person
  }
  throw new Error('演示中没有已归档材料的积极分子')
}

/** What stands on a paper that a link of the page gives. */
async function paperBehind(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).click(),
  ])
  return textOfPages(await readFile(await download.path())).join('')
}

test('a file is handed over, compared, received with a receipt, and the time of training goes on', async () => {
  const { id, name } = await somebody(sender)
  await sender.goto(`${server.origin}/archive`)
  await sender.getByRole('link', { name: '档案移交' }).click()
  await heading(sender, '档案移交').waitFor()
  expect(await checkLooks(sender)).toEqual({})
  await sender.getByRole('link', { name: '发起移交' }).first().click()
  await heading(sender, '发起档案移交').waitFor()
  await sender.getByRole('combobox', { name: '姓名' }).fill(name)
  await sender
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click()
  await sender.getByRole('combobox', { name: '接收组织' }).fill(other)
  await sender.getByRole('option', { name: new RegExp(other) }).click()
  await sender.getByRole('combobox', { name: '移交原因' }).click()
  await sender.getByRole('option', { name: '转专业' }).click()
  await sender.getByRole('button', { name: '检查' }).click()
  await sender.getByRole('list', { name: `${name}的材料` }).waitFor()
  expect(await checkLooks(sender)).toEqual({})
  await sender.getByRole('button', { name: '发出移交' }).click()
  await heading(sender, /^档案移交 移〔\d{4}〕1号$/).waitFor()
  await sender.getByText('待接收').waitFor()
  const list = await paperBehind(sender, '移交清单')
  for (const it of ['档案移交清单', name, branch, other]) expect(list).toContain(it)

  // The receiver finds it on the desk.
  await receiver.goto(server.origin)
  await receiver.getByRole('list', { name: '等待接收的档案' }).waitFor()
  expect(await checkLooks(receiver)).toEqual({})
  await receiver.getByRole('list', { name: '等待接收的档案' }).getByRole('link').first().click()
  await heading(receiver, /^档案移交 移/).waitFor()
  const items = receiver.getByRole('list', { name: `${name}的材料` })
  await items.waitFor()
  await receiver
    .getByRole('combobox', { name: /的核对结果$/ })
    .first()
    .click()
  await receiver.getByRole('option', { name: '纸质材料未到' }).click()
  await receiver.getByRole('textbox', { name: /的说明$/ }).fill('只有扫描件，约定月底补交')
  await receiver.getByRole('checkbox', { name: `${name}的档案已逐件核对` }).check()
  expect(await checkLooks(receiver)).toEqual({})
  await receiver.getByRole('button', { name: '接收', exact: true }).click()
  await receiver.getByText('已接收').waitFor()
  const receipt = await paperBehind(receiver, '接收回执')
  for (const it of ['档案接收回执', '纸质材料未到', '约定月底补交', '连续计算']) expect(receipt).toContain(it)
  expect(await checkLooks(receiver)).toEqual({})

  await receiver.goto(`${server.origin}/development/${id}`)
  await receiver.getByText(/^培养教育时间连续计算，自\d+年\d+月\d+日起/).waitFor()
  expect((await sender.request.get(`${server.origin}/api/development/files/${id}`)).status()).toBe(404)
  await sender.reload()
  await sender.getByText('1 件与清单不一致').waitFor()
})
