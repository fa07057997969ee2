import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../platform/database.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { Prepared, preparedRows } from '../../platform/prepared.ts'
import { within } from '../../platform/within.ts'
import type { ArticleText, PublicitySettings } from './schema.ts'
import { usualSettings } from './settings.ts'
import { askedWords } from './site-search.ts'
import { siteArticles } from './tables.ts'

/**
 * What readers of the site see. Row-level security shows a visitor only what is open; whoever is signed in reads the rest, too
 * (`scopeOfReader`). No query here asks for more than that.
 */
export interface Reader {
  db: Db
  tenantId: string
  isSignedIn: boolean
}

/** What stands on every page. */
export interface Frame {
  university: string
  settings: PublicitySettings
  sections: { slug: string; name: string }[]
}

/** An article as a list shows it. */
export interface Listed {
  number: number
  title: string
  summary: string
  isOpen: boolean
  publishedAt: string
  coverId: string | null
  coverAlt: string
  section: string
  slug: string
  organization: string
  organizationId: string
}

/** An article as its page shows it. */
export interface Article extends Listed {
  byline: ArticleText['byline']
  html: string
  corrections: readonly { at: string; note: string }[]
  /** The ones before and after it in its section. */
  older: Neighbour | null
  newer: Neighbour | null
  /** The same as long as nothing of it has changed in the database. */
  state: string
}
export interface Neighbour {
  number: number
  title: string
}

/** An article as feeds give it. */
export type Fed = Omit<Article, 'older' | 'newer' | 'state'>

export const emptyFrame: Frame = { university: '', settings: usualSettings, sections: [] }

const frameStatement = new Prepared<Omit<Frame, 'settings'> & { settings: Partial<PublicitySettings> | null }>(
  'site_frame',
  sql`select u.name as university,
    (select s.settings from publicity_settings_changes s where s.tenant_id = u.id order by s.revision desc limit 1) as settings,
    coalesce((select json_agg(json_build_object('slug', s.slug, 'name', s.name) order by s.position, s.slug) from site_sections s
      where s.tenant_id = u.id and s.closed_at is null
        and exists (select from site_articles a where a.tenant_id = s.tenant_id and a.section_id = s.id)), '[]'::json) as sections
  from universities u where u.id = ${sql.placeholder('tenantId')}`,
)

export async function readFrame({ db, tenantId }: Reader): Promise<Frame> {
  const [row] = await frameStatement.rows(db, { tenantId })
  return row ? { ...row, settings: { ...usualSettings, ...row.settings } } : emptyFrame
}

const listed = sql`a.number, a.title, a.summary, a.is_open as "isOpen", a.published_at as "publishedAt", a.cover_id as "coverId",
  a.cover_alt as "coverAlt", s.name as section, s.slug, o.name as organization, o.id as "organizationId"`

const written = sql`${listed}, a.byline, a.html, a.corrections`

const places = sql`join site_sections s on s.tenant_id = a.tenant_id and s.id = a.section_id
  join organizations o on o.tenant_id = a.tenant_id and o.id = a.organization_id`

/** An article with what its page shows of other rows, as far as this reader sees them. */
const withNeighbours = sql`site_articles a ${places} ${neighbour('older')} ${neighbour('newer')}`

