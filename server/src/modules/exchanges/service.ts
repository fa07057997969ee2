import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { type Author, arrangeCases, changeCase, findCase, readableCase, takeBackConsent, writeCase } from './cases.ts'
import { addComment, removeComment, takeBackComment } from './comments.ts'
import { mostOpenMeetings, refuseFlood } from './limits.ts'
import { mayRun } from './policy.ts'
import { authorOf } from './queries.ts'
import type { CaseText, MeetingFields, NewMeeting } from './schema.ts'
import {
  changeStored,
  lockFor,
  openMeeting,
  participatesIn,
  placeFor,
  type StoredMeeting,
  subjectOf,
} from './stored.ts'
import { exchangeParticipants, exchanges } from './tables.ts'

/** Begins to prepare a meeting of an organisation; nobody but those who run its meetings sees it until it is announced. */
export async function prepareMeeting(
  ctx: Context,
  { organizationId, participantIds, ...fields }: NewMeeting,
): Promise<string> {
  const path = await placeFor(ctx, organizationId, '举办交流会')
  const { tenantId, actor } = ctx
  const open = and(
    eq(exchanges.tenantId, tenantId),
    eq(exchanges.organizationId, organizationId),
    isNull(exchanges.concludedAt),
    isNull(exchanges.cancelledAt),
  )
  if ((await ctx.db.$count(exchanges, open)) >= mostOpenMeetings)
    throw new Refusal('conflict', `一个组织最多有 ${mostOpenMeetings} 场没有小结的交流会。请先小结或取消以前的交流会。`)

  const id = newId()
  await ctx.db.insert(exchanges).values({ ...fields, tenantId, id, organizationId, path, createdBy: actor.name })
  await setParticipants(ctx, { id, path, organizationId }, participantIds)
  await record(ctx, 'exchanges.prepared', subjectOf({ id, path }), { title: fields.title })
  return id
}

/** Changes what is written of a meeting as read at this revision. What was announced keeps its day settled. */
export async function changeMeeting(
  ctx: Context,
  exchangeId: string,
  { participantIds, ...fields }: MeetingFields,
  revision: number,
): Promise<void> {
  const meeting = await lockFor(ctx, exchangeId, 'change', '修改')
  refuseStale(meeting, revision, '这场交流会')
  if (meeting.announcedAt !== null && fields.on === null) refuseField('on', '已经发布的交流会要有日期')
  await changeStored(ctx, exchangeId, { ...fields, revision: revision + 1 })
  await setParticipants(ctx, meeting, participantIds)
  await record(ctx, 'exchanges.changed', subjectOf(meeting), { title: fields.title })
}

/** Shows a meeting, as read at this revision, to everybody who belongs to an organisation that takes part. */
export async function announceMeeting(ctx: Context, exchangeId: string, revision: number): Promise<void> {
  const meeting = await lockFor(ctx, exchangeId, 'announce', '发布')
  refuseActOnStale(meeting, revision, '这场交流会')
  if (meeting.on === null) throw new Refusal('incomplete', '还不能发布：没有填写日期。请先修改，填写日期，再发布。')
  if (meeting.on < ctx.today) throw new Refusal('conflict', '填写的日期已经过去。请先核对日期，再发布。')
  await changeStored(ctx, exchangeId, {
    announcedAt: new Date(),
    announcedBy: ctx.actor.name,
    revision: revision + 1,
  })
  await record(ctx, 'exchanges.announced', subjectOf(meeting), { title: meeting.title })
}

/** Says that a meeting is not held, and why. Its links lead to these words only. */
export async function cancelMeeting(ctx: Context, exchangeId: string, reason: string): Promise<void> {
  const meeting = await lockFor(ctx, exchangeId, 'cancel', '取消')
  await changeStored(ctx, exchangeId, {
    ...{ cancelledAt: new Date(), cancelReason: reason },
    revision: meeting.revision + 1,
  })
  await record(ctx, 'exchanges.cancelled', subjectOf(meeting), { title: meeting.title, reason })
}

/** Writes down what came of a meeting, as read at this revision; from then on its cases stay as they are. Written again, it takes the place of what stood there. */
export async function concludeMeeting(ctx: Context, exchangeId: string, text: string, revision: number): Promise<void> {
  const meeting = await lockFor(ctx, exchangeId, 'conclude', '填写小结')
  refuseStale(meeting, revision, '这场交流会')
  await changeStored(ctx, exchangeId, {
    ...{ conclusion: text, concludedAt: meeting.concludedAt ?? new Date(), concludedBy: ctx.actor.name },
    revision: revision + 1,
  })
  await record(ctx, 'exchanges.concluded', subjectOf(meeting), { title: meeting.title })
}

