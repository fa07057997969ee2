import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { type BuiltPerson, encryption, statementsOf, today } from '../../../test/factories.ts'
import { journal } from '../../platform/journal.ts'
import { offices } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { trainingAttendances, trainingProgrammes, trainingSessions } from '../training/tables.ts'
import type { OpenCorrections, SkillList, StaffList, StaffRecord } from './schema.ts'
import { sealedNote } from './stored.ts'
import { talentRecords } from './tables.ts'

const app = await testApp()
const { build } = app
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const at = '/api/talent'

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}
const said = async (response: Response) => {
  const { detail, fields } = await response.json()
  return { status: response.status, detail, fields: fields.map((it: { path: string }) => it.path) }
}
const own = async (by: Browser) => json<StaffRecord>(await by.get(`${at}/own`))
const put = async (by: Browser, path: string, body: unknown, revision?: number) =>
  by.request('PUT', `${at}${path}`, body, { 'if-match': `"${revision ?? (await own(by)).revision}"` })
const list = async (by: Browser, query = '') => json<StaffList>(await by.get(`${at}?limit=200${query}`))
const says = {
  skills: [] as { skillId: string; mastery: string }[],
  languages: [{ name: '英语', fluency: 'works' }],
  ...{ availability: 'more', availabilityNote: '周三下午有课，家里有事' },
}

const { li, wang, zhao } = build
const skillNames = ['会议记录', '理论宣讲', '公众号编辑']
await json(
  await as.department.request('POST', `${at}/skills`, {
    skills: skillNames.map((name) => ({ name, group: 'writing' })),
  }),
  204,
)
const { items: skills } = await json<SkillList>(await as.secretary.get(`${at}/skills`))
const skillId = (name: string) => skills.find((it) => it.name === name)?.id ?? ''

/** A counsellor of the branch without an office, entered by the organiser. */
async function counsellor(name: string): Promise<BuiltPerson> {
  const person = await build.person(build.branch, { name })
  const fields = { employment: 'fullTime', duty: 'counsellor', title: '辅导员', since: '2025-09-01' }
  await json(await put(as.organiser, `/${person.id}/official`, fields, 0), 204)
  return person
}

