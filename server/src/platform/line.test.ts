import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { freshDatabase, scopeOver } from '../../test/database.ts'
import type { Db } from './database.ts'
import { Prepared, placeholders } from './prepared.ts'

const database = await freshDatabase({ connections: 1 })
const scope = scopeOver('u1')

const noting = new Prepared(
  'line_test_note',
  sql`insert into organizations (tenant_id, id, path, kind, name, pinyin, initials)
    values (${placeholders('tenantId', 'id', 'path', 'kind', 'name', 'name', 'name')})`,
)
const echo = new Prepared<{ text: string; list: string[]; number: number; yes: boolean; none: string | null }>(
  'line_test_echo',
  sql`select ${sql.placeholder('text')}::text as text, ${sql.placeholder('list')}::text[] as list,
    ${sql.placeholder('number')}::int as number, ${sql.placeholder('yes')}::boolean as yes,
    ${sql.placeholder('none')}::text as none`,
)
const dividing = new Prepared<{ half: number }>(
  'line_test_divide',
  sql`select 1 / ${sql.placeholder('by')}::int as half`,
)

const note = (name: string) => ({ tenantId: 'u1', id: randomUUID(), path: `0001.${name}.`, kind: 'branch', name })
const names = (db: Db) =>
  db
    .execute<{ name: string }>(sql`select name from organizations order by name`)
    .then(({ rows }) => rows.map((row) => row.name))
const seen = () => database.transaction(scope, names)

/** The statements are parsed once, so that they travel together from then on. */
await database.transaction(scope, async (db) => {
  await echo.rows(db, { text: '', list: [], number: 0, yes: false, none: null })
  await dividing.rows(db, { by: 1 })
  await noting.rows(db, note('0000'))
})

describe('values arrive as they were sent', () => {
  test.each<[text: string, list: string[]]>([
    ["'; drop table organizations; --", ["'", '";', '{}', '\\', 'a,b', '']],
    ['\\', ['\\\\', '"quoted"']],
    ["E'\\n", []],
    ['换行\n和制表\t', ['组织员', '👍']],
    ['$1 :text %s', ['null', 'NULL']],
  ])('%j %j', async (text, list) => {
    const values = { text, list, number: -7, yes: true, none: null }
    expect(await database.reading(scope, (db) => echo.rows(db, values))).toEqual([values])
    expect(await database.transaction(scope, (db) => echo.rows(db, values))).toEqual([values])
  })

  test.each([['a\0b'], [{}], [Symbol('x')]])('%s is refused before it is sent', async (text) => {
    const values = { text, list: [], number: 0, yes: false, none: null }
    await expect(database.transaction(scope, (db) => echo.rows(db, values))).rejects.toThrow(TypeError)
    expect(await seen()).toEqual(['0000'])
  })
})

test('a transaction of prepared statements leaves in one message for each time somebody waits', async () => {
  const messages = await messagesOf(() =>
    database.transaction(scope, async (db) => {
      await Promise.all([dividing.rows(db, { by: 1 }), dividing.rows(db, { by: 2 })])
      noting.send(db, note('0001'))
      noting.send(db, note('0002'))
    }),
  )
  expect(messages).toBe(2)
  expect(await seen()).toEqual(['0000', '0001', '0002'])
})

test('what only reads needs no message to end it; the first write makes it a whole transaction', async () => {
  const reading = (db: Db) => dividing.rows(db, { by: 1 })
  expect(await messagesOf(() => database.reading(scope, reading))).toBe(1)
  const failing = database.reading(scope, async (db) => {
    await reading(db)
    noting.send(db, note('0009'))
    await dividing.rows(db, { by: 0 })
  })
  await expect(failing).rejects.toThrow('division by zero')
  expect(await seen()).not.toContain('0009')
  await database.reading(scope, async (db) => {
    await reading(db)
    noting.send(db, note('0009'))
  })
  expect(await seen()).toContain('0009')
  expect(await database.reading({ ...scope, ranges: [] }, reading)).toEqual([{ half: 1 }])
  await database.reading(scope, (db) => db.execute(sql`delete from organizations where name = '0009'`))
})

