import { type Day, type TermBody, type TermReport, termReport } from '@zhibu/rules'
import { and, desc, eq, isNull, type SQL } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import type { OrganizationKind } from './kinds-schema.ts'
import type { ExpiringTerm, TermRow } from './schema.ts'
import { organizations, terms } from './tables.ts'

type TermStored = typeof terms.$inferSelect

/** The terms within the actor's reach whose re-election is near or overdue, the most urgent first. */
export async function listExpiringTerms(ctx: Context): Promise<{ items: ExpiringTerm[] }> {
  const reported = await reportedTerms(ctx, within(organizations.path, ctx.actor.rootsOf('read-files')))
  const items = reported.flatMap(({ organization: it, term, report }) => {
    if (report.standing === 'running') return []
    const { standing, reElectBy, explanations } = report
    const { from, until } = term
    return [
      {
        organizationId: it.id,
        name: it.name,
        kind: it.kind,
        from,
        until,
        standing,
        reElectBy,
        explanations: [...explanations],
      },
    ]
  })
  return { items: items.sort((a, b) => (a.reElectBy < b.reElectBy ? -1 : a.reElectBy > b.reElectBy ? 1 : 0)) }
}

/** Where the present terms in a part of the tree stand whose end comes by a day, those that are over with them. */
export async function listTermEnds(
  ctx: Reporting,
  root: OrgPath,
  until: Day,
): Promise<{ organization: { id: string; name: string }; report: TermReport }[]> {
  const reported = await reportedTerms(ctx, within(organizations.path, [root]))
  return reported.filter(({ report }) => report.reElectBy <= until)
}

type Reporting = Pick<Context, 'db' | 'tenantId' | 'today'>

/** What the rules say of the last terms of these organisations, as far as they stand and elect somebody. */
async function reportedTerms(ctx: Reporting, where: SQL) {
  const term = presentTerms(ctx)
  const rows = await ctx.db
    .select({ organization: organizations, from: term.from, until: term.until, delayedUntil: term.delayedUntil })
    .from(organizations)
    .innerJoin(term, eq(term.organizationId, organizations.id))
    .where(and(eq(organizations.tenantId, ctx.tenantId), where, isNull(organizations.dissolvedOn)))
    .orderBy(organizations.path)
  return rows.flatMap(({ organization, ...term }) => {
    const report = reportOn(organization, term, ctx.today)
    return report ? [{ organization, term, report }] : []
  })
}

/** The last term of an organisation. */
export async function findLastTerm(ctx: Context, organizationId: string): Promise<TermStored | undefined> {
  const [row] = await ctx.db
    .select()
    .from(terms)
    .where(and(eq(terms.tenantId, ctx.tenantId), eq(terms.organizationId, organizationId)))
    .orderBy(desc(terms.from))
    .limit(1)
  return row
}

/** The last term of each organisation, as a part of other statements. */
export function presentTerms(ctx: Pick<Context, 'db' | 'tenantId'>) {
  return ctx.db
    .selectDistinctOn([terms.organizationId], {
      organizationId: terms.organizationId,
      from: terms.from,
      until: terms.until,
      delayedUntil: terms.delayedUntil,
    })
    .from(terms)
    .where(eq(terms.tenantId, ctx.tenantId))
    .orderBy(terms.organizationId, desc(terms.from))
    .as('term')
}

/** What the rules say of a term on a day; nothing where no body is elected. */
export function reportOn(
  it: { kind: OrganizationKind },
  term: { from: Day; until: Day; delayedUntil: Day | null },
  on: Day,
  endedOn?: Day,
): TermReport | undefined {
  const body = electedBody(it.kind)
  if (!body) return undefined
  const delayedUntil = term.delayedUntil ?? term.until
  return termReport({ body, electedOn: term.from, delayedUntil, ...(endedOn ? { endedOn } : {}) }, on)
}

/** A term as a screen shows it; `next` is the term after it. */
export function termShown(
  it: Pick<typeof organizations.$inferSelect, 'kind' | 'dissolvedOn'>,
  term: TermStored,
  next: TermStored | undefined,
  on: Day,
): TermRow {
  const { id, from, until, delayedUntil, documentNumber } = term
  const report = reportOn(it, term, on, next?.from ?? it.dissolvedOn ?? undefined)
  const { standing, reElectBy, planFrom, requestFrom, explanations } = report ?? {
    standing: 'ended' as const,
    reElectBy: until,
    planFrom: until,
    requestFrom: until,
    explanations: [],
  }
  return {
    id,
    from,
    until,
    delayedUntil,
    documentNumber,
    standing,
    reElectBy,
    planFrom,
    requestFrom,
    explanations: [...explanations],
  }
}

/** The body that is elected for a term, by the kind of organisation; none where leaders are appointed or nobody is elected. */
export function electedBody(kind: OrganizationKind): TermBody | undefined {
  if (kind === 'universityCommittee' || kind === 'partyCommittee' || kind === 'generalBranch') return kind
  return kind === 'temporaryBranch' || kind === 'partyGroup' ? undefined : 'branch'
}
