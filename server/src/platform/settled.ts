import { desc, eq } from 'drizzle-orm'
import { integer, jsonb, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { instant, tenantId } from './columns.ts'
import type { Context } from './context.ts'
import { Refusal } from './refusal.ts'

/** A table of what a university has settled about something: a row for each change, the newest counts. */
export const settledTable = <Settings>(name: string) =>
  pgTable(
    name,
    {
      tenantId: tenantId(),
      revision: integer('revision').notNull(),
      settings: jsonb('settings').$type<Settings>().notNull(),
      setBy: uuid('set_by').notNull(),
      setAt: instant('set_at').notNull().defaultNow(),
    },
    (table) => [primaryKey({ columns: [table.tenantId, table.revision] })],
  )
type SettledTable<Settings> = ReturnType<typeof settledTable<Settings>>

/** What is settled, with `usual` for what never was, and its revision, 0 where nothing is settled. */
export async function readSettled<Settings extends object>(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  table: SettledTable<Settings>,
  usual: Settings,
): Promise<{ settings: Settings; revision: number }> {
  const [row] = await db
    .select({ settings: table.settings, revision: table.revision })
    .from(table)
    .where(eq(table.tenantId, tenantId))
    .orderBy(desc(table.revision))
    .limit(1)
  return { settings: { ...usual, ...row?.settings }, revision: row?.revision ?? 0 }
}

/**
 * Settles it as read at this revision, and answers what was settled before, which stays in the history. Refuses where somebody has settled
 * it since; `what` names it in the sentence.
 */
export async function settle<Settings extends object>(
  ctx: Context,
  table: SettledTable<Settings>,
  usual: Settings,
  { change, revision, what }: { change: Settings; revision: number; what: string },
): Promise<Settings> {
  const before = await readSettled(ctx, table, usual)
  const { db, tenantId, actor } = ctx
  const written =
    before.revision === revision
      ? await db
          .insert(table)
          .values({ tenantId, revision: revision + 1, settings: change, setBy: actor.accountId })
          .onConflictDoNothing()
          .returning({ revision: table.revision })
      : []
  if (written.length === 0)
    throw new Refusal('changed', `${what}刚刚有人修改过，这次没有保存。请刷新页面核对后再保存。`)
  return before.settings
}
