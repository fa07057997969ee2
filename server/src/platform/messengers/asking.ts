import { later, refused, type SendingOutcome, uncertain } from '../sending-outcome.ts'

/** What a messenger answered, with its own codes in it; or why there is no answer. */
export type Asked = { answer: Readonly<Record<string, unknown>> } | { outcome: SendingOutcome }

const timeoutMilliseconds = 10_000

/**
 * Asks an interface of a messenger, which an administrator has configured. Addresses hold keys: none of them goes into a reason
 * or an error.
 */
export async function ask(address: string, body?: object): Promise<Asked> {
  try {
    const response = await fetch(address, {
      ...(body && posted(body)),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    const { status } = response
    if (status === 429 || status === 503) return { outcome: later(`对方服务器繁忙（${status}）`) }
    if (status >= 500) return { outcome: uncertain(`对方服务器出错（${status}），可能已发出，没有确认`) }
    const answer: unknown = await response.json().catch(() => null)
    if (typeof answer === 'object' && answer !== null) return { answer: { ...answer } }
    return {
      outcome:
        status < 300
          ? uncertain('对方服务器的应答无法读取，可能已发出，没有确认')
          : refused(`对方服务器拒绝（${status}）`),
    }
  } catch (error) {
    return { outcome: isUnreached(error) ? later('连不上对方服务器') : uncertain('连接中断，可能已发出，没有确认') }
  }
}

/** A form with files goes as it is, anything else as JSON. */
const posted = (body: object): RequestInit =>
  body instanceof FormData
    ? { method: 'POST', body }
    : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }

/** Whether a request never left: the name is not known, nobody listens, or the certificate is not believed. */
function isUnreached(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.every(isUnreached)
  if ('code' in error && unreached.test(String(error.code))) return true
  return error.cause !== undefined && isUnreached(error.cause)
}

const unreached =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.+|ERR_TLS_.+|.*_CERT.*|UNABLE_TO_.+)$/

/** The key of an application for some hours, asked for when it is needed and asked for anew when it is not taken any more. */
export function heldToken(obtain: () => Promise<{ token: string; seconds: number } | { outcome: SendingOutcome }>) {
  let held: { token: string; until: number } | null = null
  let asking: ReturnType<typeof obtain> | null = null
  return {
    async get(): Promise<string | { outcome: SendingOutcome }> {
      if (held && held.until > Date.now()) return held.token
      asking ??= obtain().finally(() => {
        asking = null
      })
      const obtained = await asking
      if ('outcome' in obtained) return obtained
      // A minute less than it is good for: it must outlive the request.
      held = { token: obtained.token, until: Date.now() + (obtained.seconds - 60) * 1000 }
      return held.token
    },
    /** Forgets a key that was not taken, unless there is another one already. */
    forget(token: string): void {
      if (held?.token === token) held = null
    },
  }
}

/** Sends with a key; where it is not taken any more, once again with a new one. */
export async function withToken(
  token: ReturnType<typeof heldToken>,
  send: (token: string) => Promise<SendingOutcome | 'token-over'>,
): Promise<SendingOutcome> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const current = await token.get()
    if (typeof current !== 'string') return notSent(current.outcome)
    const outcome = await send(current)
    if (outcome !== 'token-over') return outcome
    token.forget(current)
  }
  return later('对方服务器不接受应用的凭证')
}

/** Nothing has gone out where the key was not even obtained. */
const notSent = (outcome: SendingOutcome): SendingOutcome =>
  outcome.kind === 'sent' ? outcome : later(`取不到应用的凭证：${outcome.why}`)
