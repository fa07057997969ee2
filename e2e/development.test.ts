import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks, checkPage, isAskedBeforeLeaving, looks } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import { demonstration } from './site.ts'

/** What an organiser and a department do with files, in a browser, on the demonstration. */

const well = { accessibility: [], console: [], external: [] }

const { site, browser } = await demonstration()

test('a desk shows what the reader has to do, and follows what the branches have to do when asked', async () => {
  const page = await organiser()
  await page.goto(`${site.origin}/`)
  const sides = page.getByRole('navigation', { name: '由谁办理' })
  const items = page.getByRole('list', { name: '待办事项' }).getByRole('listitem')
  const countOn = async (name: RegExp) =>
    Number(/\d[\d,]*/.exec((await sides.getByRole('link', { name }).textContent()) ?? '')?.[0].replaceAll(',', ''))
  await items.first().waitFor()
  expect(await sides.getByRole('link', { name: /^由我办理/ }).getAttribute('aria-current')).toBe('page')
  for (const text of await items.allTextContents()) expect(text).toContain('由上级党委办理')
  const counts = [await countOn(/^由我办理/), await countOn(/^由支部办理/), await countOn(/^全部/)]
  expect(counts[2]).toBeGreaterThanOrEqual((counts[0] ?? 0) + (counts[1] ?? 0))

  await sides.getByRole('link', { name: /^由支部办理 [\d,]+（逾期 \d+）/ }).click()
  await page.getByRole('button', { name: /已逾期$/ }).click()
  await page.waitForURL(/\?whose=branches&due=overdue$/)
  await expect.poll(async () => (await items.count()) - (await countOn(/^由支部办理/))).toBe(0)
  for (const text of await items.allTextContents()) expect(text).toMatch(/由(支部|本人|入党介绍人).*已逾期/s)
  expect(await checkLooks(page)).toEqual({})
  await page.reload()
  expect(await sides.getByRole('link', { name: /^由支部办理/ }).getAttribute('aria-current')).toBe('page')
  await page.context().close()
})

test('nobody records in the own file, whatever the office', async () => {
  const page = await organiser()
  const { account } = await (await page.request.get(`${site.origin}/api/accounts/session`)).json()
  await page.goto(`${site.origin}/development/${account.personId}?record=review`)
  await page.getByText('这是您本人的档案，由所在党支部或上级党组织的其他同志记录，您可以查看。').waitFor()
  expect(await page.getByRole('link', { name: /^(记录|补录|更正|划去|倒排计划)/ }).count()).toBe(0)
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.context().close()
})

test('what is overdue stands first, says why, and leads to the form of that act', async () => {
  const page = await organiser()
  await page.goto(`${site.origin}/?whose=all`)
  const first = page.getByRole('list', { name: '待办事项' }).getByRole('listitem').first()
  await first.getByText('为什么是这一天').click()
  await expect.poll(() => first.textContent()).toMatch(/《发展党员工作细则》（20\d\d年(修订)?）第\d+条/)
  const act = await first.locator('div > span').first().textContent()
  await first.getByRole('link', { name: /^办理/ }).click()
  await expect.poll(() => page.getByRole('dialog').getByRole('heading').first().textContent()).toBe(`记录：${act}`)
  expect(await checkPage(page)).toEqual(well)
  await page.context().close()
})

test('who may not record what is due is told so where it is seen', async () => {
  const page = await signedInAs(browser, site.origin, '党校', { viewport: looks[0].viewport })
  await page.goto(`${site.origin}/?whose=all&kind=review`)
  await page
    .getByRole('link', { name: /^查看.*的半年考察$/ })
    .first()
    .click()
  await page.getByRole('heading', { level: 2, name: '发展过程' }).waitFor()
  expect(await page.getByRole('link', { name: '记录半年考察' }).count()).toBe(0)
  await page.goto(`${page.url()}?record=review`)
  const note = page.getByText('“半年考察”由其他职务办理，您可以查看，不能记录。')
  await note.waitFor()
  expect((await note.boundingBox())?.y).toBeLessThan(looks[0].viewport.height / 2)
  await page.context().close()
})

