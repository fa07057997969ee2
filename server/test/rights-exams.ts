import { today } from './factories.ts'
import { all, and, outside, persons, trainers } from './rights-circles.ts'
import type { Call, Row } from './rights-rows.ts'
import type { ExamAt, Place, RightsWorld } from './rights-world.ts'

type Made = Awaited<ReturnType<RightsWorld['fresh']['exam']>>
type Asked = ExamAt & { body?: (made: Made, at: Place) => unknown; revision?: string }

/** Something with an examination of the place that is made for each call; its candidate is the person of the place. */
const ofExam = (path: (made: Made) => string, { body, revision, ...at }: Asked = {}): Pick<Row, 'call'> => ({
  call: async (place, { fresh }): Promise<Call> => {
    const made = await fresh.exam(place, at, 'nobody')
    return {
      path: `/api/exams${path(made)}`,
      ...(body && { body: body(made, place) }),
      ...(revision && { revision }),
    }
  },
})
/** The same, where whoever asks is the candidate. */
const ofOwn = (path: (made: Made) => string, { body, ...at }: Asked = {}): Pick<Row, 'call'> => ({
  call: async (place, { fresh }, role): Promise<Call> => {
    const made = await fresh.exam(place, { ...at, isOwn: true }, role)
    return { path: `/api/exams${path(made)}`, ...(body && { body: body(made, place) }) }
  },
})
const ofBank = (path: (made: Made) => string, asked: Asked = {}) => ofExam((it) => `/banks${path(it)}`, asked)

const toBankers = { lets: trainers, knows: outside }
/** The person of the branch takes the examination there, and knows of it once it is published. */
const toRunners = { lets: trainers, knows: and(outside, { branch: ['applicant'] }) }
/** Organisations are known to everybody. */
const toMakers = { lets: trainers, knows: and(all(...persons), outside) }
const toCandidates = { lets: all(...persons), knows: outside }
const anyPerson = (path: string): Row => ({
  call: () => ({ path: `/api/exams${path}` }),
  ...toCandidates,
  isPlaceless: true,
})

const question = {
  ...{ kind: 'blank', text: '预备期为____年。', options: [], accepted: ['一'] },
  ...{ explanation: '', source: '党章第七条' },
}
const ofQuestion = (it: Made) => `/${it.bankId}/questions/${it.questionId}`
const settings = ({ bankId, questionId }: Partial<Made> = {}) => ({
  ...{ title: '阶段考试', summary: '', form: 'online', minutes: 60, attempts: 3, passAt: 5, explains: 'afterEach' },
  ...{ opensAt: '2027-01-01T01:00:00Z', closesAt: '2027-01-01T09:00:00Z' },
  paper: {
    ...{ way: 'fixed', bankIds: bankId ? [bankId] : [], draws: [], questionIds: questionId ? [questionId] : [] },
    ...{ worth: { single: 10, multiple: 10, judgement: 10, blank: 10 }, isShuffled: false },
  },
})
const arrangement = { moreMinutes: 30, opensAt: null, closesAt: null, isOnPaper: false, reason: '手腕受伤' }
const ofCandidate = (it: Made) => `/${it.examId}/candidates/${it.personId}`

