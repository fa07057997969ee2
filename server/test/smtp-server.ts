import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { MailSettings } from '../src/platform/mail/settings.ts'

/** A mail as the server was given it. */
export interface TakenMail {
  from: string
  to: string
  /** The whole text with its headers. */
  raw: string
}

/** The subject of a mail as its reader sees it. */
export const subjectOf = (mail: TakenMail | undefined): string =>
  decodedWords(/^Subject: ((?:.|\r\n )*)/m.exec(mail?.raw ?? '')?.[1] ?? '')

/** The text of a mail as its reader sees it. */
export function bodyOf(mail: TakenMail | undefined): string {
  const [head = '', ...rest] = (mail?.raw ?? '').split('\r\n\r\n')
  const coded = rest.join('\r\n\r\n')
  const bytes = /^Content-Transfer-Encoding: base64/im.test(head)
    ? Buffer.from(coded, 'base64')
    : Buffer.from(fromQuotedPrintable(coded), 'latin1')
  return bytes.toString('utf8').replaceAll('\r\n', '\n').trim()
}

const decodedWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?(b|q)\?(.*?)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : Buffer.from(fromQuotedPrintable(word.replaceAll('_', ' ')), 'latin1').toString('utf8'),
    )

const fromQuotedPrintable = (text: string): string =>
  text
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** What the server does with a recipient, by the name before the @; it takes everything else. */
const manners = {
  /** 451 to the recipient. */
  busy: 'busy',
  /** 550 to the recipient. */
  gone: 'gone',
  /** 452 to the text. */
  full: 'full',
  /** 554 to the text. */
  unwanted: 'unwanted',
  /** The connection ends when the text is there, and the server keeps it. */
  lost: 'lost',
  /** The connection ends at the recipient. */
  broken: 'broken',
}

/** What opens the server, where it asks. */
export const smtpUser = { user: 'zhibu', password: '密码 42' }

/** A real SMTP server that keeps what it takes, and fails as it is told by the names of recipients. */
export async function startSmtpServer({ tls = 'off', asksUser = false, delayMilliseconds = 0 }: SmtpManners = {}) {
  const taken: TakenMail[] = []
  const sockets = new Map<number, Socket>()
  const counts = { connections: 0, encrypted: 0 }
  const endOf = (port: number) => sockets.get(port)?.destroy()
  const server = new SMTPServer({
    ...{ secure: tls === 'implicit', key: testKey, cert: testCertificate, logger: false },
    closeTimeout: 200,
    authOptional: !asksUser,
    disabledCommands: [...(tls === 'starttls' ? [] : ['STARTTLS']), ...(asksUser ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    onAuth({ username, password }, _, done) {
      const isRight = username === smtpUser.user && password === smtpUser.password
      done(isRight ? null : new Error('wrong'), isRight ? { user: username } : undefined)
    },
    onRcptTo({ address }, { remotePort }, done) {
      const [name] = address.split('@')
      if (name === manners.broken) return endOf(remotePort)
      if (name === manners.busy) return done(answering(451))
      done(name === manners.gone ? answering(550) : null)
    },
    async onData(stream, { envelope, remotePort, secure }, done) {
      const raw = await text(stream).catch(() => null)
      // Whoever sent it was killed in the middle of it.
      if (raw === null) return
      const to = envelope.rcptTo[0]?.address ?? ''
      const [name] = to.split('@')
      if (name === manners.full) return done(answering(452))
      if (name === manners.unwanted) return done(answering(554))
      if (secure) counts.encrypted += 1
      taken.push({ from: envelope.mailFrom ? envelope.mailFrom.address : '', to, raw })
      if (name === manners.lost) return endOf(remotePort)
      setTimeout(done, delayMilliseconds)
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    counts.connections += 1
    sockets.set(socket.remotePort ?? 0, socket)
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  const settings: MailSettings = {
    ...{ host: '127.0.0.1', port, tls, user: asksUser ? smtpUser.user : null },
    password: asksUser ? smtpUser.password : null,
    from: { name: '支部工作台', address: 'zhibu@example.edu.cn' },
  }
  return {
    settings,
    /** The same as an address of the environment. */
    url: `smtp://127.0.0.1:${port}?tls=off`,
    taken,
    counts,
    /** Ends all connections. */
    endAll() {
      for (const socket of sockets.values()) socket.destroy()
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export interface SmtpManners {
  tls?: MailSettings['tls']
  asksUser?: boolean
  /** How long it takes before it says that it has taken a mail. */
  delayMilliseconds?: number
}

const answering = (responseCode: number) => Object.assign(new Error('as it was told'), { responseCode })

/** Of the tests only: for localhost and 127.0.0.1, until 2126. */
export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUfHBecSU1DczvfqZgPN5beEM69kIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyODIxNTIyNVoYDzIxMjYxMTA0
MjE1MjI1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQLNFHTKR1y7oMWCG6x23lL1zoXGnp5aM4DqVBth02N5VHOkiMrd5Tq
YneW+NQ5iiGEplpvxpfZSDePGZcLQXP+o28wbTAdBgNVHQ4EFgQUGxdUfKEO3dzk
xcsrOveisOcquhQwHwYDVR0jBBgwFoAUGxdUfKEO3dzkxcsrOveisOcquhQwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgWjoVWmDJPz8qIorQI4glrFy0WcUEdKG01gMBCQLhoh8CIB/X
huQC4Ea7+9uJQKjYyaQFh+7Y325Y5skNp1zy7IyU
-----END CERTIFICATE-----
`
const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgsPPOUcfnN99z19K6
uVK0NsMSH50bUGynr3+L+Qqh7NahRANCAAQLNFHTKR1y7oMWCG6x23lL1zoXGnp5
aM4DqVBth02N5VHOkiMrd5TqYneW+NQ5iiGEplpvxpfZSDePGZcLQXP+
-----END PRIVATE KEY-----
`
