import { expect, test } from 'vitest'
import { checkLooks } from './browser.ts'
import { demoPerson, secretaryAndStudent, secretaryTitle } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const title = '活动室周末能不能开门'

const { site, browser, open } = await demonstration()
const { secretary, student } = await secretaryAndStudent(browser, site.origin)
const secretaryName = (await demoPerson(secretary, site.origin, secretaryTitle)).name

test('a suggestion is written on a phone, answered and quoted; what is written under protection says beforehand what is kept', async () => {
  await open(student, '/discussion/new?kind=suggestion')
  await heading(student, '发起话题')
  await student.getByRole('textbox', { name: '标题' }).fill(title)
  await student.locator('[contenteditable=true]').click()
  await student.keyboard.type('@')
  const naming = student.getByRole('dialog', { name: '提及' })
  await naming.getByLabel('姓名').fill(secretaryName)
  await naming.getByRole('button', { name: `提及 ${secretaryName}` }).click()
  await student.locator('[contenteditable=true]').getByText(`@${secretaryName}`).waitFor()
  await student.keyboard.type('周末想在活动室一起学习。')
  await isWell(student)
  await button(student, '发表').click()
  await heading(student, title)
  await student.getByText(`@${secretaryName} 周末想在活动室一起学习。`).waitFor()
  await student.getByText(/^还有 \d+ 天$/).waitFor()
  await isWell(student)
  const address = new URL(student.url()).pathname

  await open(secretary, '/discussion?list=answers')
  await secretary.getByRole('link', { name: title }).click()
  await heading(secretary, title)
  await button(secretary, '约定答复日期').click()
  const promising = secretary.getByRole('dialog', { name: '约定答复日期' })
  await promising.getByLabel('答复日期').fill('2099-12-31')
  await promising.getByText('比规定的答复期限晚').waitFor()
  await promising.getByRole('textbox', { name: '给作者的话' }).fill('需要同后勤商量。')
  await promising.getByRole('button', { name: '约定', exact: true }).click()
  await secretary
    .getByRole('list', { name: '办理过程' })
    .getByText(/^答复日期改为 2099年12月31日（原 \d+年\d+月\d+日）$/)
    .waitFor()
  await button(secretary, '采纳').click()
  const dialog = secretary.getByRole('dialog', { name: '采纳' })
  await dialog.getByRole('textbox', { name: '给作者的话' }).fill('采纳。周六上午开始试行。')
  // Somebody else is quicker: what was typed stays, what they changed is told, and pressing again works.
  const headers = { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin' }
  const read = await student.request.get(`${site.origin}/api${address}`)
  const renamed = { data: { title: `${title}？` }, headers: { ...headers, 'if-match': read.headers().etag ?? '' } }
  expect((await student.request.put(`${site.origin}/api${address}/title`, renamed)).status()).toBe(204)
  const accept = dialog.getByRole('button', { name: '采纳', exact: true })
  await accept.click()
  await dialog.getByText(`标题：${title} → ${title}？`).waitFor()
  expect(await dialog.getByRole('textbox', { name: '给作者的话' }).inputValue()).toBe('采纳。周六上午开始试行。')
  await accept.click()
  await secretary.getByRole('list', { name: '办理过程' }).getByText('已采纳').waitFor()
  await button(secretary, '引用第 1 条').click()
  // The form stands at the end of the page: it comes before the eyes, and what is typed goes into it.
  await secretary.locator('[contenteditable=true]:focus').waitFor()
  await secretary.keyboard.type('钥匙在支部活动室门口的值班同学处。')
  await button(secretary, '发表回复').click()
  await secretary
    .getByRole('list', { name: '发言' })
    .getByText(`（第 1 条）：@${secretaryName} 周末想在活动室一起学习。`)
    .waitFor()
  expect(await checkLooks(secretary)).toEqual({})

  const body = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '再补充一点。' }] }] }
  for (let seq = 5; seq <= 30; seq++)
    await student.request.post(`${site.origin}/api${address}/posts`, { data: { body }, headers })
  await open(secretary, `${address}?post=1`)
  await secretary.locator('#post-30').waitFor()
  await button(secretary, '回复').click()
  await secretary.locator('[contenteditable=true]:focus').waitFor()
  await secretary.keyboard.type('都记下了，谢谢。')
  await button(secretary, '发表回复').click()
  await secretary.locator('#post-31').getByText('都记下了，谢谢。').waitFor()
  await open(secretary, address)
  await button(secretary, '回复').click()
  await secretary.locator('[contenteditable=true]').click()
  await secretary.keyboard.type('下周一汇总。')
  await button(secretary, '发表回复').click()
  await secretary.locator('#post-32').waitFor()
  // What one has written oneself is no news.
  expect(await secretary.getByText('以下没看过').count()).toBe(0)

  await button(secretary, '改标题').click()
  const retitling = secretary.getByRole('dialog', { name: '改标题' })
  await retitling.getByRole('textbox', { name: '标题' }).fill('活动室周六能不能开门')
  await retitling.getByRole('textbox', { name: '修改原因' }).fill('只说周六')
  await retitling.getByRole('button', { name: '保存标题' }).click()
  await heading(secretary, '活动室周六能不能开门')

  await open(student, '/discussion?list=concerning')
  await student.getByRole('list', { name: '与我有关' }).getByText('活动室周六能不能开门').waitFor()
  await isWell(student)
  await open(student, address)
  await student.getByText('以下没看过').waitFor()
  await button(student, '标题改过 2 次，查看修改记录').click()
  await student.getByRole('list', { name: '标题的修改记录' }).getByText(`${title}？`).waitFor()
  await student.getByText('原因：只说周六').waitFor()
  // In the own topic as well, what others have written may be pointed out.
  await button(student, '举报第 32 条').click()
  const reporting = student.getByRole('dialog', { name: '举报这条发言' })
  await reporting.getByRole('textbox', { name: '举报理由' }).fill('写了别人的电话')
  await reporting.getByRole('button', { name: '举报', exact: true }).click()
  await student.locator('#post-32').getByText('您已举报，等待管理人员处理。').waitFor()
  expect(await button(student, '举报第 32 条').count()).toBe(0)
  await isWell(student)
  await open(student, `${address}?post=1`)
  await button(student, '修改第 1 条').click()
  await student.locator('[contenteditable=true]').click()
  await student.keyboard.press('End')
  await student.keyboard.type('最好有热水。')
  await button(student, '保存修改').click()
  await button(student, '改过，查看修改记录').click()
  await student.getByRole('dialog').getByText(`@${secretaryName} 周末想在活动室一起学习。`).waitFor()
  await isWell(student)

  await open(student, '/discussion/new?kind=complaint')
  await student.waitForLoadState('networkidle')
  const asked: string[] = []
  student.on('request', (it) => {
    const { pathname } = new URL(it.url())
    if (/^\/api\/(discussion|organization)/.test(pathname)) asked.push(pathname)
  })
  await student.getByRole('radio', { name: '隐去身份提交' }).check()
  await student.getByRole('region', { name: '隐去身份是怎么回事' }).getByText('共同同意').waitFor()
  await isWell(student)
  await student.getByRole('textbox', { name: '标题' }).fill('材料要重复抄写三遍')
  await student.getByRole('textbox', { name: '正文' }).fill('同一份材料要抄写三遍，希望减少。')
  await student.getByRole('checkbox').check()
  // Nothing that would stand in a log at this moment tells that somebody writes under protection.
  expect(asked).toEqual([])
  await button(student, '隐去身份提交').click()
  const own = student.getByRole('list', { name: '隐去身份提交的' })
  await own.getByText('材料要重复抄写三遍').waitFor()
  await own.getByText('等待次日转交').waitFor()
  await own.getByText('没有人申请查看身份').waitFor()
  expect(asked[0]).toBe('/api/discussion/protected')
  await isWell(student)
})