/** Settles which cases are presented, and in which order. */
export async function arrange(ctx: Context, exchangeId: string, caseIds: readonly string[]): Promise<void> {
  await arrangeCases(ctx, await lockFor(ctx, exchangeId, 'arrange', '排定发言顺序'), caseIds)
}

/** Writes a case of the actor. Returns its id. */
export async function submitCase(ctx: Context, exchangeId: string, text: CaseText): Promise<string> {
  const meeting = await lockFor(ctx, exchangeId, 'write', '写案例')
  const by = await authorOf(ctx)
  refuseFlood('cases', keyOf(by))
  return writeCase({ ...ctx, by }, meeting, text)
}

/** Changes a case of the actor as read at this revision. */
export async function reviseCase(
  ctx: Context,
  exchangeId: string,
  caseId: string,
  text: CaseText,
  revision: number,
): Promise<void> {
  const meeting = await lockFor(ctx, exchangeId, 'write', '修改案例')
  const by = await authorOf(ctx)
  refuseFlood('cases', keyOf(by))
  await changeCase({ ...ctx, by }, meeting, caseId, text, revision)
}

/** Takes back that a case of the actor may be a card: at any time, also after the meeting. */
export async function disagree(ctx: Context, exchangeId: string, caseId: string): Promise<void> {
  const meeting = await openMeeting(ctx, exchangeId)
  await takeBackConsent({ ...ctx, by: await authorOf(ctx) }, meeting, caseId)
}

/** Says something of a case. Returns the id of what was said. */
export async function comment(ctx: Context, exchangeId: string, caseId: string, text: string): Promise<string> {
  const meeting = await openFor(ctx, exchangeId)
  const by = await authorOf(ctx)
  const it = await readableCase(ctx, exchangeId, caseId, by)
  refuseFlood('comments', keyOf(by))
  return addComment({ ...ctx, by }, meeting, it, text)
}

/** Takes back what the actor has said. */
export async function takeBack(ctx: Context, exchangeId: string, caseId: string, commentId: string): Promise<void> {
  const meeting = await openFor(ctx, exchangeId)
  const by = await authorOf(ctx)
  await readableCase(ctx, exchangeId, caseId, by)
  await takeBackComment({ ...ctx, by }, meeting, caseId, commentId)
}

/** Takes off the page what somebody has said, for whoever runs the meeting. */
export async function removeFromPage(
  ctx: Context,
  exchangeId: string,
  at: { caseId: string; commentId: string },
  reason: string,
): Promise<void> {
  const meeting = await openMeeting(ctx, exchangeId)
  authorize(mayRun(ctx.actor, meeting.path), '撤下别人的发言')
  found(await findCase(ctx, exchangeId, at.caseId), '个案例')
  await removeComment(ctx, meeting, at, reason)
}

const openFor = (ctx: Context, exchangeId: string): Promise<StoredMeeting> =>
  lockFor(ctx, exchangeId, 'comment', '发言')

const keyOf = ({ personId, guestId }: Author): string => personId ?? guestId ?? ''

/** Puts the organisations that take part in the place of those that did. */
async function setParticipants(
  ctx: Context,
  { id, path, organizationId }: Pick<StoredMeeting, 'id' | 'path' | 'organizationId'>,
  ids: readonly string[],
): Promise<void> {
  const { db, tenantId } = ctx
  if (ids.includes(organizationId)) refuseField('participantIds', '举办的组织不用再选，请删去')
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ id: organizations.id, path: organizations.path })
          .from(organizations)
          .where(
            and(
              eq(organizations.tenantId, tenantId),
              isNull(organizations.dissolvedOn),
              isOneOf(organizations.id, ids),
            ),
          )
  if (rows.length !== ids.length) refuseField('participantIds', '有组织已经撤销或不存在，请重新选择')
  await db.delete(exchangeParticipants).where(participatesIn(ctx, id))
  if (rows.length > 0)
    await db
      .insert(exchangeParticipants)
      .values(rows.map((it) => ({ tenantId, exchangeId: id, organizationId: it.id, path: it.path, hostPath: path })))
}
