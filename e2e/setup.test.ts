import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLooks, launchBrowser, openPage } from './browser.ts'
import { startServer, type TestServer } from './server.ts'
import { acceptInvitation, bindSecondFactor, type Credentials, signIn } from './sign-in.ts'

/** From `npm start` on an empty directory to the three administrators, as newcomers walk it. One test after another. */

let site: TestServer
let browser: Browser
let system: Page
beforeAll(async () => {
  site = await startServer()
  browser = await launchBrowser()
  system = await openPage(browser, site.origin)
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const sysadmin: Credentials = { userName: 'xitong', password: '青山不改 lushui 2026' }
const secadmin: Credentials = { userName: 'anquan', password: '细水长流 chuanliu 2026' }
const auditor: Credentials = { userName: 'shenji', password: '明镜高悬 gaoxuan 2026' }
const department: Credentials = { userName: 'zuzhi', password: '春华秋实 qiushi 2026' }
let departmentLink = ''

test('whoever opens an empty installation is asked for the code of the console, and a wrong one is refused', async () => {
  await system.goto(site.origin)
  await system.waitForURL('**/setup')
  await system.getByRole('heading', { level: 1, name: '首次设置' }).waitFor()
  const code = system.getByLabel('首次设置码')
  await code.fill('AAAA-AAAA-AAAA-AAAA')
  await system.getByLabel('学校名称').fill('临江大学')
  await expect.poll(() => system.getByLabel('学校党委名称').inputValue()).toBe('临江大学党委')
  await system
    .getByText(
      '还需填写：系统管理员的姓名、系统管理员的用户名、系统管理员的密码、组织部第一位用户的姓名、组织部第一位用户的用户名',
      { exact: true },
    )
    .waitFor()
  const first = system.getByRole('region', { name: '系统管理员' })
  await first.getByLabel('姓名').fill('沈知远')
  await first.getByLabel('用户名').fill(sysadmin.userName)
  await first.getByRole('textbox', { name: '密码' }).fill(sysadmin.password)
  const second = system.getByRole('region', { name: '组织部第一位用户' })
  await second.getByLabel('姓名').fill('韩立言')
  await system.getByText('还需填写：组织部第一位用户的用户名', { exact: true }).waitFor()
  await second.getByLabel('用户名').fill(department.userName)
  expect(await system.getByText('还需填写').count()).toBe(0)
  await system.getByRole('button', { name: '完成设置' }).click()
  await system.getByText('首次设置码不正确。请核对服务器启动时显示的设置码').waitFor()
  expect(await code.getAttribute('aria-invalid')).toBe('true')
  expect(await checkLooks(system)).toEqual({})
})

test('with the code of the console the university is set up, once', async () => {
  const [, code = ''] = /首次设置码：(\S+)/.exec(site.said()) ?? []
  await system.getByLabel('首次设置码').fill(code.toLowerCase().replaceAll('-', ' '))
  await system.getByRole('button', { name: '完成设置' }).click()
  await system.getByText('设置完成', { exact: true }).waitFor()
  departmentLink = (await system.getByText(/\/invitation#/).textContent()) ?? ''
  expect(await checkLooks(system)).toEqual({})
  await system.goto(`${site.origin}/setup`)
  await system.waitForURL('**/sign-in')
})

test('the system administrator can do nothing before binding a one-time code', async () => {
  await signIn(system, site.origin, sysadmin)
  await system.waitForURL('**/account')
  await system.getByText('请先绑定动态口令').waitFor()
  expect(await checkLooks(system)).toEqual({})
  Object.assign(sysadmin, await bindSecondFactor(system, site.origin, sysadmin.password))
  await system.goto(`${site.origin}/system/accounts`)
  await system.getByRole('heading', { level: 2, name: '账号' }).waitFor()
  expect(await checkLooks(system)).toEqual({})
})

test('the two other administrators come by invitation, and are appointed once they have bound a one-time code', async () => {
  for (const { who, name, role } of [
    { who: secadmin, name: '安如山', role: '安全管理员' },
    { who: auditor, name: '明若水', role: '审计员' },
  ]) {
    const link = await invite(name, who.userName)
    await choose(name, role, false)
    const page = await openPage(browser, site.origin)
    await acceptInvitation(page, site.origin, link, who)
    Object.assign(who, await bindSecondFactor(page, site.origin, who.password))
    expect(await checkLooks(page)).toEqual({})
    await choose(name, role, true)
    await page.reload()
    await page.waitForURL('**/sign-in**')
    await page.context().close()
  }
  await expect
    .poll(() => system.getByRole('list', { name: '三员' }).getByRole('listitem').allTextContents())
    .toEqual([
      expect.stringContaining('系统管理员　沈知远'),
      expect.stringContaining('安全管理员　安如山'),
      expect.stringContaining('审计员　明若水'),
    ])
  expect(await checkLooks(system)).toEqual({})
})

test('the security administrator takes no one-time code off an administrator', async () => {
  const page = await openPage(browser, site.origin)
  await signIn(page, site.origin, secadmin, 1)
  await page.goto(`${site.origin}/system/accounts`)
  await page.getByRole('button', { name: /明若水的账号/ }).click()
  const steps = page.getByRole('dialog', { name: '明若水的账号' }).getByRole('button')
  await expect.poll(() => steps.allTextContents()).toEqual(['登录会话', '停用账号'])
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})

test('the auditor reads in Chinese what has happened, and that nothing was altered', async () => {
  const page = await openPage(browser, site.origin)
  await signIn(page, site.origin, auditor, 1)
  await page.waitForURL('**/system/journal')
  const entries = page.getByRole('row')
  await entries.filter({ hasText: '明若水登录' }).first().waitFor()
  const appointment = entries.filter({ hasText: '沈知远任命三员' }).first()
  await appointment.getByText('详情').click()
  await expect.poll(() => appointment.getByRole('definition').first().textContent()).toBe('审计员')
  await page.getByRole('button', { name: '核验', exact: true }).click()
  await page.getByText('没有发现改动').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})

test('the organisation department chooses a password and begins with the tree', async () => {
  const page = await openPage(browser, site.origin)
  await page.goto(departmentLink)
  await page.getByText('韩立言，您好。').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await acceptInvitation(page, site.origin, departmentLink, department)
  await page.goto(`${site.origin}/organization`)
  await page.getByText('还没有下级组织').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('link', { name: '打开临江大学党委' }).click()
  await page.getByRole('button', { name: '新设下级组织' }).waitFor()

  await page.goto(departmentLink)
  await page.reload()
  await page.getByText('这个邀请链接已经用过').waitFor()
  await page.context().close()
})

/** Makes the account of an administrator; returns the link for its owner. */
async function invite(name: string, userName: string): Promise<string> {
  await system.goto(`${site.origin}/system/accounts`)
  await system.getByRole('button', { name: '开通账号' }).click()
  const form = system.getByRole('dialog')
  await form.getByText('专职管理员（不在名册中）').click()
  await form.getByLabel('姓名').fill(name)
  await form.getByLabel('用户名').fill(userName)
  await form.getByRole('button', { name: '开通账号' }).click()
  await form.waitFor({ state: 'detached' })
  await system.getByRole('heading', { name: `${name}的邀请链接` }).waitFor()
  return (await system.getByText(/\/invitation#/).textContent()) ?? ''
}

/** Chooses an account to be appointed; appoints it, or reads why it cannot be. */
async function choose(name: string, role: string, isReady: boolean): Promise<void> {
  await system.goto(`${site.origin}/system/administrators`)
  const form = system.getByRole('region', { name: '任命' })
  await form.getByRole('combobox', { name: '账号' }).fill(name)
  await system.getByRole('option', { name: new RegExp(name) }).click()
  if (!isReady) {
    await form.getByText('还没有绑定动态口令，请其本人登录后在“本人账号”中绑定').waitFor()
    return
  }
  await form.getByRole('combobox', { name: '职责' }).click()
  await system.getByRole('option', { name: role }).click()
  await form.getByRole('button', { name: '任命' }).click()
  await system.getByRole('dialog', { name: '任命' }).getByRole('button', { name: '任命' }).click()
  await system
    .getByRole('listitem')
    .filter({ hasText: `${role}　${name}` })
    .waitFor()
}
