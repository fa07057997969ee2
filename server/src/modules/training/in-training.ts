import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import { type Env, inWholeUniversity } from '../../platform/http.ts'
import { refuseOutsiders } from '../../platform/reach.ts'

/** Runs a use case over the whole university: a list shows whoever is on it what they take part in, wherever they have moved. What may be seen is settled by each use case. */
export const inTraining = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inWholeUniversity(c, (ctx) => {
    refuseOutsiders(ctx.actor, '参加培训')
    return useCase(ctx)
  })
