import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { isAnyOf, reachOf } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { dayInChina } from '../../platform/today.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { isReadable } from './reach.ts'
import type { Outcome, OutcomesQuery, TopicView } from './schema.ts'
import type { StoredTopic } from './stored.ts'
import { discussionOutcomes, discussionPosts, discussionTopics } from './tables.ts'

/** Outcomes with the topics they belong to; the title of a topic only for whoever may read it. */
const outcomesFor = (ctx: Context) =>
  ctx.db
    .select({
      outcome: discussionOutcomes,
      organization: { id: organizations.id, name: organizations.name },
      title: sql<string | null>`case when ${isReadable(ctx.actor)} then ${discussionTopics.title} end`,
      kind: discussionTopics.kind,
      isProtected: discussionTopics.isProtected,
      resumedAt: sql<
        string | null
      >`(select min(p.created_at) from discussion_posts p where p.tenant_id = ${discussionOutcomes.tenantId}
        and p.topic_id = ${discussionOutcomes.topicId} and p.step in ('looking', 'doing') and p.created_at > ${discussionOutcomes.publishedAt})`,
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

function viewOf({ outcome, organization, title, kind, isProtected, resumedAt }: Selected): Outcome {
  const { topicId, asked, done, responsible, doneOn, publishedAt, publishedBy } = outcome
  return {
    ...{ topicId, title, kind, organization, isProtected, asked, done, responsible, doneOn, publishedBy },
    publishedAt: publishedAt.toISOString(),
    resumedAt: resumedAt === null ? null : new Date(resumedAt).toISOString(),
  }
}

/** What became of a topic; null where nothing was published. */
export async function outcomeOf(ctx: Context, topicId: string): Promise<Outcome | null> {
  const [row] = await outcomesFor(ctx).where(
    and(eq(discussionOutcomes.tenantId, ctx.tenantId), eq(discussionOutcomes.topicId, topicId)),
  )
  return row ? viewOf(row) : null
}

/** What is known of an outcome before somebody has written it: of what others do not read nothing but the day. */
export async function outcomeDraftOf(
  { db, tenantId, today }: Context,
  { id, title, isConfidential }: Pick<StoredTopic, 'id' | 'title' | 'isConfidential'>,
): Promise<TopicView['outcomeDraft']> {
  const { plain, officeName, createdAt, seq, step } = discussionPosts
  const [last] = await db
    .select({ plain, officeName, createdAt })
    .from(discussionPosts)
    .where(
      and(eq(discussionPosts.tenantId, tenantId), eq(discussionPosts.topicId, id), inArray(step, ['done', 'declined'])),
    )
    .orderBy(desc(seq))
    .limit(1)
  const doneOn = last ? dayInChina(last.createdAt) : today
  const responsible = last?.officeName ?? ''
  return isConfidential
    ? { asked: '', done: '', responsible, doneOn }
    : { asked: title, done: last?.plain ?? '', responsible, doneOn }
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
