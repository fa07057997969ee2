import { and, count, eq, lt } from 'drizzle-orm'
import { bigint, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, tenantId } from '../columns.ts'
import type { Context } from '../context.ts'
import { authorize, found, Refusal } from '../refusal.ts'

/** A table of files on their way into a module. The bytes lie beside the store until something has been made of them. */
export const incomingTable = <Name extends string>(name: Name) =>
  pgTable(
    name,
    {
      tenantId: tenantId(),
      id: uuid('id').notNull(),
      accountId: uuid('account_id').notNull(),
      fileName: text('file_name').notNull(),
      sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
      startedAt: instant('started_at').notNull().defaultNow(),
    },
    (table) => [
      primaryKey({ columns: [table.tenantId, table.id] }),
      index(`${name}_by_account`).on(table.tenantId, table.accountId),
    ],
  )
type IncomingTable = ReturnType<typeof incomingTable>

/** A file on its way in. */
export type StoredUpload = IncomingTable['$inferSelect']

/** What is said of a file before it comes. */
export interface AnnouncedFile {
  fileName: string
  sizeBytes: number
}

/** What a module settles about the files that come into it. */
export interface IncomingRules {
  /** Who may send files, and what this is called where it is refused. */
  mayBegin: (ctx: Context) => boolean
  action: string
  /** So many may be on their way for one account at a time, and what is said of more. */
  atATime: number
  tooMany: string
}

/** The files on their way into a module. Nobody but who began one knows of it. */
export interface Incoming {
  /** Notes that a file is to come. Where it is to go is said when it is there. `begin` makes room for its bytes and gives the id. */
  begin(ctx: Context, file: AnnouncedFile, begin: () => Promise<string>): Promise<StoredUpload>
  open(ctx: Context, uploadId: string): Promise<StoredUpload>
  /** Forgets a file: something has been made of it, or nobody wants it. */
  forget(ctx: Context, uploadId: string): Promise<void>
  /** Forgets all that were begun before an instant and never came to an end. */
  forgetOld(ctx: Pick<Context, 'db' | 'tenantId'>, before: Date): Promise<void>
}

/** The same use cases over the table of each module that files come into. */
export function incomingInto(table: IncomingTable, { mayBegin, action, atATime, tooMany }: IncomingRules): Incoming {
  const own = ({ tenantId, actor }: Context) => and(eq(table.tenantId, tenantId), eq(table.accountId, actor.accountId))
  return {
    async begin(ctx, { fileName, sizeBytes }, begin) {
      const { actor, tenantId } = ctx
      authorize(mayBegin(ctx), action)
      const [open] = await ctx.db.select({ count: count() }).from(table).where(own(ctx))
      if ((open?.count ?? 0) >= atATime) throw new Refusal('too-many', tooMany)

      const id = await begin()
      const row = { tenantId, id, accountId: actor.accountId, fileName, sizeBytes, startedAt: new Date() }
      await ctx.db.insert(table).values(row)
      return row
    },
    async open(ctx, uploadId) {
      const [row] = await ctx.db
        .select()
        .from(table)
        .where(and(own(ctx), eq(table.id, uploadId)))
      return found(row, '个上传的文件')
    },
    async forget(ctx, uploadId) {
      const [gone] = await ctx.db
        .delete(table)
        .where(and(own(ctx), eq(table.id, uploadId)))
        .returning({ id: table.id })
      found(gone, '个上传的文件')
    },
    async forgetOld({ db, tenantId }, before) {
      await db.delete(table).where(and(eq(table.tenantId, tenantId), lt(table.startedAt, before)))
    },
  }
}

/** A file on its way in is forgotten after so many days. */
export const uploadDays = 7
