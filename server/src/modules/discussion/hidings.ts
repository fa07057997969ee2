import { and, count, desc, eq, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { record } from '../../platform/journal.ts'
import { ancestors } from '../../platform/org-path.ts'
import { isAnyOf, personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { mayDecideAppeal, mayModerate } from './policy.ts'
import { isTopic } from './reach.ts'
import type { Hiding, ModerationQuery } from './schema.ts'
import {
  forgetPosts,
  indexPosts,
  isAuthor,
  isPost,
  openPost,
  type StoredPost,
  type StoredTopic,
  subjectOf,
  titleOf,
} from './stored.ts'
import { discussionHidings, discussionPosts, discussionReports, discussionTopics } from './tables.ts'

const hidingsFor = (ctx: Context) =>
  ctx.db
    .select({ hiding: discussionHidings, post: discussionPosts, title: discussionTopics.title })
    .from(discussionHidings)
    .innerJoin(
      discussionPosts,
      and(eq(discussionPosts.tenantId, discussionHidings.tenantId), eq(discussionPosts.id, discussionHidings.postId)),
    )
    .innerJoin(
      discussionTopics,
      and(
        eq(discussionTopics.tenantId, discussionHidings.tenantId),
        eq(discussionTopics.id, discussionHidings.topicId),
      ),
    )
    .$dynamic()

type Selected = Awaited<ReturnType<typeof hidingsFor>>[number]

function viewOf(ctx: Context, { hiding, post, title }: Selected, isProtectedAuthor: boolean): Hiding {
  const isOwn = isAuthor(ctx, post) || (isProtectedAuthor && post.authorId === null && post.step === null)
  const waits = hiding.appealedAt !== null && hiding.decidedAt === null
  const mayJudge = !isAuthor(ctx, post)
  return {
    ...{
      id: hiding.id,
      topicId: hiding.topicId,
      topicTitle: title,
      postId: hiding.postId,
      postSeq: post.seq,
      authorName: post.authorName,
    },
    excerpt: excerptOf(post.plain),
    ...{ reason: hiding.reason, hiddenBy: hiding.hiddenBy, hiddenAt: hiding.hiddenAt.toISOString() },
    appeal: hiding.appeal,
    appealedAt: hiding.appealedAt?.toISOString() ?? null,
    ...{ decision: hiding.decision, decisionReason: hiding.decisionReason, decidedBy: hiding.decidedBy },
    decidedAt: hiding.decidedAt?.toISOString() ?? null,
    can: {
      appeal: isOwn && hiding.appealedAt === null && hiding.decidedAt === null,
      decide: waits && mayJudge && mayDecideAppeal(ctx.actor, hiding),
      restore:
        hiding.decidedAt === null && hiding.appealedAt === null && mayJudge && mayModerate(ctx.actor, hiding.path),
    },
  }
}

const excerptOf = (plain: string): string => (plain.length > 300 ? `${plain.slice(0, 300)}…` : plain)

/** The last hidings of posts, for whoever may see what is hidden. */
export async function hidingViewsOf(
  ctx: Context,
  which: SQL,
  { isProtectedAuthor = false }: { isProtectedAuthor?: boolean },
): Promise<Hiding[]> {
  const rows = await hidingsFor(ctx)
    .where(and(eq(discussionHidings.tenantId, ctx.tenantId), which))
    .orderBy(discussionHidings.hiddenAt)
  return rows.map((it) => viewOf(ctx, it, isProtectedAuthor))
}

/** The log of what was hidden where the actor moderates: all of it, or what still waits for a decision on an appeal. */
export async function listHidings(ctx: Context, { open, cursor, limit }: ModerationQuery): Promise<Page<Hiding>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]))
  const { tenantId, path, appealedAt, decidedAt, hiddenAt, id } = discussionHidings
  const rows = await hidingsFor(ctx)
    .where(
      and(
        eq(tenantId, ctx.tenantId),
        within(path, ctx.actor.rootsOf('moderate')),
        open ? and(isNotNull(appealedAt), isNull(decidedAt)) : undefined,
        after && sql`(${hiddenAt}, ${id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(hiddenAt), desc(id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1]?.hiding : undefined
  return {
    items: rows.slice(0, limit).map((it) => viewOf(ctx, it, false)),
    ...(last && { next: writeCursor([last.hiddenAt.toISOString(), last.id]) }),
  }
}

/** What was hidden of the actor's own posts or decided on it within the last thirty days, the last hiding first. */
export async function listOwnHidings(ctx: Context): Promise<{ items: Hiding[] }> {
  const { tenantId, hiddenAt, decidedAt } = discussionHidings
  const rows = await hidingsFor(ctx)
    .where(
      and(
        eq(tenantId, ctx.tenantId),
        eq(discussionPosts.authorId, personOf(ctx)),
        isNull(discussionPosts.deletedAt),
        sql`greatest(${hiddenAt}, ${decidedAt}) > now() - interval '30 days'`,
      ),
    )
    .orderBy(desc(hiddenAt))
    .limit(20)
  return { items: rows.map((it) => viewOf(ctx, it, false)) }
}

/**
 * How many appeals are up to the actor: below an organisation in which they moderate, in the university at its root, but none against what
 * they have hidden or written themselves.
 */
export async function countAppeals(ctx: Context): Promise<number> {
  const it = discussionHidings
  const roots = ctx.actor.rootsOf('moderate')
  const below = roots.filter((root) => ancestors(root).length > 0)
  const [row] = await ctx.db
    .select({ of: count() })
    .from(it)
    .innerJoin(discussionPosts, and(eq(discussionPosts.tenantId, it.tenantId), eq(discussionPosts.id, it.postId)))
    .where(
      and(
        eq(it.tenantId, ctx.tenantId),
        isNotNull(it.appealedAt),
        isNull(it.decidedAt),
        ne(it.hiddenByAccountId, ctx.actor.accountId),
        sql`${discussionPosts.authorId} is distinct from ${personOf(ctx)}::uuid`,
        within(it.path, roots),
        sql`not ${isAnyOf(sql`${it.path}`, below)}`,
      ),
    )
  return row?.of ?? 0
}

/** Hides a post, with the reason, which its author is told. The first post of a topic hides all of it. */
export async function hidePost(ctx: Context, postId: string, reason: string): Promise<void> {
  const { post, topic } = await openPost(ctx, postId)
  authorize(mayModerate(ctx.actor, topic.path), '隐藏发言')
  if (post.deletedAt !== null) throw new Refusal('conflict', '这条发言已被作者删除。')
  if (post.step !== null) throw new Refusal('conflict', '办理记录不能隐藏。写错了请再写一条说明。')
  if (post.hiddenAt !== null) throw new Refusal('conflict', '这条发言已经隐藏。')
  await hide(ctx, topic, post, reason)
}

/** The same of a post and topic that are locked, by somebody who may. */
export async function hide(ctx: Context, topic: StoredTopic, post: StoredPost, reason: string): Promise<void> {
  const { tenantId, actor, db } = ctx
  const at = new Date()
  await setHidden(ctx, topic, post, at)
  await db.insert(discussionHidings).values({
    ...{ tenantId, id: crypto.randomUUID(), path: topic.path, topicId: topic.id, postId: post.id, reason },
    ...{ hiddenBy: actor.name, hiddenByAccountId: actor.accountId, hiddenAt: at },
  })
  await endReports(ctx, post.id, 'hidden', reason)
  await record(ctx, 'discussion.hidden', subjectOf(topic), { ...titleOf(topic), seq: post.seq, reason })
}

/** Ends all reports of a post that nobody has decided yet; returns them. */
export function endReports(
  { db, tenantId, actor }: Context,
  postId: string,
  decision: 'hidden' | 'kept',
  reason: string,
) {
  const it = discussionReports
  return db
    .update(it)
    .set({ decision, decisionReason: reason, decidedBy: actor.name, decidedAt: new Date() })
    .where(and(eq(it.tenantId, tenantId), eq(it.postId, postId), isNull(it.decidedAt)))
    .returning({ id: it.id })
}

/**
 * Hides a post, or shows it again; what is hidden is not found and answers no question. With its first post the whole topic is hidden, and
 * its other posts are not found until it is shown again.
 */
async function setHidden(ctx: Context, topic: StoredTopic, post: StoredPost, hiddenAt: Date | null): Promise<void> {
  await ctx.db.update(discussionPosts).set({ hiddenAt }).where(isPost(ctx, post.id))
  const isWhole = post.seq === 1
  if (isWhole) await ctx.db.update(discussionTopics).set({ hiddenAt }).where(isTopic(ctx, topic.id))
  if (hiddenAt && topic.acceptedPostId === post.id)
    await ctx.db.update(discussionTopics).set({ acceptedPostId: null }).where(isTopic(ctx, topic.id))
  const posts = isWhole ? [post, ...(await othersShown(ctx, post))] : post.deletedAt === null ? [post] : []
  if (hiddenAt)
    await forgetPosts(
      ctx,
      posts.map(({ id }) => id),
    )
  else await indexPosts(ctx, isWhole ? { ...topic, hiddenAt } : topic, posts)
}

/** The other posts of the topic that are there to be read. */
const othersShown = ({ db, tenantId }: Context, { id, topicId }: StoredPost): Promise<StoredPost[]> =>
  db
    .select()
    .from(discussionPosts)
    .where(
      and(
        eq(discussionPosts.tenantId, tenantId),
        eq(discussionPosts.topicId, topicId),
        ne(discussionPosts.id, id),
        isNull(discussionPosts.deletedAt),
        isNull(discussionPosts.hiddenAt),
      ),
    )

/** The author of a hidden post asks the organisation above to decide. */
export async function appealHiding(ctx: Context, hidingId: string, words: string): Promise<void> {
  const { hiding, topic, post } = await openHiding(ctx, hidingId)
  found(isAuthor(ctx, post) || mayModerate(ctx.actor, topic.path) || undefined, '条记录')
  authorize(isAuthor(ctx, post), '替别人申诉')
  await takeAppeal(ctx, hiding, words, new Date())
  await record(ctx, 'discussion.appealed', { ...subjectOf(topic), personId: personOf(ctx) }, { seq: post.seq })
}

/** Writes an appeal down, once. */
export async function takeAppeal(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  hiding: typeof discussionHidings.$inferSelect,
  words: string,
  at: Date,
): Promise<void> {
  refuseAppealed(hiding)
  await ctx.db.update(discussionHidings).set({ appeal: words, appealedAt: at }).where(isHiding(ctx, hiding.id))
}

/** Refuses to appeal where that was done, or a decision has been taken. */
export function refuseAppealed({
  appealedAt,
  decidedAt,
}: Pick<typeof discussionHidings.$inferSelect, 'appealedAt' | 'decidedAt'>): void {
  if (decidedAt !== null) throw new Refusal('conflict', '这件事已有处理结果，不能再申诉。')
  if (appealedAt !== null) throw new Refusal('conflict', '您已经申诉过，请等上级答复。')
}

/** Decides on an appeal, as the organisation above. */
export async function decideAppeal(
  ctx: Context,
  hidingId: string,
  { decision, reason }: { decision: 'upheld' | 'restored'; reason: string },
): Promise<void> {
  const { hiding, topic, post } = await openHiding(ctx, hidingId)
  found(isAuthor(ctx, post) || mayModerate(ctx.actor, topic.path) || undefined, '条记录')
  authorize(!isAuthor(ctx, post), '处理自己的发言')
  authorize(mayDecideAppeal(ctx.actor, hiding), '就本级的处理作出答复')
  if (hiding.appealedAt === null) throw new Refusal('conflict', '作者没有申诉。')
  await decide(ctx, { hiding, topic, post }, decision, reason)
}

/** Shows a post again, of which nobody has asked for: whoever hid it may have been wrong. */
export async function restorePost(ctx: Context, hidingId: string, reason: string): Promise<void> {
  const { hiding, topic, post } = await openHiding(ctx, hidingId)
  found(isAuthor(ctx, post) || mayModerate(ctx.actor, topic.path) || undefined, '条记录')
  authorize(!isAuthor(ctx, post), '处理自己的发言')
  authorize(mayModerate(ctx.actor, topic.path), '恢复发言')
  if (hiding.appealedAt !== null && !mayDecideAppeal(ctx.actor, hiding))
    throw new Refusal('conflict', '作者已经申诉，由上级党组织答复。')
  await decide(ctx, { hiding, topic, post }, 'restored', reason)
}

async function decide(
  ctx: Context,
  { hiding, topic, post }: Awaited<ReturnType<typeof openHiding>>,
  decision: 'upheld' | 'restored',
  reason: string,
): Promise<void> {
  if (hiding.decidedAt !== null) throw new Refusal('conflict', '这件事已有处理结果。')
  await ctx.db
    .update(discussionHidings)
    .set({ decision, decisionReason: reason, decidedBy: ctx.actor.name, decidedAt: new Date() })
    .where(isHiding(ctx, hiding.id))
  // Although its author has deleted it meanwhile: with a first post others come back.
  if (decision === 'restored') await setHidden(ctx, topic, post, null)
  await record(ctx, `discussion.appeal-${decision}`, subjectOf(topic), { ...titleOf(topic), seq: post.seq, reason })
}

/** A hiding with its topic and post, all locked. */
export async function openHiding(ctx: Pick<Context, 'db' | 'tenantId'>, hidingId: string) {
  const [hiding] = await ctx.db.select().from(discussionHidings).where(isHiding(ctx, hidingId)).for('update')
  const { topicId, postId } = found(hiding, '条记录')
  const [topic] = await ctx.db.select().from(discussionTopics).where(isTopic(ctx, topicId)).for('update')
  const [post] = await ctx.db.select().from(discussionPosts).where(isPost(ctx, postId)).for('update')
  return { hiding: found(hiding, '条记录'), topic: found(topic, '条记录'), post: found(post, '条记录') }
}

const isHiding = ({ tenantId }: Pick<Context, 'tenantId'>, hidingId: string) =>
  and(eq(discussionHidings.tenantId, tenantId), eq(discussionHidings.id, hidingId))
