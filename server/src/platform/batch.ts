import pg from 'pg'

/** A statement with its values as texts; with a name it is parsed on each connection under it, once. */
export interface Asked {
  name?: string | undefined
  text: string
  values: readonly (string | null)[]
}

/** What the database answers to a statement: its rows, and what it did (`SELECT`, `INSERT`, `COMMIT`). */
export type Answer = Pick<pg.QueryResult, 'rows' | 'command'>

/**
 * Statements that leave as one message and are answered by one: each message wakes both sides, which costs more than many
 * statements do. The values travel beside their statement, and what its rows look like is asked for once. Where one fails
 * those behind it do nothing, and nothing is answered but the error.
 */
export class Batch extends pg.Query {
  readonly statements: readonly Asked[]
  readonly answered: Promise<Answer[]>
  readonly #parsed: Parsed
  readonly #answers: Answer[] = []
  #rows: Record<string, unknown>[] = []
  #shape: Shape | undefined
  #resolve: (answers: Answer[]) => void
  #reject: (error: unknown) => void

  constructor(client: pg.ClientBase, statements: readonly Asked[]) {
    super('')
    const { promise, resolve, reject } = Promise.withResolvers<Answer[]>()
    this.statements = statements
    this.answered = promise
    this.#parsed = parsedOn(client)
    this.#resolve = resolve
    this.#reject = reject
  }

  override submit = (connection: pg.Connection): void => {
    for (const { name = '', text, values } of this.statements) {
      if (!this.#parsed.names.has(name)) this.#parse(connection, name, text)
      connection.bind({ statement: name, values: [...values] }, true)
      if (!shapes.has(name)) connection.describe({ type: 'P' }, true)
      connection.execute(null, true)
    }
    connection.sync()
  }

  #parse(connection: pg.Connection, name: string, text: string): void {
    if (this.#parsed.doubtful.delete(name)) connection.close({ type: 'S', name }, true)
    connection.parse({ name, text, types: [] }, true)
    if (name !== '') this.#parsed.names.add(name)
  }

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    this.#shape = fields.map(({ name, dataTypeID }) => ({ name, read: readerOf(dataTypeID) }))
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    this.#shape ??= shapes.get(this.#name)
    const row: Record<string, unknown> = {}
    for (const [at, { name, read }] of this.#shape?.entries() ?? []) {
      const text = fields[at] ?? null
      row[name] = text === null ? null : read(text)
    }
    this.#rows.push(row)
  }

  handleCommandComplete({ text }: { text: string }): void {
    const [command = ''] = text.split(' ', 1)
    if (this.#name !== '') shapes.set(this.#name, this.#shape ?? shapes.get(this.#name) ?? [])
    this.#answers.push({ rows: this.#rows, command })
    this.#rows = []
    this.#shape = undefined
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#answers)
  }

  /** Whether the statement that failed had been parsed by then is not known, and those behind it were not. */
  handleError(error: unknown): void {
    for (const { name } of this.statements.slice(this.#answers.length)) {
      if (name !== undefined && this.#parsed.names.delete(name)) this.#parsed.doubtful.add(name)
    }
    this.#reject(error)
  }

  /** The name of the statement that is being answered. */
  get #name(): string {
    return this.statements[this.#answers.length]?.name ?? ''
  }
}

/** What the rows of a statement look like. */
type Shape = readonly { name: string; read: (text: string) => unknown }[]

/** By the name of the statement, which is parsed the same on every connection. */
const shapes = new Map<string, Shape>()

/** The names of the statements that a connection has parsed, and of those of which that is not sure. */
interface Parsed {
  names: Set<string>
  doubtful: Set<string>
}

function parsedOn(client: pg.ClientBase): Parsed {
  const parsed = parsedBy.get(client) ?? { names: new Set(), doubtful: new Set() }
  parsedBy.set(client, parsed)
  return parsed
}

const parsedBy = new WeakMap<pg.ClientBase, Parsed>()

/** Days and instants stay as the database writes them, as drizzle answers them too. */
const readerOf = (type: number): ((text: string) => unknown) =>
  type === pg.types.builtins.DATE || type === pg.types.builtins.TIMESTAMPTZ
    ? (text) => text
    : pg.types.getTypeParser(type, 'text')
