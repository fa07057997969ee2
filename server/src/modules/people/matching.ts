import { setImmediate } from 'node:timers/promises'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import type { Database } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { within } from '../../platform/within.ts'
import { idNumberHash, type StoredPerson } from './sealing.ts'
import { persons } from './tables.ts'

/** What is known of somebody who may already stand in the register. */
export interface Likeness {
  studentNumber?: string | undefined
  idNumber?: string | undefined
  name?: string | undefined
  bornOn?: string | undefined
}

/** By what a person of the register agrees with a likeness. The same name alone is not the same person. */
export type LikenessBy = 'studentNumber' | 'idNumber' | 'nameAndBirth'

export interface Candidate {
  person: StoredPerson
  by: LikenessBy[]
}

/**
 * The persons within the actor's reach who agree with each likeness, in the order given; of many with the same name and
 * birth only `mostAlike`, first those without numbers of their own, so that the work grows with the likenesses and not
 * with their namesakes. Four statements for each thousand.
 */
export async function findCandidates(ctx: Context, likenesses: readonly Likeness[]): Promise<Candidate[][]> {
  const found: Candidate[][] = []
  for (let from = 0; from < likenesses.length; from += lookupSize) {
    found.push(...(await candidatesFor(ctx, likenesses.slice(from, from + lookupSize))))
    await setImmediate()
  }
  return found
}

async function candidatesFor(ctx: Context, likenesses: readonly Likeness[]): Promise<Candidate[][]> {
  const hashes = likenesses.map(({ idNumber }) => (idNumber ? idNumberHash(ctx.encryption, idNumber) : null))
  const byNumber = groupBy(
    await withAny(
      ctx,
      persons.studentNumber,
      likenesses.map((it) => it.studentNumber),
    ),
    (it) => it.studentNumber,
  )
  const byHash = groupBy(await withAny(ctx, persons.idNumberHash, hashes), (it) => it.idNumberHash)
  const pairs = new Map(likenesses.map((it) => [birthKey(it), [it.name, it.bornOn] as const]))
  pairs.delete(null)
  const byBirth = groupBy(await alike(ctx, [persons.name, persons.bornOn], [...pairs.values()]), birthKey)
  return likenesses.map((likeness, at) => {
    const found = new Map<string, Candidate>()
    const note = (by: LikenessBy, these: readonly StoredPerson[] = []) => {
      for (const person of these) {
        const known = found.get(person.id)
        if (known) known.by.push(by)
        else found.set(person.id, { person, by: [by] })
      }
    }
    note('studentNumber', byNumber.get(likeness.studentNumber ?? ''))
    note('idNumber', byHash.get(hashes[at] ?? ''))
    note('nameAndBirth', byBirth.get(birthKey(likeness) ?? ''))
    return [...found.values()]
  })
}

/** So many likenesses are looked up with the same few statements. */
const lookupSize = 1_000

/** How many of the persons with the same name and birth are looked at. */
export const mostAlike = 20

function birthKey({ name, bornOn }: { name?: string | undefined; bornOn?: string | null | undefined }): string | null {
  return name && bornOn ? `${name} ${bornOn}` : null
}

/** The persons within reach who have one of these texts in a column. */
async function withAny(
  ctx: Context,
  column: PgColumn,
  values: readonly (string | null | undefined)[],
): Promise<StoredPerson[]> {
  const known = [...new Set(values.filter((it) => typeof it === 'string' && it !== ''))]
  return known.length === 0 ? [] : withinReach(ctx, sql`${column} = any(${sql.param(known)}::text[])`)
}

/** The persons within reach who have one of these pairs of texts in two columns; `mostAlike` of each pair. */
async function alike(
  ctx: Context,
  [first, second]: readonly [PgColumn, PgColumn],
  pairs: readonly (readonly [string | undefined, string | undefined])[],
): Promise<StoredPerson[]> {
  if (pairs.length === 0) return []
  const given = [0, 1].map((at) => sql.param(pairs.map((pair) => pair[at])))
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    select found.id from unnest(${given[0]}::text[], ${given[1]}::text[]) as given(first, second), lateral (
      select id from ${persons} where ${persons.tenantId} = ${ctx.tenantId} and ${reachOf(ctx)}
        and ${first} = given.first and ${second}::text = given.second
      order by (${persons.studentNumber} is null)::int + (${persons.idNumberMask} is null)::int desc limit ${mostAlike}
    ) as found`)
  return rows.length === 0 ? [] : withinReach(ctx, isAnyOf(rows.map(({ id }) => id)))
}

/** Persons of the same name in the same organisation, `mostAlike` of each, by organisation and name. */
export async function findNamesakes(
  ctx: Context,
  wanted: readonly { organizationId: string; name: string }[],
): Promise<Map<string, StoredPerson[]>> {
  const pairs = new Map(wanted.map((it) => [namesakeKey(it), [it.name, it.organizationId] as const]))
  const found = await alike(ctx, [persons.name, persons.organizationId], [...pairs.values()])
  return Map.groupBy(found, namesakeKey)
}

/** The key of `findNamesakes`. */
export const namesakeKey = (it: { organizationId: string; name: string }): string => `${it.organizationId} ${it.name}`

const isAnyOf = (ids: readonly string[]) => sql`${persons.id} = any(${sql.param([...ids])}::uuid[])`

/** Which of these numbers are registered anywhere in a university, whoever asks: only that, not whose they are. */
export async function registeredNumbers(
  {
    database,
    encryption,
    tenantId,
  }: { database: Pick<Database, 'asKeeper'>; encryption: FieldEncryption; tenantId: string },
  likenesses: readonly Pick<Likeness, 'studentNumber' | 'idNumber'>[],
): Promise<RegisteredNumbers> {
  const numbers = likenesses.flatMap(({ studentNumber }) => studentNumber ?? [])
  const hashes = likenesses.flatMap(({ idNumber }) => (idNumber && idNumberHash(encryption, idNumber)) || [])
  if (numbers.length + hashes.length === 0) return { has: () => false }
  const known = (column: PgColumn, values: readonly string[]) => sql`select ${column} as number from ${persons}
    where ${persons.tenantId} = ${tenantId} and ${column} = any(${sql.param([...values])}::text[])`
  const { rows } = await database.asKeeper((db) =>
    db.execute<{ number: string }>(
      sql`${known(persons.studentNumber, numbers)} union all ${known(persons.idNumberHash, hashes)}`,
    ),
  )
  const found = new Set(rows.map(({ number }) => number))
  return {
    has: (field, number) =>
      found.size > 0 && found.has(field === 'idNumber' ? (idNumberHash(encryption, number) ?? '') : number),
  }
}

/** Tells whether a student number or an identity number is registered. */
export interface RegisteredNumbers {
  has(field: 'studentNumber' | 'idNumber', number: string): boolean
}

const reachOf = ({ actor }: Context): SQL => within(persons.path, actor.rootsOf('read-files'))

function withinReach(ctx: Context, condition: SQL): Promise<StoredPerson[]> {
  return ctx.db
    .select()
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), reachOf(ctx), condition))
}

function groupBy(rows: readonly StoredPerson[], keyOf: (row: StoredPerson) => string | null) {
  const groups = new Map<string, StoredPerson[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
