import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, refuseField } from '../../platform/refusal.ts'
import { readSettled, settle } from '../../platform/settled.ts'
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
export const settingsOf = (
  ctx: Pick<Context, 'db' | 'tenantId'>,
): Promise<{ settings: NoticeSettings; revision: number }> => readSettled(ctx, noticeSettingsChanges, usualSettings)

export async function readSettings(ctx: Context): Promise<{ view: NoticeSettingsView; revision: number }> {
  const { settings, revision } = await settingsOf(ctx)
  return { view: { ...settings, can: { change: maySettle(ctx.actor) } }, revision }
}

/** Settles it as read at this revision; what held before stays in the history. */
export async function changeSettings(ctx: Context, change: NoticeSettings, revision: number): Promise<void> {
  authorize(maySettle(ctx.actor), '修改通知设置')
  if (change.leastLeadDays > change.usualLeadDays) refuseField('leastLeadDays', '最少提前天数不能多于一般提前天数')

  await settle(ctx, noticeSettingsChanges, usualSettings, { change, revision, what: '通知设置' })
  await record(ctx, 'notices.settings-changed', { kind: 'university', id: ctx.tenantId }, change)
}
