import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'

/** A statement; with a name it is prepared on each connection under it, once. */
export interface Statement {
  name?: string | undefined
  text: string
  /** Texts, numbers, booleans, null and lists of texts, in the order of the parameters. */
  values: readonly unknown[]
}

/**
 * Something believed about the university that a transaction stands on. It is asked together with the first message of the
 * transaction, before everything else and under settings of its own, and the transaction stands only where it holds.
 */
export interface Proof {
  opening: readonly string[]
  statement: Statement & { name: string }
  /** Whether the rows of the statement say what was believed. */
  holds(rows: readonly unknown[]): boolean
  /** Set as soon as it is known to hold. */
  isProven: boolean
}

/**
 * A connection of a pool. Prepared statements that are asked for in the same moment leave as one message, the first of them
 * together with the beginning of the transaction and the last ones with its end: each message wakes both sides, which costs
 * more than many statements do. Everything else keeps its place in the order.
 */
export class Line {
  /** For statements that drizzle puts together. */
  readonly db: NodePgDatabase
  readonly #client: pg.PoolClient
  readonly #known = new Set<string>()
  /** What the transaction begins with. */
  #opening: readonly string[] = []
  /** Whether the transaction spans messages: not while prepared statements only read, each message a transaction of its own. */
  #mustOpen = true
  #isOpen = false
  /** Not asked yet. */
  #proof: Proof | undefined
  #waiting: Waiting[] = []
  /** What nobody has waited for yet; the transaction does. */
  #unheard: Promise<unknown>[] = []

  private constructor(client: pg.PoolClient) {
    this.#client = client
    const inOrder: pg.PoolClient = Object.create(client, {
      query: {
        value: (...asked: Parameters<pg.PoolClient['query']>) => {
          this.#mustOpen = true
          this.#flush()
          return client.query(...asked)
        },
      },
    })
    this.db = drizzle(inOrder)
  }

  /** The line of a connection, made once. */
  static of(client: pg.PoolClient): Line {
    const known = linesOf.get(client)
    if (known) return known
    const made = new Line(client)
    linesOf.set(client, made)
    linesByDb.set(made.db, made)
    return made
  }

  /** The line of an open transaction; undefined for a pool. */
  static behind(db: object): Line | undefined {
    return linesByDb.get(db)
  }

  /**
   * Puts statements before the next one that is sent. One that begins by reading only needs no message to end it, and sees in
   * each statement what has been committed by then, as every transaction here does; by the first write it becomes a whole one.
   */
  begin(
    opening: readonly string[],
    { isReading = false, proof }: { isReading?: boolean; proof?: Proof | undefined } = {},
  ): void {
    this.#proof = proof
    this.#opening = opening
    this.#mustOpen = !isReading
    this.#isOpen = false
    this.#waiting = []
    this.#unheard = []
  }

  /** Whether the database has parsed a statement on this connection. */
  knows(name: string): boolean {
    return this.#known.has(name)
  }

  /** Runs a statement. One without a name, or the first time on this connection, is parsed and planned. */
  async run({ name, text, values }: Statement): Promise<pg.QueryResult> {
    if (name !== undefined && this.knows(name)) return this.#send(executing(name, values))
    this.#mustOpen = true
    this.#flush()
    const result = await this.#client.query({ ...(name && { name }), text, values: [...values], types: daysAsText })
    if (name !== undefined) this.#known.add(name)
    return result
  }

  /** Makes the end of the transaction depend on a statement whose outcome the use case need not know. */
  beforeCommit(statement: Promise<unknown>): void {
    this.#mustOpen = true
    statement.catch(() => undefined)
    this.#unheard.push(statement)
  }

  /** Ends the transaction. Throws where a statement in it had failed, so that the database has rolled back. */
  async commit(): Promise<void> {
    if (this.#proof) {
      if (this.#waiting.length === 0) return
      this.#flush()
      await Promise.all(this.#unheard)
    }
    if (!this.#mustOpen) return
    const [{ command }] = await Promise.all([this.#send('commit'), ...this.#unheard])
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back because a statement in it had failed')
  }

  /** Takes the transaction back. What has not been sent by now is neither sent nor answered. */
  async rollback(): Promise<void> {
    this.#waiting = []
    if (this.#isOpen) await this.#client.query('rollback')
  }

  #send(text: string): Promise<pg.QueryResult> {
    if (this.#waiting.length === 0) process.nextTick(() => this.#flush())
    const sent = new Promise<pg.QueryResult>((resolve, reject) => this.#waiting.push({ text, resolve, reject }))
    sent.catch(() => undefined)
    return sent
  }

  #flush(): void {
    const waiting = this.#waiting
    this.#waiting = []
    const opens = this.#mustOpen && !this.#isOpen
    if (waiting.length === 0 && !opens) return
    const proof = this.#proof
    this.#proof = undefined
    const proving = proof ? [...proof.opening, executing(proof.statement.name, proof.statement.values)] : []
    const first = [...(opens ? ['begin'] : []), ...proving]
    const opening = this.#isOpen ? [] : [...first, ...this.#opening]
    this.#isOpen ||= opens
    const text = [...opening, ...waiting.map((it) => it.text)].join(';')
    const answered = this.#client.query({ text, types: daysAsText }).then((answer) => {
      // Of several statements the driver answers with a list.
      const results = [answer].flat()
      if (proof) prove(proof, resultAt(results, first.length - 1).rows)
      for (const [at, { resolve }] of waiting.entries()) resolve(resultAt(results, opening.length + at))
    })
    answered.catch((error: unknown) => {
      for (const { reject } of waiting) reject(error)
    })
    if (opens || proof) this.#unheard.push(answered)
  }
}

function prove(proof: Proof, rows: readonly unknown[]): void {
  proof.isProven = proof.holds(rows)
  if (!proof.isProven) throw new Error('what the transaction stood on no longer holds')
}

/** A statement that has not been sent yet, and who waits for its answer. */
interface Waiting {
  text: string
  resolve(result: pg.QueryResult): void
  reject(error: unknown): void
}

const linesOf = new WeakMap<pg.PoolClient, Line>()
const linesByDb = new WeakMap<object, Line>()

function resultAt(results: readonly pg.QueryResult[], at: number): pg.QueryResult {
  const result = results[at]
  if (!result) throw new Error('the database has answered fewer statements than were sent')
  return result
}

/** The call of a prepared statement as a text, which can be sent together with others. */
function executing(name: string, values: readonly unknown[]): string {
  const literals = values.map((it) => {
    const text = textOf(it)
    return text === null ? 'null' : pg.escapeLiteral(text)
  })
  return `execute ${pg.escapeIdentifier(name)}${literals.length > 0 ? `(${literals.join(',')})` : ''}`
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return `{${value.map(quoted).join(',')}}`
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return storable(String(value))
  throw new TypeError(`a ${typeof value} is no value of a prepared statement`)
}

const quoted = (value: unknown): string => `"${(textOf(value) ?? '').replace(/["\\]/g, '\\$&')}"`

/** A text with this character would end the message before its end. */
function storable(text: string): string {
  if (text.includes('\0')) throw new TypeError('a text for the database holds the character of code 0')
  return text
}

/** Days and instants as the database writes them, as drizzle answers them too. */
const daysAsText: pg.CustomTypesConfig = {
  getTypeParser: (type, format) =>
    [pg.types.builtins.DATE, pg.types.builtins.TIMESTAMPTZ].includes(type)
      ? (value: string) => value
      : pg.types.getTypeParser(type, format),
}
