import type { Day, Stage } from '@zhibu/rules'
import { eq, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { type BuiltPerson, statementsOf, today } from '../../../test/factories.ts'
import { upload } from '../../../test/uploads.ts'
import { newId } from '../../platform/ids.ts'
import { developmentStandings } from '../development/tables.ts'
import { notices } from '../notices/tables.ts'
import { persons } from '../people/tables.ts'
import type { AttendanceMark, AttendanceSheet, MakeUps, Statement, Statements } from './attendance-schema.ts'
import type {
  EligibleRow,
  Enrolled,
  OwnPlace,
  ParticipantRow,
  ProgrammeFields,
  ProgrammeRow,
  ProgrammeView,
  SessionFields,
  YearPlan,
} from './schema.ts'

const app = await testApp()
const { build } = app
const as = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])

const at = '/api/training'
const administrators: readonly string[] = ['sysadmin', 'secadmin', 'auditor']

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

/** What the rules have said of these persons. */
async function stand(stage: Stage, ...who: readonly BuiltPerson[]) {
  await build.look((db) =>
    db
      .insert(developmentStandings)
      .values(
        who.map(({ id: personId, path }) => ({
          ...{ tenantId: build.tenantId, personId, path, pinyin: 'a', stage, errorCount: 0, warningCount: 0 },
          restatedOn: today,
        })),
      )
      .onConflictDoUpdate({ target: [developmentStandings.tenantId, developmentStandings.personId], set: { stage } }),
  )
}
await stand('activist', build.wang, build.zhao)
await stand('full', build.li)

const stageId = newId()
const fields = (more: Partial<ProgrammeFields> = {}): ProgrammeFields => ({
  ...{ title: '入党积极分子培训班', audience: 'activists', year: 2026, term: 'autumn', summary: '' },
  ...{ requiredHours: 16, capacity: null, admission: { byNomination: false, bySignUp: true, untilOn: null } },
  stages: [{ id: stageId, title: '集中学习', aim: '' }],
  ...more,
})
const session = (more: Partial<SessionFields> = {}): SessionFields => ({
  ...{ stageId, title: '党章学习', on: '2026-11-30', startMinute: 14 * 60, endMinute: 16 * 60, hours: 2 },
  ...{
    category: 'discipline',
    form: 'specialStudy',
    lecturers: [{ name: '褚知行', about: '党校' }],
    place: '三教 201',
  },
  ...{ link: '', materials: [], ...more },
})
const plan = async (by: Browser, organization: { id: string }, more: Partial<ProgrammeFields> = {}) =>
  (await json<{ id: string }>(await by.post(at, { organizationId: organization.id, ...fields(more) }), 201)).id
const view = async (by: Browser, id: string) => json<ProgrammeView>(await by.get(`${at}/${id}`))
const withTag = async (by: Browser, method: string, address: string, tagged: string, body?: object) =>
  by.request(method, address, body, { 'if-match': (await by.get(tagged)).headers.get('etag') ?? '' })
const announce = async (by: Browser, id: string) =>
  json(await withTag(by, 'POST', `${at}/${id}/announcement`, `${at}/${id}`), 204)
const change = (by: Browser, id: string, more: Partial<ProgrammeFields>) =>
  withTag(by, 'PUT', `${at}/${id}`, `${at}/${id}`, fields(more))
const add = async (by: Browser, id: string, more: Partial<SessionFields> = {}) =>
  (await json<{ id: string }>(await by.post(`${at}/${id}/sessions`, session(more)), 201)).id
const programmeWith = async (
  organization: { id: string },
  more: Partial<ProgrammeFields> = {},
  ...sessions: Partial<SessionFields>[]
) => {
  const id = await plan(as.partySchool, organization, more)
  const sessionIds: string[] = []
  for (const it of sessions.length === 0 ? [{}] : sessions) sessionIds.push(await add(as.partySchool, id, it))
  await announce(as.partySchool, id)
  return { id, sessionIds, sessionId: sessionIds[0] ?? '' }
}
const enrol = async (id: string, body: object, status = 201) =>
  json<Enrolled>(await as.partySchool.post(`${at}/${id}/participants`, body), status)
const put = (id: string, ...who: BuiltPerson[]) =>
  enrol(id, { personIds: who.map((it) => it.id), reason: '经研究录取' })
const sheetOf = async (id: string) => json<AttendanceSheet>(await as.partySchool.get(`${at}/sessions/${id}/attendance`))
const recordAt = async (id: string, marks: AttendanceMark[], restArePresent = false, by = as.partySchool) =>
  withTag(by, 'PUT', `${at}/sessions/${id}/attendance`, `${at}/sessions/${id}/attendance`, { marks, restArePresent })
const listed = async (by: Browser, query: string) =>
  (await json<{ items: ProgrammeRow[] }>(await by.get(`${at}?limit=200&${query}`))).items
const idsIn = async (by: Browser, query: string) => (await listed(by, query)).map((it) => it.id)
const participantsOf = async (id: string, query = '') =>
  (await json<{ items: ParticipantRow[] }>(await as.partySchool.get(`${at}/${id}/participants?${query}`))).items
const candidatesOf = async (by: Browser, id: string, query = '') =>
  (await json<{ items: EligibleRow[] }>(await by.get(`${at}/${id}/candidates?${query}`))).items
/** A picture that somebody has brought in, found in the library by others or not. */
async function picture(by: Browser, shade: number, isPrivate = true): Promise<string> {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: { r: shade, g: 0, b: 0 } } })
    .jpeg()
    .toBuffer()
  const uploadId = await upload(by, Uint8Array.from(bytes), '签到表.jpg', 'media')
  return (await json<{ id: string }>(await by.post('/api/media/items', { uploadId, isPrivate }), 201)).id
}
const mark = (person: BuiltPerson, more: Partial<AttendanceMark> = {}): AttendanceMark => ({
  ...{ personId: person.id, attendance: 'present', leaveKind: null, note: '' },
  ...more,
})

