import { randomInt, timingSafeEqual } from 'node:crypto'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record, type Subject } from '../../platform/journal.ts'
import { rateLimit } from '../../platform/rate-limit.ts'
import { authorize, Refusal, refuseField } from '../../platform/refusal.ts'
import { nextDigestAt, outsideQuietHours } from './dispatching.ts'
import { type Channel, type Choices, channels, type PreferencesChange, type PreferencesView } from './schema.ts'
import { noticeDispatches, noticePreferences } from './tables.ts'

type Row = typeof noticePreferences.$inferSelect

/** What holds until a person chooses: as soon as there is an address, at once. */
const usualChoices: Choices = { email: 'atOnce', wecom: 'atOnce', dingtalk: 'atOnce' }

/** A code is good for so long, against so many wrong ones. */
const codeMinutes = 15
const mostFailures = 5

/** How often codes are sent, for an account and to an address. */
const codeRate = { burst: 5, perSeconds: 3_600 }
const codesOf = rateLimit(codeRate, Date.now)

/** Where an address is sealed to lie; elsewhere it does not open. */
export const placeOfAddress = (channel: Channel, personId: string): string =>
  `notice_preferences.${channel}:${personId}`
const placeOfNewAddress = (personId: string): string => `notice_preferences.new_email:${personId}`

export async function readPreferences(ctx: Context, available: readonly Channel[]): Promise<PreferencesView> {
  const personId = ownPersonId(ctx)
  const row = await load(ctx, personId)
  const open = (sealed: string | null | undefined, channel: Channel) =>
    sealed ? ctx.encryption.openField(sealed, placeOfAddress(channel, personId)) : null
  const isWaiting = row?.codeExpiresAt && row.codeExpiresAt.getTime() > Date.now()
  return {
    choices: row?.choices ?? usualChoices,
    quietHours: row?.quietHours ?? null,
    available: channels.filter((it) => available.includes(it)),
    email: row?.emailMask ?? null,
    emailToProve: isWaiting ? row.newEmailMask : null,
    wecomUser: open(row?.wecomUserSealed, 'wecom'),
    dingtalkUser: open(row?.dingtalkUserSealed, 'dingtalk'),
  }
}

/** Sets how the actor wants to be reached; what still waits for them goes by it, too. */
export async function setPreferences(ctx: Context, change: PreferencesChange): Promise<void> {
  const personId = ownPersonId(ctx)
  await write(ctx, personId, change)
  await followPreferences(ctx, personId)
  await record(ctx, 'notices.preferences-changed', subjectOf(personId))
}

/**
 * Takes an address that is to be proven; the old one stays until then. Answers the code that has to be sent there when this is
 * committed.
 */
export async function askForProof(ctx: Context, address: string): Promise<{ code: string }> {
  const personId = ownPersonId(ctx)
  for (const key of [ctx.actor.accountId, address.toLowerCase()]) {
    const waitSeconds = codesOf.take(key)
    if (waitSeconds > 0)
      throw new Refusal('too-many', `验证码发送得太频繁，请 ${Math.ceil(waitSeconds / 60)} 分钟后再试。`)
  }
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await write(ctx, personId, {
    newEmailSealed: ctx.encryption.sealField(address, placeOfNewAddress(personId)),
    newEmailMask: maskAddress(address),
    codeHash: hashOf(ctx, personId, code),
    codeExpiresAt: new Date(Date.now() + codeMinutes * 60_000),
    codeFailures: 0,
  })
  await record(ctx, 'notices.address-given', subjectOf(personId), { channel: 'email' })
  return { code }
}

/** The mail with a code. The code stands in the text only, which the lock screen of a phone does not show. */
export const proofMail = (code: string) => ({
  subject: '支部工作台：验证邮箱',
  text: `您的验证码是 ${code}，${codeMinutes} 分钟内有效。请在“通知偏好”页面填写。\n\n如果不是您本人操作，请忽略这封邮件，任何人都不会因此向这个地址发送通知。\n`,
})

/**
 * Proves the address by its code. Answers false for a wrong code, which has to be committed: it counts. Refuses where no code waits.
 */
