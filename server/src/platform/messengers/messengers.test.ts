import { expect, test } from 'vitest'
import { afterwards } from '../../../test/database.ts'
import { startMessengers } from '../../../test/messengers.ts'
import type { SendingOutcome } from '../sending-outcome.ts'
import { cut } from './cutting.ts'
import { dingtalk } from './dingtalk.ts'
import { groupRobot, signed } from './group-robots.ts'
import type { Card } from './messenger.ts'
import { wecom } from './wecom.ts'

const card: Card = {
  title: '【请确认】关于召开支部党员大会的通知',
  description: '云山学院本科生第一党支部　12月1日',
  url: 'https://djgz.example.edu.cn/n/1',
}

async function messengers() {
  const server = await startMessengers()
  afterwards(() => server.close())
  return {
    ...server,
    of: { wecom: wecom(server.wecom), dingtalk: dingtalk(server.dingtalk) },
    robots: server.robots.map(groupRobot),
  }
}

const both = ['wecom', 'dingtalk'] as const

test('a member of 企业微信 gets a card', async () => {
  const { of, state } = await messengers()
  expect(await of.wecom.send('lixiaolan', card)).toEqual({ kind: 'sent' })
  expect(state.taken).toEqual([{ by: 'wecom', to: 'lixiaolan', body: { ...card, btntxt: '查看' } }])
})

test('a member of 钉钉 gets a work notice, in which no sign of a title means anything', async () => {
  const { of, state } = await messengers()
  expect(await of.dingtalk.send('lixiaolan', { ...card, title: '[点这里](http://x) *急*' })).toEqual({ kind: 'sent' })
  expect(state.taken).toEqual([
    {
      by: 'dingtalk',
      to: 'lixiaolan',
      body: {
        title: '[点这里](http://x) *急*',
        markdown: `### \\[点这里\\]\\(http://x\\) \\*急\\*\n\n${card.description}`,
        single_title: '查看',
        single_url: card.url,
      },
    },
  ])
})

test.each(both)('%s: the key is asked for once, and anew once when it is over', async (channel) => {
  const { of, state } = await messengers()
  const send = () => of[channel].send('lixiaolan', card)
  expect(await Promise.all([send(), send(), send()])).toEqual(Array(3).fill({ kind: 'sent' }))
  expect(state.granted).toBe(1)
  state.tokens.clear()
  expect(await Promise.all([send(), send()])).toEqual(Array(2).fill({ kind: 'sent' }))
  expect([state.granted, state.taken.length]).toEqual([2, 5])
})

test.each(both)('%s: a key that is never taken is not asked for for ever', async (channel) => {
  const { of, state } = await messengers()
  state.tokens.add = () => state.tokens
  expect(await of[channel].send('lixiaolan', card)).toEqual({ kind: 'later', why: '对方服务器不接受应用的凭证' })
  expect(state.granted).toBe(2)
})

test('a wrong secret', async () => {
  const server = await messengers()
  expect(await wecom({ ...server.wecom, secret: 'x' }).send('lixiaolan', card)).toEqual({
    kind: 'later',
    why: '取不到应用的凭证：企业微信不接受企业 ID 或应用密钥（40001）',
  })
  expect(await dingtalk({ ...server.dingtalk, appSecret: 'x' }).send('lixiaolan', card)).toEqual({
    kind: 'later',
    why: '取不到应用的凭证：钉钉不接受应用的 AppKey 或 AppSecret（invalidClientIdOrSecret）',
  })
})

test.each<[channel: (typeof both)[number], user: string, outcome: SendingOutcome]>([
  ['wecom', 'nobody', { kind: 'refused', why: '企业微信中没有这个账号，或不在应用的可见范围内（81013）' }],
  ['wecom', 'unlicensed', { kind: 'refused', why: '该成员没有企业微信基础接口许可' }],
  ['wecom', '@all', { kind: 'refused', why: '企业微信账号只含字母、数字和 . - _ @，请核对' }],
  ['wecom', 'lixiaolan|wangyizhou', { kind: 'refused', why: '企业微信账号只含字母、数字和 . - _ @，请核对' }],
  ['dingtalk', 'nobody', { kind: 'refused', why: '钉钉中没有这个账号，或不在应用的可见范围内（33012）' }],
  ['dingtalk', 'lixiaolan,wangyizhou', { kind: 'refused', why: '钉钉账号（UserID）只含字母、数字和 . - _ @，请核对' }],
])('%s: %s is not reached', async (channel, user, outcome) => {
  const { of, state } = await messengers()
  expect(await of[channel].send(user, card)).toEqual(outcome)
  expect(state.taken).toEqual([])
})

