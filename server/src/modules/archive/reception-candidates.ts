import { and, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import type { SealedFile } from '../../platform/packages/sealed-file.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { organizationOfPerson } from '../people/queries.ts'
import { persons } from '../people/tables.ts'
import type { Arrived, TakenItem } from './arriving.ts'
import { contentsOf, receptionOf } from './receivers.ts'
import type { ReceptionCheck, ReceptionQuestion } from './reception-schema.ts'
import { isRefused, type StoredReception } from './receptions-list.ts'

/** The person or the organisation that somebody chose. */
export type Chosen = Omit<ReceptionQuestion, 'uploadId'>

type Candidate = ReceptionCheck['candidates'][number]

/** So many of the same name are offered. */
const mostCandidates = 20

/**
 * Persons, or organisations, with the number or the name of the package whose files the actor keeps, and the one that was chosen:
 * with what of the package lies in their files already.
 */
export async function candidatesFor(
  ctx: Context,
  { subject }: SealedFile,
  { taken, digests, chosen }: Pick<Arrived, 'digests'> & { taken: ReadonlyMap<number, TakenItem>; chosen: Chosen },
): Promise<Candidate[]> {
  const { kind, name } = subject
  const number = subject.number === '' ? null : subject.number
  const found = await (kind === 'person' ? personsLike : organizationsLike)(ctx, { number, name }, chosen)
  const candidates: Candidate[] = []
  for (const it of found) {
    const owner = kind === 'person' ? { personId: it.id } : { organizationId: it.id }
    const here = await contentsOf(ctx, owner)
    const before = await receptionOf(ctx, owner, digests.metadata)
    candidates.push({
      ...it,
      by: number !== null && it.number === number ? 'number' : it.name === name ? 'name' : 'chosen',
      present: [...taken].flatMap(([itemNumber, item]) => {
        const same = 'content' in item ? here.get(item.content.id) : undefined
        return same ? [{ number: itemNumber, title: same.title, placeLabel: same.placeLabel }] : []
      }),
      received: before ? receivedBy(before) : null,
    })
  }
  const order = ['chosen', 'number', 'name']
  return candidates.sort((a, b) => order.indexOf(a.by) - order.indexOf(b.by))
}

const receivedBy = (it: StoredReception) => ({
  id: it.id,
  by: it.acceptedByName,
  at: it.acceptedAt.toISOString(),
  isRefused: isRefused(it),
})

interface Subject {
  number: string | null
  name: string
}

type Found = Pick<Candidate, 'id' | 'name' | 'number' | 'organization'>

const personsLike = (ctx: Context, { number, name }: Subject, { personId }: Chosen): Promise<Found[]> =>
  ctx.db
    .select({
      id: persons.id,
      name: persons.name,
      number: persons.studentNumber,
      organization: organizations.name,
    })
    .from(persons)
    .innerJoin(organizations, organizationOfPerson)
    .where(
      and(
        eq(persons.tenantId, ctx.tenantId),
        within(persons.path, ctx.actor.rootsOf('keep-files')),
        ctx.actor.personId === null ? undefined : ne(persons.id, ctx.actor.personId),
        or(
          number === null ? undefined : eq(persons.studentNumber, number),
          eq(persons.name, name),
          personId === undefined ? undefined : eq(persons.id, personId),
        ),
      ),
    )
    .orderBy(...first(persons.id, personId), ...first(persons.studentNumber, number), persons.id)
    .limit(mostCandidates)

async function organizationsLike(
  ctx: Context,
  { number, name }: Subject,
  { organizationId }: Chosen,
): Promise<Found[]> {
  const above = alias(organizations, 'above')
  const rows = await ctx.db
    .select({ id: organizations.id, name: organizations.name, number: organizations.code, above: above.name })
    .from(organizations)
    .leftJoin(above, and(eq(above.tenantId, organizations.tenantId), eq(above.id, organizations.parentId)))
    .where(
      and(
        eq(organizations.tenantId, ctx.tenantId),
        within(organizations.path, ctx.actor.rootsOf('keep-files')),
        isNull(organizations.dissolvedOn),
        or(
          number === null ? undefined : eq(organizations.code, number),
          eq(organizations.name, name),
          organizationId === undefined ? undefined : eq(organizations.id, organizationId),
        ),
      ),
    )
    .orderBy(...first(organizations.id, organizationId), ...first(organizations.code, number), organizations.path)
    .limit(mostCandidates)
  return rows.map(({ above: organization, ...it }) => ({ ...it, organization: organization ?? it.name }))
}

/** Those of many with the same name that must not be left out come first. */
const first = (column: PgColumn, wanted: string | null | undefined): SQL[] =>
  wanted === null || wanted === undefined ? [] : [sql`${column} is not distinct from ${wanted} desc`]
