import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import type { Remark } from './schema.ts'
import { sealedPlaces } from './sealed-places.ts'
import { openBooking } from './stored.ts'
import { guidanceRemarks } from './tables.ts'

/**
 * 仅自己可见的备注: what one of the two keeps for themselves. Everything here runs in the scope of who asks, never over the whole university:
 * the database shows the row to its author alone. It stands in no export, no log and no journal, and nobody is told that it is there.
 */

/** The own remark about a talk; empty where there is none. */
export async function readRemark(ctx: Context, bookingId: string, now: Date): Promise<Remark> {
  await openBooking(ctx, bookingId, now)
  const [row] = await ctx.db
    .select({ sealed: guidanceRemarks.textSealed })
    .from(guidanceRemarks)
    .where(isOwn(ctx, bookingId))
  return { text: row ? ctx.encryption.openField(row.sealed, placeOf(ctx, bookingId)) : '' }
}

/** Keeps a remark in place of the one before; an empty one is removed. */
export async function keepRemark(ctx: Context, bookingId: string, { text }: Remark, now: Date): Promise<void> {
  await openBooking(ctx, bookingId, now)
  if (text === '') {
    await ctx.db.delete(guidanceRemarks).where(isOwn(ctx, bookingId))
    return
  }
  const { tenantId } = ctx
  const textSealed = ctx.encryption.sealField(text, placeOf(ctx, bookingId))
  await ctx.db
    .insert(guidanceRemarks)
    .values({ tenantId, bookingId, personId: personOf(ctx), textSealed })
    .onConflictDoUpdate({
      target: [guidanceRemarks.tenantId, guidanceRemarks.bookingId, guidanceRemarks.personId],
      set: { textSealed },
    })
}

const placeOf = (ctx: Context, bookingId: string): string => sealedPlaces.remark(bookingId, personOf(ctx))

const isOwn = (ctx: Context, bookingId: string): SQL =>
  and(
    eq(guidanceRemarks.tenantId, ctx.tenantId),
    eq(guidanceRemarks.bookingId, bookingId),
    eq(guidanceRemarks.personId, personOf(ctx)),
  ) ?? sql`false`
