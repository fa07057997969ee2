import { desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, Refusal, refuseField } from '../../platform/refusal.ts'
import { maySettle } from './policy.ts'
import type { NoticeSettings, NoticeSettingsView } from './schema.ts'
import { noticeSettingsChanges } from './tables.ts'

/** What holds where a university has settled nothing. */
export const usualSettings: NoticeSettings = {
  usualLeadDays: 5,
  leastLeadDays: 2,
  reminderPauseHours: 24,
  byThemselves: [],
  sendsText: false,
}

/** What the university has settled, and the revision of it, 0 where it has settled nothing. */
export async function settingsOf({
  db,
  tenantId,
}: Pick<Context, 'db' | 'tenantId'>): Promise<{ settings: NoticeSettings; revision: number }> {
  const [row] = await db
    .select({ settings: noticeSettingsChanges.settings, revision: noticeSettingsChanges.revision })
    .from(noticeSettingsChanges)
    .where(eq(noticeSettingsChanges.tenantId, tenantId))
    .orderBy(desc(noticeSettingsChanges.revision))
    .limit(1)
  return { settings: { ...usualSettings, ...row?.settings }, revision: row?.revision ?? 0 }
}

export async function readSettings(ctx: Context): Promise<{ view: NoticeSettingsView; revision: number }> {
  const { settings, revision } = await settingsOf(ctx)
  return { view: { ...settings, can: { change: maySettle(ctx.actor) } }, revision }
}

/** Settles it as read at this revision; what held before stays in the history. */
export async function changeSettings(ctx: Context, change: NoticeSettings, revision: number): Promise<void> {
  authorize(maySettle(ctx.actor), '修改通知设置')
  if (change.leastLeadDays > change.usualLeadDays) refuseField('leastLeadDays', '最少提前天数不能多于一般提前天数')

  const current = await settingsOf(ctx)
  const { tenantId, actor } = ctx
  const written =
    current.revision === revision
      ? await ctx.db
          .insert(noticeSettingsChanges)
          .values({ tenantId, revision: revision + 1, settings: change, setBy: actor.accountId })
          .onConflictDoNothing()
          .returning({ revision: noticeSettingsChanges.revision })
      : []
  if (written.length === 0)
    throw new Refusal('changed', '通知设置刚刚有人修改过，这次没有保存。请刷新页面核对后再保存。')
  await record(ctx, 'notices.settings-changed', { kind: 'university', id: tenantId }, change)
}