describe('what somebody says of themselves', () => {
  test('holds at once, and its words are read by those who give tasks alone', async () => {
    const mine = { ...says, skills: [{ skillId: skillId('理论宣讲'), mastery: 'leads' }] }
    await json(await put(as.secretary, '/own', mine), 204)
    const view = await own(as.secretary)
    expect(view).toMatchObject({
      person: { name: li.name },
      isStaff: true,
      skills: [{ name: '理论宣讲', mastery: 'leads' }],
      languages: says.languages,
      availability: 'more',
      availabilityNote: says.availabilityNote,
      can: { changeOwn: true, confirm: true, ask: true, setOfficial: false, decide: false },
    })
    expect(JSON.stringify(await build.look((db) => db.select().from(talentRecords)))).not.toContain('家里有事')
    const record = async (by: Browser) => json<StaffRecord>(await by.get(`${at}/${li.id}`))
    expect((await record(as.organiser)).availabilityNote).toBe(says.availabilityNote)
    expect((await record(as.department)).availabilityNote).toBe(says.availabilityNote)
    for (const by of [as.siblingSecretary, as.otherOrganiser, as.partySchool, as.applicant, as.stranger])
      expect((await by.get(`${at}/${li.id}`)).status).toBe(404)
  })

  test('a secretary sees who holds an office in the branch, without the words of their time', async () => {
    const member = await build.person(build.branch, { name: '何宣' })
    await build.office(member, build.branch, 'publicityMember')
    await build.look((db) =>
      db.insert(talentRecords).values({
        ...{ tenantId: build.tenantId, personId: member.id },
        availabilityNoteSealed: sealedNote({ encryption }, member.id, '不外传'),
      }),
    )
    const read = async (by: Browser) => (await json<StaffRecord>(await by.get(`${at}/${member.id}`))).availabilityNote
    expect([await read(as.secretary), await read(as.organiser), await read(as.department)]).toEqual([
      null,
      '不外传',
      '不外传',
    ])
    expect(JSON.stringify(await list(as.organiser))).not.toContain('不外传')
  })

  test('hours and certificates are shown where somebody belongs, and not where they hold an office besides', async () => {
    const member = await build.person(build.distant, { name: '宣传员' })
    await build.office(member, build.branch, 'publicityMember')
    const seen = async (by: Browser) => {
      const { hours, certificates } = await json<StaffRecord>(await by.get(`${at}/${member.id}`))
      return [hours?.length, certificates]
    }
    expect([await seen(as.secretary), await seen(as.otherOrganiser)]).toEqual([
      [undefined, null],
      [2, []],
    ])
  })

  test('is no matter of whoever does not do the work', async () => {
    const view = await own(as.applicant)
    expect([view.isStaff, view.can.changeOwn, view.offices]).toEqual([false, false, []])
    expect((await put(as.applicant, '/own', says, 0)).status).toBe(403)
    expect((await as.organiser.get(`${at}/${wang.id}`)).status).toBe(404)
  })

  test('is refused with skills that are not offered, twice the same, and on an older reading', async () => {
    const wrong = async (it: object, revision?: number) =>
      said(await put(as.secretary, '/own', { ...says, ...it }, revision))
    const twice = [
      { skillId: skillId('会议记录'), mastery: 'does' },
      { skillId: skillId('会议记录'), mastery: 'leads' },
    ]
    expect(await wrong({ skills: twice })).toMatchObject({ status: 400, fields: ['skills'] })
    expect(await wrong({ skills: [{ skillId: li.id, mastery: 'does' }] })).toMatchObject({
      status: 400,
      fields: ['skills'],
    })
    expect(
      await wrong({
        languages: [
          { name: '英语', fluency: 'works' },
          { name: '英语', fluency: 'talks' },
        ],
      }),
    ).toMatchObject({
      ...{ status: 400, fields: ['languages'] },
    })
    expect(await wrong({}, 0)).toMatchObject({ status: 412 })
  })

  test('of two at once on the same reading, one holds', async () => {
    const { revision } = await own(as.siblingSecretary)
    const answers = await Promise.all([1, 2].map(() => put(as.siblingSecretary, '/own', says, revision)))
    expect(answers.map((it) => it.status).sort()).toEqual([204, 412])
  })
})

describe('the list of skills', () => {
  test('is edited by the organisation department; what is offered no more stays with who has it', async () => {
    const [, second] = skills
    const it = second ?? skills[0]
    if (!it) throw new Error('there are skills')
    await json(await put(as.siblingSecretary, '/own', { ...says, skills: [{ skillId: it.id, mastery: 'does' }] }), 204)
    const change = { name: it.name, group: it.group, isRetired: true }
    expect((await put(as.organiser, `/skills/${it.id}`, change, 1)).status).toBe(403)
    await json(await put(as.department, `/skills/${it.id}`, change, 1), 204)
    expect((await put(as.department, `/skills/${it.id}`, change, 1)).status).toBe(412)
    const kept = { ...says, skills: [{ skillId: it.id, mastery: 'leads' }] }
    await json(await put(as.siblingSecretary, '/own', kept), 204)
    expect((await put(as.organiser, '/own', kept)).status).toBe(400)
    const twin = { name: skills[0]?.name, group: 'media', isRetired: false }
    const named = { name: '会议记录', group: 'media' }
    expect((await as.department.request('POST', `${at}/skills`, { skills: [named] })).status).toBe(400)
    if (it.id !== skills[0]?.id)
      expect(await said(await put(as.department, `/skills/${it.id}`, twin, 2))).toMatchObject({ fields: ['name'] })
    await json(await put(as.department, `/skills/${it.id}`, { ...change, isRetired: false }, 2), 204)
  })
})

