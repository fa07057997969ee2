import type { Act, Day } from '@zhibu/rules'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { type BuiltPerson, statementsOf, today } from '../../../test/factories.ts'
import type { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import type { Criterion } from '../calls/schema.ts'
import { persons } from '../people/tables.ts'
import type {
  AcceptanceView,
  AcceptedRow,
  AcceptedView,
  AssessedProgramme,
  AssessedProgrammes,
  AssessedRound,
  Assessment,
  FiledList,
  FilingDone,
  NewDecision,
  RubricLibrary,
  SelfAssessment,
} from './acceptance-schema.ts'
import type { Audience } from './names-schema.ts'
import type { ProgrammeView } from './schema.ts'
import { trainingAssessments } from './tables.ts'

const app = await testApp()
const { build } = app
const as = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const { wang, zhao, sun, li } = build
const named = async (name: string): Promise<BuiltPerson> => {
  const [row] = await build.look((db) => db.select().from(persons).where(eq(persons.name, name)))
  if (!row) throw new Error(`nobody is called ${name}`)
  return row
}
const [school, organiser] = [await named('褚知行'), await named('吴远舟')]
const at = '/api/training'
// Nobody asks as often within a minute as these tests do.
beforeEach(() => {
  app.clock.at = new Date(app.clock.at.getTime() + 60_000)
})

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}
const problem = async (response: Response) => {
  const { status, detail } = await response.json()
  return [status, detail]
}

const level = (name: string) => ({ name, words: `${name}的表现` })
const levels = [level('未达到'), level('达到'), level('突出')]
const criteria: Criterion[] = [
  { key: 'theory', name: '理论学习', levels },
  { key: 'practice', name: '实践锻炼', levels },
]
const self: SelfAssessment = {
  levels: { theory: 1, practice: 2 },
  notes: { theory: '读完指定书目，写了笔记', practice: '参加三次志愿服务' },
  evidence: [{ title: '志愿服务证明', url: '/activities', about: '' }],
  words: '',
}
const assessment = (more: Partial<Assessment> = {}): Assessment => ({
  ...{ levels: { theory: 1, practice: 1 }, words: '学习认真', isSigned: false },
  ...more,
})

interface Wanted {
  audience?: Audience
  requiredHours?: number | null
  days?: Day[]
  isRecorded?: boolean
  hasCriteria?: boolean
  signsUp?: boolean
  capacity?: number
}

/** A programme of the college with people on its list, who were at all its sessions. */
async function programme(who: readonly BuiltPerson[], wanted: Wanted = {}) {
  const { audience = 'others', requiredHours = 4, days = ['2026-11-02', '2026-11-03'] } = wanted
  const { signsUp = false, capacity = null } = wanted
  const body = {
    ...{ organizationId: build.college.id, title: '秋季培训班', audience, year: 2026, term: 'autumn' },
    ...{ summary: '', requiredHours, capacity, stages: [] },
    admission: { byNomination: false, bySignUp: signsUp, untilOn: signsUp ? today : null },
  }
  const { id } = await json<{ id: string }>(await as.partySchool.post(at, body), 201)
  const sessions: string[] = []
  for (const on of days) {
    const session = {
      ...{ stageId: null, title: '党章学习', on, startMinute: null, endMinute: null, hours: 2, category: 'theory' },
      ...{ form: 'specialStudy', lecturers: [], place: '', link: '', materials: [] },
    }
    const made = await json<{ id: string }>(await as.partySchool.post(`${at}/${id}/sessions`, session), 201)
    sessions.push(made.id)
  }
  await json(await tagged(as.partySchool, 'POST', `${at}/${id}/announcement`, `${at}/${id}`), 204)
  const enrolled = { personIds: who.map((it) => it.id), reason: '经研究录取' }
  await json(await as.partySchool.post(`${at}/${id}/participants`, enrolled), 201)
  for (const session of wanted.isRecorded === false ? [] : sessions) {
    const sheet = `${at}/sessions/${session}/attendance`
    await json(await tagged(as.partySchool, 'PUT', sheet, sheet, { marks: [], restArePresent: true }), 204)
  }
  if (wanted.hasCriteria !== false) await json(await settle(id), 204)
  return id
}
const tagged = async (by: Browser, method: string, address: string, read: string, body?: object) =>
  by.request(method, address, body, { 'if-match': (await by.get(read)).headers.get('etag') ?? '' })
const settle = (id: string, of = criteria, by = as.partySchool) =>
  tagged(by, 'PUT', `${at}/${id}/acceptance/criteria`, `${at}/${id}/acceptance`, { criteria: of })
