import { and, count, desc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { endReports, hide } from './hidings.ts'
import { mayModerate } from './policy.ts'
import type { ModerationQuery, Post, Report, ReportDecision } from './schema.ts'
import { isAuthor, openPost, randomId, subjectOf, titleOf } from './stored.ts'
import { discussionPosts, discussionReports, discussionTopics } from './tables.ts'

/** Points out a post to the officers of its place. Who did stays with the report, and is shown to nobody. */
export async function reportPost(ctx: Context, postId: string, reason: string): Promise<void> {
  const { post, topic } = await openPost(ctx, postId)
  if (isAuthor(ctx, post)) throw new Refusal('conflict', '这是您自己的发言，可以直接修改或删除。')
  if (post.deletedAt !== null || post.hiddenAt !== null) throw new Refusal('conflict', '这条发言已经不再显示。')
  if (post.step !== null) throw new Refusal('conflict', '对办理结果有不同意见，请回复或向上级党组织反映。')
  await refuseDuplicates(
    ctx.db.insert(discussionReports).values({
      ...{ tenantId: ctx.tenantId, id: randomId(), path: topic.path, topicId: topic.id, postId, reason },
      ...{ personId: personOf(ctx), reportedAt: new Date() },
    }),
    { discussion_reports_once: '您已经举报过这条发言，请等处理结果。' },
  )
  // Neither the account nor the request, by which the log would tell the account.
  const nobody = { ...ctx, requestId: newId(), actor: { accountId: null, name: '举报人' } }
  await record(nobody, 'discussion.reported', subjectOf(topic), { seq: post.seq })
}

/** Reports where the actor moderates, but none on what they have written themselves. */
const isShownTo = (ctx: Context) =>
  and(
    eq(discussionReports.tenantId, ctx.tenantId),
    within(discussionReports.path, ctx.actor.rootsOf('moderate')),
    sql`${discussionPosts.authorId} is distinct from ${personOf(ctx)}::uuid`,
  )

/** The same without a decision; what its author has deleted needs none any more. */
const isOpen = (ctx: Context) =>
  and(isShownTo(ctx), isNull(discussionReports.decidedAt), isNull(discussionPosts.deletedAt))

/** How many reports the actor has to decide. */
export async function countReports(ctx: Context): Promise<number> {
  const it = discussionReports
  const [row] = await ctx.db
    .select({ of: count() })
    .from(it)
    .innerJoin(discussionPosts, and(eq(discussionPosts.tenantId, it.tenantId), eq(discussionPosts.id, it.postId)))
    .where(isOpen(ctx))
  return row?.of ?? 0
}

/** Reports where the actor moderates, the last one first: without a decision, or all. */
export async function listReports(ctx: Context, { open, cursor, limit }: ModerationQuery): Promise<Page<Report>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]))
  const it = discussionReports
  const rows = await ctx.db
    .select({
      report: it,
      post: discussionPosts,
      title: discussionTopics.title,
      organization: { id: organizations.id, name: organizations.name },
    })
    .from(it)
    .innerJoin(discussionPosts, and(eq(discussionPosts.tenantId, it.tenantId), eq(discussionPosts.id, it.postId)))
    .innerJoin(discussionTopics, and(eq(discussionTopics.tenantId, it.tenantId), eq(discussionTopics.id, it.topicId)))
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, it.tenantId), eq(organizations.id, discussionTopics.organizationId)),
    )
    .where(
      and(
        open ? isOpen(ctx) : isShownTo(ctx),
        after && sql`(${it.reportedAt}, ${it.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(it.reportedAt), desc(it.id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1]?.report : undefined
  return {
    items: rows.slice(0, limit).map(({ report, post, title, organization }) => ({
      ...{ id: report.id, topicId: report.topicId, topicTitle: title, postId: report.postId, postSeq: post.seq },
      ...{ authorName: post.authorName, excerpt: post.plain.slice(0, 300), reason: report.reason, organization },
      reportedAt: report.reportedAt.toISOString(),
      ...{ decision: report.decision, decisionReason: report.decisionReason, decidedBy: report.decidedBy },
      decidedAt: report.decidedAt?.toISOString() ?? null,
      can: { decide: report.decidedAt === null },
    })),
    ...(last && { next: writeCursor([last.reportedAt.toISOString(), last.id]) }),
  }
}

/** What came of the reports of the actor in a topic, the last of each post. */
export async function ownReportsOf(ctx: Context, topicId: string): Promise<Map<string, NonNullable<Post['reported']>>> {
  const it = discussionReports
  const rows = await ctx.db
    .select({ postId: it.postId, decision: it.decision, decisionReason: it.decisionReason })
    .from(it)
    .where(and(eq(it.tenantId, ctx.tenantId), eq(it.topicId, topicId), eq(it.personId, personOf(ctx))))
    .orderBy(it.reportedAt)
  return new Map(rows.map(({ postId, ...became }) => [postId, became]))
}

/** Decides on a report: the post is hidden with this reason, or stays. All reports of the same post end with it. */
export async function decideReport(
  ctx: Context,
  reportId: string,
  { decision, reason }: ReportDecision,
): Promise<void> {
  const it = discussionReports
  const [seen] = await ctx.db
    .select()
    .from(it)
    .where(and(eq(it.tenantId, ctx.tenantId), eq(it.id, reportId)))
  const { postId, path } = found(seen && mayModerate(ctx.actor, seen.path) ? seen : undefined, '条举报')
  authorize(mayModerate(ctx.actor, path), '处理举报')
  const { post, topic } = await openPost(ctx, postId)
  authorize(!isAuthor(ctx, post), '处理对自己发言的举报')
  const ended = await endReports(ctx, postId, decision, reason)
  if (!ended.some(({ id }) => id === reportId)) throw new Refusal('conflict', '这条举报已经处理过。')
  if (decision === 'hidden' && post.hiddenAt === null && post.deletedAt === null) await hide(ctx, topic, post, reason)
  await record(ctx, `discussion.report-${decision}`, subjectOf(topic), { ...titleOf(topic), seq: post.seq, reason })
}
