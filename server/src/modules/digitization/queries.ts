import { and, asc, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/refusal.ts'
import { dayInChina } from '../../platform/today.ts'
import type { Page } from '../../platform/wire.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { filingListOf } from '../archive/template.ts'
import { organizations } from '../organization/tables.ts'
import { organizationOfPerson } from '../people/queries.ts'
import { persons } from '../people/tables.ts'
import { mayStack } from './policy.ts'
import { isClosedTo, placeOfPart, problemOf, type SeenPerson, type StoredPart, type Surroundings } from './problems.ts'
import type { StackPart, StackRow, StackState, StacksQuery, StackView } from './schema.ts'
import { digitizationFiles, digitizationPages, digitizationParts, digitizationStacks } from './tables.ts'

export type StoredStack = typeof digitizationStacks.$inferSelect
type StoredPage = typeof digitizationPages.$inferSelect

/** The pictures of a closed stack are kept so long. */
export const keptDays = 30

/** Stacks where the reader keeps files, the last begun first. One statement. */
export async function listStacks(ctx: Context, { open, ...query }: StacksQuery): Promise<Page<StackRow>> {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.uuid()]))[0]
  const rows = await stackRows(ctx)
    .where(
      and(
        eq(digitizationStacks.tenantId, ctx.tenantId),
        within(digitizationStacks.path, ctx.actor.rootsOf('keep-files')),
        open === 'yes' ? isNull(digitizationStacks.closedAt) : undefined,
        after === undefined ? undefined : lt(digitizationStacks.id, after),
      ),
    )
    .orderBy(desc(digitizationStacks.id))
    .limit(query.limit + 1)
  const items = rows.slice(0, query.limit).map(rowOf)
  const last = items.at(-1)
  return { items, ...(rows.length > query.limit && last ? { next: writeCursor([last.id]) } : {}) }
}

/** A stack with its files, pages and parts. Eight statements, however much lies in it. */
export async function readStack(ctx: Context, stackId: string): Promise<StackView> {
  const [row] = await stackRows(ctx).where(
    and(eq(digitizationStacks.tenantId, ctx.tenantId), eq(digitizationStacks.id, stackId)),
  )
  const it = found(row && mayStack(ctx.actor, row.stack) ? row : undefined, '批材料')
  const files = await ctx.db
    .select()
    .from(digitizationFiles)
    .where(and(eq(digitizationFiles.tenantId, ctx.tenantId), eq(digitizationFiles.stackId, stackId)))
    .orderBy(asc(digitizationFiles.position))
  const pages = await pagesOf(ctx, stackId)
  const parts = await partsOf(ctx, stackId)
  const around = await surroundingsOf(ctx, parts)
  const firstOf = new Map(pages.toReversed().map(({ fileId, number }) => [fileId, number]))
  const shown = rowOf(it)
  const isOpen = it.stack.closedAt === null
  return {
    ...shown,
    missing: it.stack.missing,
    files: files.map(({ id, fileName, pageCount }) => ({ id, fileName, pageCount, from: firstOf.get(id) ?? 1 })),
    pages: pages.map(({ number, fileId, isBlank, turnedBy, failure, readAt }) => ({
      ...{ number, fileId, isBlank, turnedBy, failure },
      isRead: readAt !== null,
    })),
    parts: parts.map((part) => partShown(ctx, part, around, isOpen)),
    keptUntil: it.stack.closedAt && dayInChina(new Date(it.stack.closedAt.getTime() + keptDays * dayMs)),
    can: {
      add: shown.state === 'adding',
      read: shown.state === 'reading' || (shown.state === 'adding' && files.length > 0),
      sort: shown.state === 'sorting',
      close: shown.state === 'sorting' && shown.parts.proposed === 0,
      delete: isOpen && shown.parts.filed === 0,
    },
  }
}

const dayMs = 86_400_000

/** A stack that the actor sorts, as stored; locked against others where something is about to change. Refused as if it were not there. */
export async function openStack(
  ctx: Context,
  stackId: string,
  { lock }: { lock?: 'update' | 'share' } = {},
): Promise<StoredStack> {
  const query = ctx.db
    .select()
    .from(digitizationStacks)
    .where(and(eq(digitizationStacks.tenantId, ctx.tenantId), eq(digitizationStacks.id, stackId)))
    .$dynamic()
  const [row] = await (lock ? query.for(lock) : query)
  return found(row && mayStack(ctx.actor, row) ? row : undefined, '批材料')
}

/** How far a stack has come. */
export function stateOf({
  addedAt,
  splitAt,
  closedAt,
}: Pick<StoredStack, 'addedAt' | 'splitAt' | 'closedAt'>): StackState {
  if (closedAt !== null) return 'closed'
  if (splitAt !== null) return 'sorting'
  return addedAt === null ? 'adding' : 'reading'
}

