import { sql } from 'drizzle-orm'
import sharp from 'sharp'
import { type Filled, fill } from '../../../bench/filling.ts'
import { asked, type Served } from '../../../bench/processes.ts'
import { joinData } from '../../src/data.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openContent } from '../../src/platform/content/content.ts'
import type { Database } from '../../src/platform/database.ts'
import { newId } from '../../src/platform/ids.ts'
import { sealJournal } from '../../src/platform/seals.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { verifyJournal } from '../../src/platform/verification.ts'
import { killedWhileWriting } from './killed-server.ts'
import { begin, workOff } from './queued.ts'

/**
 * What came of a round in which pictures were brought in and articles with them reviewed and published, at once or by themselves a moment
 * later, when the server was killed.
 */
export interface ArticlesRound {
  /** Pictures, publications and moments of publication that were acknowledged in this round. */
  pictures: number
  published: number
  scheduled: number
  /** Of the latter, those that were published by themselves before the kill, as far as is known. */
  before: number
  /** Acknowledged ones that are not there, or not published minutes after their moment. */
  lost: number
  /**
   * Articles that are published and not on the site with their picture, or the other way round, or not recorded once; pictures whose
   * content is not whole.
   */
  half: number
  /** Numbers in addresses that are missing, or were given twice. */
  gaps: number
  /** Null where the chain of the journal is whole. */
  problem: string | null
}

/** A university with a college whose officers write, review and publish. */
export interface ArticlesGround extends Filled {
  sectionId: string
  used: number
}

export async function articlesGround(directory: string): Promise<ArticlesGround> {
  const filled = await fill(directory, 2_000)
  const sectionId = newId()
  const { database, close } = await joinData(readConfig({ ZHIBU_DATA: directory }))
  try {
    await database.asKeeper(async (db) => {
      await db.execute(sql`insert into offices (tenant_id, id, organization_id, path, person_id, person_name, office, from_on)
        select tenant_id, gen_random_uuid(), organization_id, path, person_id, person_name, 'publicityMember', from_on from offices`)
      await db.execute(sql`insert into site_sections (tenant_id, id, slug, name, about, position)
        values (${filled.tenantId}, ${sectionId}, 'news', '支部动态', '', 1)`)
    })
  } finally {
    await close()
  }
  return { ...filled, sectionId, used: 0 }
}

/** What a minute of the server begins. */
const everyMinute = ['publicity.publish-scheduled'] as const

/**
 * Brings in pictures, writes articles with them, has them reviewed by others and publishes them, every second at a moment to come, several
 * at a time; kills the server with SIGKILL at a random moment, starts it again, waits until nothing is due, and looks at everything.
 */
export async function articlesRound(ground: ArticlesGround): Promise<ArticlesRound> {
  const told: Told = { pictures: new Set(), published: new Set(), scheduled: new Set() }
  const open = () => joinData(readConfig({ ZHIBU_DATA: ground.directory }))
  let beside: ReturnType<typeof open> | undefined
  const write = async (server: Served, writer: number) => {
    beside ??= open()
    await writeOne(ground, server, { database: (await beside).database, writer, told })
  }
  const server = await killedWhileWriting(
    ground.directory,
    write,
    () => told.published.size > 1 && told.scheduled.size > 1,
  )
  beside ??= open()
  const { database, close } = await beside
  try {
    const counts = { pictures: told.pictures.size, published: told.published.size, scheduled: told.scheduled.size }
    const before = await publishedOf(database, told.scheduled)
    await workOff(database, ground.tenantId, everyMinute, stillScheduled)
    return { ...counts, before, ...(await inspect(ground.directory, database, told)) }
  } finally {
    await close()
    await server.stop()
  }
}

type Told = Record<'pictures' | 'published' | 'scheduled', Set<string>>

const stillScheduled = sql<number>`(select count(*) from articles where scheduled_for is not null)`

async function publishedOf(database: Database, ids: ReadonlySet<string>): Promise<number> {
  const { rows } = await database.asKeeper((db) =>
    db.execute<{ many: number }>(sql`select count(*)::int as many from articles
      where published_at is not null and id = any(${sql.param([...ids])}::uuid[])`),
  )
  return rows[0]?.many ?? 0
}

