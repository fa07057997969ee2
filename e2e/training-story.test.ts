import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { textOfPages } from '../server/test/pdf-text.ts'
import { checkLooks, openPage, phone } from './browser.ts'
import { found, type Listed, secretaryTitle, signedInAs } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

/**
 * The whole way of a training, as the people of the demonstration go it: planned by the Party school, held, talked about, written about, accepted, certified,
 * summed up, and in the end a dated fact in the files that nobody typed; and what the organisation department sees of those who do the work.
 */

const title = '2026年秋季学期入党积极分子培训班（第一期）'
const passage = '把学到的用在服务同学的小事上'

const { site, browser, open } = await demonstration()
const school = await signedInAs(browser, site.origin, '党校')
const mentor = await signedInAs(browser, site.origin, secretaryTitle)
const organiser = await signedInAs(browser, site.origin, '计算机学院党委 组织员')
const today = await school.evaluate(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
const daysAgo = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)
/** Where the training is, once it is planned. */
let address = ''
/** An activist who can sign in, on a phone by night. */
let student: Listed & { page: Page }
/** Another one, who came late and does not finish. */
let other = { id: '', name: '' }

test('the Party school plans a course with two lecturers and enrols those for whom it is', async () => {
  await open(school, '/')
  await school.getByRole('navigation').getByRole('link', { name: '培训', exact: true }).click()
  await heading(school, '培训')
  await school.getByRole('link', { name: '筹备培训班' }).first().click()
  await heading(school, '筹备培训班')
  await school.getByRole('textbox', { name: '名称' }).fill(title)
  await school.getByRole('textbox', { name: /^要求学时/ }).fill('4')
  await button(school, '添加阶段').click()
  await school.getByRole('textbox', { name: '第 1 个阶段' }).fill('集中学习')
  expect(await checkLooks(school)).toEqual({})
  await button(school, '存下来').click()
  await heading(school, title)
  address = new URL(school.url()).pathname

  await school.getByRole('link', { name: '添加课程' }).click()
  await heading(school, '添加课程')
  await session('学习党章', daysAgo(2))
  await school.getByLabel('开始时间').fill('20:00')
  await school.getByLabel('结束时间').fill('19:00')
  await button(school, '添加主讲人').click()
  await school.getByRole('textbox', { name: '第 1 位主讲人' }).fill('林老师')
  await school.getByRole('combobox', { name: '从专家库选主讲人' }).click()
  await school.getByRole('option', { name: /^葛怀瑾/ }).click()
  expect(await school.getByRole('textbox', { name: '第 2 位主讲人' }).inputValue()).toBe('葛怀瑾')
  await button(school, '添加，再写下一次').click()
  await school.getByText('结束的时间要晚于开始的时间').waitFor()
  expect(await checkLooks(school)).toEqual({})
  await school.getByLabel('结束时间').fill('21:40')
  await button(school, '添加，再写下一次').click()
  await school.getByText('已经添加“学习党章”。').waitFor()
  await session('党史上的青年', daysAgo(1))
  await button(school, '添加课程').click()
  await heading(school, title)
  await school.getByText('主讲人：林老师、葛怀瑾（江岸理工大学 教授）').waitFor()

  await enrol()
  await open(school, address)
  await button(school, '发布培训班').click()
  await school.getByRole('dialog').getByRole('button', { name: '发布培训班' }).click()
  await school.getByText('还在筹备').waitFor({ state: 'detached' })
  expect(await checkLooks(school)).toEqual({})
})

/** Writes a session in the form. */
async function session(name: string, on: string): Promise<void> {
  await school.getByRole('textbox', { name: '课程名称' }).fill(name)
  await school.getByRole('textbox', { name: '日期' }).fill(on)
  await school.getByRole('textbox', { name: '学时' }).fill('2')
  await school.getByRole('textbox', { name: '地点' }).fill('三教 101')
}

/** Chooses two from the list of those for whom the programme is, one of whom can sign in. */
async function enrol(): Promise<void> {
  const somebody = await activist()
  student = { ...somebody, page: await signedInAs(browser, site.origin, somebody.name, phone) }
  const beside = await candidates(`organizationId=${student.organization.id}`)
  other = beside.find((it) => it.name !== student.name) ?? other

  await school.getByRole('link', { name: '录取学员' }).click()
  await school.getByRole('table').waitFor()
  await school.getByRole('combobox', { name: '组织（含下级）' }).click()
  await school.getByRole('option', { name: '计算机学院党委', exact: true }).click()
  await school.waitForURL(/organization=/)
  await school.locator('[data-stale]').waitFor({ state: 'detached' })
  expect(await checkLooks(school)).toEqual({})
  for (const { name } of [student, other]) await school.getByRole('checkbox', { name: `选择${name}` }).check()
  await button(school, '录取选中的 2 人').click()
  await school.getByRole('dialog').getByRole('button', { name: '录取' }).click()
  await school.getByText('已录取 2 人。').waitFor()
}

