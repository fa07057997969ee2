import { and, count, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { leastAnswers, leastInTeam } from './names-schema.ts'
import type { QuestionResult, TeamResult } from './room-schema.ts'
import type { StoredRoom } from './room-stored.ts'
import { quizRoomAnswers, quizSeats, type TeamTally } from './tables.ts'

type Rows = Pick<Context, 'db' | 'tenantId'>

/** How many are in a room. */
export async function playersOf(rows: Rows, roomId: string): Promise<number> {
  const [row] = await rows.db.select({ players: count() }).from(quizSeats).where(seatsOf(rows, roomId))
  return row?.players ?? 0
}

/** How many have answered a question of it. */
export async function answeredOf(rows: Rows, roomId: string, position: number): Promise<number> {
  const [row] = await rows.db
    .select({ answered: count() })
    .from(quizRoomAnswers)
    .where(answersTo(rows, roomId, position))
  return row?.answered ?? 0
}

/** How a question fell; where only few have answered, no more than their number. */
export async function resultOf(rows: Rows, { id, questions }: StoredRoom, position: number): Promise<QuestionResult> {
  const all = await rows.db
    .select({ answer: quizRoomAnswers.answer, isRight: quizRoomAnswers.isRight })
    .from(quizRoomAnswers)
    .where(answersTo(rows, id, position))
  if (all.length < leastAnswers) return { answers: all.length, right: null, byOption: null }
  const options = questions[position]?.options ?? []
  return {
    answers: all.length,
    right: all.filter((it) => it.isRight).length,
    byOption: options.map((_, at) => all.filter((it) => it.answer.choices.includes(at)).length),
  }
}

/**
 * How the teams have done with a question behind those before. It counts for the teams only where of each that has anybody in it so many have answered
 * that its figure is nobody's alone: else the figure of the small one would come out as what is left of the whole.
 */
export async function talliedWith(
  rows: Rows,
  { id, teams, teamTallies }: StoredRoom,
  position: number,
): Promise<TeamTally[]> {
  const before = teams.map((_, at) => teamTallies[at] ?? { players: 0, answers: 0, right: 0 })
  const counted = await countsOfTeams(rows, id, position)
  if ([...counted.values()].some((it) => it.players > 0 && it.answers < leastInTeam)) return before
  return before.map((it, at) => {
    const { answers = 0, right = 0 } = counted.get(at) ?? {}
    return { ...it, answers: it.answers + answers, right: it.right + right }
  })
}

/** How many are in each team. */
export async function teamSizes(rows: Rows, { id, teams }: StoredRoom): Promise<number[]> {
  if (teams.length === 0) return []
  const found = await rows.db
    .select({ team: quizSeats.team, players: count() })
    .from(quizSeats)
    .where(seatsOf(rows, id))
    .groupBy(quizSeats.team)
  return teams.map((_, at) => found.find((it) => it.team === at)?.players ?? 0)
}

/** The teams in the order of their names, as all see them. */
export const shownTeams = ({ teams, teamTallies }: StoredRoom, sizes: readonly number[]): TeamResult[] =>
  teams.map((name, at) => {
    const { answers = 0, right = 0 } = teamTallies[at] ?? {}
    return { name, players: sizes[at] ?? 0, share: answers === 0 ? null : right / answers }
  })

async function countsOfTeams(rows: Rows, roomId: string, position: number): Promise<Map<number, TeamTally>> {
  const { rows: counted } = await rows.db.execute<TeamTally & { team: number } & Record<string, unknown>>(sql`
    select s.team, count(s.mark)::int as players, count(a.mark)::int as answers,
      (count(*) filter (where a.is_right))::int as right
    from quiz_seats s
      left join quiz_room_answers a on a.tenant_id = s.tenant_id and a.mark = s.mark and a.position = ${position}
    where s.tenant_id = ${rows.tenantId} and s.room_id = ${roomId} and s.team is not null
    group by s.team`)
  return new Map(counted.map((it) => [it.team, it]))
}

const seatsOf = ({ tenantId }: Rows, roomId: string): SQL =>
  and(eq(quizSeats.tenantId, tenantId), eq(quizSeats.roomId, roomId)) ?? sql`false`

const answersTo = ({ tenantId }: Rows, roomId: string, position: number): SQL =>
  and(
    eq(quizRoomAnswers.tenantId, tenantId),
    eq(quizRoomAnswers.roomId, roomId),
    eq(quizRoomAnswers.position, position),
  ) ?? sql`false`
