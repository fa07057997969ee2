import { and, asc, eq, isNull, or } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { organizations } from '../organization/tables.ts'
import { ownKey } from './picture-names-schema.ts'
import { mayRead } from './policy.ts'

export interface Named {
  id: string
  name: string
  path: OrgPath
}

/** An organisation whose sums are read, and what lies directly below it. */
export interface Place extends Named {
  children: Named[]
}

/** An organisation for whoever reads the files of all in it. One statement. */
export async function openPlace(ctx: Context, organizationId: string): Promise<Place> {
  const place = found(await findPlace(ctx, organizationId), '个组织')
  authorize(mayRead(ctx.actor, place.path), '查看这个组织的统计')
  return place
}

/** An organisation with what lies directly below it, whoever asks. */
export async function findPlace(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  organizationId: string,
): Promise<Place | undefined> {
  const { id, parentId, path, name, dissolvedOn } = organizations
  const rows = await ctx.db
    .select({ id, parentId, path, name, dissolvedOn })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, ctx.tenantId),
        or(eq(id, organizationId), and(eq(parentId, organizationId), isNull(dissolvedOn))),
      ),
    )
    .orderBy(asc(path))
  const place = rows.find((it) => it.id === organizationId)
  return place && { ...named(place), children: rows.filter((it) => it.parentId === organizationId).map(named) }
}

const named = ({ id, name, path }: Named): Named => ({ id, name, path })

/** A line of a card by organisation, with where it stands. */
interface Line {
  key: string
  label: string
  organizationId: string
  path: OrgPath
}

/** What the lines of a card by organisation are: each one directly below, and the organisation itself. */
export const linesOf = ({ id, name, path, children }: Place): Line[] => [
  ...children.map((it) => ({ key: it.id, label: it.name, organizationId: it.id, path: it.path })),
  { key: ownKey, label: children.length === 0 ? name : '本级', organizationId: id, path },
]

/** The line in which something at a path is counted. */
export const lineAt = ({ children }: Place, path: OrgPath): string =>
  children.find((it) => isWithin(path, it.path))?.id ?? ownKey
