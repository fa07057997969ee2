import { createHash } from 'node:crypto'
import type { SQL } from 'drizzle-orm'
import { PgDialect, type PgPreparedQuery, type PreparedQueryConfig } from 'drizzle-orm/pg-core'
import type { Db } from './database.ts'

/**
 * A statement that the database parses and plans once for each connection, under a name that is unique in the program.
 * Its values are `sql.placeholder(…)`. For statements whose best plan does not depend on the values: one record by its key.
 */
export class Prepared<Row> {
  readonly #name: string
  readonly #statement: SQL
  readonly #byConnection = new WeakMap<Db, PgPreparedQuery<Execution<Row>>>()

  constructor(name: string, statement: SQL) {
    this.#name = name
    this.#statement = statement
  }

  /** Runs the statement with the values of its placeholders. */
  async rows(db: Db, values: Record<string, unknown>): Promise<Row[]> {
    const known = this.#byConnection.get(db)
    const query = known ?? db._.session.prepareQuery(dialect.sqlToQuery(this.#statement), undefined, this.#name, false)
    if (!known) this.#byConnection.set(db, query)
    return (await query.execute(values)).rows
  }
}

/**
 * Runs a statement that is put together from parts, prepared under the digest of its text: a list is asked for in few forms
 * and planning takes longer than reading a page. Parts that decide the plan (which part of the tree, which order) must
 * differ in the text and not only in the values.
 */
export async function preparedRows<Row>(db: Db, statement: SQL): Promise<Row[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  const query: PgPreparedQuery<Execution<Row>> = db._.session.prepareQuery(
    { sql, params },
    undefined,
    nameOf(sql),
    false,
  )
  return (await query.execute()).rows
}

/** How many forms are prepared; what comes after them is planned each time, so that a connection does not fill its memory. */
const formLimit = 200

const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= formLimit) return known
  const name = `form_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
  names.set(text, name)
  return name
}

const dialect = new PgDialect()

interface Execution<Row> extends PreparedQueryConfig {
  execute: { rows: Row[] }
}
