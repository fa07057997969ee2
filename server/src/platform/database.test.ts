import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase, scopeOver } from '../../test/database.ts'
import { rowRules } from '../row-rules.ts'
import type { Db, Scope } from './database.ts'
import { subtree } from './org-path.ts'
import { appendOnlyTables, movingTables, searchedTables } from './policies.ts'

const database = await freshDatabase()
const searchedByFunctions = Object.keys(rowRules).filter((name) => rowRules[name]?.searchedBy)

const person = { north: randomUUID(), south: randomUUID(), other: randomUUID() }
const helper = randomUUID()
await addPerson('u1', person.north, '0001.0001.')
await addPerson('u1', person.south, '0001.0002.')
await addPerson('u2', person.other, '0001.0001.')
await database.transaction(scopeOver('u1'), (db) =>
  db.execute(sql`insert into delegation_persons values ('u1', ${randomUUID()}, ${person.south}, ${helper}, '2999-01-01'),
    ('u1', ${randomUUID()}, ${person.north}, ${helper}, '2020-01-01')`),
)

const nobody: Scope = { tenantId: 'u1', accountId: null, personId: null, ranges: [], helper: false }

describe('a scope', () => {
  test.each<[who: string, scope: Scope, sees: string[]]>([
    ['nobody in particular', nobody, []],
    ['the north branch', { ...nobody, ranges: [subtree('0001.0001.')] }, [person.north]],
    ['the whole university', { ...nobody, ranges: [subtree('0001.')] }, [person.north, person.south]],
    [
      'two branches',
      { ...nobody, ranges: [subtree('0001.0001.'), subtree('0001.0002.')] },
      [person.north, person.south],
    ],
    [
      'many branches, in any order, and the same twice',
      {
        ...nobody,
        ranges: ['0001.0009.', '0001.0007.', '0001.0005.', '0001.0002.', '0001.0004.', '0001.0002.'].map(subtree),
      },
      [person.south],
    ],
    ['a path that tries to break out', { ...nobody, ranges: [{ lo: '0001.0009.', hi: '0001.000:"),["0001.' }] }, []],
    ['a branch whose number begins alike', { ...nobody, ranges: [subtree('0001.000.')] }, []],
    ['the person concerned', { ...nobody, personId: person.south }, [person.south]],
    ['a helper, for a delegation that has not ended', { ...nobody, accountId: helper, helper: true }, [person.south]],
    ['the same account, not asked as a helper', { ...nobody, accountId: helper }, []],
    ['another university', { ...nobody, tenantId: 'u2', ranges: [subtree('0001.')] }, [person.other]],
    ['a university that tries to break out', { ...nobody, tenantId: `u1' or '1'='1`, ranges: [subtree('0001.')] }, []],
    ['an empty university', { ...nobody, tenantId: '', ranges: [subtree('0001.')] }, []],
  ])('%s', async (_who, scope, sees) => {
    expect(await database.transaction(scope, seen)).toEqual([...sees].sort())
  })
})

test('without a scope no row is seen, on new connections and on those that had one', async () => {
  await Promise.all(Array.from({ length: 8 }, () => database.transaction(scopeOver('u1'), seen)))
  const found = await Promise.all(Array.from({ length: 16 }, () => seen(database.app)))
  expect(found.flat()).toEqual([])
})

test('the owner of the tables sees no row either; upkeep sees all, after asking for it', async () => {
  expect(await database.asOwner(seen)).toEqual([])
  expect(await database.asKeeper(seen)).toEqual(Object.values(person).sort())
})

test('the application is neither superuser nor owner of anything, and does not bypass row-level security', async () => {
  const { rows } = await database.app.execute(sql`select rolsuper, rolbypassrls, rolcreaterole,
    (select count(*)::int from pg_class where relowner = r.oid) as owned from pg_roles r where rolname = current_user`)
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, owned: 0 }])
})

test('row-level security is on for every table of a university, and forced for all but those that only a search reads', async () => {
  const { rows } = await database.app.execute<{ name: string; isOn: boolean; isForced: boolean; policies: number }>(sql`
    select c.relname as name, c.relrowsecurity as "isOn", c.relforcerowsecurity as "isForced",
      (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')`)
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.filter((it) => !it.isOn || it.policies !== 5)).toEqual([])
  expect(rows.filter((it) => !it.isForced).map((it) => it.name)).toEqual(
    [...Object.keys(searchedTables), ...searchedByFunctions].sort(),
  )
})

test.each([
  ...appendOnlyTables.map((name) => [name, []] as const),
  ...movingTables.map((name) => [name, ['path']] as const),
])('rows are only ever added: %s, of which the application may change %o', async (name, changeable) => {
  const { rows } = await database.app.execute(sql`select
    has_table_privilege(current_user, ${name}, 'delete, truncate') as "mayRemove",
    array(select attname::text from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped
      and has_column_privilege(current_user, ${name}, attname, 'update')) as changeable`)
  expect(rows).toEqual([{ mayRemove: false, changeable }])
})

describe('a write outside the scope is refused by the database', () => {
  const north: Scope = { ...nobody, ranges: [subtree('0001.0001.')], personId: person.south }
  test.each<[what: string, write: (db: Db) => Promise<unknown>]>([
    ['a new person in another branch', (db) => insertPerson(db, 'u1', randomUUID(), '0001.0002.')],
    ['a new person in another university', (db) => insertPerson(db, 'u2', randomUUID(), '0001.0001.')],
    [
      'a person carried out of the branch',
      (db) => db.execute(sql`update persons set path = '0001.0002.' where id = ${person.north}`),
    ],
  ])('%s', async (_what, write) => {
    await expect(database.transaction(north, write)).rejects.toMatchObject({ cause: { code: '42501' } })
  })

  test('the own file is read, not written', async () => {
    const change = (db: Db) => db.execute(sql`update persons set name = 'x' where id = ${person.south}`)
    expect((await database.transaction(north, change)).rowCount).toBe(0)
  })
})

test('what fails is rolled back, and a failure that was swallowed does not count as committed', async () => {
  const id = randomUUID()
  const failing = database.transaction(scopeOver('u1'), async (db) => {
    await insertPerson(db, 'u1', id, '0001.0001.')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  const swallowing = database.transaction(scopeOver('u1'), async (db) => {
    await insertPerson(db, 'u1', id, '0001.0001.')
    await db.execute(sql`select 1 / 0`).catch(() => undefined)
  })
  await expect(swallowing).rejects.toThrow('rolled back')
  expect(await database.transaction(scopeOver('u1'), seen)).not.toContain(id)
})

async function seen(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`select id from persons order by id`)
  return rows.map((row) => row.id)
}

async function addPerson(tenantId: string, id: string, path: string): Promise<void> {
  await database.transaction(scopeOver(tenantId), (db) => insertPerson(db, tenantId, id, path))
}

async function insertPerson(db: Db, tenantId: string, id: string, path: string): Promise<void> {
  await db.execute(sql`insert into persons (tenant_id, id, organization_id, path, name, pinyin, initials)
    values (${tenantId}, ${id}, ${randomUUID()}, ${path}, '张三', 'zhangsan', 'zs')`)
}
