import { and, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Told } from '../../platform/broadcast.ts'
import type { Context } from '../../platform/context.ts'
import { isAnyOf, reachOf } from '../../platform/reach.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { answersOfSeat, seatOf } from './playing.ts'
import { mayWrite } from './policy.ts'
import { roomsChannel } from './room-changes.ts'
import { answeredOf, playersOf, shownTeams, teamSizes } from './room-results.ts'
import type { RoomChange, RoomList, RoomRow, RoomState, RoomView } from './room-schema.ts'
import { ofRoom, openRoom, type StoredRoom } from './room-stored.ts'
import { askedOf, solutionOf } from './solving.ts'
import { quizRooms } from './tables.ts'

type Rows = Pick<Context, 'db' | 'tenantId'>

/** A room as whoever is in it, or leads it, sees it, in a fixed number of statements. */
export async function readRoom(ctx: Context, roomId: string): Promise<RoomView> {
  const room = await openRoom(ctx, roomId)
  const organization = await findOrganization(ctx, room.organizationId)
  const seat = await seatOf(ctx, roomId)
  const answers = await answersOfSeat(ctx, roomId)
  const shown = answers.filter((it) => it.position < room.results.length)
  const current = answers.find((it) => it.position === room.position)
  return {
    ...{ id: roomId, code: room.code, title: room.title },
    organization: { id: room.organizationId, name: organization?.name ?? '' },
    state: await stateOf(ctx, room),
    own: {
      ...{ isIn: seat !== undefined, team: seat?.team ?? null },
      answer: current?.answer ?? null,
      isRight: current && current.position < room.results.length ? current.isRight : null,
      ...{ right: shown.filter((it) => it.isRight).length, answered: shown.length },
    },
    can: { lead: mayWrite(ctx.actor, room.path) },
  }
}

/** The rooms that are open where the actor belongs, and those that are over for whoever leads rooms there. */
export async function listRooms(ctx: Context): Promise<RoomList> {
  const { actor } = ctx
  const { places, roots } = reachOf(actor)
  const held = within(quizRooms.path, actor.rootsOf('hold-activities'))
  const here = sql`(${held} or ${isAnyOf(quizRooms.path, places)} or ${within(quizRooms.path, roots)})`
  return {
    open: await rowsOf(ctx, and(isNull(quizRooms.endedAt), here), 50),
    past: await rowsOf(ctx, and(isNotNull(quizRooms.endedAt), held), 20),
  }
}

/** What open pages of rooms are told. */
export const toldOfRooms: Told = {
  channel: roomsChannel,
  async changeOf(rows, roomId): Promise<RoomChange> {
    const [room] = await rows.db.select().from(quizRooms).where(ofRoom(rows, roomId))
    return room ? { state: await stateOf(rows, room) } : {}
  },
}

/** A room as all see it: nothing that concerns one person, and nothing of what is right before it is shown. */
async function stateOf(rows: Rows, room: StoredRoom): Promise<RoomState> {
  const { id, phase, position, questions, endsAt, results } = room
  const isOver = phase === 'ended'
  const question = isOver || position === null ? undefined : questions[position]
  const isShown = phase === 'shown'
  return {
    ...{ phase, position, questionCount: questions.length },
    question: question ? askedOf(question) : null,
    endsAt: phase === 'asking' ? (endsAt?.toISOString() ?? null) : null,
    players: isOver ? room.players : await playersOf(rows, id),
    answered: isOver || position === null ? 0 : await answeredOf(rows, id, position),
    solution: question && isShown ? solutionOf(question) : null,
    result: isShown && position !== null ? (results[position] ?? null) : null,
    teams: shownTeams(room, isOver ? room.teamTallies.map((it) => it.players) : await teamSizes(rows, room)),
    results: isOver ? results.map((it, at) => ({ ...it, text: questions[at]?.text ?? '' })) : null,
  }
}

async function rowsOf({ db, tenantId }: Context, wanted: SQL | undefined, most: number): Promise<RoomRow[]> {
  const rows = await db
    .select({
      ...{ id: quizRooms.id, code: quizRooms.code, title: quizRooms.title, phase: quizRooms.phase },
      organization: { id: organizations.id, name: organizations.name },
      players: sql<number>`case when ${quizRooms.endedAt} is not null then ${quizRooms.players} else
        (select count(*)::int from quiz_seats s where s.tenant_id = ${quizRooms.tenantId} and s.room_id = ${quizRooms.id}) end`,
      openedAt: quizRooms.openedAt,
    })
    .from(quizRooms)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, quizRooms.tenantId), eq(organizations.id, quizRooms.organizationId)),
    )
    .where(and(eq(quizRooms.tenantId, tenantId), wanted))
    .orderBy(desc(quizRooms.openedAt), desc(quizRooms.id))
    .limit(most)
  return rows.map((it) => ({ ...it, openedAt: it.openedAt.toISOString() }))
}
