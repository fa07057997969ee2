import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Desk } from './preview.ts'
import { imports } from './tables.ts'

/** One number for all locks of this kind, so that they do not meet others. */
const commitLockClass = 7_240_923

/** Takes the right to write an import until the transaction ends; false where somebody has it. */
export async function takeCommitLock({ db }: Context, importId: string): Promise<boolean> {
  const { rows } = await db.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(${commitLockClass}::int, hashtext(${importId})) as taken`,
  )
  return rows[0]?.taken === true
}

/** Whether somebody is writing the import at this moment. */
export const isBeingCommitted = (importId: SQL | string): SQL<boolean> => sql<boolean>`exists (
  select from pg_locks where locktype = 'advisory' and objsubid = 2 and granted
    and database = (select oid from pg_database where datname = current_database())
    and classid = ${commitLockClass}::oid and objid = hashtext(${importId}::text)::oid)`

/** Between the wish to commit or undo and the beginning of the work a moment passes. */
const takingUpMs = 3_000

/** Whether somebody has only just asked for the work. */
export const isTakenUp = (askedAt: Date): boolean => Date.now() - askedAt.getTime() < takingUpMs

/** Whether the import is being written, or will be at once. */
export async function isCommitUnderWay(
  { db }: Context,
  it: { id: string; commitStartedAt: Date | null },
): Promise<boolean> {
  if (it.commitStartedAt === null) return false
  if (isTakenUp(it.commitStartedAt)) return true
  const { rows } = await db.execute<{ is: boolean }>(sql`select ${isBeingCommitted(it.id)} as is`)
  return rows[0]?.is === true
}

/**
 * Counts rows, and tells how far it is outside the transaction of the work, so that others see it: twice a second at most. The
 * work does not wait for it: while all connections are taken by works that wait for another one, none of them would end.
 */
export function tellNowAndThen(desk: Desk, importId: string): (rowCount: number) => void {
  let [rowsDone, toldAt, isTelling] = [0, 0, false]
  return (rowCount) => {
    rowsDone += rowCount
    if (isTelling || Date.now() - toldAt < 500) return
    toldAt = Date.now()
    isTelling = true
    desk
      .transaction((ctx) =>
        ctx.db
          .update(imports)
          .set({ rowsDone })
          .where(and(eq(imports.tenantId, ctx.tenantId), eq(imports.id, importId))),
      )
      .catch((error: unknown) => desk.log.warn({ err: error, importId }, 'how far an import is was not told'))
      .finally(() => {
        isTelling = false
      })
  }
}
