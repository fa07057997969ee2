import { all, and, type Circle, holders, outside, persons, publishers, signedIn } from './rights-circles.ts'
import { discussing } from './rights-discussion.ts'
import type { Call, Row } from './rights-rows.ts'
import type { CallAt, RightsWorld, Role } from './rights-world.ts'

/** Whose work the entry is, and who reviews it. */
const own: Circle = { branch: ['applicant'] }

type Made = Awaited<ReturnType<RightsWorld['fresh']['entryCall']>>

interface Asked {
  state?: CallAt
  hasVote?: boolean
  body?: (made: Made) => unknown
  revision?: string
}

/** Something with a call of the place that is made for each request. */
const ofCall = (path: (made: Made) => string, { state = 'open', hasVote = false, body, revision }: Asked = {}) => ({
  call: async (...[at, { fresh }]: Parameters<Row['call']>): Promise<Call> => {
    const made = await fresh.entryCall(at, state, { hasVote })
    return { path: `/api/calls${path(made)}`, ...(body && { body: body(made) }), ...(revision && { revision }) }
  },
})
const toReaders = { lets: discussing, knows: outside }
const toHolders = { lets: holders, knows: and(discussing, outside) }
const toOwn = { lets: own, knows: outside }
/** Officers who read no files see the authors of what was sent in to their call. */
const shows: readonly Role[] = ['publicity']
const anyPerson = (path: string): Row => ({
  call: () => ({ path: `/api/calls${path}` }),
  lets: all(...persons),
  knows: outside,
  isPlaceless: true,
})

const fields = {
  ...{ title: '党员故事征集', body: '写下身边党员的故事，真实、具体。', teamMost: 3, entriesMost: 5 },
  kinds: [{ key: 'text', name: '文字类', untilOn: '2027-01-31' }],
  fields: [
    { key: 'story', label: '故事', kind: 'prose', isRequired: false, most: 5, hint: '' },
    { key: 'files', label: '图片', kind: 'picture', isRequired: false, most: 5, hint: '' },
  ],
  ...{ isBlind: false, words: [], criteria: [] },
}
const revision = '"1"'
const of = (part: string) => (it: Made) => `/${it.callId}${part}`
const ofEntry = (part: string) => (it: Made) => `/entries/${it.entryId}${part}`
const ofWork = (part: string) => (it: Made) => `/shelf/${it.entryId}${part}`
const reviewing = (part: string) => (it: Made) => `/reviewing/${it.callId}${part}`

