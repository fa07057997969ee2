import type { Day } from '@zhibu/rules'
import { and, asc, desc, eq, gte, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { isAnyOf, reachOf } from '../../platform/reach.ts'
import { piecesOf } from '../../platform/search/folding.ts'
import { day, type Page } from '../../platform/wire.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { findMedia, type StoredItem } from '../media/queries.ts'
import { begunDraftOf, noticeToCorrect } from '../notices/begun-drafts.ts'
import { listStanding } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { standingOf } from '../publicity/queries.ts'
import { listKits } from './kits.ts'
import { dayNameOf, hasFestivals, markedDayOf, markedDaysOf } from './marked-days.ts'
import { toBeSaidOf } from './notice-text.ts'
import { may, stateAt } from './policy.ts'
import type {
  ActivitiesQuery,
  ActivityRow,
  ActivityView,
  DayView,
  OwnSignUps,
  ShownMedium,
  YearView,
} from './schema.ts'
import { ownPlacesOf, signUpOf } from './sign-ups.ts'
import type { StoredActivity } from './stored.ts'
import { activities } from './tables.ts'
import { hasEnded } from './when.ts'

/** The organisations for which the actor holds activities. */
export async function listPlaces(ctx: Context): Promise<{ items: { id: string; name: string }[] }> {
  const items = await listStanding(ctx, ctx.actor.rootsOf('hold-activities'))
  return { items }
}

/** The last day of an activity; one without days comes first among those to come. */
const lastOn = sql<Day | null>`coalesce(${activities.untilOn}, ${activities.fromOn})`
/** Where an activity without days stands in the order. */
const noDay: Day = '0001-01-01'
const sortedOn = sql<Day>`coalesce(${activities.fromOn}, ${noDay}::date)`

/** A page of the activities that the actor may read: those to come with the next one first, those past with the last one first. */
export async function listActivities(ctx: Context, query: ActivitiesQuery, now: Date): Promise<Page<ActivityRow>> {
  const { cursor, limit, only } = query
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([day, z.uuid()]))
  const isUpwards = only === 'coming'
  const place = sql`(${sortedOn}, ${activities.id})`
  const rows = await rowsOf(
    ctx,
    now,
    and(
      isMeant(ctx, query),
      after && sql`${place} ${sql.raw(isUpwards ? '>' : '<')} (${after[0]}::date, ${after[1]}::uuid)`,
    ),
    isUpwards ? [asc(sortedOn), asc(activities.id)] : [desc(sortedOn), desc(activities.id)],
    limit + 1,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit),
    ...(last && { next: writeCursor([last.fromOn ?? noDay, last.id]) }),
  }
}

/** True for the activities that a question means, among those that the actor may read. */
export const meantActivities = (ctx: Context, query: ActivitiesQuery): SQL | undefined =>
  and(eq(activities.tenantId, ctx.tenantId), isReadable(ctx), isMeant(ctx, query))

const isMeant = (ctx: Context, { only, organizationId, kind, q }: ActivitiesQuery): SQL | undefined =>
  and(
    only === 'own' ? isToDo(ctx) : and(isAnnounced, only === 'coming' ? isToCome(ctx.today) : lt(lastOn, ctx.today)),
    organizationId === undefined ? undefined : eq(activities.organizationId, organizationId),
    kind && eq(activities.kind, kind),
    ...piecesOf(q ?? '').map((piece) => sql`position(${piece} in ${activities.folded}) > 0`),
  )

const isAnnounced = or(isNotNull(activities.announcedAt), isNotNull(activities.recordedAt))

const isToCome = (today: Day): SQL => sql`(${lastOn} >= ${today})`

/** What the actor prepares or has to record. */
function isToDo({ actor, today }: Context): SQL | undefined {
  return and(
    within(activities.path, actor.rootsOf('hold-activities')),
    isNull(activities.cancelledAt),
    isNull(activities.recordedAt),
    or(isNull(activities.announcedAt), lte(activities.fromOn, today)),
  )
}

/** The activities to come for which the actor has signed up, the next one first, and where they stand in each. Runs over the whole university. */
export async function listOwnSignUps(ctx: Context, now: Date): Promise<OwnSignUps> {
  const places = await ownPlacesOf(ctx)
  const rows = await rowsOf(
    ctx,
    now,
    and(isOneOf(activities.id, [...places.keys()]), isAnnounced, isToCome(ctx.today)),
    [asc(sortedOn), asc(activities.id)],
    mostOfYear,
  )
  return {
    items: rows.flatMap((it) => {
      const own = places.get(it.id)
      return own ? [{ ...it, own }] : []
    }),
  }
}

/** A year with its marked days, and the activities that fall in it, as far as the actor may read them. */
export async function readYear(ctx: Context, year: number, now: Date): Promise<YearView> {
  const days = await markedDaysOf(ctx, year)
  const rows = await rowsOf(
    ctx,
    now,
    and(isNull(activities.cancelledAt), lte(activities.fromOn, `${year}-12-31`), gte(lastOn, `${year}-01-01`)),
    [asc(activities.fromOn), asc(activities.id)],
    mostOfYear + 1,
  )
  return {
    ...{ year, hasFestivals: hasFestivals(year), days },
    activities: rows.slice(0, mostOfYear),
    isCut: rows.length > mostOfYear,
  }
}

/** So many activities of a year are shown. */
const mostOfYear = 400

/** A marked day of a year with the plans that are ready for it and what was held on it before. */
export async function readDay(ctx: Context, dayKey: string, year: number, now: Date): Promise<DayView> {
  const marked = await markedDayOf(ctx, dayKey, year)
  const kits = await listKits(ctx, { dayKey })
  const rows = await rowsOf(
    ctx,
    now,
    and(eq(activities.dayKey, dayKey), isAnnounced, isNull(activities.cancelledAt)),
    [desc(sortedOn), desc(activities.id)],
    50,
  )
  return { ...marked, kits, activities: rows }
}

