import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { textOfPages } from '../server/test/pdf-text.ts'
import { checkLooks, openPage, phone } from './browser.ts'
import { secretaryTitle, signedInAs, somebodyWithoutOffice } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const title = '骨干培训班（秋季）'

const { site, browser, open } = await demonstration()
const school = await signedInAs(browser, site.origin, '党校')
const today = await school.evaluate(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10)

test('two assess what a student has handed in, blind to one another; once more, passed, closed, and told to the record', async () => {
  const { page: student, person } = await activist()
  const [first, second] = [
    await signedInAs(browser, site.origin, secretaryTitle),
    await signedInAs(browser, site.origin, '组织员'),
  ]
  const address = await programme(person.id)
  await open(school, address)
  await school.getByRole('link', { name: '验收标准和评议人' }).click()
  await heading(school, '验收标准和评议人')
  await button(school, '从示例开始').click()
  expect(await checkLooks(school)).toEqual({})
  await button(school, '保存标准').click()
  for (const name of await Promise.all([first, second].map(nameOf))) {
    await school.getByRole('combobox', { name: '添加评议人' }).fill(name)
    await school.getByRole('option', { name }).first().click()
    await button(school, `移去评议人：${name}`).waitFor()
  }
  await button(school, '保存评议人').click()
  await school.getByRole('button', { name: '保存评议人', disabled: true }).waitFor()
  expect(await checkLooks(school)).toEqual({})

  await open(student, address)
  await student.getByRole('link', { name: '写自评' }).click()
  await heading(student, '我的成果验收')
  for (const criterion of ['理论学习', '实践锻炼', '党性认识']) {
    const group = student.getByRole('radiogroup', { name: criterion })
    await group.getByRole('radio', { name: '达到', exact: true }).check()
    await student.getByRole('textbox', { name: `怎样做到的：${criterion}` }).fill('读了书，做了事，写了笔记。')
  }
  await button(student, '添加成果').click()
  await student.getByRole('textbox', { name: '成果 1 的名称' }).fill('读书笔记')
  await student.getByRole('textbox', { name: /^成果 1 的网址/ }).fill('图书馆')
  await button(student, '保存自评').click()
  await student.getByText('请填写以 http 或 https 开头的网址').first().waitFor()
  await student.getByRole('textbox', { name: /^成果 1 的网址/ }).fill('https://example.edu.cn/notes')
  await isWell(student)
  await button(student, '保存自评').click()
  await student.getByRole('button', { name: '保存自评', disabled: true }).waitFor()
  expect(await checkLooks(student)).toEqual({})
  await handIn(student)

  await assess(first, '有自己的思考', '突出')
  await open(school, `${address}/acceptance`)
  await school.getByRole('link', { name: person.name }).click()
  await school.getByText('两位都提交以后，这里才看得到评议').waitFor()
  expect(await school.getByText('有自己的思考。').count()).toBe(0)
  await assess(second, '实践还不够', '达到')
  await school.reload()
  await school.getByText('（评议不一致）').first().waitFor()
  expect(await checkLooks(school)).toEqual({})
  await decide('再来一次', '还缺什么', '补一份实践报告')

  await open(student, address)
  await student.getByText('还缺：补一份实践报告').waitFor()
  await student.getByRole('link', { name: '写自评' }).click()
  await student.getByText('实践还不够。').waitFor()
  expect(await checkLooks(student)).toEqual({})
  await handIn(student)
  await assess(first, '补上了', '达到')
  await assess(second, '报告扎实', '达到')
  await school.reload()
  await decide('通过')

  await open(school, `${address}/acceptance`)
  await school.getByText('学员：通过 1 人。').waitFor()
  expect(await checkLooks(school)).toEqual({})
  await button(school, '办结培训班').click()
  await school.getByRole('dialog').getByRole('button', { name: '办结培训班' }).click()
  await button(school, '记入发展党员纪实').click()
  await school.getByText(/^记入 [01] 人/).waitFor()
  expect(await checkLooks(school)).toEqual({})
  await open(student, `${address}/self`)
  await student.getByText('通过', { exact: true }).first().waitFor()
  expect(await checkLooks(student)).toEqual({})

  await certificate(address, student)
  await summary(address)
})

