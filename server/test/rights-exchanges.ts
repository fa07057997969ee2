import { newId } from '../src/platform/ids.ts'
import { type ExchangeAt, exchangeAt, practice } from './exchanges-at.ts'
import { today } from './factories.ts'
import { all, and, outside, persons, trainers } from './rights-circles.ts'
import { discussing } from './rights-discussion.ts'
import type { Call, Row } from './rights-rows.ts'

type Made = Awaited<ReturnType<typeof exchangeAt>>

/** Something with a meeting of the place that is made for each call. */
const ofMeeting = (
  path: (made: Made) => string,
  { body, revision, ...at }: ExchangeAt & { body?: unknown; revision?: string } = {},
): Pick<Row, 'call'> => ({
  call: async (place, world, role): Promise<Call> => ({
    path: `/api/exchanges${path(await exchangeAt(place, world, role, at))}`,
    ...(body !== undefined && { body }),
    ...(revision && { revision }),
  }),
})

const meeting = ({ exchangeId }: Made) => `/${exchangeId}`
const ofCase = (it: Made) => `${meeting(it)}/cases/${it.caseId}`
const ofComment = (it: Made) => `${ofCase(it)}/comments/${it.commentId}`
const ofGuest = (it: Made) => `${meeting(it)}/guests/${it.guestId}/link`
const ofCard = ({ cardId }: Made) => `/cards/${cardId}`
const ofAdoption = ({ adoptionId }: Made) => `/cards/adoptions/${adoptionId}`

const toReaders = { lets: discussing, knows: outside }
const toRunners = { lets: trainers, knows: and(discussing, outside) }
/** What is not announced is told to nobody but those who run it. */
const toRunnersOfPlans = { lets: trainers, knows: outside }
/** Organisations, and the library, are known to everybody. */
const toAll = { lets: all(...persons), knows: outside }
const toRunnersOfAll = { lets: trainers, knows: and(all(...persons), outside) }

const fields = {
  ...{ title: '支部工作交流会', theme: '怎样组织学习', on: '2027-12-01', startMinute: null, endMinute: null },
  ...{ place: '', link: '', participantIds: [] },
}
const text = { ...practice, isSubmitted: true, agrees: true }
const reason = '请按约定办理'
const revision = '"1"'
const untilOn = today

/** Without the cookie of a guest there is nothing, whoever else is signed in. */
const ofNoGuest = (path: string, body?: unknown): Row => ({
  call: () => ({ path: `/api/exchanges/guest${path}`, ...(body !== undefined && { body }), revision }),
  lets: { branch: [] },
  isPublic: true,
  isPlaceless: true,
  succeeds: 404,
})
const unknown = newId()

