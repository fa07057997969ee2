import { z } from 'zod'
import { codesOf, line } from '../../platform/wire.ts'
import { mostInRoom, mostTeams, type RoomPhase, roomPhaseNames } from './names-schema.ts'
import { answer, askedQuestion, solution } from './schema.ts'

/** What crosses the wire about rooms (现场答题), in which a set is played together. */

const instant = z.iso.datetime()
const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })

export const newRoom = z.object({
  quizId: z.uuid(),
  /** For whom it is played. */
  organizationId: z.uuid(),
  /** So many questions are drawn; the whole set in its order where it is left out. */
  draw: z.number().int().min(1, '至少 1 题').max(mostInRoom, `最多 ${mostInRoom} 题`).exactOptional(),
  /** Empty: without teams. */
  teams: z
    .array(line.min(1, '请填写队名，或者删去这一队').max(12, '队名不超过 12 个字'))
    .max(mostTeams, `最多 ${mostTeams} 队`)
    .refine((it) => it.length !== 1, '要么不分队，要么至少 2 队')
    .refine((it) => new Set(it).size === it.length, '有两队同名'),
  /** For each question; null: until whoever leads shows the answer. */
  seconds: z.number().int().min(5, '至少 5 秒').max(300, '不超过 300 秒').nullable(),
})
export type NewRoom = z.infer<typeof newRoom>

export const roomCreated = z.object({ id: z.uuid(), code: z.string() })

/** How a question fell. Null where there are too few to be told. */
export const questionResult = z.object({
  answers: count,
  right: count.nullable(),
  /** For each option. */
  byOption: z.array(count).nullable(),
})
export type QuestionResult = z.infer<typeof questionResult>

/** How a team does. `share`: of its answers, how many were right, from 0 to 1; null where the team is too small or has not answered. */
export const teamResult = z.object({ name: z.string(), players: count, share: z.number().nullable() })
export type TeamResult = z.infer<typeof teamResult>

/** A room as all who are in it see it. */
export const roomState = z.object({
  phase: codesOf<RoomPhase>(roomPhaseNames),
  /** The number of the question, from 0; null before the first. */
  position: count.nullable(),
  questionCount: count,
  question: askedQuestion.nullable(),
  /** Until when it may be answered. */
  endsAt: instant.nullable(),
  players: count,
  /** How many have answered the question that is asked. */
  answered: count,
  /** Of the question whose answer is shown. */
  solution: solution.nullable(),
  result: questionResult.nullable(),
  teams: z.array(teamResult),
  /** When it is over: of all questions, in their order. */
  results: z.array(questionResult.extend({ text: z.string() })).nullable(),
})
export type RoomState = z.infer<typeof roomState>

export const roomView = z.object({
  id: z.uuid(),
  code: z.string(),
  title: z.string(),
  organization: named,
  state: roomState,
  /** What concerns the actor alone. */
  own: z.object({
    isIn: z.boolean(),
    /** The number of the team, from 0. */
    team: count.nullable(),
    /** What was answered to the question that stands there. */
    answer: answer.nullable(),
    /** Once its answer is shown. */
    isRight: z.boolean().nullable(),
    /** So far, of the questions whose answer was shown. */
    right: count,
    answered: count,
  }),
  can: z.object({ lead: z.boolean() }),
})
export type RoomView = z.infer<typeof roomView>

/** What has changed, as it is told to every open page of a room: nothing that concerns one person. */
export const roomChange = z.object({
  state: roomState.exactOptional(),
  /** Something may have been said before it was heard: read everything anew. */
  anew: z.literal(true).exactOptional(),
})
export type RoomChange = z.infer<typeof roomChange>

export const seat = z.object({
  team: z
    .number()
    .int()
    .min(0)
    .max(mostTeams - 1)
    .nullable(),
})

/** Which question is to be asked, or its answer shown, from 0: whoever presses twice does it once. */
export const step = z.object({
  position: z
    .number()
    .int()
    .min(0)
    .max(mostInRoom - 1),
})

export const roomRow = z.object({
  id: z.uuid(),
  code: z.string(),
  title: z.string(),
  organization: named,
  phase: codesOf<RoomPhase>(roomPhaseNames),
  players: count,
  openedAt: instant,
})
export type RoomRow = z.infer<typeof roomRow>

export const roomList = z.object({
  /** Those that are open where the actor belongs. */
  open: z.array(roomRow),
  /** Those that are over, for whoever may open rooms there: the newest ones. */
  past: z.array(roomRow),
})
export type RoomList = z.infer<typeof roomList>

export const roomCode = z.object({ code: z.string().regex(/^\d{6}$/, '请填写 6 位数字') })
