import type { Page } from 'playwright-core'
import { oneTimeCode } from './one-time-code.ts'

/** What somebody knows and has to sign in with. */
export interface Credentials {
  userName: string
  password: string
  /** The key in the authenticator, where a second factor is bound. */
  key?: string
}

/** Fills in user name and password, and sends them; whatever the server answers. */
export async function givePassword(page: Page, origin: string, { userName, password }: Credentials): Promise<void> {
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('用户名').fill(userName)
  await page.getByRole('textbox', { name: '密码' }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** Signs in, with the code that the authenticator shows next where there is one: each opens one session only. */
export async function signIn(page: Page, origin: string, who: Credentials, ahead = 0): Promise<void> {
  await givePassword(page, origin, who)
  if (who.key !== undefined) {
    await page.getByLabel('动态口令').fill(oneTimeCode(who.key, ahead))
    await page.getByRole('button', { name: '登录', exact: true }).click()
  }
  await page.waitForURL((it) => it.pathname !== '/sign-in')
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Opens the link of an invitation, chooses a password, and signs in with it. */
export async function acceptInvitation(page: Page, origin: string, link: string, who: Credentials): Promise<void> {
  await page.goto(link)
  await page.getByRole('textbox', { name: '新密码' }).fill(who.password)
  await page.getByRole('button', { name: '设置密码' }).click()
  await page.getByText(`今后用用户名“${who.userName}”和刚才的密码登录`).waitFor()
  await signIn(page, origin, who)
}

/** Binds an authenticator on the page of the own account; returns its key and the backup codes. */
export async function bindSecondFactor(
  page: Page,
  origin: string,
  password: string,
): Promise<{ key: string; backupCodes: string[] }> {
  await page.goto(`${origin}/account`)
  await page.getByRole('button', { name: '开始绑定' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('当前密码').fill(password)
  await dialog.getByRole('button', { name: '继续' }).click()
  const hint = await page.getByText(/不能扫描时，手工输入密钥：/).textContent()
  const key = (hint?.split('：').at(-1) ?? '').replaceAll(' ', '')
  await page.getByLabel('验证器显示的 6 位数字').fill(oneTimeCode(key))
  await page.getByRole('button', { name: '完成绑定' }).click()
  const codes = page.getByRole('list', { name: '备用码' }).getByRole('listitem')
  await codes.first().waitFor()
  const backupCodes = await codes.allTextContents()
  await page.getByRole('button', { name: '已经保存' }).click()
  await page.getByText('已绑定。').waitFor()
  return { key, backupCodes }
}
