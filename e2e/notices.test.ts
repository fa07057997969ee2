import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bodyOf, startSmtpServer } from '../server/test/smtp-server.ts'
import { checkLooks, checkPage, isAskedBeforeLeaving, launchBrowser } from './browser.ts'
import { secretaryAndStudent, signedInAs } from './demonstration.ts'
import type { TestServer } from './server.ts'
import { copiedDemonstration } from './site.ts'

let mails: Awaited<ReturnType<typeof startSmtpServer>>
let server: TestServer
let browser: Browser
let secretary: Page
let organiser: Page
let student: Page

const title = '关于召开支部党员大会的通知'

beforeAll(async () => {
  mails = await startSmtpServer()
  server = await copiedDemonstration({ SMTP_URL: mails.url, MAIL_FROM: '支部工作台 <zhibu@example.edu.cn>' })
  browser = await launchBrowser()
  ;({ secretary, student } = await secretaryAndStudent(browser, server.origin))
  organiser = await signedInAs(browser, server.origin, '计算机学院党委 组织员')
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await mails?.close()
})

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const open = (page: Page, path: string) => page.goto(`${server.origin}${path}`)
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** The part of the address that names the notice. */
const idIn = (page: Page) => /notices\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''

/** Waits until the copies of a notice are written: the page of the sender looks by itself. */
const delivered = (page: Page) =>
  page
    .getByRole('region', { name: '送达和答复' })
    .getByText(/^发给 \d+ 人/)
    .waitFor({ timeout: 600_000 })

test('a notice is written, sent, read on a phone, confirmed, corrected and taken back', async () => {
  await open(secretary, '/notices')
  await heading(secretary, '通知').waitFor()
  await secretary.getByRole('list').first().waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  // The student looks at the list while the notice is written; it arrives without being asked for.
  await open(student, '/notices')
  await heading(student, '通知').waitFor()
  expect(await checkPage(student)).toMatchObject({ accessibility: [], console: [], external: [] })

  await secretary.getByRole('link', { name: '写通知' }).first().click()
  await heading(secretary, '写通知').waitFor()
  await secretary.getByRole('radio', { name: '请确认' }).check()
  await secretary.getByRole('textbox', { name: '标题' }).fill(title)
  await secretary.getByRole('textbox', { name: '正文' }).fill('各位党员：\n下午三点在明德楼 302 会议室开会。')
  const { today } = await (await secretary.request.get(`${server.origin}/api/accounts/session`)).json()
  await secretary.getByRole('textbox', { name: '活动日期' }).fill(today)
  await secretary.getByText('活动就在今天').waitFor()
  await secretary.getByText('还需填写：提前不足的原因').waitFor()
  await secretary.getByRole('textbox', { name: '提前不足的原因' }).fill('学院临时调整了会议安排')
  await secretary.getByText(/^共 \d+ 人$/).waitFor()
  await secretary.getByText(/其中 \d+ 人没有账号/).waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  // Kept by itself meanwhile: nothing would be lost, and loaded anew it is the page of the draft.
  await secretary.getByText(/^已自动保存 \d\d:\d\d$/).waitFor()
  expect(await isAskedBeforeLeaving(secretary)).toBe(false)
  await secretary.reload()
  await heading(secretary, '修改和发送通知').waitFor()
  await expect.poll(() => secretary.getByRole('textbox', { name: '标题' }).inputValue()).toBe(title)
  await button(secretary, '核对并发送').click()
  const dialog = secretary.getByRole('dialog', { name: '发出通知' })
  await dialog.getByText(/^共 \d+ 人$/).waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await dialog.getByRole('button', { name: /^发给 \d+ 人$/ }).click()
  await heading(secretary, title).waitFor()
  const noticeId = idIn(secretary)
  await delivered(secretary)

  // Live: nobody has loaded the student's page anew.
  await student.getByRole('link', { name: /条通知要看$/ }).waitFor({ timeout: 600_000 })
  const row = student.getByRole('list', { name: '没有看的和要办的通知' }).getByRole('link', { name: title })
  await row.waitFor({ timeout: 600_000 })
  await row.click()
  await heading(student, title).waitFor()
  await student.getByText('下午三点在明德楼 302 会议室开会。').waitFor()
  expect(await checkPage(student)).toMatchObject({ accessibility: [], console: [], external: [] })
  await button(student, '确认知悉').click()
  await student.getByText(/^您已确认：/).waitFor()

  await secretary.reload()
  await delivered(secretary)
  const receipts = secretary.getByRole('region', { name: '送达和答复' })
  await receipts.getByText(/已确认 1 人/).waitFor()
  // Only the others would be reminded, and not on the same day.
  expect(await receipts.getByRole('button', { name: /^只提醒未确认的 \d+ 人$/ }).isDisabled()).toBe(true)
  await receipts.getByText(/以后可以提醒$/).waitFor()
  await secretary.getByText(`【请确认】${title}`).waitFor()
  await secretary.getByText(`${server.origin}/n/${noticeId}`).waitFor()
  expect(await checkLooks(secretary)).toEqual({})

  // Nobody else sees who has read it.
  await open(organiser, `/n/${noticeId}`)
  await heading(organiser, title).waitFor()
  expect(await organiser.getByRole('region', { name: '送达和答复' }).count()).toBe(0)
  expect(
    (await organiser.request.get(`${server.origin}/api/notices/${noticeId}/receipts`)).status(),
    'receipts of another sender',
  ).toBe(403)

  await button(secretary, '更正').click()
  const correction = secretary.getByRole('dialog', { name: '更正通知' })
  await correction.getByRole('textbox', { name: '更正原因' }).fill('会议室写错了')
  await correction.getByRole('textbox', { name: '正文' }).fill('各位党员：\n下午三点在明德楼 305 会议室开会。')
  expect(await checkLooks(secretary)).toEqual({})
  await correction.getByRole('button', { name: '发出更正' }).click()
  await secretary.getByText('这是更正后的通知').waitFor()
  await secretary.getByText('更正原因：会议室写错了').waitFor()

  await open(student, '/notices')
  await student.getByRole('list', { name: '没有看的和要办的通知' }).getByText('更正', { exact: true }).waitFor()
  await open(student, `/n/${noticeId}`)
  await student.getByText('这条通知已经更正').waitFor()
  await student.getByRole('link', { name: '查看更正后的通知' }).click()
  await student.getByText('下午三点在明德楼 305 会议室开会。').waitFor()
  await student.waitForResponse((it) => it.url().endsWith('/reading')).catch(() => undefined)

  await button(secretary, '撤回').click()
  const recall = secretary.getByRole('dialog', { name: '撤回通知' })
  await recall.getByRole('textbox', { name: '撤回原因' }).fill('会议改期，另行通知')
  await recall.getByRole('button', { name: '撤回' }).click()
  await secretary.getByText('这条通知已经撤回').waitFor()
  await student.reload()
  await student.getByText('这条通知已经撤回').waitFor()
  await student.getByText('会议改期，另行通知').waitFor()
  expect(await student.getByText('305 会议室').count()).toBe(0)
  expect(await checkPage(student)).toMatchObject({ accessibility: [], console: [], external: [] })

  await open(secretary, '/notices?list=sent')
  const sent = secretary.getByRole('list', { name: '已发通知' }).getByRole('link', { name: title })
  await sent.first().waitFor()
  await expect.poll(() => sent.count()).toBe(2)
  expect(await checkLooks(secretary)).toEqual({})
})

