import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { type Asked, Batch } from './batch.ts'

const { address } = await freshDatabase()
const pool = new pg.Pool({ ...address.owner, max: 2, pipeline: true })
afterAll(() => pool.end())

const half: Asked = { name: 'batch_test_half', text: 'select 1 / $1::int as half', values: ['1'] }
const by = (divisor: string): Asked => ({ ...half, values: [divisor] })
const sum = (name: string, a: string, b: string): Asked => ({
  name: `batch_test_${name}`,
  text: 'select $1::int + $2::int as sum',
  values: [a, b],
})

test('each statement of a batch is answered, known or new, with a name or without, with rows or without', async () => {
  await connected(async (ask) => {
    const asked: Asked[] = [
      { name: 'begin', text: 'begin', values: [] },
      { text: 'create temporary table batch_test (day date, at timestamptz, is_so boolean, list text[])', values: [] },
      {
        name: 'batch_test_insert',
        text: 'insert into batch_test values ($1, $2, $3, $4)',
        values: ['2026-05-11', '2026-05-11 08:00:00.000001+00', 'true', '{"a,b","\\"c\\"",NULL}'],
      },
      { text: 'select * from batch_test union all select $1, null, null, null', values: [null] },
      { name: 'rollback', text: 'rollback', values: [] },
    ]
    const answers = [
      { command: 'BEGIN', rows: [] },
      { command: 'CREATE', rows: [] },
      { command: 'INSERT', rows: [] },
      {
        command: 'SELECT',
        rows: [
          { day: '2026-05-11', at: '2026-05-11 08:00:00.000001+00', is_so: true, list: ['a,b', '"c"', null] },
          { day: null, at: null, is_so: null, list: null },
        ],
      },
      { command: 'ROLLBACK', rows: [] },
    ]
    expect(await ask(asked)).toEqual(answers)
    expect(await ask(asked)).toEqual(answers)
  })
})

test('what the rows of a statement look like is known on the next connection, which has to parse it', async () => {
  await connected(async (askOne) => {
    await connected(async (askOther) => {
      expect(await askOne([sum('shape', '1', '2')])).toEqual([{ command: 'SELECT', rows: [{ sum: 3 }] }])
      expect(await askOther([sum('shape', '2', '2')])).toEqual([{ command: 'SELECT', rows: [{ sum: 4 }] }])
    })
  })
})

describe('after a failure every statement can be asked again', () => {
  test.each<[what: string, batch: Asked[], message: string]>([
    ['one that was parsed and failed', [by('0')], 'division by zero'],
    ['one that was not reached', [by('0'), sum('unreached', '1', '1')], 'division by zero'],
    ['one whose values do not fit', [sum('unfit', 'x', '1')], 'invalid input syntax for type integer'],
    ['one that cannot be parsed', [{ name: 'batch_test_wrong', text: 'selekt', values: [] }], 'syntax error'],
  ])('%s', async (_what, batch, message) => {
    await connected(async (ask) => {
      await expect(ask(batch)).rejects.toThrow(message)
      await expect(ask(batch)).rejects.toThrow(message)
      const again = batch.map((it) => ({
        ...it,
        text: it.text.replace('selekt', 'select 2 as sum'),
        values: it.values.map(() => '1'),
      }))
      expect((await ask(again)).map((it) => it.rows[0])).toEqual(
        batch.map((it) => (it.name === half.name ? { half: 1 } : { sum: 2 })),
      )
    })
  })
})

test('batches that are sent before the first is answered are answered each by itself, also behind one that fails', async () => {
  await connected(async (ask) => {
    const asked = [ask([sum('piped', '1', '1')]), ask([by('0')]), ask([sum('piped', '1', '2')])]
    const outcomes = await Promise.allSettled(asked)
    expect(outcomes.map((it) => (it.status === 'fulfilled' ? it.value[0]?.rows : String(it.reason)))).toEqual([
      [{ sum: 2 }],
      'error: division by zero',
      [{ sum: 3 }],
    ])
  })
})

test('a connection that ends under a batch rejects it', async () => {
  const client = await pool.connect()
  client.on('error', () => undefined)
  const batch = new Batch(client, [{ text: 'select pg_terminate_backend(pg_backend_pid())', values: [] }])
  client.query(batch)
  try {
    // What is heard of first is told: what the server says, or that nothing can be written to it any more.
    await expect(batch.answered).rejects.toThrow(/terminat|EPIPE|ECONNRESET/)
  } finally {
    client.release(true)
  }
})

/** On a connection of its own that has parsed nothing yet. */
async function connected(useCase: (ask: (asked: Asked[]) => Batch['answered']) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await useCase((asked) => {
      const batch = new Batch(client, asked)
      client.query(batch)
      return batch.answered
    })
  } finally {
    client.release(true)
  }
}