/** 征集 */
export const callRows: Readonly<Record<string, Row>> = {
  'GET /api/calls': anyPerson(''),
  'POST /api/calls': {
    call: (at) => ({ path: '/api/calls', body: { organizationId: at.organization.id, ...fields } }),
    lets: holders,
    knows: and(all(...signedIn), outside),
    succeeds: 201,
  },
  'GET /api/calls/:callId': { ...ofCall(of('')), ...toReaders },
  'PUT /api/calls/:callId': { ...ofCall(of(''), { body: () => fields, revision }), ...toHolders },
  'POST /api/calls/:callId/announcement': {
    ...ofCall(of('/announcement'), { state: 'planned', revision }),
    // What is being prepared does not exist for anybody else.
    lets: holders,
    knows: outside,
  },
  'POST /api/calls/:callId/closing': {
    ...ofCall(of('/closing'), { body: () => ({ reason: '作品已经收齐' }) }),
    ...toHolders,
  },
  'POST /api/calls/:callId/cancellation': {
    ...ofCall(of('/cancellation'), { body: () => ({ reason: '时间有冲突' }) }),
    ...toHolders,
  },
  'POST /api/calls/:callId/notice': { ...ofCall(of('/notice')), ...toHolders, succeeds: 201 },
  'POST /api/calls/:callId/entries': {
    ...ofCall(of('/entries'), { body: () => ({ kindKey: 'text' }) }),
    ...toReaders,
    succeeds: 201,
  },
  'GET /api/calls/:callId/entries': { ...ofCall(of('/entries')), ...toHolders, shows },
  'GET /api/calls/:callId/entries/export': { ...ofCall(of('/entries/export?blind=false')), ...toHolders, shows },
  'PUT /api/calls/:callId/entries/:entryId/redactions': {
    ...ofCall((it) => `/${it.callId}/entries/${it.entryId}/redactions`, {
      ...{ state: 'closed', body: () => ({ keys: ['title'] }) },
    }),
    ...toHolders,
  },
  'PUT /api/calls/:callId/entries/:entryId/decision': {
    ...ofCall((it) => `/${it.callId}/entries/${it.entryId}/decision`, {
      ...{ state: 'closed', body: () => ({ decision: 'accepted', words: '' }) },
    }),
    ...toHolders,
  },
  'POST /api/calls/:callId/entries/:entryId/corrections': {
    ...ofCall((it) => `/${it.callId}/entries/${it.entryId}/corrections`, {
      ...{ state: 'decided', body: () => ({ decision: 'declined', words: '', reason: '登记有误' }), revision },
    }),
    ...toHolders,
  },
  'POST /api/calls/:callId/results': { ...ofCall(of('/results'), { state: 'closed', revision }), ...toHolders },
  'GET /api/calls/:callId/reviewers': { ...ofCall(of('/reviewers')), ...toHolders, shows },
  'PUT /api/calls/:callId/reviewers/:personId': {
    ...ofCall((it) => `/${it.callId}/reviewers/${it.personId}`, { state: 'closed', body: () => ({}) }),
    ...toHolders,
  },
  'DELETE /api/calls/:callId/reviewers/:personId': {
    ...ofCall((it) => `/${it.callId}/reviewers/${it.personId}`),
    ...toHolders,
  },
  'POST /api/calls/:callId/phases': {
    ...ofCall(of('/phases'), {
      ...{ state: 'closed', body: () => ({ name: '初评', untilOn: '2027-12-31', perEntry: 1, entryIds: null }) },
    }),
    ...toHolders,
  },
  'POST /api/calls/:callId/allotment': { ...ofCall(of('/allotment'), { state: 'reviewing' }), ...toHolders },
  'POST /api/calls/:callId/phases/end': { ...ofCall(of('/phases/end'), { state: 'reviewing' }), ...toHolders },
  'GET /api/calls/:callId/vote': { ...ofCall(of('/vote'), { state: 'decided', hasVote: true }), ...toReaders },
  'PUT /api/calls/:callId/vote': {
    ...ofCall(of('/vote'), { state: 'decided', body: () => ({ rule: null }) }),
    ...toHolders,
  },
  'POST /api/calls/:callId/ballots': {
    ...ofCall(of('/ballots'), { state: 'decided', hasVote: true, body: (it) => ({ entryIds: [it.entryId] }) }),
    ...toReaders,
    succeeds: 201,
  },
  'POST /api/calls/entries/joining': {
    ...ofCall(() => '/entries/joining', { state: 'draft', body: (it) => ({ code: it.teamCode }) }),
    ...toReaders,
    succeeds: 201,
  },
  'GET /api/calls/entries/:entryId': { ...ofCall(ofEntry('')), lets: and(holders, own), knows: outside, shows },
  'PUT /api/calls/entries/:entryId': {
    ...ofCall(ofEntry(''), {
      ...{ state: 'draft', body: () => ({ title: '第一盏灯', kindKey: 'text', answers: {} }), revision },
    }),
    ...toOwn,
  },
  'DELETE /api/calls/entries/:entryId': { ...ofCall(ofEntry(''), { state: 'draft' }), ...toOwn },
  'POST /api/calls/entries/:entryId/submission': {
    ...ofCall(ofEntry('/submission'), { state: 'draft', body: () => ({ hasLookedAt: true }), revision }),
    ...toOwn,
  },
  'DELETE /api/calls/entries/:entryId/submission': { ...ofCall(ofEntry('/submission')), ...toOwn },
  'PUT /api/calls/entries/:entryId/consents': {
    ...ofCall(ofEntry('/consents'), { body: () => ({ publication: true, name: false, portrait: false }) }),
    ...toOwn,
  },
  'DELETE /api/calls/entries/:entryId/members/:personId': {
    ...ofCall((it) => `/entries/${it.entryId}/members/${it.otherId}`, { state: 'draft' }),
    ...toOwn,
  },
  'GET /api/calls/entries/:entryId/media/:mediaId': {
    ...ofCall((it) => `/entries/${it.entryId}/media/${it.mediaId}`),
    ...{ lets: and(holders, own), knows: outside },
  },
  'GET /api/calls/entries/:entryId/media/:mediaId/texts/:kind': {
    ...ofCall((it) => `/entries/${it.entryId}/media/${it.soundId}/texts/captions`),
    ...{ lets: and(holders, own), knows: outside },
  },
  'GET /api/calls/reviewing': anyPerson('/reviewing'),
  'POST /api/calls/reviewing': {
    // Whoever was given the code, wherever they belong.
    ...ofCall(() => '/reviewing', { body: (it) => ({ code: it.reviewCode }) }),
    ...{ lets: all(...persons), knows: outside, succeeds: 201 },
  },
  'GET /api/calls/reviewing/:callId': { ...ofCall(reviewing(''), { state: 'reviewing' }), ...toOwn },
  'GET /api/calls/reviewing/:callId/entries/:number': {
    ...ofCall(reviewing('/entries/1'), { state: 'reviewing' }),
    ...toOwn,
  },
  'PUT /api/calls/reviewing/:callId/entries/:number/review': {
    ...ofCall(reviewing('/entries/1/review'), {
      ...{ state: 'reviewing', body: () => ({ levels: { good: 1 }, abstainReason: '', remark: '' }) },
    }),
    ...toOwn,
  },
  'POST /api/calls/reviewing/:callId/entries/:number/recusal': {
    ...ofCall(reviewing('/entries/1/recusal'), { state: 'reviewing', body: () => ({ reason: '认识作者' }) }),
    ...toOwn,
  },
  'GET /api/calls/reviewing/:callId/entries/:number/media/:place': {
    ...ofCall(reviewing('/entries/1/media/1'), { state: 'reviewing' }),
    ...toOwn,
  },
  'GET /api/calls/reviewing/:callId/entries/:number/media/:place/texts/:kind': {
    ...ofCall(reviewing('/entries/1/media/2/texts/captions'), { state: 'reviewing' }),
    ...toOwn,
  },
  'GET /api/calls/shelf': anyPerson('/shelf?limit=200'),
  'GET /api/calls/shelf/:entryId': { ...ofCall(ofWork(''), { state: 'decided' }), ...toReaders },
  'POST /api/calls/shelf/:entryId/article': {
    call: async (at, { fresh }) => ({
      path: `/api/calls/shelf/${(await fresh.entryCall(at, 'decided')).entryId}/article`,
      body: { sectionId: await fresh.section(at) },
    }),
    lets: publishers,
    knows: and(discussing, outside),
    succeeds: 201,
  },
  'GET /api/calls/shelf/:entryId/media/:mediaId': {
    ...ofCall((it) => `/shelf/${it.entryId}/media/${it.mediaId}`, { state: 'decided' }),
    ...toReaders,
  },
  'GET /api/calls/shelf/:entryId/media/:mediaId/texts/:kind': {
    ...ofCall((it) => `/shelf/${it.entryId}/media/${it.soundId}/texts/captions`, { state: 'decided' }),
    ...toReaders,
  },
}

/** Lists of all places at once. */
export const callLists: readonly string[] = [
  '/api/calls?only=open&limit=200',
  '/api/calls?only=over&limit=200',
  '/api/calls?only=held&limit=200',
  '/api/calls/shelf?limit=200',
]
