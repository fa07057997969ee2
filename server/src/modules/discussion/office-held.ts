import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { isAnyOf } from '../../platform/reach.ts'
import { officeNames } from '../organization/names-schema.ts'
import { officesWith } from '../organization/policy.ts'
import { type OfficeKind, officeKinds } from '../organization/schema.ts'
import { offices, organizations } from '../organization/tables.ts'

/** Offices held on the day of the context. */
export const isHeld = ({ tenantId, today }: Pick<Context, 'tenantId' | 'today'>) =>
  sql`${offices.tenantId} = ${tenantId} and ${offices.from} <= ${today} and (${offices.until} is null or ${offices.until} >= ${today})`

const moderating = officesWith('moderate')

/** The office by which the actor answers at a place, in words: the nearest one at or above it. */
export async function answeringOffice(ctx: Context, path: OrgPath): Promise<string> {
  const held = await ctx.db
    .select({ office: offices.office, path: offices.path, name: organizations.name })
    .from(offices)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, offices.tenantId), eq(organizations.id, offices.organizationId)),
    )
    .where(
      and(
        isHeld(ctx),
        eq(offices.personId, ctx.actor.personId ?? ''),
        isAnyOf(sql`${offices.path}`, [...ancestors(path), path]),
      ),
    )
  const [nearest] = held
    .filter((it) => moderating.includes(it.office))
    .sort((a, b) => b.path.length - a.path.length || officeKinds.indexOf(a.office) - officeKinds.indexOf(b.office))
  return nearest ? `${nearest.name}${officeNames[nearest.office]}` : ''
}

/** Which office answers at an organisation unless another one is named: the first that is held there. */
export async function usualOffice(
  ctx: Pick<Context, 'db' | 'tenantId' | 'today'>,
  organizationId: string,
): Promise<OfficeKind> {
  const held = await ctx.db
    .select({ office: offices.office })
    .from(offices)
    .where(and(isHeld(ctx), eq(offices.organizationId, organizationId)))
  return officeKinds.find((kind) => moderating.includes(kind) && held.some((it) => it.office === kind)) ?? 'secretary'
}
