import { isDeepStrictEqual } from 'node:util'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import { keepAnswer, refuseNoAnswer } from './alone.ts'
import { mostPlayers, refuseFlood } from './limits.ts'
import { markOf } from './marks.ts'
import { graceMs } from './names-schema.ts'
import { asksOtherwise } from './questions.ts'
import { tellRoom } from './room-changes.ts'
import { playersOf } from './room-results.ts'
import { openRoom, type StoredRoom } from './room-stored.ts'
import type { Answer } from './schema.ts'
import { isRight } from './solving.ts'
import { quizQuestions, quizRoomAnswers, quizSeats, type RoomQuestion } from './tables.ts'

/** What those do who are in a room. Who they are stands nowhere: their seat and their answers have a mark. */

/** Comes into a room, in a team where it has teams. The team may be another one until the first question is asked. */
export async function takeSeat(ctx: Context, roomId: string, team: number | null): Promise<void> {
  const room = await openRoom(ctx, roomId, 'share')
  refuseEnded(room)
  if (room.teams.length === 0 && team !== null) refuseField('team', '这场答题不分队')
  if (room.teams.length > 0 && (team === null || team >= room.teams.length)) refuseField('team', '请选择一队')
  refuseFlood('answers', personOf(ctx))
  const own = await seatOf(ctx, roomId)
  if (own && own.team === team) return
  if (own && room.phase !== 'gathering') throw new Refusal('conflict', '答题已经开始，不能再换队。')
  if (!own && (await playersOf(ctx, roomId)) >= mostPlayers)
    throw new Refusal('conflict', `这场答题已有 ${mostPlayers} 人，不能再参加。`)

  const { tenantId } = ctx
  await ctx.db
    .insert(quizSeats)
    .values({ tenantId, mark: markOf(ctx, 'seat', roomId), roomId, team })
    .onConflictDoUpdate({ target: [quizSeats.tenantId, quizSeats.mark], set: { team } })
  await tellRoom(ctx, roomId)
}

/** Leaves a room before anything was answered in it. */
export async function leaveSeat(ctx: Context, roomId: string): Promise<void> {
  const room = await openRoom(ctx, roomId, 'share')
  refuseEnded(room)
  if (room.phase !== 'gathering') throw new Refusal('conflict', '答题已经开始。不想继续的，关闭页面即可。')
  await ctx.db.delete(quizSeats).where(ofSeat(ctx, roomId))
  await tellRoom(ctx, roomId)
}

/** Answers the question that is asked, once. What was right is told to all together. It is kept for the actor, as what they answer alone. */
export async function answerInRoom(ctx: Context, roomId: string, position: number, answer: Answer): Promise<void> {
  const room = await openRoom(ctx, roomId, 'share')
  const question = found(room.questions[position], '道题目')
  const { tenantId } = ctx
  const mark = markOf(ctx, 'seat', roomId)
  refuseNoAnswer(question, answer)
  refuseFlood('answers', personOf(ctx))
  if (!(await seatOf(ctx, roomId)))
    throw new Refusal('conflict', '您还没有参加这场答题。请先点“参加”或者选一队，再作答。')
  const closed = whyClosed(room, position)
  const kept = { tenantId, mark, position, roomId, answer, isRight: isRight(question, answer) }
  const stored = closed ? [] : await ctx.db.insert(quizRoomAnswers).values(kept).onConflictDoNothing().returning()
  if (stored.length === 0) return refuseUnlessSent(await ownAnswerTo(ctx, roomId, position), answer, closed)
  if (await isStillAsked(ctx, question))
    await keepAnswer(ctx, room.quizId, { ...question, id: question.questionId }, answer)
  await tellRoom(ctx, roomId)
}

/** Why a question cannot be answered now; null where it can. */
function whyClosed({ phase, position, endsAt }: StoredRoom, wanted: number): string | null {
  if (phase !== 'asking' || position !== wanted) return '这道题已经公布答案，或者还没有开始。'
  return endsAt !== null && Date.now() > endsAt.getTime() + graceMs ? '这道题的作答时间已到。' : null
}

/** What was sent already is sent again where its answer was lost. */
function refuseUnlessSent(before: Answer | undefined, answer: Answer, closed: string | null): void {
  if (isDeepStrictEqual(before, answer)) return
  throw new Refusal('conflict', before ? '这道题您已经提交过答案，不能再改。' : (closed ?? '请刷新页面，再作答。'))
}

/** Where the actor sits in a room. */
export async function seatOf(ctx: Context, roomId: string): Promise<{ team: number | null } | undefined> {
  const [own] = await ctx.db.select({ team: quizSeats.team }).from(quizSeats).where(ofSeat(ctx, roomId))
  return own
}

/** What the actor has answered in a room. */
export async function answersOfSeat(
  ctx: Context,
  roomId: string,
): Promise<{ position: number; answer: Answer; isRight: boolean }[]> {
  const { position, answer, isRight } = quizRoomAnswers
  return await ctx.db
    .select({ position, answer, isRight })
    .from(quizRoomAnswers)
    .where(and(eq(quizRoomAnswers.tenantId, ctx.tenantId), eq(quizRoomAnswers.mark, markOf(ctx, 'seat', roomId))))
}

async function ownAnswerTo(ctx: Context, roomId: string, position: number): Promise<Answer | undefined> {
  return (await answersOfSeat(ctx, roomId)).find((it) => it.position === position)?.answer
}

/** Whether the set still asks the same; nobody changes it until the transaction ends. */
async function isStillAsked({ db, tenantId }: Context, question: RoomQuestion): Promise<boolean> {
  const [now] = await db
    .select()
    .from(quizQuestions)
    .where(and(eq(quizQuestions.tenantId, tenantId), eq(quizQuestions.id, question.questionId)))
    .for('share')
  return now !== undefined && !asksOtherwise(now, question)
}

function refuseEnded({ phase }: StoredRoom): void {
  if (phase === 'ended') throw new Refusal('conflict', '这场答题已经结束。')
}

const ofSeat = (ctx: Context, roomId: string): SQL =>
  and(eq(quizSeats.tenantId, ctx.tenantId), eq(quizSeats.mark, markOf(ctx, 'seat', roomId))) ?? sql`false`
