import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { developmentStandings } from '../src/modules/development/tables.ts'
import { examAttempts, examCandidates, examImports } from '../src/modules/exams/tables.ts'
import { exchangeAdoptions, exchangeCases, exchangeGuests } from '../src/modules/exchanges/tables.ts'
import {
  trainingAttendances,
  trainingDecisions,
  trainingParticipants,
  trainingRequests,
  trainingRounds,
  trainingSessions,
} from '../src/modules/training/tables.ts'
import { newId } from '../src/platform/ids.ts'
import { exchangeAt, practice } from './exchanges-at.ts'
import { statementsOf, today } from './factories.ts'
import { rightsWorld } from './rights-world.ts'

/** Every list of the modules of training, with few rows and with many: a list that asks once a row shows here. */

const world = await rightsWorld()
const place = world.at.branch
const { fresh, builds } = world
const { tenantId, look, person } = builds.branch
const { id: organizationId, path } = place.organization
const as = {
  secretary: await world.signedInAs('secretary'),
  applicant: await world.signedInAs('applicant'),
}

const programme = await fresh.acceptance(place, { state: 'closed' }, 'secretary')
const open = await fresh.programme(place, {}, 'applicant')
const exam = await fresh.exam(place, { attempt: 'handedIn', hasImport: true }, 'secretary')
const meeting = await exchangeAt(place, world, 'secretary', { hasCard: true })
const [session] = await look((db) =>
  db.select().from(trainingSessions).where(eq(trainingSessions.programmeId, programme.id)),
)

const lists: readonly (readonly [who: keyof typeof as, path: string])[] = [
  ['secretary', '/api/training?only=own'],
  ['secretary', '/api/training?only=past'],
  ['secretary', '/api/training?only=present'],
  ['applicant', '/api/training?only=mine'],
  ['secretary', '/api/training/year?year=2026'],
  ['secretary', `/api/training/statements?organizationId=${organizationId}&year=2026`],
  ['applicant', '/api/training/statements/own?year=2026'],
  ['applicant', '/api/training/assessing'],
  ['secretary', `/api/training/${open.id}`],
  ['secretary', `/api/training/${open.id}/candidates?among=all`],
  ['secretary', `/api/training/${programme.id}/participants`],
  ['secretary', `/api/training/${programme.id}/acceptance`],
  ['secretary', `/api/training/${programme.id}/acceptance/participants`],
  ['secretary', `/api/training/${programme.id}/filings`],
  ['secretary', `/api/training/sessions/${session?.id}/attendance`],
  ['secretary', `/api/training/sessions/${open.sessionId}/attendance`],
  ['secretary', `/api/training/sessions/${open.sessionId}/make-ups`],
  ['secretary', '/api/certificates'],
  ['applicant', '/api/certificates/own'],
  ['secretary', '/api/courseware'],
  ['applicant', '/api/courseware'],
  ['secretary', '/api/exams'],
  ['applicant', '/api/exams'],
  ['secretary', '/api/exams/banks'],
  ['secretary', `/api/exams/${exam.examId}/candidates`],
  ['secretary', `/api/exams/${exam.examId}/imports`],
  ['secretary', `/api/exams/${exam.examId}/analysis`],
  ['applicant', '/api/guidance'],
  ['secretary', '/api/guidance'],
  ['secretary', '/api/guidance/mentors'],
  ['secretary', '/api/guidance/times'],
  ['secretary', '/api/exchanges'],
  ['secretary', `/api/exchanges/${meeting.exchangeId}`],
  ['secretary', `/api/exchanges/${meeting.exchangeId}/guests`],
  ['secretary', '/api/exchanges/cards'],
  ['secretary', `/api/exchanges/cards/${meeting.cardId}`],
]

/** How many statements each list takes, and how long its answer is. */
async function cost() {
  const statements: Record<string, number> = {}
  const lengths: Record<string, number> = {}
  for (const [who, path] of lists) {
    const read = async () => {
      const answer = await as[who].get(path)
      expect(answer.status, path).toBe(200)
      lengths[`${who} ${path}`] = (await answer.text()).length
    }
    statements[`${who} ${path}`] = await statementsOf(read)
  }
  return { statements, lengths }
}

