import { desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, Refusal } from '../../platform/refusal.ts'
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
export async function settingsOf({
  db,
  tenantId,
}: Pick<Context, 'db' | 'tenantId'>): Promise<{ settings: PublicitySettings; revision: number }> {
  const [row] = await db
    .select({ settings: publicitySettingsChanges.settings, revision: publicitySettingsChanges.revision })
    .from(publicitySettingsChanges)
    .where(eq(publicitySettingsChanges.tenantId, tenantId))
    .orderBy(desc(publicitySettingsChanges.revision))
    .limit(1)
  return { settings: { ...usualSettings, ...row?.settings }, revision: row?.revision ?? 0 }
}

export async function readSettings(ctx: Context): Promise<{ view: PublicitySettingsView; revision: number }> {
  const { settings, revision } = await settingsOf(ctx)
  return { view: { ...settings, can: { change: maySettle(ctx.actor) } }, revision }
}

/** Settles it as read at this revision; what held before stays in the history. What was approved before stays approved. */
export async function changeSettings(ctx: Context, change: PublicitySettings, revision: number): Promise<void> {
  authorize(maySettle(ctx.actor), '修改宣传设置')

  const current = await settingsOf(ctx)
  const { tenantId, actor } = ctx
  const written =
    current.revision === revision
      ? await ctx.db
          .insert(publicitySettingsChanges)
          .values({ tenantId, revision: revision + 1, settings: change, setBy: actor.accountId })
          .onConflictDoNothing()
          .returning({ revision: publicitySettingsChanges.revision })
      : []
  if (written.length === 0)
    throw new Refusal('changed', '宣传设置刚刚有人修改过，这次没有保存。请刷新页面核对后再保存。')
  await record(ctx, 'publicity.settings-changed', { kind: 'university', id: tenantId }, change)
}
