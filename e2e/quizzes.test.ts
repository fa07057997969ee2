import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks, phone } from './browser.ts'
import { found, secretaryAndStudent, signedInAs } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const title = '支部书记出的题'
/** Somebody tries to put a picture of another host into a question. */
const [first, second, third, fourth] = [
  '党的最高理想是什么？<img src="https://example.org/a.png">',
  '下面哪些是民主集中制的基本原则？',
  '预备党员有表决权。',
  '预备期为____年。',
] as const

const { site, browser, open } = await demonstration()
const { secretary, student } = await secretaryAndStudent(browser, site.origin)

test('a set is written, published once every question has a source, and answered alone with explanations', async () => {
  await open(secretary, '/activities')
  await secretary.getByRole('link', { name: '答题', exact: true }).click()
  await heading(secretary, '答题')
  await button(secretary, '新建题集').click()
  await secretary.getByRole('textbox', { name: '名称' }).fill(title)
  await isWell(secretary)
  await secretary.getByRole('dialog').getByRole('button', { name: '新建题集' }).click()
  await heading(secretary, title)

  await added('单选题', first, async (dialog) => {
    for (const [letter, text] of Object.entries({ A: '实现共产主义', B: '小康社会' }))
      await dialog.getByRole('textbox', { name: `选项 ${letter}`, exact: true }).fill(text)
    await dialog.getByRole('radio', { name: '选项 A 是正确答案' }).check()
    await isWell(secretary)
  })
  await added('多选题', second, async (dialog) => {
    for (const [letter, text] of Object.entries({ A: '少数服从多数', B: '各行其是', C: '下级服从上级' }))
      await dialog.getByRole('textbox', { name: `选项 ${letter}`, exact: true }).fill(text)
    for (const letter of ['A', 'C']) await dialog.getByRole('checkbox', { name: `选项 ${letter} 是正确答案` }).check()
  })
  await added('判断题', third, (dialog) => dialog.getByRole('radio', { name: '错误' }).check())
  await added(
    '填空题',
    fourth,
    async (dialog) => {
      await dialog.getByRole('textbox', { name: '正确答案 1' }).fill('一')
      await button(secretary, '加一种写法').click()
      await dialog.getByRole('textbox', { name: '正确答案 2' }).fill('1')
      await isWell(secretary)
    },
    '',
  )
  await button(secretary, '发布题集').click()
  const refused = secretary.getByRole('alert').filter({ hasText: '还不能发布：第 4 题没有填写出处。' })
  await refused.getByText('内容还不完整').waitFor()
  const last = secretary.getByRole('listitem').filter({ hasText: fourth })
  await last.getByRole('button', { name: '修改' }).click()
  await secretary.getByRole('textbox', { name: '出处' }).fill('《中国共产党章程》第七条')
  await button(secretary, '保存修改').click()
  await button(secretary, '发布题集').click()
  await button(secretary, '撤回发布').waitFor()
  expect(await checkLooks(secretary)).toEqual({})

  await open(student, '/quizzes')
  await student.getByRole('link', { name: title, exact: true }).click()
  await heading(student, title)
  expect(await student.getByText('少数服从多数').count()).toBe(0)
  await student.getByRole('link', { name: '开始答题' }).click()
  await student.getByText('第 1 题，共 4 题').waitFor()
  await isWell(student)
  await student.getByText('小康社会').click()
  await button(student, '提交答案').click()
  await student.getByText('答错了').waitFor()
  await student.getByText('解析：').waitFor()
  expect(await checkLooks(student)).toEqual({})
  // From here the keyboard alone.
  await student.keyboard.press('Enter')
  await student.getByText(second).waitFor()
  await student.keyboard.press('a')
  await student.keyboard.press('3')
  await student.keyboard.press('Enter')
  await student.getByText('答对了').waitFor()
  // The phone was put away: the round goes on where it was left.
  await student.reload()
  await student.getByText('共 4 题，已经答了 2 题。').waitFor()
  expect(await checkLooks(student)).toEqual({})
  await student.keyboard.press('Enter')
  await student.getByText('第 3 题，共 4 题').waitFor()
  await student.getByText(third).waitFor()
  await student.keyboard.press('2')
  await student.keyboard.press('Enter')
  await student.getByText('答对了').waitFor()
  await student.keyboard.press('Enter')
  await student.getByRole('textbox', { name: '您的答案' }).fill(' １ ')
  await student.keyboard.press('Enter')
  await student.getByText('答对了').waitFor()
  await student.keyboard.press('Enter')
  await student.getByText('4 题中答对 3 题。').waitFor()
  await student.getByRole('list').getByText('小康社会').waitFor()
  expect(await checkLooks(student)).toEqual({})
  await button(student, '再做错题（1）').click()
  await student.getByText('第 1 题，共 1 题').waitFor()
  await student.keyboard.press('1')
  await student.keyboard.press('Enter')
  await student.getByText('答对了').waitFor()
  await student.keyboard.press('Enter')
  await student.getByText('1 题中答对 1 题。').waitFor()
  await student.getByRole('link', { name: '返回题集' }).click()
  await student.getByText('4 题答过，最近一次 4 题答对。').waitFor()
  await isWell(student)
  await button(student, '清除我的作答').click()
  await student.getByRole('dialog').getByRole('button', { name: '清除我的作答' }).click()
  await student.getByText('4 题答过').waitFor({ state: 'detached' })
})

