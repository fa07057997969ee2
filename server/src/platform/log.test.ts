import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { describe } from './log.ts'

const database = await freshDatabase()

test.each<[what: string, failing: () => PromiseLike<unknown>, says: Record<string, unknown>]>([
  ['a value of the wrong kind', () => database.app.execute(sql`select ${'张三'}::uuid`), { code: '22P02' }],
  ['a value in a constant', () => database.app.execute(sql`select '张三'::uuid`), { code: '22P02' }],
  [
    'a broken constraint',
    () => database.app.execute(sql`insert into universities (id, name) values ('u', '张三'), ('u', '张三')`),
    { table: 'universities', constraint: 'universities_pkey' },
  ],
])('what is logged of %s holds no value', async (_what, failing, says) => {
  const error = await Promise.resolve(failing()).catch((it: unknown) => it)
  const described = error instanceof Error ? describe(error) : {}
  expect(described).toMatchObject({ type: 'DatabaseError', ...says, stack: expect.stringContaining('at ') })
  expect(JSON.stringify(described)).not.toContain('张三')
})

test('what is logged of a lost connection holds no value of the statement around it', () => {
  const error = new Error('Failed query: select $1\nparams: 张三', { cause: new Error('Connection terminated') })
  expect(describe(error)).toMatchObject({ type: 'Error', message: 'Connection terminated' })
  expect(JSON.stringify(describe(error))).not.toContain('张三')
})
