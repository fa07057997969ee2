import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { enqueue } from '../../platform/jobs.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { isBlank, links, mediaIds, mentionedPersons, plainText } from '../../platform/rich-text/reading-schema.ts'
import { findOrganization } from '../organization/queries.ts'
import { openCallFor } from './calls.ts'
import { refuseFlood } from './limits.ts'
import type { FollowWay } from './names-schema.ts'
import { usualOffice } from './office-held.ts'
import { outcomeOf } from './outcomes.ts'
import { withTrueNames } from './paragraphs.ts'
import { refuseForeignPictures, usePictures } from './pictures.ts'
import { isAnswered, mayRead } from './policy.ts'
import { promisedDay } from './promising.ts'
import { isTopic } from './reach.ts'
import type { NewPost, NewTopic, PostChange, Retitling } from './schema.ts'
import {
  addPost,
  findTopic,
  follow,
  forgetPosts,
  indexPosts,
  isAuthor,
  isPost,
  mayOf,
  mostPinned,
  openPost,
  openTopic,
  randomId,
  type StoredTopic,
  subjectOf,
  titleOf,
} from './stored.ts'
import { discussionEdits, discussionMarks, discussionPosts, discussionSupports, discussionTopics } from './tables.ts'

/** Persons who are mentioned in a post, with the names of the register. */
export type Mentions = { id: string; name: string }[]

/** Begins a topic. Suggestions, ideas and complaints are promised an answer, by the office that answers there. */
export async function startTopic(
  ctx: Context,
  { organizationId, kind, title, body, callId }: NewTopic,
  mentions: Mentions,
): Promise<string> {
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayRead(ctx.actor, organization.path), '在这个组织发起话题')
  if (organization.dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，不能再发起话题。')
  if ((kind === 'idea') !== (callId !== null)) refuseField('callId', '来稿须对应一项征集，其他话题不对应征集')
  if (callId !== null) await openCallFor(ctx, callId, organizationId)
  refuseEmpty(body)
  refuseTraces({ isProtected: false, isConfidential: kind === 'complaint' }, body)
  await refuseForeignPictures(ctx, body)
  refuseFlood('topics', ctx.actor.accountId)

  const { tenantId, actor, today } = ctx
  const at = new Date()
  const topic = {
    ...{ id: randomId(), organizationId, path: organization.path, kind, title, callId },
    ...{ authorId: personOf(ctx), authorName: actor.name, isConfidential: kind === 'complaint' },
    ...{ createdAt: at, lastPostAt: at, lastSeq: 0 },
  }
  const answer = isAnswered(kind)
    ? {
        state: 'received' as const,
        promisedOn: await promisedDay(ctx, kind, today),
        answerOffice: await usualOffice(ctx, organizationId),
      }
    : {}
  await ctx.db.insert(discussionTopics).values({ ...topic, ...answer, tenantId })
  const first = await addPost(ctx, topic, {
    authorId: personOf(ctx),
    authorName: actor.name,
    body: withTrueNames(body, mentions),
    at,
  })
  await usePictures(ctx, first.id, body)
  await follow(ctx, { id: topic.id, isProtected: false }, 1)
  await queueMentions(ctx, topic.id, first.id, mentions)
  // A job, since nobody writes in the marks of others.
  if (isAnswered(kind)) await enqueue(ctx.db, 'discussion.mark-answering', { tenantId, topicId: topic.id })
  await record(ctx, 'discussion.topic-started', subjectOf(topic), { ...titleOf(topic), kind })
  return topic.id
}

/** Replies to a topic. */
export async function reply(
  ctx: Context,
  topicId: string,
  { body, quotedPostId }: NewPost,
  mentions: Mentions,
): Promise<{ id: string; seq: number }> {
  const topic = await openTopic(ctx, topicId, 'reply', '回复')
  refuseEmpty(body)
  if (quotedPostId !== null)
    await refuseForeign(ctx, topicId, quotedPostId, 'quotedPostId', '引用的发言已经不在这个话题里')
  refuseTraces(topic, body)
  await refuseForeignPictures(ctx, body)
  refuseFlood('posts', ctx.actor.accountId)

  const at = new Date()
  const named = withTrueNames(body, mentions)
  const writing = { authorId: personOf(ctx), authorName: ctx.actor.name, body: named, quotedPostId, at }
  const post = await addPost(ctx, topic, writing)
  await usePictures(ctx, post.id, body)
  await follow(ctx, topic, post.seq)
  await queueMentions(ctx, topicId, post.id, mentions)
  await record(ctx, 'discussion.replied', subjectOf(topic), { ...titleOf(topic), seq: post.seq })
  return post
}

