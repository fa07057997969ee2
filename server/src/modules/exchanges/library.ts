import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/refusal.ts'
import { piecesOf } from '../../platform/search/folding.ts'
import { beginningOf } from '../../platform/storable.ts'
import { isOneOf } from '../../platform/within.ts'
import { listStanding } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { adoptionsOf } from './adoptions.ts'
import type { CardList, CardRow, CardsQuery, CardView } from './card-schema.ts'
import { ofCard, type StoredCard } from './cards.ts'
import { mayRun, runningRoots } from './policy.ts'
import { exchangeCards } from './tables.ts'

/** 做法库: the cards that stand, for everybody of the university. No list tells how many try what. */

/** So much of the problem is shown in the list. */
const problemBeginning = 120

/** A page of the library, the newest first. All words and the topic that are asked for stand in each. */
export async function listCards(ctx: Context, { q, topic, cursor, limit }: CardsQuery): Promise<CardList> {
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.uuid()]))[0]
  const rows = await ctx.db
    .select()
    .from(exchangeCards)
    .where(
      and(
        stands(ctx),
        topic === undefined ? undefined : sql`${exchangeCards.text}->'topics' ? ${topic}`,
        ...piecesOf(q ?? '').map((piece) => sql`position(${piece} in ${exchangeCards.folded}) > 0`),
        after === undefined ? undefined : sql`${exchangeCards.id} < ${after}::uuid`,
      ),
    )
    .orderBy(desc(exchangeCards.id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(rowOf),
    topics: await topicsOf(ctx),
    ...(last && { next: writeCursor([last.id]) }),
  }
}

/** One card with who tries it. One that was withdrawn says so, and no more, to whoever does not run its meeting. */
export async function readCard(ctx: Context, cardId: string): Promise<{ view: CardView; version: number }> {
  const [row] = await ctx.db
    .select({ it: exchangeCards, organization: { id: organizations.id, name: organizations.name } })
    .from(exchangeCards)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, exchangeCards.tenantId), eq(organizations.id, exchangeCards.organizationId)),
    )
    .where(ofCard(ctx, cardId))
  const { it, organization } = found(row, '张做法卡片')
  const runs = mayRun(ctx.actor, it.path)
  const adoptions = await adoptionsOf(ctx, cardId)
  const places = await listStanding(ctx, runningRoots(ctx.actor))
  const trying = new Set(adoptions.filter((one) => one.ended === null).map((one) => one.organization.id))
  const organizationsLeft = it.withdrawnAt === null ? places.filter((one) => !trying.has(one.id)) : []
  const isHidden = it.withdrawnAt !== null && !runs
  return {
    version: it.version,
    view: {
      ...it.text,
      ...(isHidden && hidden),
      ...{ id: it.id, organization, authorName: it.authorName, institution: it.institution, version: it.version },
      ...{ publishedAt: it.publishedAt.toISOString(), publishedBy: it.publishedBy },
      withdrawn: it.withdrawnAt === null ? null : { at: it.withdrawnAt.toISOString(), reason: it.withdrawReason ?? '' },
      adoptions,
      organizations: organizationsLeft,
      can: { change: runs && it.withdrawnAt === null, adopt: organizationsLeft.length > 0 },
    },
  }
}

const hidden = { problem: '', done: '', effect: '', conditions: '', learning: '', contact: '' }

/** What the cards with these ids are called, for whoever names them as evidence; those that were withdrawn are marked. */
export async function cardsNamed(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  ids: readonly string[],
): Promise<Map<string, { id: string; title: string; institution: string; isWithdrawn: boolean }>> {
  if (ids.length === 0) return new Map()
  const { id, text, institution, withdrawnAt } = exchangeCards
  const rows = await ctx.db
    .select({ id, title: sql<string>`${text}->>'title'`, institution, withdrawnAt })
    .from(exchangeCards)
    .where(and(eq(exchangeCards.tenantId, ctx.tenantId), isOneOf(id, ids)))
  return new Map(rows.map(({ withdrawnAt, ...it }) => [it.id, { ...it, isWithdrawn: withdrawnAt !== null }]))
}

function rowOf({ id, text, authorName, institution, publishedAt }: StoredCard): CardRow {
  const { title, problem, topics } = text
  return {
    ...{ id, title, problem: beginningOf(problem, problemBeginning), topics, authorName, institution },
    publishedAt: publishedAt.toISOString(),
  }
}

async function topicsOf(ctx: Context): Promise<string[]> {
  const { rows } = await ctx.db.execute<{ topic: string }>(
    sql`select distinct topic collate "C" as topic from exchange_cards, jsonb_array_elements_text(text->'topics') as topic
      where tenant_id = ${ctx.tenantId} and withdrawn_at is null order by topic limit 100`,
  )
  return rows.map((it) => it.topic)
}

const stands = ({ tenantId }: Context): SQL =>
  and(eq(exchangeCards.tenantId, tenantId), isNull(exchangeCards.withdrawnAt)) ?? sql`false`
