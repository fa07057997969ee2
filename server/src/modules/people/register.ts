import { and, asc, count, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { found } from '../../platform/refusal.ts'
import { countLimit } from '../../platform/sorted-list.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { may } from './policy.ts'
import { organizationOfPerson, seenOf } from './queries.ts'
import type { PeopleQuery, PersonRow } from './schema.ts'
import { meantBy } from './search.ts'
import { persons } from './tables.ts'

/** A page of the register within the actor's reach. The first page tells how many rows match, up to `countLimit`. */
export async function listPeople(ctx: Context, query: PeopleQuery): Promise<Page<PersonRow>> {
  const matching = matchingIn(ctx, query, await reachOf(ctx, query))
  const order = orders[query.sort]
  const direction = query.descending ? desc : asc
  const key = query.cursor === undefined ? undefined : readCursor(query.cursor, cursorKeys[query.sort])
  const rows = await ctx.db
    .select({ ...listed, keyText: order[0], path: persons.path, pinyin: persons.pinyin })
    .from(persons)
    .innerJoin(organizations, organizationOfPerson)
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

/**
 * True for the persons of the register whom a question means, of those whose files the actor reads by an office: what is counted by columns that a helper does
 * not see counts nobody whom a delegation hands over.
 */
export async function meantByOffice(ctx: Context, query: PeopleQuery): Promise<SQL | undefined> {
  const roots = ctx.actor.rootsOf('read-files')
  if (query.organizationId === undefined) return matchingIn(ctx, query, within(persons.path, roots))
  const { path } = found(await findOrganization(ctx, query.organizationId), '个组织')
  return matchingIn(ctx, query, within(persons.path, narrowed(roots, path)))
}

const matchingIn = (ctx: Context, query: PeopleQuery, reach: SQL): SQL | undefined =>
  and(
    eq(persons.tenantId, ctx.tenantId),
    reach,
    query.q ? meantBy(ctx, query.q, reach) : undefined,
    query.kind ? eq(persons.kind, query.kind) : undefined,
    query.grade ? eq(persons.grade, query.grade) : undefined,
    query.isMobile === undefined ? undefined : eq(persons.isMobile, query.isMobile),
    query.importId ? eq(persons.importId, query.importId) : undefined,
  )

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
