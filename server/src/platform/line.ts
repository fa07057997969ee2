import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { type Answer, type Asked, Batch } from './batch.ts'

/** A statement; with a name it is prepared on each connection under it, once. */
export interface Statement extends Omit<Asked, 'values'> {
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
  opening: readonly Asked[]
  statement: Statement
  /** Whether the rows of the statement say what was believed. */
  holds(rows: readonly unknown[]): boolean
  /** What is known of it: nothing before it was asked, and nothing where the answer has been lost. */
  outcome: 'not-asked' | 'asked' | 'holds' | 'fails'
}

/**
 * A transaction on a connection. Statements that are asked for in the same moment leave as one batch, the first of them together
 * with the beginning of the transaction and the last ones with its end. What drizzle puts together keeps its place in the order.
 * After its end it refuses every statement: what runs on after a failure beside it must not act in the transaction that comes
 * next on the connection.
 */
export class Line {
  /** For statements that drizzle puts together. */
  readonly db: NodePgDatabase
  readonly #client: pg.PoolClient
  /** What the transaction begins with: settings. */
  readonly #opening: readonly Asked[]
  /** Whether the transaction spans batches: not while statements only read, each batch a transaction of its own. */
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
    opening: readonly Asked[],
    { isReading = false, proof }: { isReading?: boolean; proof?: Proof | undefined } = {},
  ) {
    this.#client = client
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

  /** Runs a statement. */
  async run(statement: Statement): Promise<Answer> {
    this.#refuseLate()
    if (statement.writes) this.#mustOpen = true
    return this.#send(asTexts(statement))
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
    const [{ command }] = await Promise.all([this.#send(committing), ...this.#unheard])
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

  #send(statement: Asked): Promise<Answer> {
    if (this.#waiting.length === 0) process.nextTick(() => this.#flush())
    const sent = new Promise<Answer>((resolve, reject) => this.#waiting.push({ statement, resolve, reject }))
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
    const proving = proof ? [...proof.opening, asTexts(proof.statement)] : []
    const first = [...(opens ? [beginning] : []), ...proving]
    const opening = this.#isOpen ? [] : [...first, ...this.#opening]
    this.#isOpen ||= opens
    const batch = new Batch(this.#client, [...opening, ...waiting.map((it) => it.statement)])
    this.#client.query(batch)
    const answered = batch.answered.then((answers) => {
      if (proof) prove(proof, answerAt(answers, first.length - 1).rows)
      for (const [at, { resolve }] of waiting.entries()) resolve(answerAt(answers, opening.length + at))
    })
    this.#answered = answered.catch((error: unknown) => {
      for (const { reject } of waiting) reject(error)
    })
    if (opens || proof) this.#unheard.push(answered)
  }
}

const beginning: Asked = { name: 'begin', text: 'begin', values: [] }
const committing: Asked = { name: 'commit', text: 'commit', values: [] }

function prove(proof: Proof, rows: readonly unknown[]): void {
  const holds = proof.holds(rows)
  proof.outcome = holds ? 'holds' : 'fails'
  if (!holds) throw new Error('what the transaction stood on no longer holds')
}

/** A statement that has not been sent yet, and who waits for its answer. */
interface Waiting {
  statement: Asked
  resolve(answer: Answer): void
  reject(error: unknown): void
}

const linesByDb = new WeakMap<object, Line>()

function answerAt(answers: readonly Answer[], at: number): Answer {
  const answer = answers[at]
  if (!answer) throw new Error('the database has answered fewer statements than were sent')
  return answer
}

const asTexts = ({ name, text, values }: Statement): Asked => ({ name, text, values: values.map(textOf) })

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