test('a set is played together: codes, teams, what is right, and a text for the record', async () => {
  await open(secretary, '/quizzes')
  await secretary.getByRole('link', { name: title, exact: true }).click()
  await button(secretary, '开始现场答题').click()
  const choices = secretary.getByRole('dialog').getByRole('radiogroup', { name: '分队' })
  await choices.getByText('更多', { exact: true }).click()
  await button(secretary, '加一队').click()
  expect(await choices.getByRole('radio', { name: '6 队' }).isChecked()).toBe(true)
  await choices.getByText('2 队', { exact: true }).click()
  await secretary.getByRole('dialog').getByText('不限时', { exact: true }).click()
  await isWell(secretary)
  await button(secretary, '打开大屏').click()
  await secretary.getByRole('img', { name: '参加现场答题的二维码' }).waitFor()
  const code = (await secretary.getByText(/^\d{6}$/).textContent()) ?? ''
  expect(await checkLooks(secretary)).toEqual({})

  const other = await anotherMember()
  for (const [page, team] of [
    [student, '第一队'],
    [other, '第二队'],
  ] as const) {
    await open(page, '/quizzes')
    await page.getByRole('textbox', { name: '答题码' }).fill(code)
    await button(page, '参加').click()
    await page.getByRole('button', { name: team }).click()
    await page.getByText(`您在${team}。`).waitFor()
  }
  await isWell(student)
  await secretary.getByText('2 人参加').waitFor()

  await secretary.keyboard.press('Space')
  // Both phones hear of it without being asked.
  await student.getByText('第 1 题，共 4 题').waitFor()
  await other.getByText('第 1 题，共 4 题').waitFor()
  await student.getByText('实现共产主义').click()
  await button(student, '提交答案').click()
  await student.getByText('已提交，等待公布答案。').waitFor()
  await secretary.getByLabel('作答情况').getByText('已作答 1 人').waitFor()
  expect(await secretary.getByText('正确答案').count()).toBe(0)
  expect(await checkLooks(secretary)).toEqual({})
  // A phone that was put away comes back to the same question.
  await other.reload()
  await other.getByText('第 1 题，共 4 题').waitFor()
  await secretary.keyboard.press('ArrowRight')
  await student.getByText('答对了').waitFor()
  await student.getByText('您答了 1 题，答对 1 题。').waitFor()
  await other.getByText('这一题您没有作答。').waitFor()
  await secretary.getByText('不足 5 人作答，不显示各项的人数。').waitFor()
  await secretary.getByText('不足 3 人，不单独显示').first().waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  expect(await checkLooks(student)).toEqual({})

  await secretary.keyboard.press('PageDown')
  await student.getByText(second).waitFor()
  await button(secretary, '结束现场答题').click()
  await secretary.getByRole('dialog').getByRole('button', { name: '结束现场答题' }).click()
  await secretary.getByText('答题结束：2 人参加，1 题').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await student.getByText('现场答题已经结束').waitFor()
  await isWell(student)
  await open(secretary, '/quizzes')
  await secretary.getByRole('list', { name: '以前的现场答题' }).getByRole('link', { name: title }).first().waitFor()
  await other.context().close()
})

