import { addDays } from '@zhibu/rules'
import { and, desc, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { offices } from '../organization/tables.ts'
import { identityOf } from './identities.ts'
import { isHeld } from './office-held.ts'
import { mayModerate, maySettle } from './policy.ts'
import type { DiscussionSettings, DiscussionSettingsView, Opening } from './schema.ts'
import { settingsOf } from './settings.ts'
import { loadTopic, randomId, subjectOf } from './stored.ts'
import { discussionOpenings, discussionTopics } from './tables.ts'

/** Which of the two offices of the settings the actor holds today: 0, 1, or none. Holding both, a person still cannot agree with themselves. */
async function sidesOf(ctx: Context, { openers }: DiscussionSettings): Promise<number[]> {
  if (openers === null || ctx.actor.personId === null || ctx.actor.administrator !== null) return []
  const held = await ctx.db
    .select({ organizationId: offices.organizationId, office: offices.office })
    .from(offices)
    .where(and(isHeld(ctx), eq(offices.personId, ctx.actor.personId)))
  return openers.flatMap((opener, side) =>
    held.some((it) => it.organizationId === opener.organizationId && it.office === opener.office) ? [side] : [],
  )
}

/** Whether the actor may ask for the identity of a protected topic. */
export async function mayAskOpening(ctx: Context): Promise<boolean> {
  const { settings } = await settingsOf(ctx)
  return (await sidesOf(ctx, settings)).length > 0
}

/** What the university has settled, and what of it concerns the actor. */
export async function readSettings(ctx: Context): Promise<{ view: DiscussionSettingsView; revision: number }> {
  const { settings, revision } = await settingsOf(ctx)
  const open = (await sidesOf(ctx, settings)).length > 0
  return { view: { ...settings, can: { change: maySettle(ctx.actor), open } }, revision }
}

/** The openings of one topic, or all that the actor may decide on or has taken part in. */
export async function openingsOf(ctx: Context, { topicId }: { topicId?: string }): Promise<Opening[]> {
  const { settings } = await settingsOf(ctx)
  const sides = await sidesOf(ctx, settings)
  if (topicId === undefined && sides.length === 0) return []
  const it = discussionOpenings
  const rows = await ctx.db
    .select({ opening: it, title: discussionTopics.title })
    .from(it)
    .innerJoin(discussionTopics, and(eq(discussionTopics.tenantId, it.tenantId), eq(discussionTopics.id, it.topicId)))
    .where(
      and(
        eq(it.tenantId, ctx.tenantId),
        topicId === undefined ? inArray(it.askedSide, [0, 1]) : eq(it.topicId, topicId),
      ),
    )
    .orderBy(desc(it.askedAt))
    .limit(100)
  return rows.map(({ opening, title }) => viewOf(ctx, sides, opening, title))
}

type StoredOpening = typeof discussionOpenings.$inferSelect

function viewOf(ctx: Context, sides: readonly number[], it: StoredOpening, topicTitle: string): Opening {
  return {
    ...{ id: it.id, topicId: it.topicId, topicTitle, reason: it.reason, askedBy: it.askedBy },
    ...{ askedOffice: it.askedOffice, askedAt: it.askedAt.toISOString(), untilOn: it.untilOn },
    agreedBy: it.agreedAt ? it.decidedBy : null,
    agreedAt: it.agreedAt?.toISOString() ?? null,
    declinedBy: it.declinedAt ? it.decidedBy : null,
    declinedAt: it.declinedAt?.toISOString() ?? null,
    declineReason: it.declineReason,
    readings: it.readings,
    can: {
      decide: mayDecide(ctx, sides, it),
      read: mayReadIdentity(ctx, sides, it),
      openTopic: mayModerate(ctx.actor, it.path),
    },
  }
}

const mayDecide = ({ actor, today }: Context, sides: readonly number[], it: StoredOpening): boolean =>
  it.agreedAt === null &&
  it.declinedAt === null &&
  today <= it.untilOn &&
  it.askedByAccountId !== actor.accountId &&
  sides.some((side) => side !== it.askedSide)

/** As long as they hold the offices by which they opened it together. */
const mayReadIdentity = ({ actor }: Context, sides: readonly number[], it: StoredOpening): boolean =>
  it.agreedAt !== null &&
  ((it.askedByAccountId === actor.accountId && sides.includes(it.askedSide)) ||
    (it.decidedByAccountId === actor.accountId && sides.some((side) => side !== it.askedSide)))

/** Asks to open the identity of a protected topic, as one of the two offices. Its author sees who has asked, and why. */
export async function askOpening(ctx: Context, topicId: string, reason: string): Promise<string> {
  const { settings } = await settingsOf(ctx)
  const [side] = await sidesOf(ctx, settings)
  authorize(side !== undefined, '申请查看身份')
  const topic = await loadTopic(ctx, topicId, { lock: true })
  if (!topic.isProtected) throw new Refusal('conflict', '这个话题的作者没有隐去身份。')
  const it = discussionOpenings
  const [waiting] = await ctx.db
    .select({ id: it.id })
    .from(it)
    .where(
      and(
        eq(it.tenantId, ctx.tenantId),
        eq(it.topicId, topicId),
        isNull(it.declinedAt),
        isNull(it.agreedAt),
        gte(it.untilOn, ctx.today),
      ),
    )
    .limit(1)
  const office = settings.openers?.[side ?? 0]?.office
  if (office === undefined) throw new Error('an office without a setting')
  if (waiting) throw new Refusal('conflict', '已有一项申请在等待另一职务的人员表态，不能重复申请。')
  const id = randomId()
  await ctx.db.insert(it).values({
    ...{ tenantId: ctx.tenantId, id, topicId, path: topic.path, reason },
    ...{ askedBy: ctx.actor.name, askedByAccountId: ctx.actor.accountId, askedOffice: office, askedSide: side ?? 0 },
    ...{ askedAt: new Date(), untilOn: addDays(ctx.today, settings.openingDays) },
  })
  await record(ctx, 'discussion.opening-asked', subjectOf(topic), { reason })
  return id
}

/** Agrees to open an identity, or declines with a reason: a person of the other office, and another one than who has asked. */
export async function decideOpening(
  ctx: Context,
  openingId: string,
  decision: { isAgreed: true } | { isAgreed: false; reason: string },
): Promise<void> {
  const { settings } = await settingsOf(ctx)
  const sides = await sidesOf(ctx, settings)
  const [row] = await ctx.db.select().from(discussionOpenings).where(isOpening(ctx, openingId)).for('update')
  const it = found(sides.length > 0 ? row : undefined, '项申请')
  if (!mayDecide(ctx, sides, it)) {
    authorize(
      it.askedByAccountId !== ctx.actor.accountId && sides.some((side) => side !== it.askedSide),
      '就这项申请表态',
    )
    throw new Refusal('conflict', ctx.today > it.untilOn ? '这项申请已经过期，须重新申请。' : '这项申请已经有了结果。')
  }
  const by = { decidedBy: ctx.actor.name, decidedByAccountId: ctx.actor.accountId }
  const outcome = decision.isAgreed
    ? { agreedAt: new Date() }
    : { declinedAt: new Date(), declineReason: decision.reason }
  await ctx.db
    .update(discussionOpenings)
    .set({ ...by, ...outcome })
    .where(isOpening(ctx, openingId))
  const event = decision.isAgreed ? 'discussion.opening-agreed' : 'discussion.opening-declined'
  await record(
    ctx,
    event,
    subjectOf({ id: it.topicId, path: it.path }),
    decision.isAgreed ? {} : { reason: decision.reason },
  )
}

/** Shows an identity to the two who have opened it together; each reading is written down, without the identity, and seen by its author. */
export async function readIdentity(ctx: Context, openingId: string) {
  const [row] = await ctx.db.select().from(discussionOpenings).where(isOpening(ctx, openingId))
  const { settings } = await settingsOf(ctx)
  const sides = await sidesOf(ctx, settings)
  const it = found(sides.length > 0 ? row : undefined, '项申请')
  authorize(mayReadIdentity(ctx, sides, it), '查看这位作者的身份')
  const identity = await identityOf(ctx, it.topicId)
  const side = sides.find((each) => (it.askedByAccountId === ctx.actor.accountId) === (each === it.askedSide))
  const office = settings.openers?.[side ?? 0]?.office ?? it.askedOffice
  const reading = { by: ctx.actor.name, office, at: new Date().toISOString() }
  await ctx.db
    .update(discussionOpenings)
    .set({ readings: sql`${discussionOpenings.readings} || ${JSON.stringify([reading])}::jsonb` })
    .where(isOpening(ctx, openingId))
  await record(ctx, 'discussion.identity-read', subjectOf({ id: it.topicId, path: it.path }))
  return identity
}

const isOpening = ({ tenantId }: Pick<Context, 'tenantId'>, openingId: string) =>
  and(eq(discussionOpenings.tenantId, tenantId), eq(discussionOpenings.id, openingId))
