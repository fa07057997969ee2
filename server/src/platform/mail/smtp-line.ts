import { Readable } from 'node:stream'
import type { ConnectionOptions } from 'node:tls'
import SmtpConnection from 'nodemailer/lib/smtp-connection'
import { later, laterForOne, refused, type SendingOutcome, sent, uncertain } from '../sending-outcome.ts'
import type { SmtpServer } from './settings.ts'

/** A whole message with its envelope. */
export interface Letter {
  from: string
  to: string
  message: Buffer
}

/** Which certificates are believed; those of the system unless told otherwise. */
export type SmtpTrust = Pick<ConnectionOptions, 'ca'>

/** A line stays open for so long after a letter, for the next one. */
const idleMilliseconds = 2_000

const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000, dnsTimeout: 15_000 }

/**
 * Hands letters to a mail server, one after another on each line. A letter is handed over once at most: as soon as the server was
 * given its text, only the answer of the server says whether it was taken, and without an answer nobody knows.
 */
export function smtpLine(server: SmtpServer, trust: SmtpTrust) {
  /** The lines that nobody uses, each with what will end it. */
  const idle = new Map<SmtpConnection, NodeJS.Timeout>()

  async function send(letter: Letter): Promise<SendingOutcome> {
    for (;;) {
      const kept = take()
      const connection = kept ?? made()
      const given = { text: false }
      try {
        if (!kept) await open(connection, server)
        await handOver(connection, letter, given)
        keep(connection)
        return sent
      } catch (error) {
        connection.close()
        // The server may end a line that nobody uses.
        if (kept && !given.text && answerOf(error) === null) continue
        return outcomeOf(error, given.text)
      }
    }
  }

  function made(): SmtpConnection {
    const connection = newConnection(server, trust)
    connection.once('end', () => forget(connection))
    return connection
  }

  function take(): SmtpConnection | undefined {
    const connection = idle.keys().next().value
    if (connection) forget(connection)
    return connection
  }

  function keep(connection: SmtpConnection): void {
    const ending = setTimeout(() => {
      idle.delete(connection)
      connection.quit()
    }, idleMilliseconds)
    idle.set(connection, ending.unref())
  }

  function forget(connection: SmtpConnection): void {
    clearTimeout(idle.get(connection))
    idle.delete(connection)
  }

  return {
    send,
    close() {
      for (const connection of [...idle.keys()]) {
        forget(connection)
        connection.quit()
      }
    },
  }
}

function newConnection({ host, port, tls }: SmtpServer, trust: SmtpTrust): SmtpConnection {
  const connection = new SmtpConnection({
    ...timeouts,
    ...{ host, port, secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'off' },
    tls: { ...trust },
  })
  // Whoever uses the line is told by its callback; an error between two letters only ends it.
  connection.on('error', () => undefined)
  return connection
}

async function open(connection: SmtpConnection, { user, password }: SmtpServer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject)
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
  if (user === null) return
  await new Promise<void>((resolve, reject) => {
    connection.login({ user, pass: password ?? '' }, (error) => (error ? reject(error) : resolve()))
  })
}

function handOver(connection: SmtpConnection, { from, to, message }: Letter, given: { text: boolean }): Promise<void> {
  const text = Readable.from(
    (function* () {
      given.text = true
      yield message
    })(),
  )
  return new Promise((resolve, reject) => {
    connection.send({ from, to, size: message.length }, text, (error) => (error ? reject(error) : resolve()))
  })
}

function outcomeOf(error: unknown, isGiven: boolean): SendingOutcome {
  const answer = answerOf(error)
  if (answer === null) {
    return isGiven
      ? uncertain('邮件服务器收到邮件后连接中断，可能已发出，没有确认')
      : later('连不上邮件服务器，或邮件服务器没有应答')
  }
  if (isOfServer(error) || answer === 421) return later(`邮件服务器不接受登录或连接（${answer}）`)
  return answer >= 500 ? refused(whyRefused(answer)) : laterForOne(`邮件服务器暂时不收（${answer}）`)
}

/** RFC 5321, 4.2.3. */
function whyRefused(answer: number): string {
  if ([550, 551, 553].includes(answer)) return `邮箱地址不存在或拒绝接收（${answer}）`
  if (answer === 552) return `邮箱已满（${answer}）`
  return `邮件服务器拒收（${answer}）`
}

/** The number that the server answered with; null where it did not answer. */
const answerOf = (error: unknown): number | null =>
  error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
    ? error.responseCode
    : null

/** Whether an answer is about us and not about a letter: the greeting, encryption, signing in. */
const isOfServer = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && !['EENVELOPE', 'EMESSAGE'].includes(String(error.code))