test('who helps is led from an empty desk to the persons handed over', async () => {
  const page = await signedInAs(browser, site.origin, '协助人')
  await page.goto(`${site.origin}/`)
  await page.getByText('授权修改人员信息的，在“人员”中打开后点“修改信息”填写。').waitFor()
  await page.getByRole('link', { name: '查看授权您协助的人员' }).click()
  await page.getByText(/^共 6 条$/).waitFor()
  expect(await page.getByRole('link', { name: '看板' }).count()).toBe(0)
  expect(await checkPage(page)).toEqual(well)
  await page.getByRole('row').nth(1).click()
  await page.getByRole('link', { name: '记录事项' }).waitFor()
  await page.getByText('授权您协助的内容目前没有期限。').waitFor()
  await page.goto(`${new URL(page.url()).href}?record=applicantTalk`)
  await page.getByText('您协助填写的内容不包括“派人同入党申请人谈话”，请告诉所在党支部，由其记录。').waitFor()
  await page.goto(`${site.origin}/development/board`)
  await page.getByText('看板不包括授权您协助的人员').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('navigation').getByRole('link', { name: '系统' }).click()
  const received = page.getByRole('list', { name: '协助授权' }).getByRole('listitem')
  await expect.poll(() => received.first().textContent()).toMatch(/授权 .+：.*6 人.*至.*可填写：.*思想汇报/)
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})

test('a link out of a page that is out of date leads to what is recorded already, and to no second form of it', async () => {
  const page = await organiser()
  await openFileWith(page, 'recommendation')
  await page.goto(`${page.url()}?record=applicantTalk`)
  await page
    .getByText(/^“派人同入党申请人谈话”已经记录（20\d\d年\d+月\d+日），不用再记；有误的，请在“发展过程”中更正。$/)
    .waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})

test('an act is recorded, corrected against the rules only knowingly, and struck out', async () => {
  const page = await organiser()
  await openFileWith(page, 'applicantTalk')
  await page.getByRole('link', { name: '记录派人同入党申请人谈话' }).click()
  const form = page.getByRole('dialog')
  const today = await dayOf(page)
  await form.getByRole('textbox', { name: '日期', exact: true }).fill(today)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  expect([await form.isVisible(), await isAskedBeforeLeaving(page)]).toEqual([true, true])
  await form.getByRole('button', { name: '添加谈话人' }).click()
  const talker = form.getByRole('combobox', { name: '姓名' })
  expect(await talker.evaluate((it) => it === document.activeElement)).toBe(true)
  await talker.fill('沈知远')
  expect(await form.getByLabel('转为正式党员的日期').count()).toBe(0)
  await form.getByRole('button', { name: '记录', exact: true }).click()
  await form.waitFor({ state: 'detached' })
  const talk = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /派人同入党申请人谈话/ }) })
  await expect.poll(() => talk.first().textContent()).toContain('沈知远')
  expect(await isAskedBeforeLeaving(page)).toBe(false)
  await talk.getByRole('link', { name: /^更正/ }).click()
  await form.waitFor()
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'detached' })

  await talk.getByRole('link', { name: /^更正/ }).click()
  await form.getByRole('textbox', { name: '日期', exact: true }).fill('2014年6月1日')
  await form.getByLabel('更正原因').fill('原件上是这一天')
  const save = form.getByRole('button', { name: '仍按此记录' })
  expect(await save.isDisabled()).toBe(true)
  for (const box of await form.getByRole('checkbox', { name: /^情况属实/ }).all()) await box.check()
  expect(await save.isDisabled()).toBe(true)
  await form.getByLabel('为什么仍按此记录').fill('已与支部核对原件')
  expect(await checkPage(page)).toEqual(well)
  await save.click()
  await form.waitFor({ state: 'detached' })
  await expect.poll(() => talk.first().textContent()).toContain('与规定不一致，情况属实；原因：已与支部核对原件')
  await expect.poll(() => page.getByRole('list', { name: '更正记录' }).textContent()).toContain('更正为 2014年6月1日')

  await talk.getByRole('link', { name: /^划去/ }).click()
  await form.getByLabel('划去的原因').fill('误记到同名人员的档案')
  await form.getByRole('button', { name: '划去' }).click()
  await form.waitFor({ state: 'detached' })
  await expect.poll(() => page.getByRole('list', { name: '更正记录' }).textContent()).toContain('已划去')
  await page.context().close()
})