/** Somebody without an office who can sign in, and for whom the programme is. */
async function activist(): Promise<Listed> {
  const people = await (await school.request.get(`${site.origin}/api/accounts/demo/people`)).json()
  for (const { name, title: office } of people.items) {
    if (!office.endsWith('党支部')) continue
    const [person] = await found(mentor, site.origin, name)
    if (!person) continue
    const fitting = await candidates(`organizationId=${person.organization.id}&limit=200`)
    if (fitting.some((it) => it.id === person.id)) return person
  }
  throw new Error('演示中没有能登录的入党积极分子')
}

async function candidates(query: string): Promise<{ id: string; name: string }[]> {
  const { items } = await (await school.request.get(`${site.origin}/api${address}/candidates?${query}`)).json()
  return items.map((it: { person: { id: string; name: string } }) => it.person)
}

test('the course is held, a student talks with a mentor, and writes what they make of it', async () => {
  for (const name of ['学习党章', '党史上的青年']) {
    await open(school, address)
    await school.getByRole('link', { name: `登记到课：${name}` }).click()
    await heading(school, '登记到课')
    await button(school, '保存登记').click()
    await school.getByText('已保存。').waitFor()
  }
  await open(school, address)
  await school.getByRole('link', { name: '心得题目和考试' }).click()
  await button(school, '添加题目').click()
  await school.getByRole('textbox', { name: '题目 1 写什么' }).fill('学习党章的体会')
  await button(school, '保存题目和考试').click()
  await school.getByText('已保存。').waitFor()

  const { page } = student
  await open(page, '/training/guidance')
  const offered = page.getByRole('listitem').filter({ hasText: await nameOf(mentor) })
  await offered.getByRole('button', { name: /^预约/ }).first().click()
  await page.getByRole('textbox', { name: '想谈什么' }).fill('心得写不下去，想请您看看。')
  await page.getByRole('dialog').getByRole('button', { name: '预约' }).click()
  await heading(page, /^和.+的指导$/)
  await open(mentor, '/training/guidance?list=mine')
  await mentor.getByText(student.name).first().waitFor()

  await open(page, '/my')
  await page.getByRole('link', { name: '我参加的培训' }).click()
  await page.getByRole('link', { name: title }).click()
  await page.getByRole('link', { name: '写心得' }).click()
  await page.getByRole('textbox', { name: '正文' }).click()
  await page.keyboard.type(`这学期我读了三遍党章。我打算${passage}。`)
  await page.getByText(/^已自动保存/).waitFor()
  await isWell(page)
  await button(page, '提交心得').click()
  await page.getByRole('dialog').getByRole('button', { name: '提交心得' }).click()
  await page.getByRole('link', { name: '看旁注' }).waitFor()
})

