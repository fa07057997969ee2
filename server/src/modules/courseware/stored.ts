import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { mayRead, mayWrite } from './policy.ts'
import { courseware, coursewareUnits } from './tables.ts'

export type StoredCourseware = typeof courseware.$inferSelect
export type StoredUnit = typeof coursewareUnits.$inferSelect

/** A piece for whoever may read it. Locked: nobody else changes it until the transaction ends. */
export async function openCourseware(
  ctx: Context,
  coursewareId: string,
  { lock = false } = {},
): Promise<StoredCourseware> {
  const query = ctx.db.select().from(courseware).where(ofCourseware(ctx, coursewareId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return found(row && mayRead(ctx.actor, row) ? row : undefined, '份课件')
}

/** The same, locked, for what only whoever writes it does. */
export async function lockCourseware(ctx: Context, coursewareId: string, named: string): Promise<StoredCourseware> {
  const it = await openCourseware(ctx, coursewareId, { lock: true })
  authorize(mayWrite(ctx.actor, it.path), named)
  return it
}

/** A unit of a piece that the actor may read. */
export async function openUnit(
  ctx: Context,
  coursewareId: string,
  unitId: string,
): Promise<{ piece: StoredCourseware; unit: StoredUnit }> {
  const piece = await openCourseware(ctx, coursewareId)
  const [unit] = await ctx.db
    .select()
    .from(coursewareUnits)
    .where(ofUnit(ctx, coursewareId, unitId))
  return { piece, unit: found(unit, '个单元') }
}

/** Where an organisation stands for which the actor writes courseware. */
export async function placeFor(ctx: Context, organizationId: string): Promise<OrgPath> {
  const { path, dissolvedOn } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayWrite(ctx.actor, path), '为这个组织编课件')
  if (dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，不能再编课件。')
  return path
}

export const ofCourseware = ({ tenantId }: Pick<Context, 'tenantId'>, coursewareId: string): SQL =>
  and(eq(courseware.tenantId, tenantId), eq(courseware.id, coursewareId)) ?? sql`false`

export const ofUnit = ({ tenantId }: Pick<Context, 'tenantId'>, coursewareId: string, unitId: string): SQL =>
  and(
    eq(coursewareUnits.tenantId, tenantId),
    eq(coursewareUnits.coursewareId, coursewareId),
    eq(coursewareUnits.id, unitId),
  ) ?? sql`false`

/** Writes down what has become of a piece. */
export async function changeStored(ctx: Context, coursewareId: string, set: Partial<StoredCourseware>): Promise<void> {
  await ctx.db.update(courseware).set(set).where(ofCourseware(ctx, coursewareId))
}

export const subjectOf = ({ id, path }: Pick<StoredCourseware, 'id' | 'path'>): Subject => ({
  kind: 'courseware',
  id,
  orgPath: path,
})