test('what was typed stays when somebody else has just changed the file, and can be sent again', async () => {
  const page = await organiser()
  await openFileWith(page, 'recommendation')
  const url = new URL(page.url())
  await page.goto(`${url.origin}${url.pathname}?record=recommendation`)
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: '日期', exact: true }).fill(await dayOf(page))
  const address = `${site.origin}/api/development/files/${url.pathname.split('/').at(-1)}`
  const etag = (await page.request.get(address)).headers().etag ?? ''
  await page.request.put(`${address}/plan`, {
    data: { target: { kind: 'admissionAssembly', by: '2028-06-30' } },
    headers: { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin', 'if-match': etag },
  })
  const save = form.getByRole('button', { name: /^(记录|仍按此记录)$/ })
  for (const box of await form.getByRole('checkbox', { name: /^情况属实/ }).all()) await box.check()
  await save.click()
  await form.getByText('他人刚刚修改了这条记录').waitFor()
  await expect.poll(() => form.getByRole('textbox', { name: '日期', exact: true }).inputValue()).toBe(await dayOf(page))
  await save.click()
  await form.waitFor({ state: 'detached' })
  await page.context().close()
})

test('what was typed stays when the session has ended, and is sent after signing in beside it', async () => {
  const page = await organiser()
  await openFileWith(page, 'applicantTalk')
  await page.getByRole('link', { name: '记录派人同入党申请人谈话' }).click()
  const form = page.getByRole('dialog')
  const today = await dayOf(page)
  await form.getByRole('textbox', { name: '日期', exact: true }).fill(today)
  const cookies = await page.context().cookies()
  await page.context().clearCookies()
  const save = form.getByRole('button', { name: /^(记录|仍按此记录)$/ })
  await save.click()
  await form.getByRole('alert').getByRole('link', { name: '在新标签页登录' }).waitFor()
  await expect.poll(() => form.getByRole('textbox', { name: '日期', exact: true }).inputValue()).toBe(today)
  expect(await checkLooks(page)).toEqual({})
  await page.context().addCookies(cookies)
  await save.click()
  await form.waitFor({ state: 'detached' })
  await page.context().close()
})

