import { afterAll, beforeEach, expect, test } from 'vitest'
import { startOfficialAccount } from '../../../test/official-account.ts'
import { type AccountDraft, type AccountPicture, officialAccount, picturePlace } from './official-account.ts'

const there = await startOfficialAccount()
afterAll(there.stop)
beforeEach(() => {
  Object.assign(there.state, { drafts: [], pictures: [], covers: [], busy: 0, mute: 0, isForeign: false })
  there.state.tokens.clear()
})

const picture = (bytes: number): AccountPicture => ({
  name: '01.jpg',
  mediaType: 'image/jpeg',
  bytes: new Uint8Array(bytes),
})
const draft: AccountDraft = {
  title: '支部开展主题党日',
  author: '学院党委',
  digest: '',
  content: `<p>正文</p><img src="${picturePlace(0)}" alt=""><img src="${picturePlace(1)}" alt="">`,
  cover: { name: '封面.png', mediaType: 'image/png', bytes: new Uint8Array(300) },
  pictures: [picture(10), picture(20)],
  sourceUrl: 'https://zhibu.test/site/articles/7',
}
const put = (change: Partial<AccountDraft> = {}, access = {}) =>
  officialAccount({ ...there.settings, ...access }).draft({ ...draft, ...change }, async () => undefined)

test('an article lies in the draft box, its pictures by the addresses that they were given there', async () => {
  expect(await put()).toEqual({ kind: 'drafted', mediaId: 'draft-1' })
  expect(there.state.drafts).toEqual([
    {
      article_type: 'news',
      title: '支部开展主题党日',
      author: '学院党委',
      digest: '',
      content:
        '<p>正文</p><img src="https://mmbiz.qpic.cn/mmbiz/1?wx_fmt=jpeg" alt=""><img src="https://mmbiz.qpic.cn/mmbiz/2?wx_fmt=jpeg" alt="">',
      content_source_url: 'https://zhibu.test/site/articles/7',
      thumb_media_id: 'cover-1',
      need_open_comment: 0,
      only_fans_can_comment: 0,
    },
  ])
  expect(there.state.pictures.map((it) => it.bytes)).toEqual([10, 20])
  expect(there.state.covers).toEqual([{ name: '封面.png', type: 'image/png', bytes: 300 }])
})

test.each([
  [
    'a title that is too long',
    { title: '长'.repeat(33) },
    {},
    { kind: 'refused', why: '标题超过公众号的长度限制（45003）' },
  ],
  ['a title that just fits', { title: '长'.repeat(32) }, {}, { kind: 'drafted', mediaId: 'draft-1' }],
  [
    'an author that is too long',
    { author: '长'.repeat(17) },
    {},
    { kind: 'refused', why: '作者超过公众号的长度限制（45110）' },
  ],
  [
    'a summary that is too long',
    { digest: '长'.repeat(129) },
    {},
    { kind: 'refused', why: '摘要超过公众号的长度限制（45004）' },
  ],
  [
    'a picture that is too large',
    { pictures: [picture(1024 * 1024)] },
    {},
    { kind: 'refused', why: '图片超过公众号的大小限制（40009）' },
  ],
  ['a wrong secret', {}, { appSecret: 'other' }, { kind: 'refused', why: '公众号的开发者密钥不正确（40125）' }],
] as const)('%s', async (_, change, access, outcome) => {
  expect(await put(change, access)).toEqual(outcome)
})

test.each([
  ['busy', { busy: 1 }, 'later'],
  ['an address that is not known there', { isForeign: true }, 'refused'],
  ['no answer to the draft', { mute: 1 }, 'uncertain'],
] as const)('%s: %j is told as %s', async (_, state, kind) => {
  Object.assign(there.state, state)
  expect((await put()).kind).toBe(kind)
})

test('a key that is not taken any more is asked for anew, once', async () => {
  const account = officialAccount(there.settings)
  await account.draft(draft, async () => undefined)
  there.state.tokens.clear()
  expect((await account.draft(draft, async () => undefined)).kind).toBe('drafted')
})

test('before the draft is asked for it is said so, and not where a picture was refused', async () => {
  let said = 0
  const account = officialAccount(there.settings)
  const say = async () => void said++
  await account.draft({ ...draft, pictures: [picture(1024 * 1024)] }, say)
  expect(said).toBe(0)
  await account.draft(draft, say)
  expect(said).toBe(1)
})

test('neither the secret nor the key stands in what is told', async () => {
  const told = JSON.stringify([
    await put({}, { appSecret: 'my-secret-word' }),
    await put({}, { endpoint: 'http://127.0.0.1:9' }),
  ])
  expect(told).not.toMatch(/my-secret-word|token-|127\.0\.0\.1/)
})
