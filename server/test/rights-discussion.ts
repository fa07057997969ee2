import { today } from './factories.ts'
import { all, and, type Circle, everywhere, outside, persons, signedIn } from './rights-circles.ts'
import type { Call, Row } from './rights-rows.ts'
import type { Place, RightsWorld, Role, TopicAt } from './rights-world.ts'

/** Who answers at a place: the officers there and above, but the Party school. */
const moderators: Circle = {
  branch: ['secretary', 'organiser', 'department', 'publicity'],
  sibling: ['sibling', 'organiser', 'department', 'publicity'],
  distant: ['otherOrganiser', 'department', 'publicity'],
}
/** Who reads what is said at a place: who belongs there, and who holds an office there or above. */
export const discussing = and(moderators, all('partySchool'), {
  branch: ['applicant', 'student', 'helper', 'formerHelper'],
})

const reason = '请按约定办理'
const words = '情况已经核实'
const text = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }] }

type Made = Awaited<ReturnType<RightsWorld['fresh']['topic']>>

/** Something with a topic of the place that is made for each call. */
const ofTopic = (
  it: TopicAt,
  path: (made: Made) => string,
  asked: (made: Made) => Pick<Call, 'body' | 'revision'> = () => ({}),
): Pick<Row, 'call'> => ({
  call: async (at, { fresh }, role) => {
    const made = await fresh.topic(at, it, role)
    return { path: `/api/discussion${path(made)}`, ...asked(made) }
  },
})
const toReaders = { lets: discussing, knows: outside }
const toModerators = { lets: moderators, knows: and(discussing, outside) }
const anyPerson = (path: string): Row => ({
  call: () => ({ path: `/api/discussion${path}` }),
  lets: all(...persons),
  knows: outside,
  isPlaceless: true,
})
const listAt = (path: string): Row => ({
  call: (at) => ({ path: `/api/discussion${path}?organizationId=${at.organization.id}` }),
  lets: all(...persons),
  knows: outside,
})
const bodyAt = (path: string, body: (at: Place) => unknown, lets: Circle): Row => ({
  call: (at) => ({ path: `/api/discussion${path}`, body: body(at) }),
  lets,
  knows: and(all(...signedIn), outside),
  succeeds: 201,
})
const call = { title: '征集主题党日的点子', body: '欢迎提出时间、地点和内容。', fromOn: today, untilOn: today }
const own: TopicAt = { isOwn: true }
const suggestion: TopicAt = { kind: 'suggestion' }
const hidden: TopicAt = { isHidden: true }
/** Who decides on an appeal: the organisation above the one that has hidden the post. */
const above: Circle = {
  branch: ['organiser', 'department', 'publicity'],
  sibling: ['organiser', 'department', 'publicity'],
  distant: ['otherOrganiser', 'department', 'publicity'],
}
/** The offices that the settings of the world name. */
const openers: readonly Role[] = ['department', 'publicity']
const others = signedIn.filter((role) => !openers.includes(role))