test('what looks like HTML in a title stays a text in 企业微信', async () => {
  const { of, state } = await messengers()
  await of.wecom.send('lixiaolan', { ...card, title: '<b>急</b>', description: '<a href="http://x.cn">点此</a>' })
  expect(state.taken[0]?.body).toMatchObject({
    title: '＜b＞急＜/b＞',
    description: '＜a href="http://x.cn"＞点此＜/a＞',
  })
})

test('too many messages are sent later', async () => {
  const { of, robots, state } = await messengers()
  state.busy = 4
  expect(await of.wecom.send('lixiaolan', card)).toEqual({ kind: 'later', why: '企业微信限制发送频率或繁忙（45009）' })
  expect(await of.dingtalk.send('lixiaolan', card)).toEqual({
    kind: 'later',
    why: '钉钉限制发送频率或繁忙（88-90018）',
  })
  expect(await robots[0]?.post(card)).toEqual({ kind: 'later', why: '企业微信群机器人限制发送频率或繁忙（45009）' })
  expect(await robots[1]?.post(card)).toEqual({ kind: 'later', why: '钉钉群机器人限制发送频率或繁忙（130101）' })
  expect(await of.wecom.send('lixiaolan', card)).toEqual({ kind: 'sent' })
})

test.each(both)('%s: a connection that ends without an answer leaves it uncertain', async (channel) => {
  const { of, state } = await messengers()
  state.mute = 1
  expect(await of[channel].send('lixiaolan', card)).toEqual({
    kind: 'uncertain',
    why: '连接中断，可能已发出，没有确认',
  })
  expect(state.taken.length).toBe(1)
})

test.each<[status: number, kind: SendingOutcome['kind']]>([
  [429, 'later'],
  [503, 'later'],
  [500, 'uncertain'],
  [504, 'uncertain'],
  [403, 'refused'],
])('the status %d: %s', async (status, kind) => {
  const { of, state } = await messengers()
  state.status = status
  for (const channel of both) expect(await of[channel].send('lixiaolan', card)).toMatchObject({ kind })
})

test('nobody listens: nothing has gone out', async () => {
  const { of, robots, close } = await messengers()
  await close()
  const why = '取不到应用的凭证：连不上对方服务器'
  for (const channel of both) expect(await of[channel].send('lixiaolan', card)).toEqual({ kind: 'later', why })
  for (const it of robots) expect(await it.post(card)).toEqual({ kind: 'later', why: '连不上对方服务器' })
})

test('robots of groups post a title, a few words and the address, signed at 钉钉', async () => {
  const { robots, state } = await messengers()
  for (const it of robots) expect(await it.post(card)).toEqual({ kind: 'sent' })
  expect(state.taken).toEqual([
    { by: 'wecom robot', to: '', body: `${card.title}\n${card.description}\n${card.url}` },
    {
      by: 'dingtalk robot',
      to: '',
      body: { title: card.title, text: `### ${card.title}\n\n${card.description}\n\n[查看](${card.url})` },
    },
  ])
})

test('a robot with a wrong key or secret is told', async () => {
  const { robots } = await startedWith({ webhook: (it) => it.replace('693a', '0000') })
  expect(await robots[0]?.post(card)).toEqual({
    kind: 'refused',
    why: '企业微信群机器人的地址、签名或关键词不对，或已停用（93000）',
  })
  const { robots: unsigned } = await startedWith({ secret: 'SECx' })
  expect(await unsigned[1]?.post(card)).toEqual({
    kind: 'refused',
    why: '钉钉群机器人的地址、签名或关键词不对，或已停用（310000）',
  })
})

async function startedWith({ webhook = (it) => it, secret }: { webhook?: (it: string) => string; secret?: string }) {
  const server = await startMessengers()
  afterwards(() => server.close())
  return {
    robots: server.robots.map((it) => groupRobot({ ...it, webhook: webhook(it.webhook), secret: secret ?? it.secret })),
  }
}

/** 把 timestamp+"\n"+密钥 当做签名字符串，HmacSHA256、Base64、urlEncode; worked out apart with openssl. */
test('the signature of a robot', () => {
  expect(signed('https://oapi.dingtalk.com/robot/send?access_token=1', 'this is secret', 1_577_262_236_757)).toBe(
    'https://oapi.dingtalk.com/robot/send?access_token=1&timestamp=1577262236757&sign=hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D',
  )
})

test.each([
  ['一二三', 9, '一二三'],
  ['一二三四', 9, '一二…'],
  ['一二三四', 10, '一二…'],
  ['a😀b', 6, 'a😀b'],
  ['a😀bc', 6, 'a…'],
])('%s in %d bytes is %s', (text, bytes, expected) => {
  expect(cut(text, bytes)).toBe(expected)
})
