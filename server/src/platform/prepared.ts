import { createHash } from 'node:crypto'
import { fillPlaceholders, type SQL, sql } from 'drizzle-orm'
import { PgDialect, type PgPreparedQuery, type PreparedQueryConfig } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { beforeCommit, type Db } from './database.ts'

/**
 * A statement that the database parses and plans once for each connection, under a name that is unique in the program.
 * Its values are `sql.placeholder(…)`. For statements whose best plan does not depend on the values: one record by its key.
 */
export class Prepared<Row> {
  readonly #name: string
  readonly #query: { sql: string; params: unknown[] }
  readonly #byConnection = new WeakMap<Db, PgPreparedQuery<Execution<Row>>>()

  constructor(name: string, statement: SQL) {
    this.#name = name
    this.#query = dialect.sqlToQuery(statement)
  }

  /** Runs the statement with the values of its placeholders. */
  async rows(db: Db, values: Record<string, unknown>): Promise<Row[]> {
    const known = this.#byConnection.get(db)
    const query = known ?? db._.session.prepareQuery(this.#query, undefined, this.#name, false)
    if (!known) this.#byConnection.set(db, query)
    return (await query.execute(values)).rows
  }

  /**
   * Runs the statement without waiting for it: it is on its way together with what follows, and the transaction is not
   * committed unless it has succeeded. For writes whose outcome the use case need not know.
   */
  send(db: Db, values: Record<string, unknown>): void {
    beforeCommit(db, this.rows(db, values))
  }

  /** Whether the statement has run on this connection. */
  isKnownTo(db: Db): boolean {
    return this.#byConnection.has(db)
  }

  /** The call of the statement as a text that can be sent together with others, on a connection that knows it. */
  call(values: Record<string, string | null>): string {
    const literals = fillPlaceholders(this.#query.params, values).map((it) =>
      it === null ? 'null' : pg.escapeLiteral(String(it)),
    )
    return `execute ${pg.escapeIdentifier(this.#name)}(${literals.join(',')})`
  }
}

/** Placeholders of these names, one after the other, as the values of an insert. */
export function placeholders(...names: readonly string[]): SQL {
  return sql.join(
    names.map((it) => sql`${sql.placeholder(it)}`),
    sql`, `,
  )
}

/**
 * Runs a statement that is put together from parts, prepared under the digest of its text: a list is asked for in few forms
 * and planning takes longer than reading a page. Parts that decide the plan (which part of the tree, which order) must
 * differ in the text and not only in the values.
 */
export async function preparedRows<Row>(db: Db, statement: SQL): Promise<Row[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement)
  const query: PgPreparedQuery<Execution<Row>> = db._.session.prepareQuery(
    { sql: text, params },
    undefined,
    nameOf(text),
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
