import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context as HonoContext } from 'hono'
import type { Actor, Context } from '../../platform/context.ts'
import type { Env } from '../../platform/http.ts'
import { inReach, isAnyOf, reachOf } from '../../platform/reach.ts'
import { within } from '../../platform/within.ts'
import { discussionTopics } from './tables.ts'

/** Runs a use case over what the actor may read of discussions. Refuses whoever is no person of the university. */
export const inDiscussion = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inReach(c, takingPart, useCase)

/** What the administrators take no part in. */
export const takingPart = '参加交流'

/** True for topics that the actor may read, by what stands in their rows. A protected author is not known here. */
export function isReadable(actor: Actor): SQL {
  const { authorId, isConfidential, hiddenAt, path } = discussionTopics
  const { places, roots } = reachOf(actor)
  return sql`(${authorId} = ${actor.personId}::uuid or ${within(path, actor.rootsOf('moderate'))}
    or (not ${isConfidential} and ${hiddenAt} is null and (${isAnyOf(path, places)} or ${within(path, roots)})))`
}

/** One topic, by the key of its table. */
export const isTopic = ({ tenantId }: Pick<Context, 'tenantId'>, topicId: string): SQL =>
  and(eq(discussionTopics.tenantId, tenantId), eq(discussionTopics.id, topicId)) ?? sql`false`
