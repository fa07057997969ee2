import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { dayInChina } from '../../platform/today.ts'
import { officeNames } from '../organization/names-schema.ts'
import { officesWith } from '../organization/policy.ts'
import { type StepKind, type SuggestionState, stateNames } from './names-schema.ts'
import { answeringOffice } from './office-held.ts'
import { documentOf } from './paragraphs.ts'
import { mayModerate } from './policy.ts'
import { promisedDay } from './promising.ts'
import { isTopic } from './reach.ts'
import type { Merging, NewStep, OutcomeText, PromiseChange, PromiseMade } from './schema.ts'
import { addPost, findTopic, follow, loadTopic, mayOf, type StoredTopic, subjectOf, titleOf } from './stored.ts'

import { discussionOutcomes, discussionTopics } from './tables.ts'

/** States with which a suggestion has its answer. */
const answers: readonly SuggestionState[] = ['accepted', 'declined', 'doing', 'done']

/**
 * Enters how far a suggestion as read at this revision has come, with words to its author, which all who follow it are told. What is taken up
 * again after its answer is promised another one.
 */
export async function enterState(
  ctx: Context,
  topicId: string,
  { state, words }: NewStep,
  revision: number,
): Promise<void> {
  const topic = await findTopic(ctx, topicId, { lock: true })
  const { enter, moderate } = mayOf(ctx, topic)
  authorize(moderate, '答复这条建议')
  refuseStale(topic, revision, '这个话题')
  if (!enter.includes(state)) refuseStep(topic, `登记为“${stateNames[state]}”`)

  const isAnswer = answers.includes(state)
  const isTakenUpAgain = !isAnswer && topic.answeredAt !== null
  const promisedOn = isTakenUpAgain ? await promisedDay(ctx, topic.kind, ctx.today) : null
  await step(
    ctx,
    topic,
    { kind: state, words, promise: promisedOn && { on: promisedOn, before: null } },
    {
      state,
      ...(isAnswer && topic.answeredAt === null && { answeredAt: new Date() }),
      ...(promisedOn && { answeredAt: null, promisedOn }),
    },
  )
  await record(ctx, 'discussion.state-entered', subjectOf(topic), { ...titleOf(topic), state })
}

/** Says by when a suggestion as read at this revision is answered and by which office, in place of what was promised before. */
export async function promiseAnswer(
  ctx: Context,
  topicId: string,
  { promisedOn, office, words }: PromiseChange,
  revision: number,
): Promise<void> {
  const topic = await openTopicFor(ctx, topicId, revision, 'promise', '约定答复日期')
  if (promisedOn < ctx.today) refuseField('promisedOn', '答复日期已经过去，请改为今天或以后的日期')
  if (!officesWith('moderate').includes(office))
    refuseField('office', `${officeNames[office]}不答复建议，请另选一个职务`)

  const before = topic.promisedOn === promisedOn ? null : topic.promisedOn
  const promise = { on: promisedOn, before }
  await step(ctx, topic, { kind: 'promised', words, promise }, { promisedOn, answerOffice: office })
  await record(ctx, 'discussion.answer-promised', subjectOf(topic), { ...titleOf(topic), promisedOn, office })
}

/**
 * Merges a suggestion as read at this revision into another one of the same place: its supporters and followers go along, each counted once, and whoever opens it is
 * led there. Runs over the whole university, since the marks of others are moved.
 */
export async function mergeSuggestion(
  ctx: Context,
  topicId: string,
  { intoId, words }: Merging,
  revision: number,
): Promise<void> {
  if (topicId === intoId) refuseField('intoId', '不能并入自己')
  // Always in the same order, so that two who merge both ways do not wait for one another.
  const locked = new Map<string, StoredTopic>()
  for (const id of [topicId, intoId].sort()) locked.set(id, await loadTopic(ctx, id, { lock: true }))
  const [from, into] = [found(locked.get(topicId), '个话题'), found(locked.get(intoId), '个话题')]
  for (const it of [from, into]) found(mayOf(ctx, it).read || undefined, '个话题')
  authorize(mayModerate(ctx.actor, from.path) && mayModerate(ctx.actor, into.path), '合并建议')
  refuseStale(from, revision, '这个话题')
  if (from.isConfidential) throw new Refusal('conflict', '投诉反映和隐去身份的建议不公开，不能合并。')
  if (!mayOf(ctx, from).merge) refuseStep(from, '合并')
  if (from.path !== into.path || from.kind !== into.kind) refuseField('intoId', '只能并入同一组织的同类话题')
  if (into.isConfidential) refuseField('intoId', '这一条隐去身份、不公开，不能并入。请另选一条')
  if (into.hiddenAt !== null) refuseField('intoId', '这一条已被隐藏，不能并入。请另选一条')
  if (into.mergedIntoId !== null) refuseField('intoId', '这一条已并入另一条，请选它并入的那一条')

  const { tenantId, db } = ctx
  await db.execute(sql`insert into discussion_supports (tenant_id, topic_id, person_id)
    select tenant_id, ${intoId}::uuid, person_id from discussion_supports where tenant_id = ${tenantId} and topic_id = ${topicId}
      and person_id <> coalesce(${into.authorId}::uuid, '00000000-0000-0000-0000-000000000000'::uuid)
    on conflict do nothing`)
  await db.execute(sql`insert into discussion_marks (tenant_id, person_id, topic_id, read_seq, way, told_seq)
    select tenant_id, person_id, ${intoId}::uuid, 0, way, 0 from discussion_marks
    where tenant_id = ${tenantId} and topic_id = ${topicId} and way in ('atOnce', 'daily')
    on conflict (tenant_id, person_id, topic_id) do update set way = coalesce(discussion_marks.way, excluded.way)`)
  await db.execute(sql`update discussion_topics set merged_into_id = ${intoId}::uuid
    where tenant_id = ${tenantId} and merged_into_id = ${topicId}::uuid`)
  await step(ctx, from, { kind: 'merged', words }, { mergedIntoId: intoId, answeredAt: from.answeredAt ?? new Date() })
  await db
    .update(discussionTopics)
    .set({
      supportCount: sql`(select count(*) from discussion_supports s where s.tenant_id = ${tenantId} and s.topic_id = ${intoId})`,
    })
    .where(isTopic(ctx, intoId))
  await record(ctx, 'discussion.merged', subjectOf(from), { ...titleOf(from), into: into.title })
}

