import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { meetingStateNames } from './names-schema.ts'
import { type MeetingFacts, may, mayRun, stateOf } from './policy.ts'
import type { MeetingCan } from './schema.ts'
import { exchangeParticipants, exchanges } from './tables.ts'

type Rows = Pick<Context, 'db' | 'tenantId'>

/** A meeting with where those stand that take part in it. */
export type StoredMeeting = typeof exchanges.$inferSelect & Pick<MeetingFacts, 'participantPaths'>

/** A meeting, whoever asks; locked where it is to be changed. */
export async function findMeeting(
  ctx: Rows,
  exchangeId: string,
  { lock = false } = {},
): Promise<StoredMeeting | undefined> {
  const query = ctx.db.select().from(exchanges).where(ofMeeting(ctx, exchangeId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  if (!row) return undefined
  const participants = await ctx.db
    .select({ path: exchangeParticipants.path })
    .from(exchangeParticipants)
    .where(participatesIn(ctx, exchangeId))
  return { ...row, participantPaths: participants.map((it) => it.path) }
}

/** A meeting for whoever may read it. */
export async function openMeeting(
  ctx: Context,
  exchangeId: string,
  how: { lock?: boolean } = {},
): Promise<StoredMeeting> {
  const row = await findMeeting(ctx, exchangeId, how)
  return found(row && may(ctx.actor, row, ctx.today).read ? row : undefined, '场交流会')
}

/** A meeting for what the policy may allow, locked. Who could, were it not for what has become of it, is told what that is. */
export async function lockFor(
  ctx: Context,
  exchangeId: string,
  action: keyof MeetingCan,
  named: string,
): Promise<StoredMeeting> {
  const meeting = await openMeeting(ctx, exchangeId, { lock: true })
  if (may(ctx.actor, meeting, ctx.today)[action]) return meeting
  const isForAll = action === 'write' || action === 'comment'
  authorize(isForAll || mayRun(ctx.actor, meeting.path), named)
  throw refusedBy(meeting, ctx, named)
}

/** That a meeting is not where something is done. */
export function refusedBy(meeting: MeetingFacts, { today }: Pick<Context, 'today'>, named: string): Refusal {
  const state = stateOf(meeting, today)
  const hint = state === 'planned' ? '请先发布。' : state === 'announced' ? '请到开会当天再办理。' : '请刷新页面查看。'
  return new Refusal('conflict', `这场交流会${meetingStateNames[state]}，不能${named}。${hint}`)
}

/**
 * Where a meeting stands in the tree, for whoever belongs to the organisation that holds it or to one that takes part: a place of
 * another part of the tree is opened to them by it. Runs over what they reach by themselves.
 */
export async function hostPathOf(ctx: Context, exchangeId: string): Promise<OrgPath> {
  const [row] = await ctx.db.select({ path: exchanges.path }).from(exchanges).where(ofMeeting(ctx, exchangeId))
  if (row) return row.path
  const [other] = await ctx.db
    .select({ path: exchangeParticipants.hostPath })
    .from(exchangeParticipants)
    .where(participatesIn(ctx, exchangeId))
    .limit(1)
  return found(other, '场交流会').path
}

/** Where an organisation stands for which the actor runs something. */
export async function placeFor(ctx: Context, organizationId: string, named: string): Promise<OrgPath> {
  const { path, dissolvedOn } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayRun(ctx.actor, path), `为这个组织${named}`)
  if (dissolvedOn !== null) throw new Refusal('conflict', `这个组织已经撤销，不能再${named}。`)
  return path
}

/** One meeting, by the key of its table. */
export const ofMeeting = ({ tenantId }: Pick<Context, 'tenantId'>, exchangeId: string): SQL =>
  and(eq(exchanges.tenantId, tenantId), eq(exchanges.id, exchangeId)) ?? sql`false`

/** The organisations that take part in one. */
export const participatesIn = ({ tenantId }: Pick<Context, 'tenantId'>, exchangeId: string): SQL =>
  and(eq(exchangeParticipants.tenantId, tenantId), eq(exchangeParticipants.exchangeId, exchangeId)) ?? sql`false`

/** Writes down what has become of a meeting. */
export async function changeStored(
  ctx: Rows,
  exchangeId: string,
  set: Partial<typeof exchanges.$inferSelect>,
): Promise<void> {
  await ctx.db.update(exchanges).set(set).where(ofMeeting(ctx, exchangeId))
}

export const subjectOf = ({ id, path }: Pick<StoredMeeting, 'id' | 'path'>): Subject => ({
  kind: 'exchange',
  id,
  orgPath: path,
})
