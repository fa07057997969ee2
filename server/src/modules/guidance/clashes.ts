import type { Day } from '@zhibu/rules'
import { and, eq, isNull, or } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { listOwnSignUps } from '../activities/queries.ts'
import { instantOf } from '../activities/when.ts'
import { endsAfter } from './free.ts'
import { clashNames } from './names-schema.ts'
import type { Clash } from './schema.ts'
import { timeOfBooking } from './stored.ts'
import { guidanceBookings, guidanceTimes } from './tables.ts'

/** A part of a day, in minutes since its midnight in China. */
interface Part {
  id: string
  heldOn: Day
  startMinute: number
  endMinute: number
}

/** Something of the actor that takes time: of which time it is, where it is a talk. */
interface Taken extends Clash {
  timeId: string | null
  from: Date
  until: Date
}

/** What the actor has at the same time as each of these: talks on either side, and activities for which they have signed up. It is shown and forbids nothing. */
export async function clashesOf(ctx: Context, parts: readonly Part[], now: Date): Promise<(part: Part) => Clash[]> {
  if (parts.length === 0) return () => []
  const taken = [...(await talksOf(ctx, now)), ...(await activitiesOf(ctx, now))]
  return (part) => {
    const [from, until] = [instantOf(part.heldOn, part.startMinute), instantOf(part.heldOn, part.endMinute)]
    return taken
      .filter((it) => it.timeId !== part.id && it.from < until && from < it.until)
      .map(({ kind, title }) => ({ kind, title }))
  }
}

async function talksOf(ctx: Context, now: Date): Promise<Taken[]> {
  const own = personOf(ctx)
  const { personId, mentorPersonId, cancelledAt, tenantId } = guidanceBookings
  const { id, heldOn, startMinute, endMinute } = guidanceTimes
  const rows = await ctx.db
    .select({ timeId: id, heldOn, startMinute, endMinute })
    .from(guidanceBookings)
    .innerJoin(guidanceTimes, timeOfBooking)
    .where(
      and(
        eq(tenantId, ctx.tenantId),
        or(eq(personId, own), eq(mentorPersonId, own)),
        isNull(cancelledAt),
        endsAfter(now),
      ),
    )
  return rows.map((it) => ({
    ...{ kind: 'guidance' as const, title: clashNames.guidance, timeId: it.timeId },
    from: instantOf(it.heldOn, it.startMinute),
    until: instantOf(it.heldOn, it.endMinute),
  }))
}

/** An activity without an end takes the rest of its day, one without an hour all of it. */
async function activitiesOf(ctx: Context, now: Date): Promise<Taken[]> {
  const { items } = await listOwnSignUps(ctx, now)
  return items.flatMap(({ state, title, fromOn, untilOn, startMinute, endMinute }) =>
    state === 'cancelled' || fromOn === null
      ? []
      : [
          {
            ...{ kind: 'activity' as const, title, timeId: null },
            from: instantOf(fromOn, startMinute ?? 0),
            until: instantOf(untilOn ?? fromOn, endMinute ?? 24 * 60),
          },
        ],
  )
}