describe('what is official', () => {
  test('is entered by who keeps the record, never by the person, and taken off again', async () => {
    const person = await counsellor('何导')
    const read = async () => json<StaffRecord>(await as.organiser.get(`${at}/${person.id}`))
    expect((await read()).official).toMatchObject({
      employment: 'fullTime',
      duty: 'counsellor',
      by: expect.any(String),
      on: today,
    })
    const fields = { employment: 'partTime', duty: 'counsellor', title: '', since: null }
    expect(await said(await put(as.secretary, `/${li.id}/official`, fields))).toMatchObject({ status: 403 })
    expect((await put(as.otherOrganiser, `/${person.id}/official`, fields, 1)).status).toBe(404)
    expect(await said(await put(as.organiser, `/${person.id}/official`, { ...fields, duty: null }, 1))).toMatchObject({
      fields: ['duty'],
    })
    expect(
      await said(await put(as.organiser, `/${person.id}/official`, { ...fields, since: '2026-11-24' }, 1)),
    ).toMatchObject({ fields: ['since'] })
    const blank = { employment: null, duty: null, title: '', since: null }
    await json(await put(as.organiser, `/${person.id}/official`, blank, 1), 204)
    expect((await list(as.organiser)).items.map((it) => it.person.id)).not.toContain(person.id)
    expect((await read()).isStaff).toBe(false)
  })
})

describe('corrections', () => {
  const ask = (by: Browser, field: string, proposed: string) =>
    by.request('POST', `${at}/own/corrections`, { field, proposed })
  const open = async (by: Browser) => json<OpenCorrections>(await by.get(`${at}/corrections`))
  const answer = (by: Browser, id: string, isGranted: boolean, words = '') =>
    by.request('POST', `${at}/corrections/${id}/answer`, { isGranted, answer: words })

  test('are answered one by one by who keeps the record, and what is granted holds at once', async () => {
    await json(
      await put(
        as.organiser,
        `/${li.id}/official`,
        { employment: 'partTime', duty: 'counsellor', title: '', since: null },
        (await own(as.secretary)).revision,
      ),
      204,
    )
    const { id } = await json<{ id: string }>(await ask(as.secretary, 'title', '2024 级辅导员'), 201)
    expect(await said(await ask(as.secretary, 'title', '别的'))).toMatchObject({ status: 409 })
    expect((await open(as.secretary)).items).toEqual([])
    const [waiting] = (await open(as.organiser)).items
    expect(waiting).toMatchObject({ id, field: 'title', proposed: '2024 级辅导员', person: { id: li.id }, present: '' })
    expect((await open(as.otherOrganiser)).items).toEqual([])
    expect((await answer(as.secretary, id, true)).status).toBe(403)
    expect((await answer(as.siblingSecretary, id, true)).status).toBe(404)
    expect(await said(await answer(as.organiser, id, false))).toMatchObject({ status: 400, fields: ['answer'] })
    await json(await answer(as.organiser, id, true), 204)
    expect((await answer(as.department, id, false, '不对')).status).toBe(409)
    const view = await own(as.secretary)
    expect([view.official.title, view.corrections[0]?.isGranted]).toEqual(['2024 级辅导员', true])
  })

  test('of what other modules keep are answered only, and refused ones say why', async () => {
    const { id } = await json<{ id: string }>(await ask(as.secretary, 'office', '任职从 2024 年起'), 201)
    const before = (await own(as.secretary)).official
    await json(await answer(as.organiser, id, false, '请以任职文件为准'), 204)
    const view = await own(as.secretary)
    expect([view.official, view.corrections[0]?.answer]).toEqual([before, '请以任职文件为准'])
  })

  test.each([
    ['employment', '全职'],
    ['duty', '老师'],
    ['since', '去年'],
    ['since', '2026-11-24'],
    ['title', '一'.repeat(41)],
    ['office', '  '],
  ])('of %s that say “%s” are refused at the field', async (field, proposed) => {
    expect(await said(await ask(as.secretary, field, proposed))).toMatchObject({ status: 400, fields: ['proposed'] })
  })

  test('can be taken back until they are answered', async () => {
    const { id } = await json<{ id: string }>(await ask(as.secretary, 'training', '漏登一次'), 201)
    const back = (by: Browser) => by.request('DELETE', `${at}/own/corrections/${id}`)
    expect((await back(as.siblingSecretary)).status).toBe(404)
    await json(await back(as.secretary), 204)
    expect((await back(as.secretary)).status).toBe(404)
  })
})

