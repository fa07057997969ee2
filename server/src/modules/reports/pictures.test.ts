import { addDays, type Day, stages } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { type BuiltOrganization, statementsOf, today } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { activityKindNames } from '../activities/names-schema.ts'
import { blankPlan } from '../activities/schema.ts'
import { activities } from '../activities/tables.ts'
import { developmentDues, developmentStandings } from '../development/tables.ts'
import { offices } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { availabilityNames, dutyNames, employmentNames } from '../talent/names-schema.ts'
import { talentRecords } from '../talent/tables.ts'
import { trainingProgrammes, trainingSessions } from '../training/tables.ts'
import { type PictureList, pictureColumns } from './picture-names-schema.ts'
import type { Picture } from './schema.ts'

const app = await testApp()
const { build } = app
const { tenantId, university, college, branch, sibling, distant } = build
const as = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}
const draw = async (list: PictureList, query: Record<string, string> = {}, by = as.department) =>
  json<Picture>(await by.get(`/api/reports/pictures/${list}?${new URLSearchParams(query)}`))
const said = async (response: Response) => {
  const { detail } = await response.json()
  return [response.status, detail]
}

/** The same numbers in each run. */
let seed = 11
const dice = (sides: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * sides)
}
const oneOf = <Item>(items: readonly Item[]): Item => items[dice(items.length)] as Item
const keysOf = <Key extends string>(names: Readonly<Record<Key, string>>) => Object.keys(names) as Key[]

const people = Array.from({ length: 240 }, (_, number) => {
  const at = oneOf([branch, sibling, distant, college, branch])
  return {
    ...{ id: newId(), at, number, kind: oneOf(['undergraduate', 'teacher', null] as const) },
    ...{ sex: oneOf(['male', 'female', null] as const), grade: oneOf(['2023级', '2024级', '', null]) },
    ...{ isMobile: oneOf([true, false]), education: oneOf(['本科', null]) },
    ...{ enrolledOn: oneOf(['2023-09', '2024-09-01', null] as const), leavesOn: oneOf(['2027-06-30', null] as const) },
    ...{ stage: oneOf([...stages, null]), nextKind: oneOf(['review', 'oath', null] as const), errorCount: dice(2) },
    ...{ latestOn: oneOf([null, ...[-1, 0, 30, 31, 200].map((days) => addDays(today, days))]), isDue: dice(2) === 0 },
    ...{
      isStaff: dice(4) === 0,
      employment: oneOf([...keysOf(employmentNames), null]),
      duty: oneOf(keysOf(dutyNames)),
    },
    availability: oneOf([...keysOf(availabilityNames), null]),
    confirmedOn: oneOf([null, '2026-07-31', '2026-08-01'] as const),
  }
})
const held = (it: { at: BuiltOrganization }) => ({ tenantId, organizationId: it.at.id, path: it.at.path })
await build.look(async (db) => {
  await db.insert(persons).values(
    people.map((it) => ({
      ...{ ...held(it), id: it.id, name: `某某${it.number}`, pinyin: it.id, initials: 'mm' },
      ...{ kind: it.kind, sex: it.sex, grade: it.grade, isMobile: it.isMobile, education: it.education },
      ...{ enrolledOn: it.enrolledOn, leavesOn: it.leavesOn },
    })),
  )
  await db.insert(developmentStandings).values(
    people.map(({ id: personId, at, stage, nextKind, errorCount, latestOn }) => ({
      ...{ tenantId, personId, path: at.path, pinyin: personId, stage, nextKind, errorCount, warningCount: 0 },
      ...{ nextLatestOn: latestOn, restatedOn: today },
    })),
  )
  await db.insert(developmentDues).values(
    people
      .filter((it) => it.isDue)
      .map(({ id: personId, at, latestOn, number }) => ({
        ...{ tenantId, personId, path: at.path, kind: number % 2 === 0 ? ('review' as const) : ('oath' as const) },
        ...{
          step: 1,
          waitingOn: number % 3 === 0 ? ('partyCommittee' as const) : ('branchCommittee' as const),
          latestOn,
        },
      })),
  )
  const staff = people.filter((it) => it.isStaff)
  await db.insert(talentRecords).values(
    staff.map((it) => ({
      ...{ ...held(it), personId: it.id, employment: it.employment, duty: it.duty },
      ...{ availability: it.availability, confirmedOn: it.confirmedOn },
    })),
  )
  await db.insert(offices).values(
    staff.map((it) => ({
      ...{ tenantId, id: newId(), organizationId: branch.id, path: branch.path, personId: it.id, personName: '某某' },
      ...{ office: 'orgMember' as const, from: '2025-09-01' as Day, until: oneOf([null, addDays(today, -1), today]) },
    })),
  )
  await db.insert(activities).values(
    Array.from({ length: 80 }, (_, number) => {
      const fromOn = oneOf([null, addDays(today, dice(400) - 300)])
      const at = oneOf([university, college, branch, sibling])
      return {
        ...{
          ...held({ at }),
          id: newId(),
          kind: oneOf(keysOf(activityKindNames)),
          title: `活动${number}`,
          summary: '',
        },
        ...{
          folded: `活动${number}`,
          place: '',
          link: '',
          speaker: '',
          aboutSpeaker: '',
          plan: blankPlan,
          attachments: [],
          fromOn,
          createdBy: '某某',
        },
        ...{ announcedAt: dice(5) > 0 ? new Date() : null, cancelledAt: dice(6) === 0 ? new Date() : null },
      }
    }),
  )
  const programmes = Array.from({ length: 40 }, (_, number) => ({
    ...{
      ...held({ at: oneOf([university, college, branch]) }),
      id: newId(),
      number,
      title: `培训${number}`,
      folded: `培训${number}`,
    },
    ...{ audience: oneOf(['activists', 'members'] as const), year: oneOf([2025, 2026]), summary: '' },
    ...{
      term: oneOf(['spring', 'autumn', 'year'] as const),
      createdBy: '某某',
      admission: { byNomination: false, bySignUp: false, untilOn: null },
      stages: [],
      lastSeq: 0,
    },
    ...{ announcedAt: dice(5) > 0 ? new Date() : null, cancelledAt: dice(6) === 0 ? new Date() : null },
  }))
  await db.insert(trainingProgrammes).values(programmes.map(({ number: _, ...it }) => it))
  await db.insert(trainingSessions).values(
    programmes.map(({ id: programmeId, path, number }) => ({
      ...{ tenantId, path, programmeId, id: newId(), title: '课', on: addDays(today, (number % 3) - 1), hours: 2 },
      ...{
        category: 'theory' as const,
        form: 'partyLecture' as const,
        lecturers: [],
        place: '',
        link: '',
        materials: [],
      },
    })),
  )
})

