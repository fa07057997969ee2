import { expect, test } from 'vitest'
import { afterwards } from '../../../test/database.ts'
import {
  bodyOf,
  type SmtpManners,
  smtpUser,
  startSmtpServer,
  subjectOf,
  testCertificate,
} from '../../../test/smtp-server.ts'
import type { SendingOutcome } from '../sending-outcome.ts'
import { openMailer, writeMail } from './mailer.ts'
import type { MailSettings } from './settings.ts'

const mail = {
  to: 'li@example.edu.cn',
  subject: '【请确认】关于召开支部党员大会的通知',
  text: '李晓岚（云山学院本科生第一党支部）发来一条通知。\n\n正文请登录后查看：\nhttps://djgz.example.edu.cn/n/1\n.\n',
  preferencesUrl: 'https://djgz.example.edu.cn/notices/preferences',
  key: 'n1 p1 notice',
}

async function server(manners: SmtpManners = {}) {
  const it = await startSmtpServer(manners)
  afterwards(() => it.close())
  const mailer = (differs: Partial<MailSettings> = {}, ca: string[] = [testCertificate]) => {
    const opened = openMailer({ ...it.settings, ...differs }, { ca })
    afterwards(async () => opened.close())
    return opened
  }
  return { ...it, mailer }
}

test('a mail says what it says, in words that every program reads', async () => {
  const from = { name: '支部工作台', address: 'zhibu@example.edu.cn' }
  const raw = (await writeMail(mail, { from })).toString('latin1')
  const [head = ''] = raw.split('\r\n\r\n')
  const headers = Object.fromEntries(
    head
      .replace(/\r\n\s+/g, ' ')
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  expect(head).toMatch(/^[\x20-\x7e\r\n]+$/)
  expect(subjectOf({ from: '', to: '', raw })).toBe(mail.subject)
  expect(headers).toMatchObject({
    To: 'li@example.edu.cn',
    'List-Unsubscribe': '<https://djgz.example.edu.cn/notices/preferences>',
    'Auto-Submitted': 'auto-generated',
    'Content-Type': 'text/plain; charset=utf-8',
  })
  expect(headers['Message-ID']).toMatch(/^<[\da-f]{40}@example\.edu\.cn>$/)
  expect(bodyOf({ from: '', to: '', raw })).toBe(mail.text.trim())
})

test('the same notice to the same person has the same Message-ID, another one another', async () => {
  const from = { name: '', address: 'zhibu@example.edu.cn' }
  const idOf = async (key: string) =>
    /^Message-ID: (.*)$/m.exec((await writeMail({ ...mail, key }, { from })).toString('latin1'))?.[1]
  expect(await idOf('n1 p1 notice')).toBe(await idOf('n1 p1 notice'))
  expect(await idOf('n1 p1 notice')).not.toBe(await idOf('n1 p2 notice'))
})

test.each([
  ['line breaks', '通知\r\nBcc: all@example.edu.cn\r\n\r\nbody'],
  ['a bare line feed', '通知\nBcc: all@example.edu.cn'],
  ['other ends of lines', '通知\u2028Bcc: all@example.edu.cn\u0085x\u000bBcc: y'],
  ['a zero byte', '通知\0\r\nBcc: all@example.edu.cn'],
  ['an encoded word', '=?utf-8?q?x=0D=0ABcc:_all@example.edu.cn?='],
])('a title with %s adds no header', async (_, subject) => {
  const from = { name: '', address: 'zhibu@example.edu.cn' }
  const raw = (await writeMail({ ...mail, subject }, { from })).toString('latin1')
  const names = [...(raw.split('\r\n\r\n')[0] ?? '').matchAll(/^([^\s:]+):/gm)].map(([, name]) => name)
  expect(names).not.toContain('Bcc')
  expect(raw.match(/\r(?!\n)|(?<!\r)\n/)).toBeNull()
  expect(names.length).toBe(new Set(names).size)
})

test('a server takes mails, on one connection as long as there are more', async () => {
  const { mailer, taken, counts } = await server()
  const open = mailer()
  for (const key of ['1', '2', '3']) expect(await open.send({ ...mail, key })).toEqual({ kind: 'sent' })
  expect(taken.map(({ from, to }) => ({ from, to }))).toEqual(
    Array.from({ length: 3 }, () => ({ from: 'zhibu@example.edu.cn', to: 'li@example.edu.cn' })),
  )
  expect(counts.connections).toBe(1)
})

test('a server that ended the line between two mails gets the second by a new one', async () => {
  const { mailer, taken, counts, endAll } = await server()
  const open = mailer()
  expect(await open.send(mail)).toEqual({ kind: 'sent' })
  endAll()
  expect(await open.send(mail)).toEqual({ kind: 'sent' })
  expect([taken.length, counts.connections]).toEqual([2, 2])
})

test.each<[name: string, outcome: SendingOutcome, taken: number]>([
  ['busy', { kind: 'later', why: '邮件服务器暂时不收（451）', isOfOne: true }, 0],
  ['full', { kind: 'later', why: '邮件服务器暂时不收（452）', isOfOne: true }, 0],
  ['gone', { kind: 'refused', why: '邮箱地址不存在或拒绝接收（550）' }, 0],
  ['unwanted', { kind: 'refused', why: '邮件服务器拒收（554）' }, 0],
  ['broken', { kind: 'later', why: '连不上邮件服务器，或邮件服务器没有应答' }, 0],
  ['lost', { kind: 'uncertain', why: '邮件服务器收到邮件后连接中断，可能已发出，没有确认' }, 1],
])('%s: %j, and the next mail goes', async (name, outcome, number) => {
  const { mailer, taken } = await server()
  const open = mailer()
  expect(await open.send({ ...mail, to: `${name}@example.edu.cn` })).toEqual(outcome)
  expect(taken.length).toBe(number)
  expect(await open.send(mail)).toEqual({ kind: 'sent' })
})

test('nobody listens', async () => {
  const { mailer, close } = await server()
  await close()
  expect(await mailer().send(mail)).toEqual({ kind: 'later', why: '连不上邮件服务器，或邮件服务器没有应答' })
})

test.each(['implicit', 'starttls'] as const)('by TLS, %s', async (tls) => {
  const { mailer, counts } = await server({ tls, asksUser: true })
  expect(await mailer().send(mail)).toEqual({ kind: 'sent' })
  expect(counts.encrypted).toBe(1)
})

test.each<[string, SmtpManners, Partial<MailSettings>, string[] | undefined]>([
  ['a certificate that nobody vouches for', { tls: 'implicit' }, {}, []],
  ['the same after STARTTLS', { tls: 'starttls' }, {}, []],
  ['a server without STARTTLS where it is wanted', { tls: 'off' }, { tls: 'starttls' }, undefined],
  ['a wrong password', { tls: 'starttls', asksUser: true }, { password: 'x' }, undefined],
])('%s: nothing is handed over', async (_, manners, differs, ca) => {
  const { mailer, taken } = await server(manners)
  const { user, password } = manners.asksUser ? smtpUser : { user: null, password: null }
  expect(await mailer({ user, password, ...differs }, ca).send(mail)).toMatchObject({ kind: 'later' })
  expect(taken).toEqual([])
})
