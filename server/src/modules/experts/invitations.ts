import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { beginningOf } from '../../platform/storable.ts'
import { blankPlan } from '../activities/schema.ts'
import { prepareActivity } from '../activities/service.ts'
import { findOrganization } from '../organization/queries.ts'
import { type Told, tellAgreed, tellAsked, tellChanged, tellDeclined, tellWithdrawn } from './informing.ts'
import type { Agreement, Evaluation, InvitationFields, NewInvitation } from './invitation-schema.ts'
import { mostOpenInvitations } from './limits.ts'
import { isSelf, mayRun } from './policy.ts'
import {
  changeInvitationRow,
  findExpert,
  invitationSubject,
  lockExpert,
  lockInvitation,
  openInvitation,
  placeFor,
  type StoredInvitation,
} from './stored.ts'
import { expertInvitations, expertLectures } from './tables.ts'

/** 邀请: an organisation asks an expert; what they agree on becomes a lecture; afterwards whoever invited says a few words. Runs over the whole university. */

/** Asks an expert to lecture. Returns the id. */
export async function invite(
  ctx: Context,
  expertId: string,
  { organizationId, ...fields }: NewInvitation,
  told: Told,
): Promise<string> {
  const expert = await lockExpert(ctx, expertId, 'invite', '邀请')
  const { path, name } = await placeFor(ctx, organizationId, '邀请专家')
  refusePast(ctx, fields)
  const { tenantId, actor, db } = ctx
  const open = and(
    eq(expertInvitations.tenantId, tenantId),
    eq(expertInvitations.organizationId, organizationId),
    ...[expertInvitations.agreedAt, expertInvitations.declinedAt, expertInvitations.withdrawnAt].map((it) =>
      isNull(it),
    ),
  )
  if ((await db.$count(expertInvitations, open)) >= mostOpenInvitations)
    throw new Refusal(
      'conflict',
      `一个组织最多有 ${mostOpenInvitations} 份等待答复的邀请。请先记下答复，或撤回不再需要的邀请。`,
    )

  const id = newId()
  const values = { ...fields, tenantId, id, expertId, personId: expert.personId, organizationId, path }
  await db.insert(expertInvitations).values({ ...values, askedBy: actor.name, askedPersonId: personOf(ctx) })
  await record(ctx, 'experts.invited', invitationSubject(values), { title: fields.topic, expertName: expert.name })
  await tellAsked(ctx, { ...values, revision: 1 }, name, told)
  return id
}

/** Changes what is asked, as read at this revision, until it is answered. */
export async function changeInvitation(
  ctx: Context,
  invitationId: string,
  fields: InvitationFields,
  { revision, ...told }: Told & { revision: number },
): Promise<void> {
  const it = await lockInvitation(ctx, invitationId, 'change', '修改')
  refuseStale(it, revision, '这份邀请')
  refusePast(ctx, fields, it.wishedOn)
  const set = { ...fields, revision: revision + 1 }
  await changeInvitationRow(ctx, invitationId, set)
  await record(ctx, 'experts.invitation-changed', invitationSubject(it), { title: fields.topic })
  const organization = await findOrganization(ctx, it.organizationId)
  await tellChanged(ctx, { ...it, ...set }, organization?.name ?? '', told)
}

/** Writes down what was agreed on, or puts it right. Whoever invites says how the expert agreed; an expert of the register says it here. */
export async function agree(
  ctx: Context,
  invitationId: string,
  agreement: Agreement,
  { revision, base }: Told & { revision: number },
): Promise<void> {
  const it = await lockInvitation(ctx, invitationId, 'agree', '记下约定')
  refuseActOnStale(it, revision, '这份邀请')
  const isByExpert = isSelf(ctx.actor, it)
  if (!isByExpert && agreement.how === '') refuseField('how', '请写明专家怎样答复的，例如：12月1日电话里说定')
  await changeInvitationRow(ctx, invitationId, {
    ...{ agreement, agreedAt: new Date(), agreedBy: ctx.actor.name },
    revision: revision + 1,
  })
  await record(ctx, 'experts.agreed', invitationSubject(it), { title: agreement.topic, on: agreement.on })
  await tellAgreed(ctx, it, agreement, { isByExpert, base })
}