/** Issued by whoever runs the programme, found by the student, and confirmed to a visitor who has the code of the paper. */
async function certificate(address: string, student: Page): Promise<void> {
  await open(school, address)
  await school.getByRole('link', { name: '颁发证书' }).click()
  await heading(school, '颁发证书')
  await school.getByRole('textbox', { name: '参加的培训' }).fill(`临江大学${title}`)
  expect(await checkLooks(school)).toEqual({})
  await button(school, '颁发证书').click()
  await school.getByRole('dialog').getByRole('button', { name: '确认颁发' }).click()
  await school.getByText('颁发了 1 份').waitFor()
  await school.getByRole('button', { name: '全部归入个人档案', disabled: false }).waitFor()
  expect(await checkLooks(school)).toEqual({})
  await button(school, '全部归入个人档案').click()
  await school.getByText(/^归入 1 份/).waitFor()
  expect(await checkLooks(school)).toEqual({})

  await open(student, address)
  await student.getByRole('link', { name: /-2026-\d{4}$/ }).click()
  const paper = await student.request.get(
    `${site.origin}/api${new URL(student.url()).pathname.replace('/training', '')}/paper.pdf`,
  )
  const [, code = ''] = /核验码：\s*([\dA-Z -]{24,40})/.exec(textOfPages(await paper.body())[0] ?? '') ?? []
  const visitor = await openPage(browser, site.origin)
  await visitor.goto(`${site.origin}/check/${code.replace(/[^\dA-Z]/g, '')}`)
  await visitor.getByText(`临江大学${title}`).first().waitFor()
  await visitor.context().close()
}

/** Drafted from the records, written over, signed, and taken away as a paper. */
async function summary(address: string): Promise<void> {
  await open(school, address)
  await school.getByRole('link', { name: '培训总结' }).click()
  await heading(school, '培训总结')
  const text = school.getByRole('textbox', { name: '正文' })
  await text.getByText('录取学员 1 人，通过 1 人。').waitFor()
  await text.getByText('做法和改进').click()
  await school.keyboard.press('End')
  await school.keyboard.press('Enter')
  await school.keyboard.type('请往届学员来讲一讲，大家听得进去。')
  expect(await checkLooks(school)).toEqual({})
  await button(school, '保存总结').click()
  await school.getByRole('button', { name: '签署总结', disabled: false }).waitFor()
  await button(school, '签署总结').click()
  await school.getByRole('dialog').getByRole('button', { name: '确认签署' }).click()
  await school.getByText(/签署$/).waitFor()
  expect(await checkLooks(school)).toEqual({})
  const paper = await school.request.get(`${site.origin}/api${address}/summary/paper.pdf`)
  expect(
    textOfPages(await paper.body())
      .join('')
      .replace(/\s/g, ''),
  ).toContain('请往届学员来讲一讲')
}

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
  await isWell(page)
  await button(page, '提交评议').click()
  await page.getByText('已评议').first().waitFor()
  expect(await checkLooks(page)).toEqual({})
}

async function decide(decision: string, asked?: string, words = ''): Promise<void> {
  await button(school, '决定验收结果').click()
  const dialog = school.getByRole('dialog')
  await dialog.getByRole('radio', { name: decision }).check()
  if (asked !== undefined) await dialog.getByRole('textbox', { name: asked }).fill(words)
  await isWell(school)
  await dialog.getByRole('button', { name: '作出决定' }).click()
  await dialog.waitFor({ state: 'detached' })
}

const nameOf = async (page: Page): Promise<string> =>
  (await (await page.request.get(`${site.origin}/api/accounts/session`)).json()).name

/** Somebody without an office who can sign in, on a phone. */
async function activist() {
  const secretary = await signedInAs(browser, site.origin, secretaryTitle)
  const person = await somebodyWithoutOffice(secretary, site.origin)
  return { person, page: await signedInAs(browser, site.origin, person.name, phone) }
}

/** A programme of the university with one session that was held yesterday, at which this person was. Returns its address. */
async function programme(personId: string): Promise<string> {
  const { items } = await ask('GET', '/training/places')
  const { id } = await ask('POST', '/training', {
    ...{
      organizationId: items[0].id,
      title,
      audience: 'activists',
      year: 2026,
      term: 'autumn',
      summary: '',
      stages: [],
    },
    ...{ requiredHours: 4, capacity: null, admission: { byNomination: false, bySignUp: false, untilOn: null } },
  })
  const session = await ask('POST', `/training/${id}/sessions`, {
    ...{
      stageId: null,
      title: '学习党章',
      on: yesterday,
      startMinute: null,
      endMinute: null,
      hours: 4,
      category: 'theory',
    },
    ...{ form: 'specialStudy', lecturers: [], place: '', link: '', materials: [] },
  })
  await ask('POST', `/training/${id}/announcement`, undefined, `/training/${id}`)
  await ask('POST', `/training/${id}/participants`, { personIds: [personId], reason: '经研究录取' })
  const sheet = `/training/sessions/${session.id}/attendance`
  await ask('PUT', sheet, { marks: [], restArePresent: true }, sheet)
  return `/training/${id}`
}

async function ask(method: string, path: string, data?: object, tagOf?: string) {
  const tag = tagOf === undefined ? undefined : (await school.request.get(`${site.origin}/api${tagOf}`)).headers().etag
  const answer = await school.request.fetch(`${site.origin}/api${path}`, {
    method,
    headers: { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin', ...(tag !== undefined && { 'if-match': tag }) },
    ...(data && { data }),
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer.status() === 204 ? undefined : answer.json()
}
