import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { later, refused, type SendingOutcome, sent } from '../sending-outcome.ts'
import { ask } from './asking.ts'
import { cut } from './cutting.ts'
import { plain } from './dingtalk.ts'
import type { Card, GroupRobot } from './messenger.ts'

/** A robot in the group of an organisation, and the address by which it is told what to post. */
export interface RobotSettings {
  channel: 'wecom' | 'dingtalk'
  organization: string
  /** Holds the key of the robot. */
  webhook: string
  /** 加签: of 钉钉 only. */
  secret: string | null
}

const robot = z.strictObject({
  organization: z.string().min(1),
  webhook: z.url({ protocol: /^https?$/ }),
  secret: z.string().min(1).optional(),
})

/** `[{"organization": "GCXY", "webhook": "https://…", "secret": "SEC…"}]`; by the address is known whose robot it is. */
export const groupRobots = z.string().transform((text, ctx): RobotSettings[] => {
  const read = z.array(robot).safeParse(parsed(text))
  const robots = (read.data ?? []).flatMap(({ organization, webhook, secret }) => {
    const channel = channelOf(webhook)
    return channel && (secret === undefined || channel === 'dingtalk')
      ? [{ channel, organization, webhook, secret: secret ?? null }]
      : []
  })
  if (read.success && robots.length === read.data.length) return robots
  ctx.addIssue({
    code: 'custom',
    message:
      '应为 JSON，如 [{"organization":"组织编码","webhook":"https://…"}]，企业微信机器人的地址含 /cgi-bin/webhook/send，钉钉的含 /robot/send、可另写 "secret" (must be a list of robots as JSON)',
  })
  return z.NEVER
})

function channelOf(webhook: string): RobotSettings['channel'] | undefined {
  const { pathname } = new URL(webhook)
  if (pathname.endsWith('/cgi-bin/webhook/send')) return 'wecom'
  return pathname.endsWith('/robot/send') ? 'dingtalk' : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Posts by the robot of a group. Twenty messages a minute are taken from each. */
export function groupRobot(settings: RobotSettings): GroupRobot {
  const { channel, organization } = settings
  const post = channel === 'wecom' ? postToWecom : postToDingtalk
  return { channel, organization, post: (card) => post(settings, card) }
}

/** As published at https://developer.work.weixin.qq.com/document/path/91770 (群机器人配置说明). */
async function postToWecom({ webhook }: RobotSettings, { title, description, url }: Card): Promise<SendingOutcome> {
  // 文本内容最长不超过 2048 个字节
  const asked = await ask(webhook, {
    msgtype: 'text',
    text: { content: cut(`${title}\n${description}\n${url}`, 2048) },
  })
  return outcomeOf(asked, '企业微信群机器人', { busy: [-1, 45009, 45033], gone: [93000, 93004, 93008] })
}

/**
 * As published at https://open.dingtalk.com/document/orgapp/custom-robot-access (自定义机器人接入): with a secret, the moment and
 * its HMAC-SHA256 stand in the address.
 */
async function postToDingtalk(settings: RobotSettings, { title, description, url }: Card): Promise<SendingOutcome> {
  const address = settings.secret === null ? settings.webhook : signed(settings.webhook, settings.secret, Date.now())
  const markdown = { title, text: `### ${plain(title)}\n\n${plain(description)}\n\n[查看](${url})` }
  const asked = await ask(address, { msgtype: 'markdown', markdown })
  return outcomeOf(asked, '钉钉群机器人', {
    busy: [-1, 130101, 130102, 410100],
    gone: [300001, 300005, 310000, 400101, 400102],
  })
}

/** The address with `timestamp` in milliseconds and `sign`. */
export function signed(webhook: string, secret: string, timestamp: number): string {
  const url = new URL(webhook)
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
  url.searchParams.set('timestamp', String(timestamp))
  url.searchParams.set('sign', sign)
  return url.href
}

function outcomeOf(
  asked: Awaited<ReturnType<typeof ask>>,
  who: string,
  { busy, gone }: { busy: number[]; gone: number[] },
): SendingOutcome {
  if ('outcome' in asked) return asked.outcome
  const code = Number(asked.answer.errcode)
  if (code === 0) return sent
  if (busy.includes(code)) return later(`${who}限制发送频率或繁忙（${code}）`)
  return refused(
    gone.includes(code) ? `${who}的地址、签名或关键词不对，或已停用（${code}）` : `${who}拒绝发送（${code}）`,
  )
}
