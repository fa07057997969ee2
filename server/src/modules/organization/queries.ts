import type { Day } from '@zhibu/rules'
import { and, asc, count, desc, eq, gte, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Context, Right } from '../../platform/context.ts'
import { ancestors, isWithin, type OrgPath } from '../../platform/org-path.ts'
import { found } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { may, officesWith } from './policy.ts'
import { type OfficeRow, type OrganizationPage, officeKinds, type TreeNode, type TreeQuery } from './schema.ts'
import { offices, organizations, register, terms } from './tables.ts'
import { presentTerms, reportOn, termShown } from './terms.ts'

export type OrganizationRow = typeof organizations.$inferSelect

/** The organisations that stand in these parts of the tree, from above to below: where the actor may do something. */
export async function listStanding(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  roots: readonly OrgPath[],
): Promise<{ id: string; name: string }[]> {
  return await db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(
      and(eq(organizations.tenantId, tenantId), isNull(organizations.dissolvedOn), within(organizations.path, roots)),
    )
    .orderBy(organizations.path)
}

/** The whole tree in one statement, from above to below, with the persons whom the actor may see. */
export async function readTree(ctx: Context, { dissolved }: TreeQuery): Promise<{ nodes: TreeNode[] }> {
  const counted = countedPersons(ctx)
  const secretary = presentSecretaries(ctx)
  const term = presentTerms(ctx)
  const rows = await ctx.db
    .select({
      organization: organizations,
      persons: sql<number>`coalesce(${counted.persons}, 0)::int`,
      secretary: secretary.personName,
      from: term.from,
      until: term.until,
      delayedUntil: term.delayedUntil,
    })
    .from(organizations)
    .leftJoin(counted, eq(counted.path, organizations.path))
    .leftJoin(secretary, eq(secretary.organizationId, organizations.id))
    .leftJoin(term, eq(term.organizationId, organizations.id))
    .where(and(eq(organizations.tenantId, ctx.tenantId), dissolved ? undefined : isNull(organizations.dissolvedOn)))
    .orderBy(asc(organizations.path))

  const below = countsBelow(rows.map((row) => ({ path: row.organization.path, persons: row.persons })))
  const nodes = rows.map(({ organization: it, persons, secretary, from, until, delayedUntil }) => {
    const report = from && until ? reportOn(it, { from, until, delayedUntil }, ctx.today) : undefined
    return {
      id: it.id,
      parentId: it.parentId,
      kind: it.kind,
      branchType: it.branchType,
      name: it.name,
      shortName: it.shortName,
      code: it.code,
      pinyin: it.pinyin,
      initials: it.initials,
      dissolvedOn: it.dissolvedOn,
      personCount: persons,
      personCountBelow: below.get(it.path) ?? 0,
      secretary,
      term: report ? { standing: report.standing, reElectBy: report.reElectBy } : null,
      can: may(ctx.actor, it),
    }
  })
  return { nodes }
}

/** One organisation with its officers, its terms, and what lies above and below. Four statements. */
export async function readOrganization(ctx: Context, organizationId: string): Promise<OrganizationPage> {
  const it = found(await findOrganization(ctx, organizationId), '个组织')
  const { tenantId } = ctx
  const around = await ctx.db
    .select({
      id: organizations.id,
      parentId: organizations.parentId,
      path: organizations.path,
      name: organizations.name,
      kind: organizations.kind,
      dissolvedOn: organizations.dissolvedOn,
      persons: personsAt(ctx, it.path),
      personsBelow: personsBelow(ctx, it.path),
    })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, tenantId),
        or(inArray(organizations.path, [...ancestors(it.path), it.path]), eq(organizations.parentId, it.id)),
      ),
    )
    .orderBy(asc(organizations.path))
  const held = await ctx.db
    .select()
    .from(offices)
    .where(and(eq(offices.tenantId, tenantId), eq(offices.organizationId, it.id)))
    .orderBy(asc(offices.from), asc(offices.id))
  const kept = await ctx.db
    .select()
    .from(terms)
    .where(and(eq(terms.tenantId, tenantId), eq(terms.organizationId, it.id)))
    .orderBy(desc(terms.from))

  const self = around.find((row) => row.id === it.id)
  const isOver = (row: { until: Day | null }) => row.until !== null && row.until < ctx.today
  return {
    id: it.id,
    kind: it.kind,
    branchType: it.branchType,
    name: it.name,
    shortName: it.shortName,
    code: it.code,
    establishedOn: it.establishedOn,
    dissolvedOn: it.dissolvedOn,
    dissolutionReason: it.dissolutionReason,
    canApproveProbationary: it.canApproveProbationary,
    above: around
      .filter((row) => row.id !== it.id && isWithin(it.path, row.path))
      .map(({ id, name }) => ({ id, name })),
    children: around
      .filter((row) => row.parentId === it.id)
      .map(({ id, name, kind, dissolvedOn }) => ({ id, name, kind, dissolvedOn })),
    personCount: self?.persons ?? 0,
    personCountBelow: self?.personsBelow ?? 0,
    officers: held
      .filter((row) => !isOver(row))
      .map(officeShown)
      .sort(inOrderOfOffices),
    formerOfficers: held.filter(isOver).map(officeShown).reverse(),
    terms: kept.map((term, at) => termShown(it, term, kept[at - 1], ctx.today)),
    revision: it.revision,
    can: may(ctx.actor, it),
  }
}

