import type { SQL } from 'drizzle-orm'
import { PgDialect, type PgPreparedQuery, type PreparedQueryConfig } from 'drizzle-orm/pg-core'
import type { Db } from './database.ts'

/**
 * A statement that the database parses and plans once for each connection, under a name that is unique in the program.
 * Its values are `sql.placeholder(…)`. For statements whose best plan does not depend on the values: one record by its key,
 * not a list over a part of the tree.
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

const dialect = new PgDialect()

interface Execution<Row> extends PreparedQueryConfig {
  execute: { rows: Row[] }
}
