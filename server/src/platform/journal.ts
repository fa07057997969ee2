import { sql } from 'drizzle-orm'
import { customType, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from './columns.ts'
import type { Context } from './context.ts'
import { newId } from './ids.ts'
import { manyRows } from './many-rows.ts'
import { Prepared, placeholders } from './prepared.ts'

/** The number of a transaction; tells the sealer which rows it cannot have seen before. */
export const transactionNumber = customType<{ data: string }>({ dataType: () => 'xid8' })

/** Every write, and every reading of a sensitive field or file, in the transaction that did it. Rows are never changed. */
export const journal = pgTable(
  'journal',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    at: instant('at').notNull().defaultNow(),
    /** Null where no account acted: set-up, nightly work, a failed sign-in. */
    accountId: uuid('account_id'),
    actorName: text('actor_name').notNull(),
    event: text('event').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    orgPath: orgPath('org_path'),
    /** The person concerned, who sees this row. */
    personId: uuid('person_id'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
    requestId: text('request_id').notNull(),
    transaction: transactionNumber('transaction').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('journal_by_person').on(table.tenantId, table.personId, table.id),
    index('journal_by_subject').on(table.tenantId, table.subjectId, table.id),
    index('journal_in_order').on(table.transaction, table.id),
  ],
)

/** What an event is about. */
export interface Subject {
  /** The glossary's word for the thing: `person`, `organization`, `import`, `account`. */
  kind: string
  id: string
  /** Where it stands in the tree, if it stands there. */
  orgPath?: string | undefined
  /** The person concerned, who may see that this happened. */
  personId?: string | null | undefined
}

/** `module.what-happened`, in the past tense: `development.act-recorded`. */
export type JournalEvent = `${string}.${string}`

/** What `record` needs of a context; jobs without an actor give a name only. */
export interface Recorder {
  db: Context['db']
  tenantId: string
  actor: { accountId: string | null; name: string }
  requestId: string
}

/** Who acts where the platform does something by itself. */
export const system: Recorder['actor'] = { accountId: null, name: '系统' }

/** Writes down what was done, in the same transaction. Details hold no identity number, phone number or password. */
export async function record(
  ctx: Recorder,
  event: JournalEvent,
  subject: Subject,
  details: object = {},
): Promise<void> {
  journalRow.send(ctx.db, valuesOfEntry(ctx, event, subject, details))
}

/** The values of `insertEntry`, for a statement that writes down what it does itself. */
export function valuesOfEntry(ctx: Recorder, event: JournalEvent, subject: Subject, details: object = {}) {
  const { id, personId, details: entry, ...rest } = entryOf(ctx, event, subject, details)
  return { ...rest, entryId: id, concerns: personId, entry: JSON.stringify(entry) }
}

/** Inserts a row of the journal; alone or as the last part of a statement. */
export const insertEntry = sql`insert into journal (tenant_id, id, account_id, actor_name, event, subject_kind, subject_id,
    org_path, person_id, details, request_id)
  values (${placeholders(
    ...['tenantId', 'entryId', 'accountId', 'actorName', 'event', 'subjectKind', 'subjectId', 'orgPath', 'concerns'],
    ...['entry', 'requestId'],
  )})`

const journalRow = new Prepared('journal_row', insertEntry)

/** Writes down many events of one kind, such as the persons of an import. */
export async function recordAll(
  ctx: Recorder,
  event: JournalEvent,
  all: readonly { subject: Subject; details?: object }[],
): Promise<void> {
  const entries = all.map(({ subject, details = {} }) => entryOf(ctx, event, subject, details))
  await journalRows.insert(ctx.db, entries)
}

const journalRows = manyRows(journal, ['at', 'transaction'])

/** Writes down that somebody read a sensitive field or a file of a person; the person sees it. */
export async function recordReading(
  ctx: Recorder,
  what: string,
  subject: Subject & { personId: string },
): Promise<void> {
  await record(ctx, 'journal.read', subject, { what })
}

function entryOf(ctx: Recorder, event: JournalEvent, subject: Subject, details: object): typeof journal.$inferInsert {
  return {
    tenantId: ctx.tenantId,
    id: newId(),
    accountId: ctx.actor.accountId,
    actorName: ctx.actor.name,
    event,
    subjectKind: subject.kind,
    subjectId: subject.id,
    orgPath: subject.orgPath ?? null,
    personId: subject.personId ?? null,
    details: { ...details },
    requestId: ctx.requestId,
  }
}