async function writeOne(
  ground: ArticlesGround,
  server: Served,
  { database, writer, told }: { database: Database; writer: number; told: Told },
): Promise<void> {
  const at = ground.used++
  // Each person only so often, so that no limit of rate is met.
  const cookies = [writer + (at % 60) * 3, 180 + (at % 20)].map((it) => ground.cookies[it] ?? '')
  const ask = (who: 0 | 1, address: string, body: object, revision?: number) =>
    asked(server, cookies[who] ?? '', 'POST', address, body, revision)
  const background = { r: at % 256, g: (at * 7) % 256, b: (at * 13) % 256 }
  const picture = await sharp({ create: { width: 640, height: 400, channels: 3, background } })
    .jpeg()
    .toBuffer()
  const upload = await (await ask(0, '/media/uploads', { fileName: '现场.jpg', sizeBytes: picture.length })).json()
  await asked(server, cookies[0] ?? '', 'PATCH', `/media/uploads/${upload.id}?offset=0`, picture)
  const { id: mediaId } = await (await ask(0, '/media/items', { uploadId: upload.id })).json()
  told.pictures.add(mediaId)

  const attrs = { mediaId, alt: '参观现场', caption: '', width: 'full' }
  const content = [
    { type: 'paragraph', content: [{ type: 'text', text: `第 ${at} 篇。` }] },
    { type: 'picture', attrs },
  ]
  const text = {
    ...{ title: `第 ${at} 次主题党日`, summary: '', cover: null, body: { type: 'doc', content } },
    byline: { author: '', source: '', photographer: '', editor: '' },
  }
  const { collegeId, sectionId } = ground
  const made = await ask(0, '/publicity/articles', { organizationId: collegeId, sectionId, isOpen: false, text })
  const one = `/publicity/articles/${(await made.json()).id}`
  await ask(0, `${one}/submission`, {}, 1)
  await ask(1, `${one}/reviews`, { version: 1, verdict: 'approved' })
  const isScheduled = at % 2 === 1
  const moment = new Date(Date.now() + 1_000 + Math.random() * 2_000).toISOString()
  await ask(1, `${one}/publication`, { version: 1, at: isScheduled ? moment : null })
  told[isScheduled ? 'scheduled' : 'published'].add(one.slice(-36))
  await begin(database, ground.tenantId, everyMinute)
}

async function inspect(
  directory: string,
  database: Database,
  told: Told,
): Promise<Pick<ArticlesRound, 'lost' | 'half' | 'gaps' | 'problem'>> {
  const { store } = openContent(readConfig({ ZHIBU_DATA: directory }), await readSecrets(directory))
  const rowsOf = async <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
    (await database.asKeeper((db) => db.execute<Row>(query))).rows
  const media = await rowsOf<{ id: string; content: string }>(sql`select id, content_id as content from media_items`)
  const published = await rowsOf<{ id: string; number: number; isWhole: boolean }>(sql`select a.id, a.number,
    (a.published_at is not null and s.article_id is not null and s.number = a.number
      and exists (select from site_media m where m.article_id = a.id)
      and 1 = (select count(*) from journal j where j.event = 'publicity.published' and j.subject_id = a.id::text)) as "isWhole"
    from articles a full join site_articles s on s.article_id = a.id
    where a.published_at is not null or a.number is not null or s.article_id is not null`)
  const stored = new Set([...media, ...published].map((it) => it.id))
  let half = published.filter((it) => !it.isWhole).length
  for (const { content } of media) if ((await store.check(content)) !== 'sound') half += 1
  const numbers = new Set(published.map((it) => it.number))
  await sealJournal(database)
  const { problem } = await verifyJournal(database)
  return {
    lost: [...told.pictures, ...told.published, ...told.scheduled].filter((id) => !stored.has(id)).length,
    half,
    gaps: published.length - numbers.size + Math.max(0, ...numbers) - numbers.size,
    problem: problem?.kind ?? null,
  }
}