function refuseEmpty(body: RichText): void {
  if (isBlank(body)) refuseField('body', '请写几句话')
}

/** Each wording is kept, and read by everybody who looks at the history. */
const mostRevisions = 50

/**
 * What the page of a protected author would fetch, or what they would follow, leaves a trace of who they are; and a picture in a complaint lies
 * where the one who is complained about may look.
 */
function refuseTraces(it: { isProtected: boolean; isConfidential: boolean }, body: RichText): void {
  if (it.isProtected && (mediaIds(body).length > 0 || links(body).length > 0))
    refuseField('body', '隐去身份的话题里不能放图片和链接，打开它们会留下作者的痕迹')
  if (it.isConfidential && mediaIds(body).length > 0)
    refuseField(
      'body',
      '投诉反映里不能放图片：图片存在您所在组织的素材库，被反映的人可能看到。请用文字说明，图片由答复的人当面收取',
    )
}

async function refuseForeign(
  ctx: Context,
  topicId: string,
  postId: string,
  field: string,
  message: string,
): Promise<void> {
  const [shown] = await ctx.db
    .select({ id: discussionPosts.id })
    .from(discussionPosts)
    .where(
      and(
        isPost(ctx, postId),
        eq(discussionPosts.topicId, topicId),
        isNull(discussionPosts.deletedAt),
        isNull(discussionPosts.hiddenAt),
      ),
    )
  if (!shown) refuseField(field, message)
}

/** Those who are named hear of it at once, unless they want to hear nothing of the topic. A job, since nobody writes in the marks of others. */
async function queueMentions(
  ctx: Context,
  topicId: string,
  postId: string,
  mentions: Mentions,
  areAdded = false,
): Promise<void> {
  if (mentions.length === 0) return
  for (const _ of mentions) refuseFlood('mentions', ctx.actor.accountId)
  const added = areAdded && { added: mentions.map((it) => it.id).join(' ') }
  await enqueue(ctx.db, 'discussion.mark-mentioned', { tenantId: ctx.tenantId, topicId, postId, ...added })
}

/** Changes the own post as read at this revision. What it said before stays to be seen. */
export async function changePost(
  ctx: Context,
  postId: string,
  { body }: PostChange,
  mentions: Mentions,
  revision: number,
): Promise<void> {
  const { post, topic } = await openPost(ctx, postId)
  authorize(isAuthor(ctx, post), '修改别人的发言')
  if (post.step !== null) throw new Refusal('conflict', '办理记录不能修改。写错了请再写一条说明。')
  if (post.deletedAt !== null) throw new Refusal('conflict', '这条发言已经删除。')
  if (post.hiddenAt !== null) throw new Refusal('conflict', '这条发言已被隐藏，不能修改。如有异议可以申诉。')
  if (!mayOf(ctx, topic).reply) throw new Refusal('conflict', '这个话题已经关闭，不能再修改发言。')
  refuseStale(post, revision, '这条发言')
  if (post.revision > mostRevisions) throw new Refusal('conflict', '这条发言修改次数过多，请另写一条。')
  refuseEmpty(body)
  refuseTraces(topic, body)
  await refuseForeignPictures(ctx, body)
  refuseFlood('posts', ctx.actor.accountId)

  const editedAt = new Date()
  const before = { postId, revision: post.revision, path: post.path, editedBy: ctx.actor.name, editedAt }
  if (post.body) await ctx.db.insert(discussionEdits).values({ ...before, tenantId: ctx.tenantId, body: post.body })
  const named = withTrueNames(body, mentions)
  const plain = plainText(named)
  const change = { body: named, plain, editedAt, revision: revision + 1 }
  await ctx.db.update(discussionPosts).set(change).where(isPost(ctx, postId))
  // What it said before is still shown, with its pictures.
  await usePictures(ctx, postId, body, ...(await wordingsOf(ctx, postId)))
  await forgetPosts(ctx, [postId])
  await indexPosts(ctx, topic, [{ ...post, plain }])
  const known = new Set(post.body ? mentionedPersons(post.body) : [])
  await queueMentions(
    ctx,
    topic.id,
    postId,
    mentions.filter((it) => !known.has(it.id)),
    true,
  )
  await record(ctx, 'discussion.post-changed', subjectOf(topic), { ...titleOf(topic), seq: post.seq })
}

