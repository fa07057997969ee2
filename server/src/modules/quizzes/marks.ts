import type { Context } from '../../platform/context.ts'
import { unnamedMark } from '../../platform/unnamed.ts'

/** Under which what somebody answers alone is kept in one set, and what they do in one room. */
type Deed = 'alone' | 'seat'

/** The mark of the actor under one deed in one set or room. */
export const markOf = (ctx: Pick<Context, 'encryption' | 'actor'>, deed: Deed, id: string): string =>
  unnamedMark(ctx, `quizzes ${deed} ${id}`)
