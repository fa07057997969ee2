import { z } from 'zod'

/** The mail server that takes what we send, and as whom. */
export interface MailSettings extends SmtpServer {
  from: MailAddress
}

export interface SmtpServer {
  host: string
  port: number
  /** From the start (`smtps:`), after STARTTLS, or not at all. */
  tls: 'implicit' | 'starttls' | 'off'
  user: string | null
  password: string | null
}

export interface MailAddress {
  name: string
  address: string
}

/** `smtps://user:password@host`, `smtp://…` with STARTTLS, `smtp://…?tls=off` without. What is wrong is said without the text, which has a password. */
export const smtpServer = z.string().transform((text, ctx): SmtpServer => {
  const url = URL.parse(text)
  const tls = url?.searchParams.get('tls')
  const isMeant = url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '' && /^\/?$/.test(url.pathname)
  const user = decoded(url?.username ?? '')
  const password = decoded(url?.password ?? '')
  if (
    !isMeant ||
    user === undefined ||
    password === undefined ||
    ![null, undefined, 'off'].includes(tls) ||
    (tls === 'off' && url.protocol === 'smtps:')
  ) {
    ctx.addIssue({
      code: 'custom',
      message:
        '应为 smtps://用户名:密码@主机:端口 或 smtp://…（STARTTLS），不加密时写 smtp://…?tls=off；用户名和密码中的特殊字符用 %XX 表示 (must be the address of a mail server)',
    })
    return z.NEVER
  }
  const isImplicit = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (isImplicit ? 465 : tls === 'off' ? 25 : 587)),
    tls: isImplicit ? 'implicit' : (tls ?? null) === 'off' ? 'off' : 'starttls',
    user: user || null,
    password: password || null,
  }
})

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const address = z.email().max(200)

/** `支部工作台 <noreply@example.edu.cn>`, or the address alone. */
export const mailFrom = z.string().transform((text, ctx): MailAddress => {
  const [, name = '', named, alone] = /^\s*(?:"?([^"<>\r\n]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))\s*$/.exec(text) ?? []
  const read = address.safeParse(named ?? alone)
  if (read.success) return { name, address: read.data }
  ctx.addIssue({
    code: 'custom',
    message: '应为发件地址，如 支部工作台 <noreply@example.edu.cn> (must be a mail address)',
  })
  return z.NEVER
})
