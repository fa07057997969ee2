import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { runRoots } from './policy.ts'

/** The organisations for which the actor holds examinations and keeps banks. */
export async function listRunPlaces({ db, tenantId, actor }: Context): Promise<{ id: string; name: string }[]> {
  return await db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, tenantId),
        isNull(organizations.dissolvedOn),
        within(organizations.path, runRoots(actor)),
      ),
    )
    .orderBy(organizations.path)
}