async function wordingsOf({ db, tenantId }: Context, postId: string): Promise<RichText[]> {
  const rows = await db
    .select({ body: discussionEdits.body })
    .from(discussionEdits)
    .where(and(eq(discussionEdits.tenantId, tenantId), eq(discussionEdits.postId, postId)))
  return rows.map((it) => it.body)
}

/** Deletes the own post: its text and what it said before are gone, its place stays. */
export async function deletePost(ctx: Context, postId: string): Promise<void> {
  const { post, topic } = await openPost(ctx, postId)
  authorize(isAuthor(ctx, post), '删除别人的发言')
  if (post.step !== null) throw new Refusal('conflict', '办理记录不能删除。写错了请再写一条说明。')
  if (post.deletedAt !== null) throw new Refusal('conflict', '这条发言已经删除。')

  const gone = { body: null, plain: '', deletedAt: new Date(), revision: post.revision + 1 }
  await ctx.db.update(discussionPosts).set(gone).where(isPost(ctx, postId))
  await usePictures(ctx, postId)
  await ctx.db
    .delete(discussionEdits)
    .where(and(eq(discussionEdits.tenantId, ctx.tenantId), eq(discussionEdits.postId, postId)))
  await forgetPosts(ctx, [postId])
  // By its title the topic is still found.
  if (post.seq === 1) await indexPosts(ctx, topic, [{ ...post, plain: '' }])
  if (topic.acceptedPostId === postId)
    await ctx.db.update(discussionTopics).set({ acceptedPostId: null }).where(isTopic(ctx, topic.id))
  await record(ctx, 'discussion.post-deleted', subjectOf(topic), { ...titleOf(topic), seq: post.seq })
}

/** Gives a topic another title, as read at this revision; of somebody else's with the reason. What it was called before stays to be seen. */
export async function retitleTopic(
  ctx: Context,
  topicId: string,
  { title, reason }: Retitling,
  revision: number,
): Promise<void> {
  const topic = await openTopic(ctx, topicId, 'retitle', '修改标题')
  refuseStale(topic, revision, '这个话题')
  if (title === topic.title) return
  if (!isAuthor(ctx, topic) && reason === null) refuseField('reason', '这是别人发起的话题，请写明为什么改标题')
  const before = {
    ...{ title: topic.title, by: ctx.actor.name, at: new Date().toISOString(), reason },
    ...{ supportCount: topic.supportCount, hasOutcome: (await outcomeOf(ctx, topicId)) !== null },
  }
  await change(ctx, topic, { title, earlierTitles: [...topic.earlierTitles, before] })
  const [first] = await ctx.db
    .select()
    .from(discussionPosts)
    .where(
      and(eq(discussionPosts.tenantId, ctx.tenantId), eq(discussionPosts.topicId, topicId), eq(discussionPosts.seq, 1)),
    )
  if (first) {
    await forgetPosts(ctx, [first.id])
    await indexPosts(ctx, { ...topic, title }, [first])
  }
  await record(ctx, 'discussion.retitled', subjectOf(topic), {
    ...titleOf({ ...topic, title }),
    ...(!topic.isConfidential && { earlierTitle: topic.title }),
    ...(reason !== null && { reason }),
  })
}

/** Marks the post that answers a question, or none. */
export async function acceptAnswer(ctx: Context, topicId: string, postId: string | null): Promise<void> {
  const topic = await openTopic(ctx, topicId, 'accept', '选定答案')
  if (postId !== null) {
    await refuseForeign(ctx, topicId, postId, 'postId', '这条发言已经不在这个话题里，请另选一条')
    const [post] = await ctx.db.select({ seq: discussionPosts.seq }).from(discussionPosts).where(isPost(ctx, postId))
    if (post?.seq === 1) refuseField('postId', '提问本身不能选为答案')
  }
  await change(ctx, topic, { acceptedPostId: postId })
  const event = postId === null ? 'discussion.answer-withdrawn' : 'discussion.answer-accepted'
  await record(ctx, event, subjectOf(topic), titleOf(topic))
}

