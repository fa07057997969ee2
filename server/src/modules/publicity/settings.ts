import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize } from '../../platform/refusal.ts'
import { readSettled, settle } from '../../platform/settled.ts'
import { maySettle } from './policy.ts'
import type { PublicitySettings, PublicitySettingsView } from './schema.ts'
import { publicitySettingsChanges } from './tables.ts'

/** What holds where a university has settled nothing. */
export const usualSettings: PublicitySettings = {
  reviewers: 1,
  openIsReviewedAbove: true,
  siteName: '党建工作',
  siteAbout: '',
  siteFoot: '',
}

/** What the university has settled, and the revision of it, 0 where it has settled nothing. */
export const settingsOf = (
  ctx: Pick<Context, 'db' | 'tenantId'>,
): Promise<{ settings: PublicitySettings; revision: number }> =>
  readSettled(ctx, publicitySettingsChanges, usualSettings)

export async function readSettings(ctx: Context): Promise<{ view: PublicitySettingsView; revision: number }> {
  const { settings, revision } = await settingsOf(ctx)
  return { view: { ...settings, can: { change: maySettle(ctx.actor) } }, revision }
}

/** Settles it as read at this revision; what held before stays in the history. What was approved before stays approved. */
export async function changeSettings(ctx: Context, change: PublicitySettings, revision: number): Promise<void> {
  authorize(maySettle(ctx.actor), '修改宣传设置')

  await settle(ctx, publicitySettingsChanges, usualSettings, { change, revision, what: '宣传设置' })
  await record(ctx, 'publicity.settings-changed', { kind: 'university', id: ctx.tenantId }, change)
}
