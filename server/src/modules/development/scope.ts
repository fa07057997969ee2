import { sql } from 'drizzle-orm'
import type { Actor, Context } from '../../platform/context.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { Prepared } from '../../platform/prepared.ts'
import { found } from '../../platform/refusal.ts'

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

/** The persons whom delegations hand to the actor, each with the fields of the task. Only where nothing below an organisation is asked for. */
export function handedTo(actor: Actor): { personIds: string[]; fields: string[] }[] {
  return actor.delegations.map(({ personIds, fields }) => ({ personIds: [...personIds], fields: [...fields] }))
}
