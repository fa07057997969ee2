import { and, count, desc, eq, gte, inArray, isNotNull, isNull, lte, not, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Actor, Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { preparedRows } from '../../platform/prepared.ts'
import { isAnyOf, personOf, reachOf } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { countAppeals, hidingViewsOf } from './hidings.ts'
import { waitingAppealsOf } from './letters.ts'
import { mayAskOpening, openingsOf } from './openings.ts'
import { outcomeDraftOf, outcomeOf } from './outcomes.ts'
import { belongs, isAnswered, may, mayModerate, mayRead } from './policy.ts'
import { promisedDay } from './promising.ts'
import { isReadable } from './reach.ts'
import { countReports, ownReportsOf } from './reports.ts'
import type {
  DiscussionCounts,
  Hiding,
  Opening,
  Place,
  Post,
  Posts,
  PostsQuery,
  TopicRow,
  TopicsQuery,
  TopicView,
} from './schema.ts'
import {
  findTopic,
  isAuthor,
  isPost,
  loadTopic,
  mostPinned,
  refuseUnread,
  type StoredPost,
  type StoredTopic,
} from './stored.ts'
import { isUnanswered } from './suggestions.ts'
import {
  discussionCalls,
  discussionEdits,
  discussionHidings,
  discussionMarks,
  discussionPosts,
  discussionSupports,
  discussionTopics,
} from './tables.ts'

/** The organisations in which the actor may take part, from the university down. */
export async function listPlaces(ctx: Context): Promise<{ items: Place[] }> {
  const { places, roots } = reachOf(ctx.actor)
  const rows = await ctx.db
    .select({ id: organizations.id, name: organizations.name, path: organizations.path })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, ctx.tenantId),
        isNull(organizations.dissolvedOn),
        sql`(${isAnyOf(sql`${organizations.path}`, places)} or ${within(organizations.path, roots)})`,
      ),
    )
    .orderBy(organizations.path)
  return {
    items: rows.map(({ id, name, path }) => ({
      ...{ id, name, level: ancestors(path).length, isOwn: belongs(ctx.actor, path) },
      can: {
        write: mayRead(ctx.actor, path),
        moderate: mayModerate(ctx.actor, path),
        complain: mayRead(ctx.actor, path),
      },
    })),
  }
}

/** What of a topic stands in a list. */
const rowColumns = {
  topic: discussionTopics,
  organization: { id: organizations.id, name: organizations.name },
  readSeq: discussionMarks.readSeq,
  way: discussionMarks.way,
}

/** A topic with the name of its organisation and what the actor has seen of it. */
const topicsFor = (ctx: Context) =>
  ctx.db
    .select(rowColumns)
    .from(discussionTopics)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, discussionTopics.tenantId), eq(organizations.id, discussionTopics.organizationId)),
    )
    .leftJoin(
      discussionMarks,
      and(
        eq(discussionMarks.tenantId, discussionTopics.tenantId),
        eq(discussionMarks.personId, personOf(ctx)),
        eq(discussionMarks.topicId, discussionTopics.id),
      ),
    )
    .$dynamic()

type SelectedRow = Awaited<ReturnType<typeof topicsFor>>[number]

/**
 * A page of topics that the actor may read, the one with the last post first; before them goes what is pinned in the organisation that was asked
 * for, or, where nothing narrows the list, in those to which the actor belongs.
 */
