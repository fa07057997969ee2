import { timingSafeEqual } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { networkOf } from '../../platform/address.ts'
import type { Context } from '../../platform/context.ts'
import { type Scope, wholeUniversity } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import type { Env } from '../../platform/http.ts'
import type { Recorder } from '../../platform/journal.ts'
import { onlyThere } from '../../platform/org-path.ts'
import { Refusal } from '../../platform/refusal.ts'
import { cookiePrefix, cookieValue } from '../../platform/session.ts'
import { guestById, guestBySecret, markOpened, type StoredGuest } from './guests.ts'
import { refuseFlood } from './limits.ts'
import { findMeeting, type StoredMeeting } from './stored.ts'

/**
 * The door for guests without an account. The secret stands behind the `#` of the link and is sent once, in a body; from then on a
 * cookie of this one path says who comes, signed for the secret of the link as it is now. It is no session: nothing else of the
 * university looks at it, and a link that is over, revoked or made anew closes the door at once.
 */

/** Where the cookie is sent, and nowhere else. */
const cookiePath = '/api/exchanges/guest'

/** What a guest acts through. */
export interface GuestContext extends Recorder, Pick<Context, 'today'> {
  guest: StoredGuest
  meeting: StoredMeeting
}

/** Lets somebody in by the secret of a link. */
export async function admitGuest(c: HonoContext<Env>, secret: string): Promise<void> {
  refuseFlood('links', networkOf(c.var.address))
  const { database, tenantId, today, now } = c.var
  if (!tenantId) throw closed()
  const guest = await database.transaction(wholeUniversity(tenantId), async (db) => {
    const it = await guestBySecret({ db, tenantId, today }, secret)
    if (it) await markOpened({ db, tenantId }, it, now)
    return it
  })
  if (guest === undefined) throw closed()
  const seconds = Math.max(60, Math.floor((Date.parse(`${guest.untilOn}T23:59:59+08:00`) - now.getTime()) / 1000))
  setCookie(c, `${guest.id}.${signatureOf(c.var.encryption, guest)}`, seconds)
}

/** Forgets who came. */
export const dismissGuest = (c: HonoContext<Env>): void => setCookie(c, '', 0)

/** Runs a use case for the guest of the cookie, who sees nothing of the database but the place of their meeting. */
export async function asGuest<T>(c: HonoContext<Env>, useCase: (ctx: GuestContext) => Promise<T>): Promise<T> {
  const { database, tenantId, today, requestId, encryption } = c.var
  const [guestId = '', signature = ''] = cookieValue(c.req.header('cookie'), cookieName(c)).split('.')
  if (!tenantId || !/^[0-9a-f-]{36}$/.test(guestId)) throw closed()
  const guest = await database.reading(wholeUniversity(tenantId), (db) => guestById({ db, tenantId, today }, guestId))
  if (guest === undefined || !isSame(signature, signatureOf(encryption, guest))) throw closed()

  const scope: Scope = { ...wholeUniversity(tenantId), ranges: [onlyThere(guest.path)] }
  return database.transaction(scope, async (db) => {
    const meeting = await findMeeting({ db, tenantId }, guest.exchangeId, { lock: c.req.method !== 'GET' })
    if (meeting === undefined) throw closed()
    const actor = { accountId: null, name: `校外嘉宾 ${guest.name}` }
    return useCase({ db, tenantId, today, requestId, actor, guest, meeting })
  })
}

/** The same answer for every reason: a secret that never was is not told from one that is over. */
const closed = (): Refusal =>
  new Refusal('not-found', '邀请链接已到期、已停用或不完整。请重新打开收到的链接，或联系邀请您的老师。')

const signatureOf = (encryption: FieldEncryption, { id, secretHash }: StoredGuest): string =>
  encryption.keyedHash(`exchanges guest ${id} ${secretHash}`)

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const isSecure = (c: HonoContext<Env>): boolean => c.var.config.baseUrl.startsWith('https:')
const cookieName = (c: HonoContext<Env>): string => `${isSecure(c) ? '__Secure-' : ''}${cookiePrefix}.exchange_guest`

function setCookie(c: HonoContext<Env>, value: string, seconds: number): void {
  const attributes = [`Path=${cookiePath}`, `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Strict']
  c.header('set-cookie', [`${cookieName(c)}=${value}`, ...attributes, ...(isSecure(c) ? ['Secure'] : [])].join('; '))
}
