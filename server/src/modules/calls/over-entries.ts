import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import { type Env, inWholeUniversity } from '../../platform/http.ts'
import { refuseOutsiders } from '../../platform/reach.ts'

/**
 * Runs a use case about entries over the whole university, where what is asked for may belong to a call out of reach: a reviewer from another
 * college, an author who has moved to one. The use case asks first whose the entry is, or to whom it was given.
 */
export const overEntries = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inWholeUniversity(c, (ctx) => {
    refuseOutsiders(ctx.actor, '参加征集')
    return useCase(ctx)
  })
