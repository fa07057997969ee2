import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks } from './browser.ts'
import { secretaryAndStudent, signedInAs } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const { site, browser, open } = await demonstration()
const { secretary, student } = await secretaryAndStudent(browser, site.origin)

/** A day so many days after that of the server. */
const day = (offset: number) => new Date(Date.now() + (8 + 24 * offset) * 3_600_000).toISOString().slice(0, 10)

test('a mentor offers times week by week, withdraws one, and moves another elsewhere', async () => {
  await open(secretary, '/training/guidance')
  await heading(secretary, '一对一指导')
  await secretary.getByRole('link', { name: '我提供的时间' }).click()
  await button(secretary, '提供时间').click()
  const dialog = secretary.getByRole('dialog', { name: '提供时间' })
  await dialog.getByRole('textbox', { name: '日期' }).fill(day(40))
  await dialog.getByLabel('开始时间').fill('08:00')
  await dialog.getByLabel('结束时间').fill('08:05')
  await dialog.getByRole('textbox', { name: '地点' }).fill('图书馆三楼研讨间')
  await dialog.getByRole('checkbox', { name: '每周同一时间重复' }).check()
  await dialog.getByRole('textbox', { name: '一共几周' }).fill('3')
  await isWell(secretary)
  await dialog.getByRole('button', { name: '提供时间' }).click()
  await dialog.getByText('一次至少 10 分钟').waitFor()
  await dialog.getByLabel('结束时间').fill('08:30')
  await dialog.getByRole('button', { name: '提供时间' }).click()
  await dialog.waitFor({ state: 'detached' })

  const offered = secretary.getByRole('listitem').filter({ hasText: '08:00—08:30' })
  await expect.poll(() => offered.count()).toBe(3)
  await isWell(secretary)
  await offered.last().getByRole('button', { name: '撤回', exact: true }).click()
  await button(secretary, '撤回这个时间').click()
  await expect.poll(() => offered.count()).toBe(2)
  await offered
    .first()
    .getByRole('button', { name: /^换地点/ })
    .click()
  await secretary.getByRole('textbox', { name: '地点' }).fill('学院一楼会客室')
  await isWell(secretary)
  await button(secretary, '保存修改').click()
  await offered.first().getByText('学院一楼会客室').waitFor()
})

test('somebody books one on the phone, and one of two at once is told that it is gone', async () => {
  await open(student, '/training/guidance')
  const free = student.getByRole('listitem').filter({ hasText: '08:00—08:30' })
  await free.first().waitFor()
  await isWell(student)
  await free.first().getByRole('button', { name: /^预约/ }).click()
  const dialog = student.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '想谈什么' }).fill('申请书第三稿想请您看看。')
  await isWell(student)
  const second = await student.context().newPage()
  await second.goto(`${site.origin}/training/guidance`)
  await second
    .getByRole('listitem')
    .filter({ hasText: '08:00—08:30' })
    .first()
    .getByRole('button', { name: /^预约/ })
    .click()
  await second.getByRole('textbox', { name: '想谈什么' }).fill('同一个时间')
  await dialog.getByRole('button', { name: '预约' }).click()
  await heading(student, /^和.+的指导$/)
  await student.getByText('学院一楼会客室').waitFor()
  await second.getByRole('dialog').getByRole('button', { name: '预约' }).click()
  await second.getByText('这个时间刚刚被别人约走了').waitFor()
  await second.close()
  await isWell(student)
})

test('it is moved to another time of the calendar, the mentor sees it, and cancels with a word', async () => {
  await button(student, '改期').click()
  await student.getByRole('radio', { name: /08:00—08:30/ }).check()
  await isWell(student)
  await student.getByRole('dialog').getByRole('button', { name: '改期' }).click()
  await student.getByRole('dialog').waitFor({ state: 'detached' })
  await student.getByText('图书馆三楼研讨间').waitFor()

  await open(student, '/my')
  await student.getByRole('heading', { name: '一对一指导' }).waitFor()
  await open(student, '/training/guidance?view=calendar')
  await student
    .getByRole('button', { name: /个时间$/ })
    .first()
    .click()
  await isWell(student)

  await open(secretary, '/training/guidance?list=mine')
  await secretary.getByRole('link', { name: /08:00—08:30/ }).click()
  await secretary.getByText('申请书第三稿想请您看看。').waitFor()
  await button(secretary, '取消预约').click()
  await secretary.getByRole('textbox', { name: '原因' }).fill('那天要去外地开会')
  await secretary.getByRole('dialog').getByRole('button', { name: '取消预约' }).click()
  await secretary.getByText('那天要去外地开会').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
})

test('after a talk both complete its record, tick what they have, and keep a word for themselves', async () => {
  const talked = /已结束|已记录/
  await open(secretary, '/training/guidance?list=mine')
  await heldTalk(secretary, talked)
  await button(secretary, '补充或更正').click()
  await secretary.getByRole('textbox', { name: '谈了什么' }).fill('又补了一句：例文下周带来。')
  await button(secretary, '添加约定事项').click()
  await secretary.getByRole('textbox', { name: '第 3 项约定做什么' }).fill('一起去听一次宣讲')
  await secretary.getByRole('textbox', { name: '第 3 项约定到哪天为止' }).fill(day(9))
  await isWell(secretary)
  await button(secretary, '保存记录').click()
  await secretary.getByText('又补了一句：例文下周带来。').waitFor()
  await button(secretary, '看以前的版本（1）').click()
  await secretary.getByText('只写一件事，写清楚').waitFor()
  const own = secretary.getByRole('checkbox', { name: '找两篇写得实在的例文' })
  // The server says that it is done; until then it stays as it was.
  await own.click()
  await expect.poll(() => own.isChecked()).toBe(true)
  expect(await secretary.getByRole('checkbox', { name: '一起去听一次宣讲' }).isDisabled()).toBe(true)
  await secretary.getByRole('textbox', { name: '仅自己可见的备注' }).fill('进步很快')
  await button(secretary, '保存备注').click()
  await secretary.getByText('已保存。').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
})

async function heldTalk(page: Page, state: RegExp): Promise<void> {
  await page.getByRole('listitem').filter({ hasText: state }).getByRole('link').first().click()
  await page.getByRole('heading', { name: '指导记录' }).waitFor()
}

test('who runs trainings appoints a mentor and sees sums, and nobody’s talk', async () => {
  const organiser = await signedInAs(browser, site.origin, '计算机学院党委 组织员')
  await open(organiser, '/training/guidance')
  await organiser.getByRole('link', { name: '管理指导老师' }).click()
  await heading(organiser, '指导老师')
  await organiser
    .getByText(/已约 \d+ 次/)
    .first()
    .waitFor()
  expect(await checkLooks(organiser)).toEqual({})
  await button(organiser, '聘请指导老师').click()
  const dialog = organiser.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '指导什么' }).fill('毕业去向和组织关系')
  await isWell(organiser)
  await dialog
    .getByRole('combobox', { name: '人员' })
    .or(dialog.getByRole('textbox', { name: '人员' }))
    .first()
    .fill('王')
  await organiser.getByRole('option').first().click()
  await dialog.getByRole('button', { name: '聘请指导老师' }).click()
  await dialog.waitFor({ state: 'detached' })
  await organiser.getByText('毕业去向和组织关系').waitFor()
  await button(organiser, /^修改：/)
    .first()
    .click()
  await isWell(organiser)
  await organiser.context().close()
})
