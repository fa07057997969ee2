import { and, asc, count, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { ancestors, isWithin, type OrgPath } from '../../platform/org-path.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { countLimit } from '../../platform/sorted-list.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { offices, organizations } from '../organization/tables.ts'
import { may } from './policy.ts'
import { type FieldName, fieldNames, type PeopleQuery, type PersonPage, type PersonRow } from './schema.ts'
import type { StoredPerson } from './sealing.ts'
import { meantBy } from './search.ts'
import { moves, persons } from './tables.ts'

/** A page of the register within the actor's reach. The first page tells how many rows match, up to `countLimit`. */
export async function listPeople(ctx: Context, query: PeopleQuery): Promise<Page<PersonRow>> {
  const reach = await reachOf(ctx, query)
  const matching = and(
    eq(persons.tenantId, ctx.tenantId),
    reach,
    query.q ? meantBy(ctx, query.q, reach) : undefined,
    query.kind ? eq(persons.kind, query.kind) : undefined,
    query.grade ? eq(persons.grade, query.grade) : undefined,
    query.isMobile === undefined ? undefined : eq(persons.isMobile, query.isMobile),
    query.importId ? eq(persons.importId, query.importId) : undefined,
  )
  const order = orders[query.sort]
  const direction = query.descending ? desc : asc
  const key = query.cursor === undefined ? undefined : readCursor(query.cursor, cursorKeys[query.sort])
  const rows = await ctx.db
    .select({ ...listed, keyText: order[0], path: persons.path, pinyin: persons.pinyin })
    .from(persons)
    .innerJoin(organizations, sameOrganization)
    .where(and(matching, key ? behind(order, key, query.descending) : undefined))
    .orderBy(...order.map((column) => direction(column)))
    .limit(query.limit + 1)

  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const total = query.cursor === undefined ? await countUpToLimit(ctx, matching) : undefined
  return {
    items: shown.map(({ keyText: _, path, pinyin: __, organizationId, organization, ...row }) => {
      const { see, change, move } = may(ctx.actor, { id: row.id, path })
      const { id, name, studentNumber } = row
      return {
        id,
        name,
        studentNumber,
        ...seenOf(row, see, ['kind', 'sex', 'major', 'grade', 'className', 'isMobile']),
        organization: { id: organizationId, name: organization },
        can: { change, move },
      }
    }),
    ...(last && { next: writeCursor(keyOf(query.sort, last)) }),
    ...(total !== undefined && { total }),
  }
}

/** One person with history and offices. Four statements. */
export async function readPerson(ctx: Context, personId: string): Promise<PersonPage> {
  const it = found(await findPerson(ctx, personId), '位人员')
  const can = may(ctx.actor, it)
  authorize(can.read, '查看这位人员的信息')
  const lineage = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), inArray(organizations.path, [...ancestors(it.path), it.path])))
    .orderBy(asc(organizations.path))
  const own = lineage.find((row) => row.id === it.organizationId)
  const isWhole = can.see.length === fieldNames.length
  return {
    id: it.id,
    name: it.name,
    pinyin: it.pinyin,
    studentNumber: it.studentNumber,
    ...seenOf(it, can.see, [
      ...(['kind', 'sex', 'ethnicity', 'bornOn', 'nativePlace', 'education', 'degree', 'department'] as const),
      ...(['major', 'grade', 'className', 'enrolledOn', 'leavesOn', 'isMobile'] as const),
    ]),
    idNumberMask: can.see.includes('idNumber') ? it.idNumberMask : null,
    phoneMask: can.see.includes('phone') ? it.phoneMask : null,
    details: can.see.includes('details') ? it.details : {},
    organization: { id: it.organizationId, name: own?.name ?? '' },
    above: lineage.filter((row) => row.id !== it.organizationId),
    moves: isWhole ? await movesOf(ctx, personId) : [],
    offices: await officesOf(ctx, personId),
    revision: it.revision,
    can,
  }
}

/** Some fields of a person, null where they are not seen. */
function seenOf<Field extends FieldName, Row extends { [field in Field]: unknown }>(
  row: Row,
  see: readonly FieldName[],
  fields: readonly Field[],
): { [field in Field]: Row[field] | null } {
  const seen = fields.map((field) => [field, see.includes(field) ? row[field] : null])
  return Object.fromEntries(seen)
}

/** A person whom row-level security shows to the actor, as stored. Locked when the caller is about to change it. */
export async function findPerson(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  personId: string,
  { lock = false } = {},
): Promise<StoredPerson | undefined> {
  const query = ctx.db
    .select()
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), eq(persons.id, personId)))
    .$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return row
}

/** The day of a person's last move. */
export async function lastMoveOn(ctx: Context, personId: string) {
  const [row] = await ctx.db
    .select({ on: moves.on })
    .from(moves)
    .where(and(eq(moves.tenantId, ctx.tenantId), eq(moves.personId, personId)))
    .orderBy(desc(moves.on))
    .limit(1)
  return row?.on
}

