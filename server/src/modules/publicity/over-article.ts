import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { asks, type Env, inTransactionHolding } from '../../platform/http.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { placeOf } from './queries.ts'

/** The article of an address. */
export const ofArticle = asks('param', z.object({ articleId: z.uuid() }))

/** Runs a use case where the actor publishes, whatever else their offices open, and at the place of an article. */
export const inPublishing = <T>(
  c: HonoContext<Env>,
  useCase: (ctx: Context) => Promise<T>,
  place: readonly [OrgPath] | readonly [] = [],
): Promise<T> => inTransactionHolding(c, 'publish', useCase, place)

/**
 * Runs a use case over the place of an article: its author need not hold an office there, and whoever publishes above puts pictures of other
 * organisations into it. Whether they may see it is asked in it.
 */
export async function overArticle<T>(
  c: HonoContext<Env>,
  articleId: string,
  useCase: (ctx: Context) => Promise<T>,
): Promise<T> {
  const path = await inPublishing(c, (ctx) => placeOf(ctx, articleId))
  return inPublishing(c, useCase, [path])
}
