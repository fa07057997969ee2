import { expect, test } from 'vitest'
import { checkLooks } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import { demonstration } from './site.ts'

/** The tree of organisations and the page of a branch in a browser, as the organisation department, on the demonstration. */

const { site, browser } = await demonstration()
const page = await signedInAs(browser, site.origin, '委员会 组织部', { viewport: { width: 1440, height: 900 } })

test('the tree is opened and searched by keyboard and by initials, and marks the terms that end', async () => {
  await page.goto(`${site.origin}/organization`)
  const tree = page.getByRole('tree', { name: '组织架构' })
  await tree.getByRole('treeitem', { name: /^计算机学院党委/ }).focus()
  await page.keyboard.press('ArrowRight')
  await tree.getByRole('treeitem', { name: /^软件工程本科生第一党支部/ }).waitFor()
  const expiring = page.getByRole('list', { name: '临近换届和超期未换届的组织' })
  await expect
    .poll(() => expiring.getByRole('listitem').first().textContent())
    .toMatch(/(超期未换届|应请示换届|任期将满)\s*最迟 20\d\d年\d+月\d+日.*《支部工作条例》第/)
  expect(await checkLooks(page)).toEqual({})

  await page.getByPlaceholder('按名称、拼音首字母查找').fill('rjgc')
  await tree.getByRole('treeitem', { name: /^人工智能/ }).waitFor({ state: 'detached' })
  await tree.getByRole('treeitem', { name: /^软件工程本科生第一党支部/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: '软件工程本科生第一党支部' }).waitFor()
})

test('the page of a branch shows who leads it, until when, and where its people stand', async () => {
  await openOrganization('软件工程本科生第一党支部')
  await page.getByRole('list', { name: '现任职务' }).getByText('纪检委员').waitFor()
  const term = page.getByRole('region', { name: '任期和换届' })
  await term.getByText('为什么是这一天').first().click()
  await expect.poll(() => term.textContent()).toMatch(/《支部工作条例》第/)
  await page.getByRole('region', { name: '发展党员' }).getByText('入党申请人').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('link', { name: '查看人员名册' }).click()
  await page.getByRole('table', { name: '人员名册' }).waitFor()
})

test('a branch is set up below a college, and renamed', async () => {
  await openOrganization('计算机学院党委')
  await page.getByRole('button', { name: '新设下级组织' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('combobox', { name: '组织类别' }).click()
  await page.getByRole('option', { name: '党支部', exact: true }).click()
  await form.getByRole('combobox', { name: '支部类型（可不填）' }).click()
  await page.getByRole('option', { name: '研究生' }).click()
  await form.getByRole('textbox', { name: '名称' }).fill('网络空间安全研究生党支部')
  await form.getByRole('textbox', { name: '成立日期（可不填）' }).fill('2026-03-01')
  expect(await checkLooks(page)).toEqual({})
  await form.getByRole('button', { name: '新设组织' }).click()
  await page.getByRole('heading', { level: 1, name: '网络空间安全研究生党支部' }).waitFor()
  await page.getByText('还没有登记任期').waitFor()
  expect(await checkLooks(page)).toEqual({})

  await page.getByRole('button', { name: '修改信息' }).click()
  await form.getByRole('textbox', { name: '名称' }).fill('网络空间安全研究生第一党支部')
  await form.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { level: 1, name: '网络空间安全研究生第一党支部' }).waitFor()
})

test('an election begins a term, somebody takes office and leaves it again', async () => {
  await page.getByRole('button', { name: '登记换届' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: '选举日期' }).fill('2026-03-10')
  expect(await checkLooks(page)).toEqual({})
  await form.getByRole('button', { name: '登记换届' }).click()
  const term = page.getByRole('list', { name: '本届任期' })
  await term.getByText('2026年3月10日').first().waitFor()
  await expect.poll(() => term.textContent()).toContain('任期内')

  const { items } = await (await page.request.get(`${site.origin}/api/people?kind=postgraduate&limit=1`)).json()
  const [{ name, studentNumber }] = items
  await page.getByRole('button', { name: '登记任职' }).click()
  await form.getByRole('combobox', { name: '人员' }).fill(studentNumber)
  await page.getByRole('option', { name: new RegExp(studentNumber) }).click()
  await form.getByRole('combobox', { name: '职务' }).click()
  await page.getByRole('option', { name: '书记', exact: true }).click()
  await form.getByRole('textbox', { name: '任职日期' }).fill('2026-03-10')
  expect(await checkLooks(page)).toEqual({})
  await form.getByRole('button', { name: '登记任职' }).click()
  const officers = page.getByRole('list', { name: '现任职务' })
  await officers.getByText(`书记　${name}`).waitFor()

  await officers.getByRole('button', { name: '登记离任' }).click()
  await form.getByRole('textbox', { name: '离任日期' }).fill('2026-05-01')
  await form.getByLabel('离任原因（可不填）').fill('工作调动')
  await form.getByRole('button', { name: '登记离任' }).click()
  await page.getByText('还没有登记任职').waitFor()
  await page.getByText('历任（1）').click()
  await expect.poll(() => page.getByRole('list', { name: '历任职务' }).textContent()).toContain('离任原因：工作调动')
})

test('a branch is dissolved when nobody is left in it, and not before', async () => {
  const form = page.getByRole('dialog')
  await page.getByRole('button', { name: '撤销组织' }).click()
  await form.getByRole('textbox', { name: '撤销日期' }).fill('2026-06-30')
  await form.getByLabel('撤销原因').fill('支部合并')
  await form.getByRole('button', { name: '撤销组织' }).click()
  await page.getByText('党支部 · 研究生支部 · 已撤销').waitFor()
  expect(await page.getByRole('button', { name: '撤销组织' }).count()).toBe(0)
  expect(await checkLooks(page)).toEqual({})

  await openOrganization('软件工程本科生第一党支部')
  await page.getByRole('button', { name: '撤销组织' }).click()
  await form.getByRole('textbox', { name: '撤销日期' }).fill('2026-06-30')
  await form.getByLabel('撤销原因').fill('支部合并')
  await form.getByRole('button', { name: '撤销组织' }).click()
  await form.getByText(/请先.*(转出|撤销下级组织)，再办理撤销/).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await form.getByRole('button', { name: '取消' }).click()
})

test('a branch secretary sees the tree, and changes nothing in it', async () => {
  const secretary = await signedInAs(browser, site.origin, '本科生第一党支部 书记')
  await secretary.goto(new URL(page.url()).href)
  await secretary.getByRole('heading', { level: 1 }).waitFor()
  await secretary.getByRole('list', { name: '现任职务' }).waitFor()
  for (const name of ['新设下级组织', '修改信息', '撤销组织', '登记任职', '登记换届']) {
    expect(await secretary.getByRole('button', { name }).count(), name).toBe(0)
  }
  expect(await checkLooks(secretary)).toEqual({})
  await secretary.context().close()
})

/** Opens the page of an organisation through the tree. */
async function openOrganization(name: string): Promise<void> {
  await page.goto(`${site.origin}/organization`)
  await page.getByPlaceholder('按名称、拼音首字母查找').fill(name)
  await page.getByRole('treeitem', { name: new RegExp(`^${name}`) }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}
