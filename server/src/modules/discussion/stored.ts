import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { plainText } from '../../platform/rich-text/reading-schema.ts'
import { forgetEntries, indexEntries } from '../../platform/search/entries.ts'
import { dayInChina } from '../../platform/today.ts'
import type { StepKind } from './names-schema.ts'
import { may } from './policy.ts'
import { isTopic } from './reach.ts'
import type { PromiseMade } from './schema.ts'
import { discussionMarks, discussionPosts, discussionTopics } from './tables.ts'

export type StoredTopic = typeof discussionTopics.$inferSelect
export type StoredPost = typeof discussionPosts.$inferSelect

/** An id that tells nothing, not even the time. */
export const randomId = (): string => randomUUID()

/** What an actor may do with a topic, as far as its row tells: a protected author is asked for elsewhere. */
export const mayOf = (ctx: Pick<Context, 'actor'>, topic: StoredTopic) => may(ctx.actor, topic, isAuthor(ctx, topic))

export const isAuthor = ({ actor }: Pick<Context, 'actor'>, { authorId }: { authorId: string | null }): boolean =>
  authorId !== null && authorId === actor.personId

type Action = Exclude<
  { [K in keyof ReturnType<typeof may>]: ReturnType<typeof may>[K] extends boolean ? K : never }[keyof ReturnType<
    typeof may
  >],
  undefined
>

/** A topic, locked, for whoever may do this with it. There is none for whoever may not read it. */
export async function openTopic(ctx: Context, topicId: string, action: Action, named: string): Promise<StoredTopic> {
  const topic = await findTopic(ctx, topicId, { lock: true })
  const can = mayOf(ctx, topic)
  if (can[action]) return topic
  const became = whatBecameOf(topic)
  const before = { ...topic, closedAt: null, mergedIntoId: null, hiddenAt: null }
  if (became !== null && may(ctx.actor, before, isAuthor(ctx, topic))[action])
    throw new Refusal('conflict', `这个话题${became}，不能再${named}。`)
  authorize(false, named)
  return topic
}

function whatBecameOf({ hiddenAt, mergedIntoId, closedAt }: StoredTopic): string | null {
  if (hiddenAt !== null) return '已被隐藏'
  if (mergedIntoId !== null) return '已并入另一条建议'
  return closedAt !== null ? '已经关闭' : null
}

/** A topic that the actor may read. */
export async function findTopic(ctx: Context, topicId: string, { lock = false } = {}): Promise<StoredTopic> {
  const topic = await loadTopic(ctx, topicId, { lock })
  refuseUnread(ctx, topic)
  return topic
}

/** Refuses whoever may not read a topic as if there were none; whoever has read it until it was hidden is told so. */
export function refuseUnread(ctx: Pick<Context, 'actor'>, topic: StoredTopic): void {
  if (mayOf(ctx, topic).read) return
  if (topic.hiddenAt !== null && mayOf(ctx, { ...topic, hiddenAt: null }).read)
    throw new Refusal(
      'not-found',
      '这个话题已由管理人员隐藏，其中的回复也一并不显示。发起人知道原因，可以申诉；恢复以后，您的回复仍在。',
    )
  found(undefined, '个话题')
}

/** A topic, whoever asks. */
export async function loadTopic(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  topicId: string,
  { lock = false } = {},
): Promise<StoredTopic> {
  const query = ctx.db.select().from(discussionTopics).where(isTopic(ctx, topicId)).$dynamic()
  const [topic] = await (lock ? query.for('update') : query)
  return found(topic, '个话题')
}

/** A post with its topic, locked, for whoever may read both. */
export async function openPost(ctx: Context, postId: string): Promise<{ post: StoredPost; topic: StoredTopic }> {
  const [seen] = await ctx.db
    .select({ topicId: discussionPosts.topicId })
    .from(discussionPosts)
    .where(isPost(ctx, postId))
  const topic = await findTopic(ctx, found(seen, '条发言').topicId, { lock: true })
  const [post] = await ctx.db.select().from(discussionPosts).where(isPost(ctx, postId)).for('update')
  return { post: found(post, '条发言'), topic }
}

