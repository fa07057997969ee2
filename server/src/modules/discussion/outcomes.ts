import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { isAnyOf, reachOf } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { isReadable } from './reach.ts'
import type { Outcome, OutcomesQuery } from './schema.ts'
import { discussionOutcomes, discussionTopics } from './tables.ts'

/** Outcomes with the topics they belong to; the title of a topic only for whoever may read it. */
const outcomesFor = (ctx: Context) =>
  ctx.db
    .select({
      outcome: discussionOutcomes,
      organization: { id: organizations.id, name: organizations.name },
      title: sql<string | null>`case when ${isReadable(ctx.actor)} then ${discussionTopics.title} end`,
      kind: discussionTopics.kind,
      isProtected: discussionTopics.isProtected,
    })
    .from(discussionOutcomes)
    .innerJoin(
      discussionTopics,
      and(
        eq(discussionTopics.tenantId, discussionOutcomes.tenantId),
        eq(discussionTopics.id, discussionOutcomes.topicId),
      ),
    )
    .innerJoin(
      organizations,
      and(
        eq(organizations.tenantId, discussionOutcomes.tenantId),
        eq(organizations.id, discussionOutcomes.organizationId),
      ),
    )
    .$dynamic()

type Selected = Awaited<ReturnType<typeof outcomesFor>>[number]

function viewOf({ outcome, organization, title, kind, isProtected }: Selected): Outcome {
  const { topicId, asked, done, responsible, doneOn, publishedAt, publishedBy } = outcome
  return {
    ...{ topicId, title, kind, organization, isProtected, asked, done, responsible, doneOn, publishedBy },
    publishedAt: publishedAt.toISOString(),
  }
}

/** What became of a topic; null where nothing was published. */
export async function outcomeOf(ctx: Context, topicId: string): Promise<Outcome | null> {
  const [row] = await outcomesFor(ctx).where(
    and(eq(discussionOutcomes.tenantId, ctx.tenantId), eq(discussionOutcomes.topicId, topicId)),
  )
  return row ? viewOf(row) : null
}

/** A page of outcomes where the actor reads, the last one first. */
export async function listOutcomes(
  ctx: Context,
  { organizationId, cursor, limit }: OutcomesQuery,
): Promise<Page<Outcome>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]))
  const place =
    organizationId === undefined ? undefined : found(await findOrganization(ctx, organizationId), '个组织').path
  const { tenantId, path, publishedAt, topicId } = discussionOutcomes
  const { places, roots } = reachOf(ctx.actor)
  const rows = await outcomesFor(ctx)
    .where(
      and(
        eq(tenantId, ctx.tenantId),
        sql`(${isAnyOf(sql`${path}`, places)} or ${within(path, roots)})`,
        place === undefined ? undefined : eq(path, place),
        after && sql`(${publishedAt}, ${topicId}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(publishedAt), desc(topicId))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1]?.outcome : undefined
  return {
    items: rows.slice(0, limit).map(viewOf),
    ...(last && { next: writeCursor([last.publishedAt.toISOString(), last.topicId]) }),
  }
}
