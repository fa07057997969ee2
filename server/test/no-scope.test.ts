import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Db, type Scope, scopeOfReader, wholeTree } from '../src/platform/database.ts'
import { onlyThere, subtree } from '../src/platform/org-path.ts'
import { appendOnlyTables, type RowRule } from '../src/platform/policies.ts'
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
const personal = await tablesOfPersons()

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
    ['in a university without a place', () => within({ tenantId: 'u1' }), open({ bound: 0, others: 3 })],
    [
      'at a college without what lies below it',
      () => within({ tenantId: 'u1', ranges: [onlyThere('0001.0001.')] }),
      open({ bound: 0, others: 3 }),
    ],
    [
      'at a branch alone',
      () => within({ tenantId: 'u1', ranges: [onlyThere('0001.0001.0001.')] }),
      open({ bound: 1, others: 3 }),
    ],
    ['in one branch', () => within({ tenantId: 'u1', ranges: [branch] }), open({ bound: 1, others: 3 })],
    [
      'in one college',
      () => within({ tenantId: 'u1', ranges: [subtree('0001.0001.')] }),
      open({ bound: 2, others: 3 }),
    ],
    [
      'in the other university',
      () => within({ tenantId: 'u2', ranges: [subtree('0001.')] }),
      open({ bound: 1, others: 1 }),
    ],
    ['by work that no office bounds', () => within({ tenantId: 'u1', ranges: [wholeTree] }), () => 3],
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
      if (appendOnlyTables.includes(table.name))
        await expect(change).rejects.toMatchObject({ cause: { code: '42501' } })
      else expect((await change).rowCount).toBe(0)
    },
  )
})

const ruled = tables.flatMap((table) => {
  const rule = rowRules[table.name]
  return rule ? [{ table, rule }] : []
})
const privateTables = ruled.filter(({ rule }) => rule.isPrivate)

describe('private rows', () => {
  it.each(
    privateTables.flatMap(({ table, rule }) =>
      partiesOf(table, rule).map((party) => [table.name, party, table] as const),
    ),
  )('%s, by %o, are seen and changed by nobody else', async (_, { column, as }, table) => {
    const own = randomUUID()
    await database.asKeeper((db) => insertRow(db, table, { tenant: 'u4' }, { [column]: own }))
    const [from, of] = [sql.identifier(table.name), sql`${sql.identifier(column)} = ${own}`]
    const reached = async (scope: Partial<Scope>) => {
      const inScope = { ...nobody, tenantId: 'u4', ...scope }
      const read = database.transaction(inScope, (db) => db.execute(sql`select from ${from} where ${of}`))
      const change = database.transaction(inScope, (db) =>
        db.execute(sql`update ${from} set tenant_id = tenant_id where ${of}`),
      )
      return [(await read).rowCount, (await change).rowCount]
    }
    expect({
      own: await reached({ [as]: own }),
      another: await reached({ [as]: randomUUID(), ranges: [subtree('0001.')] }),
      takenForTheOther: await reached({ [as === 'personId' ? 'accountId' : 'personId']: own }),
      elsewhere: await reached({ [as]: own, tenantId: 'u5' }),
      everywhere: await reached({ ranges: [wholeTree] }),
    }).toEqual({
      own: [1, 1],
      another: [0, 0],
      takenForTheOther: [0, 0],
      elsewhere: [0, 0],
      everywhere: [1, 1],
    })
    const write = database.transaction({ ...nobody, tenantId: 'u4', [as]: own, ranges: [subtree('0001.')] }, (db) =>
      insertRow(db, table, { tenant: 'u4' }),
    )
    await expect(write).rejects.toMatchObject({ cause: { code: '42501' } })
  })
})

describe('rows that are open to the persons of another table', () => {
  it.each(
    ruled.flatMap(({ table, rule: { openTo } }) => {
      const opening = tables.find((it) => it.name === openTo?.table)
      return openTo && opening ? [[table.name, opening.name, { table, opening, column: openTo.column }] as const] : []
    }),
  )('%s, of %s, are read by them and by nobody else', async (_, __, { table, opening, column }) => {
    const [reader, other] = [randomUUID(), randomUUID()]
    const [own, ofOther, ofNobody] = [randomUUID(), randomUUID(), randomUUID()]
    await database.asKeeper(async (db) => {
      for (const id of [own, ofOther, ofNobody]) await insertRow(db, table, { tenant: 'u4' }, { id })
      await insertRow(db, opening, { tenant: 'u4' }, { [column]: own, person_id: reader })
      await insertRow(db, opening, { tenant: 'u4' }, { [column]: ofOther, person_id: other })
      await insertRow(db, opening, { tenant: 'u5' }, { [column]: ofOther, person_id: reader })
    })
    const from = sql.identifier(table.name)
    const seen = async (scope: Partial<Scope>) => {
      const { rows } = await database.transaction({ ...nobody, tenantId: 'u4', ...scope }, (db) =>
        db.execute<{ id: string }>(sql`select id from ${from} where id in (${own}, ${ofOther}, ${ofNobody})`),
      )
      return rows.map((it) => it.id)
    }
    expect({
      reader: await seen({ personId: reader }),
      other: await seen({ personId: other }),
      anybody: await seen({ personId: randomUUID() }),
      account: await seen({ accountId: reader }),
      elsewhere: await seen({ personId: reader, tenantId: 'u5' }),
    }).toEqual({ reader: [own], other: [ofOther], anybody: [], account: [], elsewhere: [] })
    const change = database.transaction({ ...nobody, tenantId: 'u4', personId: reader }, (db) =>
      db.execute(sql`update ${from} set path = path where id = ${own}`),
    )
    expect((await change).rowCount).toBe(0)
  })
})

