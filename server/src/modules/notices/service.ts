import { type Day, daysBetween } from '@zhibu/rules'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Actor, Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { record } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { countAudience, type PlacedAudience, placed, refuseBeyond } from './audience.ts'
import { isSender, may, maySend, tellsOwnMatter } from './policy.ts'
import { openNotice, ownDelivery, stateOf } from './queries.ts'
import { isReached, isUnanswered, remindableAt } from './receipts.ts'
import type { AudienceQuestion, Correction, NewNotice, NoticeChange, NoticeSettings, NoticeText } from './schema.ts'
import { settingsOf } from './settings.ts'
import { noticeDeliveries, notices, type StoredNotice } from './tables.ts'

/** Writes a draft, which waits to be sent. One that is begun from something has a key by which it is found as long as it waits. */
export async function draftNotice(
  ctx: Context,
  { organizationId, ...wanted }: NewNotice,
  sourceKey: string | null = null,
): Promise<string> {
  const path = await pathToSendFrom(ctx, organizationId)
  refuseWrongDays(wanted)

  const id = newId()
  await ctx.db.insert(notices).values({ ...wanted, tenantId: ctx.tenantId, id, organizationId, path, sourceKey })
  await record(ctx, 'notices.drafted', subjectOf({ id, path }), { title: wanted.title })
  return id
}

/** Changes a draft as read at this revision; it may go in the name of another organisation, too. */
export async function changeNotice(
  ctx: Context,
  noticeId: string,
  change: NoticeChange,
  revision: number,
): Promise<void> {
  const { notice } = await openTo(ctx, noticeId, 'change', '修改这条通知')
  const { organizationId = notice.organizationId } = change
  const path = organizationId === notice.organizationId ? notice.path : await pathToSendFrom(ctx, organizationId)
  refuseWrongDays(change)
  refuseStale(notice, revision, '这条通知')

  await rewrite(ctx, notice, { ...change, path, ...(path !== notice.path && withoutBeginning(notice)) })
}

/** Writes into a draft that the caller holds. */
export async function rewrite(ctx: Context, draft: StoredNotice, set: Partial<StoredNotice>): Promise<void> {
  const { id, path, title } = { ...draft, ...set }
  await ctx.db
    .update(notices)
    .set({ ...set, revision: draft.revision + 1 })
    .where(ofNotice(ctx, id))
  await record(ctx, 'notices.changed', subjectOf({ id, path }), { title })
}

/** A notice that waits no more gives up the key of what it was begun from: the next draft takes it. What the platform has noticed stays noticed. */
const withoutBeginning = ({ source }: StoredNotice) => (source === null ? { sourceKey: null } : {})

/** Where an organisation stands in whose name the actor sends. */
async function pathToSendFrom(ctx: Context, organizationId: string): Promise<OrgPath> {
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(maySend(ctx.actor, organization.path), '以这个组织的名义发通知')
  refuseDissolved(organization)
  return organization.path
}

/** Whom an audience would reach, for whoever may send there. Runs over the whole university. */
export async function placeAudience(
  ctx: Context,
  { organizationId, audience }: AudienceQuestion,
): Promise<PlacedAudience> {
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(maySend(ctx.actor, organization.path), '以这个组织的名义发通知')
  const it = await placed(ctx, audience)
  await refuseBeyond(ctx, it)
  return it
}

/**
 * Looks whether a draft as read at this revision may go out: that it reaches somebody, that its days are to come, and that it goes out in time, or says why
 * not. Runs over the whole university, before `sendNotice`.
 */
export async function checkSending(ctx: Context, noticeId: string, revision: number): Promise<void> {
  const { notice } = await openTo(ctx, noticeId, 'send', '发出这条通知')
  refuseActOnStale(notice, revision, '这条通知')
  refuseWrongDays(notice)
  refusePast(notice, ctx.today)
  refuseHurried(notice, ctx.today, (await settingsOf(ctx)).settings)
  refuseDissolved(await findOrganization(ctx, notice.organizationId))
  const audience = await placed(ctx, notice.audience)
  await refuseBeyond(ctx, audience)
  if ((await countAudience(ctx, audience, notice.kind)) === 0)
    throw new Refusal('conflict', '按现在的条件没有人会收到这条通知。请检查发送对象。')
}

