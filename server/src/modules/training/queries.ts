import type { Day } from '@zhibu/rules'
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { isAnyOf, personOf, reachOf } from '../../platform/reach.ts'
import { piecesOf } from '../../platform/search/folding.ts'
import { day, type Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { listStanding } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { whyClosed } from './closing.ts'
import type { Audience, Source, Term } from './names-schema.ts'
import { whyNotForOwn } from './participants.ts'
import { ownHoursOf, ownPlaceOf, placesOf } from './places.ts'
import { may, rootsOfRunning, stateOf } from './policy.ts'
import type { Admission, ProgrammeRow, ProgrammesQuery, ProgrammeView, YearPlan } from './schema.ts'
import { sessionsOf } from './session-view.ts'
import type { StoredProgramme } from './stored.ts'
import { trainingProgrammes } from './tables.ts'

/** What is read of programmes. Everything here runs over the whole university, and names what the actor may read itself: a list shows on it, too, whoever has moved elsewhere since. */

/** The organisations for which the actor runs trainings. */
export async function listPlaces(ctx: Context): Promise<{ items: { id: string; name: string }[] }> {
  const items = await listStanding(ctx, rootsOfRunning(ctx.actor))
  return { items }
}

/** Where a programme without sessions stands in the order of those to come: first, because it is to be planned. */
const noDay: Day = '0001-01-01'

/** A page of the programmes that the actor may read: those to come with the next one first, those past with the last one first. */
export async function listProgrammes(ctx: Context, query: ProgrammesQuery): Promise<Page<ProgrammeRow>> {
  const { cursor, limit, only } = query
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([day, z.uuid()]))
  const isUpwards = only === 'present' || only === 'own'
  const rows = await rowsOf(
    ctx,
    [
      ...meant(ctx, query),
      ...(after
        ? [sql`(${sortedOn}, p.id) ${sql.raw(isUpwards ? '>' : '<')} (${after[0]}::date, ${after[1]}::uuid)`]
        : []),
    ],
    sql.raw(isUpwards ? 'asc' : 'desc'),
    limit + 1,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit),
    ...(last && { next: writeCursor([last.fromOn ?? noDay, last.id]) }),
  }
}

/** The programmes `p` that a question means, with the days `s` of their sessions, of those that the actor may read: what stands behind `select`. */
export const meantProgrammes = (ctx: Context, query: ProgrammesQuery): SQL =>
  sql`${joined(ctx)} where p.tenant_id = ${ctx.tenantId} and ${isReadable(ctx)} and ${sql.join(meant(ctx, query), sql` and `)}`

const meant = (ctx: Context, { only, organizationId, audience, q }: ProgrammesQuery): SQL[] => [
  whoseOf(ctx, only),
  ...(organizationId === undefined ? [] : [sql`p.organization_id = ${organizationId}`]),
  ...(audience === undefined ? [] : [sql`p.audience = ${audience}`]),
  ...piecesOf(q ?? '').map((piece) => sql`position(${piece} in p.folded) > 0`),
]

const joined = (ctx: Context): SQL => sql`
  from training_programmes p
  join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
  cross join lateral (select min(c."on") as from_on, max(c."on") as until_on, count(*)::int as session_count,
    coalesce(sum(c.hours), 0)::float8 as hours from training_sessions c
    where c.tenant_id = p.tenant_id and c.programme_id = p.id and c.cancelled_at is null) s
  left join training_participants own on own.tenant_id = p.tenant_id and own.programme_id = p.id
    and own.person_id = ${personOf(ctx)}`

const sortedOn = sql`coalesce(s.from_on, ${noDay}::date)`

function whoseOf({ actor, today }: Context, only: ProgrammesQuery['only']): SQL {
  const isPast = sql`(p.cancelled_at is not null or p.closed_at is not null or coalesce(s.until_on < ${today}, false))`
  switch (only) {
    case 'present':
      return sql`p.announced_at is not null and not ${isPast}`
    case 'past':
      return sql`p.announced_at is not null and ${isPast}`
    case 'mine':
      return sql`p.announced_at is not null and own.seq is not null`
    case 'own':
      return sql`${within(pathOfRow, rootsOfRunning(actor))} and p.cancelled_at is null and p.closed_at is null`
  }
}

const pathOfRow = sql`p.path`

/** True for programmes that the actor may read, by what stands in their rows. */
function isReadable({ actor }: Context): SQL {
  const { places, roots } = reachOf(actor)
  return sql`(${within(pathOfRow, rootsOfRunning(actor))}
    or (p.announced_at is not null and (own.seq is not null or ${isAnyOf(pathOfRow, places)} or ${within(pathOfRow, roots)})))`
}

interface Row extends Record<string, unknown> {
  id: string
  title: string
  audience: Audience
  year: number
  term: Term
  path: OrgPath
  organizationId: string
  organization: string
  admission: Admission
  announcedAt: Date | null
  cancelledAt: Date | null
  closedAt: Date | null
  capacity: number | null
  fromOn: Day | null
  untilOn: Day | null
  sessionCount: number
  hours: number
  rank: number | null
  source: Source | null
}

