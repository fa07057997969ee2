import { sql } from 'drizzle-orm'
import type { Db } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { enqueueAll } from '../../platform/jobs.ts'
import { recordAll, system } from '../../platform/journal.ts'
import { noAccount } from './policy.ts'

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
