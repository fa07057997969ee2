import path from 'node:path'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import pg from 'pg'
import { openData } from '../server/src/data.ts'
import { findPosts } from '../server/src/modules/discussion/finding.ts'
import { listTopics, readPosts } from '../server/src/modules/discussion/queries.ts'
import { indexPosts } from '../server/src/modules/discussion/stored.ts'
import { discussionPosts, discussionTopics } from '../server/src/modules/discussion/tables.ts'
import { rightsOf } from '../server/src/modules/organization/policy.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { Actor, type Context } from '../server/src/platform/context.ts'
import { type Database, wholeUniversity } from '../server/src/platform/database.ts'
import { fieldEncryption } from '../server/src/platform/encryption.ts'
import { scopeOf } from '../server/src/platform/http.ts'
import { newId } from '../server/src/platform/ids.ts'
import { onlyThere, subtree } from '../server/src/platform/org-path.ts'
import { reachOf } from '../server/src/platform/reach.ts'
import { readSecrets } from '../server/src/platform/secrets.ts'
import { dayInChina } from '../server/src/platform/today.ts'
import { fill } from './filling.ts'
import { aside, duration, type Measure, median } from './measure.ts'

/** A page may take so many times as long with a hundred times as many posts. */
const most = 1.3
const everyWord = '说几句话'
const rareWord = '银杏'
const asked = 300
const persons = 4_000

/**
 * The list of topics, a page from the middle of the longest one, and the first page of what is found by a word of every post and by one
 * of twenty posts, in a university of 1,000 and in one of 100,000 posts, half of which stand in one topic; and what the bare driver takes for
 * the same rows, by one statement that the database has planned before. Each is asked of both by turns, so that whatever else the machine
 * does meets both.
 */
export async function measureDiscussion(directory: string, posts: number): Promise<Measure[]> {
  const few = await university(path.join(directory, 'few'), 1_000)
  const many = await university(path.join(directory, 'many'), posts).catch(async (problem: unknown) => {
    await few.close()
    throw problem
  })
  try {
    const grown = `1,000 to ${posts.toLocaleString('en')} posts`
    const compared = async (name: string, ask: (of: University) => () => Promise<unknown>) => {
      const [before, after] = await byTurns(ask(few), ask(many))
      return duration(name, after, before, most)
    }
    const bare = async (name: string, ask: () => Promise<unknown>, driver: () => Promise<unknown>) => {
      const [limit, ours] = await byTurns(driver, ask)
      return aside(duration(name, ours, limit, 0))
    }
    return [
      await compared(`discussion: topics for a member, ${grown}`, (it) => it.topicsOfMember),
      await compared(`     topics for an officer, ${grown}`, (it) => it.topicsOfOfficer),
      await compared(`     page of a topic, ${grown}`, (it) => it.page),
      await compared(`     a word of twenty posts, found by a member, ${grown}`, (it) => it.rareWord),
      await compared(`     a word of every post, found by a member, ${grown}`, (it) => it.everyWord),
      await compared(`     a word of every post, found by an officer, ${grown}`, (it) => it.everyWordOfOfficer),
      await bare('     topics for a member / the bare driver', many.topicsOfMember, many.bareTopics),
      await bare('     page of a topic / the bare driver', many.page, many.barePage),
    ]
  } finally {
    await Promise.all([few.close(), many.close()])
  }
}

type University = Awaited<ReturnType<typeof university>>

/** A university in which so many posts stand, and what is asked of it. */
async function university(directory: string, posts: number) {
  const { tenantId } = await fill(directory, persons)
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  const encryption = fieldEncryption(await readSecrets(directory))
  const longId = await openLong(database, tenantId)
  await talk(database, tenantId, longId, posts)
  const { leave, ...asks } = await asksOf({ database, tenantId, longId, encryption })
  return { ...asks, close: () => leave().then(close) }
}

/** The topic in which half of all is said. */
async function openLong(database: Database, tenantId: string): Promise<string> {
  const { rows } = await database.transaction(wholeUniversity(tenantId), (db) =>
    db.execute<{ id: string }>(sql`insert into discussion_topics
      (tenant_id, id, organization_id, path, kind, title, author_name, created_at, last_post_at, last_seq)
      select ${tenantId}, gen_random_uuid(), id, path, 'discussion', '最长的话题', '某同志', now(), now(), 0
      from organizations where tenant_id = ${tenantId} and path = '0001.' returning id`),
  )
  return rows[0]?.id ?? ''
}

