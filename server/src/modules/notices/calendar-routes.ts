import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type CalendarEntry, calendarText } from '../../platform/calendar-text.ts'
import type { Context } from '../../platform/context.ts'
import { answers, answersFile, asks, type Env, inTransaction, router, scopeOf } from '../../platform/http.ts'
import { ancestors, type OrgPath, onlyThere } from '../../platform/org-path.ts'
import { isInReach } from '../../platform/reach.ts'
import { Refusal } from '../../platform/refusal.ts'
import { actorOfAccount, scopeOfSignIn } from '../accounts/actor.ts'
import { findOrganization } from '../organization/queries.ts'
import { type Calendar, organizationCalendar, ownCalendar } from './calendar-entries.ts'
import { type Feed, findFeed, keepReading, listFeeds, makeFeed, revokeFeed } from './calendars.ts'
import { mayHaveCalendar } from './policy.ts'
import { calendarFeeds, madeCalendarFeed, newCalendarFeed } from './schema.ts'

/** 日历订阅: the addresses under which the programs of an account read calendars. */
export const calendars = router()
  .get('/', answers('列出本人的日历订阅地址', calendarFeeds), async (c) => {
    return c.json(await inTransaction(c, listFeeds))
  })
  .post(
    '/',
    answers('新建日历订阅地址；地址只在这里给出一次', madeCalendarFeed, 201),
    asks('json', newCalendarFeed),
    async (c) => {
      const { id, secret } = await inTransaction(c, (ctx) => makeFeed(ctx, c.req.valid('json')))
      return c.json({ id, url: `${c.var.config.baseUrl}/calendar/${secret}.ics` }, 201)
    },
  )
  .delete('/:feedId', answers('停用日历订阅地址'), asks('param', z.object({ feedId: z.uuid() })), async (c) => {
    await inTransaction(c, (ctx) => revokeFeed(ctx, c.req.valid('param').feedId))
    return c.body(null, 204)
  })

/**
 * A calendar by the secret in its address, without a session, with what later modules put into it besides. Whatever keeps it closed, the answer is the same: a secret that never
 * was cannot be told from one that was revoked, or whose owner is locked or has left the office.
 */
export const calendarWith = (sources: CalendarSources) =>
  router().get('/:secret', answersFile('按订阅地址读取日历（iCalendar），不需要登录', ['text/calendar']), async (c) => {
    const secret = /^([\w-]{43})\.ics$/.exec(c.req.param('secret'))?.[1]
    const read = secret === undefined ? undefined : await readBy(c.var, secret, sources)
    if (read === undefined) throw new Refusal('not-found', '没有这个日历。请登录后重新建立订阅地址。')
    // What is told holds as of the day, so that the same day has the same text and the same tag.
    const text = calendarText(read.name, new Date(`${c.var.today}T00:00:00+08:00`), read.entries)
    const etag = `"${createHash('sha256').update(text).digest('base64url')}"`
    const headers = { etag, 'cache-control': 'private, no-cache' }
    if (names(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
    return c.body(text, 200, { ...headers, 'content-type': 'text/calendar; charset=utf-8' })
  })

/** Whether `If-None-Match` names it; a proxy that packs answers weakens tags. */
const names = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((it) => it.trim().replace(/^W\//, '') === etag)

/** What later modules put into calendars: into those of whoever may read at these places, and into that of a person alone. */
export interface CalendarSources {
  ofPlaces: readonly ((ctx: Context, paths: readonly OrgPath[], base: string) => Promise<CalendarEntry[]>)[]
  ofPersons: readonly ((ctx: Context, personId: string, base: string) => Promise<CalendarEntry[]>)[]
}

type Ground = Pick<Env['Variables'], 'database' | 'tenantId' | 'today' | 'requestId' | 'encryption' | 'config'>

/** What is behind a secret, in the sight that its owner has today. */
async function readBy(ground: Ground, secret: string, sources: CalendarSources): Promise<Calendar | undefined> {
  const { database, tenantId, today, requestId, encryption, config } = ground
  if (tenantId === null) return undefined
  const owned = await database.reading(scopeOfSignIn(tenantId), async (db) => {
    const feed = await findFeed(db, tenantId, secret)
    const actor = feed && (await actorOfAccount(db, { tenantId, accountId: feed.accountId, today }))
    return actor && { feed, actor }
  })
  if (owned === undefined) return undefined
  const { feed, actor } = owned
  const scope = scopeOf(tenantId, actor)
  const ctx = { tenantId, actor, today, requestId, encryption }
  const read = await database.transaction(scope, async (db) => {
    const calendar = await calendarOf({ ...ctx, db }, feed, config.baseUrl)
    if (calendar) keepReading({ ...ctx, db }, feed)
    return calendar && { ...calendar, paths: await pathsOf({ ...ctx, db }, feed) }
  })
  if (read === undefined) return undefined
  const { name, entries, paths } = read
  const { personId, organizationId } = feed
  const own = organizationId === null && personId !== null ? sources.ofPersons.map((it) => [it, personId] as const) : []
  const open = { ...scope, ranges: [...scope.ranges, ...paths.map(onlyThere)] }
  const more = await database.reading(open, (db) =>
    Promise.all([
      ...sources.ofPlaces.map((source) => source({ ...ctx, db }, paths, config.baseUrl)),
      ...own.map(([source, whose]) => source({ ...ctx, db }, whose, config.baseUrl)),
    ]),
  )
  return { name, entries: [...entries, ...more.flat()] }
}

/** The places of which a calendar tells what is open to those who belong there: all of the own ones, or that of the organisation. */
async function pathsOf(ctx: Context, { organizationId }: Feed): Promise<OrgPath[]> {
  const { home } = ctx.actor
  if (organizationId === null) return home === null ? [] : [...ancestors(home), home]
  const path = (await findOrganization(ctx, organizationId))?.path
  return path !== undefined && isInReach(ctx.actor, path) ? [path] : []
}

async function calendarOf(ctx: Context, feed: Feed, base: string): Promise<Calendar | undefined> {
  const { personId, organizationId } = feed
  if (organizationId === null) {
    const isOwn = personId !== null && personId === ctx.actor.personId && mayHaveCalendar(ctx.actor, null)
    return isOwn ? ownCalendar(ctx, personId, base) : undefined
  }
  const organization = await findOrganization(ctx, organizationId)
  if (!organization || organization.dissolvedOn !== null || !mayHaveCalendar(ctx.actor, organization.path))
    return undefined
  return organizationCalendar(ctx, organization, base)
}
