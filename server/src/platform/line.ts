import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'

/** A statement; with a name it is prepared on each connection under it, once. */
export interface Statement {
  name?: string | undefined
  text: string
  /** Texts, numbers, booleans, null and lists of texts, in the order of the parameters. */
  values: readonly unknown[]
  /** Whether it writes or locks, so that only a whole transaction will do. */
  writes: boolean
}

/** Whether a text holds a word that writes or locks. One that only mentions it costs a transaction that was not needed. */
export const writes = (text: string): boolean => /\b(insert|update|delete|merge|lock)\b/i.test(text)

/**
 * Something believed about the university that a transaction stands on. It is asked together with the first message of the
 * transaction, before everything else and under settings of its own, and the transaction stands only where it holds.
 */
export interface Proof {
  opening: readonly string[]
  statement: Statement & { name: string }
  /** Whether the rows of the statement say what was believed. */
  holds(rows: readonly unknown[]): boolean
  /** What is known of it: nothing before it was asked, and nothing where the answer has been lost. */
  outcome: 'not-asked' | 'asked' | 'holds' | 'fails'
}

/**
 * A transaction on a connection. Prepared statements that are asked for in the same moment leave as one message, the first of
 * them together with the beginning of the transaction and the last ones with its end: each message wakes both sides, which
 * costs more than many statements do. Everything else keeps its place in the order. After its end it refuses every statement:
 * what runs on after a failure beside it must not act in the transaction that comes next on the connection.
 */
export class Line {
  /** For statements that drizzle puts together. */
  readonly db: NodePgDatabase
  readonly #client: pg.PoolClient
  readonly #known: Set<string>
  /** What the transaction begins with: settings, a statement each. */
  readonly #opening: readonly string[]
  /** Whether the transaction spans messages: not while prepared statements only read, each message a transaction of its own. */
  #mustOpen: boolean
  #isOpen = false
  #isOver = false
  /** Not asked yet. */
  #proof: Proof | undefined
  #waiting: Waiting[] = []
  /** What nobody has waited for yet; the transaction does. */
  #unheard: Promise<unknown>[] = []
  /** When the last message has been answered, in one way or another. */
  #answered: Promise<unknown> = Promise.resolve()

  /**
   * Nothing is sent before the first statement, and `opening` together with it. What begins by reading only needs no message to
   * end it, and sees in each statement what has been committed by then, as every transaction here does; by the first write it
   * becomes a whole one.
   */
  constructor(
    client: pg.PoolClient,
    opening: readonly string[],
    { isReading = false, proof }: { isReading?: boolean; proof?: Proof | undefined } = {},
  ) {
    this.#client = client
    this.#known = knownOn(client)
    this.#opening = opening
    this.#mustOpen = !isReading
    this.#proof = proof
    const inOrder: pg.PoolClient = Object.create(client, {
      query: {
        value: (...asked: Parameters<pg.PoolClient['query']>) => {
          this.#refuseLate()
          this.#mustOpen = true
          this.#flush()
          return client.query(...asked)
        },
      },
    })
    this.db = drizzle(inOrder)
    linesByDb.set(this.db, this)
  }

  /** The line of a transaction; undefined for a pool. */
  static behind(db: object): Line | undefined {
    return linesByDb.get(db)
  }

  /** Runs a statement. One without a name, or the first time on this connection, is parsed and planned. */
  async run({ name, text, values, writes }: Statement): Promise<pg.QueryResult> {
    this.#refuseLate()
    if (writes) this.#mustOpen = true
    if (name !== undefined && this.#known.has(name)) return this.#send(executing(name, values))
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
    this.#isOver = true
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
    this.#isOver = true
    this.#waiting = []
    if (this.#isOpen) await this.#client.query('rollback')
    // By then it is known whether the proof holds, unless the answer has been lost.
    await this.#answered
  }

  #refuseLate(): void {
    if (this.#isOver) throw new Error('a statement was asked for after its transaction had ended')
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
    if (proof) proof.outcome = 'asked'
    const proving = proof ? [...proof.opening, executing(proof.statement.name, proof.statement.values)] : []
    const first = [...(opens ? ['begin'] : []), ...proving]
    const settings = proof ? changing(proof.opening, this.#opening) : this.#opening
    const opening = this.#isOpen ? [] : [...first, ...settings]
    this.#isOpen ||= opens
    const text = [...opening, ...waiting.map((it) => it.text)].join(';')
    const answered = this.#client.query({ text, types: daysAsText }).then((answer) => {
      // Of several statements the driver answers with a list.
      const results = [answer].flat()
      if (proof) prove(proof, resultAt(results, first.length - 1).rows)
      for (const [at, { resolve }] of waiting.entries()) resolve(resultAt(results, opening.length + at))
    })
    this.#answered = answered.catch((error: unknown) => {
      for (const { reject } of waiting) reject(error)
    })
    if (opens || proof) this.#unheard.push(answered)
  }
}

/** What makes some settings into others: what differs is set, and what was set and is not wanted is taken back. */
function changing(before: readonly string[], wanted: readonly string[]): string[] {
  const names = new Set(wanted.map(subjectOf))
  const takenBack = before.map(subjectOf).filter((it) => !names.has(it))
  return [...takenBack.map((it) => `${it}=''`), ...wanted.filter((it) => !before.includes(it))]
}

/** What a statement sets: all of it before the value. */
const subjectOf = (setting: string): string => setting.slice(0, setting.indexOf('='))

function prove(proof: Proof, rows: readonly unknown[]): void {
  const holds = proof.holds(rows)
  proof.outcome = holds ? 'holds' : 'fails'
  if (!holds) throw new Error('what the transaction stood on no longer holds')
}

/** A statement that has not been sent yet, and who waits for its answer. */
interface Waiting {
  text: string
  resolve(result: pg.QueryResult): void
  reject(error: unknown): void
}

const linesByDb = new WeakMap<object, Line>()

/** The names of the statements that the database has parsed on a connection. */
function knownOn(client: pg.PoolClient): Set<string> {
  const known = statementsOn.get(client) ?? new Set()
  statementsOn.set(client, known)
  return known
}

/** Whether the database has parsed a statement on a connection. */
export const knows = (client: pg.PoolClient, name: string): boolean => knownOn(client).has(name)

const statementsOn = new WeakMap<pg.PoolClient, Set<string>>()

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
