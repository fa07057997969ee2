import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import pg from 'pg'
import { expect, test } from 'vitest'
import { blankDatabase } from '../../test/database.ts'
import { rowRules } from '../row-rules.ts'
import type { DatabaseAddress } from './database.ts'
import { migrate, migrationsFolder, tablesOf } from './migrate.ts'

test('four processes that migrate at once all succeed', async () => {
  const address = await blankDatabase()
  await Promise.all(Array.from({ length: 4 }, () => migrate(address, rowRules)))
  const tables = await ask(address, tablesOf)
  expect(tables.map((it) => it.name)).toContain('journal')
})

test('migrating again changes nothing', async () => {
  const address = await blankDatabase()
  await migrate(address, rowRules)
  const before = await ask(address, catalogue)
  await migrate(address, rowRules)
  expect(await ask(address, catalogue)).toEqual(before)
})

test('a database newer than the program is refused', async () => {
  const address = await blankDatabase()
  await migrate(address, rowRules)
  await ask(address, (client) =>
    client.query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', ${Date.now() + 1e9})`),
  )
  await expect(migrate(address, rowRules)).rejects.toThrow('请升级程序')
})

test('the application may add journal rows and jobs, and change or delete neither rows nor seals', async () => {
  const address = await blankDatabase()
  await migrate(address, rowRules)
  const { rows } = await ask(address, (client) =>
    client.query(`select table_name as name, string_agg(privilege_type, ' ' order by privilege_type) as rights
      from information_schema.role_table_grants where grantee = 'zhibu_app'
      and table_name in ('journal', 'journal_seals', 'journal_sealed_rows', 'job_common', 'persons') group by 1 order by 1`),
  )
  expect(rows).toEqual([
    { name: 'job_common', rights: 'INSERT SELECT' },
    { name: 'journal', rights: 'INSERT SELECT' },
    { name: 'journal_sealed_rows', rights: 'SELECT' },
    { name: 'journal_seals', rights: 'SELECT' },
    { name: 'persons', rights: 'DELETE INSERT SELECT UPDATE' },
  ])
})

test('the migrations say the same as the tables (otherwise: npm run migrations)', async () => {
  const log = JSON.parse(await readFile(path.join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
    entries: { idx: number }[]
  }
  const last = String(log.entries.at(-1)?.idx ?? 0).padStart(4, '0')
  const written = JSON.parse(await readFile(path.join(migrationsFolder, `meta/${last}_snapshot.json`), 'utf8'))
  const sources = import.meta.glob<Record<string, unknown>>(
    ['./journal.ts', './seals.ts', './session.ts', './sign-in.ts', './search/entries.ts', '../modules/*/tables.ts'],
    { eager: true },
  )
  const tables = Object.assign({}, ...Object.values(sources)) as Record<string, unknown>
  expect(await generateMigration(written, generateDrizzleJson(tables, written.id))).toEqual([])
})

async function ask<T>(address: DatabaseAddress, question: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(address.owner)
  await client.connect()
  try {
    return await question(client)
  } finally {
    await client.end()
  }
}

async function catalogue(client: pg.Client) {
  const { rows } =
    await client.query(`select oid::text, xmin::text, relname from pg_class where relnamespace = 'public'::regnamespace
    union all select oid::text, xmin::text, polname from pg_policy order by 1`)
  return rows
}
