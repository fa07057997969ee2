import { addDays, type Day } from '@zhibu/rules'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks } from './browser.ts'
import { secretaryAndStudent, signedInAs } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const title = '怎样读一份会议记录'

const { site, browser, open } = await demonstration()
const { secretary, student } = await secretaryAndStudent(browser, site.origin)
const organiser = await signedInAs(browser, site.origin, '学院党委 组织员')
const today: Day = (await (await organiser.request.get(`${site.origin}/api/accounts/session`)).json()).today

const dialogOf = (page: Page) => page.getByRole('dialog')
const box = (page: Page, name: string) => dialogOf(page).getByRole('textbox', { name, exact: true })
const looksWell = async (page: Page) => expect(await checkLooks(page)).toEqual({})

test('an organiser enters an expert, who is seen by others only with a consent, and reads the telephone with a reason', async () => {
  await open(organiser, '/training/experts')
  await heading(organiser, '专家')
  await organiser.getByRole('link', { name: '葛怀瑾' }).waitFor()
  await looksWell(organiser)
  await button(organiser, '登记专家').click()
  await box(organiser, '姓名').fill('乔砚秋')
  await box(organiser, '单位').fill('江岸理工大学')
  await dialogOf(organiser)
    .getByRole('combobox', { name: '能讲的主题' })
    .or(box(organiser, '能讲的主题'))
    .first()
    .fill('会议记录')
  await organiser.keyboard.press('Enter')
  await box(organiser, '电话（可不填）').fill('13911112222')
  await isWell(organiser)
  await dialogOf(organiser).getByRole('button', { name: '登记专家' }).click()
  await heading(organiser, '乔砚秋')
  await organiser.getByText('只有登记单位能看').waitFor()
  await looksWell(organiser)

  await open(secretary, '/training/experts?q=乔砚秋')
  await secretary.getByText('没有找到专家').waitFor()
  await button(organiser, '登记同意公开').click()
  await box(organiser, '怎样同意的').fill('电话里说的')
  await isWell(organiser)
  await dialogOf(organiser).getByRole('button', { name: '登记同意公开' }).click()
  await organiser.getByText('本人同意公开').waitFor()

  await open(secretary, '/training/experts?topic=会议记录')
  await secretary.getByRole('link', { name: '乔砚秋' }).click()
  await heading(secretary, '乔砚秋')
  await secretary.getByText('139****2222').waitFor()
  await button(secretary, '查看完整的电话').click()
  await box(secretary, '用来做什么').fill('商量讲课的时间')
  await isWell(secretary)
  await dialogOf(secretary).getByRole('button', { name: '查看电话' }).click()
  await secretary.getByText('13911112222').waitFor()
  await looksWell(secretary)
})

test('what was asked and agreed on becomes a lecture by one click, and the same one when it is asked for again', async () => {
  await button(secretary, '邀请讲课').click()
  await box(secretary, '主题').fill('会议记录怎样写、怎样读')
  await box(secretary, '为什么请').fill('支委换届，新支委没有写过。')
  await box(secretary, '讲给谁听').fill('支委和党小组长')
  await box(secretary, '希望的日期').fill(addDays(today, 1))
  await isWell(secretary)
  await button(secretary, '记下邀请').click()
  await heading(secretary, '会议记录怎样写、怎样读')
  await secretary.getByText('待答复').waitFor()
  await looksWell(secretary)

  await button(secretary, '记下约定').click()
  await box(secretary, '题目').fill(title)
  await box(secretary, '日期').fill(today)
  await dialogOf(secretary).getByLabel('开始时间').fill('00:00')
  await dialogOf(secretary).getByLabel('结束时间').fill('00:01')
  await box(secretary, '地点').fill('学生党员活动室')
  await box(secretary, '怎样答复的').fill('电话里说定')
  await isWell(secretary)
  await dialogOf(secretary).getByRole('button', { name: '记下约定' }).click()
  await secretary.getByText('已约定', { exact: true }).waitFor()
  await looksWell(secretary)
  const invitation = secretary.url()
  await button(secretary, '起草讲座').click()
  await heading(secretary, title)
  const lecture = secretary.url()
  expect(lecture).toMatch(/\/activities\/[0-9a-f-]{36}$/)
  await secretary.getByText('乔砚秋').first().waitFor()
  await secretary.goto(invitation)
  await secretary.getByRole('link', { name: title }).click()
  await heading(secretary, title)
  expect(secretary.url()).toBe(lecture)
  await button(secretary, '发布活动').click()
  await dialogOf(secretary).getByRole('button', { name: '发布活动' }).click()
  await secretary.getByText('已发布').or(secretary.getByText('已结束，待记录')).first().waitFor()

  await secretary.goto(invitation)
  await button(secretary, '填写评价').click()
  await box(secretary, '切题吗').fill('切题，拿真的记录来讲。')
  await box(secretary, '还想听什么（可不填）').fill('决议怎样写得清楚')
  await isWell(secretary)
  await button(secretary, '保存评价').click()
  await secretary.getByText('切题，拿真的记录来讲。').waitFor()
  await secretary.getByText('已评价').waitFor()
  await looksWell(secretary)
})

