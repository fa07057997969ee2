import { createHmac, timingSafeEqual } from 'node:crypto'

/** A running session, as far as the routes need it. */
export interface Session {
  id: string
  /** The user in the sign-in library. */
  userId: string
  accountId: string
  /** An administrator who has not shown a second factor yet: may set one up, and nothing else. */
  needsSecondFactor: boolean
}

/** The cookie that carries a session: a random token and a signature over it, as the sign-in library writes it. */
export interface SessionCookie {
  name: string
  /** The token of a `cookie` header, null where there is none or the signature is not ours. */
  read(cookies: string | undefined): string | null
  /** The same of another cookie of the sign-in library. */
  readOther(cookies: string | undefined, name: string): string | null
  /** The value of a `set-cookie` header for a new session. */
  write(token: string, maxAgeSeconds: number): string
}

/** The prefix of all cookies of the sign-in library. */
export const cookiePrefix = 'zhibu'

/** The cookie of this installation; `isSecure` where people reach it by https only. */
export function sessionCookie(secret: string, isSecure: boolean): SessionCookie {
  const prefix = `${isSecure ? '__Secure-' : ''}${cookiePrefix}.`
  const name = `${prefix}session_token`
  const signatureOf = (token: string) => createHmac('sha256', secret).update(token).digest()
  function signedIn(cookies: string | undefined, cookie: string): string | null {
    const value = decoded(cookieValue(cookies, cookie))
    const dot = value.lastIndexOf('.')
    if (dot < 1) return null
    const token = value.slice(0, dot)
    const given = Buffer.from(value.slice(dot + 1), 'base64')
    const right = signatureOf(token)
    return given.length === right.length && timingSafeEqual(given, right) ? token : null
  }
  return {
    name,
    read: (cookies) => signedIn(cookies, name),
    readOther: (cookies, other) => signedIn(cookies, `${prefix}${other}`),
    write(token, maxAgeSeconds) {
      const value = encodeURIComponent(`${token}.${signatureOf(token).toString('base64')}`)
      return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
    },
  }
}

/** The value of a cookie in a `cookie` header; empty where there is none. */
export function cookieValue(cookies: string | undefined, name: string): string {
  for (const part of cookies?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value ?? ''
  }
  return ''
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
