import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import { type Env, inTransaction, inWholeUniversity } from '../../platform/http.ts'
import { refuseOutsiders } from '../../platform/reach.ts'

/**
 * Runs a use case over the whole university: candidates come from anywhere, and rows about them are shown by no office. Who may do what is asked
 * first in each use case (`stored.ts`).
 */
export const overExams = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inWholeUniversity(c, (ctx) => {
    refuseOutsiders(ctx.actor, '考试')
    return useCase(ctx)
  })

/** Runs a use case over the banks that the offices of the actor open: to others the database has none. */
export const overBanks = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inTransaction(c, (ctx) => {
    refuseOutsiders(ctx.actor, '考试')
    return useCase(ctx)
  })