test('what drizzle puts together keeps its place among them', async () => {
  await database.transaction(scope, async (db) => {
    noting.send(db, note('0003'))
    expect(await names(db)).toEqual(['0000', '0001', '0002', '0003'])
    await db.execute(sql`delete from organizations where name <> '0000'`)
    expect(await names(db)).toEqual(['0000'])
  })
  expect(await seen()).toEqual(['0000'])
})

describe('nothing stays of a transaction', () => {
  test.each<[what: string, useCase: (db: Db) => Promise<unknown>, message: string]>([
    ['whose sent statement fails', async (db) => noteAnd(db, () => dividing.send(db, { by: 0 })), 'division by zero'],
    ['whose statement fails', async (db) => noteAnd(db, () => dividing.rows(db, { by: 0 })), 'division by zero'],
    [
      'whose failure was swallowed',
      async (db) => noteAnd(db, () => dividing.rows(db, { by: 0 }).catch(() => [])),
      'division by zero',
    ],
    ['that throws before anything was sent', async (db) => noteAnd(db, () => Promise.reject(new Error('no'))), 'no'],
    [
      'that throws after something was sent',
      async (db) => {
        await noteAnd(db, () => names(db))
        throw new Error('no')
      },
      'no',
    ],
  ])('%s', async (_what, useCase, message) => {
    await expect(database.transaction(scope, useCase)).rejects.toThrow(message)
    expect(await seen()).toEqual(['0000'])
    expect(await database.transaction(scope, (db) => dividing.rows(db, { by: 1 }))).toEqual([{ half: 1 }])
  })

  async function noteAnd(db: Db, next: () => unknown): Promise<void> {
    noting.send(db, note('0009'))
    await next()
  }
})

test('what writes begins a whole transaction, even where its rows are asked for in one that only reads', async () => {
  const failing = database.reading(scope, async (db) => {
    await noting.rows(db, note('0009'))
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await seen()).toEqual(['0000'])
})

describe('what runs on after the end of its transaction is refused and does nothing in the next', () => {
  test.each<[string, (db: Db) => Promise<unknown>]>([
    ['a prepared statement', (db) => noting.rows(db, note('0009'))],
    ['one of drizzle', (db) => db.execute(sql`delete from organizations`)],
  ])('%s', async (_what, statement) => {
    for (const outcome of [() => Promise.reject(new Error('no')), async () => 'done']) {
      const over = Promise.withResolvers<void>()
      let late: Promise<unknown> = Promise.resolve()
      const first = database.transaction(scope, (db) => {
        late = over.promise.then(() => statement(db))
        return outcome()
      })
      await first.catch(() => undefined)
      await database.transaction(scope, async (db) => {
        over.resolve()
        const failure = await late.catch((error: Error) => error.cause ?? error)
        expect(failure).toEqual(new Error('a statement was asked for after its transaction had ended'))
        expect(await names(db)).toEqual(['0000'])
      })
      expect(await seen()).toEqual(['0000'])
    }
  })
})

test('a transaction in which nothing is asked sends nothing that matters', async () => {
  expect(await database.transaction(scope, async () => 'done')).toBe('done')
})

test('outside of a transaction there is nothing to prepare on', async () => {
  await expect(dividing.rows(database.app, { by: 1 })).rejects.toThrow('outside of a transaction')
})

/** How many messages something sends to the database. Nothing else may run meanwhile. */
async function messagesOf(work: () => Promise<unknown>): Promise<number> {
  const original = pg.Client.prototype.query
  let count = 0
  const counting = function (this: pg.Client, ...args: unknown[]) {
    count++
    return Reflect.apply(original, this, args)
  }
  Object.assign(pg.Client.prototype, { query: counting })
  await work().finally(() => Object.assign(pg.Client.prototype, { query: original }))
  return count
}
