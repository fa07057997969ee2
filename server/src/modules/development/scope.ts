import { or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Actor, Context } from '../../platform/context.ts'
import { ancestors, isWithin, type OrgPath } from '../../platform/org-path.ts'
import { Prepared } from '../../platform/prepared.ts'
import { found } from '../../platform/refusal.ts'
import type { SortedList } from '../../platform/sorted-list.ts'
import { isOneOf, within } from '../../platform/within.ts'

/** The parts of the tree in which the actor reads files, or as much of them as lies below an organisation. */
export async function rootsFor(ctx: Context, organizationId: string | undefined): Promise<OrgPath[]> {
  const roots = ctx.actor.rootsOf('read-files')
  if (organizationId === undefined) return roots
  const below = await pathOf(ctx, organizationId)
  if (roots.some((root) => isWithin(below, root))) return [below]
  return roots.filter((root) => isWithin(root, below))
}

/** The place of an organisation in the tree. */
export async function pathOf({ db, tenantId }: Context, organizationId: string): Promise<OrgPath> {
  const [row] = await placing.rows(db, { tenantId, organizationId })
  return found(row, '个组织').path
}

const placing = new Prepared<{ path: OrgPath }>(
  'organization_path',
  sql`select path from organizations
    where tenant_id = ${sql.placeholder('tenantId')} and id = ${sql.placeholder('organizationId')}`,
)

/** Persons whom a delegation hands to the actor, with the fields of the task. */
export interface Handed {
  personIds: string[]
  fields: string[]
}

/** What delegations hand to the actor. Only where nothing below an organisation is asked for. */
export function handedTo(actor: Actor): Handed[] {
  return actor.delegations.map(({ personIds, fields }) => ({ personIds: [...personIds], fields: [...fields] }))
}

/** The columns that say whose a row is; with a kind, a helper sees the kinds of the task only. */
export interface Place {
  path: PgColumn | SQL
  person: PgColumn
  kind?: PgColumn
}

/** The rows that the actor reads and the filters let through: looked up by their places, or along an order. */
export function reached(
  ctx: Context,
  it: Place,
  roots: readonly OrgPath[],
  handed: readonly Handed[],
  filters: (place: Place) => SQL,
): Pick<SortedList, 'among' | 'along'> {
  const where = (place: Place) =>
    sql`s.tenant_id = ${ctx.tenantId} and ${withinReach(place, roots, handed)}${filters(place)}`
  // As a part of an expression the path finds no index.
  const along = where({ ...it, path: sql`(${it.path} || '')` })
  return isEverywhere(roots) ? { along } : { among: where(it), along }
}

/** The rows of the subtrees, and of the persons whom a delegation hands over. Over the whole university it says nothing. */
export function withinReach(it: Place, roots: readonly OrgPath[], handed: readonly Handed[]): SQL {
  if (isEverywhere(roots)) return sql`true`
  return sql`(${or(within(it.path, roots), ...delegatedRows(it, handed))})`
}

/** The rows that delegations hand to the actor, a part for each. */
export const delegatedRows = (it: Place, handed: readonly Handed[]): SQL[] =>
  handed.map(
    ({ personIds, fields }) =>
      sql`(${isOneOf(it.person, personIds)}${it.kind ? sql` and ${it.kind} = any(${sql.param(fields)}::text[])` : sql``})`,
  )

const isEverywhere = (roots: readonly OrgPath[]): boolean => roots.some((root) => ancestors(root).length === 0)
