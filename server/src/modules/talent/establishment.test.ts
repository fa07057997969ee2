import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { statementsOf, today } from '../../../test/factories.ts'
import { offices, terms } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import type { Establishment, PostFields, PostList } from './post-schema.ts'
import type { SkillList, StaffRecord } from './schema.ts'
import { talentHoldings, talentPersonSkills, talentPosts, talentRecords } from './tables.ts'

const app = await testApp()
const { build } = app
const { tenantId } = build
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
const posts = async (by: Browser) => (await json<PostList>(await by.get(`${at}/posts`))).items
const read = async (by: Browser) => json<Establishment>(await by.get(`${at}/establishment`))
const unitOf = async (by: Browser, id: string) => (await read(by)).units.find((it) => it.organization.id === id)

const names = ['党课讲授', '公众号编辑', '数据整理', '谈心谈话']
await json(
  await as.department.request('POST', `${at}/skills`, { skills: names.map((name) => ({ name, group: 'media' })) }),
  204,
)
const { items: skills } = await json<SkillList>(await as.department.get(`${at}/skills`))
const skillId = (name: string) => skills.find((it) => it.name === name)?.id ?? ''
const post: PostFields = {
  ...{ title: '新媒体编辑', duty: 'studentCadre', employment: 'student', places: 2, about: '' },
  skillIds: [skillId('公众号编辑')],
}
const setUp = async (by: Browser, organizationId: string, part: Partial<PostFields> = {}) =>
  (await json<{ id: string }>(await by.request('POST', `${at}/posts`, { ...post, ...part, organizationId }), 201)).id
const fill = (by: Browser, postId: string, personId: string, fromOn = today) =>
  by.request('POST', `${at}/posts/${postId}/holders`, { personId, fromOn })
const revised = (by: Browser, method: string, path: string, body: unknown, revision = 1) =>
  by.request(method, `${at}${path}`, body, { 'if-match': `"${revision}"` })

describe('posts', () => {
  test('are set up, filled and left; who holds one does the work', async () => {
    const postId = await setUp(as.organiser, build.branch.id)
    const person = await build.person(build.branch, { name: '何岗' })
    const { id: holdingId } = await json<{ id: string }>(await fill(as.organiser, postId, person.id), 201)
    const [it] = (await posts(as.secretary)).filter((one) => one.id === postId)
    expect(it).toMatchObject({
      vacant: 1,
      skills: ['公众号编辑'],
      holders: [{ person: { name: '何岗' }, fromOn: today }],
    })
    const record = await json<StaffRecord>(await as.organiser.get(`${at}/${person.id}`))
    expect(record.official).toMatchObject({
      employment: 'student',
      duty: 'studentCadre',
      title: '新媒体编辑',
      since: today,
    })

    expect(await said(await fill(as.organiser, postId, person.id))).toMatchObject({ status: 400, fields: ['personId'] })
    expect(
      await said(await revised(as.organiser, 'POST', `/posts/${postId}/closing`, { reason: '不再需要' })),
    ).toMatchObject({ status: 409 })
    const leave = (on: string) =>
      as.organiser.request('POST', `${at}/posts/${postId}/holders/${holdingId}/ending`, { on })
    expect(await said(await leave('2026-11-22'))).toMatchObject({ status: 400, fields: ['on'] })
    await json(await leave(today), 204)
    expect((await posts(as.organiser)).find((one) => one.id === postId)?.holders[0]?.untilOn).toBe(today)
  })

  test('take no more than their places, nobody twice, and nobody by themselves', async () => {
    const postId = await setUp(as.organiser, build.branch.id, { places: 1 })
    expect((await fill(as.secretary, postId, build.li.id)).status).toBe(403)
    expect((await fill(as.secretary, postId, build.sun.id)).status).toBe(404)
    const answers = await Promise.all([build.wang.id, build.li.id].map((id) => fill(as.organiser, postId, id)))
    expect(answers.map((it) => it.status).sort()).toEqual([201, 409])
  })

  test('are kept by whoever keeps the files there, and changed as they were read', async () => {
    const postId = await setUp(as.otherOrganiser, build.distant.id)
    expect((await posts(as.organiser)).map((it) => it.id)).not.toContain(postId)
    expect((await revised(as.organiser, 'PUT', `/posts/${postId}`, post)).status).toBe(404)
    expect(
      (await as.organiser.request('POST', `${at}/posts`, { ...post, organizationId: build.distant.id })).status,
    ).toBe(403)
    expect((await as.partySchool.get(`${at}/posts`)).status).toBe(403)
    await json(await revised(as.otherOrganiser, 'PUT', `/posts/${postId}`, { ...post, places: 3 }), 204)
    expect((await revised(as.otherOrganiser, 'PUT', `/posts/${postId}`, post)).status).toBe(412)
    expect(
      await said(await revised(as.otherOrganiser, 'PUT', `/posts/${postId}`, { ...post, skillIds: [build.li.id] }, 2)),
    ).toMatchObject({ fields: ['skillIds'] })
    await json(await revised(as.otherOrganiser, 'POST', `/posts/${postId}/closing`, { reason: '不再需要' }, 2), 204)
    expect((await posts(as.otherOrganiser)).map((it) => it.id)).not.toContain(postId)
  })
})

