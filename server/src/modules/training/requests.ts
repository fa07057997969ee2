import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { AttendanceRow, NewRequest, RequestAnswer } from './attendance-schema.ts'
import { type Told, tellAnswered } from './informing.ts'
import { attendanceOf, write } from './marks.ts'
import { withPlace } from './places.ts'
import { mayWithSession } from './policy.ts'
import { requestShown } from './session-view.ts'
import { lockSession, ofSession, openSession, type StoredSession, subjectOfSession } from './stored.ts'
import { trainingRequests, trainingSessions } from './tables.ts'

/**
 * What a participant writes to whoever holds a session: that they cannot come, or that they were there and are not recorded. They alone and
 * whoever runs the programme see it; what is answered is told at once. Everything here runs over the whole university.
 */

/** Writes to whoever runs the programme of a session; one request at a time waits for an answer. Returns its id. */
export async function raiseRequest(ctx: Context, sessionId: string, wanted: NewRequest): Promise<string> {
  const { programme, session } = await openSession(ctx, sessionId, { lock: true })
  const own = await attendanceOf(ctx, sessionId, personOf(ctx))
  const isWaiting = (await requestsOf(ctx, sessionId, personOf(ctx))).some((it) => it.isGranted === null)
  if (isWaiting) throw new Refusal('conflict', '您已经就这次课写过一条，还没有答复。请等答复以后再写。')
  const hasPlace = (await withPlace(ctx, programme)).includes(personOf(ctx))
  const can = mayWithSession(
    ctx.actor,
    programme,
    session,
    { hasPlace, attendance: own?.attendance ?? null, isWaiting },
    ctx.today,
  )
  if (!can.ask.includes(wanted.kind)) throw new Refusal('conflict', whyNot(ctx, session, hasPlace, wanted))

  const id = newId()
  const { tenantId } = ctx
  const { path, title } = session
  await ctx.db.insert(trainingRequests).values({ ...wanted, tenantId, id, sessionId, personId: personOf(ctx), path })
  await record(
    ctx,
    wanted.kind === 'leave' ? 'training.leave-asked' : 'training.claim-raised',
    { ...subjectOfSession(session), personId: personOf(ctx) },
    { title },
  )
  return id
}

function whyNot({ today }: Context, session: StoredSession, hasPlace: boolean, { kind }: NewRequest): string {
  if (!hasPlace) return '您没有录取到这个培训班，不用请假，也不用申报到课。'
  if (session.cancelledAt !== null) return '这次课已经取消。请刷新页面查看。'
  if (kind === 'leave')
    return session.on < today
      ? '这次课已经上过，不能再请假。没有来的，请联系组织培训的单位说明。'
      : '这次课的到课情况已经登记，不用再请假。'
  return session.recordedAt === null
    ? '这次课还没有登记到课情况。登记以后没有您的，再来说明。'
    : '您的到课情况已经登记，不用再说明。'
}

/** Answers what a participant wrote. Granted, it is recorded what they said. Nobody answers their own. */
export async function answerRequest(
  ctx: Context,
  requestId: string,
  { isGranted, answer }: RequestAnswer,
  { base }: Told,
): Promise<void> {
  const asked = found(await findRequest(ctx, requestId), '条申请')
  const { programme, session } = await lockSession(ctx, asked.sessionId, '答复申请')
  const request = found(await findRequest(ctx, requestId), '条申请')
  if (request.personId === ctx.actor.personId) throw new Refusal('forbidden', '自己的申请要由别的组织者答复。')
  if (request.isGranted !== null) throw new Refusal('conflict', '这条申请刚刚已经有人答复。请刷新页面查看。')

  const { tenantId, actor } = ctx
  await ctx.db
    .update(trainingRequests)
    .set({ isGranted, answer, answeredAt: new Date(), answeredBy: actor.name })
    .where(ofRequest({ tenantId }, requestId))
  const { personId, kind, leaveKind } = request
  if (isGranted) {
    const attendance = kind === 'leave' ? 'leave' : 'present'
    await write(ctx, session, [{ personId, attendance, leaveKind, note: '' }])
    await ctx.db
      .update(trainingSessions)
      .set({ revision: session.revision + 1 })
      .where(ofSession(ctx, session.id))
  }
  await record(
    ctx,
    'training.request-answered',
    { ...subjectOfSession(session), personId },
    { title: session.title, trainingRequest: kind, isGranted },
  )
  await tellAnswered(ctx, programme, { personId, requestId, session, base })
}

const ofRequest = ({ tenantId }: Pick<Context, 'tenantId'>, requestId: string) =>
  and(eq(trainingRequests.tenantId, tenantId), eq(trainingRequests.id, requestId))

async function findRequest(ctx: Context, requestId: string) {
  const [row] = await ctx.db.select().from(trainingRequests).where(ofRequest(ctx, requestId))
  return row
}

function requestsOf({ db, tenantId }: Context, sessionId: string, personId?: string) {
  const own = personId === undefined ? undefined : eq(trainingRequests.personId, personId)
  return db
    .select()
    .from(trainingRequests)
    .where(and(eq(trainingRequests.tenantId, tenantId), eq(trainingRequests.sessionId, sessionId), own))
    .orderBy(asc(trainingRequests.id))
}

/** What all participants wrote of a session, by the person. */
export async function requestsOfSession(
  ctx: Context,
  sessionId: string,
): Promise<Map<string, AttendanceRow['requests']>> {
  const rows = await requestsOf(ctx, sessionId)
  const byPerson = Map.groupBy(rows, (it) => it.personId)
  return new Map([...byPerson].map(([person, of]) => [person, of.map(requestShown)]))
}
