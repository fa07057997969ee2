import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { checkLooks, phone } from './browser.ts'
import { found, secretaryTitle, signedInAs, somebodyWithoutOffice } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const { site, browser, open } = await demonstration()
const secretary = await signedInAs(browser, site.origin, secretaryTitle)
const student = await somebodyWithoutOffice(secretary, site.origin)
const organiser = await signedInAs(browser, site.origin, '计算机学院党委 组织员')
const department = await signedInAs(browser, site.origin, '组织部')
const own = await signedInAs(browser, site.origin, secretaryTitle, phone)

test('once in each half-year the first page asks whether the own record is right, and whoever says so is asked no more', async () => {
  await open(secretary, '/')
  const card = secretary.getByRole('region', { name: '您的队伍信息还对吗？' })
  await card.getByText('谈心谈话（能带人做）').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await card.getByRole('link', { name: '有变化' }).click()
  await heading(secretary, '工作队伍')
  expect(await checkLooks(secretary)).toEqual({})
  await open(secretary, '/')
  await button(secretary, '都对').click()
  await card.waitFor({ state: 'detached' })
})

test('what somebody says of themselves is theirs at once, on a phone in the dark', async () => {
  await open(own, '/staff')
  await button(own, '填写我的情况').click()
  const dialog = own.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '技能' }).fill('公众号')
  await own.getByRole('option', { name: '公众号编辑' }).click()
  await own.keyboard.press('Escape')
  await dialog.getByRole('button', { name: '添加语言' }).click()
  await dialog.getByRole('textbox', { name: '语言 1' }).fill('手语')
  await dialog.getByRole('textbox', { name: '时间说明' }).fill('周末可以')
  await isWell(own)
  await button(own, '保存').click()
  await own.getByText('手语（能简单交流）').waitFor()
  await own.getByText('公众号编辑（能做）').waitFor()
  await own.getByText('周末可以').waitFor()
  expect(await checkLooks(own)).toEqual({})
})

test('a correction is asked for, answered by who keeps the record, and holds', async () => {
  await open(secretary, '/staff')
  await button(secretary, '申请更正').click()
  const dialog = secretary.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '哪一项不对' }).click()
  await secretary.getByRole('option', { name: '专职或兼职' }).click()
  await dialog.getByRole('combobox', { name: '应当是什么' }).click()
  await secretary.getByRole('option', { name: '专职', exact: true }).click()
  await isWell(secretary)
  await button(secretary, '提交申请').click()
  await secretary.getByText('专职或兼职：专职').waitFor()

  await open(organiser, '/staff?list=corrections')
  const asked = organiser.getByRole('listitem').filter({ hasText: '申请改为：专职' })
  await asked.getByText('现在是：兼职').waitFor()
  expect(await checkLooks(organiser)).toEqual({})
  await asked.getByRole('button', { name: '同意', exact: true }).click()
  await isWell(organiser)
  await button(organiser, '同意更正').click()
  await asked.waitFor({ state: 'detached' })

  await open(secretary, '/staff')
  await secretary.getByText('专职，辅导员，本科生辅导员').waitFor()
  await secretary.getByText('已同意').waitFor()
})

test('who keeps the files finds people by what they can do; that a record was opened is shown to its person', async () => {
  await open(organiser, '/staff?list=everybody')
  await organiser.getByRole('combobox', { name: '技能' }).click()
  await organiser.getByRole('option', { name: '谈心谈话' }).click()
  await organiser.getByText('共 1 条').waitFor()
  expect(await checkLooks(organiser)).toEqual({})
  const name = await organiser.getByRole('rowheader').textContent()
  await organiser.getByRole('link', { name }).click()
  await heading(organiser, `${name}的队伍信息`)
  await organiser.getByText('周末可以').waitFor()
  expect(await checkLooks(organiser)).toEqual({})
  await open(own, '/staff')
  await own.getByRole('list', { name: '谁查看过我的队伍信息' }).getByRole('listitem').first().waitFor()
  const [download] = await Promise.all([own.waitForEvent('download'), button(own, '导出 Word').click()])
  expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK')
})

test('somebody without an office is entered, and leaves the list again', async () => {
  const [person] = await found(organiser, site.origin, student.name)
  if (!person) throw new Error('the organiser finds the student')
  await open(organiser, '/staff?list=everybody')
  await button(organiser, '登记工作人员').click()
  await organiser.getByRole('dialog').getByRole('combobox', { name: '人员' }).fill(person.studentNumber)
  await organiser.getByRole('option').first().click()
  await button(organiser, '下一步').click()
  await organiser.getByRole('dialog', { name: `登记岗位：${person.name}` }).waitFor()
  await organiser.getByRole('combobox', { name: '专职或兼职' }).last().click()
  await organiser.getByRole('option', { name: '学生兼任' }).click()
  await organiser.getByRole('dialog').getByRole('combobox', { name: '岗位类别' }).click()
  await organiser.getByRole('option', { name: '学生骨干' }).click()
  await isWell(organiser)
  await button(organiser, '登记').click()
  await organiser.getByRole('dialog').waitFor({ state: 'detached' })
  await open(organiser, `/staff?list=everybody&q=${person.studentNumber}`)
  await organiser.getByText('学生兼任，学生骨干').waitFor()
})

test('whoever does not do the work is told so, and the list of skills is edited by the organisation department', async () => {
  const page = await signedInAs(browser, site.origin, '软件工程本科生第一党支部 入党积极分子', phone).catch(
    () => undefined,
  )
  if (page) {
    await open(page, '/staff')
    await page.getByText('没有您的队伍信息').waitFor()
    expect(await checkLooks(page)).toEqual({})
  }
  await open(department, '/staff?list=skills')
  await button(department, '添加技能').click()
  await department.getByRole('textbox', { name: '名称' }).fill('手语翻译')
  await button(department, '添加').click()
  await department.getByText('手语翻译').waitFor()
  await department.getByRole('button', { name: '修改：手语翻译' }).click()
  await department.getByRole('checkbox', { name: '不再使用' }).check()
  await isWell(department)
  await button(department, '保存').click()
  await department.getByText('不再使用').waitFor()
  expect(await checkLooks(department)).toEqual({})
})
