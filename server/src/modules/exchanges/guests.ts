import { addDays, type Day } from '@zhibu/rules'
import { and, asc, count, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { linkSecretHash, newLinkSecret } from '../../platform/link-secret.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { mostGuests, mostLinkDays } from './names-schema.ts'
import { mayRun } from './policy.ts'
import type { GuestLink, GuestList, NewGuest } from './schema.ts'
import { lockFor, openMeeting, subjectOf } from './stored.ts'
import { exchangeGuests } from './tables.ts'

/**
 * The guests of a meeting, for whoever runs it. Everything here runs over the whole university, after it was settled who may: no office
 * reads the rows of guests in the database.
 */

export type StoredGuest = typeof exchangeGuests.$inferSelect

/** Who is invited, in the order of their invitation. */
export async function listGuests(ctx: Context, exchangeId: string): Promise<GuestList> {
  const meeting = await openMeeting(ctx, exchangeId)
  authorize(mayRun(ctx.actor, meeting.path), '查看校外嘉宾')
  const rows = await ctx.db.select().from(exchangeGuests).where(ofAll(ctx, exchangeId)).orderBy(asc(exchangeGuests.id))
  return {
    items: rows.map((it) => ({
      ...{ id: it.id, name: it.name, institution: it.institution, email: it.email, untilOn: it.untilOn },
      closed: it.revokedAt !== null ? 'revoked' : it.untilOn < ctx.today ? 'over' : null,
      firstOpenedAt: it.firstOpenedAt?.toISOString() ?? null,
    })),
  }
}

/** Invites somebody of another institution. The link is shown once: only the hash of its secret is kept. */
export async function inviteGuest(
  ctx: Context,
  exchangeId: string,
  { untilOn, ...guest }: NewGuest,
): Promise<GuestLink> {
  const meeting = await lockFor(ctx, exchangeId, 'invite', '邀请校外嘉宾')
  refuseFarDay(ctx, untilOn)
  const [known] = await ctx.db.select({ all: count() }).from(exchangeGuests).where(ofAll(ctx, exchangeId))
  if ((known?.all ?? 0) >= mostGuests) throw new Refusal('conflict', `一场交流会最多邀请 ${mostGuests} 位校外嘉宾。`)

  const { tenantId, actor } = ctx
  const [id, secret] = [newId(), newLinkSecret()]
  await ctx.db.insert(exchangeGuests).values({
    ...{ ...guest, tenantId, id, exchangeId, path: meeting.path, untilOn },
    ...{ secretHash: linkSecretHash(secret), invitedBy: actor.name },
  })
  await record(ctx, 'exchanges.guest-invited', subjectOf(meeting), { ...named(guest), untilOn })
  return { id, link: linkOf(secret), untilOn }
}

/** Makes another link in the place of the one that was lost or is over; the earlier one, and whoever came in by it, is let in no more. */
export async function renewLink(ctx: Context, exchangeId: string, guestId: string, untilOn: Day): Promise<GuestLink> {
  const meeting = await lockFor(ctx, exchangeId, 'invite', '重新生成邀请链接')
  refuseFarDay(ctx, untilOn)
  const guest = await lockGuest(ctx, exchangeId, guestId)
  const secret = newLinkSecret()
  await ctx.db
    .update(exchangeGuests)
    .set({ secretHash: linkSecretHash(secret), untilOn, revokedAt: null })
    .where(ofGuest(ctx, guestId))
  await record(ctx, 'exchanges.guest-link-renewed', subjectOf(meeting), { ...named(guest), untilOn })
  return { id: guestId, link: linkOf(secret), untilOn }
}

/** From now on the link leads nowhere, and whoever came in by it is let in no more. What they wrote stays. */
export async function revokeGuest(ctx: Context, exchangeId: string, guestId: string): Promise<void> {
  const meeting = await openMeeting(ctx, exchangeId)
  authorize(mayRun(ctx.actor, meeting.path), '停用邀请链接')
  const guest = await lockGuest(ctx, exchangeId, guestId)
  if (guest.revokedAt !== null) throw new Refusal('conflict', '这个邀请链接已经停用。请刷新页面查看。')
  await ctx.db.update(exchangeGuests).set({ revokedAt: new Date() }).where(ofGuest(ctx, guestId))
  await record(ctx, 'exchanges.guest-revoked', subjectOf(meeting), named(guest))
}

/** The guest to whom a secret belongs, while their link stands on a day. Runs over the whole university. */
export async function guestBySecret(
  ctx: Pick<Context, 'db' | 'tenantId' | 'today'>,
  secret: string,
): Promise<StoredGuest | undefined> {
  const [row] = await ctx.db
    .select()
    .from(exchangeGuests)
    .where(and(eq(exchangeGuests.tenantId, ctx.tenantId), eq(exchangeGuests.secretHash, linkSecretHash(secret))))
  return row && stands(row, ctx.today) ? row : undefined
}

/** The same by the id. */
export async function guestById(
  ctx: Pick<Context, 'db' | 'tenantId' | 'today'>,
  guestId: string,
): Promise<StoredGuest | undefined> {
  const [row] = await ctx.db.select().from(exchangeGuests).where(ofGuest(ctx, guestId))
  return row && stands(row, ctx.today) ? row : undefined
}

/** Writes down when a guest has first come in. */
export async function markOpened(ctx: Pick<Context, 'db' | 'tenantId'>, { id }: StoredGuest, now: Date): Promise<void> {
  await ctx.db
    .update(exchangeGuests)
    .set({ firstOpenedAt: now })
    .where(and(ofGuest(ctx, id), isNull(exchangeGuests.firstOpenedAt)))
}

/** A link stands until the end of its last day in China. */
const stands = ({ revokedAt, untilOn }: StoredGuest, today: Day): boolean => revokedAt === null && today <= untilOn

function refuseFarDay({ today }: Context, untilOn: Day): void {
  if (untilOn < today) refuseField('untilOn', '不能早于今天')
  if (untilOn > addDays(today, mostLinkDays)) refuseField('untilOn', `最长 ${mostLinkDays} 天，请选择更早的日期`)
}

async function lockGuest(ctx: Context, exchangeId: string, guestId: string): Promise<StoredGuest> {
  const [row] = await ctx.db
    .select()
    .from(exchangeGuests)
    .where(and(ofAll(ctx, exchangeId), eq(exchangeGuests.id, guestId)))
    .for('update')
  return found(row, '位嘉宾')
}

const named = ({ name, institution }: Pick<StoredGuest, 'name' | 'institution'>) => ({ guestName: name, institution })

/** The guest as whoever writes. */
export const writerOf = ({ id, name, institution }: StoredGuest) => ({ personId: null, guestId: id, name, institution })

const linkOf = (secret: string): string => `/training/exchanges/guest#${secret}`

const ofGuest = ({ tenantId }: Pick<Context, 'tenantId'>, guestId: string): SQL =>
  and(eq(exchangeGuests.tenantId, tenantId), eq(exchangeGuests.id, guestId)) ?? sql`false`

const ofAll = ({ tenantId }: Pick<Context, 'tenantId'>, exchangeId: string): SQL =>
  and(eq(exchangeGuests.tenantId, tenantId), eq(exchangeGuests.exchangeId, exchangeId)) ?? sql`false`
