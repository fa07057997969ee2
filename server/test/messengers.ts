import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

/**
 * 企业微信 and 钉钉 as far as we ask them, written from their published formats: for 企业微信 gettoken, message/send (textcard),
 * the webhook of a group robot and 全局错误码 (developer.work.weixin.qq.com, documents 91039, 90236, 91770, 90313); for 钉钉
 * v1.0/oauth2/accessToken, asyncsend_v2 with action_card, and the custom robot with 加签 (open.dingtalk.com). What does not fit the
 * format is refused as there.
 */
export async function startMessengers() {
  const state = {
    /** Cards that were taken, in order. */
    taken: [] as { by: string; to: string; body: unknown }[],
    /** Keys that are good now. */
    tokens: new Set<string>(),
    granted: 0,
    /** So many of the next messages are too many. */
    busy: 0,
    /** So many of the next messages are taken, and the connection ends without an answer. */
    mute: 0,
    /** The next messages are answered with this status. */
    status: 200,
  }
  const server = http.createServer(async (request, response) => {
    const body = await text(request)
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://localhost')
    const asked = {
      query,
      body: body === '' ? undefined : JSON.parse(body),
      type: request.headers['content-type'] ?? '',
    }
    const answer = interfaces[`${request.method} ${pathname}`]?.(asked)
    const isMessage = !/gettoken|accessToken/.test(pathname)
    if (isMessage && state.status !== 200) return response.writeHead(state.status).end('busy')
    if (isMessage && state.mute-- > 0) return request.socket.destroy()
    response.writeHead(answer?.status ?? (answer ? 200 : 404), { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(answer?.body ?? {}))
  })

  const grant = () => {
    const token = `token-${++state.granted}`
    state.tokens.add(token)
    return token
  }
  const take = (by: string, to: string, body: unknown) => {
    state.taken.push({ by, to, body })
  }

  const interfaces: Record<string, (asked: Asked) => Answer> = {
    'GET /cgi-bin/gettoken': ({ query }) => {
      if (query.get('corpid') !== wecomAccess.corpId) return fails(40013, 'invalid corpid')
      if (query.get('corpsecret') !== wecomAccess.secret) return fails(40001, 'invalid credential')
      return { body: { errcode: 0, errmsg: 'ok', access_token: grant(), expires_in: 7200 } }
    },
    'POST /cgi-bin/message/send': ({ query, body, type }) => {
      if (!state.tokens.has(query.get('access_token') ?? '')) return fails(state.granted > 0 ? 42001 : 40014, 'token')
      if (state.busy-- > 0) return fails(45009, 'api freq out of limit')
      const read = textCard.safeParse(body)
      if (!read.success || !type.startsWith('application/json')) return fails(40058, 'invalid Request Parameter')
      if (read.data.touser === 'unlicensed') return { body: { errcode: 0, errmsg: 'ok', unlicenseduser: 'unlicensed' } }
      if (!members.includes(read.data.touser)) return fails(81013, 'user & party & tag all invalid')
      take('wecom', read.data.touser, read.data.textcard)
      return { body: { errcode: 0, errmsg: 'ok', invaliduser: '', invalidparty: '', invalidtag: '', msgid: 'xxxx' } }
    },
    'POST /cgi-bin/webhook/send': ({ query, body }) => {
      if (query.get('key') !== robotKey) return fails(93000, 'invalid webhook url')
      if (state.busy-- > 0) return fails(45009, 'api freq out of limit')
      const read = z
        .strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: utf8(2048) }) })
        .safeParse(body)
      if (!read.success) return fails(40058, 'invalid Request Parameter')
      take('wecom robot', '', read.data.text.content)
      return { body: { errcode: 0, errmsg: 'ok' } }
    },
    'POST /v1.0/oauth2/accessToken': ({ body }) => {
      const read = z.strictObject({ appKey: z.string(), appSecret: z.string() }).safeParse(body)
      if (read.data?.appKey !== dingtalkAccess.appKey || read.data.appSecret !== dingtalkAccess.appSecret)
        return {
          status: 400,
          body: { code: 'invalidClientIdOrSecret', requestid: 'r', message: '无效的clientId或者clientSecret' },
        }
      return { body: { accessToken: grant(), expireIn: 7200 } }
    },
    'POST /topapi/message/corpconversation/asyncsend_v2': ({ query, body }) => {
      if (!state.tokens.has(query.get('access_token') ?? '')) return fails(40014, '不合法的access_token')
      if (state.busy-- > 0)
        return {
          body: { errcode: 88, sub_code: '90018', sub_msg: '您的服务器调用频率超过限制', errmsg: 'ding talk error' },
        }
      const read = workNotice.safeParse(body)
      if (!read.success) return fails(40035, '不合法的参数')
      if (!members.includes(read.data.userid_list)) return fails(33012, '无效的USERID')
      take('dingtalk', read.data.userid_list, read.data.msg.action_card)
      return { body: { errcode: 0, errmsg: 'ok', task_id: 256271667526, request_id: 'r' } }
    },
    'POST /robot/send': ({ query, body }) => {
      const timestamp = query.get('timestamp') ?? ''
      const sign = createHmac('sha256', robotSecret).update(`${timestamp}\n${robotSecret}`, 'utf8').digest('base64')
      if (query.get('access_token') !== robotKey) return fails(300005, 'token is not exist')
      if (query.get('sign') !== sign || Math.abs(Date.now() - Number(timestamp)) > 3_600_000)
        return fails(310000, 'sign not match')
      if (state.busy-- > 0) return fails(130101, 'send too fast, exceed 20 times per minute')
      const read = robotMarkdown.safeParse(body)
      if (!read.success) return fails(400103, 'invalid body')
      take('dingtalk robot', '', read.data.markdown)
      return { body: { errcode: 0, errmsg: 'ok' } }
    },
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    state,
    wecom: { endpoint, ...wecomAccess },
    dingtalk: { keyEndpoint: endpoint, endpoint, ...dingtalkAccess },
    robots: [
      { channel: 'wecom', organization: '', webhook: `${endpoint}/cgi-bin/webhook/send?key=${robotKey}`, secret: null },
      {
        channel: 'dingtalk',
        organization: '',
        webhook: `${endpoint}/robot/send?access_token=${robotKey}`,
        secret: robotSecret,
      },
    ] as const,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Asked {
  query: URLSearchParams
  body: unknown
  type: string
}