/** True for activities that the actor may read, by what stands in their rows. */
export function isReadable({ actor }: Context): SQL {
  const { path } = activities
  const { places, roots } = reachOf(actor)
  return sql`(${within(path, actor.rootsOf('hold-activities'))}
    or (${isAnnounced} and (${isAnyOf(path, places)} or ${within(path, roots)})))`
}

const rowColumns = {
  id: activities.id,
  kind: activities.kind,
  title: activities.title,
  path: activities.path,
  fromOn: activities.fromOn,
  untilOn: activities.untilOn,
  startMinute: activities.startMinute,
  endMinute: activities.endMinute,
  place: activities.place,
  dayKey: activities.dayKey,
  announcedAt: activities.announcedAt,
  cancelledAt: activities.cancelledAt,
  recordedAt: activities.recordedAt,
  articleId: activities.articleId,
  revision: activities.revision,
  filedRevision: activities.filedRevision,
  organization: { id: organizations.id, name: organizations.name },
}

async function rowsOf(
  ctx: Context,
  now: Date,
  wanted: SQL | undefined,
  order: SQL[],
  limit: number,
): Promise<ActivityRow[]> {
  const rows = await ctx.db
    .select(rowColumns)
    .from(activities)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, activities.tenantId), eq(organizations.id, activities.organizationId)),
    )
    .where(and(eq(activities.tenantId, ctx.tenantId), isReadable(ctx), wanted))
    .orderBy(...order)
    .limit(limit)
  return rows.map((it) => ({
    ...{ id: it.id, kind: it.kind, title: it.title, state: stateAt(it, ctx.today, now), organization: it.organization },
    ...{ fromOn: it.fromOn, untilOn: it.untilOn, startMinute: it.startMinute, endMinute: it.endMinute },
    ...{ place: it.place, dayKey: it.dayKey },
  }))
}

/** An activity as its page shows it. Whether it may be read was settled before; runs over the whole university for what is used in it and who comes. */
export async function viewOf(
  ctx: Context,
  it: StoredActivity,
  now: Date,
): Promise<{ view: ActivityView; revision: number }> {
  const [organization] = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, it.organizationId)))
  const used = [...it.attachments.map((one) => one.mediaId), ...(it.record?.pictureIds ?? [])]
  const items = await findMedia(ctx, used)
  const article = it.articleId === null ? undefined : await standingOf(ctx, it.articleId)
  const articleId = article?.isDropped ? null : it.articleId
  const { read: _, ...allowed } = may(ctx.actor, { ...it, articleId }, ctx.today)
  const can = { ...allowed, removeSignUps: allowed.removeSignUps && !hasEnded(it, now) }
  const { kind, title, summary, link, speaker, aboutSpeaker, place, dayKey, plan, record } = it
  const view: ActivityView = {
    ...{ id: it.id, kind, title, summary, place, link, speaker, aboutSpeaker, dayKey, plan },
    dayName: dayKey === null ? null : await dayNameOf(ctx, dayKey),
    ...{ fromOn: it.fromOn, untilOn: it.untilOn, startMinute: it.startMinute, endMinute: it.endMinute },
    state: stateAt(it, ctx.today, now),
    organization: organization ?? { id: it.organizationId, name: '' },
    attachments: it.attachments.flatMap(({ mediaId, label }) => shownOf(items.get(mediaId), label)),
    signUp: it.signUp && (await signUpOf(ctx, it, it.signUp, now)),
    announcedAt: it.announcedAt?.toISOString() ?? null,
    announcedBy: it.announcedBy,
    cancelledAt: it.cancelledAt?.toISOString() ?? null,
    cancelReason: it.cancelReason,
    createdBy: it.createdBy,
    record:
      record === null || it.recordedAt === null
        ? null
        : {
            ...{ happened: record.happened, headcount: record.headcount, summary: record.summary },
            pictures: record.pictureIds.flatMap((id) => shownOf(items.get(id), '')),
            ...{ recordedBy: it.recordedBy ?? '', recordedAt: it.recordedAt.toISOString() },
            isFiled: it.filedRevision !== null,
            hasChangedSince: it.filedRevision !== null && it.filedRevision !== it.revision,
          },
    articleId: article?.isReadable ? articleId : null,
    draft: can.notify ? await begunDraftOf(ctx, { of: 'activity', id: it.id }, toBeSaidOf(it)) : null,
    toCorrect: can.notify && it.noticeId !== null ? await noticeToCorrect(ctx, it.noticeId, toBeSaidOf(it)) : null,
    can,
  }
  return { view, revision: it.revision }
}

function shownOf(item: StoredItem | undefined, label: string): ShownMedium[] {
  if (item === undefined || item.withdrawnAt !== null) return []
  const { id, kind, fileName, altText, sizeBytes } = item
  return [{ mediaId: id, kind: kind === 'attachment' ? 'file' : kind, fileName, label, altText, sizeBytes }]
}

/** The announced activities at these places that fall between two days, for calendars. */
export function announcedBetween(
  { db, tenantId }: Context,
  from: Day,
  until: Day,
  paths: readonly OrgPath[],
): Promise<StoredActivity[]> {
  return db
    .select()
    .from(activities)
    .where(
      and(
        eq(activities.tenantId, tenantId),
        isNotNull(activities.announcedAt),
        isNull(activities.cancelledAt),
        lte(activities.fromOn, until),
        gte(lastOn, from),
        isAnyOf(activities.path, paths),
      ),
    )
    .orderBy(asc(activities.fromOn), asc(activities.id))
    .limit(500)
}