const appoint = (id: string, who: readonly BuiltPerson[], by = as.partySchool) =>
  by.request('PUT', `${at}/${id}/acceptance/assessors`, { personIds: who.map((it) => it.id) })
const view = async (by: Browser, id: string) => json<AcceptanceView>(await by.get(`${at}/${id}/acceptance`))
const write = async (by: Browser, id: string, body = self, revision?: number) => {
  const own = (await view(by, id)).own?.rounds[0]?.revision ?? 0
  return by.request('PUT', `${at}/${id}/acceptance/own`, body, { 'if-match': `"${revision ?? own}"` })
}
const handIn = async (by: Browser, id: string) => {
  const own = (await view(by, id)).own?.rounds[0]?.revision ?? 0
  return by.request('POST', `${at}/${id}/acceptance/own/handing-in`, undefined, { 'if-match': `"${own}"` })
}
const waiting = async (by: Browser, id: string) => json<AssessedProgramme>(await by.get(`${at}/assessing/${id}`))
const roundIn = async (by: Browser, id: string) => (await waiting(by, id)).items[0]?.roundId ?? ''
const assess = (by: Browser, roundId: string, body = assessment()) =>
  by.request('PUT', `${at}/assessing/rounds/${roundId}`, body)
const readRound = async (by: Browser, roundId: string) =>
  json<AssessedRound>(await by.get(`${at}/assessing/rounds/${roundId}`))
const rowsOf = async (id: string, query = '') =>
  (await json<{ items: AcceptedRow[] }>(await as.partySchool.get(`${at}/${id}/acceptance/participants?${query}`))).items
const detail = async (id: string, person: BuiltPerson, by = as.partySchool) =>
  json<AcceptedView>(await by.get(`${at}/${id}/acceptance/participants/${person.id}`))
const decide = (id: string, of: Partial<NewDecision> & Pick<NewDecision, 'decision'>, by = as.partySchool) =>
  by.post(`${at}/${id}/acceptance/decisions`, { personIds: [wang.id], missing: '', comment: '', ...of })
const close = (id: string, by = as.partySchool) => tagged(by, 'POST', `${at}/${id}/closing`, `${at}/${id}`)

/** A programme in which somebody has handed in and two assess. */
async function handedIn(wanted: Wanted = {}) {
  const id = await programme([wang], wanted)
  await json(await appoint(id, [zhao, sun]), 204)
  await json(await write(as.applicant, id), 204)
  await json(await handIn(as.applicant, id), 204)
  return { id, roundId: await roundIn(as.siblingSecretary, id) }
}
async function assessed(wanted: Wanted = {}) {
  const it = await handedIn(wanted)
  await json(await assess(as.siblingSecretary, it.roundId, assessment({ isSigned: true, words: '学得扎实' })), 204)
  const other = assessment({ levels: { theory: 1, practice: 2 }, words: '实践突出' })
  await json(await assess(as.distantSecretary, it.roundId, other), 204)
  return it
}

describe('the criteria of a programme', () => {
  test('are settled by whoever runs it, seen by its participants, and stay once somebody has handed in', async () => {
    const id = await programme([wang], { hasCriteria: false })
    expect((await settle(id, criteria, as.applicant)).status).toBe(403)
    expect((await settle(id, criteria, as.secretary)).status).toBe(403)
    expect((await view(as.applicant, id)).criteria).toEqual([])
    await json(await settle(id), 204)
    const seen = await view(as.applicant, id)
    expect([seen.criteria, seen.isLocked, seen.counts, seen.assessors]).toEqual([criteria, false, null, []])
    await json(await settle(id, criteria.slice(0, 1)), 204)
    await json(await settle(id), 204)

    await json(await write(as.applicant, id), 204)
    await json(await settle(id), 204)
    await json(await handIn(as.applicant, id), 204)
    expect((await problem(await settle(id)))[0]).toBe(409)
  })

  test('written on an older reading are refused', async () => {
    const id = await programme([wang])
    const path = `${at}/${id}/acceptance/criteria`
    const answers = []
    for (const revision of [0, 1, 1])
      answers.push((await as.partySchool.request('PUT', path, { criteria }, { 'if-match': `"${revision}"` })).status)
    expect(answers).toEqual([412, 204, 412])
  })

  test('go with a copy of the programme, and stand in the library of whoever runs both', async () => {
    const id = await programme([wang])
    const own = [{ key: 'own', name: '本期独有', levels }]
    await json(await settle(id, own), 204)
    const copy = { title: '春季培训班', year: 2027, term: 'spring', firstOn: '2027-03-01' }
    const made = await json<{ id: string }>(await as.partySchool.post(`${at}/${id}/copies`, copy), 201)
    expect((await view(as.partySchool, made.id)).criteria).toEqual(own)
    const library = async (by: Browser) => (await json<RubricLibrary>(await by.get(`${at}/rubrics`))).items
    expect((await library(as.partySchool)).filter((it) => it.criteria[0]?.key === 'own')).toHaveLength(1)
    expect(await library(as.applicant)).toEqual([])
    expect(await library(as.secretary)).toEqual([])
  })
})