/** Sends a draft as read at this revision, after `checkSending`; the copies are written by a job. */
export async function sendNotice(ctx: Context, noticeId: string, revision: number): Promise<void> {
  const { notice } = await openTo(ctx, noticeId, 'send', '发出这条通知')
  refuseActOnStale(notice, revision, '这条通知')

  const { tenantId, actor } = ctx
  await ctx.db
    .update(notices)
    .set({
      ...{ sentAt: new Date(), senderAccountId: actor.accountId, senderName: actor.name, revision: revision + 1 },
      ...withoutBeginning(notice),
    })
    .where(ofNotice(ctx, noticeId))
  await enqueue(ctx.db, 'notices.deliver', { tenantId, noticeId })
  await record(ctx, 'notices.sent', subjectOf(notice), { title: notice.title })
}

/** Leaves a draft unsent, with the reason; the same is not proposed again. */
export async function dropNotice(ctx: Context, noticeId: string, reason: string): Promise<void> {
  const { notice } = await openTo(ctx, noticeId, 'drop', '不发这条通知')
  await giveUp(ctx, notice, reason)
}

/** Drops a draft that the caller holds. */
export async function giveUp(ctx: Context, draft: StoredNotice, reason: string): Promise<void> {
  await ctx.db
    .update(notices)
    .set({ droppedAt: new Date(), dropReason: reason, ...withoutBeginning(draft) })
    .where(ofNotice(ctx, draft.id))
  await record(ctx, 'notices.dropped', subjectOf(draft), { title: draft.title, reason })
}

/** Takes a notice back: its text is gone for its readers, and those who had read it are told so, and why. */
export async function recallNotice(ctx: Context, noticeId: string, reason: string): Promise<void> {
  const { notice } = await openTo(ctx, noticeId, 'recall', '撤回这条通知')
  await ctx.db.update(notices).set({ recalledAt: new Date(), recallReason: reason }).where(ofNotice(ctx, noticeId))
  await enqueue(ctx.db, 'notices.tell-recall', { tenantId: ctx.tenantId, noticeId })
  await record(ctx, 'notices.recalled', subjectOf(notice), { title: notice.title, reason })
}

/** Sends a corrected text to all who got the old one. It may be late: what is wrong is put right at once. */
export async function correctNotice(ctx: Context, noticeId: string, { reason, ...text }: Correction): Promise<string> {
  const { notice } = await openTo(ctx, noticeId, 'correct', '更正这条通知')
  refuseWrongDays(text)
  refusePast(text, ctx.today)

  const { tenantId, actor } = ctx
  const id = newId()
  const { organizationId, path, audience } = notice
  const now = new Date()
  const sender = { senderAccountId: actor.accountId, senderName: actor.name, createdAt: now, sentAt: now }
  const corrects = { correctsId: noticeId, correctionReason: reason }
  await ctx.db.insert(notices).values({ ...text, ...corrects, ...sender, tenantId, id, organizationId, path, audience })
  await enqueue(ctx.db, 'notices.deliver', { tenantId, noticeId: id })
  await record(ctx, 'notices.corrected', subjectOf(notice), { title: text.title, reason })
  return id
}

