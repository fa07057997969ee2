import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { mayWrite } from './policy.ts'
import { quizRooms } from './tables.ts'

export type StoredRoom = typeof quizRooms.$inferSelect

/**
 * A room. It is open to everybody of the university who was given its address or its code, wherever they belong: to play together is
 * no secret, and people of several branches sit in one hall.
 */
export async function openRoom(ctx: Context, roomId: string, strength?: 'update' | 'share'): Promise<StoredRoom> {
  const query = ctx.db.select().from(quizRooms).where(ofRoom(ctx, roomId)).$dynamic()
  const [row] = await (strength ? query.for(strength) : query)
  return found(row, '场现场答题')
}

/** The same, locked, for what only whoever leads it does: those who hold the activities of its organisation. */
export async function leadRoom(ctx: Context, roomId: string, named: string): Promise<StoredRoom> {
  const room = await openRoom(ctx, roomId, 'update')
  authorize(mayWrite(ctx.actor, room.path), named)
  return room
}

/** One room, by the key of its table. */
export const ofRoom = ({ tenantId }: Pick<Context, 'tenantId'>, roomId: string): SQL =>
  and(eq(quizRooms.tenantId, tenantId), eq(quizRooms.id, roomId)) ?? sql`false`

export const subjectOf = ({ id, path }: Pick<StoredRoom, 'id' | 'path'>): Subject => ({
  kind: 'quizRoom',
  id,
  orgPath: path,
})