// What the database knows of its rows after a night.
await app.database.asOwner((db) => db.execute(sql`analyze`))

/** Where the rows of each list are read, and the questions that its page asks. */
const lists: Record<PictureList, { at: string; asked: Record<string, string>[] }> = {
  people: {
    at: '/api/people',
    asked: [
      {},
      { organizationId: college.id },
      { kind: 'teacher' },
      { isMobile: 'true', organizationId: branch.id },
      { grade: '2023级' },
      { q: '某某1' },
      { q: '谁也不是' },
    ],
  },
  files: {
    at: '/api/development/files',
    asked: [
      {},
      { stage: 'activist' },
      { next: 'review', organizationId: college.id },
      { only: 'overdue' },
      { only: 'findings', organizationId: sibling.id },
      { q: '某某2' },
    ],
  },
  dues: {
    at: '/api/development/dues',
    asked: [
      { whose: 'all' },
      {},
      { whose: 'branches' },
      { whose: 'all', kind: 'oath' },
      { whose: 'all', only: 'overdue', organizationId: college.id },
      { whose: 'all', withinDays: '30' },
    ],
  },
  staff: {
    at: '/api/talent',
    asked: [
      {},
      { employment: 'partTime' },
      { organizationId: college.id },
      { availability: 'more', only: 'stale' },
      { only: 'several' },
    ],
  },
  activities: {
    at: '/api/activities',
    asked: [
      { only: 'coming' },
      { only: 'past' },
      { only: 'own' },
      { only: 'past', kind: 'lecture' },
      { only: 'past', q: '动1' },
    ],
  },
  programmes: {
    at: '/api/training',
    asked: [{}, { only: 'own' }, { only: 'past' }, { audience: 'members' }, { organizationId: college.id }],
  },
}

interface Listed {
  items: Record<string, unknown>[]
  total?: number
  next?: string
}

