import { and, asc, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isAnyOf, personOf, reachOf } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { findMedia, type StoredItem } from '../media/queries.ts'
import type { TextKind } from '../media/schema.ts'
import { mediaTexts } from '../media/tables.ts'
import { listStanding } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { readPackage } from './packages.ts'
import { type CoursewareFacts, mayRead, mayWrite, writingRoots } from './policy.ts'
import { finishedScos, ownProgress } from './progress.ts'
import type { CoursewareList, CoursewareRow, CoursewareView, UnitView } from './schema.ts'
import { ofCourseware, openUnit } from './stored.ts'
import { courseware } from './tables.ts'
import { mediaOf, unitsOf } from './units.ts'

/** The pieces that the actor may read: those that are published first, each part with the newest one first. */
export async function listCourseware(ctx: Context): Promise<CoursewareList> {
  const { places, roots } = reachOf(ctx.actor)
  const rows = await rowsOf(
    ctx,
    sql`(${within(courseware.path, writingRoots(ctx.actor))}
      or (${isNotNull(courseware.publishedAt)} and (${isAnyOf(courseware.path, places)} or ${within(courseware.path, roots)})))`,
  )
  return { items: rows.map((it) => it.row), organizations: await listStanding(ctx, writingRoots(ctx.actor)) }
}

/**
 * Pieces by their ids, with their titles and whether the actor may read them, for what points at them, such as a session of a training. What
 * is gone is left out; what the database does not show the actor, too.
 */
