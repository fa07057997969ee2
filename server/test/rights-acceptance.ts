import { all, outside, persons } from './rights-circles.ts'
import { ofResults, toReaders, toRunners } from './rights-results.ts'
import type { Row } from './rights-rows.ts'

/** Something with a programme of the place that is made for each call. */
const ofAcceptance = ofResults(({ fresh }, place, at, role) => fresh.acceptance(place, at, role))
/** Whoever assesses need not belong there; nobody else finds it, whatever office they hold. */
const toAssessors = { lets: all(...persons), knows: outside }
const anyPerson = (path: string): Row => ({
  call: () => ({ path: `/api/training${path}` }),
  lets: all(...persons),
  knows: outside,
  isPlaceless: true,
})

const criteria = [{ key: 'c1', name: '理论学习', levels: ['未达到', '达到'].map((name) => ({ name, words: name })) }]
const self = { levels: { c1: 1 }, notes: { c1: '读完了书目' }, evidence: [], words: '' }
const certificate = {
  ...{ title: '结业证书', programme: '秋季培训班', fromOn: null, untilOn: null, hours: '', hoursOfEach: false },
  ...{ result: '', signatoryOffice: '', signatoryName: '' },
}
const summary = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '办得顺利' }] }] }
const assessment = { levels: { c1: 1 }, words: '学习认真', isSigned: false }

/** 成果验收 and 办结 */
export const acceptanceRows: Readonly<Record<string, Row>> = {
  'GET /api/training/rubrics': anyPerson('/rubrics'),
  'GET /api/training/assessing': anyPerson('/assessing'),
  'GET /api/training/assessing/:programmeId': {
    ...ofAcceptance((it) => `/assessing/${it.id}`, { isAssessor: true }),
    ...toAssessors,
    shows: persons,
  },
  'GET /api/training/assessing/rounds/:roundId': {
    ...ofAcceptance((it) => `/assessing/rounds/${it.roundId}`, { isAssessor: true }),
    ...toAssessors,
    shows: persons,
  },
  'PUT /api/training/assessing/rounds/:roundId': {
    ...ofAcceptance((it) => `/assessing/rounds/${it.roundId}`, { isAssessor: true, body: () => assessment }),
    ...toAssessors,
  },
  'GET /api/training/:programmeId/acceptance': { ...ofAcceptance((it) => `/${it.id}/acceptance`), ...toReaders },
  'PUT /api/training/:programmeId/acceptance/criteria': {
    ...ofAcceptance((it) => `/${it.id}/acceptance/criteria`, {
      isBlank: true,
      body: () => ({ criteria }),
      revision: '"1"',
    }),
    ...toRunners,
  },
  'PUT /api/training/:programmeId/acceptance/assessors': {
    ...ofAcceptance((it) => `/${it.id}/acceptance/assessors`, { body: () => ({ personIds: [] }) }),
    ...toRunners,
  },
  'PUT /api/training/:programmeId/acceptance/own': {
    ...ofAcceptance((it) => `/${it.id}/acceptance/own`, { isOn: true, body: () => self, revision: '"1"' }),
    ...toReaders,
  },
  'POST /api/training/:programmeId/acceptance/own/handing-in': {
    ...ofAcceptance((it) => `/${it.id}/acceptance/own/handing-in`, { isOn: true, revision: '"1"' }),
    ...toReaders,
  },
  'GET /api/training/:programmeId/acceptance/participants': {
    ...ofAcceptance((it) => `/${it.id}/acceptance/participants`),
    ...toRunners,
  },
  'GET /api/training/:programmeId/acceptance/participants/:personId': {
    ...ofAcceptance((it) => `/${it.id}/acceptance/participants/${it.participantId}`),
    ...toRunners,
  },
  'POST /api/training/:programmeId/acceptance/decisions': {
    ...ofAcceptance((it) => `/${it.id}/acceptance/decisions`, {
      body: (it) => ({ personIds: [it.participantId], decision: 'unfinished', missing: '中途退学' }),
    }),
    ...toRunners,
  },
  'POST /api/training/:programmeId/closing': {
    ...ofAcceptance((it) => `/${it.id}/closing`, { state: 'decided', revision: '"1"' }),
    ...toRunners,
  },
  'GET /api/training/:programmeId/filings': {
    ...ofAcceptance((it) => `/${it.id}/filings`, { state: 'closed' }),
    ...toRunners,
  },
  'POST /api/training/:programmeId/filings': {
    ...ofAcceptance((it) => `/${it.id}/filings`, { state: 'closed', body: () => ({ after: null }) }),
    ...toRunners,
    succeeds: 200,
  },
  'GET /api/training/:programmeId/certificates': {
    ...ofAcceptance((it) => `/${it.id}/certificates`, { state: 'closed' }),
    ...toRunners,
  },
  'POST /api/training/:programmeId/certificates': {
    ...ofAcceptance((it) => `/${it.id}/certificates`, { state: 'closed', body: () => certificate }),
    ...toRunners,
    succeeds: 201,
  },
  'POST /api/training/:programmeId/certificates/filings': {
    ...ofAcceptance((it) => `/${it.id}/certificates/filings`, { state: 'certified', body: () => ({ after: null }) }),
    ...toRunners,
    succeeds: 200,
  },
  'GET /api/training/:programmeId/summary': {
    ...ofAcceptance((it) => `/${it.id}/summary`, { state: 'closed' }),
    ...toRunners,
  },
  'PUT /api/training/:programmeId/summary': {
    ...ofAcceptance((it) => `/${it.id}/summary`, { state: 'closed', body: () => ({ text: summary }), revision: '"0"' }),
    ...toRunners,
  },
  'POST /api/training/:programmeId/summary/signature': {
    ...ofAcceptance((it) => `/${it.id}/summary/signature`, { state: 'summarized', revision: '"1"' }),
    ...toRunners,
    succeeds: 204,
  },
  'GET /api/training/:programmeId/summary/paper.pdf': {
    ...ofAcceptance((it) => `/${it.id}/summary/paper.pdf`, { state: 'summarized' }),
    ...toRunners,
  },
  'GET /api/training/:programmeId/summary/paper.docx': {
    ...ofAcceptance((it) => `/${it.id}/summary/paper.docx`, { state: 'summarized' }),
    ...toRunners,
  },
}