/** 经验交流 */
export const exchangeRows: Readonly<Record<string, Row>> = {
  'GET /api/exchanges': { call: () => ({ path: '/api/exchanges' }), ...toAll, isPlaceless: true },
  'POST /api/exchanges': {
    call: ({ organization }) => ({ path: '/api/exchanges', body: { organizationId: organization.id, ...fields } }),
    ...toRunnersOfAll,
    succeeds: 201,
  },
  'GET /api/exchanges/:exchangeId': { ...ofMeeting(meeting), ...toReaders },
  'PUT /api/exchanges/:exchangeId': { ...ofMeeting(meeting, { body: fields, revision }), ...toRunners },
  'PUT /api/exchanges/:exchangeId/announcement': {
    ...ofMeeting((it) => `${meeting(it)}/announcement`, { state: 'planned', revision }),
    ...toRunnersOfPlans,
  },
  'POST /api/exchanges/:exchangeId/cancellation': {
    ...ofMeeting((it) => `${meeting(it)}/cancellation`, { body: { reason } }),
    ...toRunners,
  },
  'PUT /api/exchanges/:exchangeId/conclusion': {
    ...ofMeeting((it) => `${meeting(it)}/conclusion`, { state: 'over', body: { text: reason }, revision }),
    ...toRunners,
  },
  'PUT /api/exchanges/:exchangeId/order': {
    ...ofMeeting((it) => `${meeting(it)}/order`, { body: { caseIds: [] } }),
    ...toRunners,
  },
  'GET /api/exchanges/:exchangeId/guests': { ...ofMeeting((it) => `${meeting(it)}/guests`), ...toRunners },
  'POST /api/exchanges/:exchangeId/guests': {
    ...ofMeeting((it) => `${meeting(it)}/guests`, {
      body: { name: '来宾', institution: '别的大学', email: '', untilOn },
    }),
    ...toRunners,
    succeeds: 201,
  },
  'POST /api/exchanges/:exchangeId/guests/:guestId/link': {
    ...ofMeeting(ofGuest, { body: { untilOn } }),
    ...toRunners,
    succeeds: 201,
  },
  'DELETE /api/exchanges/:exchangeId/guests/:guestId/link': { ...ofMeeting(ofGuest), ...toRunners },
  'POST /api/exchanges/:exchangeId/cases': {
    ...ofMeeting((it) => `${meeting(it)}/cases`, { body: text }),
    ...toReaders,
    succeeds: 201,
  },
  'GET /api/exchanges/:exchangeId/cases/:caseId': { ...ofMeeting(ofCase), ...toReaders },
  'PUT /api/exchanges/:exchangeId/cases/:caseId': {
    ...ofMeeting(ofCase, { isOwn: true, body: text, revision }),
    ...toReaders,
  },
  'DELETE /api/exchanges/:exchangeId/cases/:caseId/consent': {
    ...ofMeeting((it) => `${ofCase(it)}/consent`, { isOwn: true }),
    ...toReaders,
  },
  'POST /api/exchanges/:exchangeId/cases/:caseId/comments': {
    ...ofMeeting((it) => `${ofCase(it)}/comments`, { body: { text: reason } }),
    ...toReaders,
    succeeds: 201,
  },
  'DELETE /api/exchanges/:exchangeId/cases/:caseId/comments/:commentId': {
    ...ofMeeting(ofComment, { isOwn: true }),
    ...toReaders,
  },
  'POST /api/exchanges/:exchangeId/cases/:caseId/comments/:commentId/removal': {
    ...ofMeeting((it) => `${ofComment(it)}/removal`, { body: { reason } }),
    ...toRunners,
  },
  'POST /api/exchanges/:exchangeId/cases/:caseId/card': {
    ...ofMeeting((it) => `${ofCase(it)}/card`, { body: { ...practice, topics: ['学习'] } }),
    ...toRunners,
    succeeds: 201,
  },

  'GET /api/exchanges/cards': { call: () => ({ path: '/api/exchanges/cards' }), ...toAll, isPlaceless: true },
  'GET /api/exchanges/cards/:cardId': { ...ofMeeting(ofCard, { hasCard: true }), ...toAll },
  'GET /api/exchanges/cards/:cardId/versions': {
    ...ofMeeting((it) => `${ofCard(it)}/versions`, { hasCard: true }),
    ...toAll,
  },
  'PUT /api/exchanges/cards/:cardId': {
    ...ofMeeting(ofCard, { hasCard: true, body: { ...practice, topics: [], change: reason }, revision }),
    ...toRunnersOfAll,
  },
  'POST /api/exchanges/cards/:cardId/withdrawal': {
    ...ofMeeting((it) => `${ofCard(it)}/withdrawal`, { hasCard: true, body: { reason } }),
    ...toRunnersOfAll,
  },
  'POST /api/exchanges/cards/:cardId/adoptions': {
    call: async (place, world, role) => ({
      path: `/api/exchanges${ofCard(await exchangeAt(place, world, role, { hasCard: true }))}/adoptions`,
      body: { organizationId: place.organization.id, plan: '' },
    }),
    ...toRunnersOfAll,
    succeeds: 201,
  },
  'POST /api/exchanges/cards/adoptions/:adoptionId/ending': {
    ...ofMeeting((it) => `${ofAdoption(it)}/ending`, { hasCard: true, body: { reason } }),
    ...toRunnersOfAll,
  },
  'POST /api/exchanges/cards/adoptions/:adoptionId/reports': {
    ...ofMeeting((it) => `${ofAdoption(it)}/reports`, {
      hasCard: true,
      body: { on: today, outcome: 'none', did: '照着做', result: '没有变化', differed: '' },
    }),
    ...toRunnersOfAll,
    succeeds: 201,
  },
  'DELETE /api/exchanges/cards/adoptions/:adoptionId/reports/:reportId': {
    ...ofMeeting((it) => `${ofAdoption(it)}/reports/${it.reportId}`, { hasCard: true }),
    ...toRunnersOfAll,
  },

  'POST /api/exchanges/guest/session': ofNoGuest('/session', { secret: 'a'.repeat(43) }),
  'DELETE /api/exchanges/guest/session': { ...ofNoGuest('/session'), succeeds: 204 },
  'GET /api/exchanges/guest': ofNoGuest(''),
  'POST /api/exchanges/guest/cases': ofNoGuest('/cases', text),
  'GET /api/exchanges/guest/cases/:caseId': ofNoGuest(`/cases/${unknown}`),
  'PUT /api/exchanges/guest/cases/:caseId': ofNoGuest(`/cases/${unknown}`, text),
  'DELETE /api/exchanges/guest/cases/:caseId/consent': ofNoGuest(`/cases/${unknown}/consent`),
  'POST /api/exchanges/guest/cases/:caseId/comments': ofNoGuest(`/cases/${unknown}/comments`, { text: reason }),
  'DELETE /api/exchanges/guest/cases/:caseId/comments/:commentId': ofNoGuest(`/cases/${unknown}/comments/${unknown}`),
}

/** Lists of all places at once. */
export const exchangeLists: readonly string[] = ['/api/exchanges', '/api/exchanges/cards?limit=200']
