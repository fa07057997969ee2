import { refused, type SendingOutcome } from '../sending-outcome.ts'
import { ask, heldToken } from './asking.ts'

/** A 公众号 whose draft box takes articles by its interface. */
export interface OfficialAccountSettings {
  /** Such as `https://api.weixin.qq.com`. */
  endpoint: string
  appId: string
  appSecret: string
}

/** A picture that goes with an article. */
export interface AccountPicture {
  name: string
  mediaType: 'image/jpeg' | 'image/png'
  bytes: Uint8Array<ArrayBuffer>
}

/** An article for the draft box. In `content` each picture stands as `zhibu-picture:` and its place in `pictures`, from 0. */
export interface AccountDraft {
  title: string
  author: string
  digest: string
  content: string
  cover: AccountPicture
  pictures: readonly AccountPicture[]
  /** Where the article stands on the site, for 阅读原文. */
  sourceUrl: string | null
}

/** What became of it: the number of the draft there, or why it is not there. */
export type DraftOutcome = { kind: 'drafted'; mediaId: string } | DraftFailure
export interface DraftFailure {
  /** `later`: nothing is there, and it may be tried again; `uncertain`: it may be there. */
  kind: 'later' | 'refused' | 'uncertain'
  why: string
}

export interface OfficialAccount {
  /**
   * Puts an article into the draft box, where a person looks at it and publishes. `beforeDraft` is called when everything else is there:
   * from then on nobody can say what became of it if the answer does not come.
   */
  draft(it: AccountDraft, beforeDraft: () => Promise<void>): Promise<DraftOutcome>
}

/** What stands in the content where the address of a picture belongs. */
export const picturePlace = (at: number): string => `zhibu-picture:${at}`

/**
 * The draft box of a 公众号, as published at https://developers.weixin.qq.com/doc/subscription/api/ (stable_token, media/uploadimg,
 * material/add_material, draft/add; looked at on 2026-11-29). Pictures of the text and the cover are brought there first.
 */
export function officialAccount({ endpoint, appId, appSecret }: OfficialAccountSettings): OfficialAccount {
  const token = heldToken(async () => {
    const wanted = { grant_type: 'client_credential', appid: appId, secret: appSecret }
    const asked = await ask(`${endpoint}/cgi-bin/stable_token`, wanted)
    if ('outcome' in asked) return asked
    const { errcode, access_token: granted, expires_in: seconds } = asked.answer
    if (typeof granted === 'string' && typeof seconds === 'number') return { token: granted, seconds }
    return { outcome: refused(whyOf(errcode, '公众号不接受开发者 ID 或密钥')) }
  })

  /** Asks with a key; where it is not taken any more, once again with a new one. */
  async function call(path: string, body: () => object, query: Record<string, string> = {}): Promise<Called> {
    for (let attempt = 0; attempt < 2; attempt++) {
      const current = await token.get()
      if (typeof current !== 'string') return { failed: failureOf(current.outcome) }
      const asked = await ask(
        `${endpoint}/cgi-bin/${path}?${new URLSearchParams({ access_token: current, ...query })}`,
        body(),
      )
      if ('outcome' in asked) return { failed: failureOf(asked.outcome) }
      const { errcode } = asked.answer
      if (errcode === undefined || errcode === 0) return asked
      if (!tokenOver.includes(Number(errcode)))
        return { failed: { kind: busy.includes(Number(errcode)) ? 'later' : 'refused', why: whyOf(errcode) } }
      token.forget(current)
    }
    return { failed: { kind: 'later', why: '公众号一再不接受刚取得的访问凭证' } }
  }

  async function draft(it: AccountDraft, beforeDraft: () => Promise<void>): Promise<DraftOutcome> {
    let { content } = it
    for (const [at, picture] of it.pictures.entries()) {
      const called = await call('media/uploadimg', () => formOf(picture))
      if ('failed' in called) return notDrafted(called.failed)
      const { url } = called.answer
      if (typeof url !== 'string') return { kind: 'refused', why: '公众号收下了图片，却没有给出地址' }
      content = content.replaceAll(`"${picturePlace(at)}"`, `"${url.replaceAll('"', '%22')}"`)
    }
    const cover = await call('material/add_material', () => formOf(it.cover), { type: 'image' })
    if ('failed' in cover) return notDrafted(cover.failed)
    await beforeDraft()
    const article = {
      ...{ article_type: 'news', title: it.title, author: it.author, digest: it.digest, content },
      ...(it.sourceUrl && { content_source_url: it.sourceUrl }),
      thumb_media_id: cover.answer.media_id,
      need_open_comment: 0,
      only_fans_can_comment: 0,
    }
    const drafted = await call('draft/add', () => ({ articles: [article] }))
    if ('failed' in drafted) return drafted.failed
    const { media_id: mediaId } = drafted.answer
    return typeof mediaId === 'string'
      ? { kind: 'drafted', mediaId }
      : { kind: 'uncertain', why: '公众号的应答无法读取' }
  }

  return { draft }
}

type Called = { answer: Readonly<Record<string, unknown>> } | { failed: DraftFailure }

const failureOf = (outcome: SendingOutcome): DraftFailure =>
  outcome.kind === 'sent' ? { kind: 'uncertain', why: '公众号没有应答' } : { kind: outcome.kind, why: outcome.why }

/** Before the draft itself is asked for, nothing is there that anybody could see. */
const notDrafted = ({ kind, why }: DraftFailure): DraftFailure => ({ kind: kind === 'refused' ? kind : 'later', why })

function formOf({ name, mediaType, bytes }: AccountPicture): FormData {
  const form = new FormData()
  form.set('media', new Blob([bytes], { type: mediaType }), name)
  return form
}

/** In Chinese, with the code, by which the operator finds it in the documents of the platform. */
const whyOf = (code: unknown, otherwise = '公众号拒绝了这篇稿件'): string =>
  `${reasons[Number(code)] ?? otherwise}（${Number(code) || '无错误码'}）`

const reasons: Readonly<Record<number, string>> = {
  [-1]: '公众号的系统繁忙',
  40001: '公众号不接受开发者 ID 或密钥',
  40007: '公众号没有找到封面素材',
  40009: '图片超过公众号的大小限制',
  40013: '公众号的开发者 ID 不正确',
  40125: '公众号的开发者密钥不正确',
  40164: '服务器的地址不在公众号的 IP 白名单中，请管理员在公众号后台添加',
  45003: '标题超过公众号的长度限制',
  45004: '摘要超过公众号的长度限制',
  45009: '公众号今天的接口调用次数已用完',
  45011: '公众号的接口调用太频繁',
  45110: '作者超过公众号的长度限制',
  48001: '这个公众号没有草稿箱接口的权限',
}

/** access_token 不正确、不合法、已过期 */
const tokenOver = [40001, 40014, 42001]
/** 系统繁忙、次数用完、太频繁 */
const busy = [-1, 45009, 45011]
