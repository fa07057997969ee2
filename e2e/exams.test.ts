import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks } from './browser.ts'
import { secretaryAndStudent } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const bank = '支部书记编的题库'
const title = '支部书记办的考试'
/** Somebody tries to put a picture of another host into a question. */
const [first, second] = ['党的最高理想是什么？<img src="https://example.org/a.png">', '预备期为____年。'] as const

const { site, browser, open } = await demonstration()
const { secretary, student } = await secretaryAndStudent(browser, site.origin)
const studentName: string = (await (await student.request.get(`${site.origin}/api/accounts/session`)).json()).name

test('a bank is filled from a file and by hand, and an examination is set out of it', async () => {
  await open(secretary, '/training/exams')
  await heading(secretary, '考试')
  await secretary.getByRole('list', { name: '我主办的考试' }).getByText('入党积极分子学习小结').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await button(secretary, '新建题库').click()
  await secretary.getByRole('textbox', { name: '名称' }).fill(bank)
  await isWell(secretary)
  await secretary.getByRole('dialog').getByRole('button', { name: '新建题库' }).click()
  await heading(secretary, bank)
  await secretary.getByText('还没有题目').waitFor()

  await button(secretary, '导入题目').click()
  const dialog = secretary.getByRole('dialog')
  const gift = `$CATEGORY: 党章\n\n${first.replace('=', '\\=')}{=实现共产主义 ~小康社会 ####写在总纲里。\n出处：党章总纲}\n\n配对题{=甲 -> 乙 =丙 -> 丁}\n`
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: '题目.gift', mimeType: 'text/plain', buffer: Buffer.from(gift) })
  await dialog.getByText(/^读出 1 题，另有 1 处读不出来/).waitFor()
  await dialog.getByText('章节：党章（1 题）').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await button(secretary, '添加 1 题').click()
  const questions = secretary.getByRole('list', { name: '题目', exact: true })
  await questions.getByText('实现共产主义').waitFor()

  await button(secretary, '添加题目').click()
  await dialog.getByText('填空题', { exact: true }).click()
  await dialog.getByRole('textbox', { name: '题目' }).fill(second)
  await dialog.getByRole('textbox', { name: '正确答案 1' }).fill('一')
  await isWell(secretary)
  await dialog.getByRole('button', { name: '添加题目' }).click()
  await questions.getByText(second).waitFor()
  expect(await checkLooks(secretary)).toEqual({})

  await open(secretary, '/training/exams/new')
  await heading(secretary, '新建考试')
  await secretary.getByRole('textbox', { name: '名称' }).fill(title)
  const today = await secretary.evaluate(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
  const tomorrow = await secretary.evaluate(() => new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10))
  await secretary.getByRole('textbox', { name: '开始日期' }).fill(today)
  await secretary.getByLabel('开始时间').fill('00:00')
  await secretary.getByRole('textbox', { name: '结束日期' }).fill(tomorrow)
  await secretary.getByRole('combobox', { name: '从哪些题库出题' }).click()
  await secretary.getByRole('option', { name: new RegExp(bank) }).click()
  await secretary.keyboard.press('Escape')
  await secretary.getByRole('textbox', { name: '第 1 行抽几题' }).fill('1')
  await button(secretary, '加一行').click()
  await chosen(secretary, '第 2 行的题型', '填空题')
  await secretary.getByRole('textbox', { name: '第 2 行抽几题' }).fill('1')
  await chosen(secretary, '什么时候显示答案和解析', '交卷后马上')
  await secretary.getByText('共 2 题，满分 4 分').waitFor()
  // The journey below names questions and options by their places.
  await secretary.getByRole('checkbox', { name: '题目和选项的顺序每人不同' }).uncheck()
  expect(await checkLooks(secretary)).toEqual({})
  await button(secretary, '存为筹备中的考试').click()
  await heading(secretary, title)

  // A pass mark that nobody reaches is told where it stands.
  await button(secretary, '发布考试').click()
  await secretary.getByRole('dialog').getByRole('button', { name: '发布考试' }).click()
  await secretary
    .getByRole('alert')
    .filter({ hasText: '有内容没有通过检查' })
    .or(secretary.getByText('满分只有 4 分'))
    .first()
    .waitFor()
  await secretary.getByRole('link', { name: '修改考试' }).click()
  await secretary.getByRole('textbox', { name: '及格线' }).fill('3')
  await button(secretary, '保存修改').click()
  await heading(secretary, title)
})

