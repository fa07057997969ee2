import { sql } from 'drizzle-orm'
import pg from 'pg'
import { openData } from '../server/src/data.ts'
import { listTopics, readPosts } from '../server/src/modules/discussion/queries.ts'
import { reachOf } from '../server/src/modules/discussion/reach.ts'
import { rightsOf } from '../server/src/modules/organization/policy.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { Actor, type Context } from '../server/src/platform/context.ts'
import { type Database, wholeUniversity } from '../server/src/platform/database.ts'
import { fieldEncryption } from '../server/src/platform/encryption.ts'
import { scopeOf } from '../server/src/platform/http.ts'
import { newId } from '../server/src/platform/ids.ts'
import { onlyThere, subtree } from '../server/src/platform/org-path.ts'
import { readSecrets } from '../server/src/platform/secrets.ts'
import { dayInChina } from '../server/src/platform/today.ts'
import { fill } from './filling.ts'
import { aside, duration, type Measure, median } from './measure.ts'

/** A page may take so many times as long with a hundred times as many posts. */
const most = 1.3
const asked = 300
const persons = 4_000

/**
 * The list of topics and a page from the middle of the longest one, among 1,000 and among 100,000 posts, half of which stand in one
 * topic; and what the bare driver takes for the same rows, by one statement that the database has planned before.
 */
export async function measureDiscussion(directory: string, posts: number): Promise<Measure[]> {
  const { tenantId } = await fill(directory, persons)
  const config = readConfig({ ZHIBU_DATA: directory })
  const { database, close } = await openData(config)
  try {
    const encryption = fieldEncryption(await readSecrets(directory))
    const longId = await openLong(database, tenantId)
    const times = []
    for (const count of [1_000, posts]) {
      await talk(database, tenantId, longId, count)
      times.push(await timesOf({ database, tenantId, longId, encryption }))
    }
    const [before, after] = times
    if (!before || !after) return []
    const grown = `1,000 to ${posts.toLocaleString('en')} posts`
    return [
      duration(`discussion: topics for a member, ${grown}`, after.member, before.member, most),
      duration(`     topics for an officer, ${grown}`, after.officer, before.officer, most),
      duration(`     page of a topic, ${grown}`, after.page, before.page, most),
      aside(duration('     topics for a member / the bare driver', after.member, after.bareTopics, 0)),
      aside(duration('     page of a topic / the bare driver', after.page, after.barePage, 0)),
    ]
  } finally {
    await close()
  }
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

/** Adds topics of ten posts at all places of the tree, and posts to the long one, until there are so many. */
async function talk(database: Database, tenantId: string, longId: string, posts: number): Promise<void> {
  const half = posts / 2
  const post = sql`'某同志', '{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"说几句话"}]}]}'::jsonb, '说几句话', now()`
  const columns = sql`tenant_id, id, topic_id, path, seq, author_name, body, plain, created_at`
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    await db.execute(sql`with places as (select id, path, row_number() over (order by path) - 1 as at, count(*) over () as of
        from organizations where tenant_id = ${tenantId}),
      begun as (insert into discussion_topics
        (tenant_id, id, organization_id, path, kind, title, author_name, created_at, last_post_at, last_seq)
        select ${tenantId}, gen_random_uuid(), p.id, p.path, 'discussion', '话题 ' || n, '某同志', now(), now() - n * interval '1 minute', 10
        from generate_series((select count(*) from discussion_topics where tenant_id = ${tenantId}), ${half / 10}) as n
        -- Every other one where the member reads, so that a page is full among few posts, too.
        join places p on p.at = case when n % 2 = 0 then n / 2 % 3 else n % p.of end returning id, path)
      insert into discussion_posts (${columns})
      select ${tenantId}, gen_random_uuid(), begun.id, begun.path, seq, ${post} from begun, generate_series(1, 10) as seq`)
    await db.execute(sql`insert into discussion_posts (${columns})
      select ${tenantId}, gen_random_uuid(), ${longId}::uuid, '0001.', seq, ${post}
      from generate_series((select last_seq from discussion_topics where tenant_id = ${tenantId} and id = ${longId}) + 1, ${half}) as seq`)
    await db.execute(
      sql`update discussion_topics set last_seq = ${half} where tenant_id = ${tenantId} and id = ${longId}`,
    )
  })
  const client = new pg.Client(database.address.owner)
  await client.connect()
  await client.query('vacuum analyze').finally(() => client.end())
}

interface Asking {
  database: Database
  tenantId: string
  longId: string
  encryption: Context['encryption']
}

async function timesOf({ database, tenantId, longId, encryption }: Asking) {
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
  await client.query(`select set_config('app.tenant', $1, false), set_config('app.scope', '{[".","~")}', false)`, [
    tenantId,
  ])
  await client.query('set role zhibu_app')
  const bareTopics = { name: 'topics', text: topicsText, values: [tenantId, reachOf(member).places] }
  const barePage = { name: 'page', text: pageText, values: [tenantId, longId, middle] }
  try {
    return {
      member: await timed(() => as(member, (ctx) => listTopics(ctx, { limit: 20 }))),
      officer: await timed(() => as(officer, (ctx) => listTopics(ctx, { limit: 20 }))),
      page: await timed(() => as(member, (ctx) => readPosts(ctx, longId, { after: middle, limit: 30 }))),
      bareTopics: await timed(() => client.query(bareTopics)),
      barePage: await timed(() => client.query(barePage)),
    }
  } finally {
    await client.end()
  }
}

const topicsText = `select * from discussion_topics where tenant_id = $1 and path = any($2) order by last_post_at desc, id desc limit 20`
const pageText = `select * from discussion_posts where tenant_id = $1 and topic_id = $2 and seq > $3 and seq <= $3 + 30 order by seq`

const actorAt = (home: string, grants: ConstructorParameters<typeof Actor>[0]['grants'] = []): Actor =>
  new Actor({ accountId: newId(), personId: newId(), home, name: '某同志', grants })

/** The median of many, after some that warm up. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let at = 0; at < asked; at++) {
    const from = performance.now()
    await work()
    if (at >= asked / 4) times.push(performance.now() - from)
  }
  return median(times)
}
