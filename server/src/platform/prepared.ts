import { createHash } from 'node:crypto'
import { fillPlaceholders, type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Db } from './database.ts'
import { Line, type Statement, writes } from './line.ts'

/**
 * A statement that the database parses and plans once for each connection, under a name that is unique in the program.
 * Its values are `sql.placeholder(…)`. For statements whose best plan does not depend on the values: one record by its key.
 * Runs in a transaction.
 */
export class Prepared<Row> {
  readonly #name: string
  readonly #query: { sql: string; params: unknown[] }
  readonly #writes: boolean

  constructor(name: string, statement: SQL) {
    this.#name = name
    this.#query = dialect.sqlToQuery(statement)
    this.#writes = writes(this.#query.sql)
  }

  /** Runs the statement with the values of its placeholders. */
  async rows(db: Db, values: Record<string, unknown>): Promise<Row[]> {
    const { rows } = await lineOf(db).run(this.asked(values))
    return rows
  }

  /**
   * Runs the statement without waiting for it: it is on its way together with what follows, and the transaction is not
   * committed unless it has succeeded. For writes whose outcome the use case need not know.
   */
  send(db: Db, values: Record<string, unknown>): void {
    const line = lineOf(db)
    line.beforeCommit(line.run(this.asked(values)))
  }

  /** The statement with its values. */
  asked(values: Record<string, unknown>): Statement & { name: string } {
    const { sql: text, params } = this.#query
    return { name: this.#name, text, values: fillPlaceholders(params, values), writes: this.#writes }
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
  const { sql: text, params: values } = dialect.sqlToQuery(statement)
  const { rows } = await lineOf(db).run({ name: nameOf(text), text, values, writes: writes(text) })
  return rows
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

function lineOf(db: Db): Line {
  const line = Line.behind(db)
  if (!line) throw new Error('a prepared statement was run outside of a transaction')
  return line
}