describe('kept fresh', () => {
  test('the card asks once in each half-year', async () => {
    const asked = async () => (await json<{ isAsked: boolean }>(await as.organiser.get(`${at}/own/card`))).isAsked
    expect(await asked()).toBe(true)
    const { revision } = await own(as.organiser)
    const confirm = (of: number) =>
      as.organiser.request('POST', `${at}/own/confirmation`, undefined, { 'if-match': `"${of}"` })
    expect((await confirm(revision + 1)).status).toBe(412)
    await json(await confirm(revision), 204)
    expect([await asked(), (await own(as.organiser)).confirmedOn]).toEqual([false, today])
    const confirmedOn = async (on: `${number}-${number}-${number}`) => {
      const personId = (await own(as.organiser)).person.id
      await build.look((db) =>
        db
          .update(talentRecords)
          .set({ confirmedOn: on })
          .where(and(eq(talentRecords.tenantId, build.tenantId), eq(talentRecords.personId, personId))),
      )
      return asked()
    }
    expect([await confirmedOn('2026-07-31'), await confirmedOn('2026-08-01')]).toEqual([true, false])
    expect((await json<{ isAsked: boolean }>(await as.applicant.get(`${at}/own/card`))).isAsked).toBe(false)
  })

  test('who has opened a record is written down once a day, and shown to the person alone', async () => {
    const opened = async () => (await own(as.siblingSecretary)).readings?.length
    const before = (await opened()) ?? 0
    await as.organiser.get(`${at}/${zhao.id}`)
    await as.organiser.get(`${at}/${zhao.id}`)
    await as.department.get(`${at}/${zhao.id}`)
    await as.siblingSecretary.get(`${at}/${zhao.id}`)
    expect(await opened()).toBe(before + 2)
    expect((await json<StaffRecord>(await as.organiser.get(`${at}/${zhao.id}`))).readings).toBeNull()
  })

  test('what people say stands in no row of the journal', async () => {
    const rows = await build.look((db) => db.select({ details: journal.details }).from(journal))
    expect(JSON.stringify(rows)).not.toMatch(/家里有事|英语|请以任职文件为准|漏登一次/)
  })
})