/** Writes down that it did not come to an agreement, in the words of the expert. */
export async function decline(
  ctx: Context,
  invitationId: string,
  words: string,
  { revision, base }: Told & { revision: number },
): Promise<void> {
  const it = await lockInvitation(ctx, invitationId, 'decline', '记下答复')
  refuseActOnStale(it, revision, '这份邀请')
  await changeInvitationRow(ctx, invitationId, {
    ...{ declinedAt: new Date(), declinedBy: ctx.actor.name, declineWords: words },
    revision: revision + 1,
  })
  await record(ctx, 'experts.declined', invitationSubject(it), { title: it.topic })
  if (isSelf(ctx.actor, it)) await tellDeclined(ctx, it, { base })
}

/** Takes an invitation back, with the reason that the expert reads. */
export async function withdrawInvitation(
  ctx: Context,
  invitationId: string,
  { reason, base }: Told & { reason: string },
): Promise<void> {
  const it = await lockInvitation(ctx, invitationId, 'withdraw', '撤回')
  await changeInvitationRow(ctx, invitationId, {
    ...{ withdrawnAt: new Date(), withdrawnBy: ctx.actor.name, withdrawReason: reason },
    revision: it.revision + 1,
  })
  await record(ctx, 'experts.invitation-withdrawn', invitationSubject(it), { title: it.topic, reason })
  await tellWithdrawn(ctx, it, { base })
}

/** Begins the lecture that was agreed on, as an activity that nobody sees until it is announced. Asked again, it gives the same one. Returns its id. */
export async function beginLecture(ctx: Context, invitationId: string): Promise<string> {
  const known = await openInvitation(ctx, invitationId, { lock: true })
  if (known.activityId !== null && mayRun(ctx.actor, known.path)) return known.activityId
  const it = await lockInvitation(ctx, invitationId, 'begin', '起草讲座')
  if (it.agreement === null) throw new Error('what is begun was agreed on')
  const activityId = await prepareActivity(ctx, {
    ...(await lectureOf(ctx, it, it.agreement)),
    organizationId: it.organizationId,
  })
  const { tenantId, actor, db } = ctx
  await db
    .insert(expertLectures)
    .values({ tenantId, expertId: it.expertId, activityId, path: it.path, linkedBy: actor.name })
  await changeInvitationRow(ctx, invitationId, { activityId, revision: it.revision + 1 })
  await record(ctx, 'experts.lecture-begun', invitationSubject(it), { title: it.agreement.topic })
  return activityId
}

async function lectureOf(ctx: Context, { expertId, purpose, audience }: StoredInvitation, agreed: Agreement) {
  const expert = await findExpert(ctx, expertId)
  const who = [expert?.institution, expert?.title].filter((it) => it !== undefined && it !== '').join(' ')
  return {
    ...{ kind: 'lecture' as const, title: agreed.topic, summary: beginningOf(`面向${audience}。`, 500), dayKey: null },
    ...{ fromOn: agreed.on, untilOn: null, startMinute: agreed.startMinute, endMinute: agreed.endMinute },
    ...{ place: agreed.place, link: agreed.link, speaker: expert?.name ?? '' },
    aboutSpeaker: beginningOf([who, expert?.about ?? ''].filter((it) => it !== '').join('\n'), 500),
    ...{ plan: { ...blankPlan, aim: purpose }, attachments: [], signUp: null },
  }
}

/** Says in words how it was, once the lecture was held; written again, it takes the place of what stood there. */
export async function evaluate(
  ctx: Context,
  invitationId: string,
  evaluation: Evaluation,
  revision: number,
): Promise<void> {
  const it = await lockInvitation(ctx, invitationId, 'evaluate', '填写评价')
  refuseStale(it, revision, '这份邀请')
  await changeInvitationRow(ctx, invitationId, {
    ...{ evaluation, evaluatedAt: new Date(), evaluatedBy: ctx.actor.name },
    revision: revision + 1,
  })
  await record(ctx, 'experts.evaluated', invitationSubject(it), { title: it.topic })
}

/** Who reads and answers what was asked of an expert is the person whom the entry names by now, and nobody who was named by mistake. */
export async function nameInInvitations(
  { db, tenantId }: Context,
  expertId: string,
  personId: string | null,
): Promise<void> {
  await db
    .update(expertInvitations)
    .set({ personId })
    .where(and(eq(expertInvitations.tenantId, tenantId), eq(expertInvitations.expertId, expertId)))
}

/** A day that is wished anew is not over. */
function refusePast({ today }: Context, { wishedOn }: InvitationFields, known: readonly string[] = []): void {
  if (wishedOn.some((on) => on < today && !known.includes(on)))
    refuseField('wishedOn', '希望的日期已经过去，请重新填写')
}
