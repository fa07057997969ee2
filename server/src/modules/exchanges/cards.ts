import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseStale } from '../../platform/refusal.ts'
import { fold } from '../../platform/search/folding.ts'
import type { CardChange, CardText, CardVersions } from './card-schema.ts'
import { findCase } from './cases.ts'
import { mayRun } from './policy.ts'
import { lockFor } from './stored.ts'
import { exchangeCards, exchangeCardVersions } from './tables.ts'

/** Practice cards (做法卡片): what a case says that others can use, looked through by whoever runs its meeting. */

export type StoredCard = typeof exchangeCards.$inferSelect

/** Makes a card of a case whose author agrees. Each case has one that stands. Returns its id. */
export async function makeCard(ctx: Context, exchangeId: string, caseId: string, text: CardText): Promise<string> {
  const meeting = await lockFor(ctx, exchangeId, 'makeCards', '整理做法卡片')
  const it = found(await findCase(ctx, exchangeId, caseId, { lock: true }), '个案例')
  if (it.submittedAt === null) throw new Refusal('conflict', '案例还没有提交，不能整理成做法卡片。')
  if (it.agreedAt === null)
    throw new Refusal('conflict', '作者没有同意整理成做法卡片。请作者在案例中勾选同意，再整理。')

  const { tenantId, actor } = ctx
  const id = newId()
  const [made] = await ctx.db
    .insert(exchangeCards)
    .values({
      ...{ tenantId, id, organizationId: meeting.organizationId, path: meeting.path, exchangeId, caseId, text },
      ...{ authorName: it.authorName, institution: it.institution, folded: foldedOf(text, it.institution) },
      publishedBy: actor.name,
    })
    .onConflictDoNothing()
    .returning({ id: exchangeCards.id })
  if (!made) throw new Refusal('conflict', '这个案例已经有做法卡片。请刷新页面，在做法库中修改。')
  await keepVersion(ctx, { id, path: meeting.path, version: 1 }, text, '')
  await record(ctx, 'exchanges.card-published', subjectOf({ id, path: meeting.path }), { title: text.title })
  return id
}

/** Writes another version of a card that was read at this one. The earlier ones stay to be read. */
export async function changeCard(
  ctx: Context,
  cardId: string,
  { change, ...text }: CardChange,
  version: number,
): Promise<void> {
  const card = await lockCard(ctx, cardId, '修改这张做法卡片')
  refuseStale({ revision: card.version }, version, '这张做法卡片')
  refuseWithdrawn(card)
  const next = version + 1
  await ctx.db
    .update(exchangeCards)
    .set({ text, version: next, folded: foldedOf(text, card.institution) })
    .where(ofCard(ctx, cardId))
  await keepVersion(ctx, { ...card, version: next }, text, change)
  await record(ctx, 'exchanges.card-changed', subjectOf(card), { title: text.title, change })
}

/** Takes a card out of the library, with the reason that those read who try it. */
export async function withdrawCard(ctx: Context, cardId: string, reason: string): Promise<void> {
  const card = await lockCard(ctx, cardId, '撤回这张做法卡片')
  refuseWithdrawn(card)
  await ctx.db.update(exchangeCards).set({ withdrawnAt: new Date(), withdrawReason: reason }).where(ofCard(ctx, cardId))
  await record(ctx, 'exchanges.card-withdrawn', subjectOf(card), { title: card.text.title, reason })
}

/** All versions of a card that stands, the last one first; of one that was withdrawn for whoever runs its meeting. */
export async function listVersions(ctx: Context, cardId: string): Promise<CardVersions> {
  const [card] = await ctx.db.select().from(exchangeCards).where(ofCard(ctx, cardId))
  found(card && (card.withdrawnAt === null || mayRun(ctx.actor, card.path)) ? card : undefined, '张做法卡片')
  const rows = await ctx.db
    .select()
    .from(exchangeCardVersions)
    .where(and(eq(exchangeCardVersions.tenantId, ctx.tenantId), eq(exchangeCardVersions.cardId, cardId)))
    .orderBy(asc(exchangeCardVersions.version))
  return {
    items: rows
      .map(({ version, text, change, savedAt, savedBy }) => ({
        ...text,
        ...{ version, change, savedBy, savedAt: savedAt.toISOString() },
      }))
      .reverse(),
  }
}

/** Refuses what is done only with a card that stands. */
export function refuseWithdrawn({ withdrawnAt }: StoredCard): void {
  if (withdrawnAt !== null) throw new Refusal('conflict', '这张做法卡片已经撤回。请刷新页面查看。')
}

async function lockCard(ctx: Context, cardId: string, named: string): Promise<StoredCard> {
  const [row] = await ctx.db.select().from(exchangeCards).where(ofCard(ctx, cardId))
  const card = found(row, '张做法卡片')
  authorize(mayRun(ctx.actor, card.path), named)
  const [locked] = await ctx.db.select().from(exchangeCards).where(ofCard(ctx, cardId)).for('update')
  return found(locked, '张做法卡片')
}

async function keepVersion(
  { db, tenantId, actor }: Context,
  { id, path, version }: Pick<StoredCard, 'id' | 'path' | 'version'>,
  text: CardText,
  change: string,
): Promise<void> {
  await db
    .insert(exchangeCardVersions)
    .values({ tenantId, cardId: id, version, path, text, change, savedBy: actor.name })
}

const foldedOf = (text: CardText, institution: string): string =>
  [text.title, text.problem, text.done, text.effect, text.conditions, ...text.topics, institution].map(fold).join('\n')

/** One card, by the key of its table. */
export const ofCard = ({ tenantId }: Pick<Context, 'tenantId'>, cardId: string): SQL =>
  and(eq(exchangeCards.tenantId, tenantId), eq(exchangeCards.id, cardId)) ?? sql`false`

const subjectOf = ({ id, path }: Pick<StoredCard, 'id' | 'path'>) => ({ kind: 'practiceCard', id, orgPath: path })
