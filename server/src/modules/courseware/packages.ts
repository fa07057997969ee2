import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { found } from '../../platform/refusal.ts'
import { keepContents, letGo } from '../archive/held-contents.ts'
import { coursewarePackageFiles, coursewarePackages, coursewareUnits } from './tables.ts'
import type { TakenPackage } from './unpacking.ts'

export type StoredPackage = typeof coursewarePackages.$inferSelect
export type StoredFile = typeof coursewarePackageFiles.$inferSelect

type Rows = Pick<Context, 'db' | 'tenantId'>

/** So many files are written down in one statement. */
const rowsAtATime = 2_000

/** Notes a package that was unpacked; its contents stay in the store from now on. Returns its id. */
export async function addPackage(
  ctx: Rows,
  { files, fileName, sizeBytes, standard, title, scos }: TakenPackage,
  contentIsThere: (contentId: string) => Promise<boolean>,
): Promise<string> {
  const { db, tenantId } = ctx
  const id = newId()
  await keepContents(
    ctx,
    id,
    files.map((it) => it.contentId),
    contentIsThere,
  )
  await db.insert(coursewarePackages).values({ tenantId, id, fileName, sizeBytes, standard, title, scos })
  for (let at = 0; at < files.length; at += rowsAtATime)
    await db
      .insert(coursewarePackageFiles)
      .values(files.slice(at, at + rowsAtATime).map((it) => ({ tenantId, packageId: id, ...it })))
  return id
}

/** Takes a package away that no unit uses any more; its contents go from the store in one of the next nights. */
export async function dropPackage(ctx: Rows, packageId: string): Promise<void> {
  const { db, tenantId } = ctx
  // Whoever copies a unit with this package waits, or is seen here.
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${packageId}, 9))`)
  const uses = await db.$count(
    coursewareUnits,
    and(eq(coursewareUnits.tenantId, tenantId), eq(coursewareUnits.packageId, packageId)),
  )
  if (uses > 0) return
  await db
    .delete(coursewarePackageFiles)
    .where(and(eq(coursewarePackageFiles.tenantId, tenantId), eq(coursewarePackageFiles.packageId, packageId)))
  await db.delete(coursewarePackages).where(ofPackage(ctx, packageId))
  await letGo(ctx, packageId)
}

/** Nobody takes these packages away between here and the end of the transaction. */
export const holdPackages = ({ db }: Pick<Context, 'db'>, ids: readonly string[]) =>
  db.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended(id, 9))
    from unnest(${sql.param([...ids].sort())}::text[]) as held (id)`)

export async function readPackage(ctx: Rows, packageId: string): Promise<StoredPackage> {
  const [row] = await ctx.db.select().from(coursewarePackages).where(ofPackage(ctx, packageId))
  return found(row, '个互动课件')
}

/** A file of a package by its path; where nothing has just this name, one that differs from it in upper and lower case. */
export async function findFile(
  { db, tenantId }: Rows,
  packageId: string,
  name: string,
): Promise<StoredFile | undefined> {
  const ofPackage = and(eq(coursewarePackageFiles.tenantId, tenantId), eq(coursewarePackageFiles.packageId, packageId))
  const [row] = await db
    .select()
    .from(coursewarePackageFiles)
    .where(and(ofPackage, eq(coursewarePackageFiles.name, name)))
  if (row) return row
  const [other] = await db
    .select()
    .from(coursewarePackageFiles)
    .where(and(ofPackage, sql`lower(${coursewarePackageFiles.name}) = lower(${name})`))
    .limit(1)
  return other
}

const ofPackage = ({ tenantId }: Rows, packageId: string): SQL =>
  and(eq(coursewarePackages.tenantId, tenantId), eq(coursewarePackages.id, packageId)) ?? sql`false`
