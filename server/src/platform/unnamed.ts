import type { Context } from './context.ts'
import { personOf } from './reach.ts'

/**
 * The mark of the actor under one deed. The same person makes the same mark again, and so finds and changes what is theirs; for anybody
 * else it says nothing, and two marks of one person cannot be told to be of one person without the key of this server.
 */
export const unnamedMark = (ctx: Pick<Context, 'encryption' | 'actor'>, deed: string): string =>
  ctx.encryption.keyedHash(`${deed} ${personOf(ctx)}`)
