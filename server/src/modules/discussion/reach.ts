import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context as HonoContext } from 'hono'
import type { Actor, Context } from '../../platform/context.ts'
import { type Env, inTransactionAt } from '../../platform/http.ts'
import { ancestors, isWithin, type OrgPath } from '../../platform/org-path.ts'
import { authorize } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { discussionTopics } from './tables.ts'

/** Where an actor reads what is open: at single places of the tree, and in whole parts of it because of an office. */
export interface Reach {
  places: OrgPath[]
  roots: OrgPath[]
}

/** Everybody reads at each organisation to which they belong, from their own up to the university; officers all below theirs as well. */
export function reachOf(actor: Actor): Reach {
  if (actor.administrator !== null || actor.personId === null) return { places: [], roots: [] }
  const all = actor.grants.map((it) => it.path)
  const roots = [...new Set(all)].filter((it) => !all.some((other) => other !== it && isWithin(it, other))).sort()
  const home = actor.home ?? roots[0]
  const upwards = home === undefined ? [] : [...ancestors(home), ...(actor.home === null ? [] : [home])]
  return { places: upwards.filter((it) => !roots.some((root) => isWithin(it, root))), roots }
}

/** Runs a use case over what the actor may read of discussions. Refuses whoever is no person of the university. */
export function inDiscussion<T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> {
  const { actor } = c.var
  return inTransactionAt(c, actor ? reachOf(actor) : { places: [], roots: [] }, (ctx) => {
    refuseOutsiders(ctx.actor)
    return useCase(ctx)
  })
}

/** The administrators and accounts without a person take no part in discussions. */
export function refuseOutsiders(actor: Actor): void {
  authorize(actor.personId !== null && actor.administrator === null, '参加交流')
}

/** The id of the person who acts. */
export const personOf = ({ actor }: Pick<Context, 'actor'>): string => actor.personId ?? ''

/** True for topics that the actor may read, by what stands in their rows. A protected author is not known here. */
export function isReadable(actor: Actor): SQL {
  const { authorId, isConfidential, hiddenAt, path } = discussionTopics
  const { places, roots } = reachOf(actor)
  return sql`(${authorId} = ${actor.personId}::uuid or ${within(path, actor.rootsOf('moderate'))}
    or (not ${isConfidential} and ${hiddenAt} is null and (${isAnyOf(path, places)} or ${within(path, roots)})))`
}

/** `column = any(paths)`. */
export const isAnyOf = (column: SQL | typeof discussionTopics.path, paths: readonly OrgPath[]): SQL =>
  sql`${column} = any(${sql.param(paths)}::text[])`

/** One topic, by the key of its table. */
export const isTopic = ({ tenantId }: Pick<Context, 'tenantId'>, topicId: string): SQL =>
  and(eq(discussionTopics.tenantId, tenantId), eq(discussionTopics.id, topicId)) ?? sql`false`
