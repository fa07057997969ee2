import { chmod, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/directory.ts'
import { killRound, victims } from '../../test/prove/kill.ts'
import { startCluster } from './cluster.ts'
import { readPostmaster } from './postmaster.ts'

const { directory: ground, remove } = await temporaryDirectory()
afterAll(remove)

test('listens on its socket only, closed to others, with fsync on, and speaks UTF-8 in bytewise order', async () => {
  const cluster = await startCluster({ directory: path.join(ground, 'plain') })
  try {
    const settings = [
      'listen_addresses',
      'fsync',
      'synchronous_commit',
      'full_page_writes',
      'server_encoding',
      'lc_collate',
      'timezone',
    ]
    const shown = await ask(
      cluster.connection('postgres', 'postgres'),
      `select name, setting from pg_settings where name = any($1) union all
      select 'lc_collate', datcollate from pg_database where datname = 'postgres' order by 1`,
      [settings],
    )
    expect(Object.fromEntries(shown.map((row) => [row.name, row.setting]))).toMatchObject({
      listen_addresses: '',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      server_encoding: 'UTF8',
      lc_collate: 'C',
    })
    expect((await stat(cluster.socketDirectory)).mode & 0o777).toBe(0o700)
    expect((await stat(cluster.dataDirectory)).mode & 0o777).toBe(0o700)
  } finally {
    await cluster.stop()
  }
})

test('what its log says of an error tells nothing of the row', async () => {
  const directory = path.join(ground, 'told')
  const cluster = await startCluster({ directory, isDurable: false })
  try {
    const connection = cluster.connection('postgres', 'postgres')
    const note = `insert into noted select name from json_to_recordset('[{"name":"陈知微"}]') as given(name text)`
    await ask(connection, 'create table noted (name text primary key, number text check (number is not null))')
    await expect(ask(connection, note)).rejects.toThrow('check constraint')
    await ask(connection, 'alter table noted drop constraint noted_number_check')
    await ask(connection, note)
    await expect(ask(connection, note)).rejects.toThrow('duplicate key')
    await expect(ask(connection, `select '{"name":"陈知微\\ud800"}'::json ->> 'name'`)).rejects.toThrow('json')
  } finally {
    await cluster.stop()
  }
  const log = await readFile(path.join(directory, 'postgres.log'), 'utf8')
  expect(log).toContain('duplicate key')
  expect(log).not.toContain('陈知微')
})

test('a second start on the same data says so and leaves the first alone', async () => {
  const directory = path.join(ground, 'twice')
  const both = await Promise.allSettled([startCluster({ directory }), startCluster({ directory })])
  const [running, ...others] = both.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []))
  try {
    expect(others).toEqual([])
    expect(both.find((it) => it.status === 'rejected')?.reason).toMatchObject({
      message: expect.stringContaining('ZHIBU_DATA'),
    })
    const connection = running?.connection('postgres', 'postgres') ?? {}
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  } finally {
    await running?.stop()
  }
})

test('a path too long for a socket, with blanks and Chinese in it', async () => {
  const directory = path.join(ground, '数据 目录'.repeat(10))
  const cluster = await startCluster({ directory, isDurable: false })
  try {
    expect(Buffer.byteLength(cluster.socketDirectory)).toBeLessThan(90)
    expect(await ask(cluster.connection('postgres', 'postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
  } finally {
    await cluster.stop()
    await rm(cluster.socketDirectory, { recursive: true, force: true })
  }
})

test('a left-over postmaster.pid whose number now belongs to another process does not stop the start', async () => {
  const directory = path.join(ground, 'stale')
  const first = await startCluster({ directory, isDurable: false })
  await first.stop()
  await writeFile(
    path.join(first.dataDirectory, 'postmaster.pid'),
    `${process.ppid}\n${first.dataDirectory}\n1\n5432\n\n\n\n`,
  )
  const second = await startCluster({ directory, isDurable: false })
  expect((await readPostmaster(second.dataDirectory))?.pid).not.toBe(process.ppid)
  await second.stop()
})

test('what an interrupted first start has left is taken away, unless it may still go on', async () => {
  const directory = path.join(ground, 'half')
  await mkdir(path.join(directory, 'postgres.0000000a'), { recursive: true })
  await mkdir(path.join(directory, 'postgres.0000000b'))
  await utimes(path.join(directory, 'postgres.0000000a'), 0, 0)
  const cluster = await startCluster({ directory, isDurable: false })
  await cluster.stop()
  expect((await readdir(directory)).sort()).toEqual(['postgres', 'postgres.0000000b', 'postgres.log', 'socket'])
})

test('data below a directory closed to others, which for root lie elsewhere', async () => {
  const closed = path.join(ground, 'closed')
  await mkdir(closed)
  await chmod(closed, 0o700)
  const directory = path.join(closed, 'data')
  const cluster = await startCluster({ directory, isDurable: false })
  await cluster.stop()
  const again = await startCluster({ directory, isDurable: false })
  expect(again.dataDirectory).toBe(cluster.dataDirectory)
  expect(await ask(again.connection('postgres', 'postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
  await again.stop()
  await rm(path.dirname(again.dataDirectory), { recursive: true })
})

describe('kill -9 during writes loses nothing that was acknowledged, and the seals hold:', () => {
  test.each(victims.map((victim, round) => [victim, round] as const))('%s', async (victim, round) => {
    const result = await killRound(path.join(ground, 'killed'), round + 1, victim, 60)
    expect(result).toMatchObject({ victim, lost: 0, problem: null })
  })
})

async function ask(
  connection: pg.ClientConfig,
  question: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(question, values)).rows
  } finally {
    await client.end()
  }
}