const listed = {
  id: persons.id,
  name: persons.name,
  kind: persons.kind,
  studentNumber: persons.studentNumber,
  sex: persons.sex,
  major: persons.major,
  grade: persons.grade,
  className: persons.className,
  isMobile: persons.isMobile,
  organizationId: persons.organizationId,
  organization: organizations.name,
}

const sameOrganization = and(eq(organizations.tenantId, persons.tenantId), eq(organizations.id, persons.organizationId))

/** The columns of each order, an index each; the id settles ties. */
const orders: Record<PeopleQuery['sort'], [PgColumn, ...PgColumn[]]> = {
  name: [persons.pinyin, persons.id],
  studentNumber: [persons.numberKey, persons.id],
  organization: [persons.path, persons.pinyin, persons.id],
}

const keyText = z.string().max(200)
const cursorKeys: Record<PeopleQuery['sort'], z.ZodType<string[]>> = {
  name: z.tuple([keyText, z.uuid()]),
  studentNumber: z.tuple([keyText, z.uuid()]),
  organization: z.tuple([keyText, keyText, z.uuid()]),
}

function keyOf(sort: PeopleQuery['sort'], last: { id: string; keyText: unknown; pinyin: string }): string[] {
  const first = String(last.keyText)
  return sort === 'organization' ? [first, last.pinyin, last.id] : [first, last.id]
}

/** The rows behind the last one of the page before. */
function behind(order: readonly PgColumn[], key: readonly string[], descending: boolean): SQL {
  const columns = sql.join([...order], sql`, `)
  const values = sql.join(
    key.map((value) => sql`${value}`),
    sql`, `,
  )
  return sql`(${columns}) ${sql.raw(descending ? '<' : '>')} (${values})`
}

/**
 * The part of the register that the actor sees, or as much of it as lies below an organisation. Persons of a delegation are
 * left out where the question is narrowed by what a helper may not see: whether they come would be the answer.
 */
async function reachOf(ctx: Context, { organizationId, kind, grade, isMobile, importId }: PeopleQuery): Promise<SQL> {
  const roots = ctx.actor.rootsOf('read-files')
  if (organizationId !== undefined) {
    const { path } = found(await findOrganization(ctx, organizationId), '个组织')
    return within(persons.path, narrowed(roots, path))
  }
  const { personId, delegations } = ctx.actor
  const isNarrowed = [kind, grade, isMobile, importId].some((it) => it !== undefined)
  const handed = isNarrowed ? [] : delegations.flatMap((it) => [...it.personIds])
  const own = roots.length === 0 && personId ? [personId] : []
  const named = [...new Set([...handed, ...own])]
  return or(within(persons.path, roots), named.length > 0 ? inArray(persons.id, named) : undefined) ?? sql`false`
}

function narrowed(roots: readonly OrgPath[], below: OrgPath): OrgPath[] {
  return roots.some((root) => isWithin(below, root)) ? [below] : roots.filter((root) => isWithin(root, below))
}

/** How many rows match; undefined where they are more than anybody reads. */
async function countUpToLimit(ctx: Context, matching: SQL | undefined): Promise<number | undefined> {
  const some = ctx.db
    .select({ one: sql`1`.as('one') })
    .from(persons)
    .where(matching)
    .limit(countLimit + 1)
    .as('some')
  const [row] = await ctx.db.select({ total: count() }).from(some)
  return row && row.total <= countLimit ? row.total : undefined
}

async function movesOf(ctx: Context, personId: string): Promise<PersonPage['moves']> {
  const [from, to] = [alias(organizations, 'source'), alias(organizations, 'target')]
  const rows = await ctx.db
    .select({
      id: moves.id,
      on: moves.on,
      fromId: from.id,
      fromName: from.name,
      toId: to.id,
      toName: to.name,
      reason: moves.reason,
    })
    .from(moves)
    .innerJoin(from, and(eq(from.tenantId, moves.tenantId), eq(from.id, moves.fromOrganizationId)))
    .innerJoin(to, and(eq(to.tenantId, moves.tenantId), eq(to.id, moves.toOrganizationId)))
    .where(and(eq(moves.tenantId, ctx.tenantId), eq(moves.personId, personId)))
    .orderBy(desc(moves.on), desc(moves.id))
  return rows.map(({ fromId, fromName, toId, toName, ...row }) => ({
    ...row,
    from: { id: fromId, name: fromName },
    to: { id: toId, name: toName },
  }))
}

async function officesOf(ctx: Context, personId: string): Promise<PersonPage['offices']> {
  const rows = await ctx.db
    .select({
      id: offices.id,
      office: offices.office,
      organizationId: organizations.id,
      organization: organizations.name,
      from: offices.from,
      until: offices.until,
    })
    .from(offices)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, offices.tenantId), eq(organizations.id, offices.organizationId)),
    )
    .where(and(eq(offices.tenantId, ctx.tenantId), eq(offices.personId, personId)))
    .orderBy(desc(offices.from), desc(offices.id))
  return rows.map(({ organizationId, organization, ...row }) => ({
    ...row,
    organization: { id: organizationId, name: organization },
  }))
}
