import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks, checkPage, isAskedBeforeLeaving, openPage } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import { demonstration } from './site.ts'

const { site, browser } = await demonstration()
const author = await signedInAs(browser, site.origin, '软件工程本科生第一党支部 宣传委员')
const secretary = await signedInAs(browser, site.origin, '软件工程本科生第一党支部 书记')
const publicity = await signedInAs(browser, site.origin, '宣传部')

const title = '支部走进社区讲解垃圾分类'
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** What is being written as the server has it, and its tag. */
async function stored(page: Page, id: string) {
  const answer = await page.request.get(`${site.origin}/api/publicity/articles/${id}`)
  return { view: await answer.json(), etag: answer.headers().etag ?? '' }
}

test('an article is written by one, changed by another meanwhile, reviewed and published, and stands on the site', async () => {
  await author.goto(`${site.origin}/publicity`)
  await author.getByRole('link', { name: '写稿件' }).first().click()
  await heading(author, '写稿件').waitFor()
  await author.getByRole('textbox', { name: '标题' }).fill(title)
  await author.getByRole('combobox', { name: '栏目' }).click()
  await author.getByRole('option', { name: '支部动态' }).click()
  await button(author, '开始写').click()
  await author.waitForURL(/\/write$/)
  const id = /publicity\/([0-9a-f-]{36})/.exec(author.url())?.[1] ?? ''
  await author.getByRole('textbox', { name: '正文' }).click()
  await author.keyboard.insertText('周末，支部党员到社区讲解垃圾分类。')
  await author.getByRole('radio', { name: '公开，谁都能看' }).check()
  expect(await isAskedBeforeLeaving(author)).toBe(true)
  await author.getByText(/^已自动保存 \d\d:\d\d$/).waitFor()
  expect(await isAskedBeforeLeaving(author)).toBe(false)
  expect(await checkLooks(author)).toEqual({})

  // Somebody else writes; what the author types afterwards neither replaces it nor is lost.
  const { view, etag } = await stored(secretary, id)
  const { section, isOpen, text } = view
  await secretary.request.put(`${site.origin}/api/publicity/articles/${id}`, {
    data: { sectionId: section.id, isOpen, text: { ...text, summary: '党员到社区讲解垃圾分类。' } },
    headers: { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin', 'if-match': etag },
  })
  await author.getByRole('textbox', { name: '正文' }).click()
  await author.keyboard.press('Control+End')
  await author.keyboard.insertText('居民提了不少问题。')
  await author.getByText(/在 \d\d:\d\d 保存了这篇稿件/).waitFor()
  expect(await checkPage(author)).toMatchObject({ accessibility: [], console: [], external: [] })
  await button(author, '对照两份').click()
  await author.getByRole('dialog').getByText('居民提了不少问题。').waitFor()
  expect(await checkLooks(author)).toEqual({})
  await button(author, '关闭').click()
  await button(author, '用我写的继续').click()
  await author.getByText(/^已自动保存 \d\d:\d\d$/).waitFor()
  expect((await stored(author, id)).view.text.summary).toBe('')
  const versions = await author.request.get(`${site.origin}/api/publicity/articles/${id}/versions`)
  expect((await versions.json()).items.map((it: { occasion: string }) => it.occasion)).toContain('handedOver')

  await button(author, '送审').click()
  const dialog = author.getByRole('dialog', { name: '送审' })
  await dialog.getByText('没有封面').waitFor()
  expect(await checkLooks(author)).toEqual({})
  await dialog.getByRole('button', { name: '送审' }).click()
  await heading(author, title).waitFor()
  await author.getByText('自己写的、自己修改过的，或者自己已经审核过的稿件，由其他同志审核。').waitFor()

  await publicity.goto(`${site.origin}/publicity?list=forMe`)
  await publicity.getByRole('link', { name: title }).click()
  await heading(publicity, title).waitFor()
  await publicity.getByText('还需要 1 人通过（来自上级党组织）。').waitFor()
  await button(publicity, '对第 1 段提意见').focus()
  await publicity.keyboard.press('Enter')
  await publicity.getByRole('textbox', { name: '意见' }).fill('请写明是哪个社区。')
  await button(publicity, '写下意见').click()
  await button(publicity, '已处理').click()
  await publicity.getByText(/标为已处理$/).waitFor()
  expect(await checkLooks(publicity)).toEqual({})
  await publicity.getByRole('radio', { name: '通过，可以发布' }).check()
  await button(publicity, '提交审核意见').click()
  await publicity.getByText('审核已经通过，等待发布').waitFor()
  await button(publicity, '发布').click()
  expect(await checkPage(publicity)).toMatchObject({ accessibility: [] })
  await publicity.getByRole('dialog').getByRole('button', { name: '现在发布' }).click()
  await publicity.getByText('已经发布').first().waitFor()
  const address = (await publicity.getByRole('link', { name: '在网站上查看' }).getAttribute('href')) ?? ''

  const visitor = await openPage(browser, site.origin)
  await visitor.goto(`${site.origin}${new URL(address).pathname}`)
  await heading(visitor, title).waitFor()
  await visitor.getByText('居民提了不少问题。').first().waitFor()
  await visitor.getByRole('link', { name: '登录' }).click()
  await visitor
    .getByRole('button', { name: /软件工程本科生第一党支部/ })
    .first()
    .click()
  await visitor.getByRole('link', { name: '进入工作台' }).waitFor()
  await heading(visitor, title).waitFor()

  await publicity.getByRole('link', { name: '公众号排版' }).click()
  await publicity.getByRole('region', { name: '手机上的样子' }).getByText('居民提了不少问题。').waitFor()
  await publicity.getByText(/^没有封面图。请选一张图/).waitFor()
  await publicity.getByText(/^本系统还没有接公众号/).waitFor()
  await button(publicity, '复制到公众号').click()
  await publicity.getByText('已经复制，连同图片').waitFor()
  expect(await checkLooks(publicity)).toEqual({})
})

test('what was typed without a connection neither counts as kept nor replaces what others have written since', async () => {
  const writer = await signedInAs(browser, site.origin, '软件工程本科生第一党支部 宣传委员')
  const [section] = (await (await writer.request.get(`${site.origin}/api/publicity/sections`)).json()).items
  const { organizationIds } = await (await writer.request.get(`${site.origin}/api/publicity/places`)).json()
  const headers = { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin' }
  const empty = {
    title: '雨中的志愿者',
    summary: '',
    cover: null,
    body: { type: 'doc', content: [{ type: 'paragraph' }] },
  }
  const text = { ...empty, byline: { author: '', source: '', photographer: '', editor: '' } }
  const data = { organizationId: organizationIds[0], sectionId: section.id, isOpen: false, text }
  const begun = await writer.request.post(`${site.origin}/api/publicity/articles`, { data, headers })
  const { id } = await begun.json()
  await writer.goto(`${site.origin}/publicity/${id}/write`)
  const summary = writer.getByRole('textbox', { name: '摘要' })
  await summary.waitFor()

  await writer.context().setOffline(true)
  await summary.fill('作者写的。')
  await button(writer, '存为版本').click()
  await writer.getByText('没有连上服务器，内容还在本页').waitFor()
  await writer.context().setOffline(false)
  await writer.getByText(/^已自动保存 \d\d:\d\d$/).waitFor()
  // The button says “已存为版本” only of what became one.
  await button(writer, '存为版本').waitFor()

  await writer.context().setOffline(true)
  await summary.fill('作者又写的。')
  await writer.getByText('没有连上服务器，内容还在本页').waitFor()
  const { etag } = await stored(publicity, id)
  await publicity.request.put(`${site.origin}/api/publicity/articles/${id}`, {
    data: { sectionId: section.id, isOpen: false, text: { ...text, summary: '别人写的。' } },
    headers: { ...headers, 'if-match': etag },
  })
  writer.once('dialog', (it) => void it.accept())
  await writer.context().setOffline(false)
  await writer.reload()
  await writer.getByText('上次没有存到服务器的内容还在').waitFor()
  await writer.getByText(/在 \d\d:\d\d 保存了这篇稿件/).waitFor()
  expect((await stored(writer, id)).view.text.summary).toBe('别人写的。')
  await button(writer, '用我写的继续').click()
  await writer.getByText(/^已自动保存 \d\d:\d\d$/).waitFor()
  expect((await stored(writer, id)).view.text.summary).toBe('作者又写的。')
})

test('the lists and the settings are well', async () => {
  for (const list of ['inReview', 'toPublish', 'published', 'settings']) {
    await publicity.goto(`${site.origin}/publicity?list=${list}`)
    await publicity.getByRole('list').first().waitFor()
    await publicity.waitForLoadState('networkidle')
    expect(await checkPage(publicity), list).toEqual({ accessibility: [], console: [], external: [] })
  }
  expect(await checkLooks(publicity)).toEqual({})
})