test('two assess by the criteria, blind to one another; once more, then passed, signed and closed', async () => {
  await open(school, address)
  await school.getByRole('link', { name: '验收标准和评议人' }).click()
  await heading(school, '验收标准和评议人')
  await button(school, '从示例开始').click()
  expect(await checkLooks(school)).toEqual({})
  await button(school, '保存标准').click()
  for (const name of await Promise.all([mentor, organiser].map(nameOf))) {
    await school.getByRole('combobox', { name: '添加评议人' }).fill(name)
    await school.getByRole('option', { name }).first().click()
    await button(school, `移去评议人：${name}`).waitFor()
  }
  await button(school, '保存评议人').click()
  await school.getByRole('button', { name: '保存评议人', disabled: true }).waitFor()
  await school.getByText('已保存。').waitFor()

  const { page } = student
  await open(page, '/my')
  await page.getByRole('link', { name: '待写自评' }).last().click()
  await heading(page, '我的成果验收')
  for (const criterion of ['理论学习', '实践锻炼', '党性认识']) {
    const group = page.getByRole('radiogroup', { name: criterion })
    await group.getByRole('radio', { name: '达到', exact: true }).check()
    await page.getByRole('textbox', { name: `怎样做到的：${criterion}` }).fill('读了书，做了事，写了笔记。')
  }
  await button(page, '添加成果').click()
  await page.getByRole('textbox', { name: '成果 1 的名称' }).fill('读书笔记')
  await page.getByRole('textbox', { name: /^成果 1 的网址/ }).fill('图书馆')
  await button(page, '保存自评').click()
  await page.getByText('请填写以 http 或 https 开头的网址').first().waitFor()
  await page.getByRole('textbox', { name: /^成果 1 的网址/ }).fill('https://example.edu.cn/notes')
  await page.getByRole('combobox', { name: /^从您在本系统里做过的选/ }).click()
  await page
    .getByRole('option', { name: /^学习心得：/ })
    .first()
    .click()
  await expect
    .poll(() => page.getByRole('textbox', { name: /^成果 2 的网址/ }).inputValue())
    .toMatch(/^\/training\/reflections\/[0-9a-f-]+$/)
  await button(page, '保存自评').click()
  await page.getByRole('button', { name: '保存自评', disabled: true }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await handIn(page)

  await assess(mentor, '有自己的思考', '突出')
  expect(await checkLooks(mentor)).toEqual({})
  await open(school, `${address}/acceptance`)
  await school.getByRole('link', { name: student.name }).click()
  await school.getByText('两位都提交以后，这里才看得到评议').waitFor()
  expect(await school.getByText('有自己的思考。').count()).toBe(0)
  await assess(organiser, '实践还不够', '达到')
  await school.reload()
  await school.getByText('（评议不一致）').first().waitFor()
  expect(await checkLooks(school)).toEqual({})
  await button(school, '决定验收结果').click()
  await decide('再来一次', '还缺什么', '补一份实践报告')

  await open(page, address)
  await page.getByText('还缺：补一份实践报告').waitFor()
  await page.getByRole('link', { name: '写自评' }).click()
  await page.getByText('实践还不够。').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await handIn(page)
  await assess(mentor, '补上了', '达到')
  await assess(organiser, '报告扎实', '达到')

  await school.reload()
  await button(school, '决定验收结果').click()
  await decide('通过')
  await open(school, `${address}/acceptance`)
  await school.getByRole('checkbox', { name: `选择${other.name}` }).check()
  await button(school, '决定选中的 1 人').click()
  await decide('未完成', '未完成的原因', '实习在外，明年春季再学')
  await school.getByText('通过 1 人，未完成 1 人').waitFor()
  expect(await checkLooks(school)).toEqual({})
  await button(school, '办结培训班').click()
  await school.getByRole('dialog').getByRole('button', { name: '办结培训班' }).click()
})

async function handIn(page: Page): Promise<void> {
  await button(page, '提交自评').click()
  await page.getByRole('dialog').getByRole('button', { name: '提交自评' }).click()
  await page.getByText('待评议').first().waitFor()
}

async function assess(page: Page, words: string, level: string): Promise<void> {
  await open(page, '/training/assessing')
  await page.getByRole('link', { name: title }).click()
  await page
    .getByRole('list', { name: '学员提交的自评' })
    .getByRole('listitem')
    .filter({ hasText: '待评议' })
    .getByRole('link')
    .click()
  await page.getByRole('heading', { name: '我的评议' }).waitFor()
  for (const group of await page.getByRole('radiogroup').all())
    await group.getByRole('radio', { name: level, exact: true }).check()
  await page.getByRole('textbox', { name: '评语' }).fill(`${words}。`)
  await button(page, '提交评议').click()
  await page.getByText('已评议').first().waitFor()
}

async function decide(decision: string, asked?: string, words = ''): Promise<void> {
  const dialog = school.getByRole('dialog')
  await dialog.getByRole('radio', { name: decision }).check()
  if (asked !== undefined) await dialog.getByRole('textbox', { name: asked }).fill(words)
  await isWell(school)
  await dialog.getByRole('button', { name: '作出决定' }).click()
  await dialog.waitFor({ state: 'detached' })
}

const nameOf = async (page: Page): Promise<string> =>
  (await (await page.request.get(`${site.origin}/api/accounts/session`)).json()).name

test('the training stands in the file of who passed as a dated fact that nobody typed, and in no other', async () => {
  await button(school, '记入发展党员纪实').click()
  await school.getByText('记入 1 人。').waitFor()
  expect(await checkLooks(school)).toEqual({})
  const [year, month, day] = daysAgo(1).split('-').map(Number)
  await open(mentor, `/development/${student.id}`)
  const fact = mentor.getByRole('listitem').filter({ hasText: '入党积极分子培训' }).filter({ hasText: '已完成' })
  await fact.getByText(`${year}年${month}月${day}日`).first().waitFor()
  await open(mentor, `/development/${other.id}`)
  await heading(mentor, new RegExp(other.name))
  expect(await fact.getByText(`${year}年${month}月${day}日`).count()).toBe(0)
})

test('certificates are given to those who passed, and anybody who holds one can check it', async () => {
  await school.getByRole('link', { name: '颁发证书' }).click()
  await heading(school, '颁发证书')
  await school.getByRole('textbox', { name: '参加的培训' }).fill(`临江大学${title}`)
  expect(await checkLooks(school)).toEqual({})
  await button(school, '颁发证书').click()
  await school.getByRole('dialog').getByRole('button', { name: '确认颁发' }).click()
  await school.getByText('颁发了 1 份').waitFor()
  await school.getByRole('button', { name: '全部归入个人档案', disabled: false }).waitFor()
  await button(school, '全部归入个人档案').click()
  await school.getByText(/^归入 1 份/).waitFor()
  expect(await checkLooks(school)).toEqual({})

  const { page } = student
  await open(page, address)
  await page.getByText('通过', { exact: true }).first().waitFor()
  await page.getByRole('link', { name: /-2026-\d{4}$/ }).click()
  const paper = await page.request.get(
    `${site.origin}/api${new URL(page.url()).pathname.replace('/training', '')}/paper.pdf`,
  )
  const [, code = ''] = /核验码：\s*([\dA-Z -]{24,40})/.exec(textOfPages(await paper.body())[0] ?? '') ?? []
  const visitor = await openPage(browser, site.origin, phone)
  await visitor.goto(`${site.origin}/check/${code.replace(/[^\dA-Z]/g, '')}`)
  await visitor.getByText(`临江大学${title}`).first().waitFor()
  expect(await visitor.getByText(student.studentNumber).count()).toBe(0)
  await isWell(visitor)
  await visitor.context().close()
})

test('the summary is drafted from the records, written over, signed, and taken away as a paper', async () => {
  await open(school, address)
  await school.getByRole('link', { name: '培训总结' }).click()
  await heading(school, '培训总结')
  const text = school.getByRole('textbox', { name: '正文' })
  await text.getByText('录取学员 2 人，通过 1 人，未完成 1 人。').waitFor()
  await text.getByText('验收标准：理论学习、实践锻炼、党性认识。').waitFor()
  await button(school, '保存总结').click()
  await school.getByRole('button', { name: '签署总结', disabled: false }).waitFor()
  await button(school, '签署总结').click()
  await school.getByRole('dialog').getByText('“做法和改进”下面还没有写。').waitFor()
  await button(school, '取消').click()
  await text.getByText('做法和改进').click()
  await school.keyboard.press('End')
  await school.keyboard.press('Enter')
  await school.keyboard.type('请往届学员来讲一讲，大家听得进去。')
  expect(await checkLooks(school)).toEqual({})
  await button(school, '保存总结').click()
  await school.getByRole('button', { name: '签署总结', disabled: false }).waitFor()
  await button(school, '签署总结').click()
  expect(await school.getByText('还没有写').count()).toBe(0)
  await school.getByRole('dialog').getByRole('button', { name: '确认签署' }).click()
  await school.getByText(/签署$/).waitFor()
  expect(await checkLooks(school)).toEqual({})
  const paper = await school.request.get(`${site.origin}/api${address}/summary/paper.pdf`)
  expect(
    textOfPages(await paper.body())
      .join('')
      .replace(/\s/g, ''),
  ).toContain('请往届学员来讲一讲')
})

test('the organisation department sees which skills are missing where, whose term ends, and which records nobody confirmed', async () => {
  const department = await signedInAs(browser, site.origin, '组织部')
  await open(department, '/staff?list=establishment')
  const college = department.getByRole('region', { name: '计算机学院党委' })
  await college.getByRole('row').filter({ hasText: '理论宣讲' }).getByText('还差 2 人').waitFor()
  const ending = department.getByRole('list', { name: '一年内到期的任期和任职' }).getByRole('listitem')
  await ending.filter({ hasText: '已经到期' }).first().waitFor()
  // Of a branch the regulations ask for no organiser of its own.
  const branch = department.getByRole('region', { name: '机关党支部' })
  await branch.waitFor()
  expect(await branch.getByText('组织员').count()).toBe(0)
  expect(await checkLooks(department)).toEqual({})

  await department.getByRole('link', { name: '队伍名单' }).click()
  await department.getByRole('combobox', { name: '只看' }).click()
  await department.getByRole('option', { name: '本学期还没有核对' }).click()
  await department.waitForURL(/only=stale/)
  await department.getByRole('cell', { name: '还没有核对' }).first().waitFor()
  await isWell(department)
})
