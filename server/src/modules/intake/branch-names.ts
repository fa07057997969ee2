import type { OrgPath } from '../../platform/org-path.ts'
import type { organizations } from '../organization/tables.ts'

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

/** The names of the organisations below a place, `rows` in the order of their paths. `decided` are names that somebody has mapped, by name. */
export function branchNames(
  rows: readonly NamedOrganization[],
  path: OrgPath,
  decided: Readonly<Record<string, string>>,
): BranchNames {
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
      return { fault: `${here}没有叫“${name}”的组织。${remedy}` }
    },
  }
}

const remedy = '请把这个名称对应到已有的支部，或选“新设这个支部”（限组织部）、“不导入”'

/** Blanks, the form of brackets and the word 中共 in front make no difference. */
const evenName = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').replace(/^中共/, '')