describe('what is needed and what there is', () => {
  test('is what a slow count finds, school by school', async () => {
    const homes = [build.branch, build.sibling, build.distant, build.college]
    for (let number = 0; number < 30; number++) {
      const home = homes[number % 4] ?? build.branch
      const person = await build.person(home, { name: `吴${number}` })
      if (number % 3 !== 0)
        await build.office(person, homes[(number + 1) % 4] ?? home, 'orgMember', {
          from: '2025-01-01',
          ...(number % 5 === 0 ? { until: '2026-11-22' as const } : {}),
        })
      const [employment, duty] = [
        number % 2 === 0 ? 'fullTime' : 'partTime',
        number % 4 === 0 ? 'counsellor' : 'organiser',
      ] as const
      await build.look(async (db) => {
        if (number % 7 !== 0) await db.insert(talentRecords).values({ tenantId, personId: person.id, employment, duty })
        for (const [place, name] of names.entries())
          if ((number + place) % 9 === 0)
            await db
              .insert(talentPersonSkills)
              .values({ tenantId, personId: person.id, skillId: skillId(name), mastery: 'does' })
      })
    }
    await setUp(as.otherOrganiser, build.distant.id, {
      skillIds: [skillId('党课讲授'), skillId('数据整理')],
      places: 4,
    })
    await setUp(as.organiser, build.college.id, { skillIds: names.map(skillId), places: 5 })
    const data = await build.look(async (db) => ({
      people: await db.select().from(persons).where(eq(persons.tenantId, tenantId)),
      offices: await db.select().from(offices).where(eq(offices.tenantId, tenantId)),
      records: await db.select().from(talentRecords).where(eq(talentRecords.tenantId, tenantId)),
      skills: await db.select().from(talentPersonSkills).where(eq(talentPersonSkills.tenantId, tenantId)),
      posts: await db.select().from(talentPosts).where(eq(talentPosts.tenantId, tenantId)),
      holdings: await db.select().from(talentHoldings).where(eq(talentHoldings.tenantId, tenantId)),
    }))
    const heldBy = (id: string) =>
      data.offices.filter((it) => it.personId === id && (it.until === null || it.until >= today))
    const staffOf = (root: string) =>
      data.people.filter((person) => {
        const held = heldBy(person.id)
        const record = data.records.find((it) => it.personId === person.id)
        const isStaff = held.length > 0 || (record?.employment ?? null) !== null
        return isStaff && (person.path.startsWith(root) || held.some((it) => it.path.startsWith(root)))
      })
    for (const unit of [build.university, build.college, build.other]) {
      const staff = staffOf(unit.path)
      const open = data.posts.filter((it) => it.path.startsWith(unit.path) && it.closedAt === null)
      const expected = names
        .map((name) => {
          const needed = open
            .filter((it) => it.skillIds.includes(skillId(name)))
            .reduce((sum, it) => sum + it.places, 0)
          const having = staff.filter((it) =>
            data.skills.some((one) => one.personId === it.id && one.skillId === skillId(name)),
          )
          const [only] = having
          return { name, needed, present: having.length, onlyOne: having.length === 1 ? only?.name : undefined }
        })
        .filter((it) => it.needed > 0)
      const shown = await unitOf(as.department, unit.id)
      expect(
        shown?.gaps
          .map(({ name, needed, present, onlyOne }) => ({ name, needed, present, onlyOne: onlyOne?.name }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      ).toEqual(expected.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
      const counted = (duty: string) =>
        staff.filter((it) =>
          data.records.some((one) => one.personId === it.id && one.employment === 'fullTime' && one.duty === duty),
        ).length
      expect(shown?.measures.find((it) => it.of === 'counsellors')?.present).toBe(counted('counsellor'))
      const other =
        unit === build.university
          ? ['staff', counted('counsellor') + counted('organiser')]
          : ['organisers', counted('organiser')]
      expect(shown?.measures.find((it) => it.of === other[0])?.present).toBe(other[1])
      expect(shown?.places).toBe(open.reduce((sum, it) => sum + it.places, 0))
      expect(shown?.held).toBe(
        data.holdings.filter(
          (it) =>
            open.some((one) => one.id === it.postId) &&
            it.fromOn <= today &&
            (it.untilOn === null || it.untilOn >= today),
        ).length,
      )
    }
    const several = (await read(as.department)).several.map((it) => it.person.id).sort()
    expect(several).toEqual(
      data.people
        .map((it) => it.id)
        .filter((id) => heldBy(id).filter((it) => it.from <= today).length >= 3)
        .sort(),
    )
  })

  test('shows whoever keeps a part that part only, in as many statements as to whoever keeps the whole', async () => {
    const units = async (by: Browser) => (await read(by)).units.map((it) => it.organization.name)
    expect(await units(as.organiser)).toEqual([build.college.name])
    expect(await units(as.secretary)).toEqual([build.branch.name])
    // The regulations ask a school for an organiser, never a branch, wherever it stands.
    expect((await unitOf(as.secretary, build.branch.id))?.measures).toEqual([])
    expect((await unitOf(as.organiser, build.college.id))?.measures.map((it) => it.of)).toEqual([
      'organisers',
      'counsellors',
    ])
    expect(await units(as.department)).toEqual([build.university.name, build.college.name, build.other.name])
    expect((await as.partySchool.get(`${at}/establishment`)).status).toBe(403)
    const few = await statementsOf(() => as.organiser.get(`${at}/establishment`))
    expect(await statementsOf(() => as.department.get(`${at}/establishment`))).toBe(few)
  })

  test('measures by the numbers that the university has entered, with where they come from', async () => {
    const path = `/establishment/headcounts/${build.other.id}`
    const numbers = { students: 401, people: 450, asOf: today, source: '学校年报' }
    expect(await said(await revised(as.department, 'PUT', path, { ...numbers, people: 400 }, 0))).toMatchObject({
      fields: ['people'],
    })
    expect(await said(await revised(as.department, 'PUT', path, { ...numbers, asOf: '2026-11-24' }, 0))).toMatchObject({
      fields: ['asOf'],
    })
    expect((await revised(as.organiser, 'PUT', path, numbers, 0)).status).toBe(403)
    await json(await revised(as.otherOrganiser, 'PUT', path, numbers, 0), 204)
    expect((await revised(as.department, 'PUT', path, numbers, 0)).status).toBe(412)
    const unit = await unitOf(as.department, build.other.id)
    expect(unit?.headcount).toEqual({ ...numbers, revision: 1 })
    expect(unit?.measures.find((it) => it.of === 'counsellors')).toMatchObject({ wanted: 3, isToVerify: true })
  })

  test('names what ends within a year, and not a day later', async () => {
    const ends = [
      [build.sibling, '2026-11-22', true],
      [build.branch, '2027-11-23', false],
      [build.distant, '2027-11-24', null],
    ] as const
    await build.look((db) =>
      db.insert(terms).values(
        ends.map(([{ id, path }, until], number) => ({
          ...{
            tenantId,
            id: `00000000-0000-7000-8000-00000000010${number}`,
            organizationId: id,
            path,
            from: '2024-01-01' as const,
            until,
          },
        })),
      ),
    )
    const { endings } = await read(as.department)
    const shown = endings.filter((it) => it.kind === 'term').map((it) => [it.organization.id, it.on, it.isOver])
    expect(shown).toEqual(ends.filter((it) => it[2] !== null).map(([{ id }, on, isOver]) => [id, on, isOver]))
  })
})

test('a gap begins a training, which nobody sees until it is announced', async () => {
  const wanted = { organizationId: build.college.id, skillId: skillId('党课讲授') }
  const propose = (by: Browser) => by.request('POST', `${at}/establishment/trainings`, wanted)
  expect((await propose(as.otherOrganiser)).status).toBe(403)
  const { id } = await json<{ id: string }>(await propose(as.organiser), 201)
  expect(await json(await as.organiser.get(`/api/training/${id}`))).toMatchObject({
    title: '党课讲授培训班',
    state: 'planned',
    year: 2026,
    term: 'autumn',
  })
  expect((await as.applicant.get(`/api/training/${id}`)).status).toBe(404)
})
