import { and, count, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { Refusal, refuseStale } from '../../platform/refusal.ts'
import { mostPieces } from './limits.ts'
import type { CoursewareText, NewCourseware } from './schema.ts'
import { changeStored, lockCourseware, ofCourseware, openCourseware, placeFor, subjectOf } from './stored.ts'
import { courseware } from './tables.ts'
import { copyUnits, removeUnits, unitsOf } from './units.ts'

/** Begins a piece of an organisation, empty or with the units of another one. Returns its id. */
export async function createCourseware(
  ctx: Context,
  { organizationId, title, summary, copyOf }: NewCourseware,
): Promise<string> {
  const path = await placeFor(ctx, organizationId)
  const { tenantId, actor } = ctx
  const [known] = await ctx.db
    .select({ pieces: count() })
    .from(courseware)
    .where(and(eq(courseware.tenantId, tenantId), eq(courseware.organizationId, organizationId)))
  if ((known?.pieces ?? 0) >= mostPieces)
    throw new Refusal('conflict', `一个组织最多 ${mostPieces} 份课件。请先删除不再使用的课件。`)

  const id = newId()
  const original = copyOf === undefined ? undefined : await openCourseware(ctx, copyOf)
  await ctx.db.insert(courseware).values({ tenantId, id, organizationId, path, title, summary, createdBy: actor.name })
  if (original) await copyUnits(ctx, original, { id, path })
  await record(ctx, 'courseware.created', subjectOf({ id, path }), { title })
  return id
}

/** Changes title and summary as read at this revision. */
export async function changeCourseware(
  ctx: Context,
  coursewareId: string,
  text: CoursewareText,
  revision: number,
): Promise<void> {
  const it = await lockCourseware(ctx, coursewareId, '修改这份课件')
  refuseStale(it, revision, '这份课件')
  await changeStored(ctx, coursewareId, { ...text, revision: revision + 1 })
  await record(ctx, 'courseware.changed', subjectOf(it), { title: text.title })
}

/** Shows a piece to everybody who belongs to its organisation. */
export async function publishCourseware(ctx: Context, coursewareId: string): Promise<void> {
  const it = await lockCourseware(ctx, coursewareId, '发布这份课件')
  if (it.publishedAt !== null) throw new Refusal('conflict', '这份课件已经发布。请刷新页面查看。')
  const units = await unitsOf(ctx, coursewareId)
  if (units.length === 0) throw new Refusal('incomplete', '还不能发布：课件里还没有单元。请先添加单元，再发布。')

  await changeStored(ctx, coursewareId, {
    ...{ publishedAt: new Date(), publishedBy: ctx.actor.name },
    revision: it.revision + 1,
  })
  await record(ctx, 'courseware.published', subjectOf(it), { title: it.title })
}

/** Shows it no longer. How far people are stays for when it is shown again. */
export async function withdrawCourseware(ctx: Context, coursewareId: string): Promise<void> {
  const it = await lockCourseware(ctx, coursewareId, '撤回这份课件')
  if (it.publishedAt === null) throw new Refusal('conflict', '这份课件没有发布。请刷新页面查看。')
  await changeStored(ctx, coursewareId, { publishedAt: null, publishedBy: null, revision: it.revision + 1 })
  await record(ctx, 'courseware.withdrawn', subjectOf(it), { title: it.title })
}

/** Deletes a piece with its units. How far people were in it goes in the next night. */
export async function removeCourseware(ctx: Context, coursewareId: string): Promise<void> {
  const it = await lockCourseware(ctx, coursewareId, '删除这份课件')
  if (it.publishedAt !== null) throw new Refusal('conflict', '已经发布的课件不能删除。请先撤回，再删除。')
  await removeUnits(ctx, it)
  await ctx.db.delete(courseware).where(ofCourseware(ctx, coursewareId))
  await record(ctx, 'courseware.removed', subjectOf(it), { title: it.title })
}