describe('assessors', () => {
  test.each<[string, () => BuiltPerson[], number]>([
    ['none', () => [], 204],
    ['one', () => [zhao], 400],
    ['two', () => [zhao, sun], 204],
    ['a participant', () => [zhao, wang], 400],
    ['somebody unknown', () => [zhao, { ...sun, id: newId() }], 400],
  ])('%s', async (_what, who, status) => {
    const id = await programme([wang])
    expect((await appoint(id, who())).status).toBe(status)
  })

  test('do not take part: whoever assesses does not come onto the list, nor somebody of the list among them', async () => {
    const id = await programme([wang], { signsUp: true, capacity: 1 })
    await json(await appoint(id, [zhao, sun]), 204)
    const enrolled = { personIds: [li.id, zhao.id], reason: '经研究录取' }
    expect(await problem(await as.partySchool.post(`${at}/${id}/participants`, enrolled))).toEqual([
      409,
      expect.stringContaining(`${zhao.name}是这个培训班的评议人`),
    ])
    expect((await as.siblingSecretary.put(`${at}/${id}/participants/own`, {})).status).toBe(409)
    const candidates = await as.partySchool.get(`${at}/${id}/candidates?among=all`)
    const { items } = await json<{ items: { person: { id: string } }[] }>(candidates)
    const ids = items.map((it) => it.person.id)
    expect([ids.includes(li.id), ids.includes(zhao.id)]).toEqual([true, false])
    // Somebody who waits may have a place tomorrow.
    await json(await as.partySchool.post(`${at}/${id}/participants`, { ...enrolled, personIds: [li.id] }), 201)
    expect((await appoint(id, [sun, li])).status).toBe(400)
  })

  test('find what was handed in, and nobody else does', async () => {
    const { id, roundId } = await handedIn()
    const list = await json<AssessedProgrammes>(await as.siblingSecretary.get(`${at}/assessing`))
    expect(list.items.filter((it) => it.programmeId === id)).toEqual([
      { programmeId: id, title: '秋季培训班', organization: build.college.name, waiting: 1 },
    ])
    expect(await readRound(as.siblingSecretary, roundId)).toEqual({
      ...{ programme: { id, name: '秋季培训班' }, person: wang.name, organization: build.branch.name, number: 1 },
      ...{ criteria, self, own: null, other: null, can: { assess: true } },
    })
    const others = ['applicant', 'secretary', 'organiser', 'department', 'partySchool', 'stranger'] as const
    for (const it of others) {
      expect((await as[it].get(`${at}/assessing/rounds/${roundId}`)).status).toBe(404)
      expect((await as[it].get(`${at}/assessing/${id}`)).status).toBe(404)
      expect((await assess(as[it], roundId)).status).toBe(404)
    }
  })

  test('see nothing of what is not handed in', async () => {
    const id = await programme([wang])
    await json(await appoint(id, [zhao, sun]), 204)
    await json(await write(as.applicant, id), 204)
    const roundId = (await view(as.applicant, id)).own?.rounds[0]?.id
    expect((await waiting(as.siblingSecretary, id)).items).toEqual([])
    expect((await as.siblingSecretary.get(`${at}/assessing/rounds/${roundId}`)).status).toBe(404)
    expect((await detail(id, wang)).rounds).toEqual([])
  })

  test('who is dismissed sees nothing any more', async () => {
    const { id, roundId } = await handedIn()
    await json(await appoint(id, [sun, li]), 204)
    expect((await as.siblingSecretary.get(`${at}/assessing/rounds/${roundId}`)).status).toBe(404)
    expect((await waiting(as.secretary, id)).items.map((it) => it.roundId)).toEqual([roundId])
  })
})