/** Another one of everything that is listed. */
async function more(at: number) {
  await fresh.acceptance(place, { isAssessor: true }, 'applicant')
  await fresh.acceptance(place, { state: 'closed', isOn: true }, 'applicant')
  await fresh.programme(place, { isOn: true, on: '2026-12-01' }, 'applicant')
  await fresh.exam(place, { attempt: 'handedIn', isConfirmed: true, isOwn: true }, 'applicant')
  await exchangeAt(place, world, 'secretary', { hasCard: true })
  await fresh.courseware(place)
  await fresh.certificate(place, {})
  await fresh.guidance(place, { state: 'free' }, 'secretary')
  const { id: personId } = await person(place.organization, { name: `同学${at}` })
  await look(async (db) => {
    for (const [it, sessionId] of [
      [programme.id, session?.id ?? ''],
      [open.id, open.sessionId],
    ] as const) {
      const of = { tenantId, path, personId }
      const enrolled = { ...of, programmeId: it, seq: 100 + at, source: 'list', enrolledBy: '某同志' } as const
      await db.insert(trainingParticipants).values(enrolled)
      await db.insert(trainingAttendances).values({ ...of, sessionId, attendance: 'present', recordedBy: '某同志' })
      const request = { ...of, id: newId(), sessionId, kind: 'claim', text: '在后排', isGranted: null } as const
      await db.insert(trainingRequests).values(request)
    }
    const result = { tenantId, path, programmeId: programme.id, personId, number: 1 }
    const self = { levels: {}, notes: {}, evidence: [], words: '' }
    await db.insert(trainingRounds).values({ ...result, id: newId(), self, handedInAt: world.clock.at })
    const decided = { missing: '', comment: '', decidedOn: today, decidedBy: '某同志' }
    await db.insert(trainingDecisions).values({ ...result, ...decided, decision: 'passed' })
    const held = { on: today, hours: 2, category: 'theory', form: 'partyLecture', place: '', link: '' } as const
    const planned = {
      tenantId,
      id: newId(),
      programmeId: open.id,
      path,
      title: `第${at}讲`,
      lecturers: [],
      materials: [],
    }
    await db.insert(trainingSessions).values({ ...planned, ...held })
    const own = { tenantId, sessionId: planned.id, personId: place.person.id, path }
    await db.insert(trainingAttendances).values({ ...own, attendance: 'present', recordedBy: '某同志' })
    const standing = { tenantId, personId, path, pinyin: 'a', stage: 'full', errorCount: 0, warningCount: 0 } as const
    await db.insert(developmentStandings).values({ ...standing, restatedOn: today })
    await db.insert(examCandidates).values({ tenantId, examId: exam.examId, personId, addedBy: '某同志' })
    const [attempt] = await db.select().from(examAttempts).where(eq(examAttempts.id, exam.attemptId))
    if (attempt) await db.insert(examAttempts).values({ ...attempt, id: newId(), personId })
    const brought = { fileName: '成绩.xlsx', satOn: today, count: 0, importedBy: '某同志' }
    await db.insert(examImports).values({ tenantId, id: newId(), examId: exam.examId, ...brought })
    const of = { tenantId, exchangeId: meeting.exchangeId, path }
    await db.insert(exchangeCases).values({
      ...{ ...of, id: newId(), authorId: personId, authorName: '某同志', institution: '某学院', text: practice },
      submittedAt: world.clock.at,
    })
    await db.insert(exchangeAdoptions).values({
      ...{ tenantId, id: newId(), cardId: meeting.cardId, version: 1, organizationId, path, plan: '' },
      ...{ adoptedOn: today, adoptedBy: '某同志', endedOn: today, endReason: '换了做法' },
    })
    await db.insert(exchangeGuests).values({
      ...{ ...of, id: newId(), name: '某老师', institution: '别的大学', email: '', secretHash: newId() },
      ...{ untilOn: '2027-12-31', invitedBy: '某同志' },
    })
  })
}

test('a list takes as many statements for many rows as for few', async () => {
  await more(0)
  // What is remembered between requests is there before it is counted.
  await cost()
  const few = await cost()
  for (let at = 1; at <= 30; at++) await more(at)
  const many = await cost()
  expect(many.statements).toEqual(few.statements)
  const grown = Object.keys(few.lengths).filter((it) => (many.lengths[it] ?? 0) > (few.lengths[it] ?? 0))
  expect(Object.keys(few.lengths).filter((it) => !grown.includes(it))).toEqual([])
})