function neighbour(which: 'older' | 'newer'): SQL {
  const [compared, order] = which === 'older' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`]
  return sql`left join lateral (select n.number, n.title, n.xmin as change from site_articles n
    where n.tenant_id = a.tenant_id and n.section_id = a.section_id
      and (n.published_at, n.article_id) ${compared} (a.published_at, a.article_id)
    order by n.published_at ${order}, n.article_id ${order} limit 1) ${sql.raw(which)} on true`
}

/**
 * What an article reads out of the database, in short: the transactions that have written its rows, and which its neighbours are. As long as
 * this and the frame are the same its page is the same. Whoever lets the page show another row names it here.
 */
const state = sql`concat_ws(' ', a.xmin, s.xmin, o.xmin,
  'older', older.number, older.change, 'newer', newer.number, newer.change) as state`

const asNeighbour = (which: 'older' | 'newer'): SQL => {
  const of = sql.raw(which)
  return sql`case when ${of}.number is not null then json_build_object('number', ${of}.number, 'title', ${of}.title) end as ${of}`
}

const articleStatement = new Prepared<Article>(
  'site_article',
  sql`select ${written}, ${asNeighbour('older')}, ${asNeighbour('newer')}, ${state} from ${withNeighbours}
  where a.tenant_id = ${sql.placeholder('tenantId')} and a.number = ${sql.placeholder('number')}`,
)

export async function readArticle({ db, tenantId }: Reader, number: number): Promise<Article | undefined> {
  const [row] = await articleStatement.rows(db, { tenantId, number })
  return row
}

const statesStatement = new Prepared<{ number: number; state: string }>(
  'site_article_states',
  sql`select a.number, ${state} from ${withNeighbours}
  where a.tenant_id = ${sql.placeholder('tenantId')} and a.number = any(${sql.placeholder('numbers')}::int[])`,
)

/** In which state these articles are now, by number; of one that this reader may not see nothing. */
export async function readStates(
  { db, tenantId }: Reader,
  numbers: Iterable<number>,
): Promise<ReadonlyMap<number, string>> {
  const rows = await statesStatement.rows(db, { tenantId, numbers: [...numbers] })
  return new Map(rows.map((it) => [it.number, it.state]))
}

/** How many articles a page of a list has. */
export const perPage = 20

/** Of which articles a list is. */
export interface Choice {
  sectionId?: string
  path?: OrgPath
  /** From the first instant to before the last one. */
  period?: readonly [Date, Date]
}

/** A page of a list, the newest first, and whether there is another one. */
export interface ListPage {
  items: Listed[]
  hasMore: boolean
}

export async function readList(reader: Reader, choice: Choice, page: number): Promise<ListPage> {
  const rows = await preparedRows<Listed>(
    reader.db,
    sql`select ${listed} from site_articles a ${places} where ${chosen(reader, choice)}
    order by a.published_at desc, a.article_id desc limit ${perPage + 1} offset ${(page - 1) * perPage}`,
  )
  return { items: rows.slice(0, perPage), hasMore: rows.length > perPage }
}

/** The newest articles with their texts, for feeds. */
export const readFeed = (reader: Reader, choice: Choice): Promise<Fed[]> =>
  preparedRows<Fed>(
    reader.db,
    sql`select ${written} from site_articles a ${places} where ${chosen(reader, choice)}
    order by a.published_at desc, a.article_id desc limit ${perPage}`,
  )

function chosen({ tenantId, isSignedIn }: Reader, { sectionId, path, period }: Choice): SQL {
  return sql.join(
    [
      sql`a.tenant_id = ${tenantId}`,
      // What row-level security says anyway, so that an index has it.
      ...(isSignedIn ? [] : [sql`a.is_open`]),
      ...(sectionId === undefined ? [] : [sql`a.section_id = ${sectionId}::uuid`]),
      ...(path === undefined ? [] : [within(sql`a.path`, [path])]),
      ...(period
        ? [
            sql`a.published_at >= ${period[0].toISOString()}::timestamptz and a.published_at < ${period[1].toISOString()}::timestamptz`,
          ]
        : []),
    ],
    sql` and `,
  )
}

/** The newest articles of each section that is kept up, the first of them first. */
export async function readSections({
  db,
  tenantId,
}: Reader): Promise<{ slug: string; name: string; items: Neighbour[] }[]> {
  return preparedRows(
    db,
    sql`select s.slug, s.name, newest.items from site_sections s cross join lateral (
      select json_agg(json_build_object('number', a.number, 'title', a.title) order by a.published_at desc, a.article_id desc) as items
      from (select n.number, n.title, n.published_at, n.article_id from site_articles n
        where n.tenant_id = s.tenant_id and n.section_id = s.id
        order by n.published_at desc, n.article_id desc limit 5) a) newest
    where s.tenant_id = ${tenantId} and s.closed_at is null and newest.items is not null order by s.position, s.slug`,
  )
}

export async function readSection({ db, tenantId }: Reader, slug: string) {
  const [row] = await preparedRows<{ id: string; slug: string; name: string; about: string }>(
    db,
    sql`select s.id, s.slug, s.name, s.about from site_sections s where s.tenant_id = ${tenantId} and s.slug = ${slug}`,
  )
  return row
}

/** An organisation that has something to read, alone or below it; of others nobody is told that they exist. */
export async function readOrganization({ db, tenantId }: Reader, id: string) {
  const [row] = await preparedRows<{ id: string; name: string; path: OrgPath }>(
    db,
    sql`select o.id, o.name, o.path from organizations o where o.tenant_id = ${tenantId} and o.id = ${id}::uuid`,
  )
  if (!row) return undefined
  const [any] = await preparedRows<{ one: number }>(
    db,
    sql`select 1 as one from site_articles a where a.tenant_id = ${tenantId} and ${within(sql`a.path`, [row.path])} limit 1`,
  )
  return any && row
}

/** The months in which something was published, the last one first, and how much of it there is to read. */
export const readMonths = ({ db, tenantId }: Reader): Promise<{ month: string; count: number }[]> =>
  preparedRows(
    db,
    sql`select to_char(a.published_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, count(*)::int as count
    from ${siteArticles} a where a.tenant_id = ${tenantId} group by 1 order by 1 desc`,
  )

/** What is found of these pieces, the newest first. */
export async function search({ db, tenantId }: Reader, pieces: readonly string[], page: number) {
  const rows = await preparedRows<Listed & { html: string }>(
    db,
    sql`select ${listed}, a.html from site_found(${sql.param(pieces)}::text[], ${sql.param(askedWords(pieces))}::int[],
      ${(page - 1) * perPage}::int, ${perPage + 1}::int) as f
    join site_articles a on a.tenant_id = ${tenantId} and a.article_id = f.article_id ${places}
    order by f.published_at desc, f.article_id desc`,
  )
  return { items: rows.slice(0, perPage), hasMore: rows.length > perPage }
}

/** What the map of the site lists: articles by number, and where lists of them stand. */
export async function readMap({ db, tenantId }: Reader, [from, until]: readonly [number, number]) {
  return preparedRows<{ number: number; changedAt: string }>(
    db,
    sql`select a.number, greatest(a.published_at, (a.corrections -> -1 ->> 'at')::timestamptz) as "changedAt" from site_articles a
    where a.tenant_id = ${tenantId} and a.is_open and a.number >= ${from} and a.number < ${until} order by a.number`,
  )
}

export async function readMapPlaces({ db, tenantId }: Reader) {
  const [row] = await preparedRows<{ last: number; slugs: string[] | null; organizations: string[] | null }>(
    db,
    sql`select coalesce(max(a.number), 0)::int as last, array_agg(distinct s.slug) as slugs,
      array_agg(distinct a.organization_id)::text[] as organizations
    from site_articles a join site_sections s on s.tenant_id = a.tenant_id and s.id = a.section_id
    where a.tenant_id = ${tenantId} and a.is_open`,
  )
  return { last: row?.last ?? 0, slugs: row?.slugs ?? [], organizations: row?.organizations ?? [] }
}

/**
 * Whether an article with this number stood here and was taken away. It stands no longer among what the site shows, so that this is
 * asked over the whole university; nothing else of it is read. Of one for members a visitor is not told.
 */
export async function isWithdrawn(
  db: Db,
  { tenantId, isSignedIn }: Omit<Reader, 'db'>,
  number: number,
): Promise<boolean> {
  const [row] = await preparedRows<{ isOpen: boolean }>(
    db,
    sql`select is_open as "isOpen" from articles where tenant_id = ${tenantId} and number = ${number} and withdrawn_at is not null`,
  )
  return row !== undefined && (row.isOpen || isSignedIn)
}
