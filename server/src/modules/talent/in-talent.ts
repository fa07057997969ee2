import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import { type Env, inWholeUniversity } from '../../platform/http.ts'
import { refuseOutsiders } from '../../platform/reach.ts'

/** Runs a use case over the whole university: who belongs to one organisation holds offices in another. What may be seen is settled by each use case. */
export const inTalent = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inWholeUniversity(c, (ctx) => {
    refuseOutsiders(ctx.actor, '工作队伍')
    return useCase(ctx)
  })
