import { addDays, type Day } from '@zhibu/rules'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks, openPage, phone } from './browser.ts'
import { secretaryAndStudent, signedInAs } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const title = '支部书记经验交流会'
const guestCase = '把党课讲成故事'

const { site, browser, open } = await demonstration()
const { secretary, student } = await secretaryAndStudent(browser, site.origin)
const organiser = await signedInAs(browser, site.origin, '学院党委 组织员')
const guest = await openPage(browser, site.origin, phone)
const today: Day = (await (await organiser.request.get(`${site.origin}/api/accounts/session`)).json()).today

const dialogOf = (page: Page) => page.getByRole('dialog')
const box = (page: Page, name: string) => dialogOf(page).getByRole('textbox', { name, exact: true })

/** Writes a case in the one form and sends it. */
async function writeCase(page: Page, name: string) {
  await button(page, '写案例').click()
  await box(page, '标题').fill(name)
  await box(page, '问题').fill('讲的人念稿子，听的人看手机。')
  await box(page, '做法').fill('每次请一位老党员讲一件事，讲完大家问。<img src="https://example.org/a.png">')
  await box(page, '成效').fill('有人会后接着问。')
  await dialogOf(page).getByRole('checkbox', { name: '同意整理成做法卡片' }).check()
  await isWell(page)
  await button(page, '提交案例').click()
}

