import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { type Elements, isFinished, keptOf, toldOf } from './elements.ts'
import { mostStateLength, refuseFlood } from './limits.ts'
import { readPackage, type StoredPackage } from './packages.ts'
import type { Launch, OwnUnit, Progress, ScoState } from './schema.ts'
import { openCourseware, openUnit, type StoredUnit } from './stored.ts'
import { coursewareProgress } from './tables.ts'
import { ticketFor } from './tickets.ts'

/** How far the actor is in courseware. It is theirs: nobody else reads it, and they can have it forgotten. */

/** What packages of a unit have kept for somebody; of another package that was there before nothing counts. */
interface State {
  packageId: string
  scos: Record<string, Elements>
}

/** Remembers for the actor that they have opened a unit, where they were in it, and whether they have finished it. */
export async function keepProgress(
  ctx: Context,
  coursewareId: string,
  unitId: string,
  { isFinished, atSeconds }: Progress,
): Promise<void> {
  await openUnit(ctx, coursewareId, unitId)
  refuseFlood('keeping', personOf(ctx))
  const set = { ...(isFinished !== undefined && { isFinished }), ...(atSeconds !== undefined && { atSeconds }) }
  const row = { tenantId: ctx.tenantId, personId: personOf(ctx), unitId, coursewareId, ...set }
  const insert = ctx.db.insert(coursewareProgress).values(row)
  const target = [coursewareProgress.tenantId, coursewareProgress.personId, coursewareProgress.unitId]
  await (Object.keys(set).length === 0 ? insert.onConflictDoNothing() : insert.onConflictDoUpdate({ target, set }))
}

/** Forgets how far the actor is in a piece. */
export async function forgetProgress(ctx: Context, coursewareId: string): Promise<void> {
  await openCourseware(ctx, coursewareId)
  await ctx.db.delete(coursewareProgress).where(and(ofActor(ctx), eq(coursewareProgress.coursewareId, coursewareId)))
}

/** How far the actor is in the units of a piece, by their ids. */
export async function ownProgress(ctx: Context, coursewareId: string): Promise<Map<string, OwnUnit>> {
  const { unitId, isFinished, atSeconds } = coursewareProgress
  const rows = await ctx.db
    .select({ unitId, isFinished, atSeconds })
    .from(coursewareProgress)
    .where(and(ofActor(ctx), eq(coursewareProgress.coursewareId, coursewareId)))
  return new Map(rows.map(({ unitId, ...own }) => [unitId, own]))
}

/** Starts something of a package for the actor: under an address of its own, with what was kept for it. */
export async function launchSco(
  ctx: Context,
  coursewareId: string,
  unitId: string,
  scoId: string,
  now: Date,
): Promise<Launch> {
  const { unit } = await openUnit(ctx, coursewareId, unitId)
  refuseFlood('launches', personOf(ctx))
  const stored = await packageOf(ctx, unit)
  const sco = found(
    stored.scos.find((it) => it.id === scoId),
    '个互动内容',
  )
  const { scos } = await ownState(ctx, unit, stored.id)
  const file = sco.href.split('/').map(encodeURIComponent).join('/')
  return {
    src: `/scorm/${ticketFor(ctx.encryption, stored.id, now)}/${file}${sco.search}`,
    standard: stored.standard,
    elements: toldOf(stored.standard, sco, scos[scoId] ?? {}),
  }
}

/** Keeps for the actor what a package wants to find again. Where all of it has been gone through, the unit is finished. */
export async function keepScoState(
  ctx: Context,
  coursewareId: string,
  unitId: string,
  { scoId, elements }: ScoState,
): Promise<void> {
  const { unit } = await openUnit(ctx, coursewareId, unitId)
  refuseFlood('keeping', personOf(ctx))
  const stored = await packageOf(ctx, unit)
  if (!stored.scos.some((it) => it.id === scoId))
    throw new Refusal('conflict', '这个互动课件刚刚换过文件，刚才的进度没有保存。请刷新页面重新打开。')
  const { standard } = stored
  const place = { tenantId: ctx.tenantId, personId: personOf(ctx), unitId, coursewareId }
  // The row is there and locked before it is read, so that of two windows none loses what the other has kept.
  await ctx.db.insert(coursewareProgress).values(place).onConflictDoNothing()
  const state = await ownState(ctx, unit, stored.id, { lock: true })
  state.scos[scoId] = keptOf(standard, elements)
  const written = JSON.stringify(state)
  if (written.length > mostStateLength)
    throw new Refusal('conflict', '这个互动课件要保存的内容过多，刚才的进度没有保存。请告诉编课件的同志。')
  const isWhole = stored.scos.every((it) => isFinished(standard, state.scos[it.id] ?? {}))
  await ctx.db
    .update(coursewareProgress)
    .set({
      state: ctx.encryption.sealField(written, placeOf(ctx, unitId)),
      ...(isWhole && { isFinished: true }),
    })
    .where(and(ofActor(ctx), eq(coursewareProgress.unitId, unitId)))
}

/** Which of the contents of a package the actor has gone through, by their ids. */
export async function finishedScos(ctx: Context, unit: StoredUnit, stored: StoredPackage): Promise<Set<string>> {
  const { scos } = await ownState(ctx, unit, stored.id)
  return new Set(Object.keys(scos).filter((id) => isFinished(stored.standard, scos[id] ?? {})))
}

async function ownState(ctx: Context, unit: StoredUnit, packageId: string, { lock = false } = {}): Promise<State> {
  const query = ctx.db
    .select({ state: coursewareProgress.state })
    .from(coursewareProgress)
    .where(and(ofActor(ctx), eq(coursewareProgress.unitId, unit.id)))
    .$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  const before: State | null =
    typeof row?.state === 'string' ? JSON.parse(ctx.encryption.openField(row.state, placeOf(ctx, unit.id))) : null
  return before?.packageId === packageId ? before : { packageId, scos: {} }
}

async function packageOf(ctx: Context, { packageId }: StoredUnit): Promise<StoredPackage> {
  return readPackage(ctx, found(packageId ?? undefined, '个互动课件'))
}

const placeOf = (ctx: Context, unitId: string): string => `courseware_progress.state:${personOf(ctx)}:${unitId}`

/** Named beside the policy of the table, which says the same. */
const ofActor = (ctx: Context): SQL =>
  and(eq(coursewareProgress.tenantId, ctx.tenantId), eq(coursewareProgress.personId, personOf(ctx))) ?? sql`false`
