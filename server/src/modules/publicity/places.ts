import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { ancestors } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import type { Places } from './schema.ts'

/** The organisations for which the actor may write, as `mayWrite` says, and where they belong. */
export async function listPlaces({ db, tenantId, actor }: Context): Promise<Places> {
  if (actor.administrator !== null) return { organizationIds: [], ownId: null }
  const [own] =
    actor.personId === null
      ? []
      : await db
          .select({ path: persons.path })
          .from(persons)
          .where(and(eq(persons.tenantId, tenantId), eq(persons.id, actor.personId)))
  const rows = await db
    .select({ id: organizations.id, path: organizations.path })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, tenantId),
        isNull(organizations.dissolvedOn),
        or(
          within(organizations.path, actor.rootsOf('publish')),
          own && inArray(organizations.path, [...ancestors(own.path), own.path]),
        ),
      ),
    )
    .orderBy(organizations.path)
  return {
    organizationIds: rows.map((it) => it.id),
    ownId: rows.find((it) => it.path === own?.path)?.id ?? null,
  }
}