export async function proveAddress(ctx: Context, code: string): Promise<boolean> {
  const personId = ownPersonId(ctx)
  const row = await load(ctx, personId, { lock: true })
  const { newEmailSealed, newEmailMask, codeHash, codeExpiresAt, codeFailures } = row ?? {}
  if (!newEmailSealed || !codeHash || !codeExpiresAt || codeExpiresAt.getTime() <= Date.now())
    throw new Refusal('conflict', '没有等待验证的邮箱，或验证码已过期。请重新获取验证码。')
  if ((codeFailures ?? 0) >= mostFailures)
    throw new Refusal('too-many', `验证码填错了 ${mostFailures} 次，已作废。请重新获取验证码。`)
  if (!timingSafeEqual(Buffer.from(codeHash), Buffer.from(hashOf(ctx, personId, code)))) {
    await write(ctx, personId, { codeFailures: (codeFailures ?? 0) + 1 })
    return false
  }
  const address = ctx.encryption.openField(newEmailSealed, placeOfNewAddress(personId))
  await write(ctx, personId, {
    emailSealed: ctx.encryption.sealField(address, placeOfAddress('email', personId)),
    emailMask: newEmailMask ?? null,
    ...noProof,
  })
  await record(ctx, 'notices.address-proven', subjectOf(personId), { channel: 'email' })
  return true
}

/** Says beside the field that a code was wrong. */
export const refuseCode = (): never => refuseField('code', `验证码不正确。连续填错 ${mostFailures} 次后须重新获取。`)

export async function removeAddress(ctx: Context): Promise<void> {
  const personId = ownPersonId(ctx)
  await write(ctx, personId, { emailSealed: null, emailMask: null, ...noProof })
  await followPreferences(ctx, personId)
  await record(ctx, 'notices.address-removed', subjectOf(personId), { channel: 'email' })
}

/** Sets the name of the actor in a messenger, or takes it away. */
export async function setMessengerUser(
  ctx: Context,
  channel: 'wecom' | 'dingtalk',
  user: string | null,
): Promise<void> {
  const personId = ownPersonId(ctx)
  const sealed = user === null ? null : ctx.encryption.sealField(user, placeOfAddress(channel, personId))
  await write(ctx, personId, channel === 'wecom' ? { wecomUserSealed: sealed } : { dingtalkUserSealed: sealed })
  await followPreferences(ctx, personId)
  const event = user === null ? 'notices.address-removed' : 'notices.address-given'
  await record(ctx, event, subjectOf(personId), { channel })
}

const noProof = { newEmailSealed: null, newEmailMask: null, codeHash: null, codeExpiresAt: null, codeFailures: 0 }

/** The first letter and the domain: `l***@example.edu.cn`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, 1)}***${address.slice(at)}`
}

const hashOf = ({ encryption }: Context, personId: string, code: string): string =>
  encryption.keyedHash(`notices.code:${personId}:${code}`)

const subjectOf = (personId: string): Subject => ({ kind: 'person', id: personId, personId })

function ownPersonId({ actor }: Context): string {
  authorize(actor.personId !== null, '接收通知')
  return actor.personId ?? ''
}

async function load(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  personId: string,
  { lock = false } = {},
): Promise<Row | undefined> {
  const query = db
    .select()
    .from(noticePreferences)
    .where(and(eq(noticePreferences.tenantId, tenantId), eq(noticePreferences.personId, personId)))
  const [row] = await (lock ? query.for('update') : query)
  return row
}

async function write({ db, tenantId }: Context, personId: string, change: Partial<Row>): Promise<void> {
  await db
    .insert(noticePreferences)
    .values({ choices: usualChoices, ...change, tenantId, personId })
    .onConflictDoUpdate({ target: [noticePreferences.tenantId, noticePreferences.personId], set: change })
}

/** What waits and was not begun: away where the person does not want it any more, else at the time that they want. */
async function followPreferences({ db, tenantId }: Context, personId: string): Promise<void> {
  const row = await load({ db, tenantId }, personId)
  const quiet = sql`${row?.quietHours ? JSON.stringify(row.quietHours) : null}::jsonb`
  const now = new Date()
  const addresses = { email: row?.emailSealed, wecom: row?.wecomUserSealed, dingtalk: row?.dingtalkUserSealed }
  for (const channel of channels) {
    const waiting = and(
      eq(noticeDispatches.tenantId, tenantId),
      eq(noticeDispatches.personId, personId),
      eq(noticeDispatches.channel, channel),
      isNull(noticeDispatches.claimedAt),
      isNull(noticeDispatches.failedAt),
      isNull(noticeDispatches.sentAt),
    )
    const choice = row?.choices[channel] ?? 'never'
    if (choice === 'never' || !addresses[channel]) await db.delete(noticeDispatches).where(waiting)
    else {
      const isWeekly = choice === 'weekly'
      const from: SQL = sql`${(isWeekly ? nextDigestAt(now) : now).toISOString()}::timestamptz`
      await db
        .update(noticeDispatches)
        .set({ inDigest: isWeekly, notBefore: outsideQuietHours(from, quiet) })
        .where(waiting)
    }
  }
}
