import { newId } from '../src/platform/ids.ts'
import { today } from './factories.ts'
import { all, and, type Circle, keepers, outside, persons, signedIn, trainers } from './rights-circles.ts'
import { discussing } from './rights-discussion.ts'
import type { Call, Row } from './rights-rows.ts'
import type { ProgrammeAt, RightsWorld } from './rights-world.ts'

type Made = Awaited<ReturnType<RightsWorld['fresh']['programme']>>

/** Something with a programme of the place that is made for each call. */
const ofProgramme = (
  path: (made: Made) => string,
  { body, revision, isOn = false, ...at }: ProgrammeAt & { body?: unknown; revision?: string } = {},
): Pick<Row, 'call'> => ({
  call: async (place, { fresh }, role): Promise<Call> => {
    // Whoever is on a list reads it, wherever they belong: here only those who belong there are put on it.
    const belongs = discussing[place.name]?.includes(role) ?? false
    const made = await fresh.programme(place, { ...at, isOn: isOn && belongs }, role)
    return {
      path: `/api/training${path(made)}`,
      ...(body !== undefined && { body }),
      ...(revision !== undefined && { revision }),
    }
  },
})
const toReaders = { lets: discussing, knows: outside }
const toRunners = { lets: trainers, knows: and(discussing, outside) }
/** What is being planned does not exist for anybody else. */
const toPlanners = { lets: trainers, knows: outside }
const anyPerson = (path: string): Row => ({
  call: () => ({ path: `/api/training${path}` }),
  lets: all(...persons),
  knows: outside,
  isPlaceless: true,
})
const own: Circle = { branch: ['applicant'], sibling: ['sibling'] }

const admission = { byNomination: false, bySignUp: false, untilOn: null }
const fields = {
  ...{ title: '支部委员培训班', audience: 'committeeMembers', year: 2027, term: 'spring', summary: '' },
  ...{ requiredHours: null, capacity: null, admission, stages: [] },
}
const session = {
  ...{ stageId: null, title: '支部工作条例', on: '2027-01-01', startMinute: null, endMinute: null, hours: 2 },
  ...{ category: 'skills', form: 'rotation', lecturers: [], place: '', link: '', materials: [] },
}
const reason = '名单报重了'
const revision = '"1"'
const ofSession = (rest: string) => (it: Made) => `/sessions/${it.sessionId}${rest}`