test('the second of two people who correct an act keeps what was typed and is told who was first', async () => {
  const page = await organiser()
  await openFileWith(page, 'recommendation')
  await page.getByRole('link', { name: '更正派人同入党申请人谈话' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('更正原因').fill('原件上有谈话人签名')
  await form.getByRole('button', { name: '更正', exact: true }).click()
  await form.getByText('填写的内容与原来的记录相同').waitFor()
  await form.getByRole('button', { name: '添加谈话人' }).click()
  await form.getByRole('combobox', { name: '姓名' }).last().fill('沈知远')
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const address = `${site.origin}/api/development/files/${id}`
  const read = await page.request.get(address)
  const talk = (await read.json()).acts.find((it: { act: { kind: string } }) => it.act.kind === 'applicantTalk')
  const { id: actId, ...act } = talk.act
  const first = await page.request.post(`${address}/acts/${actId}/corrections`, {
    data: { act: { ...act, reason: '补谈' }, reason: '漏写说明' },
    headers: { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin', 'if-match': read.headers().etag ?? '' },
  })
  expect(first.ok()).toBe(true)
  await form.getByRole('button', { name: '更正', exact: true }).click()
  await form.getByText('他人刚刚修改了这条记录').waitFor()
  await form.getByText(/→ 日期未变，其他内容有改动$/).waitFor()
  await expect.poll(() => form.getByLabel('更正原因').inputValue()).toBe('原件上有谈话人签名')
  expect(await checkLooks(page)).toEqual({})
  await form.getByRole('button', { name: '更正', exact: true }).click()
  await form.waitFor({ state: 'detached' })
  const { acts } = await (await page.request.get(address)).json()
  const talks = acts.filter((it: { act: { kind: string } }) => it.act.kind === 'applicantTalk')
  expect(talks.at(-1)).toMatchObject({ act: { reason: '补谈', talkers: [...act.talkers, { name: '沈知远' }] } })
  expect(talks.map((it: { correctedBy?: { reason: string } }) => it.correctedBy?.reason)).toEqual([
    '漏写说明',
    '原件上有谈话人签名',
    undefined,
  ])
  await page.context().close()
})

test('a plan works back from a day to what has to be done when, and is kept', async () => {
  const page = await organiser()
  await openFileWith(page, 'review')
  await page.getByRole('link', { name: '倒排计划' }).click()
  await page.getByLabel('最迟日期').fill('2030-06-30')
  const meetings = page.getByRole('group', { name: '支部党员大会召开日期' })
  await meetings.getByRole('button', { name: '填入' }).click()
  await page.getByText('2030年6月30日以前可以完成').waitFor()
  expect(await checkPage(page)).toEqual(well)
  await page.getByRole('button', { name: '保存计划条件' }).click()
  await page.getByRole('button', { name: '条件已保存' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: '条件已保存' }).waitFor()
  await page.getByLabel('最迟日期').fill('2026-12-01')
  await page.getByText(/不能完成：卡在/).waitFor()
  await page.context().close()
})

test('the list is searched and filtered in the address, and saved as a table', async () => {
  const page = await organiser()
  await page.goto(`${site.origin}/development?stage=prospect&sort=name`)
  const total = Number(/共 (\d+) 条/.exec((await page.getByText(/^共 \d+ 条$/).textContent()) ?? '')?.[1])
  await expect.poll(() => page.getByRole('row').count()).toBe(Math.min(total, 50) + 1)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出表格' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^发展党员名册20\d\d-\d\d-\d\d\.xlsx$/)
  await page.getByRole('searchbox').fill('查无此人')
  await page.getByText('没有符合条件的档案').waitFor()
  expect(new URL(page.url()).searchParams.get('q')).toBe('查无此人')
  await page.context().close()
})

test('a batch is checked, one sheet a person, and a second run tells what has changed', async () => {
  const page = await organiser()
  await page.goto(`${site.origin}/development/batches`)
  await page.getByRole('button', { name: '新建预审批次' }).first().click()
  await page.getByLabel('批次名称').fill('下半年拟接收预备党员')
  await page.getByRole('combobox', { name: '阶段' }).click()
  await page.getByRole('option', { name: '发展对象' }).click()
  await page.getByRole('button', { name: '开始预审' }).click()
  await page.getByRole('heading', { level: 1, name: '下半年拟接收预备党员' }).waitFor()
  const sheets = page.getByRole('region', { name: /的预审表$/ })
  const count = Number(/共 (\d+) 人/.exec((await page.locator('h1 + p').textContent()) ?? '')?.[1])
  await expect.poll(() => sheets.count()).toBe(count)
  await page.getByRole('heading', { name: '发展党员材料预审汇总表' }).waitFor()
  await page.getByText('下半年拟接收预备党员 · 第 1 次预审').first().waitFor()
  await expect.poll(() => sheets.first().textContent()).toContain('工作参考，不代替组织审核')
  const number = /学号（工号）(\d+)/.exec((await sheets.first().textContent()) ?? '')?.[1] ?? '没有学号'
  await expect.poll(() => page.getByRole('table').first().getByRole('row').nth(1).textContent()).toContain(number)
  expect(await checkLooks(page)).toEqual({})
  const pdf = await page.pdf({ preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(count + 1)

  await page.getByRole('button', { name: '重新预审' }).click()
  await page.getByText('第 2 次预审', { exact: false }).first().waitFor()
  await page.getByText('与上次相比没有变化。').waitFor()
  await expect.poll(() => sheets.first().textContent()).toContain('与上次预审相比没有变化')
  await page.context().close()
})

test('all sheets of a large batch are printed, and the summary leads to each of them', async () => {
  const page = await organiser()
  await page.goto(`${site.origin}/development/batches`)
  await page.getByRole('button', { name: '新建预审批次' }).first().click()
  await page.getByLabel('批次名称').fill('全部入党申请人')
  await page.getByRole('combobox', { name: '阶段' }).click()
  await page.getByRole('option', { name: '入党申请人' }).click()
  await page.getByRole('button', { name: '开始预审' }).click()
  await page.getByText('已显示 50 人').waitFor()
  const sheets = page.getByRole('region', { name: /的预审表$/ })
  const count = Number(/共 (\d+) 人/.exec((await page.locator('h1 + p').textContent()) ?? '')?.[1])
  expect([await sheets.count(), count > 50]).toEqual([50, true])
  const pdf = await page.pdf({ preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(count + 1)
  await expect.poll(() => sheets.count()).toBe(50)
  await page.getByRole('table').first().getByRole('link').last().click()
  await expect.poll(() => sheets.count()).toBe(count)
  await page.context().close()
})

test('the counts of a stage on the board lead to the list of just these files', async () => {
  const page = await organiser()
  await page.goto(`${site.origin}/development/board`)
  const stage = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: /^入党积极分子/ }) })
  const doubtful = stage.getByRole('link', { name: /^有疑点/ })
  const count = Number(/有疑点 (\d+) 人/.exec((await doubtful.textContent()) ?? '')?.[1])
  await doubtful.click()
  await page.getByText(`共 ${count} 条`, { exact: true }).waitFor()
  expect(new URL(page.url()).search).toBe('?stage=activist&only=findings')
  await page.context().close()
})

test('a discipline, a signature and who was present are recorded under 更多 and found to contradict', async () => {
  const page = await organiser()
  await openFileWith(page, 'admissionTalk')
  const form = page.getByRole('dialog')
  const act = (name: RegExp) =>
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name }) })
      .first()
  await act(/确定入党介绍人/)
    .getByRole('link', { name: /^更正/ })
    .click()
  await form.getByText('受处分情况').first().click()
  await form.getByRole('combobox', { name: '处分', exact: true }).first().click()
  await page.getByRole('option', { name: '留党察看' }).click()
  await form.getByText('请填写处分开始日期。').waitFor()
  await form.getByLabel('处分开始日期').first().fill('2024-01-01')
  await form.getByText('受留党察看处分、尚未恢复权利').waitFor()
  await form.getByText('更多：').click()
  await form.getByRole('button', { name: '添加一个签名' }).click()
  await form.getByRole('combobox', { name: '签名人' }).fill('沈知远')
  await form.getByText('“签名日期”还没有填全').waitFor()
  await form.getByRole('textbox', { name: '签名日期' }).fill('2026-08-02')
  await form.getByText('签名日期2026年8月2日是星期日').waitFor()
  expect(await checkPage(page)).toEqual(well)
  await form.getByRole('button', { name: '取消' }).click()

  await act(/支部党员大会讨论接收预备党员/)
    .getByRole('link', { name: /^更正/ })
    .click()
  await form.getByText('更多：').click()
  await form.getByRole('button', { name: '添加到会有表决权的党员' }).click()
  await form.getByRole('combobox', { name: '姓名' }).fill('沈知远')
  await form.getByLabel('转出组织关系的日期').fill('2020-01-01')
  await form.getByText('不应计入有表决权的到会党员').waitFor()
  await page.context().close()
})

