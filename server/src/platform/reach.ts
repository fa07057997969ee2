import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Context as HonoContext } from 'hono'
import type { Actor, Context } from './context.ts'
import { type Env, inTransactionAt } from './http.ts'
import { ancestors, isWithin, type OrgPath } from './org-path.ts'
import { authorize } from './refusal.ts'

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

/** Whether what is open at a place is read by the actor. */
export function isInReach(actor: Actor, path: OrgPath): boolean {
  const { places, roots } = reachOf(actor)
  return places.includes(path) || roots.some((root) => isWithin(path, root))
}

/** Runs a use case over what the actor may read at their organisations. Refuses whoever is no person of the university; `named`: in what they take no part. */
export function inReach<T>(c: HonoContext<Env>, named: string, useCase: (ctx: Context) => Promise<T>): Promise<T> {
  const { actor } = c.var
  return inTransactionAt(c, actor ? reachOf(actor) : { places: [], roots: [] }, (ctx) => {
    refuseOutsiders(ctx.actor, named)
    return useCase(ctx)
  })
}

/** The administrators and accounts without a person take no part. */
export function refuseOutsiders(actor: Actor, named: string): void {
  authorize(actor.personId !== null && actor.administrator === null, named)
}

/** The id of the person who acts. */
export const personOf = ({ actor }: Pick<Context, 'actor'>): string => actor.personId ?? ''

/** `column = any(paths)`. */
export const isAnyOf = (column: SQL | PgColumn, paths: readonly OrgPath[]): SQL =>
  sql`${column} = any(${sql.param(paths)}::text[])`