test('days after it was sent the others are reminded, once, and whoever is reminded sees it', async () => {
  await open(secretary, '/notices?list=sent')
  await secretary.getByRole('list', { name: '已发通知' }).getByRole('link', { name: '核对本人的党员信息' }).click()
  const receipts = secretary.getByRole('region', { name: '送达和答复' })
  const remind = receipts.getByRole('button', { name: /^只提醒未办结的 \d+ 人$/ })
  await remind.click()
  await receipts.getByText('已提醒', { exact: true }).waitFor()
  await expect
    .poll(
      async () => {
        await open(secretary, '/notices')
        const own = secretary.getByRole('listitem').filter({ hasText: '核对本人的党员信息' })
        await own.waitFor()
        return own.getByText('发送人提醒过').count()
      },
      { timeout: 600_000 },
    )
    .toBe(1)
  expect(await checkLooks(secretary)).toEqual({})
  await secretary.getByRole('link', { name: '核对本人的党员信息' }).click()
  await receipts.getByText(/以后可以提醒$/).waitFor()
  expect(await remind.isDisabled()).toBe(true)
  await receipts
    .getByText(/^提醒过，/)
    .first()
    .waitFor()
})

test('two people at one draft do not overwrite one another, and what was typed outlives a reload', async () => {
  await open(secretary, '/notices/new')
  await secretary.getByRole('textbox', { name: '标题' }).fill('关于交纳党费的通知')
  await secretary.getByRole('textbox', { name: '正文' }).fill('请在月底前交纳。')
  await secretary.reload()
  await secretary.getByText('上次没有保存的内容还在').waitFor()
  await expect.poll(() => secretary.getByRole('textbox', { name: '正文' }).inputValue()).toBe('请在月底前交纳。')
  await button(secretary, '保存草稿').click()
  await heading(secretary, '修改和发送通知').waitFor()
  const draft = `/notices/${idIn(secretary)}/change`

  await open(organiser, '/notices?list=waiting')
  await organiser.getByRole('link', { name: '修改或发送：关于交纳党费的通知' }).click()
  await heading(organiser, '修改和发送通知').waitFor()
  await organiser.getByRole('textbox', { name: '正文' }).fill('请在月底前向组织委员交纳。')
  await button(organiser, '保存草稿').click()
  await button(organiser, '草稿已保存').waitFor()

  await secretary.getByRole('textbox', { name: '标题' }).fill('关于交纳本季度党费的通知')
  await button(secretary, '保存草稿').click()
  await secretary.getByText('他人刚刚修改了这条记录').waitFor()
  await secretary.getByText('正文：请在月底前交纳。 → 请在月底前向组织委员交纳。').waitFor()
  await expect
    .poll(() => secretary.getByRole('textbox', { name: '标题' }).inputValue())
    .toBe('关于交纳本季度党费的通知')
  expect(await checkLooks(secretary)).toEqual({})
  await secretary.getByRole('textbox', { name: '正文' }).fill('请在月底前向组织委员交纳。')
  await button(secretary, '保存草稿').click()
  await button(secretary, '草稿已保存').waitFor()

  await open(organiser, draft)
  await expect
    .poll(() => organiser.getByRole('textbox', { name: '标题' }).inputValue())
    .toBe('关于交纳本季度党费的通知')
  await expect
    .poll(() => organiser.getByRole('textbox', { name: '正文' }).inputValue())
    .toBe('请在月底前向组织委员交纳。')
  await organiser.getByRole('link', { name: '关于交纳本季度党费的通知' }).click()
  await button(organiser, '不发').click()
  const dropping = organiser.getByRole('dialog', { name: '不发这条通知' })
  await dropping.getByRole('textbox', { name: '不发的原因' }).fill('已在群里说过')
  await dropping.getByRole('button', { name: '不发' }).click()
  await organiser.getByText('决定不发，没有人收到。原因：已在群里说过').waitFor()
})