describe('what assessors say', () => {
  test('is hidden from the other assessor and from whoever runs the programme until both have handed in', async () => {
    const { id, roundId } = await handedIn()
    const first = assessment({ words: '只有我知道的话' })
    await json(await assess(as.siblingSecretary, roundId, first), 204)

    expect((await readRound(as.siblingSecretary, roundId)).own).toEqual(first)
    const hidden = [
      await as.distantSecretary.get(`${at}/assessing/rounds/${roundId}`),
      await as.distantSecretary.get(`${at}/assessing/${id}`),
      await as.partySchool.get(`${at}/${id}/acceptance/participants/${wang.id}`),
      await as.partySchool.get(`${at}/${id}/acceptance/participants`),
      await as.department.get(`${at}/${id}/acceptance/participants/${wang.id}`),
      await as.applicant.get(`${at}/${id}/acceptance`),
    ]
    for (const answer of hidden) {
      expect(answer.status).toBe(200)
      expect(await answer.text()).not.toContain(first.words)
    }
    const [round] = (await detail(id, wang)).rounds
    expect([round?.given, round?.assessments, round?.differing]).toEqual([1, null, []])

    const second = assessment({ levels: { theory: 1, practice: 0 }, words: '还要多实践' })
    await json(await assess(as.distantSecretary, roundId, second), 204)
    expect((await readRound(as.siblingSecretary, roundId)).other?.words).toBe(second.words)
    expect((await readRound(as.distantSecretary, roundId)).other?.words).toBe(first.words)
    const [both] = (await detail(id, wang)).rounds
    expect([both?.given, both?.assessments, both?.differing]).toEqual([
      2,
      [
        { ...first, by: zhao.name },
        { ...second, by: sun.name },
      ],
      ['practice'],
    ])
    expect(await (await as.applicant.get(`${at}/${id}/acceptance`)).text()).not.toContain(second.words)
  })

  test('whoever runs the programme and assesses in it, too, knows no more than an assessor', async () => {
    const id = await programme([wang])
    await json(await appoint(id, [school, sun]), 204)
    await json(await write(as.applicant, id), 204)
    await json(await handIn(as.applicant, id), 204)
    const roundId = await roundIn(as.distantSecretary, id)
    await json(await assess(as.distantSecretary, roundId, assessment({ words: '远处的评语' })), 204)
    for (const path of [`assessing/rounds/${roundId}`, `${id}/acceptance/participants/${wang.id}`])
      expect(await (await as.partySchool.get(`${at}/${path}`)).text()).not.toContain('远处的评语')
  })

  test('lies in rows that no office opens, and that are open to whoever wrote them alone', async () => {
    const { roundId } = await assessed()
    const seen = (actor: Actor) =>
      build.as(actor, ({ db }) => db.$count(trainingAssessments, eq(trainingAssessments.roundId, roundId)))
    const { university, college, branch } = build
    expect(await seen(build.officer('orgDepartment', university))).toBe(0)
    expect(await seen(build.officer('partySchool', university))).toBe(0)
    expect(await seen(build.officer('organiser', college))).toBe(0)
    expect(await seen(build.officer('secretary', branch))).toBe(0)
    expect(await seen(build.himself(wang))).toBe(0)
    expect(await seen(build.himself(zhao))).toBe(1)
    expect(await seen(build.himself(sun))).toBe(1)
  })

  test('is changed until the other has handed in, and not any more afterwards; a third is not wanted', async () => {
    const { id, roundId } = await handedIn()
    await json(await appoint(id, [zhao, sun, li]), 204)
    await json(await assess(as.siblingSecretary, roundId), 204)
    await json(await assess(as.siblingSecretary, roundId, assessment({ words: '改过的评语' })), 204)
    expect((await rowsOf(id))[0]?.given).toBe(1)
    await json(await assess(as.distantSecretary, roundId), 204)
    expect((await readRound(as.siblingSecretary, roundId)).own?.words).toBe('改过的评语')
    for (const by of [as.siblingSecretary, as.distantSecretary, as.secretary])
      expect((await assess(by, roundId)).status).toBe(409)
    expect((await waiting(as.secretary, id)).items).toEqual([])
  })

  test('is not said or changed any more of what was decided on', async () => {
    const { id, roundId } = await handedIn()
    await json(await assess(as.siblingSecretary, roundId), 204)
    await json(await decide(id, { decision: 'unfinished', missing: '中途退学' }), 204)
    const decided = [409, expect.stringContaining('已经对这份成果作了决定')]
    expect(await problem(await assess(as.siblingSecretary, roundId))).toEqual(decided)
    expect(await problem(await assess(as.distantSecretary, roundId))).toEqual(decided)
    expect((await readRound(as.siblingSecretary, roundId)).can.assess).toBe(false)

    // The round that is opened behind it does not open this one again.
    await json(await decide(id, { decision: 'again', missing: '补一份实践报告' }), 204)
    expect(await problem(await assess(as.distantSecretary, roundId))).toEqual(decided)
    await json(await handIn(as.applicant, id), 204)
    const next = await roundIn(as.distantSecretary, id)
    expect(next).not.toBe(roundId)
    await json(await assess(as.distantSecretary, next), 204)
    expect(await problem(await assess(as.distantSecretary, roundId))).toEqual(decided)
  })

  test('comes at once with a decision, and one of the two is done', async () => {
    const { id, roundId } = await handedIn()
    await json(await assess(as.siblingSecretary, roundId), 204)
    const unfinished = { decision: 'unfinished' as const, missing: '中途退学' }
    const [said] = await Promise.all([assess(as.distantSecretary, roundId), decide(id, unfinished)])
    const [round] = (await detail(id, wang)).rounds
    expect([said.status, round?.given]).toEqual(said.status === 204 ? [204, 2] : [409, 1])
  })

  test('comes at once from two or three and fills two seats', async () => {
    const { id, roundId } = await handedIn()
    await json(await appoint(id, [zhao, sun, li]), 204)
    const answers = await Promise.all(
      [as.siblingSecretary, as.distantSecretary, as.secretary].map((by) => assess(by, roundId)),
    )
    expect(answers.map((it) => it.status).sort()).toEqual([204, 204, 409])
    expect((await rowsOf(id))[0]).toMatchObject({ given: 2, state: 'deciding' })
  })

  test.each<[string, Partial<Assessment>, number]>([
    ['a level for each', {}, 204],
    ['one left out', { levels: { theory: 1 } }, 400],
    ['a level that there is not', { levels: { theory: 3, practice: 1 } }, 400],
    ['no words', { words: ' ' }, 400],
  ])('%s', async (_what, more, status) => {
    const { roundId } = await handedIn()
    expect((await assess(as.siblingSecretary, roundId, assessment(more))).status).toBe(status)
  })
})

