import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { authorize, found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { numbered } from '../people/numbered.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import { holdsOffice } from './audience.ts'
import { type NamedPerson, pageOfPersons } from './persons-page.ts'
import { maySend } from './policy.ts'
import type { AddresseesQuery } from './schema.ts'

/**
 * A page of the persons whom the actor may name one by one in an audience, found as in the register or of one organisation: names and
 * organisations, and nothing else of their files, which the right to send does not open. Runs over the whole university.
 */
export async function listAddressees(
  ctx: Context,
  { q, organizationId, ...asked }: AddresseesQuery,
): Promise<Page<NamedPerson>> {
  const reach = await reachOf(ctx, organizationId)
  const meant = q === undefined ? reach : meantBy(ctx, q, reach)
  const ids = sql`select ${persons.id} from ${persons} where ${and(eq(persons.tenantId, ctx.tenantId), reach, meant)}`
  return pageOfPersons(ctx, sql`persons p`, sql`p.tenant_id = ${ctx.tenantId} and p.id in (${ids})`, asked)
}

/** The same by their numbers, out of a list that somebody has. Runs over the whole university. */
export const findAddressees = async (ctx: Context, numbers: readonly string[]) =>
  numbered(ctx, numbers, await reachOf(ctx, undefined))

/** Who belongs to the part of the tree in which the actor sends notices, or holds an office there; or to an organisation of it. */
async function reachOf(ctx: Context, organizationId: string | undefined): Promise<SQL> {
  if (organizationId !== undefined) {
    const { path } = found(await findOrganization(ctx, organizationId), '个组织')
    authorize(maySend(ctx.actor, path), '向这个组织的人员发通知')
    return within(persons.path, [path])
  }
  const roots = ctx.actor.rootsOf('send-notices')
  authorize(roots.length > 0, '发通知')
  return or(within(persons.path, roots), holdsOffice(ctx, [], roots, sql`${persons}`)) ?? sql`false`
}