const people = { secretary: build.li, applicant: build.wang, siblingSecretary: build.zhao, distantSecretary: build.sun }
/** What was told of a programme by itself, and to whom, in the order in which it was written. */
async function told(id: string): Promise<string[][]> {
  const rows = await build.look((db) =>
    db
      .select()
      .from(notices)
      .where(sql`source = 'training' and source_key like ${`training:${id}:%`}`)
      .orderBy(notices.createdAt, notices.id),
  )
  return rows.map(({ title, audience, sentAt }) => {
    expect(sentAt).not.toBe(null)
    const to = Object.entries(people).flatMap(([name, it]) => (audience.personIds.includes(it.id) ? [name] : []))
    return [title, ...to]
  })
}

describe('a programme', () => {
  const cases: [place: 'branch' | 'college' | 'university', runners: TestActor[], readers: TestActor[]][] = [
    ['branch', ['secretary', 'organiser', 'department', 'partySchool'], ['publicity', 'applicant']],
    [
      'college',
      ['organiser', 'department', 'partySchool'],
      ['publicity', 'secretary', 'siblingSecretary', 'applicant'],
    ],
    [
      'university',
      ['department', 'partySchool'],
      [
        ...(['publicity', 'secretary', 'siblingSecretary', 'distantSecretary', 'organiser'] as const),
        ...(['otherOrganiser', 'applicant', 'stranger'] as const),
      ],
    ],
  ]

  test.each(cases)(
    'of the %s is planned by who runs its trainings, and once announced read by all who belong there',
    async (place, runners, readers) => {
      const id = await plan(as.department, build[place])
      await add(as.department, id)
      const statusFor = (who: readonly string[]) =>
        Object.fromEntries(
          testActors.map((actor) => [actor, administrators.includes(actor) ? 403 : who.includes(actor) ? 200 : 404]),
        )
      const asked = async () => {
        const answered: Record<string, number> = {}
        for (const actor of testActors) answered[actor] = (await as[actor].get(`${at}/${id}`)).status
        return answered
      }
      expect(await asked()).toEqual(statusFor(runners))
      for (const actor of runners) expect(await idsIn(as[actor], 'only=own'), actor).toContain(id)
      for (const actor of readers) expect(await idsIn(as[actor], 'only=present'), actor).not.toContain(id)

      await announce(as.department, id)
      expect(await asked()).toEqual(statusFor([...runners, ...readers]))
      for (const actor of [...runners, ...readers]) expect(await idsIn(as[actor], 'only=present'), actor).toContain(id)
      for (const actor of readers) {
        expect((await as[actor].post(`${at}/${id}/cancellation`, { reason: '改期' })).status, actor).toBe(403)
        expect((await as[actor].get(`${at}/${id}/participants`)).status, actor).toBe(403)
        expect((await as[actor].post(`${at}/${id}/sessions`, session())).status, actor).toBe(403)
      }
    },
  )

  test.each<[on: Day, state: string]>([
    ['2026-11-24', 'announced'],
    [today, 'underWay'],
    ['2026-11-22', 'over'],
  ])('with its one session on %s is %s', async (on, state) => {
    const { id } = await programmeWith(build.branch, {}, { on })
    expect((await view(as.applicant, id)).state).toBe(state)
    expect((await idsIn(as.applicant, 'only=present')).includes(id)).toBe(state !== 'over')
    expect((await idsIn(as.applicant, 'only=past')).includes(id)).toBe(state === 'over')
    await json(await as.partySchool.post(`${at}/${id}/cancellation`, { reason: '报名人数不足' }), 204)
    expect((await view(as.applicant, id)).state).toBe('cancelled')
  })

  test('is not announced without a session, nor on an older reading', async () => {
    const id = await plan(as.partySchool, build.branch)
    const refused = await withTag(as.partySchool, 'POST', `${at}/${id}/announcement`, `${at}/${id}`)
    expect(await json(refused, 409)).toMatchObject({ detail: '还不能发布：没有课程。请先添加至少一次课，再发布。' })
    const old = (await as.partySchool.get(`${at}/${id}`)).headers.get('etag') ?? ''
    await add(as.partySchool, id)
    expect(
      (await as.partySchool.request('POST', `${at}/${id}/announcement`, undefined, { 'if-match': old })).status,
    ).toBe(412)
    expect((await as.partySchool.request('PUT', `${at}/${id}`, fields(), { 'if-match': old })).status).toBe(412)
  })

  test('keeps the stages in which sessions stand', async () => {
    const id = await plan(as.partySchool, build.branch)
    await add(as.partySchool, id)
    expect(await json(await change(as.partySchool, id, { stages: [] }), 400)).toMatchObject({
      fields: [{ path: 'stages', message: '要删去的阶段里还有课程“党章学习”。请先把它移到别的阶段，再删去这个阶段' }],
    })
    expect((await as.partySchool.post(`${at}/${id}/sessions`, session({ stageId: newId() }))).status).toBe(400)
  })

  test('is taken over for another term with its stages and sessions, moved as a whole, and without anybody', async () => {
    const { id } = await programmeWith(
      build.college,
      {},
      { on: '2026-11-24' },
      { on: '2026-12-01', title: '实践', stageId: null },
    )
    await put(id, build.wang)
    const copy = { title: '入党积极分子培训班（春）', year: 2027, term: 'spring' }
    expect(await json(await as.partySchool.post(`${at}/${id}/copies`, { ...copy, firstOn: null }), 400)).toMatchObject({
      fields: [{ path: 'firstOn', message: '请填写第一次课的日期' }],
    })
    const { id: copied } = await json<{ id: string }>(
      await as.partySchool.post(`${at}/${id}/copies`, { ...copy, firstOn: '2027-03-09' }),
      201,
    )
    const it = await view(as.partySchool, copied)
    expect({ ...it, sessions: it.sessions.map(({ title, on, hours }) => ({ title, on, hours })) }).toMatchObject({
      ...copy,
      ...{ state: 'planned', taken: 0, fromOn: '2027-03-09', untilOn: '2027-03-16', copiedFrom: { id } },
      sessions: [
        { title: '党章学习', on: '2027-03-09', hours: 2 },
        { title: '实践', on: '2027-03-16', hours: 2 },
      ],
    })
    expect(it.stages.map((one) => one.title)).toEqual(['集中学习'])
    expect(it.stages[0]?.id).not.toBe(stageId)
    expect(it.sessions.map((one) => one.stageId)).toEqual([it.stages[0]?.id, null])
    expect((await as.applicant.post(`${at}/${id}/copies`, { ...copy, firstOn: '2027-03-09' })).status).toBe(403)
  })

  test('stands in the plan of its year with its sessions, for whoever may read it', async () => {
    const { id, sessionId } = await programmeWith(build.distant, { year: 2031 }, { on: '2031-05-04' })
    const yearFor = async (by: Browser) => json<YearPlan>(await by.get(`${at}/year?year=2031`))
    const { programmes, sessions } = await yearFor(as.stranger)
    expect([programmes.map((it) => it.id), sessions.map((it) => [it.id, it.on, it.programme])]).toEqual([
      [id],
      [[sessionId, '2031-05-04', '入党积极分子培训班']],
    ])
    expect(await yearFor(as.applicant)).toMatchObject({ programmes: [], sessions: [] })
  })

  test('is read in as many statements however many sessions it has', async () => {
    const counts: number[] = []
    for (const many of [1, 12]) {
      const id = await plan(as.partySchool, build.branch)
      for (let it = 1; it <= many; it++) await add(as.partySchool, id, { title: `第${it}讲` })
      counts.push(await statementsOf(() => as.partySchool.get(`${at}/${id}`)))
    }
    expect(counts[0]).toBe(counts[1])
  })
})

