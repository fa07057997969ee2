import { isDeepStrictEqual } from 'node:util'
import type { Day } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { fold } from '../../platform/search/folding.ts'
import { assertUsable } from '../media/queries.ts'
import { setUses } from '../media/uses.ts'
import { carryDraft, dropDraft } from '../notices/renewing.ts'
import { findOrganization } from '../organization/queries.ts'
import { type Moment, signedUpFor, tellCancelled, tellChanged, tellMoved, tellOpened } from './informing.ts'
import { refuseUnknownDay } from './marked-days.ts'
import { tellingOf } from './notice-text.ts'
import { isToCome, mayHold } from './policy.ts'
import type { ActivityFields, NewActivity, RecordText } from './schema.ts'
import { changeStored, lockFor, type StoredActivity, subjectOf } from './stored.ts'
import { activities } from './tables.ts'
import { hasEnded } from './when.ts'

/** Begins to prepare an activity of an organisation; nobody but those who hold its activities sees it until it is announced. */
export async function prepareActivity(ctx: Context, { organizationId, ...fields }: NewActivity): Promise<string> {
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayHold(ctx.actor, organization.path), '为这个组织举办活动')
  refuseDissolved(organization)
  await refuseUnknownDay(ctx, fields.dayKey)

  const { tenantId, actor } = ctx
  const { path } = organization
  const id = newId()
  await useMedia(ctx, { id, record: null }, fields)
  await ctx.db
    .insert(activities)
    .values({ ...fields, tenantId, id, organizationId, path, folded: foldedOf(fields), createdBy: actor.name })
  await record(ctx, 'activities.prepared', subjectOf({ id, path }), { title: fields.title })
  return id
}

/**
 * Changes what is written of an activity as read at this revision, tells those who have signed up what concerns them, and lets the draft of its
 * notice follow. What was announced keeps its days settled. Runs over the whole university.
 */
export async function changeActivity(
  ctx: Context,
  activityId: string,
  fields: ActivityFields,
  { revision, now, base }: Moment & { revision: number },
): Promise<void> {
  const activity = await lockFor(ctx, activityId, 'change', '修改')
  refuseStale(activity, revision, '这项活动')
  if (activity.announcedAt !== null && fields.fromOn === null)
    refuseField('fromOn', '已经发布的活动要有日期。时间未定的，请先取消这项活动，说明原因')
  if (activity.recordedAt !== null && (fields.fromOn === null || fields.fromOn > ctx.today))
    refuseField('fromOn', '已经记录的活动，日期不能晚于今天')
  if (fields.dayKey !== activity.dayKey) await refuseUnknownDay(ctx, fields.dayKey)
  await useMedia(ctx, activity, fields)

  const set = { ...fields, folded: foldedOf(fields), revision: revision + 1 }
  await changeStored(ctx, activityId, set)
  await record(ctx, 'activities.changed', subjectOf(activity), { title: fields.title })
  const changed = { ...activity, ...set }
  await carryNotice(ctx, { before: activity, after: changed }, base)
  if (![activity, changed].some((it) => isToCome(it, ctx.today) && !hasEnded(it, now))) return
  const all = await signedUpFor(ctx, activityId)
  await tellChanged(ctx, { before: activity, after: changed }, all, base)
  if (activity.signUp !== null && changed.signUp === null) await tellOpened(ctx, changed, { all, base })
  else
    await tellMoved(ctx, changed, {
      ...{ before: { all, rule: activity.signUp }, after: { all, rule: changed.signUp } },
      ...{ fact: String(changed.revision), base },
    })
}

/** Shows an activity, as read at this revision, to everybody who belongs to its organisation. */
export async function announceActivity(ctx: Context, activityId: string, revision: number): Promise<void> {
  const activity = await lockFor(ctx, activityId, 'announce', '发布')
  refuseActOnStale(activity, revision, '这项活动')
  refuseDissolved(await findOrganization(ctx, activity.organizationId))
  if (activity.fromOn === null) throw new Refusal('incomplete', '还不能发布：没有填写日期。请先在方案中填写，再发布。')
  if ((activity.untilOn ?? activity.fromOn) < ctx.today)
    throw new Refusal('conflict', '填写的日期已经过去。请核对日期；已经办过的活动可以直接填写活动记录。')

  await changeStored(ctx, activityId, {
    announcedAt: new Date(),
    announcedBy: ctx.actor.name,
    revision: revision + 1,
  })
  await record(ctx, 'activities.announced', subjectOf(activity), { title: activity.title })
}