export async function listTopics(ctx: Context, query: TopicsQuery): Promise<Page<TopicRow>> {
  const { cursor, limit, organizationId } = query
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]))
  const place =
    organizationId === undefined ? undefined : found(await findOrganization(ctx, organizationId), '个组织').path
  const { lastPostAt, id, pinnedAt } = discussionTopics
  const wanted = wantedBy(ctx, query)
  const isBefore = after && sql`(${lastPostAt}, ${id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const pinnedIn = place === undefined ? (isNarrowed(query) ? [] : homesOf(ctx.actor)) : [place]
  const isPinned = sql`(${isAnyOf(sql`${discussionTopics.path}`, pinnedIn)} and ${pinnedAt} is not null)`
  const pinned =
    pinnedIn.length > 0 && after === undefined
      ? await topicsFor(ctx)
          .where(and(wanted, isPinned))
          .orderBy(desc(pinnedAt))
          .limit(mostPinned * pinnedIn.length)
      : []
  const candidates =
    place !== undefined
      ? sql`select id from discussion_topics where ${and(wanted, sql`${discussionTopics.path} = ${place}`, isNull(pinnedAt), isBefore)}
          order by last_post_at desc, id desc limit ${limit + 1}`
      : candidatesIn(ctx.actor, and(wanted, not(isPinned), isBefore) ?? sql`true`, limit + 1)
  // The database takes few rows to pass its security, and would sort all of a part of the tree instead of walking them in their order.
  await ctx.db.execute(sql`select set_config('enable_sort', 'off', true)`)
  const ids = (await preparedRows<{ id: string }>(ctx.db, candidates)).map((it) => it.id)
  const rows =
    ids.length === 0
      ? []
      : await topicsFor(ctx)
          .where(and(eq(discussionTopics.tenantId, ctx.tenantId), isOneOf(id, ids)))
          .orderBy(desc(lastPostAt), desc(id))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: [...pinned, ...rows.slice(0, limit)].map((it) => rowOf(it)),
    ...(last && { next: writeCursor([last.topic.lastPostAt.toISOString(), last.topic.id]) }),
  }
}

const isNarrowed = ({ kind, state, callId, only }: TopicsQuery): boolean =>
  [kind, state, callId, only].some((it) => it !== undefined)

/** The organisations to which somebody belongs, from the university down. */
const homesOf = ({ home }: Actor): OrgPath[] => (home === null ? [] : [...ancestors(home), home])

/** The first topics of everything that the actor reads: the first of each single place, and those of whole parts of the tree. */
function candidatesIn(actor: Actor, wanted: SQL, limit: number): SQL {
  const { places, roots } = reachOf(actor)
  const first = sql`order by last_post_at desc, id desc limit ${limit}`
  const parts = [
    ...(roots.length > 0
      ? [
          sql`(select id, last_post_at from discussion_topics where ${wanted} and ${within(discussionTopics.path, roots)} ${first})`,
        ]
      : []),
    ...places.map(
      (place) =>
        sql`(select id, last_post_at from discussion_topics where ${wanted} and ${discussionTopics.path} = ${place} ${first})`,
    ),
  ]
  if (parts.length === 0) return sql`select null::uuid where false`
  return sql`select id from (${sql.join(parts, sql` union all `)}) as each ${first}`
}

/**
 * The topics that wait for the actor: something new in what they follow or were named in, which they hear of unless they want to hear nothing;
 * or an answer of theirs. Begins with their own marks, since it is asked for beside every page.
 */
function concerning(ctx: Context): SQL {
  const it = discussionTopics
  return sql`select ${it.id} from discussion_marks m
      join discussion_topics on ${it.tenantId} = m.tenant_id and ${it.id} = m.topic_id
      where m.tenant_id = ${ctx.tenantId} and m.person_id = ${personOf(ctx)} and m.way in ('atOnce', 'daily')
        and ${it.lastSeq} > m.read_seq and ${isReadable(ctx.actor)}
    union select ${it.id} from discussion_topics
      where ${and(isUnanswered(ctx.tenantId), within(it.path, ctx.actor.rootsOf('moderate')))}`
}

/** What a query asks for, among what the actor may read. */
function wantedBy(ctx: Context, { kind, state, callId, only }: TopicsQuery): SQL {
  const it = discussionTopics
  const marked = (which: SQL) => sql`exists (select from discussion_marks m
    where m.tenant_id = ${ctx.tenantId} and m.person_id = ${personOf(ctx)} and m.topic_id = ${it.id} and ${which})`
  const all = and(
    eq(it.tenantId, ctx.tenantId),
    isReadable(ctx.actor),
    kind && eq(it.kind, kind),
    state && eq(it.state, state),
    callId === undefined ? undefined : eq(it.callId, callId),
    only === 'own' ? eq(it.authorId, personOf(ctx)) : undefined,
    only === 'followed' ? marked(sql`m.way in ('atOnce', 'daily')`) : undefined,
    only === 'unread' ? and(not(it.isProtected), not(marked(sql`m.read_seq >= ${it.lastSeq}`))) : undefined,
    only === 'concerning' ? sql`${it.id} in (${concerning(ctx)})` : undefined,
    only === 'toAnswer' ? and(isUnanswered(ctx.tenantId), within(it.path, ctx.actor.rootsOf('moderate'))) : undefined,
  )
  return all ?? sql`true`
}

function rowOf({ topic, organization, readSeq }: SelectedRow): TopicRow {
  return {
    ...{ id: topic.id, kind: topic.kind, title: topic.title, organization, authorName: topic.authorName },
    isProtected: topic.isProtected,
    createdAt: topic.createdAt.toISOString(),
    lastPostAt: topic.lastPostAt.toISOString(),
    replyCount: topic.lastSeq - 1,
    ...{ state: topic.state, promisedOn: topic.promisedOn, supportCount: topic.supportCount },
    isPinned: topic.pinnedAt !== null,
    isClosed: topic.closedAt !== null,
    isHidden: topic.hiddenAt !== null,
    isAnswered: topic.acceptedPostId !== null,
    mergedIntoId: topic.mergedIntoId,
    unreadCount: topic.isProtected ? 0 : topic.lastSeq - Math.min(readSeq ?? 0, topic.lastSeq),
  }
}

/** Who reads: an ordinary reader, or the protected author, who is known by their letter only. */
export interface Reader {
  isProtectedAuthor?: boolean
}

/** A topic for its reader. */
export async function readTopic(ctx: Context, topicId: string, reader: Reader = {}): Promise<TopicView> {
  const { tenantId, db } = ctx
  const [row] = await topicsFor(ctx).where(
    and(eq(discussionTopics.tenantId, tenantId), eq(discussionTopics.id, topicId)),
  )
  const { topic, readSeq, way } = found(row, '个话题')
  const isOwn = reader.isProtectedAuthor === true || isAuthor(ctx, topic)
  const can = may(ctx.actor, topic, isOwn)
  if (!can.read) refuseUnread(ctx, topic)
  const into = topic.mergedIntoId
  const [supports, merged, [call], outcome, openings, [mergedInto], steps] = await Promise.all([
    topic.isConfidential
      ? 0
      : db.$count(
          discussionSupports,
          and(
            eq(discussionSupports.tenantId, tenantId),
            eq(discussionSupports.topicId, topicId),
            eq(discussionSupports.personId, personOf(ctx)),
          ),
        ),
    db
      .select({ id: discussionTopics.id, name: discussionTopics.title })
      .from(discussionTopics)
      .where(
        and(eq(discussionTopics.tenantId, tenantId), eq(discussionTopics.mergedIntoId, topicId), isReadable(ctx.actor)),
      ),
    topic.callId === null
      ? []
      : db
          .select({ id: discussionCalls.id, name: discussionCalls.title })
          .from(discussionCalls)
          .where(and(eq(discussionCalls.tenantId, tenantId), eq(discussionCalls.id, topic.callId))),
    outcomeOf(ctx, topicId),
    topic.isProtected ? openingsOf(ctx, { topicId }) : [],
    into === null
      ? []
      : db
          .select({ id: discussionTopics.id, name: discussionTopics.title })
          .from(discussionTopics)
          .where(and(eq(discussionTopics.tenantId, tenantId), eq(discussionTopics.id, into), isReadable(ctx.actor))),
    isAnswered(topic.kind) ? stepsOf(ctx, topicId) : [],
  ])
  const organization = found(row, '个话题').organization
  return {
    ...rowOf({ topic, organization, readSeq, way }),
    ...{ revision: topic.revision, lastSeq: topic.lastSeq, readSeq: readSeq ?? 0, follow: way ?? 'never' },
    supports: supports > 0,
    isOwn,
    isConfidential: topic.isConfidential,
    answeredBy: topic.answerOffice === null ? null : { organization, office: topic.answerOffice },
    acceptedPostId: topic.acceptedPostId,
    closedReason: topic.closedReason,
    call: call ?? null,
    mergedInto: mergedInto ?? null,
    merged,
    outcome,
    openings,
    steps,
    earlierTitles: topic.earlierTitles,
    usualAnswerOn: can.promise ? await promisedDay(ctx, topic.kind, ctx.today) : null,
    outcomeDraft: can.publishOutcome ? await outcomeDraftOf(ctx, topic) : null,
    can: {
      ...{ reply: can.reply, retitle: can.retitle, accept: can.accept, support: can.support, follow: can.follow },
      ...{ pin: can.pin, close: can.close, enter: can.enter, promise: can.promise, merge: can.merge },
      ...{ publishOutcome: can.publishOutcome, moderate: can.moderate },
      askOpening: topic.isProtected && !isOwn && !openings.some(isWaiting(ctx)) && (await mayAskOpening(ctx)),
      replyProtected: can.replyProtected,
    },
  }
}

/** Whether a request to open an identity may still be agreed to. */
const isWaiting =
  ({ today }: Context) =>
  ({ agreedAt, declinedAt, untilOn }: Opening): boolean =>
    agreedAt === null && declinedAt === null && today <= untilOn

async function stepsOf({ db, tenantId }: Context, topicId: string): Promise<TopicView['steps']> {
  const { step, seq, createdAt, officeName, promise } = discussionPosts
  const rows = await db
    .select({ step, seq, at: createdAt, officeName, promise })
    .from(discussionPosts)
    .where(and(eq(discussionPosts.tenantId, tenantId), eq(discussionPosts.topicId, topicId), isNotNull(step)))
    .orderBy(seq)
  return rows.flatMap(({ step, at, ...it }) => (step === null ? [] : [{ ...it, step, at: at.toISOString() }]))
}

/** Posts of a topic in their order: around the first unread one unless asked otherwise. Each page costs the same, however long the topic is. */
export async function readPosts(ctx: Context, topicId: string, query: PostsQuery, reader: Reader = {}): Promise<Posts> {
  const topic = reader.isProtectedAuthor ? await loadTopic(ctx, topicId) : await findTopic(ctx, topicId)
  const { from, until } = await rangeOf(ctx, topic, query)
  const rows = await ctx.db
    .select()
    .from(discussionPosts)
    .where(
      and(
        eq(discussionPosts.tenantId, ctx.tenantId),
        eq(discussionPosts.topicId, topicId),
        gte(discussionPosts.seq, from),
        lte(discussionPosts.seq, until),
      ),
    )
    .orderBy(discussionPosts.seq)
  const quoted = await quotedBy(ctx, rows)
  const isProtectedAuthor = reader.isProtectedAuthor === true
  // Whoever has written it also sees what became of it when it is shown again.
  const hidden = rows.flatMap((post) => (post.hiddenAt !== null || isAuthor(ctx, post) ? [post.id] : []))
  const hidings = hidden.length === 0 ? [] : await hidingViewsOf(ctx, isOneOf(discussionHidings.postId, hidden), reader)
  const reported = isProtectedAuthor ? new Map() : await ownReportsOf(ctx, topicId)
  const waiting = isProtectedAuthor ? await waitingAppealsOf(ctx, topicId) : new Map<string, string>()
  const shown = {
    ...{ topic, isProtectedAuthor, reported },
    hidings: new Map(hidings.map((it) => [it.postId, appealedBy(it, waiting.get(it.id))])),
  }
  return {
    items: rows.map((post) => postOf(ctx, shown, post, quoted.get(post.quotedPostId ?? '') ?? null)),
    hasBefore: from > 1,
    hasAfter: until < topic.lastSeq,
    lastSeq: topic.lastSeq,
  }
}

/** A hiding as its protected author sees it, whose appeal waits to be handed over. */
const appealedBy = (it: Hiding, appeal: string | undefined): Hiding =>
  appeal === undefined ? it : { ...it, appeal, can: { ...it.can, appeal: false } }

/** What these posts quote, by its id. */
async function quotedBy({ db, tenantId }: Context, posts: readonly StoredPost[]): Promise<Map<string, StoredPost>> {
  const ids = posts.flatMap((it) => it.quotedPostId ?? [])
  if (ids.length === 0) return new Map()
  const rows = await db
    .select()
    .from(discussionPosts)
    .where(and(eq(discussionPosts.tenantId, tenantId), isOneOf(discussionPosts.id, ids)))
  return new Map(rows.map((it) => [it.id, it]))
}

/** Which posts a query asks for, both ends counted. */
async function rangeOf(
  ctx: Context,
  { id, lastSeq }: StoredTopic,
  { at, after, before, around, limit }: PostsQuery,
): Promise<{ from: number; until: number }> {
  const upTo = (from: number) => ({ from, until: Math.min(lastSeq, from + limit - 1) })
  if (after !== undefined) return upTo(after + 1)
  if (before !== undefined) return { from: Math.max(1, before - limit), until: before - 1 }
  if (around !== undefined) return upTo(Math.max(1, Math.min(around - Math.floor(limit / 2), lastSeq - limit + 1)))
  if (at === 'first') return upTo(1)
  if (at === 'last') return upTo(Math.max(1, lastSeq - limit + 1))
  const [mark] = await ctx.db
    .select({ readSeq: discussionMarks.readSeq })
    .from(discussionMarks)
    .where(
      and(
        eq(discussionMarks.tenantId, ctx.tenantId),
        eq(discussionMarks.personId, personOf(ctx)),
        eq(discussionMarks.topicId, id),
      ),
    )
  // The last post that was read stands above, so that the reader finds where they were.
  return upTo(Math.max(1, Math.min(mark?.readSeq ?? 1, lastSeq - limit + 1)))
}

interface Shown {
  topic: StoredTopic
  isProtectedAuthor: boolean
  hidings: ReadonlyMap<string, NonNullable<Post['hiding']>>
  reported: ReadonlyMap<string, NonNullable<Post['reported']>>
}

function postOf(
  ctx: Context,
  { topic, isProtectedAuthor, hidings, reported }: Shown,
  post: StoredPost,
  of: StoredPost | null,
): Post {
  const can = may(ctx.actor, topic, isProtectedAuthor || isAuthor(ctx, topic))
  const isByAuthor = topic.isProtected ? post.authorId === null && post.step === null : post.authorId === topic.authorId
  const isOwn = isAuthor(ctx, post) || (isProtectedAuthor && isByAuthor)
  const [isDeleted, isHidden] = [post.deletedAt !== null, post.hiddenAt !== null]
  const isPlain = !isDeleted && post.step === null
  const seesHidden = isOwn || can.moderate
  return {
    ...{ id: post.id, seq: post.seq, authorName: post.authorName, isOwn, isByAuthor },
    createdAt: post.createdAt.toISOString(),
    editedAt: post.editedAt?.toISOString() ?? null,
    revision: post.revision,
    body: isHidden && !seesHidden ? null : post.body,
    ...{ isDeleted, isHidden },
    hiding: isOwn || (isHidden && can.moderate) ? (hidings.get(post.id) ?? null) : null,
    reported: reported.get(post.id) ?? null,
    quoted: of && {
      ...{ id: of.id, seq: of.seq, authorName: of.authorName },
      excerpt: of.deletedAt !== null || of.hiddenAt !== null ? null : excerptOf(of.plain),
    },
    ...{ step: post.step, officeName: post.officeName },
    can: {
      edit: isAuthor(ctx, post) && isPlain && !isHidden && can.reply,
      delete: isAuthor(ctx, post) && isPlain,
      hide: can.moderate && isPlain && !isHidden,
      // To a protected author it would write a line in the log with their account.
      report: !isOwn && !isProtectedAuthor && isPlain && !isHidden && reported.get(post.id)?.decision !== null,
    },
  }
}

/** The beginning of a text. */
export const excerptOf = (plain: string): string => (plain.length > 120 ? `${plain.slice(0, 120)}…` : plain)

/** What a post said before it was changed, the last first. */
export async function readEdits(ctx: Context, postId: string) {
  const [post] = await ctx.db.select().from(discussionPosts).where(isPost(ctx, postId))
  const topic = await findTopic(ctx, found(post, '条发言').topicId)
  const sees =
    post?.hiddenAt === null ||
    may(ctx.actor, topic, false).moderate ||
    isAuthor(ctx, { authorId: post?.authorId ?? null })
  const rows = sees
    ? await ctx.db
        .select()
        .from(discussionEdits)
        .where(and(eq(discussionEdits.tenantId, ctx.tenantId), eq(discussionEdits.postId, postId)))
        .orderBy(desc(discussionEdits.revision))
    : []
  return {
    items: rows.map(({ revision, body, editedAt, editedBy }) => ({
      ...{ revision, body, editedBy },
      editedAt: editedAt.toISOString(),
    })),
  }
}

/** How much waits for the actor. */
export async function readCounts(ctx: Context): Promise<DiscussionCounts> {
  const { tenantId, actor, db } = ctx
  const it = discussionTopics
  const [[unread], waiting, toAnswer, reports, appeals] = await Promise.all([
    db
      .select({ of: count() })
      .from(discussionMarks)
      .innerJoin(it, and(eq(it.tenantId, discussionMarks.tenantId), eq(it.id, discussionMarks.topicId)))
      .where(
        and(
          eq(discussionMarks.tenantId, tenantId),
          eq(discussionMarks.personId, personOf(ctx)),
          inArray(discussionMarks.way, ['atOnce', 'daily']),
          sql`${it.lastSeq} > ${discussionMarks.readSeq}`,
          isReadable(actor),
        ),
      ),
    db.execute<{ of: number }>(sql`select count(*)::int as of from (${concerning(ctx)}) as each`),
    db.$count(it, and(isUnanswered(tenantId), within(it.path, actor.rootsOf('moderate')))),
    countReports(ctx),
    countAppeals(ctx),
  ])
  return { unreadTopics: unread?.of ?? 0, concerning: waiting.rows[0]?.of ?? 0, toAnswer, toDecide: reports + appeals }
}