describe('the list of a programme', () => {
  test('is filled with everybody for whom the programme is, by what the rules derive, in the order of branches', async () => {
    const { id } = await programmeWith(build.college)
    expect((await candidatesOf(as.partySchool, id)).map((it) => [it.person.name, it.stage, it.isEligible])).toEqual([
      ['王一舟', 'activist', true],
      ['赵思远', 'activist', true],
    ])
    const all = await candidatesOf(as.partySchool, id, 'among=all')
    expect(all.map((it) => [it.person.name, it.isEligible])).toEqual([
      ['吴远舟', false],
      ['李晓岚', false],
      ['王一舟', true],
      ['赵思远', true],
    ])
    expect(
      (await candidatesOf(as.partySchool, id, `organizationId=${build.sibling.id}`)).map((it) => it.person.name),
    ).toEqual(['赵思远'])
    expect((await as.partySchool.get(`${at}/${id}/candidates?organizationId=${build.distant.id}`)).status).toBe(404)
    expect(await enrol(id, { all: true })).toEqual({ added: 2, waiting: 0 })
    expect((await participantsOf(id)).map((it) => [it.person.name, it.source, it.place])).toEqual([
      ['王一舟', 'list', 'taken'],
      ['赵思远', 'list', 'taken'],
    ])
    // Once more, everybody is there already.
    expect(await enrol(id, { all: true })).toEqual({ added: 0, waiting: 0 })
    expect(await told(id)).toEqual([['已录取：入党积极分子培训班', 'applicant', 'siblingSecretary']])
  })

  test('takes somebody for whom the programme is not with a reason only, which stands beside the name', async () => {
    const { id } = await programmeWith(build.college)
    expect(await enrol(id, { personIds: [build.li.id] }, 400)).toMatchObject({
      fields: [{ path: 'reason', message: '有 1 人登记的情况不是入党积极分子。请核对；确实要录取的，请写明原因' }],
    })
    expect(await enrol(id, { personIds: [build.li.id], reason: '补训' })).toEqual({ added: 1, waiting: 0 })
    expect((await participantsOf(id)).map((it) => [it.person.name, it.note])).toEqual([['李晓岚', '补训']])
    // Nobody from elsewhere in the tree comes onto it.
    expect(await enrol(id, { personIds: [build.sun.id], reason: '补训' })).toEqual({ added: 0, waiting: 0 })
  })

  test('is signed up for by those for whom it is, until the last day', async () => {
    const open = { admission: { byNomination: false, bySignUp: true, untilOn: today } }
    const { id } = await programmeWith(build.university, open)
    const notFor = '这个培训班的对象是入党积极分子，系统里登记的您的情况不是。登记有误的，请联系所在党支部更正。'
    const offered = async (by: Browser) => (({ can, closedBecause }) => [can.signUp, closedBecause])(await view(by, id))
    expect(await offered(as.applicant)).toEqual([true, null])
    expect(await offered(as.secretary)).toEqual([false, notFor])
    await json(await as.applicant.put(`${at}/${id}/participants/own`, {}), 204)
    await json(await as.applicant.put(`${at}/${id}/participants/own`, {}), 204)
    expect((await participantsOf(id)).map((it) => [it.person.name, it.source])).toEqual([['王一舟', 'signUp']])
    expect(await json(await as.secretary.put(`${at}/${id}/participants/own`, {}), 409)).toMatchObject({
      detail: notFor,
    })
    expect(await offered(as.applicant)).toEqual([false, null])
    await json(await change(as.partySchool, id, { admission: { ...open.admission, untilOn: '2026-11-22' } }), 204)
    expect(await json(await as.siblingSecretary.put(`${at}/${id}/participants/own`, {}), 409)).toMatchObject({
      detail: '报名已经在2026年11月22日截止。想参加的，请联系组织培训的单位。',
    })
    expect((await view(as.siblingSecretary, id)).closedBecause).toContain('截止')
  })

  test('is proposed for by branches, each of their own people', async () => {
    const { id } = await programmeWith(build.college, {
      admission: { byNomination: true, bySignUp: false, untilOn: null },
    })
    expect((await view(as.secretary, id)).can.nominate).toBe(true)
    expect((await candidatesOf(as.secretary, id)).map((it) => it.person.name)).toEqual(['王一舟'])
    const nominate = (by: Browser, ...persons: BuiltPerson[]) =>
      by.post(`${at}/${id}/nominations`, { personIds: persons.map((it) => it.id), note: '表现突出' })
    expect(await json(await nominate(as.secretary, build.wang, build.zhao), 201)).toEqual({ added: 1, waiting: 0 })
    expect((await nominate(as.secretary, build.zhao)).status).toBe(409)
    expect((await nominate(as.applicant, build.wang)).status).toBe(403)
    expect((await nominate(as.distantSecretary, build.sun)).status).toBe(404)
    expect((await participantsOf(id)).map((it) => [it.person.name, it.source, it.note, it.enrolledBy])).toEqual([
      ['王一舟', 'nomination', '表现突出', '李晓岚'],
    ])
    expect((await as.siblingSecretary.put(`${at}/${id}/participants/own`, {})).status).toBe(409)
  })

  test('has so many places; who leaves makes room, and each who moves is told', async () => {
    const { id } = await programmeWith(build.university, { capacity: 1, audience: 'others' })
    const ownOf = async (by: Browser): Promise<OwnPlace | null> => (await view(by, id)).own
    for (const actor of ['applicant', 'siblingSecretary', 'distantSecretary'] as const)
      await json(await as[actor].put(`${at}/${id}/participants/own`, {}), 204)
    expect([await ownOf(as.applicant), await ownOf(as.siblingSecretary), await ownOf(as.distantSecretary)]).toEqual([
      { place: 'taken', queue: 0, source: 'signUp' },
      { place: 'waiting', queue: 1, source: 'signUp' },
      { place: 'waiting', queue: 2, source: 'signUp' },
    ])
    expect((await participantsOf(id, 'place=waiting')).map((it) => it.person.name)).toEqual(['赵思远', '孙知微'])
    await json(await as.applicant.delete(`${at}/${id}/participants/own`), 204)
    const { siblingSecretary } = people
    await json(
      await as.partySchool.post(`${at}/${id}/participants/${siblingSecretary.id}/removal`, { reason: '重复报名' }),
      204,
    )
    await json(await change(as.partySchool, id, { capacity: null, audience: 'others' }), 204)
    expect(await told(id)).toEqual([
      ['有名额了：入党积极分子培训班', 'siblingSecretary'],
      ['已移出名单：入党积极分子培训班', 'siblingSecretary'],
      ['有名额了：入党积极分子培训班', 'distantSecretary'],
    ])
    expect(await ownOf(as.distantSecretary)).toEqual({ place: 'taken', queue: 0, source: 'signUp' })
  })

  test.each<[on: Day, can: boolean, status: number]>([
    ['2026-11-24', true, 204],
    [today, false, 409],
  ])('is left before a first session on %s: %s', async (on, can, status) => {
    const { id } = await programmeWith(build.branch, {}, { on })
    await put(id, build.wang)
    expect((await view(as.applicant, id)).can.leave).toBe(can)
    expect((await as.applicant.delete(`${at}/${id}/participants/own`)).status).toBe(status)
    expect(await participantsOf(id)).toHaveLength(can ? 0 : 1)
  })

  test.each<[on: Day, capacity: number, status: number]>([
    ['2026-11-24', 1, 204],
    [today, 1, 400],
    [today, 2, 204],
  ])('of three with two places that begins on %s has %i places afterwards: %i', async (on, capacity, status) => {
    const { id } = await programmeWith(build.university, { capacity: 2, audience: 'others' }, { on })
    await put(id, build.wang, build.zhao, build.sun)
    const answer = await json<{ fields: { path: string }[] }>(
      await change(as.partySchool, id, { capacity, audience: 'others' }),
      status,
    )
    if (status === 400) expect(answer.fields.map((it) => it.path)).toEqual(['capacity'])
    expect(await participantsOf(id, 'place=taken')).toHaveLength(status === 204 ? capacity : 2)
  })

  test('of a cancelled programme is not left, so that nobody is told of a place in it', async () => {
    const { id } = await programmeWith(build.university, { capacity: 1, audience: 'others' })
    for (const actor of ['applicant', 'siblingSecretary'] as const)
      await json(await as[actor].put(`${at}/${id}/participants/own`, {}), 204)
    await json(await as.partySchool.post(`${at}/${id}/cancellation`, { reason: '报名人数不足' }), 204)
    expect((await view(as.applicant, id)).can.leave).toBe(false)
    expect((await as.applicant.delete(`${at}/${id}/participants/own`)).status).toBe(409)
    expect(await told(id)).toEqual([['培训取消：入党积极分子培训班', 'applicant', 'siblingSecretary']])
  })

  test('gives the last place to one of two who come at once', async () => {
    const { id } = await programmeWith(build.university, { capacity: 1, audience: 'others' })
    const actors = ['applicant', 'siblingSecretary', 'distantSecretary', 'stranger'] as const
    await Promise.all(actors.map((it) => as[it].put(`${at}/${id}/participants/own`, {})))
    expect((await participantsOf(id)).map((it) => [it.place, it.queue])).toEqual([
      ['taken', 0],
      ...[1, 2, 3].map((queue) => ['waiting', queue]),
    ])
  })

  test('shows a programme to those who are on it, also after they have moved elsewhere', async () => {
    const { id } = await programmeWith(build.branch, { audience: 'others' })
    const person = await build.person(build.branch, { name: '施南乔' })
    const browser = await app.signedIn(await app.account({ name: person.name, person }))
    await put(id, person)
    const { id: organizationId, path } = build.distant
    await build.look((db) => db.update(persons).set({ organizationId, path }).where(eq(persons.id, person.id)))
    expect((await view(browser, id)).own).toEqual({ place: 'taken', queue: 0, source: 'list' })
    expect(await idsIn(browser, 'only=mine')).toEqual([id])
    expect((await as.stranger.get(`${at}/${id}`)).status).toBe(404)
  })
})