async function rowsOf(ctx: Context, wanted: readonly SQL[], direction: SQL, limit: number): Promise<ProgrammeRow[]> {
  const { tenantId, today } = ctx
  const { rows } = await ctx.db.execute<Row>(sql`
    select p.id, p.title, p.audience, p.year, p.term, p.path, p.organization_id as "organizationId", o.name as organization,
      p.admission, p.announced_at as "announcedAt", p.cancelled_at as "cancelledAt", p.closed_at as "closedAt", p.capacity,
      s.from_on::text as "fromOn", s.until_on::text as "untilOn", s.session_count as "sessionCount", s.hours,
      own.source, (case when own.seq is null then null else (select count(*)::int from training_participants q
        where q.tenant_id = p.tenant_id and q.programme_id = p.id and q.seq <= own.seq) end) as rank
    ${joined(ctx)}
    where p.tenant_id = ${tenantId} and ${isReadable(ctx)} and ${sql.join([...wanted], sql` and `)}
    order by ${sortedOn} ${direction}, p.id ${direction} limit ${limit}`)
  return rows.map((it) => ({
    ...{ id: it.id, title: it.title, audience: it.audience, year: it.year, term: it.term },
    state: stateOf(it, today),
    organization: { id: it.organizationId, name: it.organization },
    ...{ fromOn: it.fromOn, untilOn: it.untilOn, sessionCount: it.sessionCount, hours: it.hours },
    own: it.rank === null || it.source === null ? null : ownPlaceOf({ rank: it.rank, source: it.source }, it.capacity),
  }))
}

/** The programmes of a year and all their sessions, as far as the actor may read them. */
export async function readYear(ctx: Context, year: number): Promise<YearPlan> {
  const programmes = await rowsOf(
    ctx,
    [sql`p.year = ${year}`, sql`p.cancelled_at is null`],
    sql.raw('asc'),
    mostProgrammes,
  )
  const { rows: sessions } = await ctx.db.execute<YearPlan['sessions'][number] & Record<string, unknown>>(sql`
    select c.id, c.programme_id as "programmeId", p.title as programme, c.title, c."on"::text as "on",
      c.start_minute as "startMinute", c.end_minute as "endMinute", c.place, c.cancelled_at is not null as "isCancelled"
    from training_sessions c
    join training_programmes p on p.tenant_id = c.tenant_id and p.id = c.programme_id
    left join training_participants own on own.tenant_id = p.tenant_id and own.programme_id = p.id
      and own.person_id = ${personOf(ctx)}
    where c.tenant_id = ${ctx.tenantId} and c."on" between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
      and p.cancelled_at is null and ${isReadable(ctx)}
    order by c."on", c.start_minute nulls first, c.id limit ${mostSessions + 1}`)
  return { year, programmes, sessions: sessions.slice(0, mostSessions), isCut: sessions.length > mostSessions }
}

/** So many programmes and sessions of a year are shown. */
const mostProgrammes = 200
const mostSessions = 600

/** A programme as its page shows it, in a fixed number of statements. Whether it may be read was settled before. */
export async function viewOf(ctx: Context, it: StoredProgramme): Promise<{ view: ProgrammeView; revision: number }> {
  const { actor, today } = ctx
  const names = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, it.organizationId)))
  const { all, own } = await placesOf(ctx, it.id)
  const isOn = own !== null
  const closed = whyClosed(it, today)
  const can = may(actor, it, { isOn, closed }, today)
  const notForOwn = can.signUp ? await whyNotForOwn(ctx, it) : null
  const ownPlace = own && ownPlaceOf(own, it.capacity)
  const sessions = await sessionsOf(ctx, it, { hasPlace: ownPlace?.place === 'taken', isOn })
  const held = sessions.filter((one) => one.cancelledAt === null)
  const taken = it.capacity === null ? all : Math.min(it.capacity, all)
  const view: ProgrammeView = {
    ...{ id: it.id, title: it.title, audience: it.audience, year: it.year, term: it.term, summary: it.summary },
    state: stateOf(it, today),
    organization: names[0] ?? { id: it.organizationId, name: '' },
    ...{ fromOn: it.fromOn, untilOn: it.untilOn, sessionCount: held.length },
    hours: held.reduce((sum, one) => sum + one.hours, 0),
    own: ownPlace,
    ...{ requiredHours: it.requiredHours, capacity: it.capacity, admission: it.admission, stages: it.stages, sessions },
    ...{ taken, waiting: all - taken },
    closedBecause: it.admission.bySignUp && !isOn ? (closed ?? notForOwn) : null,
    ownHours: isOn ? await ownHoursOf(ctx, it.id) : null,
    announcedAt: it.announcedAt?.toISOString() ?? null,
    announcedBy: it.announcedBy,
    cancelledAt: it.cancelledAt?.toISOString() ?? null,
    cancelReason: it.cancelReason,
    createdBy: it.createdBy,
    copiedFrom: can.change && it.copiedFrom !== null ? await titleOf(ctx, it.copiedFrom) : null,
    can: { ...can, signUp: can.signUp && notForOwn === null },
  }
  return { view, revision: it.revision }
}

async function titleOf({ db, tenantId }: Context, programmeId: string): Promise<{ id: string; name: string } | null> {
  const [row] = await db
    .select({ id: trainingProgrammes.id, name: trainingProgrammes.title })
    .from(trainingProgrammes)
    .where(and(eq(trainingProgrammes.tenantId, tenantId), eq(trainingProgrammes.id, programmeId)))
    .orderBy(asc(trainingProgrammes.id))
  return row ?? null
}
