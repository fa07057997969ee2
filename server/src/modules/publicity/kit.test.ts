import PizZip from 'pizzip'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { startOfficialAccount } from '../../../test/official-account.ts'
import { upload } from '../../../test/uploads.ts'
import { officialAccount } from '../../platform/messengers/official-account.ts'
import { nothingOutgoing } from '../../platform/outgoing.ts'
import type { Block } from '../../platform/rich-text/document-schema.ts'
import type { ArticleText, KitView } from './schema.ts'
import { wechatDrafts } from './tables.ts'
import { pushDraft } from './wechat-drafts.ts'

const there = await startOfficialAccount()
afterAll(there.stop)
const account = officialAccount(there.settings)

let app: TestApp
let secretary: Browser
let publicity: Browser
let student: Browser
let sectionId: string
let picture: string

beforeAll(async () => {
  app = await testApp({}, { outgoing: { ...nothingOutgoing, officialAccount: account } })
  secretary = await app.signedIn(app.accounts.secretary)
  publicity = await app.signedIn(app.accounts.publicity)
  student = await app.signedIn(app.accounts.applicant)
  sectionId = await madeBy(publicity, '/api/publicity/sections', { name: '支部动态', slug: 'branches' })
  const bytes = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#a3201c' } })
    .jpeg()
    .toBuffer()
  const uploadId = await upload(secretary, Uint8Array.from(bytes), '合影.jpg', 'media')
  const description = { altText: '合影', credit: '', showsPersons: 'nobody', consentNote: null, consentOn: null }
  picture = await madeBy(secretary, '/api/media/items', { uploadId, description })
})
beforeEach(() => {
  Object.assign(there.state, { drafts: [], pictures: [], covers: [], busy: 0, mute: 0 })
})

async function madeBy(by: Browser, path: string, body: object): Promise<string> {
  const answer = await by.post(path, body)
  expect([answer.status, await answer.clone().json()]).toEqual([201, { id: expect.any(String) }])
  return (await answer.json()).id
}

const pictureBlock = (): Block => ({
  type: 'picture',
  attrs: { mediaId: picture, alt: '合影', caption: '', width: 'full', crop: { x: 0, y: 0, width: 0.5, height: 0.5 } },
})
const text = (differs: Partial<ArticleText> = {}): ArticleText => ({
  title: '支部参观校史馆',
  summary: '一次主题党日',
  body: {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: '十一月二十日。' }] }, pictureBlock()],
  },
  byline: { author: '宣传部', source: '', photographer: '', editor: '' },
  cover: { mediaId: picture, alt: '合影', wide: null, square: null },
  ...differs,
})

const at = (id: string, rest = '') => `/api/publicity/articles/${id}${rest}`
const kit = async (by: Browser, id: string): Promise<KitView> => (await by.get(at(id, '/kit'))).json()

async function begun(differs: Partial<ArticleText> = {}): Promise<string> {
  const { id: organizationId } = app.build.branch
  return madeBy(secretary, '/api/publicity/articles', { organizationId, sectionId, isOpen: true, text: text(differs) })
}

async function approved(differs: Partial<ArticleText> = {}): Promise<string> {
  const id = await begun(differs)
  const etag = (await secretary.get(at(id))).headers.get('etag') ?? ''
  expect((await secretary.post(at(id, '/submission'), { correctionNote: null }, { 'if-match': etag })).status).toBe(204)
  const review = { version: 1, verdict: 'approved', opinion: '' }
  expect((await publicity.post(at(id, '/reviews'), review)).status).toBe(204)
  return id
}

/** The work that waits for the draft box, done as the queue does it. */
async function pushAll(contents = app.contents): Promise<void> {
  const { database, build, config } = app
  const rows = await build.look((db) => db.select().from(wechatDrafts))
  for (const { tenantId, id } of rows)
    await pushDraft({ database, contents, baseUrl: config.baseUrl, account }, { tenantId, draftId: id })
}

test('a draft is shown as it would look, with its covers, and goes nowhere', async () => {
  const id = await begun({ title: '长'.repeat(33), summary: '' })
  const shown = await kit(secretary, id)
  expect(shown).toMatchObject({
    ...{ author: '宣传部', digest: '', characters: 7, pictures: 1, isApproved: false, isConfigured: true, drafts: [] },
    can: { push: false },
  })
  expect(shown.checks.map((it) => [it.weight, it.code])).toEqual([
    ['must', 'title'],
    ['look', 'summary'],
  ])
  expect(shown.html).toContain('十一月二十日。')
  const sizes = []
  for (const address of [shown.covers?.wide, shown.covers?.square, /src="([^"]+)"/.exec(shown.html)?.[1]]) {
    const answer = await secretary.get((address ?? '').replaceAll('&amp;', '&'))
    const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
    sizes.push([answer.status, width, height])
  }
  expect(sizes).toEqual([
    [200, 900, 383],
    [200, 200, 200],
    [200, 600, 400],
  ])
  expect((await secretary.post(at(id, '/kit/drafts'))).status).toBe(403)
})

