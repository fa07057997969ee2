import { sayChange } from '../../platform/broadcast.ts'
import type { Context } from '../../platform/context.ts'

/** A channel of the database on which it is said that a room has changed. */
export const roomsChannel = 'zhibu_quiz_rooms'

/** Says to every open page of a room that it has changed: it is small, and told as a whole. */
export const tellRoom = (ctx: Pick<Context, 'db' | 'tenantId'>, roomId: string): Promise<void> =>
  sayChange(ctx, roomsChannel, roomId, 'state')
