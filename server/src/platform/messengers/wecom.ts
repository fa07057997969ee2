import { later, refused, type SendingOutcome, sent } from '../sending-outcome.ts'
import { ask, heldToken, withToken } from './asking.ts'
import { cut } from './cutting.ts'
import type { Card, Messenger } from './messenger.ts'

/** An application of the university in 企业微信. */
export interface WecomSettings {
  /** Such as `https://qyapi.weixin.qq.com`; a private deployment (私有化部署) has its own. */
  endpoint: string
  corpId: string
  agentId: number
  secret: string
}

/**
 * Sends text cards to members by the application interface of 企业微信, as published at
 * https://developer.work.weixin.qq.com/document/path/91039 (gettoken), /90236 (message/send) and /90313 (全局错误码).
 * One message names one member, so that a failure is the failure of one.
 */
export function wecom({ endpoint, corpId, agentId, secret }: WecomSettings): Messenger {
  const token = heldToken(async () => {
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret })
    const asked = await ask(`${endpoint}/cgi-bin/gettoken?${query}`)
    if ('outcome' in asked) return asked
    const { errcode, access_token: granted, expires_in: seconds } = asked.answer
    if (errcode === 0 && typeof granted === 'string' && typeof seconds === 'number') return { token: granted, seconds }
    return { outcome: later(`企业微信不接受企业 ID 或应用密钥（${errcode}）`) }
  })
  const send = async (accessToken: string, user: string, card: Card): Promise<SendingOutcome | 'token-over'> => {
    const asked = await ask(`${endpoint}/cgi-bin/message/send?${new URLSearchParams({ access_token: accessToken })}`, {
      touser: user,
      msgtype: 'textcard',
      agentid: agentId,
      // 标题不超过 128 个字节，描述不超过 512 个字节，超过会自动截断
      textcard: {
        title: cut(plain(card.title), 128),
        description: cut(plain(card.description), 512),
        url: card.url,
        btntxt: '查看',
      },
      // The same message to the same person is dropped there for half an hour.
      enable_duplicate_check: 1,
      duplicate_check_interval: 1_800,
    })
    if ('outcome' in asked) return asked.outcome
    const { errcode, invaliduser, unlicenseduser } = asked.answer
    if (errcode === 0) {
      if (namesSomebody(invaliduser)) return refused('企业微信中没有这个账号，或不在应用的可见范围内')
      return namesSomebody(unlicenseduser) ? refused('该成员没有企业微信基础接口许可') : sent
    }
    if (tokenOver.includes(Number(errcode))) return 'token-over'
    if (busy.includes(Number(errcode))) return later(`企业微信限制发送频率或繁忙（${errcode}）`)
    if (unknownMember.includes(Number(errcode)))
      return refused(`企业微信中没有这个账号，或不在应用的可见范围内（${errcode}）`)
    return refused(`企业微信拒绝发送（${errcode}）`)
  }
  return {
    // A bar separates members and `@all` means everybody: neither is a name.
    send: async (user, card) =>
      /^[\w.@-]+$/.test(user) && user !== '@all'
        ? withToken(token, (accessToken) => send(accessToken, user, card))
        : refused('企业微信账号只含字母、数字和 . - _ @，请核对'),
  }
}

/** A text without tags: descriptions of cards are read as HTML there. */
const plain = (text: string): string => text.replaceAll('<', '＜').replaceAll('>', '＞')

const namesSomebody = (list: unknown): boolean => typeof list === 'string' && list !== ''

/** 不合法的 access_token、access_token 已过期 */
const tokenOver = [40014, 42001]
/** 系统繁忙、接口调用超过限制、并发调用超过限制 */
const busy = [-1, 45009, 45033]
/** 不合法的 UserID、全部接收人无权限或不存在、成员不存在 */
const unknownMember = [40003, 81013, 60111]
