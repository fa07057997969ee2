import type { Day } from '@zhibu/rules'
import { and, asc, desc, eq, notInArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, refuseField, refuseStale } from '../../platform/refusal.ts'
import { day } from '../../platform/wire.ts'
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
  const known = await stepsOf(ctx, bookingId)
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
export async function recordOf(ctx: Context, booking: StoredBooking): Promise<BookingView['record']> {
  if (!booking.hasRecord) return null
  const [newest] = await versionsOf(ctx, booking.id)
  if (!newest) return null
  const { talked, writtenBy, writtenAt, version } = newest
  const own = sideOf(ctx.actor, booking)
  const steps = await stepsOf(ctx, booking.id)
  return {
    ...{ talked, writtenBy, writtenAt, versions: version },
    steps: steps.map((it) => ({ ...it, isOwn: it.side === own })),
  }
}

/** All versions of the record of a talk, the newest first, for one of the two. */
export async function listVersions(ctx: Context, bookingId: string, now: Date): Promise<RecordVersions> {
  await openBooking(ctx, bookingId, now)
  return { items: await versionsOf(ctx, bookingId) }
}

async function versionsOf({ db, tenantId, encryption }: Context, bookingId: string): Promise<RecordVersions['items']> {
  const rows = await db
    .select()
    .from(guidanceRecords)
    .where(and(eq(guidanceRecords.tenantId, tenantId), eq(guidanceRecords.bookingId, bookingId)))
    .orderBy(desc(guidanceRecords.version))
  return rows.map(({ version, textSealed, writtenBy, writtenAt }) => ({
    ...sealedText.parse(JSON.parse(encryption.openField(textSealed, sealedPlaces.record(bookingId, version)))),
    ...{ version, writtenBy, writtenAt: writtenAt.toISOString() },
  }))
}

/** A next step that holds. */
export interface KeptStep {
  id: string
  what: string
  side: StepFields['side']
  dueOn: Day | null
  doneOn: Day | null
}

/** The next steps of a talk in their order. */
async function stepsOf({ db, tenantId, encryption }: Context, bookingId: string): Promise<KeptStep[]> {
  const { id, side, dueOn, doneOn, whatSealed, seq } = guidanceSteps
  const rows = await db
    .select({ id, side, dueOn, doneOn, whatSealed })
    .from(guidanceSteps)
    .where(and(eq(guidanceSteps.tenantId, tenantId), eq(guidanceSteps.bookingId, bookingId)))
    .orderBy(asc(seq))
  return rows.map(({ whatSealed: sealed, ...it }) => ({
    ...it,
    what: encryption.openField(sealed, sealedPlaces.step(it.id)),
  }))
}

/** Says that a next step is done, or takes that back; whoever has it says so. */
export async function tickStep(
  ctx: Context,
  { bookingId, stepId, isDone, now }: { bookingId: string; stepId: string; isDone: boolean; now: Date },
): Promise<void> {
  const booking = await lockFor(ctx, bookingId, { action: 'tick', named: '勾选约定事项', now })
  const step = found(
    (await stepsOf(ctx, bookingId)).find((it) => it.id === stepId),
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