export const isPost = ({ tenantId }: Pick<Context, 'tenantId'>, postId: string) =>
  and(eq(discussionPosts.tenantId, tenantId), eq(discussionPosts.id, postId))

/** What is written, by whom. */
export interface Writing {
  authorId: string | null
  authorName: string
  body: RichText
  quotedPostId?: string | null
  step?: StepKind
  officeName?: string
  promise?: PromiseMade | null
  at: Date
}

/** Adds a post to a locked topic behind all others. */
export async function addPost(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  topic: Pick<StoredTopic, 'id' | 'path' | 'title' | 'isConfidential' | 'lastSeq' | 'lastPostAt'>,
  { at, body, quotedPostId = null, ...writing }: Writing,
): Promise<{ id: string; seq: number }> {
  const { db, tenantId } = ctx
  const seq = topic.lastSeq + 1
  const row = { id: randomId(), seq, topicId: topic.id, path: topic.path, plain: plainText(body) }
  await db
    .update(discussionTopics)
    .set({ lastSeq: seq, lastPostAt: at > topic.lastPostAt ? at : topic.lastPostAt })
    .where(isTopic(ctx, topic.id))
  await db.insert(discussionPosts).values({ ...row, ...writing, tenantId, body, quotedPostId, createdAt: at })
  await indexPosts(ctx, topic, [{ ...row, authorName: writing.authorName, createdAt: at }])
  return { id: row.id, seq }
}

/** So many topics of one place are pinned at most. */
export const mostPinned = 20

/** Under this kind posts stand in the search. */
export const postEntries = 'post'

type Indexed = Pick<StoredPost, 'id' | 'path' | 'seq' | 'plain' | 'authorName' | 'createdAt'>

/**
 * Lets posts be found by those who read at their place, and by the title of the topic its first one. What only those who answer may read
 * stands in no index.
 */
export async function indexPosts(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  topic: Pick<StoredTopic, 'title' | 'isConfidential'> & { hiddenAt?: Date | null },
  posts: readonly Indexed[],
): Promise<void> {
  if (topic.isConfidential || topic.hiddenAt) return
  const entry = { kind: postEntries, page: 0, personId: null, code: postEntries, isClosedToPerson: false }
  await indexEntries(
    ctx,
    posts.map(({ id, path, seq, plain, authorName, createdAt }) => ({
      ...{ ...entry, id, path },
      ...{ on: dayInChina(createdAt), title: seq === 1 ? topic.title : '', subject: authorName, body: plain },
    })),
  )
}

/** The same of posts that stand there with another text, or not any more. */
export const forgetPosts = (ctx: Pick<Context, 'db' | 'tenantId'>, postIds: readonly string[]): Promise<void> =>
  forgetEntries(ctx, postEntries, postIds)

/** The actor has seen a topic up to a post, and hears of it from now on where they have not chosen otherwise. */
export async function follow(
  ctx: Context,
  topic: Pick<StoredTopic, 'id' | 'isProtected'>,
  readSeq: number,
): Promise<void> {
  if (topic.isProtected) return
  const { readSeq: read, way } = discussionMarks
  await ctx.db
    .insert(discussionMarks)
    .values({ tenantId: ctx.tenantId, personId: personOf(ctx), topicId: topic.id, readSeq, way: 'daily' })
    .onConflictDoUpdate({
      target: [discussionMarks.tenantId, discussionMarks.personId, discussionMarks.topicId],
      set: { readSeq: sql`greatest(${read}, ${readSeq})`, way: sql`coalesce(${way}, 'daily')` },
    })
}

/** What the journal says of a topic: its title only where all of the organisation read it. */
export const subjectOf = ({ id, path }: Pick<StoredTopic, 'id' | 'path'>) => ({ kind: 'topic', id, orgPath: path })
export const titleOf = ({ title, isConfidential }: Pick<StoredTopic, 'title' | 'isConfidential'>) =>
  isConfidential ? {} : { title }
