import type { Day } from '@zhibu/rules'
import { and, asc, desc, eq, notInArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, refuseField, refuseStale } from '../../platform/refusal.ts'
import { day } from '../../platform/wire.ts'
import { isOneOf } from '../../platform/within.ts'
import { sideOf } from './policy.ts'
import { type BookingView, type RecordText, type RecordVersions, type StepFields, sides } from './schema.ts'
import { sealedPlaces } from './sealed-places.ts'
import { lockFor, mentorOf } from './service.ts'
import { changeBooking, openBooking, placeSubject, type StoredBooking } from './stored.ts'
import { guidanceRecords, guidanceSteps } from './tables.ts'

/** 指导记录: what the two have written of a talk, and what they have agreed. Only they read it; a correction is a version that both see. */

/** As a version is sealed. */
const sealedText = z.object({
  talked: z.string(),
  steps: z.array(z.object({ what: z.string(), side: sides, dueOn: day.nullable() })),
})

/** Writes the record, or its next version, as read at this revision. Steps that stand already keep whether they are done. */
export async function writeRecord(
  ctx: Context,
  bookingId: string,
  { talked, steps }: RecordText,
  { revision, now }: { revision: number; now: Date },
): Promise<void> {
  const booking = await lockFor(ctx, bookingId, { action: 'record', named: '填写记录', now })
  refuseStale(booking, revision, '这份记录', '对方')
  const known = (await stepsOf(ctx, [bookingId])).get(bookingId) ?? []
  refuseStrangers(steps, known)
  const side = sideOf(ctx.actor, booking) ?? 'guided'
  const version = (await newestVersion(ctx, bookingId)) + 1
  const text = { talked, steps: steps.map(({ what, side: whose, dueOn }) => ({ what, side: whose, dueOn })) }

  const { tenantId, encryption } = ctx
  const { path, personId, mentorPersonId } = booking
  const textSealed = encryption.sealField(JSON.stringify(text), sealedPlaces.record(bookingId, version))
  const of = { tenantId, bookingId, path, personId, mentorPersonId }
  await ctx.db.insert(guidanceRecords).values({ ...of, version, textSealed, writtenBy: side, writtenAt: now })
  await keepSteps(ctx, of, steps)
  await changeBooking(ctx, bookingId, { revision: revision + 1 })
  await record(ctx, 'guidance.recorded', placeSubject(await mentorOf(ctx, booking)))
}

/** Refuses steps of another talk, and a step that is named twice. */
function refuseStrangers(steps: readonly StepFields[], known: readonly { id: string }[]): void {
  const ids = steps.flatMap((it) => it.id ?? [])
  if (new Set(ids).size === ids.length && ids.every((id) => known.some((it) => it.id === id))) return
  refuseField('steps', '有约定事项已经不在了，请刷新页面核对后再改')
}

async function keepSteps(
  ctx: Context,
  of: Pick<typeof guidanceSteps.$inferInsert, 'tenantId' | 'bookingId' | 'path' | 'personId' | 'mentorPersonId'>,
  steps: readonly StepFields[],
): Promise<void> {
  const { db, encryption } = ctx
  const kept = steps.flatMap((it) => it.id ?? [])
  const ofBooking = and(eq(guidanceSteps.tenantId, of.tenantId), eq(guidanceSteps.bookingId, of.bookingId))
  await db.delete(guidanceSteps).where(kept.length > 0 ? and(ofBooking, notInArray(guidanceSteps.id, kept)) : ofBooking)
  for (const [seq, { what, side, dueOn, ...it }] of steps.entries()) {
    const id = it.id ?? newId()
    const set = { seq, side, dueOn, whatSealed: encryption.sealField(what, sealedPlaces.step(id)) }
    await db
      .insert(guidanceSteps)
      .values({ ...of, id, ...set })
      .onConflictDoUpdate({ target: [guidanceSteps.tenantId, guidanceSteps.id], set })
  }
}

async function newestVersion({ db, tenantId }: Context, bookingId: string): Promise<number> {
  const [row] = await db
    .select({ version: guidanceRecords.version })
    .from(guidanceRecords)
    .where(and(eq(guidanceRecords.tenantId, tenantId), eq(guidanceRecords.bookingId, bookingId)))
    .orderBy(desc(guidanceRecords.version))
    .limit(1)
  return row?.version ?? 0
}

/** The record of a talk as it holds now, for one of the two; null where there is none. */
export const recordOf = async (ctx: Context, booking: StoredBooking): Promise<BookingView['record']> =>
  (await recordsOf(ctx, [booking])).get(booking.id) ?? null

