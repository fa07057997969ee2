import { all, and, holders, outside, persons } from './rights-circles.ts'
import { discussing } from './rights-discussion.ts'
import type { Call, Row } from './rights-rows.ts'
import type { QuizAt, RightsWorld, RoomAt } from './rights-world.ts'

type Quiz = Awaited<ReturnType<RightsWorld['fresh']['quiz']>>

const question = {
  ...{ kind: 'blank', text: '入党誓词在哪一条？', options: [], accepted: ['第六条'] },
  ...{ explanation: '', source: '党章第六条' },
}
const answer = { choices: [0], text: '' }

/** Something with a set of the place that is made for each call. */
const ofQuiz = (
  path: string | ((made: Quiz) => string),
  { body, revision, ...at }: QuizAt & { body?: (made: Quiz) => unknown; revision?: string } = {},
): Pick<Row, 'call'> => ({
  call: async (place, { fresh }, role): Promise<Call> => {
    const made = await fresh.quiz(place, at, role)
    return {
      path: `/api/quizzes/${made.quizId}${typeof path === 'string' ? path : path(made)}`,
      ...(body && { body: body(made) }),
      ...(revision && { revision }),
    }
  },
})
const ofQuestion = ({ questionId }: Quiz) => `/questions/${questionId}`
const toReaders = { lets: discussing, knows: outside }
const toWriters = { lets: holders, knows: and(discussing, outside) }
/** Organisations are known to everybody. */
const toMakers = { lets: holders, knows: and(all(...persons), outside) }
/** A set that is not published is told to nobody but those who write it. */
const toWritersOfDrafts = { lets: holders, knows: outside }

/** Something with a room of the place: whoever has its address comes in, wherever they belong; those lead it who hold activities there. */
const ofRoom = (path: string, { body, ...at }: RoomAt & { body?: unknown } = {}): Pick<Row, 'call'> => ({
  call: async (place, { fresh }, role): Promise<Call> => ({
    path: `/api/quizzes/rooms/${await fresh.room(place, at, role)}${path}`,
    ...(body !== undefined && { body }),
  }),
})
const toEverybody = { lets: all(...persons), knows: outside }

/** 答题 */
export const quizRows: Readonly<Record<string, Row>> = {
  'GET /api/quizzes': {
    call: () => ({ path: '/api/quizzes' }),
    ...toEverybody,
    isPlaceless: true,
  },
  'POST /api/quizzes': {
    call: ({ organization }) => ({
      path: '/api/quizzes',
      body: { organizationId: organization.id, title: '党章知识', summary: '' },
    }),
    ...toMakers,
    succeeds: 201,
  },
  'GET /api/quizzes/:quizId': { ...ofQuiz(''), ...toReaders },
  'PATCH /api/quizzes/:quizId': {
    ...ofQuiz('', { body: () => ({ title: '另一个名称', summary: '' }), revision: '"1"' }),
    ...toWriters,
  },
  'DELETE /api/quizzes/:quizId': { ...ofQuiz('', { isDraft: true }), ...toWritersOfDrafts },
  'PUT /api/quizzes/:quizId/publication': { ...ofQuiz('/publication', { isDraft: true }), ...toWritersOfDrafts },
  'DELETE /api/quizzes/:quizId/publication': { ...ofQuiz('/publication'), ...toWriters },
  'GET /api/quizzes/:quizId/questions': { ...ofQuiz('/questions'), ...toWriters },
  'GET /api/quizzes/template': {
    call: () => ({ path: '/api/quizzes/template' }),
    ...toEverybody,
    isPlaceless: true,
  },
  'GET /api/quizzes/:quizId/questions.xlsx': { ...ofQuiz('/questions.xlsx'), ...toWriters },
  'POST /api/quizzes/:quizId/readings': {
    ...ofQuiz('/readings?form=gift', { body: () => '预备期为{=一}年。' }),
    ...toWriters,
    succeeds: 200,
  },
  'POST /api/quizzes/:quizId/questions': {
    ...ofQuiz('/questions', { body: () => ({ questions: [question] }) }),
    ...toWriters,
  },
  'PUT /api/quizzes/:quizId/questions/:questionId': {
    ...ofQuiz(ofQuestion, { body: () => question, revision: '"1"' }),
    ...toWriters,
  },
  'PUT /api/quizzes/:quizId/questions/:questionId/place': {
    ...ofQuiz((made) => `${ofQuestion(made)}/place`, { body: () => ({ place: 1 }), revision: '"1"' }),
    ...toWriters,
  },
  'DELETE /api/quizzes/:quizId/questions/:questionId': { ...ofQuiz(ofQuestion), ...toWriters },
  'POST /api/quizzes/:quizId/answers': {
    ...ofQuiz('/answers', { body: ({ questionId }) => ({ questionId, ...answer }) }),
    ...toReaders,
    succeeds: 200,
  },
  'DELETE /api/quizzes/:quizId/answers': { ...ofQuiz('/answers'), ...toReaders },
  'GET /api/quizzes/rooms': {
    call: () => ({ path: '/api/quizzes/rooms' }),
    ...toEverybody,
    isPlaceless: true,
  },
  'POST /api/quizzes/rooms': {
    call: async (place, { fresh }, role) => {
      const { quizId } = await fresh.quiz(place, {}, role)
      const { id: organizationId } = place.organization
      return { path: '/api/quizzes/rooms', body: { quizId, organizationId, teams: [], seconds: null } }
    },
    ...toMakers,
    succeeds: 201,
  },
  'GET /api/quizzes/rooms/codes/:code': {
    call: async (place, { fresh }, role) => ({
      path: `/api/quizzes/rooms/codes/${await fresh.roomCode(place, {}, role)}`,
    }),
    ...toEverybody,
  },
  'GET /api/quizzes/rooms/:roomId': { ...ofRoom(''), ...toEverybody, shows: persons },
  'GET /api/quizzes/rooms/:roomId/live': { ...ofRoom('/live'), ...toEverybody },
  'PUT /api/quizzes/rooms/:roomId/seat': { ...ofRoom('/seat', { body: { team: null } }), ...toEverybody },
  'DELETE /api/quizzes/rooms/:roomId/seat': { ...ofRoom('/seat'), ...toEverybody },
  'PUT /api/quizzes/rooms/:roomId/answers/:position': {
    ...ofRoom('/answers/0', { phase: 'asking', isIn: true, body: answer }),
    ...toEverybody,
  },
  'POST /api/quizzes/rooms/:roomId/asking': { ...ofRoom('/asking', { body: { position: 0 } }), ...toMakers },
  'POST /api/quizzes/rooms/:roomId/showing': {
    ...ofRoom('/showing', { phase: 'asking', body: { position: 0 } }),
    ...toMakers,
  },
  'POST /api/quizzes/rooms/:roomId/ending': { ...ofRoom('/ending'), ...toMakers },
}

/** Lists of all places at once. */
export const quizLists: readonly string[] = ['/api/quizzes', '/api/quizzes/rooms']
