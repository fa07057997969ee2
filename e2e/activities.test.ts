import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks } from './browser.ts'
import { type Demonstration, demonstrating } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'

let secretary: Page
let student: Page
let open: Demonstration['open']

demonstrating((it) => {
  ;({ secretary, student, open } = it)
})

test('a marked day becomes an activity by its ready plan, people sign up on the phone, and what happened becomes a record, a paper and an article', {
  timeout: 600_000,
}, async () => {
  await open(secretary, '/activities?list=year')
  await secretary.getByRole('link', { name: '国家宪法日' }).first().click()
  await heading(secretary, '国家宪法日')
  await isWell(secretary)
  await secretary.getByRole('list', { name: '现成的方案' }).getByRole('link').nth(1).click()
  await secretary.getByRole('link', { name: '用这份方案' }).click()
  await heading(secretary, '筹备活动')
  const title = '一起读宪法'
  await secretary.getByRole('textbox', { name: '标题' }).fill(title)
  const today = await secretary.evaluate(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
  await secretary.getByLabel('日期', { exact: true }).fill(today)
  await secretary.getByLabel('开始时间', { exact: true }).fill('16:00')
  await secretary.getByRole('textbox', { name: '地点' }).fill('学生党员活动室')
  await secretary.getByRole('checkbox', { name: '需要报名' }).check()
  await isWell(secretary)
  await button(secretary, '存下来').click()
  await heading(secretary, title)
  await secretary.getByText('只有组织者看得到').waitFor()
  const address = new URL(secretary.url()).pathname

  await open(student, '/activities')
  await heading(student, '活动')
  expect(await student.getByRole('link', { name: title }).count()).toBe(0)
  await button(secretary, '发布活动').click()
  await button(secretary, '发布活动').last().click()
  await button(secretary, '起草通知').waitFor()
  await isWell(secretary)

  await open(student, '/activities')
  await student.getByRole('link', { name: title }).click()
  await button(student, '报名').click()
  await student.getByText('您已报名').waitFor()
  await isWell(student)
  expect(await student.getByRole('button', { name: '查看名单' }).count()).toBe(0)

  await secretary.reload()
  await button(secretary, '查看名单').click()
  await secretary.getByRole('list', { name: '报名名单' }).waitFor()
  await button(secretary, '起草通知').click()
  await heading(secretary, '修改和发送通知')
  const text = secretary.getByRole('textbox', { name: '正文' })
  await text.waitFor()
  expect(await text.inputValue()).toContain('学生党员活动室')
  await text.fill('今天 16:00 在学生党员活动室读宪法，带上杯子。')
  await button(secretary, '保存草稿').click()
  await button(secretary, '草稿已保存').waitFor()
  await open(secretary, `${address}/plan`)
  await secretary.getByRole('textbox', { name: '地点' }).fill('二教 208')
  await button(secretary, '保存修改').click()
  const behind = secretary.getByRole('status').filter({ hasText: '通知草稿和活动现在的安排不一致' })
  await behind.getByText('地点（二教 208）').waitFor()
  await isWell(secretary)
  await button(secretary, '继续写通知').click()
  await heading(secretary, '修改和发送通知')
  await behind.waitFor()
  await isWell(secretary)
  await button(secretary, '更新草稿').click()
  await button(secretary, '重写草稿').click()
  await behind.waitFor({ state: 'hidden' })
  await expect.poll(() => text.inputValue()).toContain('二教 208')
  await open(secretary, address)
  await button(secretary, '继续写通知').waitFor()
  expect(await behind.count()).toBe(0)

  await open(student, '/activities?list=mine')
  const own = student.getByRole('list', { name: '我报名的' })
  await own.getByRole('listitem').filter({ hasText: title }).getByText('已报名').waitFor()
  await isWell(student)
  await button(secretary, '查看名单').click()
  await button(secretary, /^取消报名：/).click()
  await secretary.getByRole('textbox', { name: '原因' }).fill('场地只坐得下别的班')
  await isWell(secretary)
  await secretary.getByRole('dialog').getByRole('button', { name: '取消报名' }).click()
  await secretary.getByText('还没有人报名。').waitFor()
  await open(student, '/notices')
  await student.getByRole('link', { name: `报名被取消：${title}` }).click()
  await student.getByText('原因：场地只坐得下别的班').waitFor()

  await open(secretary, address)
  await secretary.getByRole('link', { name: '填写记录' }).click()
  await heading(secretary, '活动记录')
  await secretary.getByRole('textbox', { name: '活动情况' }).fill('分组读了序言，说了各自的体会。')
  await isWell(secretary)
  await button(secretary, '保存记录').click()
  await secretary.getByText('分组读了序言，说了各自的体会。').waitFor()
  await button(secretary, '记录归档').click()
  await secretary.getByText('已归入本组织的电子档案').waitFor()
  await button(secretary, '写成稿件').click()
  const dialog = secretary.getByRole('dialog', { name: '写成稿件' })
  await dialog.getByRole('combobox', { name: '栏目' }).click()
  await secretary.getByRole('option').first().click()
  await button(secretary, '开始写').click()
  await secretary.waitForURL(/\/publicity\/[0-9a-f-]+\/write$/)
  await secretary.getByText('分组读了序言，说了各自的体会。').first().waitFor()
  await open(student, address)
  await student.getByRole('heading', { level: 2, name: '活动记录' }).waitFor()
  expect(await checkLooks(student)).toEqual({})
})

test('what somebody else has changed meanwhile is shown beside what was typed, and nothing is lost', {
  timeout: 600_000,
}, async () => {
  await open(secretary, '/activities?list=own')
  await secretary.getByRole('link', { name: '考试诚信主题班会' }).click()
  await heading(secretary, '考试诚信主题班会')
  const address = new URL(secretary.url()).pathname
  const other = await secretary.context().newPage()
  await open(other, `${address}/plan`)
  await open(secretary, `${address}/plan`)
  await secretary.getByRole('textbox', { name: '地点' }).fill('三教 105')
  await other.getByRole('textbox', { name: '地点' }).fill('二教 208')
  await button(other, '保存修改').click()
  await heading(other, '考试诚信主题班会')
  await button(secretary, '保存修改').click()
  await secretary.getByText('地点：（未填） → 二教 208').waitFor()
  expect(await secretary.getByRole('textbox', { name: '地点' }).inputValue()).toBe('三教 105')
  await button(secretary, '已经看过，保留我填写的').click()
  await button(secretary, '保存修改').click()
  await heading(secretary, '考试诚信主题班会')
  await secretary.getByText('三教 105').waitFor()
})
