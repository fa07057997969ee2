import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks, phone } from './browser.ts'
import { asking, secretaryTitle, signedInAs } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const title = '2026年秋季学期入党积极分子培训班（第一期）'
const copied = '2027年春季学期入党积极分子培训班（第一期）'

const { site, browser, open } = await demonstration()
const school = await signedInAs(browser, site.origin, '党校')
const ask = asking(school, site.origin)
const today = await school.evaluate(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
const inDays = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)

test('leave, attendance and a claim end in the hours of a student', async () => {
  const address = await programme()
  const student = await activist(address)
  await enrolCollege(address, student.name)
  const { page } = student
  await open(page, '/training?list=mine')
  await page.getByRole('link', { name: title }).click()
  await page.getByText('您已录取').waitFor()
  await button(page, '请假：党史上的青年').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '种类' }).click()
  await page.getByRole('option', { name: '课程冲突' }).click()
  await isWell(page)
  await button(page, '提交请假').click()
  await page.getByText('等待答复').waitFor()
  await isWell(page)
  expect(await page.getByRole('link', { name: '学员名单' }).count()).toBe(0)

  await open(school, address)
  await school.getByText('1 条待答复').waitFor()
  await school.getByRole('link', { name: '名单和请假：党史上的青年' }).click()
  await heading(school, '名单和请假')
  await button(school, `同意${student.name}的请假`).click()
  await school.getByText('已同意').waitFor()
  expect(await checkLooks(school)).toEqual({})

  await open(school, address)
  await school.getByRole('link', { name: '登记到课：学习党章' }).click()
  await heading(school, '登记到课')
  const line = school.locator(`[data-person="${student.id}"]`)
  // By the keyboard alone: the third choice is that somebody was not there.
  await line.getByRole('radio', { name: '到课', exact: true }).focus()
  await school.keyboard.press('3')
  expect(await line.getByRole('radio', { name: '未到', exact: true }).isChecked()).toBe(true)
  await school.keyboard.press('2')
  expect(await button(school, '保存登记').isDisabled()).toBe(true)
  await school.getByText('还需填写：请假的种类').waitFor()
  await school.keyboard.press('3')
  await button(school, '保存登记').click()
  await school.getByText('已保存。').waitFor()
  await school.getByText('可以补课的课程').first().waitFor()
  expect(await checkLooks(school)).toEqual({})
  await school.getByRole('link', { name: '打印签到表' }).click()
  await school.getByRole('region', { name: '签到表' }).getByRole('table').waitFor()
  expect(await checkLooks(school)).toEqual({})

  await page.reload()
  await page.getByText('我的到课情况：未到').waitFor()
  await button(page, '到课未登记：学习党章').click()
  await page.getByRole('textbox', { name: '说明' }).fill('坐在第三排，和同桌一起记了笔记')
  await button(page, '提交说明').click()
  await page.getByText('等待答复').waitFor()
  await school.goBack()
  // What was read less than a quarter of a minute ago is not asked for again by itself.
  await school.reload()
  await button(school, `同意${student.name}的到课未登记`).click()
  await school.getByText('已同意').waitFor()
  await open(page, '/training?list=hours')
  await page.getByText('2 学时').first().waitFor()
  await page.getByRole('rowheader', { name: '学习党章' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})