/** Reminds all who have not answered, after a pause. Only the sender, who sees who they are. Runs over the whole university. */
export async function remindOthers(ctx: Context, noticeId: string): Promise<void> {
  const { notice, correctedById } = await openTo(ctx, noticeId, 'seeReceipts', '提醒还没有答复的人')
  refuseOver(notice, correctedById, '不能再提醒')
  const { settings } = await settingsOf(ctx)
  if (remindableAt(notice, settings.reminderPauseHours) !== null)
    throw new Refusal('conflict', `两次提醒之间至少隔 ${settings.reminderPauseHours} 小时，现在还不能提醒。`)
  const { rows } = await ctx.db.execute<{ open: number; reached: number }>(sql`select count(*)::int as open,
      count(*) filter (where ${isReached})::int as reached from notice_deliveries d
    where d.tenant_id = ${ctx.tenantId} and d.notice_id = ${noticeId} and ${isUnanswered(notice.kind)}`)
  const { open, reached } = rows[0] ?? { open: 0, reached: 0 }
  if (open === 0) throw new Refusal('conflict', '所有人都已答复，不需要提醒。')
  if (reached === 0) throw new Refusal('conflict', `还没有答复的 ${open} 人都没有账号，请当面或电话通知。`)

  const at = new Date()
  await ctx.db.update(notices).set({ lastRemindedAt: at }).where(ofNotice(ctx, noticeId))
  await enqueue(ctx.db, 'notices.remind', { tenantId: ctx.tenantId, noticeId, at: at.toISOString() })
  await record(ctx, 'notices.reminded', subjectOf(notice), { title: notice.title })
}

/** Refuses whoever is not the sender (`isSender`): nobody else sees what became of a notice. */
export async function authorizeReceipts(ctx: Context, noticeId: string): Promise<void> {
  const { notice, correctedById } = await openNotice(ctx, noticeId)
  authorize(may(ctx.actor, stateOf(notice, correctedById)).seeReceipts, '查看谁看过这条通知')
}

/** The reader has opened their copy. The first time counts. Nobody but the sender sees it, and it is not written down anywhere else. */
export async function markRead(ctx: Context, noticeId: string): Promise<void> {
  found((await ownDelivery(ctx, noticeId)) ?? undefined, '条通知')
  await ctx.db
    .update(noticeDeliveries)
    .set({ readAt: new Date() })
    .where(and(ofOwn(ctx, noticeId), isNull(noticeDeliveries.readAt), isTold))
}

/** Whether a copy has anything to read: of a notice that was taken back only what tells so whoever had read it. */
const isTold = sql`(${noticeDeliveries.hadRead} or not exists (select from notices n where n.tenant_id = ${noticeDeliveries.tenantId}
  and n.id = ${noticeDeliveries.noticeId} and n.recalled_at is not null))`

/** The reader confirms that they know of it, once. */
export async function confirmNotice(ctx: Context, noticeId: string): Promise<void> {
  const { notice, delivery } = await openOwn(ctx, noticeId)
  if (notice.kind !== 'confirmation') throw new Refusal('conflict', '这条通知不需要确认。')
  if (delivery.confirmedAt !== null) return
  const now = new Date()
  await ctx.db
    .update(noticeDeliveries)
    .set({ confirmedAt: now, readAt: delivery.readAt ?? now })
    .where(ofOwn(ctx, noticeId))
  await record(ctx, 'notices.confirmed', { ...subjectOf(notice), personId: ctx.actor.personId })
}

/** The reader says that what it asks for is done, once. */
export async function completeNotice(ctx: Context, noticeId: string): Promise<void> {
  const { notice, delivery } = await openOwn(ctx, noticeId)
  if (notice.kind !== 'task') throw new Refusal('conflict', '这条通知没有要办理的事项。')
  if (delivery.doneAt !== null) return
  const now = new Date()
  await ctx.db
    .update(noticeDeliveries)
    .set({ doneAt: now, readAt: delivery.readAt ?? now })
    .where(ofOwn(ctx, noticeId))
  await record(ctx, 'notices.completed', { ...subjectOf(notice), personId: ctx.actor.personId })
}

/** The reader's own copy of a notice that stands. */
async function openOwn(ctx: Context, noticeId: string) {
  const delivery = found((await ownDelivery(ctx, noticeId)) ?? undefined, '条通知')
  const { notice, correctedById } = await openNotice(ctx, noticeId)
  refuseOver(notice, correctedById, '不需要再办理')
  return { notice, delivery }
}

