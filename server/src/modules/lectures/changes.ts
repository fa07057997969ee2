import { sayChange } from '../../platform/broadcast.ts'
import type { Context } from '../../platform/context.ts'

/** A channel of the database on which it is said that a lecture has changed. */
export const lecturesChannel = 'zhibu_lectures'

/** What of a lecture has changed: one question or poll, by its id, or one of the rest. */
export type Changed = `question ${string}` | `poll ${string}` | 'session' | 'notes' | 'recording'

/** Says to every open page of a lecture what has changed. */
export const tellChange = (ctx: Pick<Context, 'db' | 'tenantId'>, activityId: string, what: Changed): Promise<void> =>
  sayChange(ctx, lecturesChannel, activityId, what)
