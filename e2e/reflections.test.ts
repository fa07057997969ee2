import { expect, test } from 'vitest'
import { checkLooks, phone } from './browser.ts'
import { asking, secretaryTitle, signedInAs, somebodyWithoutOffice } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const title = '心得交流班（秋季）'
const passage = '把学到的用在服务同学的小事上'

const { site, browser, open } = await demonstration()
const school = await signedInAs(browser, site.origin, '党校')
const ask = asking(school, site.origin)
const today = await school.evaluate(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))

test('a student writes a reflection on a phone, reads what is said in its margin, answers, and lets a passage be shown', async () => {
  const { page: student, person } = await somebody()
  const address = await programme(person.id)
  await open(school, address)
  await school.getByRole('link', { name: '心得题目和考试' }).click()
  await heading(school, '心得题目和考试')
  await button(school, '添加题目').click()
  await school.getByRole('textbox', { name: '题目 1 写什么' }).fill('学习党章的体会')
  await school.getByRole('textbox', { name: /^题目 1 的建议字数/ }).fill('800')
  expect(await checkLooks(school)).toEqual({})
  await button(school, '保存题目和考试').click()
  await school.getByRole('button', { name: '保存题目和考试', disabled: true }).waitFor()

  await open(student, address)
  await student.getByRole('link', { name: '写心得' }).click()
  await heading(student, '学习党章的体会')
  const text = student.getByRole('textbox', { name: '正文' })
  await text.click()
  await student.keyboard.type(`这学期我读了三遍党章。我打算${passage}。`)
  await student.getByText('建议 800 字左右').waitFor()
  await student.getByText(/^已自动保存/).waitFor()
  expect(await checkLooks(student)).toEqual({})
  await student.reload()
  await student.getByText(passage).waitFor()
  await button(student, '提交心得').click()
  await student.getByRole('dialog').getByRole('button', { name: '提交心得' }).click()
  await student.getByRole('link', { name: '看旁注' }).waitFor()
  expect(await checkLooks(student)).toEqual({})

  await open(school, address)
  await school.getByRole('link', { name: '看交来的心得' }).click()
  await heading(school, '交来的心得')
  expect(await checkLooks(school)).toEqual({})
  await school.getByRole('link', { name: `${person.name}：学习党章的体会` }).click()
  await button(school, '在第 1 段写旁注').click()
  await school.getByRole('textbox', { name: '旁注' }).fill('能举一个例子吗？')
  await isWell(school)
  await button(school, '写上旁注').click()
  await button(school, '答复旁注').waitFor()
  expect(await checkLooks(school)).toEqual({})

  await open(student, address)
  await student.getByText('1 条旁注没有答复').waitFor()
  await student.getByRole('link', { name: '看旁注' }).click()
  await student.getByText('能举一个例子吗？').waitFor()
  await button(student, '答复旁注').click()
  await student.getByRole('textbox', { name: '答复' }).fill('上周帮宿舍楼的阿姨搬书。')
  await button(student, '发出答复').click()
  await student.getByText('上周帮宿舍楼的阿姨搬书。').waitFor()
  await button(student, '摘录一段').click()
  const dialog = student.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '摘录' }).fill(passage)
  await dialog.getByRole('checkbox', { name: /^我同意在培训页面/ }).check()
  expect(await checkLooks(student)).toEqual({})
  await dialog.getByRole('button', { name: '同意展示' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await checkLooks(student)).toEqual({})

  await open(school, address)
  await button(school, `展示：${passage}`.slice(0, 23)).click()
  await school.getByRole('button', { name: /^不再展示/ }).waitFor()
  expect(await checkLooks(school)).toEqual({})
  await open(school, `${address}/acceptance`)
  await school.getByRole('link', { name: person.name }).click()
  await school.getByText('学习心得 1 篇，已交 1 篇。').waitFor()
})

/** Somebody without an office who can sign in, on a phone. */
async function somebody() {
  const secretary = await signedInAs(browser, site.origin, secretaryTitle)
  const person = await somebodyWithoutOffice(secretary, site.origin)
  return { person, page: await signedInAs(browser, site.origin, person.name, phone) }
}

/** An announced programme of the university with this person on its list. Returns its address. */
async function programme(personId: string): Promise<string> {
  const { items } = await ask('GET', '/training/places')
  const { id } = await ask('POST', '/training', {
    ...{ organizationId: items[0].id, title, audience: 'others', year: 2026, term: 'autumn', summary: '', stages: [] },
    ...{ requiredHours: null, capacity: null, admission: { byNomination: false, bySignUp: false, untilOn: null } },
  })
  await ask('POST', `/training/${id}/sessions`, {
    ...{
      stageId: null,
      title: '学习党章',
      on: today,
      startMinute: null,
      endMinute: null,
      hours: 4,
      category: 'theory',
    },
    ...{ form: 'specialStudy', lecturers: [], place: '', link: '', materials: [] },
  })
  await ask('POST', `/training/${id}/announcement`, undefined, `/training/${id}`)
  await ask('POST', `/training/${id}/participants`, { personIds: [personId], reason: '经研究录取' })
  return `/training/${id}`
}