describe('a participant', () => {
  test('keeps what they write, and hands it in when each criterion has a level and words', async () => {
    const id = await programme([wang])
    expect((await handIn(as.applicant, id)).status).toBe(409)
    await json(await write(as.applicant, id, { ...self, levels: { theory: 1 } }), 204)
    expect(await problem(await handIn(as.applicant, id))).toEqual([409, expect.stringContaining('实践锻炼')])
    await json(await write(as.applicant, id), 204)
    expect((await view(as.applicant, id)).own).toMatchObject({
      state: 'writing',
      can: { write: true },
      rounds: [{ self }],
    })
    await json(await handIn(as.applicant, id), 204)
    expect((await view(as.applicant, id)).own).toMatchObject({ state: 'assessing', can: { write: false } })
    expect((await write(as.applicant, id)).status).toBe(409)
    expect((await handIn(as.applicant, id)).status).toBe(409)
  })

  test('two windows do not overwrite one another', async () => {
    const id = await programme([wang])
    const answers = []
    for (const revision of [0, 0, 1, 1]) answers.push((await write(as.applicant, id, self, revision)).status)
    expect(answers).toEqual([204, 412, 204, 412])
  })

  test.each<[string, string, number]>([
    ['nothing', '', 204],
    ['a page here', '/activities/1', 204],
    ['an address', 'https://example.edu.cn/a', 204],
    ['another host without a scheme', '//example.com', 400],
    ['a script', 'javascript:alert(1)', 400],
    ['no address', '图书馆', 400],
  ])('names work with %s', async (_what, url, status) => {
    const id = await programme([wang])
    const evidence = [{ title: '读书笔记', url, about: '' }]
    expect((await write(as.applicant, id, { ...self, evidence })).status).toBe(status)
  })

  test('whoever has no place writes nothing', async () => {
    const id = await programme([zhao])
    expect((await view(as.applicant, id)).own).toBe(null)
    expect((await write(as.applicant, id)).status).toBe(409)
  })

  test('reads the decision and the words, and the name of whoever signs alone', async () => {
    const { id } = await assessed()
    expect((await view(as.applicant, id)).own?.rounds[0]?.assessments).toBe(null)
    await json(await decide(id, { decision: 'again', missing: '补一份实践报告', comment: '继续努力' }), 204)
    const own = (await view(as.applicant, id)).own
    expect(own?.decisions).toEqual([
      {
        ...{ decision: 'again', missing: '补一份实践报告', comment: '继续努力' },
        ...{ decidedBy: school.name, decidedOn: today },
      },
    ])
    expect([own?.state, own?.rounds.map((it) => [it.number, it.handedInAt !== null, it.given, it.differing])]).toEqual([
      'writing',
      [
        [2, false, null, []],
        [1, true, null, []],
      ],
    ])
    expect(own?.rounds[0]?.self).toEqual(self)
    expect(own?.rounds[1]?.assessments?.map((it) => [it.by, it.words])).toEqual([
      [zhao.name, '学得扎实'],
      [null, '实践突出'],
    ])
  })
})