test('a course of last term is planned anew in a minute, and a branch proposes its people', async () => {
  await open(school, '/training?list=own')
  await school.getByRole('link', { name: title }).click()
  await button(school, '更多').click()
  await school.getByRole('menuitem', { name: '沿用到新学期' }).click()
  const dialog = school.getByRole('dialog')
  expect(await dialog.getByRole('textbox', { name: '名称' }).inputValue()).toBe(copied)
  await dialog.getByLabel('第一次课的日期').fill(inDays(100))
  await isWell(school)
  await dialog.getByRole('button', { name: '沿用' }).click()
  await heading(school, copied)
  await school.getByRole('heading', { name: '党史上的青年' }).waitFor()
  await button(school, '发布培训班').click()
  await school.getByRole('dialog').getByRole('button', { name: '发布培训班' }).click()
  await school.getByText('还在筹备').waitFor({ state: 'detached' })
  const address = new URL(school.url()).pathname

  const secretary = await signedInAs(browser, site.origin, secretaryTitle, phone)
  await open(secretary, address)
  await secretary.getByRole('link', { name: '推荐学员' }).click()
  await heading(secretary, '推荐学员')
  await secretary.getByRole('checkbox', { name: /^选择/ }).first().check()
  await isWell(secretary)
  await button(secretary, '推荐选中的 1 人').click()
  await secretary.getByRole('dialog').getByRole('button', { name: '推荐' }).click()
  await secretary.getByText('已推荐 1 人。').waitFor()
  await open(secretary, '/training?list=year')
  await secretary.getByRole('link', { name: '学习党章' }).first().waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await open(secretary, '/training?list=statements')
  await secretary.getByRole('table').waitFor()
  expect(await checkLooks(secretary)).toEqual({})
  await secretary.context().close()
})

/** A planned programme of the university for activists, with a session of today and one of next week. Returns its address. */
async function programme(): Promise<string> {
  const { items } = await ask('GET', '/training/places')
  const admission = { byNomination: true, bySignUp: false, untilOn: null }
  const { id } = await ask('POST', '/training', {
    ...{ organizationId: items[0].id, title, audience: 'activists', year: 2026, term: 'autumn', summary: '' },
    ...{ stages: [], requiredHours: null, capacity: null, admission },
  })
  for (const [name, on] of [
    ['学习党章', today],
    ['党史上的青年', inDays(7)],
  ])
    await ask('POST', `/training/${id}/sessions`, {
      ...{ stageId: null, title: name, on, startMinute: null, endMinute: null, hours: 2, category: 'theory' },
      ...{ form: 'specialStudy', lecturers: [], place: '三教 101', link: '', materials: [] },
    })
  return `/training/${id}`
}

/** Puts all of one college onto the list by the page, finds somebody among them, and announces the programme. */
async function enrolCollege(address: string, name: string): Promise<void> {
  await open(school, address)
  await school.getByRole('link', { name: '录取学员' }).click()
  await school.getByRole('table').waitFor()
  // Of one college: the pages of a hundred are looked at as those of a thousand would be, in a tenth of the time.
  await school.getByRole('combobox', { name: '组织（含下级）' }).click()
  await school.getByRole('option', { name: '计算机学院党委', exact: true }).click()
  await school.waitForURL(/organization=/)
  await school.locator('[data-stale]').waitFor({ state: 'detached' })
  await button(school, '全部录取').click()
  await school
    .getByRole('dialog')
    .getByRole('button', { name: /^录取 \d+ 人$/ })
    .click()
  await school.getByText(/^已录取 \d+ 人。$/).waitFor()
  await school.getByRole('link', { name: '学员名单' }).click()
  await school.getByRole('searchbox', { name: '在“学员名单”里查找' }).fill(name)
  await school.waitForURL(/q=/)
  // The rows before are shown, paler, until the answer is there.
  await school.locator('[data-stale]').waitFor({ state: 'detached' })
  await school.getByRole('table').getByRole('rowheader', { name }).first().waitFor()
  expect(await checkLooks(school)).toEqual({})
  await ask('POST', `${address}/announcement`, undefined, address)
}

/** Somebody for whom the programme at this address is and who can sign in, on a phone. */
async function activist(address: string): Promise<{ id: string; name: string; page: Page }> {
  const { items } = await (await school.request.get(`${site.origin}/api/accounts/demo/people`)).json()
  const names = (items as { name: string; title: string }[]).map((it) => it.name)
  let cursor = ''
  do {
    const answer = await school.request.get(`${site.origin}/api${address}/candidates?limit=200${cursor}`)
    const { items: rows, next } = await answer.json()
    for (const { person } of rows as { person: { id: string; name: string } }[]) {
      if (names.filter((it) => it === person.name).length === 1)
        return { ...person, page: await signedInAs(browser, site.origin, person.name, phone) }
    }
    cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`
  } while (cursor !== '')
  throw new Error('演示中没有能登录的入党积极分子')
}