test('an audience is put together of organisations, offices, single persons and exceptions', async () => {
  await open(organiser, '/notices/new')
  await heading(organiser, '写通知').waitFor()
  const count = async () => {
    const text = (await organiser.getByText(/^共 [\d,]+ 人/).textContent()) ?? ''
    return Number(/\d+/.exec(text.replace(',', ''))?.[0])
  }
  const everybody = await count()
  await organiser.getByRole('combobox', { name: '职务' }).click()
  await organiser.getByRole('option', { name: '书记', exact: true }).click()
  await organiser.keyboard.press('Escape')
  await expect.poll(count).toBeLessThan(everybody)
  const secretaries = await count()
  expect(secretaries).toBeGreaterThan(0)
  await button(organiser, '排除个别人').click()
  const excepted = organiser.getByRole('list', { name: '收到通知的人' }).getByRole('listitem').first()
  const name = ((await excepted.textContent()) ?? '').split(' ')[0] ?? ''
  const group = organiser.getByRole('group', { name: '不发给这些人' })
  await group.getByRole('combobox', { name: '姓名' }).fill(name)
  await organiser
    .getByRole('option', { name: new RegExp(`^${name}`) })
    .first()
    .click()
  await expect.poll(count).toBe(secretaries - 1)
  expect(await checkLooks(organiser)).toEqual({})

  // Who may only send sees no register, and names persons all the same.
  const publicity = await signedInAs(browser, server.origin, '宣传部')
  await open(publicity, '/notices/new')
  await button(publicity, '逐个加人').click()
  await publicity.getByRole('group', { name: '另外加上这些人' }).getByRole('combobox', { name: '姓名' }).fill(name)
  await publicity
    .getByRole('option', { name: new RegExp(`^${name}`) })
    .first()
    .click()
  await publicity.getByText('已选 1 人').waitFor()
  expect(await checkLooks(publicity)).toEqual({})
  await publicity.context().close()
})

test('how one wants to be reached, and what the university has settled, are well', async () => {
  await open(student, '/notices/preferences')
  await heading(student, '怎样通知我').waitFor()
  await open(secretary, '/notices/preferences')
  await heading(secretary, '怎样通知我').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  // What was chosen and not saved yet outlives the proof of an address.
  await student.getByRole('checkbox', { name: '免打扰时间' }).check()
  await student.getByRole('textbox', { name: '邮箱地址' }).fill('student@example.edu.cn')
  await button(student, '发送验证码').click()
  await student.getByText('已发到 s***@example.edu.cn').waitFor()
  await student.getByRole('textbox', { name: '验证码' }).fill(/\d{6}/.exec(bodyOf(mails.taken.at(-1)))?.[0] ?? '')
  await button(student, '确认邮箱').click()
  await student.getByText('通知发到 s***@example.edu.cn').waitFor()
  await button(student, '保存').click()
  await student.getByText('已保存').waitFor()
  expect(await student.getByRole('checkbox', { name: '免打扰时间' }).isChecked()).toBe(true)
  expect(await checkPage(student)).toMatchObject({ accessibility: [], console: [], external: [] })
  await open(secretary, '/notices?list=settings')
  await secretary.getByText('全校统一，由学校党委组织部设置。').waitFor()
  const current = secretary.getByRole('navigation', { name: '通知的各部分' }).locator('[aria-current=page]')
  await expect.poll(() => current.allTextContents()).toEqual(['通知设置'])
  await open(secretary, '/notices')
  await current.first().waitFor()
  await expect.poll(() => current.allTextContents()).toEqual(['收到的'])
  await open(secretary, '/notices?list=settings')
  await secretary.getByText('全校统一，由学校党委组织部设置。').waitFor()
  expect(await button(secretary, '保存通知设置').count()).toBe(0)
  expect(await checkLooks(secretary)).toEqual({})
})