/** Refuses what is asked of a notice that does not hold any more. */
function refuseOver({ recalledAt }: StoredNotice, correctedById: string | null, therefore: string): void {
  if (recalledAt !== null) throw new Refusal('conflict', `这条通知已经撤回，${therefore}。`)
  if (correctedById !== null) throw new Refusal('conflict', `这条通知已经更正，${therefore}，请看更正后的通知。`)
}

/** The notice, locked, for whoever may do this with it. Refuses what was sent, dropped or taken back meanwhile, in words. */
export async function openTo(ctx: Context, noticeId: string, action: keyof ReturnType<typeof may>, named: string) {
  const seen = await openNotice(ctx, noticeId)
  authorize(isFor(ctx.actor, seen.notice, action), named)
  const opened = await openNotice(ctx, noticeId, { lock: true })
  const { notice, correctedById } = opened
  if (may(ctx.actor, stateOf(notice, correctedById))[action]) return opened
  throw new Refusal(
    'conflict',
    `这条通知${whatBecameOf(notice, correctedById)}，不能${named.replace('这条通知', '')}。请刷新页面查看。`,
  )
}

/** Whether it would be up to the actor, whatever has become of the notice. */
const isFor = (actor: Actor, notice: StoredNotice, action: keyof ReturnType<typeof may>): boolean =>
  maySend(actor, notice.path) &&
  !tellsOwnMatter(notice) &&
  (action !== 'seeReceipts' || notice.senderAccountId === null || isSender(actor, notice))

function whatBecameOf({ droppedAt, recalledAt, sentAt }: StoredNotice, correctedById: string | null): string {
  if (droppedAt !== null) return '已决定不发'
  if (recalledAt !== null) return '已经撤回'
  if (correctedById !== null) return '已经更正过'
  return sentAt === null ? '还没有发出' : '已经发出'
}

function refuseDissolved(organization: { dissolvedOn: Day | null } | undefined): void {
  if (organization?.dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，不能再发通知。')
}

/** A task has a day, and nothing else has. */
function refuseWrongDays({ kind, dueOn }: Pick<NoticeText, 'kind' | 'dueOn'>): void {
  if (kind === 'task' && dueOn === null) refuseField('dueOn', '请填写办理期限')
  if (kind !== 'task' && dueOn !== null) refuseField('dueOn', '只有限期办理的通知才有办理期限')
}

function refusePast({ dueOn }: Pick<NoticeText, 'dueOn'>, today: Day): void {
  if (dueOn !== null && dueOn < today) refuseField('dueOn', '办理期限已经过去，请改为今天或以后的日期')
}

/** Refuses a notice of an event that comes too soon, as long as it does not say why. What has happened already is told at any time. */
function refuseHurried(
  { happensOn, hurriedReason }: Pick<NoticeText, 'happensOn' | 'hurriedReason'>,
  today: Day,
  { usualLeadDays, leastLeadDays }: NoticeSettings,
): void {
  if (happensOn === null || happensOn < today || hurriedReason !== null) return
  const lead = daysBetween(today, happensOn)
  if (lead >= usualLeadDays) return
  const least = lead < leastLeadDays ? `，也少于最少的 ${leastLeadDays} 天` : ''
  refuseField(
    'hurriedReason',
    `离活动只有 ${lead} 天，少于一般应提前的 ${usualLeadDays} 天${least}。请写明为什么来不及提前通知`,
  )
}

const subjectOf = ({ id, path }: Pick<StoredNotice, 'id' | 'path'>) => ({ kind: 'notice', id, orgPath: path })

const ofNotice = ({ tenantId }: Context, noticeId: string) =>
  and(eq(notices.tenantId, tenantId), eq(notices.id, noticeId))

const ofOwn = ({ tenantId, actor }: Context, noticeId: string) =>
  and(
    eq(noticeDeliveries.tenantId, tenantId),
    eq(noticeDeliveries.noticeId, noticeId),
    eq(noticeDeliveries.personId, actor.personId ?? ''),
  )
