import { describe, expect, test } from 'vitest'
import { checkLooks, isAskedBeforeLeaving } from './browser.ts'
import { found, signedInAs, somebodyWithoutOffice } from './demonstration.ts'
import { demonstration } from './site.ts'

/** The register and the page of a person in a browser, on the demonstration. */

const { site, browser } = await demonstration()
/** An organiser of a college. */
const page = await signedInAs(browser, site.origin, '计算机学院党委 组织员', { viewport: { width: 1440, height: 900 } })
/** Somebody of that college who can sign in. */
const member = await somebodyWithoutOffice(page, site.origin)

describe('somebody is found', () => {
  test.each([
    ['by the beginning of the number', () => member.studentNumber.slice(0, -1)],
    ['by the name', () => member.name],
    ['by a part of the name', () => member.name.slice(1)],
  ])('%s', async (_what, words) => {
    await page.goto(`${site.origin}/people`)
    await page.getByRole('searchbox').fill(words())
    await page.getByRole('row', { name: new RegExp(member.studentNumber) }).waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe(words())
  })

  test('or nobody, and the page says how to go on', async () => {
    await page.goto(`${site.origin}/people?q=查无此人`)
    await page.getByText('可以换用学号或姓名的拼音首字母查找，或清除筛选条件。').waitFor()
    expect(await checkLooks(page)).toEqual({})
  })
})

test('who may see nobody is told so, and not that there is nobody', async () => {
  const administrator = await signedInAs(browser, site.origin, '系统管理员')
  await administrator.goto(`${site.origin}/people`)
  await administrator.getByText('您的职务或授权不包括这一页').waitFor()
  await administrator.context().close()
})

test('who only has an own entry finds it from the own page and the way back, and no page that is not theirs', async () => {
  const own = await signedInAs(browser, site.origin, member.name, { viewport: { width: 390, height: 844 } })
  await own.goto(`${site.origin}/my`)
  for (const [link, region] of [
    ['我的登记信息', '身份信息'],
    ['我的发展档案', '疑点'],
  ] as const) {
    await own.getByRole('link', { name: link }).click()
    await own.getByRole('region', { name: region }).waitFor()
    expect(await own.getByRole('button', { name: /^查看|^修改|^转到/ }).count()).toBe(0)
    expect(await checkLooks(own), link).toEqual({})
    await own.getByRole('navigation', { name: '所在位置' }).getByRole('link', { name: '我的' }).click()
    await own.getByRole('region', { name: '谁查看过我的档案' }).waitFor()
  }
  for (const path of ['people/new', 'development/board', `intake/${member.id}`]) {
    await own.goto(`${site.origin}/${path}`)
    await own.getByText(/^(您的职务或授权不包括这一页|不能登记人员)$/).waitFor()
  }
  await own.context().close()
})

test('who may read the register and not enter anybody is told so in place of the form', async () => {
  const reader = await signedInAs(browser, site.origin, '宣传委员')
  await reader.goto(`${site.origin}/people/new`)
  await reader.getByText('名册由支部书记、组织委员和学院组织员登记。').waitFor()
  expect(await reader.getByRole('button', { name: '登记', exact: true }).count()).toBe(0)
  await reader.context().close()
})

test('the register is filtered, sorted and turned in the address, and shows the columns that are chosen', async () => {
  await page.goto(`${site.origin}/people?sort=-studentNumber&kind=undergraduate`)
  const rows = page.getByRole('table', { name: '人员名册' }).getByRole('row')
  await rows.nth(1).waitFor()
  await expect.poll(() => rows.count()).toBe(51)
  const first = await rows.nth(1).textContent()
  await page.getByRole('button', { name: '下一页' }).click()
  await page.waitForURL(/cursor=/)
  await page.getByRole('button', { name: '上一页' }).click()
  await rows.filter({ hasText: first ?? '' }).waitFor()

  await page.getByRole('button', { name: '显示列' }).click()
  await page.getByRole('checkbox', { name: '班级' }).check()
  await page.getByRole('checkbox', { name: '性别' }).uncheck()
  await page.keyboard.press('Escape')
  await expect
    .poll(() => rows.first().getByRole('columnheader').allTextContents())
    .toEqual(
      ['姓名', '学号（工号）', '所在组织', '类别', '年级', '专业', '班级'].map((it) => expect.stringContaining(it)),
    )
  await page.reload()
  await rows.first().getByRole('columnheader', { name: '班级' }).waitFor()
  await page.evaluate(() => localStorage.clear())
})