/** Says that an activity is not held, and why, and tells those who have signed up. What nobody had been told of is gone from the lists, and so is a draft of its notice. Runs over the whole university. */
export async function cancelActivity(
  ctx: Context,
  activityId: string,
  { reason, now, base }: Moment & { reason: string },
): Promise<void> {
  const activity = await lockFor(ctx, activityId, 'cancel', '取消')

  await changeStored(ctx, activityId, {
    cancelledAt: new Date(),
    cancelReason: reason,
    revision: activity.revision + 1,
  })
  await record(ctx, 'activities.cancelled', subjectOf(activity), { title: activity.title, reason })
  await dropDraft(ctx, { of: 'activity', id: activityId }, '活动已经取消')
  if (isToCome(activity, ctx.today) && !hasEnded(activity, now))
    await tellCancelled(ctx, activity, { all: await signedUpFor(ctx, activityId), reason, base })
}

/** Writes down what happened, as read at this revision; written again, it takes the place of what was written before. */
export async function recordActivity(
  ctx: Context,
  activityId: string,
  text: RecordText,
  revision: number,
): Promise<void> {
  const activity = await lockFor(ctx, activityId, 'record', '填写记录')
  refuseStale(activity, revision, '这项活动')
  if (isDeepStrictEqual(text, activity.record)) return
  const known = activity.record?.pictureIds ?? []
  await assertUsable(ctx, added(known, text.pictureIds))
  await setUses(ctx, ownerOf(activity), [...idsOf(activity), ...text.pictureIds])

  await changeStored(ctx, activityId, {
    record: text,
    recordedAt: activity.recordedAt ?? new Date(),
    recordedBy: ctx.actor.name,
    revision: revision + 1,
  })
  await record(ctx, 'activities.recorded', subjectOf(activity), { title: activity.title })
}

async function carryNotice(
  ctx: Context,
  { before, after }: { before: StoredActivity; after: StoredActivity },
  base: string,
): Promise<void> {
  const name = (await findOrganization(ctx, after.organizationId))?.name ?? ''
  await carryDraft(
    ctx,
    { of: 'activity', id: after.id },
    { before: tellingOf(before, name, base), after: tellingOf(after, name, base) },
  )
}

function refuseDissolved(organization: { dissolvedOn: Day | null } | undefined): void {
  if (found(organization, '个组织').dissolvedOn !== null)
    throw new Refusal('conflict', '这个组织已经撤销，不能再举办活动。')
}

/** The activity as the owner of what is used in it. */
export const ownerOf = ({ id }: Pick<StoredActivity, 'id'>) => ({ module: 'activities', id })

async function useMedia(
  ctx: Context,
  activity: Pick<StoredActivity, 'id' | 'record'> & Partial<Pick<StoredActivity, 'attachments'>>,
  fields: ActivityFields,
): Promise<void> {
  const ids = idsOf(fields)
  await assertUsable(ctx, added(activity.attachments?.map((it) => it.mediaId) ?? [], ids))
  await setUses(ctx, ownerOf(activity), [...ids, ...(activity.record?.pictureIds ?? [])])
}

const idsOf = ({ attachments }: Pick<ActivityFields, 'attachments'>): string[] => attachments.map((it) => it.mediaId)

/** What was in use already stays, whoever brought it in. */
const added = (known: readonly string[], wanted: readonly string[]): string[] => [
  ...new Set(wanted.filter((id) => !known.includes(id))),
]

const foldedOf = ({ title, summary, place, speaker }: ActivityFields): string =>
  [title, summary, place, speaker].map(fold).join('\n')