describe('attendance', () => {
  const heldToday = async (...persons: BuiltPerson[]) => {
    const made = await programmeWith(build.college, {}, { on: today })
    await put(made.id, ...persons)
    return made
  }

  test('is recorded of the whole list at once, with what is said of some', async () => {
    const { id, sessionId } = await heldToday(build.wang, build.zhao, build.li)
    await json(await recordAt(sessionId, [mark(build.zhao, { attendance: 'leave', leaveKind: 'sick' })], true), 204)
    expect(
      (await sheetOf(sessionId)).items.map((it) => [it.person.name, it.attendance, it.leaveKind, it.recordedBy]),
    ).toEqual([
      ['李晓岚', 'present', null, '褚知行'],
      ['王一舟', 'present', null, '褚知行'],
      ['赵思远', 'leave', 'sick', '褚知行'],
    ])
    expect((await view(as.applicant, id)).sessions[0]?.own?.attendance).toBe('present')
    expect((await view(as.siblingSecretary, id)).sessions[0]?.own).toMatchObject({
      attendance: 'leave',
      leaveKind: 'sick',
    })
    expect((await view(as.applicant, id)).ownHours).toBe(2)
    expect((await view(as.siblingSecretary, id)).ownHours).toBe(0)
    expect((await participantsOf(id)).map((it) => it.hours)).toEqual([2, 2, 0])
  })

  test.each<[on: Day, status: number]>([
    ['2026-11-24', 409],
    [today, 204],
    ['2026-11-20', 204],
  ])('of a session on %s is answered with %i', async (on, status) => {
    const { id, sessionId } = await programmeWith(build.college, {}, { on })
    await put(id, build.wang)
    expect((await recordAt(sessionId, [mark(build.wang)])).status).toBe(status)
  })

  test.each<[why: string, marks: () => AttendanceMark[], status: number, says: object]>([
    [
      'leave without its kind',
      () => [mark(build.wang, { attendance: 'leave' })],
      400,
      { fields: [{ path: 'marks.0.leaveKind', message: '请选择请假的种类' }] },
    ],
    [
      'a kind of leave without leave',
      () => [mark(build.wang, { leaveKind: 'sick' })],
      400,
      { fields: [{ path: 'marks.0.leaveKind', message: '没有请假的，不填请假的种类' }] },
    ],
    [
      'made up without how',
      () => [mark(build.wang, { attendance: 'madeUp' })],
      400,
      { fields: [{ path: 'marks.0.note', message: '请写明补课的时间和方式' }] },
    ],
    [
      'the same person twice',
      () => [mark(build.wang), mark(build.wang)],
      400,
      { detail: '同一个人登记了两次。请刷新页面，核对后重新登记。' },
    ],
    [
      'somebody who is not on the list',
      () => [mark(build.sun)],
      409,
      { detail: '有 1 人已经不在名单上，这次没有登记。请刷新页面，核对后重新登记。' },
    ],
  ])('refuses %s', async (_why, marks, status, says) => {
    const { sessionId } = await heldToday(build.wang)
    expect(await json(await recordAt(sessionId, marks()), status)).toMatchObject(says)
    expect((await sheetOf(sessionId)).items.map((it) => it.attendance)).toEqual([null])
  })

  test('is not recorded by anybody of themselves, nor on an older reading', async () => {
    const id = await plan(as.secretary, build.branch)
    const sessionId = await add(as.secretary, id, { on: today })
    await announce(as.secretary, id)
    await put(id, build.wang, build.li)
    expect((await recordAt(sessionId, [mark(build.li)], false, as.secretary)).status).toBe(403)
    const old = (await as.secretary.get(`${at}/sessions/${sessionId}/attendance`)).headers.get('etag') ?? ''
    await json(await recordAt(sessionId, [], true, as.secretary), 204)
    expect((await sheetOf(sessionId)).items.map((it) => [it.person.name, it.attendance])).toEqual([
      ['李晓岚', null],
      ['王一舟', 'present'],
    ])
    const again = { marks: [mark(build.wang, { attendance: 'absent' })], restArePresent: false }
    expect(
      (await as.secretary.request('PUT', `${at}/sessions/${sessionId}/attendance`, again, { 'if-match': old })).status,
    ).toBe(412)
  })

  test('is seen by the person and who runs the programme, and by nobody else', async () => {
    const { sessionId } = await heldToday(build.wang)
    await json(await recordAt(sessionId, [], true), 204)
    const answered: Record<string, number> = {}
    for (const actor of testActors)
      answered[actor] = (await as[actor].get(`${at}/sessions/${sessionId}/attendance`)).status
    expect(answered).toEqual({
      ...{ partySchool: 200, department: 200, organiser: 200 },
      ...{ secretary: 403, siblingSecretary: 403, applicant: 403, publicity: 403 },
      ...{ distantSecretary: 404, otherOrganiser: 404, stranger: 404, sysadmin: 403, secadmin: 403, auditor: 403 },
    })
  })

  test('has pictures of its signed list, which only those see who run the programme; two put theirs there at once', async () => {
    const { sessionId } = await heldToday(build.wang, build.li)
    const sheets = `${at}/sessions/${sessionId}/sheets`
    const [one, two] = [await picture(as.partySchool, 1), await picture(as.organiser, 2)]
    const put = (by: Browser, ...mediaIds: string[]) => by.post(sheets, { mediaIds })
    const answers = await Promise.all([put(as.partySchool, one), put(as.organiser, two)])
    expect(answers.map((it) => it.status)).toEqual([204, 204])
    const shown = async () => (await sheetOf(sessionId)).sheets.map((it) => it.mediaId)
    expect((await shown()).sort()).toEqual([one, two].sort())

    const content = `${at}/sessions/${sessionId}/media/${one}`
    for (const [by, status] of [
      ['organiser', 200],
      ['applicant', 404],
      ['secretary', 404],
      ['publicity', 404],
      ['stranger', 404],
    ] as const) {
      expect((await as[by].get(content)).status, by).toBe(status)
      // Nor is it found in the library, whose pictures those use who publish.
      expect((await as[by].get(`/api/media/items/${one}`)).status, by).toBe(404)
    }
    const shared = await picture(as.partySchool, 3, false)
    expect(await json(await put(as.partySchool, shared), 409)).toMatchObject({
      detail: '签到表的照片要在这一页直接上传：素材库里的图片，别人也看得到。',
    })
    expect((await put(as.partySchool, two)).status).toBe(204)
    expect((await put(as.partySchool, newId())).status).toBe(404)
    await json(await as.organiser.delete(`${sheets}/${one}`), 204)
    await json(await as.organiser.delete(`${sheets}/${one}`), 204)
    expect(await shown()).toEqual([two])
    expect((await as.partySchool.get(content)).status).toBe(404)
  })

  test('shows what somebody has at the same time before a session, and not which activity it is', async () => {
    const on = '2026-12-08'
    const { id } = await programmeWith(
      build.college,
      { title: '另一个培训班' },
      { on, title: '同时的课', startMinute: 15 * 60, endMinute: 17 * 60 },
    )
    const { id: own, sessionId } = await programmeWith(build.college, {}, { on })
    const after = await programmeWith(build.college, {}, { on, startMinute: 16 * 60, endMinute: 17 * 60 })
    for (const it of [id, own, after.id]) await put(it, build.wang, build.zhao)
    const fieldsOfActivity = {
      ...{
        organizationId: build.university.id,
        kind: 'other',
        title: '一起读书',
        summary: '',
        dayKey: null,
        fromOn: on,
      },
      ...{ untilOn: null, startMinute: 15 * 60, endMinute: null, place: '', link: '', speaker: '', aboutSpeaker: '' },
      ...{
        plan: { aim: '', steps: [], materials: [], noticeText: '' },
        attachments: [],
        signUp: { capacity: null, untilOn: null },
      },
    }
    const activity = await json<{ id: string }>(await as.department.post('/api/activities', fieldsOfActivity), 201)
    const address = `/api/activities/${activity.id}`
    await json(await withTag(as.department, 'POST', `${address}/announcement`, address), 204)
    await json(await as.applicant.put(`${address}/sign-ups/own`, {}), 204)
    expect((await sheetOf(sessionId)).items.map((it) => [it.person.name, it.conflicts])).toEqual([
      ['王一舟', ['同时的课', '已报名的活动']],
      ['赵思远', ['同时的课']],
    ])
  })

  test('names a session at the same time only to whoever may know its programme', async () => {
    const on = '2026-12-09'
    const person = await build.person(build.distant, { name: '喻知遥' })
    const { id: former } = await programmeWith(build.distant, { audience: 'others' }, { on, title: '学院内部的课' })
    await put(former, person)
    const { id: organizationId, path } = build.branch
    await build.look((db) => db.update(persons).set({ organizationId, path }).where(eq(persons.id, person.id)))
    const { id, sessionId } = await programmeWith(build.college, { audience: 'others' }, { on })
    await put(id, person)
    const conflictsFor = async (by: Browser) =>
      (await json<AttendanceSheet>(await by.get(`${at}/sessions/${sessionId}/attendance`))).items[0]?.conflicts
    expect(await conflictsFor(as.partySchool)).toEqual(['学院内部的课'])
    expect(await conflictsFor(as.organiser)).toEqual(['别的培训班的课程'])
  })

  test('offers sessions to come in which what was missed can be heard', async () => {
    const { id, sessionId } = await programmeWith(
      build.college,
      {},
      { on: today, title: '形势政策', category: 'situation' },
    )
    // To what else the own programme has they come anyway; the same lecture once more is what they missed.
    await add(as.partySchool, id, { on: '2026-12-11', title: '国际形势', category: 'situation' })
    const again = await add(as.partySchool, id, { on: '2026-12-12', title: '形势政策', category: 'situation' })
    const same = await programmeWith(build.university, {}, { on: '2026-12-20', title: '形势政策', category: 'theory' })
    const category = await programmeWith(
      build.college,
      {},
      { on: '2026-12-10', title: '国际形势', category: 'situation' },
    )
    await programmeWith(build.distant, {}, { on: '2026-12-09', title: '形势政策' })
    await programmeWith(build.college, { audience: 'members' }, { on: '2026-12-09', title: '形势政策' })
    await programmeWith(build.college, {}, { on: today, title: '形势政策' })
    const { items } = await json<MakeUps>(await as.partySchool.get(`${at}/sessions/${sessionId}/make-ups`))
    expect(items.map((it) => [it.id, it.isSameTitle])).toEqual([
      [again, true],
      [same.sessionId, true],
      [category.sessionId, false],
    ])
  })
})