interface Answer {
  status?: number
  body: object
}

const fails = (errcode: number, errmsg: string): Answer => ({ body: { errcode, errmsg } })

/** Who is there. */
const members = ['lixiaolan', 'wangyizhou']
const wecomAccess = { corpId: 'ww0123456789abcdef', agentId: 1_000_002, secret: 'geheim' }
const dingtalkAccess = { appKey: 'ding0123', appSecret: 'geheim', agentId: 41_605_932 }
const robotKey = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa'
const robotSecret = 'SEC0123456789'

const utf8 = (bytes: number) => z.string().refine((it) => Buffer.byteLength(it) <= bytes)

const textCard = z.strictObject({
  touser: z.string().min(1),
  msgtype: z.literal('textcard'),
  agentid: z.literal(wecomAccess.agentId),
  textcard: z.strictObject({ title: utf8(128), description: utf8(512), url: z.url(), btntxt: z.string().max(4) }),
  enable_duplicate_check: z.literal(1),
  duplicate_check_interval: z.number().max(4 * 3600),
})

const workNotice = z.strictObject({
  agent_id: z.literal(dingtalkAccess.agentId),
  userid_list: z.string().min(1),
  msg: z.strictObject({
    msgtype: z.literal('action_card'),
    action_card: z.strictObject({
      title: z.string().max(100),
      markdown: z.string().max(1000),
      single_title: z.string().max(20),
      single_url: z.url(),
    }),
  }),
})

const robotMarkdown = z.strictObject({
  msgtype: z.literal('markdown'),
  markdown: z.strictObject({ title: z.string().min(1), text: z.string().min(1) }),
})
