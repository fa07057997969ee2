import { sql } from 'drizzle-orm'
import type { Db } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { enqueueAll } from '../../platform/jobs.ts'
import { recordAll, system } from '../../platform/journal.ts'
import { noAccount } from './policy.ts'
import type { AlwaysSource, OfficialSource } from './schema.ts'
import { notices } from './tables.ts'

/** A notice that nobody looks at before it goes; its key is the fact of which nobody is told twice. */
export type OwnTelling = Pick<
  typeof notices.$inferInsert,
  'organizationId' | 'path' | 'title' | 'body' | 'audience' | 'tellUntilAt'
> & { source: AlwaysSource | OfficialSource; sourceKey: string }

/** Writes what goes by itself and sends it, in the transaction that calls: what was told under the same key is not told again. Runs over the whole university. */
export async function tellByItself(db: Db, tenantId: string, told: readonly OwnTelling[]): Promise<void> {
  if (told.length === 0) return
  const written = await db
    .insert(notices)
    .values(told.map((it) => ({ ...it, tenantId, id: newId(), kind: 'information' as const })))
    .onConflictDoNothing()
    .returning({ id: notices.id, path: notices.path, title: notices.title })
  await recordAll(
    { db, tenantId, actor: system, requestId: newId() },
    'notices.drafted',
    written.map(({ id, path, title }) => ({ subject: { kind: 'notice', id, orgPath: path }, details: { title } })),
  )
  await sendByThemselves(
    db,
    tenantId,
    written.map((it) => it.id),
  )
}

/** Sends drafts of the platform that need not wait for a person, in the name of their organisations. */
export async function sendByThemselves(db: Db, tenantId: string, noticeIds: readonly string[]): Promise<void> {
  const { rows } = await db.execute<{ id: string; path: string; title: string }>(sql`
    update notices n set sent_at = now(), sender_account_id = ${noAccount}::uuid, sender_name = '系统（自动发送）',
      revision = n.revision + 1
    where n.tenant_id = ${tenantId} and n.id = any(${sql.param(noticeIds)}::uuid[]) and n.sent_at is null and n.dropped_at is null
    returning n.id, n.path, n.title`)
  await enqueueAll(
    db,
    'notices.deliver',
    rows.map(({ id }) => ({ tenantId, noticeId: id })),
  )
  await recordAll(
    { db, tenantId, actor: system, requestId: newId() },
    'notices.sent',
    rows.map(({ id, path, title }) => ({ subject: { kind: 'notice', id, orgPath: path }, details: { title } })),
  )
}
