import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'

/**
 * The interface of a 公众号 as far as we ask it, written from its published formats (developers.weixin.qq.com/doc/subscription/api:
 * stable_token, media/uploadimg, material/add_material, draft/add, 全局错误码). What does not fit is refused as there, and pictures
 * that were not brought there first are thrown out of the content.
 */
export async function startOfficialAccount() {
  const state = {
    /** Articles in the draft box, as they were taken. */
    drafts: [] as z.infer<typeof draftArticle>[],
    pictures: [] as { name: string; type: string; bytes: number }[],
    covers: [] as { name: string; type: string; bytes: number }[],
    tokens: new Set<string>(),
    granted: 0,
    /** So many of the next requests are too many. */
    busy: 0,
    /** So many of the next drafts are taken, and the connection ends without an answer. */
    mute: 0,
    /** Whether our address is unknown there. */
    isForeign: false,
  }
  const server = http.createServer(async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://localhost')
    const body = await buffer(request)
    const type = request.headers['content-type'] ?? ''
    const answer = await answerTo(`${request.method} ${pathname}`, query, body, type)
    if (pathname.endsWith('/draft/add') && state.mute-- > 0) return request.socket.destroy()
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(answer))
  })

  async function answerTo(route: string, query: URLSearchParams, body: Buffer, type: string): Promise<object> {
    if (route === 'POST /cgi-bin/stable_token') {
      const read = tokenOrder.safeParse(JSON.parse(body.toString()))
      if (!read.success) return fails(40002, 'invalid grant_type')
      if (state.isForeign) return fails(40164, 'invalid ip 192.0.2.1, not in whitelist')
      if (read.data.appid !== accountAccess.appId) return fails(40013, 'invalid appid')
      if (read.data.secret !== accountAccess.appSecret) return fails(40125, 'invalid appsecret')
      const token = `token-${++state.granted}`
      state.tokens.add(token)
      return { access_token: token, expires_in: 7200 }
    }
    if (!state.tokens.has(query.get('access_token') ?? '')) return fails(42001, 'access_token expired')
    if (state.busy-- > 0) return fails(45009, 'reach max api daily quota limit')
    if (route === 'POST /cgi-bin/media/uploadimg') {
      const file = await fileIn(body, type)
      if (!file || !/^image\/(jpeg|png)$/.test(file.type)) return fails(40005, 'invalid file type')
      if (file.size >= 1024 * 1024) return fails(40009, 'invalid image size')
      const at = state.pictures.push({ name: file.name, type: file.type, bytes: file.size })
      return { url: `${pictureHost}/${at}?wx_fmt=jpeg` }
    }
    if (route === 'POST /cgi-bin/material/add_material') {
      const file = await fileIn(body, type)
      if (query.get('type') !== 'image' || !file?.type.startsWith('image/')) return fails(40004, 'invalid media type')
      const at = state.covers.push({ name: file.name, type: file.type, bytes: file.size })
      return { media_id: `cover-${at}`, url: `${pictureHost}/cover-${at}` }
    }
    if (route !== 'POST /cgi-bin/draft/add') return fails(40066, 'invalid url')
    const read = z
      .strictObject({ articles: z.array(draftArticle).min(1).max(8) })
      .safeParse(JSON.parse(body.toString()))
    const article = read.data?.articles[0]
    if (!article) return fails(47001, 'data format error')
    if ([...article.title].length > 32) return fails(45003, 'title size out of limit')
    if ([...article.author].length > 16) return fails(45110, 'author size out of limit')
    if ([...article.digest].length > 128) return fails(45004, 'description size out of limit')
    if (article.content.length >= 20_000) return fails(45002, 'content size out of limit')
    if (!/^cover-\d+$/.test(article.thumb_media_id)) return fails(40007, 'invalid media_id')
    state.drafts.push({ ...article, content: article.content.replace(/<img src="(?!https:\/\/mmbiz)[^>]*>/g, '') })
    return { media_id: `draft-${state.drafts.length}` }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    settings: { endpoint: `http://127.0.0.1:${port}`, ...accountAccess },
    state,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** What the account was given, and what its interface takes. */
export const accountAccess = { appId: 'wx0000000000000001', appSecret: 'secret-of-the-tests' }
const pictureHost = 'https://mmbiz.qpic.cn/mmbiz'

const tokenOrder = z.strictObject({ grant_type: z.literal('client_credential'), appid: z.string(), secret: z.string() })
const draftArticle = z.strictObject({
  article_type: z.literal('news'),
  title: z.string().min(1),
  author: z.string(),
  digest: z.string(),
  content: z.string().min(1),
  content_source_url: z.string().max(1024).optional(),
  thumb_media_id: z.string(),
  need_open_comment: z.literal(0),
  only_fans_can_comment: z.literal(0),
})

const fails = (errcode: number, errmsg: string) => ({ errcode, errmsg })

async function fileIn(body: Buffer, type: string): Promise<File | null> {
  const form = await new Request('http://localhost', {
    method: 'POST',
    headers: { 'content-type': type },
    body: Uint8Array.from(body),
  }).formData()
  const file = form.get('media')
  return file instanceof File ? file : null
}