test('the rule pages say which days each edition covers and what is still to be verified', async () => {
  const page = await organiser()
  await page.goto(`${site.origin}/rules`)
  await page.getByText('适用于2026年5月10日以前办理的事项').waitFor()
  await expect.poll(() => page.getByText('对照公开转载的文本').count()).toBe(1)
  const article = page.locator('#article-19')
  await expect.poll(() => article.textContent()).toContain('预审合格后召开大会的期限（月）没有规定（待核实）')
  await page.context().close()
})

test('the department settles what is stricter, and cannot settle what is looser', async () => {
  const page = await signedInAs(browser, site.origin, '组织部')
  await page.goto(`${site.origin}/rules/practice`)
  const days = page.getByLabel('本校：发展对象公示时间（工作日）')
  await days.fill('3')
  await page.getByText('以下各项不能保存').waitFor()
  expect(await page.getByRole('button', { name: '保存本校规定' }).isDisabled()).toBe(true)
  await days.fill('7')
  await page.getByRole('button', { name: '保存本校规定' }).click()
  await page.reload()
  await expect.poll(() => days.inputValue()).toBe('7')

  await page.goto(`${site.origin}/rules/calendar?year=2027`)
  await page.getByText('2027年的放假安排尚未收录').waitFor()
  await page.getByLabel('节日名称').fill('元旦')
  await page.getByLabel('来源').fill('试填')
  await page.getByRole('button', { name: '2027年1月1日，工作日' }).click()
  await page.getByRole('button', { name: '保存 2027 年' }).click()
  await page.getByText('本校设置，来源：试填').waitFor()
  expect(await checkPage(page)).toEqual(well)
  await page.context().close()
})