/** Publishes what was asked, what was done, by whom and when. Published again as read at this revision, it replaces what stood there. */
export async function publishOutcome(
  ctx: Context,
  topicId: string,
  text: OutcomeText,
  revision: number,
): Promise<void> {
  const topic = await openTopicFor(ctx, topicId, revision, 'publishOutcome', '公示办理结果')
  if (text.doneOn > ctx.today) refuseField('doneOn', '办结日期不能晚于今天')
  if (text.doneOn < dayInChina(topic.createdAt)) refuseField('doneOn', '办结日期不能早于提出的那天')
  const { tenantId, db } = ctx
  const published = { ...text, publishedAt: new Date(), publishedBy: await officeOrName(ctx, topic) }
  await db
    .insert(discussionOutcomes)
    .values({ ...published, tenantId, topicId, organizationId: topic.organizationId, path: topic.path })
    .onConflictDoUpdate({ target: [discussionOutcomes.tenantId, discussionOutcomes.topicId], set: published })
  await step(ctx, topic, { kind: 'outcome', words: text.done }, {})
  await record(ctx, 'discussion.outcome-published', subjectOf(topic), titleOf(topic))
}

const officeOrName = async (ctx: Context, topic: StoredTopic) =>
  (await answeringOffice(ctx, topic.path)) || ctx.actor.name

async function openTopicFor(
  ctx: Context,
  topicId: string,
  revision: number,
  action: 'promise' | 'publishOutcome',
  named: string,
): Promise<StoredTopic> {
  const topic = await findTopic(ctx, topicId, { lock: true })
  authorize(mayModerate(ctx.actor, topic.path), named)
  refuseStale(topic, revision, '这个话题')
  if (!mayOf(ctx, topic)[action]) refuseStep(topic, named)
  return topic
}

function refuseStep({ mergedIntoId, hiddenAt, state }: StoredTopic, named: string): never {
  if (hiddenAt !== null) throw new Refusal('conflict', `这个话题已被隐藏，不能${named}。`)
  if (mergedIntoId !== null) throw new Refusal('conflict', `这个话题已并入另一条建议，不能再${named}。`)
  if (state === null) throw new Refusal('conflict', `讨论和提问没有办理过程，不能${named}。`)
  throw new Refusal('conflict', `这个话题现在是“${stateNames[state]}”，不能${named}。请刷新页面查看。`)
}

/** Writes down what an officer has decided as a post of its own, which stays as it is. */
async function step(
  ctx: Context,
  topic: StoredTopic,
  { kind, words, promise = null }: { kind: StepKind; words: string; promise?: PromiseMade | null },
  set: Partial<StoredTopic>,
): Promise<void> {
  await ctx.db
    .update(discussionTopics)
    .set({ ...set, revision: topic.revision + 1 })
    .where(isTopic(ctx, topic.id))
  const officeName = await answeringOffice(ctx, topic.path)
  const post = await addPost(ctx, topic, {
    ...{
      authorId: personOf(ctx),
      authorName: ctx.actor.name,
      body: documentOf(words),
      step: kind,
      officeName,
      promise,
    },
    at: new Date(),
  })
  await follow(ctx, topic, post.seq)
}

/** Suggestions that have a promised day and no answer yet. */
export const isUnanswered = (tenantId: string) =>
  and(
    eq(discussionTopics.tenantId, tenantId),
    isNotNull(discussionTopics.promisedOn),
    isNull(discussionTopics.answeredAt),
    isNull(discussionTopics.mergedIntoId),
    isNull(discussionTopics.hiddenAt),
  )
