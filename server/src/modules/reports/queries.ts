import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import type { CardKind } from './figures.ts'
import type { KeptCards } from './kept.ts'
import { type CardKey, cardNames, type Trait, traitNames } from './names-schema.ts'
import { activitiesCard, duesCard, termsCard, trainingCard } from './other-cards.ts'
import { developmentCard, membersCard, stagesCard } from './person-cards.ts'
import { openPlace, type Place } from './place.ts'
import { type BehindQuery, type BehindRow, type Card, type CardQuery, cardKeys, traits } from './schema.ts'

const cards: Record<CardKey, CardKind> = {
  stages: stagesCard,
  members: membersCard,
  development: developmentCard,
  dues: duesCard,
  terms: termsCard,
  training: trainingCard,
  activities: activitiesCard,
}

/**
 * One card of an organisation: its figures with what they mean. Counts over everything below the organisation, whoever reads: who may is settled by the place. One
 * statement for the organisation, and one for the figures where they are not kept.
 */
export async function readCard(
  ctx: Context,
  kept: KeptCards,
  organizationId: string,
  key: CardKey,
  query: CardQuery,
): Promise<Card> {
  const place = await openPlace(ctx, organizationId)
  const asked = `${place.path} ${key} ${ctx.today} ${key === 'members' ? query.by : ''} ${query.year ?? ''}`
  return kept.take(ctx, asked, () => countCard(ctx, place, key, query))
}

interface Asked {
  card: CardKey
  by: Trait
  name: string
}

/** All cards, that of the members once by each trait, with their names. */
export const allCards: readonly Asked[] = cardKeys.options.flatMap((card): Asked[] =>
  card === 'members'
    ? traits.options.map((by) => ({ card, by, name: `${cardNames[card]}（${traitNames[by]}）` }))
    : [{ card, by: 'sex' as const, name: cardNames[card] }],
)

/** The figures of a card as they are now. */
export async function countCard(ctx: Context, place: Place, key: CardKey, query: CardQuery): Promise<Card> {
  const { figures, behind } = cards[key]
  return {
    ...{ key, title: cardNames[key], organization: { id: place.id, name: place.name }, day: ctx.today },
    countedAt: new Date().toISOString(),
    ...(await figures(ctx, place, query)),
    hasList: behind !== undefined,
  }
}

/** A page of the rows behind one figure, by name. */
export async function listBehind(
  ctx: Context,
  organizationId: string,
  key: CardKey,
  { cursor, limit, row, column, ...query }: BehindQuery,
): Promise<Page<BehindRow>> {
  const place = await openPlace(ctx, organizationId)
  const rows = found(await cards[key].behind?.(ctx, place, query, { row, column }), '个数字')
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.string(), z.uuid()]))
  const { rows: items } = await ctx.db.execute<BehindRow & { sort: string }>(sql`
    select it.id, it.kind, it.name, it.organization, it."on"::text as "on", it.sort from (${rows}) it
    ${after ? sql`where (it.sort, it.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by it.sort, it.id limit ${limit + 1}`)
  const shown = items.slice(0, limit)
  const last = items.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map(({ sort: _, ...it }) => it),
    ...(last && { next: writeCursor([last.sort, last.id]) }),
  }
}
