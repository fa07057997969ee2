import { and, eq, isNull, not } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isOneOf } from '../../platform/within.ts'
import { holdItems } from './queries.ts'
import { mediaUses } from './tables.ts'

/** Something of a later module in which items are used, such as an article. */
export interface MediaOwner {
  /** The name of the module. */
  module: string
  id: string
}

/**
 * Says which items are used in something, in the transaction that writes it: all others are used there no longer. What is used nowhere
 * for some weeks is taken away. Whether they may be used is asked with `assertUsable`, before.
 */
export async function setUses(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  { module, id: ownerId }: MediaOwner,
  ids: readonly string[],
): Promise<void> {
  const { db, tenantId } = ctx
  await holdItems(ctx, ids)
  const ofOwner = [eq(mediaUses.tenantId, tenantId), eq(mediaUses.module, module), eq(mediaUses.ownerId, ownerId)]
  await db
    .update(mediaUses)
    .set({ endedAt: new Date() })
    .where(and(...ofOwner, isNull(mediaUses.endedAt), not(isOneOf(mediaUses.mediaId, ids))))
  if (ids.length === 0) return
  await db
    .insert(mediaUses)
    .values([...new Set(ids)].map((mediaId) => ({ tenantId, mediaId, module, ownerId })))
    .onConflictDoUpdate({
      target: [mediaUses.tenantId, mediaUses.mediaId, mediaUses.module, mediaUses.ownerId],
      set: { endedAt: null },
    })
}
