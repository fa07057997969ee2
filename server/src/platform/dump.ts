import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type DatabaseAddress, keeperRole } from './database.ts'
import { schemaVersionOf } from './migrate.ts'

/** How many rows a table has. */
export interface TableCount {
  name: string
  rows: number
}

/** What a table held: its rows, and the hash of their text in the order of the primary key. */
export interface TableDump extends TableCount {
  sha256: string
}

/** A backup that cannot be made or restored as things stand; the message says why and what to do. */
export class BackupRefused extends Error {}

interface Table {
  name: string
  /** Whether row-level security binds its owner, too. */
  isForced: boolean
  columns: string[]
  /** The columns of the primary key that are text, and the others, in its order. */
  key: { name: string; isText: boolean }[]
}

/** All tables with the columns that a backup carries; transaction numbers mean nothing in another server. A referenced table comes first. */
async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { references: string[] }>(`
    select c.relname as name, c.relforcerowsecurity as "isForced",
      (select array_agg(attname::text order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' and atttypid <> 'xid8'::regtype) as columns,
      coalesce((select jsonb_agg(jsonb_build_object('name', a.attname, 'isText', a.atttypid = 'text'::regtype) order by k.at)
        from pg_index i, unnest(i.indkey) with ordinality as k(number, at) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
        where i.indrelid = c.oid and i.indisprimary), '[]') as key,
      array(select confrelid::regclass::text from pg_constraint where conrelid = c.oid and contype = 'f' and confrelid <> c.oid) as references
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by c.relname`)
  const sorted: Table[] = []
  const isPlaced = (name: string) => sorted.some((it) => it.name === name)
  for (let left = rows; left.length > 0; ) {
    const ready = left.filter((table) => table.references.every(isPlaced))
    if (ready.length === 0)
      throw new Error(`tables refer to each other in a circle: ${left.map((it) => it.name).join(', ')}`)
    sorted.push(...ready)
    left = left.filter((table) => !ready.includes(table))
  }
  return sorted
}

/** All rows in an order that is the same on every server. */
function selectionOf({ name, columns, key }: Table): string {
  const order = key.map((it) => `"${it.name}"${it.isText ? ' collate "C"' : ''}`)
  return `select ${columnList(columns)} from "${name}" order by ${order.join(', ') || `"${name}"::text collate "C"`}`
}

const columnList = (columns: readonly string[]) => columns.map((it) => `"${it}"`).join(', ')

/** Writes each table to `<name>.gz` in a directory, all as they stand at one moment. */
export async function dumpTables(
  address: DatabaseAddress,
  directory: string,
): Promise<{ tables: TableDump[]; version: number }> {
  return inSnapshot(address, async (client) => {
    const tables: TableDump[] = []
    for (const table of await tablesOf(client)) {
      const output = client.query(copyTo(`copy (${selectionOf(table)}) to stdout`))
      const hash = createHash('sha256')
      const target = createWriteStream(path.join(directory, `${table.name}.gz`), { mode: 0o600 })
      await pipeline(output, hashing(hash), createGzip({ level: 3 }), target)
      tables.push({ name: table.name, rows: output.rowCount, sha256: hash.digest('hex') })
    }
    return { tables, version: await schemaVersionOf(client) }
  })
}

/** Writes each table as CSV with a header line to `<name>.csv` in a directory. */
export function exportTables(address: DatabaseAddress, directory: string): Promise<TableCount[]> {
  return inSnapshot(address, async (client) => {
    const counts: TableCount[] = []
    for (const table of await tablesOf(client)) {
      const output = client.query(copyTo(`copy (${selectionOf(table)}) to stdout with (format csv, header)`))
      await pipeline(output, createWriteStream(path.join(directory, `${table.name}.csv`), { mode: 0o600 }))
      counts.push({ name: table.name, rows: output.rowCount })
    }
    return counts
  })
}

/**
 * Copies rows into empty tables and reads them back, in one transaction that is kept only if the bytes are the same.
 * The owner steps out of row-level security for it, which COPY does not know, and back in before the end.
 */
export async function loadTables(
  address: DatabaseAddress,
  dumps: readonly TableDump[],
  read: (table: string) => Readable,
): Promise<void> {
  await inTransaction(address, 'begin', async (client) => {
    const tables = await tablesOf(client)
    const forced = tables.filter((it) => it.isForced)
    for (const { name } of forced) await client.query(`alter table "${name}" no force row level security`)
    await refuseRows(client, tables)
    for (const table of tables) {
      const dump = dumps.find((it) => it.name === table.name)
      if (!dump) throw new BackupRefused(`备份中没有表 ${table.name}。 (The backup lacks a table.)`)
      await loadTable(client, table, dump, read(table.name))
    }
    for (const { name } of forced) await client.query(`alter table "${name}" force row level security`)
  })
}

async function loadTable(client: pg.Client, table: Table, dump: TableDump, rows: Readable): Promise<void> {
  const input = client.query(copyFrom(`copy "${table.name}" (${columnList(table.columns)}) from stdin`))
  await pipeline(rows, createGunzip(), input)
  const output = client.query(copyTo(`copy (${selectionOf(table)}) to stdout`))
  const hash = createHash('sha256')
  for await (const chunk of output) hash.update(chunk as Buffer)
  if (output.rowCount === dump.rows && hash.digest('hex') === dump.sha256) return
  throw new BackupRefused(
    `表 ${table.name} 恢复后与备份不一致，未保留任何改动。 (It differs from the backup; nothing was kept.)`,
  )
}

async function refuseRows(client: pg.Client, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    const { rowCount } = await client.query(`select 1 from "${name}" limit 1`)
    if (rowCount !== 0) {
      throw new BackupRefused(
        `数据库不是空的（表 ${name} 中有数据）。请恢复到新的数据目录或新建的数据库。 (The database is not empty: use a new data directory or a new database.)`,
      )
    }
  }
}

function inSnapshot<T>(address: DatabaseAddress, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return inTransaction(address, `begin isolation level repeatable read read only; set local role ${keeperRole}`, work)
}

async function inTransaction<T>(
  address: DatabaseAddress,
  opening: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(address.owner)
  await client.connect()
  try {
    const texts = `set local datestyle = 'ISO, YMD'; set local timezone = 'UTC'; set local extra_float_digits = 1; set local bytea_output = 'hex'`
    await client.query(`${opening}; ${texts}`)
    const result = await work(client)
    await client.query('commit')
    return result
  } finally {
    await client.end()
  }
}

/** Lets the bytes through and takes them into the hash. */
function hashing(hash: ReturnType<typeof createHash>) {
  return async function* (source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      hash.update(chunk)
      yield chunk
    }
  }
}