/** 培训 */
export const trainingRows: Readonly<Record<string, Row>> = {
  'GET /api/training/places': anyPerson('/places'),
  'GET /api/training/desk': anyPerson('/desk'),
  'GET /api/training/works': anyPerson('/works'),
  'GET /api/training/year': anyPerson('/year?year=2027'),
  'GET /api/training/statements/own': anyPerson('/statements/own?year=2027'),
  'GET /api/training/statements': {
    call: (at) => ({ path: `/api/training/statements?year=2027&organizationId=${at.organization.id}` }),
    lets: trainers,
    knows: and(all(...signedIn), outside),
  },
  'GET /api/training/statements/:personId': {
    call: (at) => ({ path: `/api/training/statements/${at.person.id}?year=2027` }),
    lets: and(trainers, own),
    knows: outside,
  },
  'GET /api/training': anyPerson(''),
  'POST /api/training': {
    call: (at) => ({ path: '/api/training', body: { organizationId: at.organization.id, ...fields } }),
    lets: trainers,
    knows: and(all(...signedIn), outside),
    succeeds: 201,
  },
  'GET /api/training/:programmeId': { ...ofProgramme((it) => `/${it.id}`), ...toReaders },
  'PUT /api/training/:programmeId': { ...ofProgramme((it) => `/${it.id}`, { body: fields, revision }), ...toRunners },
  'POST /api/training/:programmeId/announcement': {
    ...ofProgramme((it) => `/${it.id}/announcement`, { state: 'planned', revision }),
    ...toPlanners,
  },
  'POST /api/training/:programmeId/cancellation': {
    ...ofProgramme((it) => `/${it.id}/cancellation`, { body: { reason } }),
    ...toRunners,
  },
  'POST /api/training/:programmeId/copies': {
    ...ofProgramme((it) => `/${it.id}/copies`, {
      body: { title: '新一期培训班', year: 2027, term: 'autumn', firstOn: '2027-09-01' },
    }),
    ...toRunners,
    succeeds: 201,
  },
  'POST /api/training/:programmeId/sessions': {
    ...ofProgramme((it) => `/${it.id}/sessions`, { body: session }),
    ...toRunners,
    succeeds: 201,
  },
  'GET /api/training/:programmeId/candidates': { ...ofProgramme((it) => `/${it.id}/candidates`), ...toRunners },
  'GET /api/training/:programmeId/participants': { ...ofProgramme((it) => `/${it.id}/participants`), ...toRunners },
  'POST /api/training/:programmeId/participants': {
    ...ofProgramme((it) => `/${it.id}/participants`, { body: { all: true } }),
    ...toRunners,
    succeeds: 201,
  },
  'POST /api/training/:programmeId/participants/export': {
    ...ofProgramme((it) => `/${it.id}/participants/export`),
    ...toRunners,
    succeeds: 200,
  },
  'POST /api/training/:programmeId/nominations': {
    call: async (place, { fresh }, role) => ({
      path: `/api/training/${(await fresh.programme(place, {}, role)).id}/nominations`,
      body: { personIds: [place.person.id] },
    }),
    lets: keepers,
    knows: and(discussing, outside),
    succeeds: 201,
  },
  'PUT /api/training/:programmeId/participants/own': {
    ...ofProgramme((it) => `/${it.id}/participants/own`, { isOn: true }),
    ...toReaders,
  },
  'DELETE /api/training/:programmeId/participants/own': {
    ...ofProgramme((it) => `/${it.id}/participants/own`, { isOn: true, on: '2027-01-01' }),
    ...toReaders,
  },
  'POST /api/training/:programmeId/participants/:personId/removal': {
    ...ofProgramme((it) => `/${it.id}/participants/${it.participantId}/removal`, { body: { reason } }),
    ...toRunners,
  },
  'PUT /api/training/sessions/:sessionId': {
    ...ofProgramme(ofSession(''), { body: session, revision }),
    ...toRunners,
  },
  'DELETE /api/training/sessions/:sessionId': { ...ofProgramme(ofSession(''), { state: 'planned' }), ...toPlanners },
  'POST /api/training/sessions/:sessionId/cancellation': {
    ...ofProgramme(ofSession('/cancellation'), { body: { reason } }),
    ...toRunners,
  },
  'GET /api/training/sessions/:sessionId/attendance': { ...ofProgramme(ofSession('/attendance')), ...toRunners },
  'PUT /api/training/sessions/:sessionId/attendance': {
    ...ofProgramme(ofSession('/attendance'), { body: { marks: [], restArePresent: true }, revision }),
    ...toRunners,
  },
  'POST /api/training/sessions/:sessionId/sheets': {
    ...ofProgramme(ofSession('/sheets'), { body: { mediaIds: [] } }),
    ...toRunners,
  },
  'DELETE /api/training/sessions/:sessionId/sheets/:mediaId': {
    ...ofProgramme(ofSession(`/sheets/${newId()}`)),
    ...toRunners,
  },
  'GET /api/training/sessions/:sessionId/make-ups': { ...ofProgramme(ofSession('/make-ups')), ...toReaders },
  'POST /api/training/sessions/:sessionId/requests': {
    ...ofProgramme(ofSession('/requests'), { isOn: true, on: today, body: { kind: 'leave', leaveKind: 'sick' } }),
    ...toReaders,
    succeeds: 201,
  },
  'GET /api/training/sessions/:sessionId/media/:mediaId': {
    ...ofProgramme((it) => `/sessions/${it.sessionId}/media/${it.mediaId}`),
    ...toReaders,
  },
  'POST /api/training/requests/:requestId/answer': {
    ...ofProgramme((it) => `/requests/${it.requestId}/answer`, { body: { isGranted: true } }),
    ...toRunners,
  },
}

/** Lists of all places at once. */
export const trainingLists: readonly string[] = [
  '/api/training?only=present&limit=200',
  '/api/training?only=past&limit=200',
  '/api/training?only=own&limit=200',
  '/api/training?only=mine&limit=200',
  '/api/training/year?year=2027',
]