describe('what a participant writes', () => {
  const ask = (by: Browser, id: string, body: object) => by.post(`${at}/sessions/${id}/requests`, body)
  const sick = { kind: 'leave', leaveKind: 'sick', text: '发烧' }
  const claim = { kind: 'claim', text: '坐在后排，和李晓岚一起' }
  const answer = (id: string, body: object, by = as.partySchool) => by.post(`${at}/requests/${id}/answer`, body)

  test('leave that is granted is recorded, and the person is told', async () => {
    const { id, sessionId } = await programmeWith(build.college)
    await put(id, build.wang)
    expect((await view(as.applicant, id)).sessions[0]?.can.ask).toEqual(['leave'])
    const { id: requestId } = await json<{ id: string }>(await ask(as.applicant, sessionId, sick), 201)
    expect((await ask(as.applicant, sessionId, sick)).status).toBe(409)
    expect((await view(as.partySchool, id)).sessions[0]?.waitingRequests).toBe(1)
    expect((await sheetOf(sessionId)).items[0]?.requests).toMatchObject([
      { id: requestId, kind: 'leave', text: '发烧', isGranted: null },
    ])
    expect((await answer(requestId, { isGranted: true }, as.applicant)).status).toBe(403)
    await json(await answer(requestId, { isGranted: true }), 204)
    expect((await answer(requestId, { isGranted: false, answer: '不行' })).status).toBe(409)
    expect((await view(as.applicant, id)).sessions[0]?.own).toMatchObject({ attendance: 'leave', leaveKind: 'sick' })
    expect(await told(id)).toEqual([
      ['已录取：入党积极分子培训班', 'applicant'],
      ['已答复：入党积极分子培训班', 'applicant'],
    ])
  })

  test('stands in no notice: who reads what is sent for an organisation learns neither why somebody asked nor what was answered', async () => {
    const { id, sessionId } = await programmeWith(build.college)
    await put(id, build.wang)
    const { id: requestId } = await json<{ id: string }>(await ask(as.applicant, sessionId, sick), 201)
    await json(await answer(requestId, { isGranted: false, answer: '请先交病历' }), 204)
    expect((await view(as.applicant, id)).sessions[0]?.own?.requests[0]?.answer).toBe('请先交病历')
    const rows = await build.look((db) =>
      db
        .select({ body: notices.body })
        .from(notices)
        .where(sql`source_key = ${`training:${id}:answered:${requestId}`}`),
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.body).not.toMatch(/病假|发烧|病历|没有同意/)
  })

  test('who was there and is not recorded says so, once it is recorded', async () => {
    const { id, sessionId } = await programmeWith(build.college, {}, { on: today })
    await put(id, build.wang, build.zhao)
    expect(await json(await ask(as.applicant, sessionId, claim), 409)).toMatchObject({
      detail: '这次课还没有登记到课情况。登记以后没有您的，再来说明。',
    })
    await json(await recordAt(sessionId, [mark(build.wang, { attendance: 'absent' })], true), 204)
    expect((await view(as.applicant, id)).sessions[0]?.can.ask).toEqual(['claim'])
    expect((await view(as.siblingSecretary, id)).sessions[0]?.can.ask).toEqual([])
    expect((await ask(as.siblingSecretary, sessionId, claim)).status).toBe(409)
    const { id: requestId } = await json<{ id: string }>(await ask(as.applicant, sessionId, claim), 201)
    expect(await json(await answer(requestId, { isGranted: false }), 400)).toMatchObject({
      fields: [{ path: 'answer', message: '请写明为什么不同意' }],
    })
    await json(await answer(requestId, { isGranted: true }), 204)
    expect((await view(as.applicant, id)).ownHours).toBe(2)
  })

  test.each<[why: string, on: Day, body: object, status: number]>([
    ['leave for a session of yesterday', '2026-11-22', sick, 409],
    ['leave on the day', today, sick, 201],
    ['leave without its kind', '2026-11-24', { kind: 'leave' }, 400],
    ['a claim without a word', today, { kind: 'claim' }, 400],
    ['a claim for a session to come', '2026-11-24', claim, 409],
  ])('%s', async (_why, on, body, status) => {
    const { id, sessionId } = await programmeWith(build.college, {}, { on })
    await put(id, build.wang)
    expect((await ask(as.applicant, sessionId, body)).status).toBe(status)
  })

  test('nobody writes of a programme in which they have no place', async () => {
    const { sessionId } = await programmeWith(build.college)
    expect((await ask(as.applicant, sessionId, sick)).status).toBe(409)
    expect((await ask(as.stranger, sessionId, sick)).status).toBe(404)
  })
})

