import { and, asc, eq, gte, isNull, lte, or } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { authorize } from '../../platform/refusal.ts'
import { type ListColumn, writeList } from '../../platform/spreadsheet/export-table.ts'
import { within } from '../../platform/within.ts'
import { branchTypeNames, officeNames, organizationKindNames, termStandingNames } from './names-schema.ts'
import { readTree } from './queries.ts'
import { type OfficeKind, type OrganizationsExport, officeKinds, type TreeNode } from './schema.ts'
import { offices, organizations } from './tables.ts'
import { presentTerms } from './terms.ts'

/** An organisation with all that its line says. */
interface Listed {
  node: TreeNode
  above: string | undefined
  establishedOn: string | null
  /** Who holds which office today. */
  officers: ReadonlyMap<OfficeKind, readonly string[]>
  term: { from: string; until: string; delayedUntil: string | null } | undefined
}

/**
 * Writes the organisations in which the actor reads files as .xlsx, in the order of the tree: what each is, who holds which
 * office today, and when its re-election is due. Offices that nobody holds have no column.
 */
export async function exportOrganizations(ctx: Context, query: OrganizationsExport): Promise<NamedFile> {
  authorize(ctx.actor.holdsAnywhere('read-files'), '导出组织名单')
  const rows = await listed(ctx, query)
  const held = officeKinds.filter((office) => rows.some((it) => it.officers.has(office)))
  const { bytes, count } = await writeList([...described, ...held.map(columnOf), ...ofTerm], rows, '组织')
  await record(ctx, 'organization.exported', { kind: 'list', id: 'organizations' }, { count, query })
  return { name: `党组织名单${ctx.today}.xlsx`, bytes }
}

async function listed(ctx: Context, query: OrganizationsExport): Promise<Listed[]> {
  const { tenantId } = ctx
  const reach = within(organizations.path, ctx.actor.rootsOf('read-files'))
  const { nodes } = await readTree(ctx, query)
  const names = new Map(nodes.map((it) => [it.id, it.name]))
  const days = await ctx.db
    .select({ id: organizations.id, establishedOn: organizations.establishedOn })
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), reach))
  const term = presentTerms(ctx)
  const terms = await ctx.db.select().from(term)
  const officers = await ctx.db
    .select({ organizationId: offices.organizationId, office: offices.office, name: offices.personName })
    .from(offices)
    .where(
      and(
        eq(offices.tenantId, tenantId),
        within(offices.path, ctx.actor.rootsOf('read-files')),
        lte(offices.from, ctx.today),
        or(isNull(offices.until), gte(offices.until, ctx.today)),
      ),
    )
    .orderBy(asc(offices.from), asc(offices.id))
  const established = new Map(days.map((it) => [it.id, it.establishedOn]))
  const termOf = new Map(terms.map((it) => [it.organizationId, it]))
  const officersOf = Map.groupBy(officers, (it) => it.organizationId)
  return nodes
    .filter((it) => it.can.readFiles)
    .map((node) => ({
      node,
      above: node.parentId === null ? undefined : names.get(node.parentId),
      establishedOn: established.get(node.id) ?? null,
      officers: namesByOffice(officersOf.get(node.id) ?? []),
      term: termOf.get(node.id),
    }))
}

function namesByOffice(held: readonly { office: OfficeKind; name: string }[]): Map<OfficeKind, string[]> {
  const byOffice = Map.groupBy(held, (it) => it.office)
  return new Map([...byOffice].map(([office, all]) => [office, all.map((it) => it.name)]))
}

const described: readonly ListColumn<Listed>[] = [
  { header: '组织名称', cell: (it) => it.node.name },
  { header: '简称', cell: (it) => it.node.shortName },
  { header: '上级组织', cell: (it) => it.above },
  { header: '组织类别', cell: (it) => organizationKindNames[it.node.kind] },
  { header: '支部类型', cell: (it) => it.node.branchType && branchTypeNames[it.node.branchType] },
  { header: '组织编码', cell: (it) => it.node.code },
  { header: '成立日期', holdsDays: true, cell: (it) => it.establishedOn },
  { header: '撤销日期', holdsDays: true, cell: (it) => it.node.dissolvedOn },
  { header: '本级人数', cell: (it) => it.node.personCount },
  { header: '含下级人数', cell: (it) => it.node.personCountBelow },
]

const columnOf = (office: OfficeKind): ListColumn<Listed> => ({
  header: officeNames[office],
  cell: (it) => it.officers.get(office)?.join('、'),
})

const ofTerm: readonly ListColumn<Listed>[] = [
  { header: '本届开始', holdsDays: true, cell: (it) => it.term?.from },
  { header: '本届届满', holdsDays: true, cell: (it) => it.term?.until },
  { header: '经批准延期至', holdsDays: true, cell: (it) => it.term?.delayedUntil },
  { header: '最迟换届日期', holdsDays: true, cell: (it) => it.node.term?.reElectBy },
  { header: '换届情况', cell: (it) => it.node.term && termStandingNames[it.node.term.standing] },
]