/** 考试 */
export const examRows: Readonly<Record<string, Row>> = {
  'GET /api/exams/banks': anyPerson('/banks'),
  'POST /api/exams/banks': {
    call: ({ organization }) => ({
      path: '/api/exams/banks',
      body: { organizationId: organization.id, title: '党章题库', summary: '' },
    }),
    ...toMakers,
    succeeds: 201,
  },
  'GET /api/exams/banks/template': anyPerson('/banks/template'),
  'GET /api/exams/banks/:bankId': { ...ofBank((it) => `/${it.bankId}`), ...toBankers },
  'PATCH /api/exams/banks/:bankId': {
    ...ofBank((it) => `/${it.bankId}`, { body: () => ({ title: '另一个名称', summary: '' }), revision: '"1"' }),
    ...toBankers,
  },
  'DELETE /api/exams/banks/:bankId': { ...ofBank((it) => `/${it.bankId}`, { isDraft: true }), ...toBankers },
  'GET /api/exams/banks/:bankId/questions.xlsx': { ...ofBank((it) => `/${it.bankId}/questions.xlsx`), ...toBankers },
  'POST /api/exams/banks/:bankId/questions': {
    ...ofBank((it) => `/${it.bankId}/questions`, { body: () => ({ questions: [{ topic: '', question }] }) }),
    ...toBankers,
  },
  'PUT /api/exams/banks/:bankId/questions/:questionId': {
    ...ofBank(ofQuestion, { body: () => ({ topic: '第一章', question }) }),
    ...toBankers,
  },
  'DELETE /api/exams/banks/:bankId/questions/:questionId': { ...ofBank(ofQuestion, { isDraft: true }), ...toBankers },
  'POST /api/exams/banks/:bankId/readings': {
    ...ofBank((it) => `/${it.bankId}/readings?form=gift`, { body: () => '预备期为{=一}年。' }),
    ...toBankers,
    succeeds: 200,
  },
  'GET /api/exams/attempts/:attemptId': {
    ...ofOwn((it) => `/attempts/${it.attemptId}`, { attempt: 'open' }),
    ...toCandidates,
  },
  'POST /api/exams/attempts/:attemptId/seat': {
    ...ofOwn((it) => `/attempts/${it.attemptId}/seat`, { attempt: 'open' }),
    ...toCandidates,
    succeeds: 200,
  },
  'PUT /api/exams/attempts/:attemptId/answers': {
    ...ofOwn((it) => `/attempts/${it.attemptId}/answers`, {
      attempt: 'open',
      body: ({ attemptId, questionId }) => ({ seat: attemptId, answers: [{ questionId, choices: [0], text: '' }] }),
    }),
    ...toCandidates,
  },
  'POST /api/exams/attempts/:attemptId/handing-in': {
    ...ofOwn((it) => `/attempts/${it.attemptId}/handing-in`, {
      attempt: 'open',
      body: ({ attemptId }) => ({ seat: attemptId }),
    }),
    ...toCandidates,
  },
  'GET /api/exams': anyPerson(''),
  'POST /api/exams': {
    call: ({ organization }) => ({
      path: '/api/exams',
      body: { organizationId: organization.id, ...settings() },
    }),
    ...toMakers,
    succeeds: 201,
  },
  'GET /api/exams/:examId': { ...ofExam((it) => `/${it.examId}`), ...toRunners },
  'PUT /api/exams/:examId': { ...ofExam((it) => `/${it.examId}`, { body: settings, revision: '"1"' }), ...toRunners },
  'DELETE /api/exams/:examId': { ...ofExam((it) => `/${it.examId}`, { isDraft: true }), ...toBankers },
  'PUT /api/exams/:examId/publication': {
    ...ofExam((it) => `/${it.examId}/publication`, { isDraft: true }),
    ...toBankers,
  },
  'DELETE /api/exams/:examId/publication': { ...ofExam((it) => `/${it.examId}/publication`), ...toRunners },
  'GET /api/exams/:examId/own': { ...ofOwn((it) => `/${it.examId}/own`), ...toCandidates },
  'POST /api/exams/:examId/attempts': { ...ofOwn((it) => `/${it.examId}/attempts`), ...toCandidates, succeeds: 201 },
  'GET /api/exams/:examId/candidates': {
    ...ofExam((it) => `/${it.examId}/candidates`, { attempt: 'handedIn' }),
    ...toRunners,
  },
  'POST /api/exams/:examId/candidates': {
    ...ofExam((it) => `/${it.examId}/candidates`, { body: (_, { person }) => ({ personIds: [person.id] }) }),
    ...toRunners,
  },
  'DELETE /api/exams/:examId/candidates/:personId': { ...ofExam(ofCandidate), ...toRunners },
  'PUT /api/exams/:examId/candidates/:personId/arrangement': {
    ...ofExam((it) => `${ofCandidate(it)}/arrangement`, { body: () => arrangement }),
    ...toRunners,
  },
  'DELETE /api/exams/:examId/candidates/:personId/arrangement': {
    ...ofExam((it) => `${ofCandidate(it)}/arrangement`, { isArranged: true }),
    ...toRunners,
  },
  'POST /api/exams/:examId/candidates/:personId/arrangement/readings': {
    ...ofExam((it) => `${ofCandidate(it)}/arrangement/readings`, { isArranged: true }),
    ...toRunners,
    succeeds: 200,
  },
  'POST /api/exams/:examId/confirmations': {
    ...ofExam((it) => `/${it.examId}/confirmations`, {
      attempt: 'handedIn',
      body: ({ personId }) => ({ personIds: [personId] }),
    }),
    ...toRunners,
  },
  'POST /api/exams/:examId/confirmations/:personId/withdrawal': {
    ...ofExam((it) => `/${it.examId}/confirmations/${it.personId}/withdrawal`, {
      isConfirmed: true,
      body: () => ({ reason: '试卷登记错了' }),
    }),
    ...toRunners,
  },
  'GET /api/exams/:examId/analysis': {
    ...ofExam((it) => `/${it.examId}/analysis`, { attempt: 'handedIn' }),
    ...toRunners,
  },
  'POST /api/exams/:examId/exports': {
    ...ofExam((it) => `/${it.examId}/exports`, { attempt: 'handedIn' }),
    ...toRunners,
    succeeds: 200,
  },
  'POST /api/exams/:examId/print': { ...ofExam((it) => `/${it.examId}/print`), ...toRunners },
  'GET /api/exams/:examId/print.docx': {
    ...ofExam((it) => `/${it.examId}/print.docx`, { hasPrint: true }),
    ...toRunners,
  },
  'GET /api/exams/:examId/print.pdf': {
    ...ofExam((it) => `/${it.examId}/print.pdf?isSolved=true`, { hasPrint: true }),
    ...toRunners,
  },
  'POST /api/exams/:examId/readings': {
    ...ofExam((it) => `/${it.examId}/readings`, { body: () => '学号,姓名,成绩\n' }),
    ...toRunners,
    succeeds: 200,
  },
  'GET /api/exams/:examId/imports': { ...ofExam((it) => `/${it.examId}/imports`, { hasImport: true }), ...toRunners },
  'POST /api/exams/:examId/imports': {
    ...ofExam((it) => `/${it.examId}/imports`, {
      body: ({ personId }) => ({ fileName: '成绩.xlsx', satOn: today, results: [{ personId, earned: 8 }] }),
    }),
    ...toRunners,
    succeeds: 201,
  },
  'POST /api/exams/:examId/imports/:importId/undo': {
    ...ofExam((it) => `/${it.examId}/imports/${it.importId}/undo`, { hasImport: true }),
    ...toRunners,
  },
}

/** Lists of all places at once. */
export const examLists: readonly string[] = ['/api/exams', '/api/exams/banks']
