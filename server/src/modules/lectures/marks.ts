import type { Context } from '../../platform/context.ts'
import { unnamedMark } from '../../platform/unnamed.ts'

/** What somebody does in a lecture without their name. */
type Deed = 'question' | 'support' | 'hand' | 'feedback'

/** The mark of the actor under one deed on one thing. */
export const markOf = (ctx: Pick<Context, 'encryption' | 'actor'>, deed: Deed, id: string): string =>
  unnamedMark(ctx, `lectures ${deed} ${id}`)