test('where nobody presses, the time shows the answer by itself', async () => {
  await open(secretary, '/quizzes')
  await secretary
    .getByRole('list', { name: '题集', exact: true })
    .getByRole('link', { name: title, exact: true })
    .click()
  await button(secretary, '开始现场答题').click()
  await secretary.getByRole('radio', { name: '随机抽取一部分' }).check()
  await secretary.getByRole('textbox', { name: '抽取几题' }).fill('1')
  await secretary.getByRole('dialog').getByText('15 秒', { exact: true }).click()
  await button(secretary, '打开大屏').click()
  await secretary.getByRole('img', { name: '参加现场答题的二维码' }).waitFor()
  await open(student, new URL(secretary.url()).pathname.replace('/screen', ''))
  await button(student, '参加').click()
  await student.getByText('您已参加').waitFor()
  await button(secretary, '开始，出第 1 题').click()
  await student.getByText(/^还剩 \d+ 秒$/).waitFor()
  await student.getByText('这一题您没有作答。').waitFor()
  await secretary.getByText('正确答案：').waitFor()
  // A key pressed once too often ends nothing.
  await secretary.keyboard.press('Space')
  await button(secretary, '结束，看各题情况').click()
  await secretary.getByText('答题结束：1 人参加，1 题').waitFor()
})

test('questions come from a file, once it has been seen what was read of it, and go out as a table', async () => {
  await open(secretary, '/quizzes')
  await button(secretary, '新建题集').click()
  await secretary.getByRole('textbox', { name: '名称' }).fill('从文件来的题集')
  await secretary.getByRole('dialog').getByRole('button', { name: '新建题集' }).click()
  await heading(secretary, '从文件来的题集')
  await button(secretary, '导入题目').click()
  const gift =
    '党的根本宗旨是什么？{=全心全意为人民服务 ~实现小康 ####见总纲。\n出处：《中国共产党章程》总纲}\n\n配对题{=甲 -> 乙 =丙 -> 丁}\n\n党的根本宗旨是什么?{~全心全意为人民服务 =实现小康}\n\n预备期为{=一}年。\n'
  const dialog = secretary.getByRole('dialog')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: '题目.gift', mimeType: 'text/plain', buffer: Buffer.from(gift) })
  await dialog.getByText(/^读出 3 题，其中 1 题重复，另有 1 处读不出来/).waitFor()
  await dialog.getByRole('list', { name: '要改的地方' }).getByText('第 4 行起的题目').waitFor()
  await dialog.getByText('和文件第 1 行起的题目相同，但正确答案不同，请核对。').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await button(secretary, '添加 2 题').click()
  const questions = secretary.getByRole('list', { name: '题目', exact: true })
  await questions.getByText('党的根本宗旨是什么？').waitFor()
  expect(await questions.getByText('实现小康').count()).toBe(1)
  const saved = secretary.waitForEvent('download')
  await secretary.getByRole('link', { name: '导出题目' }).click()
  const table = await saved
  expect(table.suggestedFilename()).toBe('从文件来的题集.xlsx')
  await button(secretary, '导入题目').click()
  await dialog.locator('input[type=file]').setInputFiles({
    name: '题目.xlsx',
    mimeType: 'application/octet-stream',
    buffer: await readFile(await table.path()),
  })
  await dialog.getByText('读出 2 题，其中 2 题重复。').waitFor()
  expect(await button(secretary, '添加题目').last().isDisabled()).toBe(true)
  await dialog.getByRole('checkbox', { name: /^第 3 行：预备期为/ }).check()
  await button(secretary, '添加 1 题').click()
  await dialog.waitFor({ state: 'detached' })
  await questions.getByText('预备期为').nth(1).waitFor()
})