describe('the list', () => {
  test('holds what a slow count finds, for each who keeps files, by name', async () => {
    const { other } = build
    const kinds = ['orgMember', 'disciplineMember', 'publicityMember'] as const
    for (let number = 0; number < 24; number++) {
      const home = [build.branch, build.sibling, build.distant][number % 3] ?? build.branch
      const person = await build.person(home, { name: `周${'甲乙丙丁戊己庚辛'.charAt(number % 8)}${number}` })
      const until = number % 5 === 0 ? ({ from: '2024-01-01', until: '2026-11-22' } as const) : undefined
      const planned = number % 7 === 0 ? ({ from: '2027-01-01' } as const) : undefined
      const period = until ?? planned ?? ({ from: '2025-01-01', until: '2026-11-23' } as const)
      if (number % 4 !== 3)
        await build.office(person, number % 2 === 0 ? home : other, kinds[number % 3] ?? 'orgMember', period)
      if (number % 6 === 0)
        await build.look((db) =>
          db
            .insert(talentRecords)
            .values({ tenantId: build.tenantId, personId: person.id, employment: 'student', duty: 'studentCadre' }),
        )
    }
    const [people, held, records] = await build.look(async (db) => [
      await db.select().from(persons).where(eq(persons.tenantId, build.tenantId)),
      await db.select().from(offices).where(eq(offices.tenantId, build.tenantId)),
      await db.select().from(talentRecords).where(eq(talentRecords.tenantId, build.tenantId)),
    ])
    const slow = (root: string) => {
      const found: string[] = []
      for (const person of people) {
        const present = held.filter((it) => it.personId === person.id && (it.until === null || it.until >= today))
        const isEntered = records.some((it) => it.personId === person.id && it.employment !== null)
        const lives = person.path.startsWith(root)
        if ((lives && (present.length > 0 || isEntered)) || present.some((it) => it.path.startsWith(root)))
          found.push(person.id)
      }
      return found.sort()
    }
    for (const [by, root] of [
      [as.department, build.university.path],
      [as.organiser, build.college.path],
      [as.otherOrganiser, other.path],
      [as.secretary, build.branch.path],
    ] as const) {
      const { items, total } = await list(by)
      expect(items.map((it) => it.person.id).sort()).toEqual(slow(root))
      expect(total).toBe(items.length)
      expect(items.map((it) => it.offices.length)).toEqual(
        items.map(
          (it) =>
            held.filter((one) => one.personId === it.person.id && (one.until === null || one.until >= today)).length,
        ),
      )
      const several = await list(by, '&only=several')
      expect(several.items.map((it) => it.person.id)).toEqual(
        items.filter((it) => it.offices.length > 1).map((it) => it.person.id),
      )
      const stale = await list(by, '&only=stale')
      expect(stale.items.map((it) => it.person.id)).toEqual(items.filter((it) => it.isStale).map((it) => it.person.id))
    }
  })

  test('is paged without gaps, in as many statements however long it is', async () => {
    const whole = await list(as.department)
    const ids: string[] = []
    let cursor = ''
    do {
      const page = await json<StaffList>(await as.department.get(`${at}?limit=7${cursor && `&cursor=${cursor}`}`))
      ids.push(...page.items.map((it) => it.person.id))
      cursor = page.next ?? ''
    } while (cursor !== '')
    expect(ids).toEqual(whole.items.map((it) => it.person.id))
    const few = await statementsOf(() => as.department.get(`${at}?limit=1`))
    expect(await statementsOf(() => as.department.get(`${at}?limit=200`))).toBe(few)
  })

  test('is narrowed by organisation, post, skill and time; elsewhere it is refused', async () => {
    const names = async (query: string) => (await list(as.organiser, query)).items.map((it) => it.person.name)
    expect(await names(`&skillId=${skillId('理论宣讲')}&availability=more`)).toContain(li.name)
    expect(await names('&duty=counsellor&employment=fullTime')).not.toContain(li.name)
    expect(await names(`&organizationId=${build.sibling.id}`)).not.toContain(li.name)
    expect((await as.organiser.get(`${at}?organizationId=${build.distant.id}`)).status).toBe(403)
    expect((await as.partySchool.get(at)).status).toBe(403)
  })

  test('is written out for whoever keeps it, and that is recorded', async () => {
    const file = await as.organiser.request('POST', `${at}/exports`, {})
    expect([file.status, file.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheet')])
    const own = await as.secretary.request('POST', `${at}/own/exports`, { form: 'word' })
    expect([own.status, own.headers.get('content-type')]).toEqual([200, expect.stringContaining('wordprocessing')])
    const events = await build.look((db) => db.select({ event: journal.event }).from(journal))
    expect(events.map((it) => it.event)).toEqual(expect.arrayContaining(['talent.exported', 'talent.own-exported']))
  })
})

test('the hours are those of the sessions at which somebody was, year by year', async () => {
  const { tenantId } = build
  const programmeId = build.college.id
  const attended = [
    { on: '2026-03-01', hours: 2, attendance: 'present' },
    { on: '2026-12-31', hours: 1.5, attendance: 'madeUp' },
    { on: '2026-04-01', hours: 4, attendance: 'absent' },
    { on: '2025-12-31', hours: 3, attendance: 'present' },
    { on: '2024-12-31', hours: 8, attendance: 'present' },
  ] as const
  await build.look(async (db) => {
    const { organizationId, path } = { organizationId: build.college.id, path: build.college.path }
    await db.insert(trainingProgrammes).values({
      ...{ tenantId, id: programmeId, organizationId, path, title: '支委培训班', audience: 'committeeMembers' },
      ...{
        year: 2026,
        term: 'spring',
        summary: '',
        admission: { byNomination: false, bySignUp: false, untilOn: null },
      },
      ...{ stages: [], folded: '', createdBy: '何' },
    })
    for (const [number, { on, hours, attendance }] of attended.entries()) {
      const sessionId = `00000000-0000-7000-8000-00000000000${number}`
      await db.insert(trainingSessions).values({
        ...{
          tenantId,
          id: sessionId,
          programmeId,
          path,
          title: '一课',
          on,
          hours,
          category: 'skills',
          form: 'rotation',
        },
        ...{ lecturers: [], place: '', link: '', materials: [] },
      })
      await db
        .insert(trainingAttendances)
        .values({ tenantId, sessionId, path, personId: li.id, attendance, recordedBy: '何', note: '' })
    }
  })
  expect((await own(as.secretary)).hours).toEqual([
    { year: 2026, hours: 3.5 },
    { year: 2025, hours: 3 },
  ])
})
