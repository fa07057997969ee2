import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { checkLooks, openPage } from './browser.ts'
import { signedInAs, somebodyWithoutOffice } from './demonstration.ts'
import { oneTimeCode } from './one-time-code.ts'
import { acceptInvitation, bindSecondFactor, givePassword, signIn } from './sign-in.ts'
import { demonstration } from './site.ts'

/** Signing in, handing on a task, and who read what, in a browser, on the demonstration. */

const { site, browser } = await demonstration()
const organiser = await signedInAs(browser, site.origin, '计算机学院党委 组织员')
/** Somebody without an office, of the college of the organiser. */
const member = await somebodyWithoutOffice(organiser, site.origin)

describe('signing in', () => {
  const password = '长风破浪 polang 2026'
  const newPassword = '直挂云帆 yunfan 2026'
  let own: { key: string; backupCodes: string[] }

  test('after an invitation; wrong passwords make wait, and a new invitation lets in at once', async () => {
    const page = await openPage(browser, site.origin)
    const who = { userName: member.studentNumber, password }
    await acceptInvitation(page, site.origin, await invite(), who)
    await page.waitForURL((it) => it.pathname === '/' || it.pathname === '/my')

    const stranger = await openPage(browser, site.origin)
    const wrong = { ...who, password: '一个错误的密码 1' }
    await givePassword(stranger, site.origin, wrong)
    await stranger.getByText('用户名或密码不正确，请核对后重试。').waitFor()
    expect(await checkLooks(stranger)).toEqual({})
    const again = stranger.getByRole('button', { name: '登录', exact: true })
    const refusals = (status: number) =>
      stranger.waitForResponse((it) => it.url().endsWith('/sign-in/username') && it.status() === status)
    for (const status of [401, 401, 401, 401, 429]) {
      const refused = refusals(status)
      await again.click()
      await refused
    }
    await stranger.getByText(/登录失败次数过多，请在 \d+ 秒后再试。忘记密码请联系系统管理员重新邀请。/).waitFor()
    expect(await checkLooks(stranger)).toEqual({})
    await givePassword(stranger, site.origin, who)
    await stranger.getByText('登录失败次数过多').waitFor()

    await acceptInvitation(stranger, site.origin, await invite(), who)
    await stranger.context().close()
    await page.reload()
    await page.waitForURL('**/sign-in**')
    await page.context().close()
  })

  test('with a second factor, whose wrong codes are refused, or with a backup code, once', async () => {
    const page = await openPage(browser, site.origin)
    const who = { userName: member.studentNumber, password }
    await signIn(page, site.origin, who)
    own = await bindSecondFactor(page, site.origin, password)
    expect(await checkLooks(page)).toEqual({})

    await givePassword(page, site.origin, who)
    const code = page.getByLabel('动态口令')
    await code.fill('000000')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('动态口令不正确。请核对手机时间是否准确').waitFor()
    expect(await checkLooks(page)).toEqual({})
    await code.fill(oneTimeCode(own.key, 1))
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.waitForURL((it) => it.pathname !== '/sign-in')

    for (const isFresh of [true, false]) {
      await givePassword(page, site.origin, who)
      await page.getByRole('button', { name: '手机不在身边，用备用码' }).click()
      await page.getByLabel('备用码').fill(own.backupCodes[0] ?? '')
      await page.getByRole('button', { name: '登录', exact: true }).click()
      if (isFresh) await page.waitForURL((it) => it.pathname !== '/sign-in')
    }
    await page.getByText('备用码不正确，或已经用过。').waitFor()
    await page.context().close()
  })

  test('lists the sessions; one is ended, and a new password ends all others', async () => {
    const [here, there, elsewhere] = await Promise.all([1, 2, 3].map(() => openPage(browser, site.origin)))
    if (!here || !there || !elsewhere) throw new Error('no pages')
    for (const [at, page] of [here, there, elsewhere].entries()) {
      await givePassword(page, site.origin, { userName: member.studentNumber, password })
      await page.getByRole('button', { name: '手机不在身边，用备用码' }).click()
      await page.getByLabel('备用码').fill(own.backupCodes[at + 1] ?? '')
      await page.getByRole('button', { name: '登录', exact: true }).click()
      await page.waitForURL((it) => it.pathname !== '/sign-in')
    }
    await here.goto(`${site.origin}/account`)
    const sessions = here.getByRole('list', { name: '登录会话' }).getByRole('listitem')
    await sessions.nth(2).waitFor()
    await expect.poll(() => sessions.filter({ hasText: '（本机）' }).count()).toBe(1)
    expect(await checkLooks(here)).toEqual({})
    const before = await sessions.count()
    await sessions.filter({ hasNotText: '（本机）' }).first().getByRole('button', { name: '结束' }).click()
    await sessions.nth(before - 1).waitFor({ state: 'detached' })

    const section = here.getByRole('region', { name: '密码' })
    await section.getByRole('textbox', { name: '当前密码' }).fill('一个错误的密码 1')
    await section.getByRole('textbox', { name: '新密码' }).fill(newPassword)
    await section.getByRole('button', { name: '修改密码' }).click()
    await section.getByText('当前密码不正确，请核对后重试。').waitFor()
    await section.getByRole('textbox', { name: '当前密码' }).fill(password)
    await section.getByRole('button', { name: '修改密码' }).click()
    await section.getByText('密码已修改').waitFor()
    for (const page of [there, elsewhere]) {
      await page.reload()
      await page.waitForURL('**/sign-in**')
      await page.context().close()
    }
    await here.reload()
    await expect.poll(() => sessions.count()).toBeLessThanOrEqual(1)
    await here.context().close()
  })

  /** As the system administrator. */
  async function invite(): Promise<string> {
    const page = await signedInAs(browser, site.origin, '系统管理员')
    await page.goto(`${site.origin}/system/accounts?q=${member.studentNumber}`)
    await page.getByRole('button', { name: new RegExp(`${member.name}的账号`) }).click()
    await page.getByRole('button', { name: /^(生成邀请链接|重新邀请（忘记密码）)$/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '生成邀请链接' }).click()
    const link = (await page.getByText(/\/invitation#/).textContent()) ?? ''
    await page.context().close()
    return link
  }
})

describe('a task', () => {
  test('is handed on with the persons of a branch and those of a list, and opens no more than that', async () => {
    await organiser.goto(`${site.origin}/system/delegations`)
    await organiser.getByRole('button', { name: '授权协助' }).click()
    const form = organiser.getByRole('dialog')
    await form.getByRole('combobox', { name: '协助人' }).fill(member.name)
    await organiser.getByRole('option').first().click()
    await form.getByText('按支部勾选').click()
    await form.getByRole('combobox', { name: '党支部' }).fill('计算机教师第二')
    await organiser.getByRole('option', { name: /计算机教师第二党支部/ }).click()
    const all = form.getByRole('checkbox', { name: /^全选（\d+ 人）$/ })
    await all.check()
    const count = Number(/\d+/.exec((await form.getByText(/^已选 \d+ 人$/).textContent()) ?? '')?.[0])
    const first = form.getByRole('checkbox').nth(1)
    const [left = ''] =
      /\d{6,}/.exec((await form.locator('label').filter({ hasText: /\d{6}/ }).first().textContent()) ?? '') ?? []
    await first.uncheck()
    await form.getByText(`已选 ${count - 1} 人`).waitFor()
    expect(await checkLooks(organiser)).toEqual({})

    await form.getByText('粘贴学号').click()
    await form.getByLabel('学号（工号）').fill(`${left}\n00000000`)
    await form.getByRole('button', { name: '查找并选入（2 个）' }).click()
    await form.getByText('1 个没有找到，留在上面的框里').waitFor()
    await form.getByText(`已选 ${count} 人`).waitFor()
    await expect.poll(() => form.getByLabel('学号（工号）').inputValue()).toBe('00000000')
    expect(await checkLooks(organiser)).toEqual({})

    await form.getByRole('combobox', { name: '可填写的内容' }).fill('专业')
    await organiser.getByRole('option', { name: '专业' }).click()
    await form.getByLabel('授权事项').fill('核对学籍信息')
    await form.getByRole('textbox', { name: '截止日期' }).fill(await dayAfter(30))
    await form.getByRole('button', { name: '授权', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    const row = organiser.getByRole('list', { name: '协助授权' }).getByRole('listitem').filter({ hasText: member.name })
    await expect.poll(() => row.textContent()).toContain(`${count} 人`)
    expect(await checkLooks(organiser)).toEqual({})

    const helper = await signedInAs(browser, site.origin, member.name)
    await helper.goto(`${site.origin}/people`)
    // The persons of the task, and the helper's own file.
    await helper.getByText(`共 ${count + 1} 条`).waitFor()
    expect(await checkLooks(helper)).toEqual({})
    const { items } = await (await helper.request.get(`${site.origin}/api/people?limit=2`)).json()
    const one = items.find(({ id }: { id: string }) => id !== member.id)
    await helper.goto(`${site.origin}/people/${one.id}/change`)
    await helper.getByRole('textbox', { name: '专业' }).waitFor()
    await expect.poll(() => helper.getByRole('main').getByRole('textbox').count()).toBe(1)
    expect(await checkLooks(helper)).toEqual({})
    // What only a keeper of files does is not offered and then refused: the page says who does it.
    for (const [address, told] of [
      ['/archive/handovers/new', '不能办理档案移交'],
      ['/archive/receptions/new', '不能办理档案接收'],
      ['/digitization', '您的职务或授权不包括这一页'],
    ] as const) {
      await helper.goto(`${site.origin}${address}`)
      await helper.getByText(told).waitFor()
      expect(await helper.getByRole('main').locator('input, button').count()).toBe(0)
      expect(await checkLooks(helper)).toEqual({})
    }

    await row.getByRole('button', { name: '结束授权' }).click()
    await organiser.getByRole('dialog', { name: '结束授权' }).getByRole('button', { name: '结束授权' }).click()
    await row.waitFor({ state: 'detached' })
    expect((await helper.request.get(`${site.origin}/api/people/${one.id}`)).status()).toBe(404)
    await helper.context().close()
  })
})

describe('who has read what', () => {
  test('is seen by the person and by the auditor', async () => {
    await organiser.goto(`${site.origin}/development/${member.id}`)
    await organiser.getByRole('heading', { level: 2, name: '发展过程' }).waitFor()
    const reader = await nameOf(organiser)

    const page = await signedInAs(browser, site.origin, member.name)
    await page.goto(`${site.origin}/my`)
    await page.getByText(`${reader} 查看了发展党员档案`).waitFor()
    expect(await checkLooks(page)).toEqual({})
    await page.context().close()

    const auditor = await signedInAs(browser, site.origin, '审计员')
    await auditor.goto(`${site.origin}/system/journal?event=journal.read`)
    const entry = auditor
      .getByRole('row')
      .filter({ hasText: `${reader}查看敏感内容` })
      .first()
    await entry.getByText('详情').click()
    await expect.poll(() => entry.getByRole('definition').first().textContent()).toBe('发展党员档案')
    expect(await checkLooks(auditor)).toEqual({})
    // What one click did to many stands as one entry, and each of them can be looked at.
    await auditor.goto(`${site.origin}/system/journal?event=people.registered`)
    await auditor.getByRole('button', { name: '逐条查看' }).first().click()
    await auditor.getByRole('button', { name: '不再只看这一组' }).waitFor()
    await expect.poll(() => auditor.getByRole('rowheader').count()).toBe(50)
    expect(await auditor.getByRole('button', { name: '逐条查看' }).count()).toBe(0)
    expect(await checkLooks(auditor)).toEqual({})
    await auditor.goto(`${site.origin}/people`)
    expect((await auditor.request.get(`${site.origin}/api/people/${member.id}`)).status()).toBe(404)
    await auditor.context().close()
  })
})

async function nameOf(page: Page): Promise<string> {
  return (await (await page.request.get(`${site.origin}/api/accounts/session`)).json()).name
}

async function dayAfter(days: number): Promise<string> {
  const { today } = await (await organiser.request.get(`${site.origin}/api/accounts/entrance`)).json()
  return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
}