test('somebody new is entered; a wrong identity number is pointed at, and nothing typed is lost', async () => {
  await page.goto(`${site.origin}/people`)
  await page.getByRole('link', { name: '登记人员' }).click()
  await page.getByRole('combobox', { name: '党支部（或上级组织）' }).fill(member.organization.name)
  await page.getByRole('option', { name: member.organization.name }).first().click()
  await page.getByRole('textbox', { name: '姓名' }).fill('宋知秋')
  expect(await isAskedBeforeLeaving(page)).toBe(true)
  await page.getByRole('textbox', { name: '学号（工号）' }).fill('2029020001')
  await page.getByRole('textbox', { name: '身份证号' }).fill('990101200503041234')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page
    .getByText(/身份证号.*校验码/)
    .first()
    .waitFor()
  expect(await checkLooks(page)).toEqual({})
  await expect.poll(() => page.getByRole('textbox', { name: '姓名' }).inputValue()).toBe('宋知秋')
  await page.getByRole('textbox', { name: '身份证号' }).fill('')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '宋知秋' }).waitFor()
})

test('somebody is found from everywhere by the initials of the pinyin', async () => {
  await page.goto(site.origin)
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: '搜索人员、页面、操作' }).fill('szq')
  await page.getByRole('option', { name: /宋知秋.*2029020001/ }).click()
  await page.getByRole('heading', { level: 1, name: '宋知秋' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
})

test('two change the same person at once: the second sees what the first has changed, and loses nothing', async () => {
  const [person = fail()] = await found(page, site.origin, '2029020001')
  const other = await signedInAs(browser, site.origin, '计算机学院党委 书记')
  for (const it of [page, other]) await it.goto(`${site.origin}/people/${person.id}/change`)
  await other.getByRole('textbox', { name: '专业' }).fill('软件工程')
  await other.getByRole('button', { name: '保存' }).click()
  await other.getByRole('heading', { level: 1, name: '宋知秋' }).waitFor()
  await other.context().close()

  await page.getByRole('textbox', { name: '班级' }).fill('软件2901班')
  await page.getByRole('button', { name: '保存' }).click()
  const note = page.getByRole('alert').filter({ hasText: '他人刚刚修改了这条记录' })
  await note.getByText('专业：（未填） → 软件工程').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { level: 1, name: '宋知秋' }).waitFor()
  const facts = await page.getByRole('region', { name: '学习和工作' }).textContent()
  expect(facts).toContain('专业软件工程')
  expect(facts).toContain('班级软件2901班')
})

test('what an import kept beside the fields is changed, emptied and added to', async () => {
  const [person = fail()] = await found(page, site.origin, '2029020001')
  const details = page.getByRole('region', { name: '其他信息' })
  for (const [name, value] of [
    ['兴趣特长', '书法'],
    ['宿舍', '梅园 3-201'],
  ] as const) {
    await page.goto(`${site.origin}/people/${person.id}/change`)
    await details.getByRole('textbox', { name: '新增一项的名称' }).fill(name)
    await details.getByRole('button', { name: '新增一项' }).click()
    await details.getByRole('textbox', { name, exact: true }).fill(value)
    await page.getByRole('button', { name: '保存' }).click()
    await page.locator('dl > div').filter({ hasText: name }).getByText(value).waitFor()
  }
  await page.getByRole('link', { name: '修改信息' }).click()
  await details.getByRole('textbox', { name: '宿舍' }).fill('')
  await details.getByRole('textbox', { name: '兴趣特长' }).fill('书法、围棋')
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '保存' }).click()
  await page.locator('dl > div').filter({ hasText: '兴趣特长' }).getByText('书法、围棋').waitFor()
  expect(await page.locator('dl > div').filter({ hasText: '宿舍' }).count()).toBe(0)
})