describe('a session', () => {
  test('that is changed, added or cancelled is told to those with a place, as far as it concerns them', async () => {
    const { id, sessionId } = await programmeWith(build.college, { capacity: 1 })
    await put(id, build.wang, build.zhao)
    const address = `${at}/sessions/${sessionId}`
    const sessionTag = async () =>
      `"${(await view(as.partySchool, id)).sessions.find((it) => it.id === sessionId)?.revision}"`
    const put2 = async (more: Partial<SessionFields>) =>
      as.partySchool.request('PUT', address, session(more), { 'if-match': await sessionTag() })
    await json(await put2({ title: '党章专题学习' }), 204)
    await json(await put2({ title: '党章专题学习', place: '三教 105' }), 204)
    expect((await as.partySchool.request('PUT', address, session(), { 'if-match': '"1"' })).status).toBe(412)
    const added = await add(as.partySchool, id, { title: '实践' })
    await json(await as.partySchool.post(`${at}/sessions/${added}/cancellation`, { reason: '场地被占用' }), 204)
    expect((await as.partySchool.post(`${at}/sessions/${added}/cancellation`, { reason: '场地被占用' })).status).toBe(
      409,
    )
    expect((await as.partySchool.delete(`${at}/sessions/${sessionId}`)).status).toBe(409)
    expect(await told(id)).toEqual([
      ['已录取：入党积极分子培训班', 'applicant'],
      ['候补：入党积极分子培训班', 'siblingSecretary'],
      ['课程有变动：党章专题学习', 'applicant'],
      ['增加课程：实践', 'applicant'],
      ['课程取消：实践', 'applicant'],
    ])
  })

  test('names a lecturer of the base of experts, with a way there for whoever sees them', async () => {
    const expertOf = async (consent: object | null) => {
      const body = {
        organizationId: build.college.id,
        name: '贺知新',
        institution: `临海大学${newId()}`,
        title: '教授',
      }
      const blank = { topics: [], about: '', phone: '', email: '', personId: null, consent }
      return (await json<{ id: string }>(await as.organiser.post('/api/experts', { ...body, ...blank }), 201)).id
    }
    const [open, kept] = [await expertOf({ on: today, how: '电话' }), await expertOf(null)]
    const id = await plan(as.distantSecretary, build.distant)
    const lecturers = (...ids: string[]) => ids.map((expertId) => ({ name: '贺知新', about: '教授', expertId }))
    const refused = await as.distantSecretary.post(
      `${at}/${id}/sessions`,
      session({ lecturers: lecturers(open, kept) }),
    )
    expect([refused.status, (await refused.json()).fields]).toEqual([
      400,
      [{ path: 'lecturers.1.name', message: '专家库里没有这位专家了，请重新填写或重新选择' }],
    ])
    await add(as.distantSecretary, id, { lecturers: lecturers(open) })
    await announce(as.distantSecretary, id)
    const seenBy = async (by: Browser) => (await view(by, id)).sessions.map((it) => it.lecturers)
    expect(await seenBy(as.distantSecretary)).toEqual([lecturers(open)])
    expect(await seenBy(as.stranger)).toEqual([[{ name: '贺知新', about: '教授' }]])
    await json(await as.organiser.delete(`/api/experts/${open}/consent`), 204)
    expect(await seenBy(as.distantSecretary)).toEqual([[{ name: '贺知新', about: '教授' }]])
  })

  test('of a programme that nobody knows of yet is taken away', async () => {
    const id = await plan(as.partySchool, build.branch)
    const sessionId = await add(as.partySchool, id)
    await json(await as.partySchool.delete(`${at}/sessions/${sessionId}`), 204)
    expect((await view(as.partySchool, id)).sessions).toEqual([])
    expect((await as.partySchool.get(`${at}/sessions/${sessionId}/attendance`)).status).toBe(404)
  })

  test.each<[why: string, wrong: object, path: string]>([
    ['hours that are no halves', { hours: 1.2 }, 'hours'],
    ['no hours', { hours: 0 }, 'hours'],
    ['an end before the beginning', { startMinute: 900, endMinute: 900 }, 'endMinute'],
    ['an end without a beginning', { startMinute: null }, 'startMinute'],
    ['an address that runs something', { link: 'javascript:alert(1)' }, 'link'],
    [
      'a link of its material that runs something',
      { materials: [{ kind: 'link', url: 'javascript:alert(1)', label: '看' }] },
      'materials.0.url',
    ],
  ])('is not written with %s', async (_why, wrong, path) => {
    const id = await plan(as.partySchool, build.branch)
    const refused = await json<{ fields: { path: string }[] }>(
      await as.partySchool.post(`${at}/${id}/sessions`, { ...session(), ...wrong }),
      400,
    )
    expect(refused.fields.map((it) => it.path)).toEqual([path])
  })
})