/** Topics of ten posts at all places of the tree, and posts in the long one, until there are so many. */
async function talk(database: Database, tenantId: string, longId: string, posts: number): Promise<void> {
  const half = posts / 2
  // The first twenty of the longest topic have a word that stands nowhere else.
  const words = (at: SQL) => sql`${everyWord} || case when ${at} <= 20 then ${rareWord} else '' end`
  const body = sql`'{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"说几句话"}]}]}'::jsonb`
  const columns = sql`tenant_id, id, topic_id, path, seq, author_name, body, plain, created_at`
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    await db.execute(sql`with places as (select id, path, row_number() over (order by path) - 1 as at, count(*) over () as of
        from organizations where tenant_id = ${tenantId}),
      begun as (insert into discussion_topics
        (tenant_id, id, organization_id, path, kind, title, author_name, created_at, last_post_at, last_seq)
        select ${tenantId}, gen_random_uuid(), p.id, p.path, 'discussion', '话题 ' || n, '某同志', now(), now() - n * interval '1 minute', 10
        from generate_series((select count(*) from discussion_topics where tenant_id = ${tenantId}), ${half / 10}) as n
        -- Every other one where the member reads, so that a page is full among few posts, too.
        join places p on p.at = case when n % 2 = 0 then n / 2 % 3 else n % p.of end returning id, path, last_post_at)
      insert into discussion_posts (${columns})
      select ${tenantId}, gen_random_uuid(), begun.id, begun.path, seq, '某同志', ${body}, ${words(sql`100`)}, begun.last_post_at
      from begun, generate_series(1, 10) as seq`)
    await db.execute(sql`insert into discussion_posts (${columns})
      select ${tenantId}, gen_random_uuid(), ${longId}::uuid, '0001.', seq, '某同志', ${body}, ${words(sql`seq`)},
        now() - (${half} - seq) * interval '1 minute'
      from generate_series((select last_seq from discussion_topics where tenant_id = ${tenantId} and id = ${longId}) + 1, ${half}) as seq`)
    await db.execute(
      sql`update discussion_topics set last_seq = ${half} where tenant_id = ${tenantId} and id = ${longId}`,
    )
  })
  await indexAll(database, tenantId)
  const client = new pg.Client(database.address.owner)
  await client.connect()
  await client.query('vacuum analyze').finally(() => client.end())
}

/** Lets everything be found that stands in no index yet, as the use cases do. */
async function indexAll(database: Database, tenantId: string): Promise<void> {
  let batch: unknown[]
  do
    batch = await database.transaction(wholeUniversity(tenantId), async (db) => {
      const rows = await db
        .select({ post: discussionPosts, topic: discussionTopics })
        .from(discussionPosts)
        .innerJoin(
          discussionTopics,
          and(
            eq(discussionTopics.tenantId, discussionPosts.tenantId),
            eq(discussionTopics.id, discussionPosts.topicId),
          ),
        )
        .where(
          sql`not exists (select from search_entries e where e.tenant_id = ${tenantId} and e.kind = 'post' and e.id = ${discussionPosts.id})`,
        )
        .limit(2_000)
      for (const [topic, of] of Map.groupBy(rows, (it) => it.topic.id)) {
        const [first] = of
        if (first?.topic.id === topic)
          await indexPosts(
            { db, tenantId },
            first.topic,
            of.map((it) => it.post),
          )
      }
      return rows
    })
  while (batch.length > 0)
}

interface Asking {
  database: Database
  tenantId: string
  longId: string
  encryption: Context['encryption']
}

async function asksOf({ database, tenantId, longId, encryption }: Asking) {
  const member = actorAt('0001.0001.0001.', [])
  const officer = actorAt('0001.0001.', [{ rights: rightsOf.organiser, path: '0001.0001.' }])
  const as = <T>(actor: Actor, useCase: (ctx: Context) => Promise<T>): Promise<T> => {
    const { places, roots } = reachOf(actor)
    const own = scopeOf(tenantId, actor)
    const scope = { ...own, ranges: [...own.ranges, ...places.map(onlyThere), ...roots.map(subtree)] }
    const rest = { tenantId, actor, today: dayInChina(new Date()), requestId: newId(), encryption }
    return database.reading(scope, (db) => useCase({ db, ...rest }))
  }
  const middle = await as(member, async (ctx) => (await readPosts(ctx, longId, { at: 'last', limit: 30 })).lastSeq / 2)
  const client = new pg.Client(database.address.owner)
  await client.connect()
  const scope = `select set_config('app.tenant', $1, false), set_config('app.scope', '{[".","~")}', false)`
  await client.query(scope, [tenantId])
  await client.query('set role zhibu_app')
  const found = (actor: Actor, q: string) => () => as(actor, (ctx) => findPosts(ctx, { q, limit: 30 }))
  return {
    topicsOfMember: () => as(member, (ctx) => listTopics(ctx, { limit: 20 })),
    topicsOfOfficer: () => as(officer, (ctx) => listTopics(ctx, { limit: 20 })),
    page: () => as(member, (ctx) => readPosts(ctx, longId, { after: middle, limit: 30 })),
    rareWord: found(member, rareWord),
    everyWord: found(member, everyWord),
    everyWordOfOfficer: found(officer, everyWord),
    bareTopics: () => client.query({ name: 'topics', text: topicsText, values: [tenantId, reachOf(member).places] }),
    barePage: () => client.query({ name: 'page', text: pageText, values: [tenantId, longId, middle] }),
    leave: () => client.end(),
  }
}

const topicsText = `select * from discussion_topics where tenant_id = $1 and path = any($2) order by last_post_at desc, id desc limit 20`
const pageText = `select * from discussion_posts where tenant_id = $1 and topic_id = $2 and seq > $3 and seq <= $3 + 30 order by seq`

const actorAt = (home: string, grants: ConstructorParameters<typeof Actor>[0]['grants'] = []): Actor =>
  new Actor({ accountId: newId(), personId: newId(), home, name: '某同志', grants })

/** The medians of two that are asked many times by turns, after some that warm up. */
async function byTurns(...works: [() => Promise<unknown>, () => Promise<unknown>]): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []]
  for (let at = 0; at < asked; at++)
    for (const [which, work] of works.entries()) {
      const from = performance.now()
      await work()
      if (at >= asked / 4) times[which]?.push(performance.now() - from)
    }
  return [median(times[0]), median(times[1])]
}