/** The pages of a stack in their order. */
export function pagesOf({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, stackId: string): Promise<StoredPage[]> {
  return db
    .select()
    .from(digitizationPages)
    .where(and(eq(digitizationPages.tenantId, tenantId), eq(digitizationPages.stackId, stackId)))
    .orderBy(asc(digitizationPages.number))
    .execute()
}

/** The file in which a page lies. */
export const ofFile = and(
  eq(digitizationFiles.tenantId, digitizationPages.tenantId),
  eq(digitizationFiles.id, digitizationPages.fileId),
)

/** The parts of a stack in the order of the paper. */
export function partsOf({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, stackId: string): Promise<StoredPart[]> {
  return db
    .select()
    .from(digitizationParts)
    .where(and(eq(digitizationParts.tenantId, tenantId), eq(digitizationParts.stackId, stackId)))
    .orderBy(asc(digitizationParts.position), asc(digitizationParts.id))
    .execute()
}

/** What the reader knows of those whose the parts may be. Three statements. */
export async function surroundingsOf(ctx: Context, parts: readonly StoredPart[]): Promise<Surroundings> {
  const personIds = parts.flatMap((it) => [
    ...it.candidateIds,
    ...(it.ownerPersonId === null ? [] : [it.ownerPersonId]),
  ])
  const seen = await ctx.db
    .select({
      id: persons.id,
      name: persons.name,
      studentNumber: persons.studentNumber,
      path: persons.path,
      organization: organizations.name,
    })
    .from(persons)
    .innerJoin(organizations, organizationOfPerson)
    .where(
      and(
        eq(persons.tenantId, ctx.tenantId),
        within(persons.path, ctx.actor.rootsOf('read-files')),
        isOneOf(persons.id, [...new Set(personIds)]),
      ),
    )
  const organizationIds = [...new Set(parts.flatMap((it) => it.ownerOrganizationId ?? []))]
  const owners = await ctx.db
    .select({
      id: organizations.id,
      name: organizations.name,
      path: organizations.path,
      dissolvedOn: organizations.dissolvedOn,
    })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), isOneOf(organizations.id, organizationIds)))
  return {
    persons: new Map(seen.map((it) => [it.id, it])),
    organizations: new Map(owners.map((it) => [it.id, it])),
    list: await filingListOf(ctx),
  }
}

function partShown(ctx: Context, part: StoredPart, around: Surroundings, isOpen: boolean): StackPart {
  const person = around.persons.get(part.ownerPersonId ?? '')
  const organization = around.organizations.get(part.ownerOrganizationId ?? '')
  const isProposed = part.state === 'proposed'
  const problem = isProposed ? problemOf(ctx.actor, part, around) : null
  const mayFile = isProposed && isOpen && problem === null
  const of = placeOfPart(around.list, part)
  const { id, revision, state, pages, leftOut, place, title, on, nature, basis, words, documentId, filedByName } = part
  return {
    ...{ id, revision, state, pages, leftOut, place, title, on, nature, basis, words, documentId },
    person: person ? personShown(person) : null,
    organization: organization ? { id: organization.id, name: organization.name } : null,
    placeLabel: of?.label ?? null,
    candidates: part.candidateIds.flatMap((it) => around.persons.get(it) ?? []).map(personShown),
    problem,
    isReady: mayFile && (basis === 'code' || basis === 'person'),
    filedBy: filedByName,
    filedAt: part.filedAt?.toISOString() ?? null,
    can: { change: isOpen && state !== 'filed' && !isClosedTo(ctx.actor, part, of), file: mayFile },
  }
}

const personShown = ({ path: _, ...it }: SeenPerson) => it

/** Stacks with what is counted in lists. */
function stackRows({ db }: Context) {
  const { tenantId, id } = digitizationStacks
  const counted = (table: string, what = 'true') =>
    sql<number>`(select count(*)::int from ${sql.identifier(table)} c
      where c.tenant_id = ${tenantId} and c.stack_id = ${id} and ${sql.raw(what)})`
  return db
    .select({
      stack: digitizationStacks,
      organization: organizations.name,
      fileCount: counted('digitization_files'),
      pageCount: counted('digitization_pages'),
      pagesRead: counted('digitization_pages', 'c.read_at is not null'),
      proposed: counted('digitization_parts', "c.state = 'proposed'"),
      filed: counted('digitization_parts', "c.state = 'filed'"),
      dropped: counted('digitization_parts', "c.state = 'dropped'"),
    })
    .from(digitizationStacks)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, tenantId), eq(organizations.id, digitizationStacks.organizationId)),
    )
    .$dynamic()
}

function rowOf({ stack, organization, ...it }: Awaited<ReturnType<typeof stackRows>>[number]): StackRow {
  return {
    id: stack.id,
    name: stack.name,
    organization: { id: stack.organizationId, name: organization },
    source: stack.source,
    state: stateOf(stack),
    begunBy: stack.begunByName,
    begunAt: stack.begunAt.toISOString(),
    closedAt: stack.closedAt?.toISOString() ?? null,
    fileCount: it.fileCount,
    pageCount: it.pageCount,
    pagesRead: it.pagesRead,
    parts: { proposed: it.proposed, filed: it.filed, dropped: it.dropped },
  }
}
