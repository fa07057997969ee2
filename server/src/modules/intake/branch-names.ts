import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'

/** An organisation as the names of a table are compared with it. */
export type NamedOrganization = Pick<
  typeof organizations.$inferSelect,
  'id' | 'path' | 'name' | 'shortName' | 'kind' | 'establishedOn' | 'dissolvedOn'
>

/** What a name of a branch stands for: one organisation, none, or several. */
export type BranchReading = { organization: NamedOrganization } | { fault: string }

/** Tells for which organisation below a place a name stands: by its name or short name, or as decided by hand. */
export interface BranchNames {
  read(name: string | undefined): BranchReading
  byId: ReadonlyMap<string, NamedOrganization>
}

/** The names of the organisations below a place. `decided` are names that somebody has mapped, by name. */
export async function branchNames(
  { db, tenantId }: Context,
  path: OrgPath,
  decided: Readonly<Record<string, string>>,
): Promise<BranchNames> {
  const rows = await db
    .select({
      id: organizations.id,
      path: organizations.path,
      name: organizations.name,
      shortName: organizations.shortName,
      kind: organizations.kind,
      establishedOn: organizations.establishedOn,
      dissolvedOn: organizations.dissolvedOn,
    })
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), within(organizations.path, [path])))
    .orderBy(asc(organizations.path))
  const living = rows.filter((it) => it.dissolvedOn === null)
  const byId = new Map(rows.map((it) => [it.id, it]))
  const byName = new Map<string, NamedOrganization[]>()
  for (const it of living) {
    for (const name of new Set([it.name, it.shortName ?? it.name].map(evenName))) {
      byName.set(name, [...(byName.get(name) ?? []), it])
    }
  }
  const root = living.find((it) => it.path === path)
  const isOnlyBranch = living.length === 1 && root !== undefined
  const here = `“${root?.name ?? '导入范围'}”范围内`
  return {
    byId,
    read(name) {
      const chosen = byId.get(decided[name ?? ''] ?? '')
      if (chosen && chosen.dissolvedOn === null) return { organization: chosen }
      if (name === undefined) {
        if (isOnlyBranch && root) return { organization: root }
        return { fault: '没有写所在党支部。请在表中补上，或把空白的支部名称对应到一个支部' }
      }
      const [organization, second] = byName.get(evenName(name)) ?? []
      if (organization && !second) return { organization }
      if (organization) return { fault: `${here}有不止一个组织叫“${name}”。请把这个名称对应到其中一个` }
      return { fault: `${here}没有叫“${name}”的组织。请把这个名称对应到已有的支部，或核对是否属于导入范围` }
    },
  }
}

/** Blanks, the form of brackets and the word 中共 in front make no difference. */
const evenName = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').replace(/^中共/, '')