describe('the hours of a year', () => {
  test('are the sessions at which somebody was or that they made up, against what the regulations say', async () => {
    const officer = await build.person(build.branch, { name: '何望舒' })
    await build.office(officer, build.branch, 'orgMember', { from: '2026-06-01' })
    await stand('full', officer)
    const account = await app.account({ name: officer.name, person: officer })
    const browser = await app.signedIn(account)
    const { id, sessionIds } = await programmeWith(
      build.college,
      { audience: 'members' },
      ...(['2026-03-02', '2026-03-02', '2026-09-01', '2026-10-08'] as const).map((on, it) => ({ on, hours: it + 0.5 })),
    )
    await put(id, officer)
    const said: Partial<AttendanceMark>[] = [
      {},
      { attendance: 'madeUp', note: '3月9日随第二班补课' },
      { attendance: 'absent' },
      { attendance: 'leave', leaveKind: 'official' },
    ]
    for (const [it, more] of said.entries())
      await json(await recordAt(sessionIds[it] ?? '', [mark(officer, more)]), 204)
    const own = await json<Statement>(await browser.get(`${at}/statements/own?year=2026`))
    expect({ ...own, sessions: own.sessions.map((it) => [it.on, it.hours, it.attendance]) }).toMatchObject({
      ...{ person: { name: '何望舒' }, hours: 2, days: 1, byCategory: [{ category: 'discipline', hours: 2 }] },
      sessions: [
        ['2026-03-02', 0.5, 'present'],
        ['2026-03-02', 1.5, 'madeUp'],
      ],
      requirements: [
        { hours: 32, cited: '《党员教育管理工作条例》第 20 条', isToVerify: false },
        { hours: 56, isToVerify: true },
      ],
    })
    expect(await json(await browser.get(`${at}/statements/own?year=2025`))).toMatchObject({ hours: 0, sessions: [] })

    const readBy = async (by: Browser) => (await by.get(`${at}/statements/${officer.id}?year=2026`)).status
    const answered: Record<string, number> = {}
    for (const actor of testActors) answered[actor] = await readBy(as[actor])
    expect(answered).toEqual({
      ...{ secretary: 200, organiser: 200, department: 200, partySchool: 200 },
      ...{ siblingSecretary: 404, distantSecretary: 404, otherOrganiser: 404, publicity: 404, applicant: 404 },
      ...{ stranger: 404, sysadmin: 403, secadmin: 403, auditor: 403 },
    })

    const of = async (kind: string) =>
      json<Statements>(
        await as.secretary.get(`${at}/statements?year=2026&organizationId=${build.branch.id}&of=${kind}`),
      )
    const members = await of('members')
    expect(members.items.filter((it) => it.person.id === officer.id)).toEqual([
      {
        person: { id: officer.id, name: '何望舒' },
        organization: build.branch.name,
        hours: 2,
        days: 1,
        isOfficer: true,
      },
    ])
    expect(members.items.map((it) => it.person.name)).not.toContain('王一舟')
    expect(members.requirement).toMatchObject({ hours: 32, text: '党员每年集中学习培训一般不少于32学时。' })
    expect((await of('officers')).requirement).toMatchObject({ hours: 56, isToVerify: true })
    expect((await as.siblingSecretary.get(`${at}/statements?year=2026&organizationId=${build.branch.id}`)).status).toBe(
      403,
    )
  })

  test('are listed page by page, each person once', async () => {
    const asked = `${at}/statements?year=2026&organizationId=${build.university.id}&of=members`
    const whole = await json<Statements>(await as.department.get(asked))
    expect(whole.items.length).toBeGreaterThan(1)
    expect(whole.next).toBeUndefined()
    const paged: Statements['items'] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page: Statements = await json(await as.department.get(`${asked}&limit=1${next && `&cursor=${next}`}`))
      expect(page.items).toHaveLength(1)
      paged.push(...page.items)
      next = page.next
    }
    expect(paged).toEqual(whole.items)
    expect((await as.department.get(`${asked}&cursor=x`)).status).toBe(400)
  })

  test('are those of a slow count, on many made-up lists', async () => {
    const persons = [build.li, build.wang, build.zhao]
    const { id, sessionIds } = await programmeWith(
      build.college,
      { audience: 'others' },
      ...Array.from({ length: 12 }, (_, it) => ({
        on: `2024-${String((it % 9) + 1).padStart(2, '0')}-11` as Day,
        hours: ((it * 7) % 5) / 2 + 0.5,
        title: `第${it + 1}讲`,
      })),
    )
    await put(id, ...persons)
    const kinds = ['present', 'absent', 'madeUp', 'leave'] as const
    const expected = new Map(persons.map((it) => [it.id, { halves: 0, days: new Set<string>() }]))
    for (const [number, sessionId] of sessionIds.entries()) {
      const marks = persons.map((person, it) => {
        const attendance = kinds[(number * 3 + it * 5) % 4] ?? 'present'
        const counts = attendance === 'present' || attendance === 'madeUp'
        const sum = expected.get(person.id)
        if (counts && sum) {
          sum.halves += ((number * 7) % 5) + 1
          sum.days.add(`${(number % 9) + 1}`)
        }
        const more =
          attendance === 'leave' ? { leaveKind: 'other' as const } : attendance === 'madeUp' ? { note: '随下一班' } : {}
        return mark(person, { attendance, ...more })
      })
      await json(await recordAt(sessionId, marks), 204)
    }
    for (const person of persons) {
      const { hours, days } = await json<Statement>(await as.department.get(`${at}/statements/${person.id}?year=2024`))
      const sum = expected.get(person.id)
      expect({ name: person.name, hours, days }).toEqual({
        name: person.name,
        hours: (sum?.halves ?? 0) / 2,
        days: sum?.days.size,
      })
    }
  })
})