async function rowsOf(list: PictureList, asked: Record<string, string>, by: Browser) {
  const rows: Record<string, unknown>[] = []
  let total: number | undefined
  for (let cursor = ''; ; ) {
    const query = new URLSearchParams({ ...asked, limit: '200', ...(cursor && { cursor }) })
    const page = await json<Listed>(await by.get(`${lists[list].at}?${query}`))
    rows.push(...page.items)
    total ??= page.total
    if (page.next === undefined) return { rows, count: total ?? rows.length }
    cursor = page.next
  }
}

const sumOf = (it: Picture) => it.rows.flatMap((row) => row.values).reduce((sum, one) => sum + one, 0)

describe('a picture counts what its list lists', () => {
  test.each(Object.keys(lists) as PictureList[])('%s, by every column, as it is narrowed', async (list) => {
    let most = 0
    for (const actor of ['department', 'organiser', 'secretary'] as const)
      for (const asked of lists[list].asked) {
        if (asked.organizationId !== undefined && list === 'staff' && actor === 'secretary') continue
        const { count } = await rowsOf(list, asked, as[actor])
        most = Math.max(most, count)
        for (const by of Object.keys(pictureColumns[list])) {
          const it = await draw(list, { ...asked, by }, as[actor])
          expect([actor, asked, by, sumOf(it)]).toEqual([actor, asked, by, count])
        }
      }
    expect(most).toBeGreaterThan(15)
  })

  /** What a row of the list itself shows of a column. */
  const shown: [PictureList, string, (it: never) => string][] = [
    ['people', 'kind', (it: { kind: string | null }) => it.kind ?? 'none'],
    ['people', 'sex', (it: { sex: string | null }) => it.sex ?? 'none'],
    ['people', 'grade', (it: { grade: string | null }) => it.grade || 'none'],
    ['people', 'isMobile', (it: { isMobile: boolean | null }) => (it.isMobile ? 'yes' : 'no')],
    ['files', 'stage', (it: { stage: string | null }) => it.stage ?? 'none'],
    ['files', 'next', (it: { next: { kind: string } | null }) => it.next?.kind ?? 'none'],
    ['files', 'isFound', (it: { errorCount: number }) => (it.errorCount > 0 ? 'yes' : 'no')],
    ['staff', 'employment', (it: { employment: string | null }) => it.employment ?? 'none'],
    ['staff', 'duty', (it: { duty: string | null }) => it.duty ?? 'none'],
    ['staff', 'availability', (it: { availability: string | null }) => it.availability ?? 'none'],
    [
      'staff',
      'isConfirmed',
      (it: { confirmedOn: string | null }) => ((it.confirmedOn ?? '') >= '2026-08-01' ? 'yes' : 'no'),
    ],
    ['activities', 'kind', (it: { kind: string }) => it.kind],
    ['activities', 'organization', (it: { organization: { id: string } }) => it.organization.id],
    ['activities', 'month', (it: { fromOn: string | null }) => it.fromOn?.slice(0, 7) ?? 'none'],
    ['activities', 'isCancelled', (it: { state: string }) => (it.state === 'cancelled' ? 'yes' : 'no')],
    ['programmes', 'audience', (it: { audience: string }) => it.audience],
    ['programmes', 'term', (it: { term: string }) => it.term],
    ['programmes', 'year', (it: { year: number }) => String(it.year)],
  ]
  test.each(shown)('%s by %s, each bar as a slow count of the rows has it', async (list, by, keyOf) => {
    for (const asked of lists[list].asked) {
      const { rows } = await rowsOf(list, asked, as.department)
      const slow = Map.groupBy(rows as never[], keyOf)
      const it = await draw(list, { ...asked, by })
      expect(
        Object.fromEntries(it.rows.filter((row) => row.values[0] !== 0).map((row) => [row.key, row.values])),
      ).toEqual(Object.fromEntries([...slow].map(([key, of]) => [key, [of.length]])))
    }
  })
})

test('organisations are counted with all below them, for whom the list is narrowed to one and for whom it is not', async () => {
  const of = (at: BuiltOrganization) => people.filter((it) => it.at.path.startsWith(at.path)).length
  const own = (at: BuiltOrganization) => people.filter((it) => it.at === at).length
  const lines = async (query: Record<string, string>, by?: Browser) =>
    (await draw('people', { by: 'organization', q: '某某', ...query }, by)).rows.map((it) => [it.label, ...it.values])
  expect(await lines({ organizationId: college.id })).toEqual([
    [branch.name, of(branch)],
    [sibling.name, of(sibling)],
    ['本级', own(college)],
  ])
  expect((await lines({})).slice(0, 2)).toEqual([
    [college.name, of(college)],
    [build.other.name, of(build.other)],
  ])
  // Whoever reads one branch has one line.
  expect(await lines({}, as.secretary)).toEqual([[branch.name, of(branch)]])
  expect(await lines({ organizationId: college.id }, as.secretary)).toEqual([
    [branch.name, of(branch)],
    [sibling.name, 0],
  ])
})