test('an organiser prepares a meeting, announces it and invites a guest, who comes in by the link without an account', async () => {
  await open(organiser, '/training/exchanges')
  await heading(organiser, '经验交流')
  await organiser.getByRole('link', { name: '学习怎样有人来、听得进' }).waitFor()
  expect(await checkLooks(organiser)).toEqual({})
  await button(organiser, '筹备交流会').click()
  await box(organiser, '标题').fill(title)
  await box(organiser, '交流什么').fill('党课怎样讲得有人听')
  await box(organiser, '日期').fill(addDays(today, 7))
  await isWell(organiser)
  await button(organiser, '开始筹备').click()
  await heading(organiser, title)
  await button(organiser, '发布交流会').click()
  await organiser.getByText('还没有邀请校外嘉宾。').waitFor()

  await button(organiser, '邀请校外嘉宾').click()
  await box(organiser, '姓名').fill('郭远来')
  await box(organiser, '单位').fill('海东师范大学')
  await isWell(organiser)
  await button(organiser, '生成邀请链接').click()
  const link = (await organiser.getByText(/\/training\/exchanges\/guest#[\w-]{43}$/).textContent()) ?? ''
  expect(await checkLooks(organiser)).toEqual({})

  await guest.goto(link)
  await heading(guest, title)
  expect(guest.url()).toBe(`${site.origin}/training/exchanges/guest`)
  await guest.getByText('郭远来（海东师范大学），您好。').waitFor()
  await guest.getByText('日程还没有排好').waitFor()
  expect(await checkLooks(guest)).toEqual({})
  // The link is shown once, and the guest is let in again without it.
  await organiser.reload()
  await organiser.getByText('第一次打开').waitFor()
  expect(await organiser.getByText(/guest#/).count()).toBe(0)
  await guest.reload()
  await heading(guest, title)
  for (const path of ['/training/exchanges', '/people']) {
    await guest.goto(`${site.origin}${path}`)
    await heading(guest, '登录')
  }
})

test('cases are written, put in order and talked about, by the guest as well', async () => {
  await guest.goto(`${site.origin}/training/exchanges/guest`)
  await writeCase(guest, guestCase)
  await guest.getByRole('list', { name: '您的案例' }).getByText(guestCase).waitFor()

  await open(student, '/training/exchanges')
  await student.getByRole('link', { name: title }).click()
  await writeCase(student, '一支笔记本传着写')
  await student.getByRole('link', { name: '一支笔记本传着写' }).waitFor()
  expect(await checkLooks(student)).toEqual({})

  await organiser.reload()
  await button(organiser, '排进日程：一支笔记本传着写').click()
  await organiser.getByText('日程第 1', { exact: true }).waitFor()
  await button(organiser, `排进日程：${guestCase}`).click()
  await organiser.getByText('日程第 2', { exact: true }).waitFor()
  await button(organiser, `往前：${guestCase}`).click()
  await organiser.getByRole('listitem').filter({ hasText: guestCase }).getByText('日程第 1').waitFor()
  expect(await checkLooks(organiser)).toEqual({})

  await guest.reload()
  await button(guest, '打开：一支笔记本传着写').click()
  await heading(guest, '一支笔记本传着写')
  await guest.getByRole('textbox', { name: '发言' }).fill('谁来收这本笔记？')
  await button(guest, '发言').click()
  await guest.getByRole('list', { name: '发言' }).getByText('谁来收这本笔记？').waitFor()
  expect(await checkLooks(guest)).toEqual({})

  await student.getByRole('link', { name: '一支笔记本传着写' }).click()
  await student.getByText('校外嘉宾').waitFor()
  await student.getByRole('textbox', { name: '发言' }).fill('轮到谁谁收。')
  await button(student, '发言').click()
  await button(student, '撤回发言').waitFor()
  expect(await checkLooks(student)).toEqual({})
})

test('a case becomes a card, another branch tries it and reports that it was no use', async () => {
  await organiser.getByRole('link', { name: guestCase }).click()
  await heading(organiser, guestCase)
  await button(organiser, '整理成做法卡片').click()
  await box(organiser, '主题词').fill('党课、讲')
  await button(organiser, '放进做法库').click()
  await dialogOf(organiser).getByText('主题词至少 2 个字').waitFor()
  await isWell(organiser)
  await box(organiser, '主题词').fill('党课、讲故事')
  await button(organiser, '放进做法库').click()
  await organiser.getByText('还没有单位试过。').waitFor()
  expect(await checkLooks(organiser)).toEqual({})

  await open(secretary, '/training/exchanges?list=cards')
  await secretary.getByRole('searchbox', { name: '查找做法' }).fill('念稿子')
  await secretary.keyboard.press('Enter')
  await secretary.getByRole('link', { name: guestCase }).waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await secretary.getByRole('link', { name: guestCase }).click()
  await button(secretary, '我们也试试').click()
  await box(secretary, '打算怎样做（可不填）').fill('先请一位')
  await isWell(secretary)
  await button(secretary, '开始试').click()
  await secretary.getByText('打算：先请一位').waitFor()
  await secretary.getByRole('button', { name: /^填写反馈/ }).click()
  await dialogOf(secretary).getByRole('combobox', { name: '结果' }).click()
  await secretary.getByRole('option', { name: '没有成效' }).click()
  await box(secretary, '做了什么').fill('请了一位老党员')
  await box(secretary, '结果怎样').fill('来的人没有变多')
  await isWell(secretary)
  await button(secretary, '提交反馈').click()
  await secretary.getByText('结果怎样：来的人没有变多').waitFor()
  expect(await checkLooks(secretary)).toEqual({})

  await button(organiser, '修改卡片').click()
  await box(organiser, '适用条件').fill('要有愿意讲的老党员')
  await box(organiser, '改了什么').fill('补充适用条件')
  await button(organiser, '保存为新的版本').click()
  await button(organiser, '查看以前的版本').click()
  await organiser.getByText('改了什么：补充适用条件').waitFor()
  expect(await checkLooks(organiser)).toEqual({})
})

test('a link that was revoked lets nobody in any more, and says so', async () => {
  await open(organiser, '/training/exchanges')
  await organiser.getByRole('link', { name: title }).click()
  await button(organiser, '停用链接').click()
  await dialogOf(organiser).getByRole('button', { name: '停用链接' }).click()
  await organiser.getByText('链接已停用').waitFor()
  await guest.goto(`${site.origin}/training/exchanges/guest`)
  await guest.getByText('邀请链接已到期、已停用或不完整。').waitFor()
  expect(await checkLooks(guest)).toEqual({})
})
