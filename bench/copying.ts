import path from 'node:path'
import type pg from 'pg'
import { median } from './measure.ts'

/** The rows that a commit wrote, by table: the condition over the table `it`, with the import as $1. */
const written: Readonly<Record<string, string>> = {
  persons: 'it.import_id = $1',
  development_acts: 'it.import_id = $1',
  development_standings: 'it.person_id in (select id from persons where import_id = $1)',
  development_dues: 'it.person_id in (select id from persons where import_id = $1)',
  journal: 'it.person_id in (select id from persons where import_id = $1)',
}

const facts: readonly string[] = ['persons', 'development_acts']

/**
 * How long COPY takes for the rows that an import wrote, into empty tables of the same shape with the same indexes in the
 * same database, from files and without row-level security: in milliseconds, the commit included.
 */
export async function copyTimes(
  database: pg.Client,
  dataDirectory: string,
  importId: string,
  rounds: number,
): Promise<{ facts: number; everything: number }> {
  const columns = new Map<string, string>()
  for (const [table, condition] of Object.entries(written)) {
    columns.set(table, await columnsOf(database, table))
    await database.query(`create table copied_${table} (like ${table} including all)`)
    const rows = `select ${columns.get(table)} from ${table} it where ${condition.replaceAll('$1', `'${importId}'`)}`
    await database.query(`copy (${rows}) to '${fileOf(dataDirectory, table)}'`)
  }
  const copy = async (tables: readonly string[]): Promise<number> => {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const started = performance.now()
      await database.query('begin')
      for (const table of tables) {
        await database.query(`copy copied_${table} (${columns.get(table)}) from '${fileOf(dataDirectory, table)}'`)
      }
      await database.query('commit')
      times.push(performance.now() - started)
      for (const table of tables) await database.query(`truncate copied_${table}`)
    }
    return median(times)
  }
  return { facts: await copy(facts), everything: await copy(Object.keys(written)) }
}

const fileOf = (dataDirectory: string, table: string): string => path.join(dataDirectory, `${table}.copy`)

/** The columns that are written; the database makes the others by itself. */
async function columnsOf(database: pg.Client, table: string): Promise<string> {
  const { rows } = await database.query<{ name: string }>(
    `select quote_ident(column_name) as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  return rows.map((it) => it.name).join(', ')
}