/** The records of talks as they hold now, by booking, for somebody who is one of the two in each. In two statements. */
export async function recordsOf(
  ctx: Context,
  bookings: readonly StoredBooking[],
): Promise<Map<string, NonNullable<BookingView['record']>>> {
  const recorded = new Map(bookings.flatMap((it) => (it.hasRecord ? [[it.id, it] as const] : [])))
  if (recorded.size === 0) return new Map()
  const { bookingId, version } = guidanceRecords
  const newest = await ctx.db
    .selectDistinctOn([bookingId])
    .from(guidanceRecords)
    .where(and(eq(guidanceRecords.tenantId, ctx.tenantId), isOneOf(bookingId, [...recorded.keys()])))
    .orderBy(bookingId, desc(version))
  const steps = await stepsOf(ctx, [...recorded.keys()])
  return new Map(
    newest.map((row) => {
      const { talked, writtenBy, writtenAt, version: versions } = opened(ctx, row)
      const booking = recorded.get(row.bookingId)
      const own = booking && sideOf(ctx.actor, booking)
      const agreed = (steps.get(row.bookingId) ?? []).map((it) => ({ ...it, isOwn: it.side === own }))
      return [row.bookingId, { talked, writtenBy, writtenAt, versions, steps: agreed }]
    }),
  )
}

/** All versions of the record of a talk, the newest first, for one of the two. */
export async function listVersions(ctx: Context, bookingId: string, now: Date): Promise<RecordVersions> {
  await openBooking(ctx, bookingId, now)
  const rows = await ctx.db
    .select()
    .from(guidanceRecords)
    .where(and(eq(guidanceRecords.tenantId, ctx.tenantId), eq(guidanceRecords.bookingId, bookingId)))
    .orderBy(desc(guidanceRecords.version))
  return { items: rows.map((it) => opened(ctx, it)) }
}

/** A version as the two read it. */
function opened(
  { encryption }: Context,
  { bookingId, version, textSealed, writtenBy, writtenAt }: typeof guidanceRecords.$inferSelect,
): RecordVersions['items'][number] {
  return {
    ...sealedText.parse(JSON.parse(encryption.openField(textSealed, sealedPlaces.record(bookingId, version)))),
    ...{ version, writtenBy, writtenAt: writtenAt.toISOString() },
  }
}

/** A next step that holds. */
interface KeptStep {
  id: string
  what: string
  side: StepFields['side']
  dueOn: Day | null
  doneOn: Day | null
}

/** The next steps of talks in their order, by booking. */
async function stepsOf(
  { db, tenantId, encryption }: Context,
  bookingIds: readonly string[],
): Promise<Map<string, KeptStep[]>> {
  const { bookingId, id, side, dueOn, doneOn, whatSealed, seq } = guidanceSteps
  const rows = await db
    .select({ bookingId, id, side, dueOn, doneOn, whatSealed })
    .from(guidanceSteps)
    .where(and(eq(guidanceSteps.tenantId, tenantId), isOneOf(bookingId, bookingIds)))
    .orderBy(asc(bookingId), asc(seq))
  const steps = rows.map(({ whatSealed: sealed, bookingId: of, ...it }) => ({
    of,
    step: { ...it, what: encryption.openField(sealed, sealedPlaces.step(it.id)) },
  }))
  const byBooking = Map.groupBy(steps, (it) => it.of)
  return new Map([...byBooking].map(([of, all]) => [of, all.map((it) => it.step)]))
}

/** Says that a next step is done, or takes that back; whoever has it says so. */
export async function tickStep(
  ctx: Context,
  { bookingId, stepId, isDone, now }: { bookingId: string; stepId: string; isDone: boolean; now: Date },
): Promise<void> {
  const booking = await lockFor(ctx, bookingId, { action: 'tick', named: '勾选约定事项', now })
  const step = found(
    (await stepsOf(ctx, [bookingId])).get(bookingId)?.find((it) => it.id === stepId),
    '项约定事项',
  )
  authorize(step.side === sideOf(ctx.actor, booking), '替对方勾选约定事项')
  if ((step.doneOn !== null) === isDone) return
  await ctx.db
    .update(guidanceSteps)
    .set({ doneOn: isDone ? ctx.today : null })
    .where(and(eq(guidanceSteps.tenantId, ctx.tenantId), eq(guidanceSteps.id, stepId)))
  const mentor = await mentorOf(ctx, booking)
  await record(ctx, isDone ? 'guidance.step-done' : 'guidance.step-reopened', placeSubject(mentor))
}