/** Who holds an office with this right today at a place, or where nobody does, at the nearest above. */
export async function nearestOfficers(
  { db, tenantId, today }: Pick<Context, 'db' | 'tenantId' | 'today'>,
  path: OrgPath,
  right: Right,
): Promise<string[]> {
  const held = await db
    .select({ personId: offices.personId, path: offices.path })
    .from(offices)
    .where(
      and(
        eq(offices.tenantId, tenantId),
        inArray(offices.path, [...ancestors(path), path]),
        inArray(offices.office, [...officesWith(right)]),
        lte(offices.from, today),
        or(isNull(offices.until), gte(offices.until, today)),
      ),
    )
  const nearest = held.reduce((longest, it) => (it.path.length > longest.length ? it.path : longest), '')
  return [...new Set(held.filter((it) => it.path === nearest).map((it) => it.personId))].sort()
}

/** An organisation; locked against changes by others, or against being dissolved, until the transaction ends. */
export async function findOrganization(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  organizationId: string,
  { lock }: { lock?: 'update' | 'share' } = {},
): Promise<OrganizationRow | undefined> {
  const query = ctx.db
    .select()
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, organizationId)))
    .$dynamic()
  const [row] = await (lock ? query.for(lock) : query)
  return row
}

/** How many persons an organisation itself has, and how many living organisations stand directly below it. */
export async function countAttached(ctx: Context, it: OrganizationRow): Promise<{ persons: number; children: number }> {
  const [row] = await ctx.db
    .select({ persons: personsAt(ctx, it.path), children: count() })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, ctx.tenantId),
        eq(organizations.parentId, it.id),
        isNull(organizations.dissolvedOn),
      ),
    )
  return row ?? { persons: 0, children: 0 }
}

/** The path of the last child ever set up below an organisation; dissolved ones keep theirs. */
export async function lastChildPath(ctx: Context, parentId: string): Promise<OrgPath | undefined> {
  const [row] = await ctx.db
    .select({ path: organizations.path })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.parentId, parentId)))
    .orderBy(desc(organizations.path))
    .limit(1)
  return row?.path
}

/** Persons by organisation, of those within the actor's reach. */
function countedPersons(ctx: Context) {
  return ctx.db
    .select({ path: register.path, persons: count().as('persons') })
    .from(register)
    .where(and(eq(register.tenantId, ctx.tenantId), within(register.path, ctx.actor.rootsOf('read-files'))))
    .groupBy(register.path)
    .as('counted')
}

function presentSecretaries(ctx: Context) {
  return ctx.db
    .selectDistinctOn([offices.organizationId], {
      organizationId: offices.organizationId,
      personName: offices.personName,
    })
    .from(offices)
    .where(
      and(
        eq(offices.tenantId, ctx.tenantId),
        eq(offices.office, 'secretary'),
        lte(offices.from, ctx.today),
        or(isNull(offices.until), gte(offices.until, ctx.today)),
      ),
    )
    .orderBy(offices.organizationId, desc(offices.from))
    .as('secretary')
}

function personsAt(ctx: Context, path: OrgPath): SQL<number> {
  return sql<number>`(select count(*)::int from ${register} where ${register.tenantId} = ${ctx.tenantId} and ${register.path} = ${path})`
}

function personsBelow(ctx: Context, path: OrgPath): SQL<number> {
  return sql<number>`(select count(*)::int from ${register} where ${register.tenantId} = ${ctx.tenantId} and ${within(register.path, [path])})`
}

/** For each path the persons of it and of all below it. */
function countsBelow(rows: readonly { path: OrgPath; persons: number }[]): Map<OrgPath, number> {
  const sums = new Map<OrgPath, number>()
  for (const { path, persons } of rows) {
    for (const above of [...ancestors(path), path]) sums.set(above, (sums.get(above) ?? 0) + persons)
  }
  return sums
}

function officeShown(row: typeof offices.$inferSelect): OfficeRow {
  const { id, personId, personName, office, from, until, documentNumber, endReason } = row
  return { id, personId, personName, office, from, until, documentNumber, endReason }
}

const inOrderOfOffices = (a: OfficeRow, b: OfficeRow) => officeKinds.indexOf(a.office) - officeKinds.indexOf(b.office)