test('candidates are added, one has an arrangement whose reason stands nowhere, and it is published', async () => {
  await button(secretary, '添加考生').click()
  const dialog = secretary.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '姓名' }).fill(studentName)
  await secretary
    .getByRole('option', { name: new RegExp(studentName) })
    .first()
    .click()
  await isWell(secretary)
  await button(secretary, '添加 1 人').click()
  const list = secretary.getByRole('list', { name: '考生' })
  await list.getByText(studentName).waitFor()
  await list.getByRole('button', { name: `便利安排：${studentName}` }).click()
  await dialog.getByRole('textbox', { name: '延长几分钟' }).fill('30')
  await dialog.getByRole('textbox', { name: '原因' }).fill('手腕骨折')
  await isWell(secretary)
  await button(secretary, '保存安排').click()
  await list.getByText('便利安排：延长 30 分钟').waitFor()
  expect(await secretary.getByText('手腕骨折').count()).toBe(0)
  expect(await checkLooks(secretary)).toEqual({})
  await button(secretary, '发布考试').click()
  await secretary.getByRole('dialog').getByRole('button', { name: '发布考试' }).click()
  await button(secretary, '撤回发布').waitFor()
})

test('it is taken on a phone: answers are kept through a lost connection and a second window, and told about once handed in', async () => {
  await open(student, '/training/exams')
  await student.getByRole('link', { name: title, exact: true }).click()
  await heading(student, title)
  await student.getByText('90 分钟').waitFor()
  expect(await checkLooks(student)).toEqual({})
  await button(student, '开始作答').click()
  await student.getByText('第 1 题，共 2 题').waitFor()
  await student.getByRole('timer').waitFor()
  expect(await student.getByText('写在总纲里').count()).toBe(0)
  expect(await checkLooks(student)).toEqual({})

  // The connection is lost: what is answered stays, and is sent once there is one again.
  await student.context().setOffline(true)
  await student.getByText('实现共产主义').click()
  await student.getByText('还没有保存，连上以后自动保存').waitFor()
  await student.context().setOffline(false)
  await student.getByText('已保存').waitFor()
  await looksWell(student)

  // The same paper in another window: the first one keeps no more, until it takes the paper back.
  const other = await student.context().newPage()
  await other.goto(student.url())
  await other.getByText('第 2 题，共 2 题').waitFor()
  await student.getByRole('radio', { name: /小康社会/ }).check()
  await student.getByText('这份试卷在另一个窗口打开了').waitFor()
  await other.getByRole('textbox', { name: '您的答案' }).fill(' １')
  await other.getByText('已保存').waitFor()
  await other.close()
  await button(student, '在这个窗口继续').click()
  await student.getByRole('button', { name: '第 2 题，已作答' }).click()
  await student.getByRole('textbox', { name: '您的答案' }).fill('一')
  // By the keyboard alone.
  await student.getByRole('button', { name: '第 1 题，已作答' }).click()
  await student.keyboard.press('a')
  await student.reload()
  await student.getByText('第 1 题，共 2 题').waitFor()
  await button(student, '交卷').click()
  await student.getByText('全部题目都作答了。').waitFor()
  await student.getByRole('dialog').getByRole('button', { name: '交卷' }).click()
  await student.getByText('4 分（满分 4），及格').waitFor()
  await student.getByText('写在总纲里').waitFor()
  await looksWell(student)
  await student.getByRole('link', { name: '返回考试' }).click()
  await student.getByText('等主办的人确认。').waitFor()
  await looksWell(student)
})

test('the result is confirmed, results of the hall come from a list, and nothing is told of few answers', async () => {
  await secretary.reload()
  const list = secretary.getByRole('list', { name: '考生' })
  await list.getByRole('button', { name: `确认成绩：${studentName}` }).click()
  await list.getByText('已确认').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await button(secretary, '导入成绩').click()
  const dialog = secretary.getByRole('dialog')
  await dialog.locator('input[type=file]').setInputFiles({
    name: '成绩.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`姓名,成绩\n${studentName},5\n无此人,3\n`),
  })
  await dialog.getByText(/^读出 0 人的成绩，另有 2 处读不出来/).waitFor()
  await dialog.getByText('5 超过满分 4。请核对').waitFor()
  await isWell(secretary)
  await button(secretary, '取消').click()
  await secretary.getByRole('link', { name: '题目分析' }).click()
  await heading(secretary, '题目分析')
  await secretary.getByText('答卷还不够').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await open(student, new URL(student.url()).pathname)
  await student.getByText('主办的人已经确认。').waitFor()
})

/** Looks at a page that was told of a lost connection, or of another window, and may have said so in its console. */
async function looksWell(page: Page): Promise<void> {
  for (const { accessibility, external, isWider } of Object.values(await checkLooks(page)))
    expect({ accessibility, external, isWider }).toEqual({ accessibility: [], external: [], isWider: false })
}

/** Chooses an option of a select input by its label. */
async function chosen(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