describe('a decision', () => {
  test('waits for both assessors, but for somebody who does not finish', async () => {
    const { id, roundId } = await handedIn()
    const can = async () => (await detail(id, wang)).can.decide
    expect(await can()).toEqual(['unfinished'])
    await json(await assess(as.siblingSecretary, roundId), 204)
    expect(await can()).toEqual(['unfinished'])
    expect(await problem(await decide(id, { decision: 'passed' }))).toEqual([409, expect.stringContaining('只有 1 位')])
    await json(await assess(as.distantSecretary, roundId), 204)
    expect(await can()).toEqual(['passed', 'again', 'unfinished'])
    await json(await decide(id, { decision: 'passed', comment: '祝贺' }), 204)
    expect((await rowsOf(id))[0]).toMatchObject({ state: 'passed', decided: { comment: '祝贺', decidedOn: today } })
    expect((await decide(id, { decision: 'passed' })).status).toBe(409)
  })

  test('once more opens another round for the same or other assessors, and the last decision holds', async () => {
    const { id } = await assessed()
    await json(await decide(id, { decision: 'again', missing: '补报告' }), 204)
    expect((await decide(id, { decision: 'passed' })).status).toBe(409)
    await json(await handIn(as.applicant, id), 204)
    const roundId = await roundIn(as.siblingSecretary, id)
    await json(await assess(as.siblingSecretary, roundId), 204)
    await json(await assess(as.distantSecretary, roundId), 204)
    await json(await decide(id, { decision: 'passed' }), 204)
    expect((await rowsOf(id))[0]).toMatchObject({ state: 'passed', round: 2, given: 2 })
    expect((await detail(id, wang)).decisions.map((it) => it.decision)).toEqual(['passed', 'again'])
  })

  test('is what the hours never are: who lacks hours is shown and can pass', async () => {
    const { id } = await assessed({ requiredHours: 4.5 })
    expect((await rowsOf(id))[0]?.unmet).toEqual(['培训班要求 4.5 学时，已有 4 学时。'])
    await json(await decide(id, { decision: 'passed' }), 204)
    const { id: enough } = await assessed({ requiredHours: 4 })
    expect((await rowsOf(enough))[0]?.unmet).toEqual([])
  })

  test.each<[string, Partial<NewDecision> & Pick<NewDecision, 'decision'>, number]>([
    ['once more without what is missing', { decision: 'again' }, 400],
    ['not finished without a reason', { decision: 'unfinished' }, 400],
    ['passed with something missing', { decision: 'passed', missing: '报告' }, 400],
    ['of nobody', { decision: 'passed', personIds: [] }, 400],
    ['of a stranger', { decision: 'unfinished', missing: '未参加', personIds: [sun.id] }, 409],
  ])('%s', async (_what, of, status) => {
    const { id } = await assessed()
    expect((await decide(id, of)).status).toBe(status)
  })

  test('is nobody’s own, nor a stranger’s', async () => {
    const id = await programme([organiser, wang], { hasCriteria: false })
    const own = { decision: 'passed' as const, personIds: [organiser.id, wang.id] }
    expect((await decide(id, own, as.organiser)).status).toBe(403)
    expect((await as.organiser.get(`${at}/${id}/acceptance/participants/${organiser.id}`)).status).toBe(403)
    const list = await as.organiser.get(`${at}/${id}/acceptance/participants`)
    const { items } = await json<{ items: AcceptedRow[] }>(list)
    expect(items.map((it) => [it.isOwn, it.state])).toEqual([
      [true, 'deciding'],
      [false, 'deciding'],
    ])
    for (const [by, status] of [
      ['applicant', 403],
      ['secretary', 403],
      ['stranger', 404],
    ] as const) {
      expect((await decide(id, { decision: 'passed' }, as[by])).status).toBe(status)
      expect((await as[by].get(`${at}/${id}/acceptance/participants`)).status).toBe(status)
    }
  })

  test('of many without criteria comes at once, or of none', async () => {
    const id = await programme([wang, zhao, li], { hasCriteria: false })
    const all = { personIds: [wang.id, zhao.id, li.id] }
    await json(await decide(id, { decision: 'passed', personIds: [zhao.id] }), 204)
    expect((await decide(id, { decision: 'passed', ...all })).status).toBe(409)
    expect((await rowsOf(id, 'state=passed')).map((it) => it.person.id)).toEqual([zhao.id])
    expect((await rowsOf(id, `q=${encodeURIComponent(li.name)}`)).map((it) => it.person.id)).toEqual([li.id])
    await json(await decide(id, { decision: 'unfinished', missing: '中途退学', personIds: [wang.id, li.id] }), 204)
    expect((await view(as.partySchool, id)).counts).toEqual({
      writing: 0,
      assessing: 0,
      deciding: 0,
      passed: 1,
      unfinished: 2,
    })
  })

  test('once more is made of many in as many statements as of one', async () => {
    const again = async (who: readonly BuiltPerson[], by: readonly Browser[]) => {
      const id = await programme(who)
      for (const browser of by) {
        await json(await write(browser, id), 204)
        await json(await handIn(browser, id), 204)
      }
      const personIds = who.map((it) => it.id)
      await json(await decide(id, { decision: 'unfinished', missing: '未参加', personIds }), 204)
      const count = await statementsOf(() => decide(id, { decision: 'again', missing: '补报告', personIds }))
      expect((await rowsOf(id)).map((it) => [it.state, it.round])).toEqual(who.map(() => ['writing', 2]))
      return count
    }
    const many = await again([wang, zhao, li], [as.applicant, as.siblingSecretary, as.secretary])
    expect(many).toBe(await again([wang], [as.applicant]))
  })

  test('is listed in as many statements for one participant as for many', async () => {
    const [one, many] = [await programme([wang]), await programme([wang, zhao, li])]
    const count = (id: string) => statementsOf(() => rowsOf(id))
    expect(await count(many)).toBe(await count(one))
  })
})

