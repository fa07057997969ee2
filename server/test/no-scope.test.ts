import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Db, Scope } from '../src/platform/database.ts'
import { subtree } from '../src/platform/org-path.ts'
import { rowRules } from '../src/row-rules.ts'
import { freshDatabase } from './database.ts'

/** Every table of a university, from the catalogue of the database, with a row at each of these places. */
const placed = [
  { tenant: 'u1', path: '0001.0001.0001.' },
  { tenant: 'u1', path: '0001.0001.0002.' },
  { tenant: 'u1', path: '0001.0002.0001.' },
  { tenant: 'u2', path: '0001.0001.0001.' },
] as const

const database = await freshDatabase()
const tables = await tablesOfUniversities()

beforeAll(async () => {
  for (const table of tables) {
    for (const place of placed) await database.asKeeper((db) => insertRow(db, table, place))
  }
})

const nobody: Scope = { tenantId: '', accountId: null, personId: null, ranges: [], helper: false }
const branch = subtree('0001.0001.0001.')

it('finds the tables, and each has its rows', async () => {
  expect(tables.length).toBeGreaterThan(15)
  const counted = await database.asKeeper((db) => countsIn(db))
  expect(counted).toEqual(expectedIn(() => placed.length))
})

describe('rows that are seen', () => {
  it.each<[who: string, see: () => Promise<Counts>, rowsOf: (table: Table) => number]>([
    ['without a scope', () => countsIn(database.app), () => 0],
    ['with a branch and no university', () => within({ ranges: [branch] }), () => 0],
    ['in a university of which nothing is known', () => within({ tenantId: 'u3', ranges: [branch] }), () => 0],
    ['in a university without a place', () => within({ tenantId: 'u1' }), (table) => (isBound(table) ? 0 : 3)],
    ['in one branch', () => within({ tenantId: 'u1', ranges: [branch] }), (table) => (isBound(table) ? 1 : 3)],
    [
      'in one college',
      () => within({ tenantId: 'u1', ranges: [subtree('0001.0001.')] }),
      (table) => (isBound(table) ? 2 : 3),
    ],
    ['in the other university', () => within({ tenantId: 'u2', ranges: [subtree('0001.')] }), () => 1],
  ])('%s', async (_who, see, rowsOf) => {
    expect(await see()).toEqual(expectedIn(rowsOf))
  })
})

describe('rows that are written', () => {
  it.each(tables.map((table) => [table.name, table] as const))(
    '%s takes none of another university',
    async (_, table) => {
      const write = asBranch((db) => insertRow(db, table, { tenant: 'u2', path: '0001.0001.0001.' }))
      await expect(write).rejects.toMatchObject({ cause: { code: '42501' } })
    },
  )

  it.each(tables.filter((table) => table.columns.has('path')).map((table) => [table.name, table] as const))(
    '%s takes none of another branch, and changes none there',
    async (_, table) => {
      const write = asBranch((db) => insertRow(db, table, { tenant: 'u1', path: '0001.0001.0002.' }))
      await expect(write).rejects.toMatchObject({ cause: { code: '42501' } })
      const change = asBranch((db) =>
        db.execute(sql`update ${sql.identifier(table.name)} set path = path where path <> ${branch.lo}`),
      )
      expect((await change).rowCount).toBe(0)
    },
  )
})

type Counts = Record<string, number>

interface Table {
  name: string
  /** The types of the columns that must be filled, and of `path` and `tenant_id`. */
  columns: ReadonlyMap<string, string>
}

/** Whether reading a table is bounded by the tree. */
const isBound = ({ name, columns }: Table): boolean => columns.has('path') && rowRules[name]?.reads !== 'university'

const expectedIn = (rowsOf: (table: Table) => number): Counts =>
  Object.fromEntries(tables.map((table) => [table.name, rowsOf(table)]))

const within = (scope: Partial<Scope>): Promise<Counts> => database.transaction({ ...nobody, ...scope }, countsIn)

const asBranch = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
  database.transaction({ ...nobody, tenantId: 'u1', ranges: [branch] }, work)

async function countsIn(db: Db): Promise<Counts> {
  const counts: Counts = {}
  for (const { name } of tables) {
    const { rows } = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from ${sql.identifier(name)}`,
    )
    counts[name] = rows[0]?.count ?? -1
  }
  return counts
}

async function tablesOfUniversities(): Promise<Table[]> {
  const { rows } = await database.asOwner((db) =>
    db.execute<{ name: string; column: string; type: string }>(sql`
      select c.relname as name, a.attname as column, format_type(a.atttypid, null) as type
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attgenerated = ''
        and (a.attname = 'path' or (a.attnotnull and not a.atthasdef))
        and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')
      order by c.relname, a.attnum`),
  )
  return [...Map.groupBy(rows, (row) => row.name)].map(([name, columns]) => ({
    name,
    columns: new Map(columns.map((it) => [it.column, it.type])),
  }))
}

async function insertRow(db: Db, { name, columns }: Table, place: { tenant: string; path: string }): Promise<void> {
  const values = [...columns].map(([column, type]) => {
    if (column === 'tenant_id') return sql`${place.tenant}`
    if (column === 'path') return sql`${place.path}`
    return sql`${samples[type]?.() ?? type}`
  })
  const names = [...columns.keys()].map((column) => sql.identifier(column))
  await db.execute(
    sql`insert into ${sql.identifier(name)} (${sql.join(names, sql`, `)}) values (${sql.join(values, sql`, `)})`,
  )
}

let number = 0

/** A value of each type of column, another one each time. */
const samples: Readonly<Record<string, () => string | number | boolean>> = {
  uuid: () => randomUUID(),
  text: () => `text ${++number}`,
  jsonb: () => '{}',
  integer: () => ++number,
  bigint: () => ++number,
  boolean: () => false,
  date: () => '2026-01-01',
  'timestamp with time zone': () => '2026-01-01T00:00:00Z',
  bytea: () => '\\x00',
  'integer[]': () => '{1,2}',
}