describe('rows that are open to everybody when they say so', () => {
  it.each(
    ruled.flatMap(({ table, rule: { openWhen } }) => (openWhen ? [[table.name, { table, openWhen }] as const] : [])),
  )(
    '%s, are read by visitors where they are open, by whoever is signed in otherwise, and written by neither',
    async (_, { table, openWhen }) => {
      const [tenant, other] = [`u-${randomUUID()}`, `u-${randomUUID()}`]
      await database.asKeeper(async (db) => {
        for (const [isOpen, of] of [
          [true, tenant],
          [false, tenant],
          [true, other],
        ] as const)
          await insertRow(db, table, { tenant: of }, { [openWhen]: isOpen })
      })
      const from = sql.identifier(table.name)
      const seen = async (scope: Partial<Scope>) => {
        const { rows } = await database.transaction({ ...nobody, ...scope }, (db) =>
          db.execute<{ isOpen: boolean }>(
            sql`select ${sql.identifier(openWhen)} as "isOpen" from ${from} where tenant_id in (${tenant}, ${other}) order by 1`,
          ),
        )
        return rows.map((it) => it.isOpen)
      }
      const signedIn = scopeOfReader(tenant, randomUUID())
      expect({
        nobody: await seen({}),
        accountWithoutUniversity: await seen({ accountId: randomUUID() }),
        visitor: await seen(scopeOfReader(tenant, null)),
        person: await seen({ tenantId: tenant, personId: randomUUID() }),
        signedIn: await seen(signedIn),
        elsewhere: await seen({ ...signedIn, tenantId: other }),
        branchElsewhere: await seen({ tenantId: tenant, ranges: [subtree('0001.0002.')] }),
        branch: await seen({ tenantId: tenant, ranges: [branch] }),
        everywhere: await seen({ tenantId: tenant, ranges: [wholeTree] }),
      }).toEqual({
        ...{ nobody: [], accountWithoutUniversity: [], visitor: [true], person: [true], signedIn: [false, true] },
        ...{ elsewhere: [true], branchElsewhere: [true], branch: [false, true], everywhere: [false, true] },
      })
      for (const scope of [scopeOfReader(tenant, null), signedIn]) {
        const change = database.transaction(scope, (db) =>
          db.execute(sql`update ${from} set ${sql.identifier(openWhen)} = true`),
        )
        expect((await change).rowCount).toBe(0)
        const removal = database.transaction(scope, (db) => db.execute(sql`delete from ${from}`))
        expect((await removal).rowCount).toBe(0)
        const write = database.transaction(scope, (db) => insertRow(db, table, { tenant }, { [openWhen]: true }))
        await expect(write).rejects.toMatchObject({ cause: { code: '42501' } })
      }
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

/** How many rows are seen by whoever sees so many of those that the tree bounds, and of the others. None of the private ones. */
const open =
  ({ bound, others }: { bound: number; others: number }) =>
  (table: Table): number => {
    if (rowRules[table.name]?.isPrivate) return 0
    return isBound(table) ? bound : others
  }

/** Whose a private row is: the columns that say so, and what of the scope must be the same. */
function partiesOf(
  { name }: Table,
  { accounts = [], alsoPerson }: RowRule,
): { column: string; as: 'personId' | 'accountId' }[] {
  const persons = personal.has(name) ? [{ column: 'person_id', as: 'personId' as const }] : []
  const also = alsoPerson ? [{ column: alsoPerson, as: 'personId' as const }] : []
  return [...persons, ...also, ...accounts.map((column) => ({ column, as: 'accountId' as const }))]
}

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

/** The names of the tables with a person concerned, whether each row has one or not. */
async function tablesOfPersons(): Promise<ReadonlySet<string>> {
  const { rows } = await database.asOwner((db) =>
    db.execute<{ name: string }>(sql`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'person_id'`),
  )
  return new Set(rows.map((it) => it.name))
}

async function insertRow(
  db: Db,
  { name, columns }: Table,
  { tenant, path = '0001.0001.0001.' }: { tenant: string; path?: string },
  given: Readonly<Record<string, string | boolean>> = {},
): Promise<void> {
  const row: Record<string, string | number | boolean> = {
    ...Object.fromEntries([...columns].map(([column, type]) => [column, samples[type]?.() ?? type])),
    tenant_id: tenant,
    ...(columns.has('path') ? { path } : {}),
    ...given,
  }
  const names = Object.keys(row).map((column) => sql.identifier(column))
  const values = Object.values(row).map((value) => sql`${value}`)
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
  numeric: () => 1,
  'integer[]': () => '{1,2}',
}