describe('closing', () => {
  test('waits for the last session, the attendance and a decision on everybody', async () => {
    const id = await programme([wang, zhao], { days: ['2026-11-02', today], isRecorded: false, hasCriteria: false })
    expect((await view(as.partySchool, id)).closingWaitsFor).toEqual([
      '课程还没有上完，最后一次课在2026年11月23日，第二天起可以办结。',
      '有 2 次课没有登记到课，第一次是2026年11月2日的“党章学习”。',
      '有 2 位学员还没有结论：待决定 2 位。',
    ])
    expect((await close(id)).status).toBe(409)
    expect((await view(as.applicant, id)).closingWaitsFor).toEqual([])
  })

  test('is done once by whoever runs the programme, and afterwards nothing changes', async () => {
    const id = await programme([wang, zhao], { hasCriteria: false })
    await json(await decide(id, { decision: 'passed', personIds: [wang.id] }), 204)
    expect((await close(id)).status).toBe(409)
    await json(await decide(id, { decision: 'unfinished', missing: '未参加', personIds: [zhao.id] }), 204)
    expect((await close(id, as.applicant)).status).toBe(403)
    await json(await close(id), 204)
    expect((await json<ProgrammeView>(await as.applicant.get(`${at}/${id}`))).state).toBe('closed')
    for (const answer of [
      await close(id),
      await decide(id, { decision: 'unfinished', missing: '误操作' }),
      await settle(id),
    ])
      expect(answer.status).toBe(409)
  })

  test('on an older reading is refused', async () => {
    const id = await programme([wang], { hasCriteria: false })
    await json(await decide(id, { decision: 'passed' }), 204)
    const answer = await as.partySchool.request('POST', `${at}/${id}/closing`, undefined, { 'if-match': '"1"' })
    expect(answer.status).toBe(412)
  })
})