test('bars are divided by a second column, and each part is what both say', async () => {
  const it = await draw('files', { q: '某某', by: 'stage', along: 'isFound' })
  expect(it.columns).toEqual([
    { key: 'yes', label: '有疑点' },
    { key: 'no', label: '没有疑点' },
  ])
  for (const { key, values } of it.rows)
    expect([key, ...values]).toEqual([
      key,
      ...[1, 0].map(
        (count) => people.filter((one) => (one.stage ?? 'none') === key && one.errorCount === count).length,
      ),
    ])
})

test('months follow one another, with those in which nothing lies', async () => {
  const it = await draw('dues', { whose: 'all', by: 'month' })
  expect(it.rows.map((row) => row.label)).toEqual([
    ...['2026年11月', '2026年12月', '2027年1月', '2027年2月', '2027年3月', '2027年4月', '2027年5月', '2027年6月'],
    '没有登记',
  ])
  expect(it.rows[2]?.values).toEqual([0])
})

test('whoever may not read a list sees no picture of it, and what it does not know is refused in words', async () => {
  for (const list of ['people', 'files', 'dues', 'staff'] as const)
    for (const actor of ['applicant', 'stranger', 'sysadmin', 'publicity'] as const)
      expect([list, actor, (await as[actor].get(`/api/reports/pictures/${list}`)).status]).toEqual([list, actor, 403])
  const asked = (rest: string) => as.department.get(`/api/reports/pictures/${rest}`)
  expect(await said(await asked('people?by=phone'))).toEqual([400, '这个名单没有这一列，请换一列。'])
  expect(await said(await asked('people?by=constructor'))).toEqual([400, '这个名单没有这一列，请换一列。'])
  expect(await said(await asked('people?by=sex&along=organization'))).toEqual([400, '不能这样分，请换一列。'])
  expect(await said(await asked('people?by=sex&along=sex'))).toEqual([400, '不能这样分，请换一列。'])
  expect(await said(await asked('people?kind=robot'))).toEqual([400, '筛选条件无效，请回到名单重新点“看成图”。'])
  expect((await asked(`people?by=organization&organizationId=${newId()}`)).status).toBe(404)
  expect((await asked('letters')).status).toBe(400)
  // Another branch is not counted, however it is asked for.
  const it = await draw('people', { organizationId: distant.id }, as.secretary)
  expect(sumOf(it)).toBe(0)
})

test('everybody sees of open lists as much as the list, drafts of others in neither', async () => {
  for (const list of ['activities', 'programmes'] as const)
    for (const actor of ['applicant', 'publicity', 'partySchool', 'siblingSecretary', 'otherOrganiser'] as const)
      for (const asked of lists[list].asked) {
        const { count } = await rowsOf(list, asked, as[actor])
        const it = await draw(list, asked, as[actor])
        expect([list, actor, asked, sumOf(it)]).toEqual([list, actor, asked, count])
      }
})

test('of many words the most frequent have a row each, and the others one together', async () => {
  const { college: at } = build
  const words = Array.from({ length: 70 }, (_, number) => `b${String(number).padStart(2, '0')}`)
  await build.look((db) =>
    db.insert(persons).values(
      [...words, 'z', 'z'].map((grade) => {
        const id = newId()
        return { ...held({ at }), id, name: '许多写法', pinyin: id, initials: 'xd', grade }
      }),
    ),
  )
  const it = await draw('people', { q: '许多写法', by: 'grade' })
  expect(it.rows.map((row) => [row.key, ...row.values])).toEqual([
    ...words.slice(0, 59).map((word) => [word, 1]),
    ['z', 2],
    ['rest', 11],
  ])
})

test('a picture takes as many statements for a university as for a branch', async () => {
  await as.department.get('/api/organization/tree')
  const counts: number[] = []
  for (const organizationId of [university.id, branch.id])
    counts.push(await statementsOf(() => draw('people', { organizationId, by: 'organization' })))
  expect(counts[0]).toBe(counts[1])
})
