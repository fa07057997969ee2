import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, refuseField } from '../../platform/refusal.ts'
import { readSettled, settle } from '../../platform/settled.ts'
import { findOrganization } from '../organization/queries.ts'
import { maySettle } from './policy.ts'
import type { DiscussionSettings } from './schema.ts'
import { discussionOpenings, discussionSettingsChanges } from './tables.ts'

/** What holds where a university has settled nothing. Nobody opens an identity until two offices are named. */
export const usualSettings: DiscussionSettings = {
  suggestionDays: 10,
  complaintDays: 7,
  remindBeforeDays: 2,
  remindAfterEveryDays: 3,
  openers: null,
  openingDays: 5,
}

/** What the university has settled, and the revision of it, 0 where it has settled nothing. */
export const settingsOf = (
  ctx: Pick<Context, 'db' | 'tenantId'>,
): Promise<{ settings: DiscussionSettings; revision: number }> =>
  readSettled(ctx, discussionSettingsChanges, usualSettings)

/** Settles it as read at this revision; what held before stays in the history. */
export async function changeSettings(ctx: Context, change: DiscussionSettings, revision: number): Promise<void> {
  authorize(maySettle(ctx.actor), '修改交流设置')
  for (const [at, { organizationId }] of (change.openers ?? []).entries())
    if (!(await findOrganization(ctx, organizationId))) refuseField(`openers.${at}.organizationId`, '没有这个组织')

  const before = await settle(ctx, discussionSettingsChanges, usualSettings, { change, revision, what: '交流设置' })
  if (JSON.stringify(before.openers) !== JSON.stringify(change.openers)) await declineWaiting(ctx)
  const { openers, ...days } = change
  await record(
    ctx,
    'discussion.settings-changed',
    { kind: 'university', id: ctx.tenantId },
    {
      ...days,
      ...(openers && { openers: openers.map((it) => it.office) }),
    },
  )
}

/** What was asked of other offices is not agreed to by these: whoever needs it asks again. */
async function declineWaiting({ db, tenantId, actor }: Context): Promise<void> {
  const it = discussionOpenings
  await db
    .update(it)
    .set({
      declinedAt: new Date(),
      declineReason: '可以查看身份的职务已经变更，须重新申请。',
      decidedBy: actor.name,
      decidedByAccountId: actor.accountId,
    })
    .where(and(eq(it.tenantId, tenantId), isNull(it.agreedAt), isNull(it.declinedAt)))
}