test('questions are put in another order by the keyboard, step by step or at once', { timeout: 120_000 }, async () => {
  await open(secretary, '/quizzes')
  await secretary.getByRole('link', { name: '从文件来的题集', exact: true }).click()
  await button(secretary, '调整顺序').click()
  const order = secretary.getByRole('list', { name: '题目的顺序' })
  const down = order.getByRole('button', { name: '下移：党的根本宗旨是什么？' })
  await down.focus()
  for (const place of [2, 3]) {
    await secretary.keyboard.press('Enter')
    await order.getByText(`${place}. 党的根本宗旨是什么？`).waitFor()
    await secretary.getByText(`已移到第 ${place} 题。`).waitFor()
  }
  // At the end there is no further down: the way up has the focus.
  await secretary.keyboard.press('Enter')
  await order.getByText('2. 党的根本宗旨是什么？').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await order.getByRole('button', { name: '移到…：党的根本宗旨是什么？' }).click()
  await secretary.getByRole('textbox', { name: '第几题' }).fill('3')
  await isWell(secretary)
  await button(secretary, '移动').click()
  await order.getByText('3. 党的根本宗旨是什么？').waitFor()
  await button(secretary, '完成调整').click()
  await order.waitFor({ state: 'detached' })
  await button(secretary, '调整顺序').click()

  // Somebody else has changed the set meanwhile.
  const quizId = new URL(secretary.url()).pathname.split('/').at(-1)
  const { revision } = await (await secretary.request.get(`${site.origin}/api/quizzes/${quizId}`)).json()
  const changed = await secretary.request.patch(`${site.origin}/api/quizzes/${quizId}`, {
    data: { title: '从文件来的题集', summary: '' },
    headers: { 'if-match': `"${revision}"`, 'x-zhibu-csrf': '1' },
  })
  expect(changed.status()).toBe(204)
  await order.getByRole('button', { name: '上移：党的根本宗旨是什么？' }).click()
  await secretary.getByText('这个题集刚刚有人改动过，这次没有保存。').waitFor()
  await secretary.reload()
  await secretary.getByRole('list', { name: '题目', exact: true }).getByRole('listitem').nth(2).waitFor()
})

/** Writes a question in the dialog. */
async function added(
  kind: string,
  text: string,
  right: (dialog: ReturnType<Page['getByRole']>) => Promise<unknown>,
  source = '《中国共产党章程》总纲',
): Promise<void> {
  await button(secretary, '添加题目').first().click()
  const dialog = secretary.getByRole('dialog')
  await dialog.getByText(kind, { exact: true }).click()
  await dialog.getByRole('textbox', { name: '题目' }).fill(text)
  await right(dialog)
  await dialog.getByRole('textbox', { name: '解析' }).fill('章程里写得很明白。')
  await dialog.getByRole('textbox', { name: '出处' }).fill(source)
  await dialog.getByRole('button', { name: '添加题目' }).click()
  await secretary.getByRole('list', { name: '题目' }).getByText(text).waitFor()
}

/** A second member of the same branch on a phone. */
async function anotherMember(): Promise<Page> {
  const own = (await (await student.request.get(`${site.origin}/api/accounts/session`)).json()).name
  const people = (await (await secretary.request.get(`${site.origin}/api/accounts/demo/people`)).json()).items
  for (const { name, title: office } of people as { name: string; title: string }[]) {
    if (name === own || !office.endsWith('党支部')) continue
    if ((await found(secretary, site.origin, name)).length > 0) return signedInAs(browser, site.origin, name, phone)
  }
  throw new Error('演示中没有同一支部的另一位没有职务的人员')
}