describe('the development record', () => {
  const way: Act[] = [
    { kind: 'application', on: '2025-03-03' },
    { kind: 'applicantTalk', on: '2025-03-20' },
    { kind: 'recommendation', on: '2025-09-20', by: 'league' },
    { kind: 'activistDecision', on: '2025-10-10' },
    { kind: 'activistFiling', on: '2025-10-15' },
  ]
  const fileAt = (person: BuiltPerson) => `/api/development/files/${person.id}`
  const actsOf = async (person: BuiltPerson) =>
    (await json<{ acts: { act: Act }[] }>(await as.department.get(fileAt(person)))).acts.map(({ act }) => act)
  async function activist(name: string) {
    const person = await build.person(build.branch, { name })
    for (const act of way)
      await json(await tagged(as.department, 'POST', `${fileAt(person)}/acts`, fileAt(person), { act }), 201)
    return person
  }
  async function passed(who: readonly BuiltPerson[], audience: Audience) {
    const id = await programme(who, { audience, hasCriteria: false })
    await json(await decide(id, { decision: 'passed', personIds: who.map((it) => it.id) }), 204)
    await json(await close(id), 204)
    return id
  }
  const file = async (id: string, by = as.partySchool, after: number | null = null) =>
    json<FilingDone>(await by.post(`${at}/${id}/filings`, { after }))
  const filed = async (id: string) => (await json<FiledList>(await as.partySchool.get(`${at}/${id}/filings`))).items

  test('takes the training of activists from the sessions heard, once', async () => {
    const person = await activist('何青禾')
    const id = await passed([person], 'activists')
    expect(await filed(id)).toMatchObject([{ isFiled: false, problem: '' }])
    expect([await file(id), await file(id)]).toEqual([
      { filed: 1, refused: 0, next: null },
      { filed: 0, refused: 0, next: null },
    ])
    const training = (await actsOf(person)).filter((it) => it.kind === 'activistTraining')
    expect(training).toEqual([{ id: expect.any(String), kind: 'activistTraining', on: '2026-11-03', trainingHours: 4 }])
    expect(await filed(id)).toMatchObject([{ isFiled: true, problem: '', filedBy: school.name }])
  })

  test('asked for twice at once has it once', async () => {
    const person = await activist('江望舒')
    const id = await passed([person], 'activists')
    const done = await Promise.all([file(id), file(id), file(id)])
    expect(done.reduce((sum, it) => sum + it.filed, 0)).toBe(1)
    expect((await actsOf(person)).filter((it) => it.kind === 'activistTraining')).toHaveLength(1)
  })

  test('is left as it is where the secretary has typed the same day', async () => {
    const person = await activist('白渡')
    const act: Act = { kind: 'activistTraining', on: '2026-11-03' }
    await json(await tagged(as.department, 'POST', `${fileAt(person)}/acts`, fileAt(person), { act }), 201)
    const id = await passed([person], 'activists')
    expect(await file(id)).toMatchObject({ filed: 1, refused: 0 })
    expect((await actsOf(person)).filter((it) => it.kind === 'activistTraining')).toHaveLength(1)
  })

  test('names whom the rules refuse with the reason, does the others, and takes them after mending', async () => {
    const [ready, early] = [await activist('陆知秋'), await build.person(build.branch, { name: '许未晞' })]
    const id = await passed([early, ready], 'activists')
    expect(await file(id)).toEqual({ filed: 1, refused: 1, next: null })
    expect((await filed(id)).map((it) => [it.person.name, it.isFiled, it.problem !== ''])).toEqual([
      ['许未晞', false, true],
      ['陆知秋', true, false],
    ])
    expect(await actsOf(early)).toEqual([])
    for (const act of way)
      await json(await tagged(as.department, 'POST', `${fileAt(early)}/acts`, fileAt(early), { act }), 201)
    expect(await file(id)).toEqual({ filed: 1, refused: 0, next: null })
    expect((await filed(id)).map((it) => [it.isFiled, it.problem])).toEqual([
      [true, ''],
      [true, ''],
    ])
  })

  test('of a prospect asks for days and hours, and says what the rules ask', async () => {
    const person = await activist('沈以宁')
    const id = await programme([person], { audience: 'prospects', hasCriteria: false })
    const [row] = await rowsOf(id)
    expect(row?.unmet).toEqual([expect.stringContaining('发展对象集中培训一般不少于')])
    await json(await decide(id, { decision: 'passed', personIds: [person.id] }), 204)
    await json(await close(id), 204)
    expect(await file(id)).toMatchObject({ filed: 0, refused: 1 })
    expect((await filed(id))[0]?.problem).toContain('发展对象')
  })

  test('is written only after closing, only by whoever runs the programme, and not for members', async () => {
    const open = await programme([wang], { audience: 'activists', hasCriteria: false })
    expect((await as.partySchool.post(`${at}/${open}/filings`, { after: null })).status).toBe(409)
    expect((await as.applicant.post(`${at}/${open}/filings`, { after: null })).status).toBe(403)
    expect((await as.stranger.get(`${at}/${open}/filings`)).status).toBe(404)
    const members = await passed([wang], 'others')
    expect((await as.partySchool.post(`${at}/${members}/filings`, { after: null })).status).toBe(409)
    expect((await view(as.partySchool, members)).filedAs).toBe(null)
  })

  test('of many goes on where it was, twenty at a time', async () => {
    const many: BuiltPerson[] = []
    for (let at = 0; at < 21; at++) many.push(await build.person(build.branch, { name: `学员${at}` }))
    const id = await passed(many, 'activists')
    const first = await file(id)
    expect(first).toEqual({ filed: 0, refused: 20, next: expect.any(Number) })
    expect(await file(id, as.partySchool, first.next)).toEqual({ filed: 0, refused: 1, next: null })
  })
})