test('everybody who runs trainings reads what was said of the lecture, and the listeners stay with whoever held it', async () => {
  await open(organiser, '/training/experts?q=乔砚秋')
  await organiser.getByRole('link', { name: '乔砚秋' }).click()
  await organiser.getByText('切题，拿真的记录来讲。').waitFor()
  await organiser.getByRole('link', { name: title }).waitFor()
  await looksWell(organiser)
  await open(organiser, '/training/experts?list=invitations')
  await organiser
    .getByRole('list', { name: '邀请' })
    .getByText(title)
    .or(organiser.getByText('会议记录怎样写、怎样读'))
    .first()
    .waitFor()
  await looksWell(organiser)
})

test('a list is read, looked through and entered, and says what has to be mended', async () => {
  await open(organiser, '/training/experts')
  await button(organiser, '从名单登记').click()
  const lines = ['姓名,单位,能讲的主题,课酬', '柏舟,临海师范大学,家风、校史,800', '石岩,,家风,800']
  await dialogOf(organiser)
    .locator('input[type=file]')
    .setInputFiles({ name: '讲课专家.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })
  await organiser.getByText('读出 1 位，1 处要改。').waitFor()
  await organiser.getByText('没有读取的列：课酬').waitFor()
  await organiser.getByText('“单位”请填写单位').waitFor()
  await isWell(organiser)
  await button(organiser, '登记 1 位专家').click()
  await organiser.getByRole('link', { name: '柏舟' }).waitFor()
})

test('two organisations that wish the same day see one another, and both may go on', async () => {
  await open(organiser, '/training/experts?list=invitations')
  await organiser.getByRole('link', { name: '百年青年运动里的选择' }).click()
  await organiser.getByText('同一天还有别的邀请').waitFor()
  await organiser.getByText('也希望').waitFor()
  await button(organiser, '记下约定').waitFor()
  await looksWell(organiser)
})

test('an expert of the register reads and answers on a phone what is asked of them', async () => {
  const colleague = await signedInAs(browser, site.origin, '组织部', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  await open(colleague, '/training/experts?list=own')
  await colleague.getByRole('list', { name: '收到的邀请' }).waitFor()
  await looksWell(colleague)
  await colleague.getByRole('list', { name: '收到的邀请' }).getByRole('link').first().click()
  await heading(colleague, '发展材料里最常见的十个问题')
  await button(colleague, '同意讲课').click()
  await dialogOf(colleague).getByLabel('开始时间').fill('14:30')
  await box(colleague, '地点').fill('学院二楼报告厅')
  await isWell(colleague)
  await dialogOf(colleague).getByRole('button', { name: '同意讲课' }).click()
  await colleague.getByText('已约定', { exact: true }).waitFor()
  await looksWell(colleague)
})

test('whoever runs no trainings is told whose page it is', async () => {
  await open(student, '/training/experts')
  await student.getByText('专家库只有负责培训的人能看').waitFor()
  await looksWell(student)
})