export async function coursewareNamed(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, CoursewareRow & { isReadable: boolean }>> {
  if (ids.length === 0) return new Map()
  const rows = await rowsOf(ctx, isOneOf(courseware.id, ids))
  return new Map(rows.map(({ row, stored }) => [row.id, { ...row, isReadable: mayRead(ctx.actor, stored) }]))
}

/** A piece as its page shows it, but for what only the library of media knows (`withMedia`). */
export async function viewOf(
  ctx: Context,
  coursewareId: string,
): Promise<{ view: CoursewareView; media: ReadonlyMap<string, string> }> {
  const [wanted] = await rowsOf(ctx, ofCourseware(ctx, coursewareId))
  const { row, stored } = found(wanted && mayRead(ctx.actor, wanted.stored) ? wanted : undefined, '份课件')
  const units = await unitsOf(ctx, coursewareId)
  const own = await ownProgress(ctx, coursewareId)
  const shown = units.map(({ id, kind, title }) => ({
    ...{ id, kind, title },
    ...{ durationSeconds: null, isThere: true, own: own.get(id) ?? null },
  }))
  const can = { write: mayWrite(ctx.actor, stored.path), begin: writingRoots(ctx.actor).length > 0 }
  return {
    view: { ...row, units: shown, revision: stored.revision, can },
    media: new Map(units.flatMap((it) => (it.mediaId === null ? [] : [[it.id, it.mediaId]]))),
  }
}

/** The same with how long films are, and what was withdrawn. Over the whole university: media lie where they were brought in. */
export async function withMedia(
  ctx: Context,
  { view, media }: { view: CoursewareView; media: ReadonlyMap<string, string> },
): Promise<CoursewareView> {
  const items = await findMedia(ctx, [...media.values()])
  const units = view.units.map((it) => {
    const mediaId = media.get(it.id)
    if (mediaId === undefined) return it
    const item = items.get(mediaId)
    return { ...it, durationSeconds: secondsOf(item), isThere: isThere(item) }
  })
  return { ...view, units }
}

/** A unit as it is read, but for its medium (`withMedium`). */
export async function unitViewOf(
  ctx: Context,
  coursewareId: string,
  unitId: string,
): Promise<{ view: UnitView; mediaId: string | null }> {
  const { piece, unit } = await openUnit(ctx, coursewareId, unitId)
  const units = await unitsOf(ctx, coursewareId)
  const at = units.findIndex((it) => it.id === unitId)
  const neighbour = (step: 1 | -1) => {
    const other = units[at + step]
    return other ? { id: other.id, title: other.title } : null
  }
  const own = (await ownProgress(ctx, coursewareId)).get(unitId) ?? null
  const stored = unit.packageId === null ? null : await readPackage(ctx, unit.packageId)
  const done = stored && (await finishedScos(ctx, unit, stored))
  const { id, kind, title, revision, body, chapters, mediaId } = unit
  return {
    view: {
      ...{ id, kind, title, revision, body, chapters, own, medium: null },
      courseware: { id: piece.id, title: piece.title, isPublished: piece.publishedAt !== null },
      ...{ place: at + 1, unitCount: units.length, before: neighbour(-1), behind: neighbour(1) },
      package: stored && {
        ...{ fileName: stored.fileName, sizeBytes: stored.sizeBytes, standard: stored.standard },
        scos: stored.scos.map(({ id, title, depth }) => ({ id, title, depth, isFinished: done?.has(id) ?? false })),
      },
      can: { write: mayWrite(ctx.actor, piece.path) },
    },
    mediaId,
  }
}

/** The same with what is known of its medium. Over the whole university. */
export async function withMedium(
  ctx: Context,
  { view, mediaId }: { view: UnitView; mediaId: string | null },
): Promise<UnitView> {
  const item = mediaId === null ? undefined : (await findMedia(ctx, [mediaId])).get(mediaId)
  if (!item) return view
  const texts = await ctx.db
    .select({ kind: mediaTexts.kind })
    .from(mediaTexts)
    .where(and(eq(mediaTexts.tenantId, ctx.tenantId), eq(mediaTexts.mediaId, item.id)))
  const has = (kind: TextKind) => texts.some((it) => it.kind === kind)
  const { id, kind, fileName, altText } = item
  const facts = { durationSeconds: secondsOf(item), isThere: isThere(item) }
  // Those that were written for this unit take the place of those of the library.
  const lines = { hasCaptions: has('captions'), hasChapters: view.chapters.length > 0 || has('chapters') }
  return { ...view, medium: { ...{ id, kind, fileName, altText }, ...facts, ...lines } }
}

/** The id of a medium of a unit that the actor may read: the one that it shows, or one that stands in its text. */
export async function mediumOf(ctx: Context, coursewareId: string, unitId: string, mediaId?: string): Promise<string> {
  const { unit } = await openUnit(ctx, coursewareId, unitId)
  const all = mediaOf([unit])
  const wanted = mediaId ?? unit.mediaId ?? undefined
  return found(wanted !== undefined && all.includes(wanted) ? wanted : undefined, '个素材')
}

/** The medium itself. Over the whole university, after the above. */
export const findMedium = async (ctx: Context, mediaId: string): Promise<StoredItem> =>
  found((await findMedia(ctx, [mediaId])).get(mediaId), '个素材')

const secondsOf = (item: StoredItem | undefined): number | null =>
  item?.durationMs == null ? null : item.durationMs / 1000

const isThere = (item: StoredItem | undefined): boolean => item !== undefined && item.withdrawnAt === null

/** Pieces as they are listed, beside what decides who may do what with them. */
async function rowsOf(
  ctx: Context,
  wanted: SQL,
): Promise<{ row: CoursewareRow; stored: CoursewareFacts & { revision: number } }[]> {
  const { id, title, summary, path, publishedAt, revision } = courseware
  const rows = await ctx.db
    .select({
      facts: { id, title, summary },
      organization: { id: organizations.id, name: organizations.name },
      unitCount: sql<number>`(select count(*)::int from courseware_units u
        where u.tenant_id = ${courseware.tenantId} and u.courseware_id = ${courseware.id})`,
      ownFinished: sql<number>`(select count(*)::int from courseware_progress p join courseware_units u
        on u.tenant_id = p.tenant_id and u.id = p.unit_id
        where p.tenant_id = ${courseware.tenantId} and p.courseware_id = ${courseware.id}
        and p.person_id = ${personOf(ctx) || null}::uuid and p.is_finished)`,
      stored: { path, publishedAt, revision },
    })
    .from(courseware)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, courseware.tenantId), eq(organizations.id, courseware.organizationId)),
    )
    .where(and(eq(courseware.tenantId, ctx.tenantId), wanted))
    .orderBy(asc(sql`${courseware.publishedAt} is null`), desc(courseware.publishedAt), desc(courseware.id))
  return rows.map(({ facts, organization, unitCount, ownFinished, stored }) => ({
    row: { ...facts, organization, unitCount, ownFinished, isPublished: stored.publishedAt !== null },
    stored,
  }))
}