/** Puts a topic in front of the others of its place, or back among them. */
export async function pinTopic(ctx: Context, topicId: string, isPinned: boolean): Promise<void> {
  const topic = await openTopic(ctx, topicId, 'pin', '置顶话题')
  if (isPinned && topic.pinnedAt === null) await refuseCrowd(ctx, topic)
  await change(ctx, topic, { pinnedAt: isPinned ? new Date() : null })
  await record(ctx, isPinned ? 'discussion.pinned' : 'discussion.unpinned', subjectOf(topic), titleOf(topic))
}

async function refuseCrowd({ db, tenantId }: Context, { path }: StoredTopic): Promise<void> {
  const it = discussionTopics
  const pinned = await db.$count(it, and(eq(it.tenantId, tenantId), eq(it.path, path), isNotNull(it.pinnedAt)))
  if (pinned >= mostPinned)
    throw new Refusal('conflict', `这个组织已有 ${mostPinned} 个置顶的话题，请先取消一个再置顶。`)
}

/** Closes a topic with the reason, or opens it again. */
export async function closeTopic(ctx: Context, topicId: string, reason: string | null): Promise<void> {
  const topic = await openTopic(ctx, topicId, 'close', '关闭话题')
  await change(ctx, topic, { closedAt: reason === null ? null : new Date(), closedReason: reason })
  const event = reason === null ? 'discussion.reopened' : 'discussion.closed'
  await record(ctx, event, subjectOf(topic), { ...titleOf(topic), ...(reason !== null && { reason }) })
}

/** Says that one supports a suggestion, or takes it back. Others see the number; the journal says nothing. */
export async function supportTopic(ctx: Context, topicId: string, supports: boolean): Promise<void> {
  const topic = await openTopic(ctx, topicId, 'support', '表示赞同')
  const own = { tenantId: ctx.tenantId, topicId, personId: personOf(ctx) }
  const it = discussionSupports
  const changed = supports
    ? await ctx.db.insert(it).values(own).onConflictDoNothing().returning({ topicId: it.topicId })
    : await ctx.db
        .delete(it)
        .where(and(eq(it.tenantId, own.tenantId), eq(it.topicId, topicId), eq(it.personId, own.personId)))
        .returning({ topicId: it.topicId })
  if (changed.length === 0) return
  const by = supports ? 1 : -1
  await ctx.db
    .update(discussionTopics)
    .set({ supportCount: sql`${discussionTopics.supportCount} + ${by}` })
    .where(isTopic(ctx, topicId))
  if (supports) await follow(ctx, topic, 0)
}

/** The reader has seen a topic up to a post. Nobody else sees it, and it is written down nowhere else. */
export async function markRead(ctx: Context, topicId: string, seq: number): Promise<void> {
  const topic = await findTopic(ctx, topicId)
  if (topic.isProtected) return
  const readSeq = Math.min(seq, topic.lastSeq)
  await writeMark(ctx, topicId, { readSeq }, { readSeq: sql`greatest(${discussionMarks.readSeq}, ${readSeq})` })
}

/** Says how the reader hears of new posts. Of protected topics nobody is told anything: a message would say whose matter it is. */
export async function followTopic(ctx: Context, topicId: string, way: FollowWay): Promise<void> {
  await openTopic(ctx, topicId, 'follow', '关注这个话题')
  await writeMark(ctx, topicId, { way }, { way })
}

async function writeMark(ctx: Context, topicId: string, values: object, set: Record<string, unknown>): Promise<void> {
  await ctx.db
    .insert(discussionMarks)
    .values({ ...values, tenantId: ctx.tenantId, personId: personOf(ctx), topicId })
    .onConflictDoUpdate({ target: [discussionMarks.tenantId, discussionMarks.personId, discussionMarks.topicId], set })
}

async function change(ctx: Context, topic: StoredTopic, set: Partial<StoredTopic>): Promise<void> {
  await ctx.db
    .update(discussionTopics)
    .set({ ...set, revision: topic.revision + 1 })
    .where(isTopic(ctx, topic.id))
}