test('settings typed while somebody else saved are refused, and stay when the reader has been in another window', async () => {
  const [first, second] = await Promise.all([1, 2].map(() => signedInAs(browser, site.origin, '组织部')))
  if (!first || !second) throw new Error('no pages')
  const save = (page: Page) => page.getByRole('button', { name: /^保存/ }).click()
  const forms = [
    { path: '/rules/practice', box: '思想汇报间隔（月）', typed: '3', theirs: '4' },
    { path: '/rules/calendar?year=2028', box: '来源', typed: '第二份通知', theirs: '第一份通知' },
  ]
  for (const { path, box, typed, theirs } of forms) {
    for (const [page, text] of [[first, theirs] as const, [second, typed] as const]) {
      await page.goto(`${site.origin}${path}`)
      await page.getByLabel(box).fill(text)
      if (box === '来源') await page.getByRole('button', { name: '2028年1月3日，工作日' }).click()
    }
    expect(await isAskedBeforeLeaving(second), path).toBe(true)
    await save(first)
    await expect.poll(() => isAskedBeforeLeaving(first), { message: path }).toBe(false)
    await save(second)
    const refusal = second.getByRole('alert').filter({ hasText: '刚刚有人修改过，这次没有保存' })
    await refusal.waitFor()

    await second.clock.setFixedTime(Date.now() + 60_000)
    await second.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
    await second.waitForTimeout(500)
    expect(await second.getByLabel(box).inputValue(), path).toBe(typed)
    expect(await refusal.count(), path).toBe(1)
    expect(await checkLooks(second), path).toEqual({})

    await second.reload()
    await expect.poll(() => second.getByLabel(box).inputValue(), { message: path }).toBe(theirs)
  }
  for (const page of [first, second]) await page.context().close()
})

test('no page has an accessibility finding or is too wide, however it is looked at', async () => {
  const page = await signedInAs(browser, site.origin, '学院党委 组织员', { viewport: looks[0].viewport })
  await openFileWith(page, 'admissionApproval')
  const complaints: Record<string, unknown> = {}
  for (const path of [new URL(page.url()).pathname, ...pages]) {
    await page.goto(`${site.origin}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
    const found = await checkLooks(page)
    if (Object.keys(found).length > 0) complaints[path] = found
  }
  expect(complaints).toEqual({})
  await page.context().close()
})
const pages = [
  '/',
  '/development',
  '/development/board',
  '/development/batches',
  '/rules',
  '/rules/sources',
  '/rules/filing',
  '/rules/practice',
  '/rules/calendar',
]

const organiser = (): Promise<Page> => signedInAs(browser, site.origin, '学院党委 组织员')

/** Opens the file whose next act is of this kind and has the most time left. */
async function openFileWith(page: Page, next: string): Promise<void> {
  await page.goto(`${site.origin}/development?next=${next}&sort=-due`)
  await page.locator('[data-row-link], ul[aria-label=发展档案] a').first().click()
  await page.waitForURL(/\/development\/[0-9a-f-]{36}/)
  await page.getByRole('heading', { level: 2, name: '发展过程' }).waitFor()
}

/** The day of the server. */
async function dayOf(page: Page): Promise<string> {
  const { today } = await (await page.request.get(`${site.origin}/api/accounts/entrance`)).json()
  return today
}
