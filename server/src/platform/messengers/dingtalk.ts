import { later, refused, type SendingOutcome, sent } from '../sending-outcome.ts'
import { ask, heldToken, withToken } from './asking.ts'
import { cut } from './cutting.ts'
import type { Card, Messenger } from './messenger.ts'

/** An application of the university in 钉钉. */
export interface DingtalkSettings {
  /** Such as `https://api.dingtalk.com`, which gives the key of the application. */
  keyEndpoint: string
  /** Such as `https://oapi.dingtalk.com`, which takes the notices. */
  endpoint: string
  appKey: string
  appSecret: string
  agentId: number
}

/**
 * Sends work notices (工作通知) by the server interface of 钉钉, as published at
 * https://open.dingtalk.com/document/orgapp/obtain-the-access_token-of-an-internal-app (v1.0/oauth2/accessToken) and
 * https://open.dingtalk.com/document/orgapp/asynchronous-sending-of-enterprise-session-messages (asyncsend_v2). It takes the same
 * content to the same person once a day, and says only that it has taken it.
 */
export function dingtalk({ keyEndpoint, endpoint, appKey, appSecret, agentId }: DingtalkSettings): Messenger {
  const token = heldToken(async () => {
    const asked = await ask(`${keyEndpoint}/v1.0/oauth2/accessToken`, { appKey, appSecret })
    if ('outcome' in asked) return asked
    const { accessToken, expireIn, code } = asked.answer
    if (typeof accessToken === 'string' && typeof expireIn === 'number')
      return { token: accessToken, seconds: expireIn }
    return { outcome: later(`钉钉不接受应用的 AppKey 或 AppSecret（${wordOf(code)}）`) }
  })
  const send = async (accessToken: string, user: string, card: Card): Promise<SendingOutcome | 'token-over'> => {
    const address = `${endpoint}/topapi/message/corpconversation/asyncsend_v2?${new URLSearchParams({ access_token: accessToken })}`
    const asked = await ask(address, {
      agent_id: agentId,
      userid_list: user,
      msg: {
        msgtype: 'action_card',
        action_card: {
          title: cut(card.title, 100),
          markdown: cut(`### ${plain(card.title)}\n\n${plain(card.description)}`, 1_000),
          single_title: '查看',
          single_url: card.url,
        },
      },
    })
    if ('outcome' in asked) return asked.outcome
    const { errcode, sub_code: subCode } = asked.answer
    if (errcode === 0) return sent
    const codes = [Number(errcode), Number(subCode)]
    const told = codes.filter((it) => !Number.isNaN(it)).join('-')
    if (codes.some((it) => tokenOver.includes(it))) return 'token-over'
    if (codes.some(isBusy)) return later(`钉钉限制发送频率或繁忙（${told}）`)
    if (codes.some((it) => unknownMember.includes(it)))
      return refused(`钉钉中没有这个账号，或不在应用的可见范围内（${told}）`)
    return refused(`钉钉拒绝发送（${told}）`)
  }
  return {
    send: async (user, card) =>
      /^[\w.@-]+$/.test(user)
        ? withToken(token, (accessToken) => send(accessToken, user, card))
        : refused('钉钉账号（UserID）只含字母、数字和 . - _ @，请核对'),
  }
}

/** A code in letters, and nothing else that a server may answer with. */
const wordOf = (code: unknown): string => (typeof code === 'string' && /^[\w.]{1,60}$/.test(code) ? code : '未说明原因')

/** A text in which no sign means anything in Markdown. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-!|>~<&]/g, '\\$&')

/** 不合法的 access_token、access_token 已过期 */
const tokenOver = [40014, 42001]
/** -1：系统繁忙；90001–90018：各项频率限制 */
const isBusy = (code: number): boolean => code === -1 || (code >= 90_001 && code <= 90_018)
/** 无效的 USERID、找不到该用户 */
const unknownMember = [33012, 40003, 60121]