test('whoever may not see the article sees no kit, no packet, and pushes nothing', async () => {
  const id = await approved()
  const answers = [
    await student.get(at(id, '/kit')),
    await student.get(at(id, '/kit/packet.zip')),
    await student.post(at(id, '/kit/drafts')),
  ]
  expect(answers.map((it) => it.status)).toEqual([404, 404, 404])
})

test('the packet holds the article, its text, its pictures and both covers, and what to look at', async () => {
  const id = await approved()
  const answer = await secretary.get(at(id, '/kit/packet.zip'))
  const zip = new PizZip(Buffer.from(await answer.arrayBuffer()))
  expect(Object.keys(zip.files).sort()).toEqual(
    ['图片/01.jpg', '封面-200x200.jpg', '封面-900x383.jpg', '文字.txt', '文章.html', '核对.txt'].sort(),
  )
  expect(zip.file('文章.html')?.asText()).toContain('<img src="图片/01.jpg" alt="合影"')
  expect(zip.file('文字.txt')?.asText()).toBe('支部参观校史馆\r\n\r\n宣传部\r\n\r\n一次主题党日\r\n\r\n十一月二十日。')
  expect(zip.file('核对.txt')?.asText()).toMatch(/^没有需要改的地方。\r\n\r\n以上依据/)
})

test('an approved article goes into the draft box, once for each time that it is asked for', async () => {
  const id = await approved()
  expect((await kit(publicity, id)).can.push).toBe(true)
  expect((await publicity.post(at(id, '/kit/drafts'))).status).toBe(204)
  expect((await publicity.post(at(id, '/kit/drafts'))).status).toBe(409)
  await pushAll()
  await pushAll()
  expect(there.state.drafts.map((it) => [it.title, it.author, it.digest, it.thumb_media_id])).toEqual([
    ['支部参观校史馆', '宣传部', '一次主题党日', 'cover-1'],
  ])
  expect(there.state.drafts[0]?.content).toContain('<img src="https://mmbiz.qpic.cn/mmbiz/1?wx_fmt=jpeg" alt="合影"')
  expect(there.state.drafts[0]?.content_source_url).toBeUndefined()
  expect((await kit(publicity, id)).drafts).toEqual([
    { version: 1, askedByName: '陈书白', failure: null, askedAt: expect.any(String), state: 'there' },
  ])
})

test('where the answer did not come it is said that nobody knows, and it is not sent again', async () => {
  const id = await approved()
  there.state.mute = 1
  await publicity.post(at(id, '/kit/drafts'))
  await pushAll()
  await pushAll()
  expect(there.state.drafts).toHaveLength(1)
  expect((await kit(publicity, id)).drafts).toMatchObject([
    { state: 'failed', failure: expect.stringContaining('请到公众号后台的草稿箱查看') },
  ])
})

test('a process that was killed while it asked is not followed by another', async () => {
  const id = await approved()
  await publicity.post(at(id, '/kit/drafts'))
  await app.build.look((db) => db.update(wechatDrafts).set({ claimedAt: new Date() }))
  await pushAll()
  expect(there.state.drafts).toEqual([])
  expect((await kit(publicity, id)).drafts).toMatchObject([
    { state: 'failed', failure: '推送时服务器中断，可能已在草稿箱中，请到公众号后台查看' },
  ])
})

test('where the server fails it says so, and it may be asked for again; what was given up is not sent', async () => {
  const id = await approved()
  await publicity.post(at(id, '/kit/drafts'))
  const { store } = app.contents
  const gone = async () => {
    throw new Error('the disk is gone')
  }
  await expect(pushAll({ ...app.contents, store: { ...store, read: gone } })).rejects.toThrow('the disk is gone')
  await pushAll()
  const [told] = (await kit(publicity, id)).drafts
  expect([told?.state, told?.failure]).toEqual(['failed', expect.stringContaining('再推送一次')])

  expect((await publicity.post(at(id, '/kit/drafts'))).status).toBe(204)
  expect((await secretary.post(at(id, '/dropping'))).status).toBe(204)
  await pushAll()
  expect(there.state.drafts).toEqual([])
  expect((await kit(publicity, id)).drafts[0]).toMatchObject({ state: 'failed', failure: '稿件已放弃' })
})

test('what is too long for the 公众号 is not pushed, and says why', async () => {
  const id = await approved({ title: '长'.repeat(33) })
  const answer = await publicity.post(at(id, '/kit/drafts'))
  expect([answer.status, (await answer.json()).detail]).toEqual([409, '还不能推送：标题有 33 个字，公众号最多 32 个。'])
})