test('somebody moves to another branch, and the move stays on record', async () => {
  const [person = fail()] = await found(page, site.origin, '2029020001')
  await page.goto(`${site.origin}/people/${person.id}`)
  await page.getByRole('button', { name: '转到其他组织' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('combobox', { name: '转入组织' }).fill('计算机研究生第一党支部')
  await page.getByRole('option', { name: '计算机研究生第一党支部' }).click()
  await form.getByRole('textbox', { name: '转接日期' }).fill('2099-01-01')
  await form.getByText(/不能晚于/).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await form.getByRole('textbox', { name: '转接日期' }).fill('2026-03-02')
  await form.getByLabel('原因（可不填）').fill('升学')
  await form.getByRole('button', { name: '转到该组织' }).click()
  await form.waitFor({ state: 'detached' })
  const moves = page.getByRole('list', { name: '所在组织的变动' })
  await expect.poll(() => moves.textContent()).toContain(`${person.organization.name} → 计算机研究生第一党支部`)
  await expect.poll(() => moves.textContent()).toContain('2026年3月2日升学')
})

test('a number is masked; seeing it whole asks for the purpose, is recorded, and the person sees by whom', async () => {
  await page.goto(`${site.origin}/people/${member.id}`)
  const masked = page.locator('dl > div').filter({ hasText: '联系电话' })
  await expect.poll(() => masked.textContent()).toMatch(/\d{3}\*{4,}\d+/)
  await masked.getByRole('button', { name: /^查看/ }).click()
  const form = page.getByRole('dialog')
  expect(await form.getByRole('button', { name: '查看', exact: true }).isDisabled()).toBe(true)
  await form.getByRole('button', { name: '联系本人' }).click()
  expect(await checkLooks(page)).toEqual({})
  await form.getByRole('button', { name: '查看', exact: true }).click()
  await masked.getByRole('button', { name: /^隐藏/ }).waitFor()
  await expect.poll(() => masked.textContent()).toMatch(/联系电话1\d{10}隐藏/)
  await masked.getByRole('button', { name: /^隐藏/ }).click()
  expect(await masked.textContent()).not.toMatch(/1\d{10}/)

  const own = await signedInAs(browser, site.origin, member.name, { viewport: { width: 1440, height: 900 } })
  await own.goto(`${site.origin}/my`)
  const readings = own.getByRole('list', { name: '谁查看过我的档案' }).getByRole('listitem')
  await expect.poll(() => readings.first().textContent()).toMatch(/查看了完整联系电话.*用途：联系本人/)
  expect(await checkLooks(own)).toEqual({})
  await own.context().close()
})

test('a person is printed without buttons and navigation', async () => {
  await page.goto(`${site.origin}/people/${member.id}`)
  await page.getByRole('heading', { level: 1, name: member.name }).waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('navigation').count()).toBe(0)
  expect(await page.locator('main').getByRole('button').count()).toBe(0)
  expect(await page.getByRole('region', { name: '身份信息' }).isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
})

test('the register on paper says what it is, of which unit and of which day; nothing on it can be pressed', async () => {
  await page.goto(`${site.origin}/people?q=${member.studentNumber}`)
  await page.getByRole('row', { name: new RegExp(member.studentNumber) }).waitFor()
  await page.emulateMedia({ media: 'print' })
  const article = page.locator('article')
  await article.getByRole('heading', { level: 1, name: '人员名册' }).waitFor()
  for (const text of ['单位：计算机学院党委', /^打印：.+，\d{4}年\d+月\d+日$/, '本表列出全部 1 条。']) {
    await article.getByText(text).waitFor()
  }
  const seen = await article.locator('button, input, a.mantine-Button-root').filter({ visible: true }).allTextContents()
  expect(seen).toEqual(['姓名', '学号（工号）', '所在组织'])
  await page.emulateMedia({ media: 'screen' })
})

function fail(): never {
  throw new Error('名册中没有要找的人员')
}
