import { all, and, holders, outside, persons, publishers } from './rights-circles.ts'
import { discussing } from './rights-discussion.ts'
import type { Call, Row } from './rights-rows.ts'
import type { LectureAt, RightsWorld } from './rights-world.ts'

type Made = Awaited<ReturnType<RightsWorld['fresh']['lecture']>>

/** Something with a lecture of the place that is made for each call. */
const ofLecture = (
  path: (made: Made) => string,
  { body, revision, ...at }: LectureAt & { body?: unknown; revision?: string } = {},
): Pick<Row, 'call'> => ({
  call: async (place, { fresh }, role): Promise<Call> => {
    const made = await fresh.lecture(place, at, role)
    return { path: `/api/lectures/${made.activityId}${path(made)}`, body, ...(revision && { revision }) }
  },
})
const toReaders = { lets: discussing, knows: outside }
const toHolders = { lets: holders, knows: and(discussing, outside) }
const anyPerson = (path: string): Row => ({
  call: () => ({ path: `/api/lectures${path}` }),
  lets: all(...persons),
  knows: outside,
  isPlaceless: true,
})
const moderated = { isModerated: true }
const question = (rest: string) => (it: Made) => `/questions/${it.questionId}${rest}`

/** 讲座 */
export const lectureRows: Readonly<Record<string, Row>> = {
  'GET /api/lectures': anyPerson(''),
  'GET /api/lectures/recordings': anyPerson('/recordings'),
  'GET /api/lectures/:activityId': { ...ofLecture(() => ''), ...toReaders },
  'GET /api/lectures/:activityId/live': { ...ofLecture(() => '/live'), ...toReaders },
  'POST /api/lectures/:activityId/opening': {
    ...ofLecture(() => '/opening', { state: 'announced', body: moderated }),
    ...toHolders,
  },
  'POST /api/lectures/:activityId/closing': { ...ofLecture(() => '/closing'), ...toHolders },
  'PUT /api/lectures/:activityId/moderation': { ...ofLecture(() => '/moderation', { body: moderated }), ...toHolders },
  'POST /api/lectures/:activityId/questions': {
    ...ofLecture(() => '/questions', { body: { text: '怎样读原著？', isNamed: true } }),
    ...toReaders,
    succeeds: 201,
  },
  // Others read the question and are told nothing of whose it is.
  'DELETE /api/lectures/:activityId/questions/:questionId': {
    ...ofLecture(question(''), { isOwn: true }),
    ...toReaders,
  },
  'POST /api/lectures/:activityId/questions/:questionId/release': {
    ...ofLecture(question('/release'), { state: 'closed' }),
    ...toHolders,
  },
  'POST /api/lectures/:activityId/questions/:questionId/decline': {
    ...ofLecture(question('/decline'), { body: { reason: '与主题无关' } }),
    ...toHolders,
  },
  'PUT /api/lectures/:activityId/questions/:questionId/answer': {
    ...ofLecture(question('/answer'), { body: { answer: '' } }),
    ...toHolders,
  },
  'PUT /api/lectures/:activityId/questions/:questionId/support': {
    ...ofLecture(question('/support'), { body: { supports: true } }),
    ...toReaders,
  },
  'GET /api/lectures/:activityId/notes': { ...ofLecture(() => '/notes'), ...toReaders },
  'PUT /api/lectures/:activityId/notes': {
    ...ofLecture(() => '/notes', { body: { text: '第一讲' }, revision: '"0"' }),
    ...toHolders,
  },
  'POST /api/lectures/:activityId/polls': {
    ...ofLecture(() => '/polls', { hasPoll: false, body: { question: '听得清吗', options: ['听得清', '听不清'] } }),
    ...toHolders,
    succeeds: 201,
  },
  'POST /api/lectures/:activityId/polls/:pollId/closing': {
    ...ofLecture((it) => `/polls/${it.pollId}/closing`),
    ...toHolders,
  },
  'PUT /api/lectures/:activityId/polls/:pollId/hand': {
    ...ofLecture((it) => `/polls/${it.pollId}/hand`, { body: { choice: 1 } }),
    ...toReaders,
  },
  'PUT /api/lectures/:activityId/recording': {
    // Whoever holds it puts up what they have brought in, or what they may use where they publish.
    call: async (place, { fresh }, role) => {
      const { activityId, mediaId } = await fresh.lecture(place, {}, role)
      return { path: `/api/lectures/${activityId}/recording`, body: { mediaId } }
    },
    lets: publishers,
    knows: and(
      {
        branch: discussing.branch?.filter((role) => !(holders.branch ?? []).includes(role)) ?? [],
        sibling: discussing.sibling?.filter((role) => !(holders.sibling ?? []).includes(role)) ?? [],
        distant: discussing.distant?.filter((role) => !(holders.distant ?? []).includes(role)) ?? [],
      },
      outside,
    ),
  },
  'DELETE /api/lectures/:activityId/recording': { ...ofLecture(() => '/recording'), ...toHolders },
  'GET /api/lectures/:activityId/recording/content': { ...ofLecture(() => '/recording/content'), ...toReaders },
  'GET /api/lectures/:activityId/recording/texts/:kind': {
    ...ofLecture(() => '/recording/texts/captions'),
    ...toReaders,
  },
  'GET /api/lectures/:activityId/feedback': { ...ofLecture(() => '/feedback'), ...toHolders },
  'POST /api/lectures/:activityId/feedback': {
    ...ofLecture(() => '/feedback', { state: 'closed', body: { gained: '知道了由来', suggested: '' } }),
    ...toReaders,
  },
}

/** Lists of all places at once. */
export const lectureLists: readonly string[] = ['/api/lectures', '/api/lectures/recordings?limit=200']