/** 交流 */
export const discussionRows: Readonly<Record<string, Row>> = {
  'GET /api/discussion/places': anyPerson('/places'),
  'GET /api/discussion/counts': anyPerson('/counts'),
  'GET /api/discussion/search': anyPerson('/search?q=核实'),
  'GET /api/discussion/mentionable': {
    call: (at) => ({ path: `/api/discussion/mentionable?organizationId=${at.organization.id}` }),
    lets: discussing,
    knows: and(all(...signedIn), outside),
    // People of the same branch name one another.
    shows: ['student', 'formerHelper'],
  },
  'GET /api/discussion/outcomes': listAt('/outcomes'),
  'GET /api/discussion/topics': listAt('/topics'),
  'POST /api/discussion/topics': bodyAt(
    '/topics',
    (at) => ({ organizationId: at.organization.id, kind: 'discussion', title: at.topic, body: text }),
    discussing,
  ),
  'GET /api/discussion/topics/:topicId': { ...ofTopic({}, (it) => `/topics/${it.topicId}`), ...toReaders },
  'PUT /api/discussion/topics/:topicId/title': {
    ...ofTopic(
      own,
      (it) => `/topics/${it.topicId}/title`,
      () => ({ body: { title: '另一个标题' }, revision: '"1"' }),
    ),
    ...toReaders,
  },
  'GET /api/discussion/topics/:topicId/posts': { ...ofTopic({}, (it) => `/topics/${it.topicId}/posts`), ...toReaders },
  'POST /api/discussion/topics/:topicId/posts': {
    ...ofTopic(
      {},
      (it) => `/topics/${it.topicId}/posts`,
      () => ({ body: { body: text } }),
    ),
    ...toReaders,
    succeeds: 201,
  },
  'GET /api/discussion/topics/:topicId/mentionable': {
    ...ofTopic({}, (it) => `/topics/${it.topicId}/mentionable`),
    ...toReaders,
    // People of the same branch name one another.
    shows: ['student', 'formerHelper'],
  },
  'POST /api/discussion/topics/:topicId/reading': {
    ...ofTopic(
      {},
      (it) => `/topics/${it.topicId}/reading`,
      () => ({ body: { seq: 1 } }),
    ),
    ...toReaders,
  },
  'PUT /api/discussion/topics/:topicId/following': {
    ...ofTopic(
      {},
      (it) => `/topics/${it.topicId}/following`,
      () => ({ body: { way: 'daily' } }),
    ),
    ...toReaders,
  },
  'PUT /api/discussion/topics/:topicId/accepted-answer': {
    ...ofTopic(
      { ...own, kind: 'question' },
      (it) => `/topics/${it.topicId}/accepted-answer`,
      (it) => ({ body: { postId: it.replyId } }),
    ),
    ...toReaders,
  },
  'PUT /api/discussion/topics/:topicId/pin': {
    ...ofTopic(
      {},
      (it) => `/topics/${it.topicId}/pin`,
      () => ({ body: { isPinned: true } }),
    ),
    ...toModerators,
  },
  'PUT /api/discussion/topics/:topicId/closing': {
    ...ofTopic(
      {},
      (it) => `/topics/${it.topicId}/closing`,
      () => ({ body: { reason } }),
    ),
    ...toModerators,
  },
  'PUT /api/discussion/topics/:topicId/support': {
    ...ofTopic(
      suggestion,
      (it) => `/topics/${it.topicId}/support`,
      () => ({ body: { supports: true } }),
    ),
    ...toReaders,
  },
  'POST /api/discussion/topics/:topicId/steps': {
    ...ofTopic(
      suggestion,
      (it) => `/topics/${it.topicId}/steps`,
      () => ({ body: { state: 'looking', words }, revision: '"1"' }),
    ),
    ...toModerators,
  },
  'PUT /api/discussion/topics/:topicId/promise': {
    ...ofTopic(
      suggestion,
      (it) => `/topics/${it.topicId}/promise`,
      () => ({ body: { promisedOn: '2027-03-01', office: 'secretary', words }, revision: '"1"' }),
    ),
    ...toModerators,
  },
  'POST /api/discussion/topics/:topicId/merging': {
    call: async (at, { fresh }, role) => {
      const [from, into] = [await fresh.topic(at, suggestion, role), await fresh.topic(at, suggestion, role)]
      return {
        path: `/api/discussion/topics/${from.topicId}/merging`,
        body: { intoId: into.topicId, words },
        revision: '"1"',
      }
    },
    ...toModerators,
  },
  'PUT /api/discussion/topics/:topicId/outcome': {
    ...ofTopic(
      { ...suggestion, state: 'done' },
      (it) => `/topics/${it.topicId}/outcome`,
      () => ({ body: { asked: words, done: words, responsible: '党支部', doneOn: today }, revision: '"1"' }),
    ),
    ...toModerators,
  },
  'PUT /api/discussion/posts/:postId': {
    ...ofTopic(
      own,
      (it) => `/posts/${it.postId}`,
      () => ({ body: { body: text }, revision: '"1"' }),
    ),
    ...toReaders,
  },
  'DELETE /api/discussion/posts/:postId': { ...ofTopic(own, (it) => `/posts/${it.postId}`), ...toReaders },
  'GET /api/discussion/posts/:postId/edits': { ...ofTopic({}, (it) => `/posts/${it.postId}/edits`), ...toReaders },
  'GET /api/discussion/posts/:postId/pictures/:mediaId': {
    ...ofTopic({ hasPicture: true }, (it) => `/posts/${it.postId}/pictures/${it.mediaId}`),
    ...toReaders,
  },
  'GET /api/discussion/calls': listAt('/calls'),
  'POST /api/discussion/calls': bodyAt('/calls', (at) => ({ ...call, organizationId: at.organization.id }), moderators),
  'GET /api/discussion/calls/:callId': {
    call: async (at, { fresh }) => ({ path: `/api/discussion/calls/${await fresh.callForIdeas(at)}` }),
    ...toReaders,
  },
  'PUT /api/discussion/calls/:callId': {
    call: async (at, { fresh }) => ({
      path: `/api/discussion/calls/${await fresh.callForIdeas(at)}`,
      body: call,
      revision: '"1"',
    }),
    ...toModerators,
  },
  'GET /api/discussion/settings': anyPerson('/settings'),
  'PUT /api/discussion/settings': {
    call: async (_, world) => ({ path: '/api/discussion/settings', ...(await world.discussionSettings()) }),
    lets: all('department'),
    knows: all(...signedIn),
    isPlaceless: true,
  },

  // Whoever has written under protection reads it from anywhere; to all others there is nothing.
  'GET /api/discussion/protected': anyPerson('/protected'),
  'POST /api/discussion/protected': bodyAt(
    '/protected',
    (at) => ({
      organizationId: at.organization.id,
      kind: 'suggestion',
      title: at.topic,
      text: '希望调整一下会议室的开放时间。',
    }),
    discussing,
  ),
  'GET /api/discussion/protected/:topicId': ofProtected(''),
  'GET /api/discussion/protected/:topicId/posts': ofProtected('/posts'),
  'POST /api/discussion/protected/:topicId/letters': ofProtected('/letters', { text: words }),
  'POST /api/discussion/protected/:topicId/hidings/:hidingId/appeal': {
    ...ofTopic(
      { ...own, isProtected: true, isHidden: true },
      (it) => `/protected/${it.topicId}/hidings/${it.hidingId}/appeal`,
      () => ({ body: { words } }),
    ),
    lets: all(...persons),
    knows: outside,
  },
  'GET /api/discussion/openings': anyPerson('/openings'),
  'POST /api/discussion/openings': {
    ...ofTopic(
      { isProtected: true },
      () => '/openings',
      (it) => ({ body: { topicId: it.topicId, reason } }),
    ),
    lets: all(...openers),
    knows: everywhere(...others),
    succeeds: 201,
  },
  'POST /api/discussion/openings/:openingId/agreement': {
    ...ofTopic({ isProtected: true, opening: 'asked' }, (it) => `/openings/${it.openingId}/agreement`),
    lets: all('department'),
    knows: and(all('publicity'), outside),
  },
  'POST /api/discussion/openings/:openingId/refusal': {
    ...ofTopic(
      { isProtected: true, opening: 'asked' },
      (it) => `/openings/${it.openingId}/refusal`,
      () => ({ body: { reason } }),
    ),
    lets: all('department'),
    knows: and(all('publicity'), outside),
  },
  'GET /api/discussion/openings/:openingId/identity': {
    ...ofTopic({ isProtected: true, opening: 'agreed' }, (it) => `/openings/${it.openingId}/identity`),
    lets: all(...openers),
    knows: outside,
    shows: openers,
  },

  'POST /api/discussion/moderation/posts/:postId/reports': {
    ...ofTopic(
      {},
      (it) => `/moderation/posts/${it.postId}/reports`,
      () => ({ body: { reason } }),
    ),
    ...toReaders,
  },
  'GET /api/discussion/moderation/reports': anyPerson('/moderation/reports'),
  'POST /api/discussion/moderation/reports/:reportId/decision': {
    ...ofTopic(
      { isReported: true },
      (it) => `/moderation/reports/${it.reportId}/decision`,
      () => ({ body: { decision: 'kept', reason } }),
    ),
    lets: moderators,
    knows: outside,
  },
  'POST /api/discussion/moderation/posts/:postId/hiding': {
    ...ofTopic(
      {},
      (it) => `/moderation/posts/${it.postId}/hiding`,
      () => ({ body: { reason } }),
    ),
    ...toModerators,
  },
  'GET /api/discussion/moderation/own-hidings': anyPerson('/moderation/own-hidings'),
  'GET /api/discussion/moderation/hidings': anyPerson('/moderation/hidings'),
  'POST /api/discussion/moderation/hidings/:hidingId/appeal': {
    ...ofTopic(
      { ...own, ...hidden },
      (it) => `/moderation/hidings/${it.hidingId}/appeal`,
      () => ({ body: { words } }),
    ),
    ...toReaders,
  },
  'POST /api/discussion/moderation/hidings/:hidingId/decision': {
    ...ofTopic(
      { ...hidden, isAppealed: true },
      (it) => `/moderation/hidings/${it.hidingId}/decision`,
      () => ({ body: { decision: 'upheld', reason } }),
    ),
    lets: above,
    knows: and({ branch: ['secretary'], sibling: ['sibling'] }, outside),
  },
  'POST /api/discussion/moderation/hidings/:hidingId/restoration': {
    ...ofTopic(
      hidden,
      (it) => `/moderation/hidings/${it.hidingId}/restoration`,
      () => ({ body: { reason } }),
    ),
    lets: moderators,
    knows: outside,
  },
}

/** Something with a topic that whoever asks has written under protection. */
function ofProtected(path: string, body?: unknown): Row {
  return {
    ...ofTopic(
      { ...own, isProtected: true },
      (it) => `/protected/${it.topicId}${path}`,
      () => (body === undefined ? {} : { body }),
    ),
    lets: all(...persons),
    knows: outside,
  }
}

/** Lists of all places at once. */
export const discussionLists: readonly string[] = [
  '/api/discussion/outcomes?limit=200',
  '/api/discussion/calls?limit=200',
  '/api/discussion/moderation/reports?open=false&limit=200',
  '/api/discussion/moderation/hidings?open=false&limit=200',
]

/** Lists of all places at once in which writers are named, and who reads there what the person of the branch has written. */
export const namingLists: Readonly<Record<string, readonly Role[]>> = {
  '/api/discussion/topics?limit=200': ['student', 'formerHelper', 'publicity'],
  '/api/discussion/search?q=号': ['student', 'formerHelper', 'publicity'],
}
