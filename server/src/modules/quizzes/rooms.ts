import { randomInt, randomUUID } from 'node:crypto'
import { and, count, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { Refusal } from '../../platform/refusal.ts'
import { mostOpenRooms, refuseFlood } from './limits.ts'
import { mostInRoom, roomPhaseNames } from './names-schema.ts'
import { questionsOf } from './questions.ts'
import { tellRoom } from './room-changes.ts'
import { playersOf, resultOf, talliedWith, teamSizes } from './room-results.ts'
import type { NewRoom } from './room-schema.ts'
import { leadRoom, ofRoom, type StoredRoom, subjectOf } from './room-stored.ts'
import { openQuiz, placeFor } from './stored.ts'
import { quizRooms } from './tables.ts'

/** A set that is played together: whoever leads it asks one question after another, and shows the answer of each. */

/** Opens a room for an organisation with the questions of a set that the actor may read. Returns its id and the code by which people come in. */
export async function createRoom(ctx: Context, wanted: NewRoom): Promise<{ id: string; code: string }> {
  const { quizId, organizationId, draw, teams, seconds } = wanted
  const path = await placeFor(ctx, organizationId, '开现场答题')
  await refuseTooMany(ctx, organizationId)
  const quiz = await openQuiz(ctx, quizId)
  const all = await questionsOf(ctx, quizId)
  if (all.length === 0) throw new Refusal('incomplete', '题集里还没有题目。请先添加题目，再开现场答题。')
  if (draw === undefined && all.length > mostInRoom)
    throw new Refusal('conflict', `一场最多 ${mostInRoom} 题，这个题集有 ${all.length} 题。请填写抽取的题数。`)
  const drawn = draw === undefined ? all : someOf(all, draw)

  const { tenantId, actor } = ctx
  const id = newId()
  const code = await freeCode(ctx)
  await ctx.db.insert(quizRooms).values({
    ...{ tenantId, id, quizId, organizationId, path, title: quiz.title, code, teams, seconds },
    ...{
      questions: drawn.map(({ id: questionId, revision: _, ...it }) => ({ ...it, id: randomUUID(), questionId })),
      openedBy: actor.name,
    },
  })
  await record(ctx, 'quizzes.room-opened', subjectOf({ id, path }), { title: quiz.title })
  return { id, code }
}

/** The room that is open under a code. */
export async function findByCode(ctx: Context, code: string): Promise<string> {
  refuseFlood('codes', personOf(ctx))
  const id = await openUnder(ctx, code)
  if (id === undefined) throw new Refusal('not-found', '没有正在进行的现场答题用这个答题码。请核对大屏上的 6 位数字。')
  return id
}

/** Asks the question at this position: the first one, or the one behind that whose answer is shown. Asked for again it is asked once. */
export async function askQuestion(ctx: Context, roomId: string, position: number): Promise<void> {
  const room = await leadRoom(ctx, roomId, '主持这场答题')
  if (room.phase === 'asking' && room.position === position) return
  const next = room.phase === 'gathering' ? 0 : room.phase === 'shown' ? (room.position ?? 0) + 1 : null
  if (next !== position) throw outOfStep(room)
  if (position >= room.questions.length) throw new Refusal('conflict', '题目已经答完。请结束这场答题。')
  const endsAt = room.seconds === null ? null : new Date(Date.now() + 1_000 * room.seconds)
  await setRoom(ctx, roomId, { phase: 'asking', position, endsAt })
}

/** Shows the answer of the question that is asked. Asked for again it is shown once. */
export async function showAnswer(ctx: Context, roomId: string, position: number): Promise<void> {
  const room = await leadRoom(ctx, roomId, '主持这场答题')
  if (room.phase === 'shown' && room.position === position) return
  if (room.phase !== 'asking' || room.position !== position) throw outOfStep(room)
  await setRoom(ctx, roomId, {
    phase: 'shown',
    results: [...room.results, await resultOf(ctx, room, position)],
    teamTallies: await talliedWith(ctx, room, position),
  })
}

/** Ends a room at whatever point; a question whose answer was not shown does not count. Only numbers stay of who was there. */
export async function endRoom(ctx: Context, roomId: string): Promise<void> {
  const room = await leadRoom(ctx, roomId, '结束这场答题')
  if (room.phase === 'ended') return
  await closeRoom(ctx, room)
  await record(ctx, 'quizzes.room-ended', subjectOf(room), { title: room.title })
}

/** The same without the rights of anybody, for upkeep. */
export async function closeRoom(ctx: Pick<Context, 'db' | 'tenantId'>, room: StoredRoom): Promise<void> {
  const sizes = await teamSizes(ctx, room)
  await setRoom(ctx, room.id, {
    ...{ phase: 'ended', endedAt: new Date(), endsAt: null },
    players: await playersOf(ctx, room.id),
    teamTallies: sizes.map((players, at) => ({ answers: 0, right: 0, ...room.teamTallies[at], players })),
  })
}

async function setRoom(ctx: Pick<Context, 'db' | 'tenantId'>, roomId: string, set: Partial<StoredRoom>): Promise<void> {
  await ctx.db.update(quizRooms).set(set).where(ofRoom(ctx, roomId))
  await tellRoom(ctx, roomId)
}

const outOfStep = ({ phase, position }: StoredRoom): Refusal =>
  new Refusal(
    'conflict',
    `这场答题已经进行到${position === null ? '' : `第 ${position + 1} 题，`}${roomPhaseNames[phase]}。请看刷新后的页面，再继续。`,
  )

async function refuseTooMany({ db, tenantId }: Context, organizationId: string): Promise<void> {
  const [open] = await db
    .select({ rooms: count() })
    .from(quizRooms)
    .where(
      and(eq(quizRooms.tenantId, tenantId), eq(quizRooms.organizationId, organizationId), isNull(quizRooms.endedAt)),
    )
  if ((open?.rooms ?? 0) >= mostOpenRooms)
    throw new Refusal('conflict', `这个组织已有 ${mostOpenRooms} 场现场答题没有结束。请先结束不用的，再开新的。`)
}

/** A code that no open room has. */
async function freeCode(ctx: Context): Promise<string> {
  for (let tries = 0; tries < 20; tries++) {
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    if ((await openUnder(ctx, code)) === undefined) return code
  }
  throw new Refusal('conflict', '现在进行的现场答题太多，请稍后再试。')
}

async function openUnder({ db, tenantId }: Context, code: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: quizRooms.id })
    .from(quizRooms)
    .where(and(eq(quizRooms.tenantId, tenantId), eq(quizRooms.code, code), isNull(quizRooms.endedAt)))
  return row?.id
}

/** So many of them by chance, in the order of chance. */
function someOf<Item>(all: readonly Item[], many: number): Item[] {
  const left = [...all]
  return Array.from({ length: Math.min(many, left.length) }, () => left.splice(randomInt(left.length), 1)).flat()
}
