import type { Act, FiledDocument } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { type BuiltOrganization, type BuiltPerson, smallUniversity, statementsOf } from '../../../test/factories.ts'
import { ownPlace } from '../../../test/rights-world.ts'
import type { Actor } from '../../platform/context.ts'
import { wholeUniversity } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import type { JobData } from '../../platform/jobs.ts'
import { journal } from '../../platform/journal.ts'
import { addOwnPlace, readFilingList } from '../archive/filing-list.ts'
import { newOwnPlace } from '../archive/filing-list-schema.ts'
import { correctDocument } from '../archive/service.ts'
import { archiveContents, archiveDocuments } from '../archive/tables.ts'
import { movePerson } from '../people/service.ts'
import * as answer from './answers.ts'
import { recordActs } from './imported.ts'
import { restateAll, restateUniversities } from './jobs.ts'
import { statePapersOf } from './paper-remarks.ts'
import { development } from './routes.ts'
import { developmentPaperRemarks } from './tables.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
const { secretary, siblingSecretary, organiser, otherOrganiser, department, applicant, auditor } = u.actors
const helper = await u.helper([u.wang], ['application'])
const closing = await u.person(u.branch, { name: '郑一鸣' })

const acts: Act[] = [
  { kind: 'application', on: '2026-03-01' },
  { kind: 'applicantTalk', on: '2026-03-20' },
]

/** What lies where: a paper with another day, one unsigned, one in the wrong place; the others have none. */
beforeAll(async () => {
  await u.as(department, (ctx) =>
    recordActs(
      ctx,
      newId(),
      [u.wang, u.li, u.zhao, closing].flatMap(({ id, path }) => acts.map((act) => ({ personId: id, path, act }))),
    ),
  )
  await file(u.wang, { place: 'application', on: '2026-03-02', lacks: ['person'] })
  await file(u.wang, { place: 'applicantTalkRecord', on: '2026-03-20' })
  await file(u.zhao, { place: 'application', on: '2026-03-01' })
  await file(u.zhao, { place: 'oathRecord' })
  await file(closing, { place: 'application', on: '2026-03-01', lacks: [] })
  await file(closing, { place: 'applicantTalkRecord', on: '2026-03-20' })
  await state()
})

const said = async (actor: Actor, query = '') => {
  const body = await get(actor, `/completeness${query}`)
  answer.completeness.parse(body)
  return body.items.map((row: { name: string; remarks: { code: string }[]; differences: { place: string }[] }) => [
    row.name,
    ...row.remarks.map((it) => it.code),
    ...row.differences.map((it) => `${it.place}.differs`),
  ])
}

const li = ['李晓岚', 'application.missing', 'applicantTalkRecord.missing']
const wang = ['王一舟', 'application.unsigned', 'application.differs']
const zhao = ['赵思远', 'applicantTalkRecord.missing', 'oathRecord.unexpected']

describe('whose papers are not all there and in order', () => {
  test.each<[who: string, actor: Actor, rows: unknown]>([
    ['the organiser above, in the order of the tree', organiser, [li, wang, zhao]],
    ['the secretary, without the own papers', secretary, [wang]],
    ['the secretary next door, without the own papers', siblingSecretary, []],
    ['the organiser of another college', otherOrganiser, []],
    ['a helper', helper, []],
    ['the person concerned', applicant, []],
    ['the auditor', auditor, []],
  ])('%s', async (_, actor, rows) => {
    expect(await said(actor)).toEqual(rows)
  })

  test.each<[query: string, rows: unknown]>([
    ['?state=missing', [li, ['赵思远', 'applicantTalkRecord.missing']]],
    ['?state=unsigned', [wang.slice(0, 2)]],
    ['?state=differs', [['王一舟', 'application.differs']]],
    ['?state=unexpected', [['赵思远', 'oathRecord.unexpected']]],
    ['?place=application', [['李晓岚', 'application.missing'], wang]],
    ['?place=application&state=missing', [['李晓岚', 'application.missing']]],
    [`?organizationId=${u.sibling.id}`, [zhao]],
    [`?organizationId=${u.distant.id}`, []],
    ['?q=王一', [wang]],
    ['?stage=applicant', [li, wang, zhao]],
    ['?stage=activist', []],
  ])('%s', async (query, rows) => {
    expect(await said(organiser, query)).toEqual(rows)
  })

  test('by pages, which together are the whole', async () => {
    const first = await get(organiser, '/completeness?limit=1')
    const second = await get(organiser, `/completeness?limit=2&cursor=${encodeURIComponent(first.next)}`)
    expect([first.items, second.items].map((it) => it.map(({ name }: { name: string }) => name))).toEqual([
      ['李晓岚'],
      ['王一舟', '赵思远'],
    ])
    expect([first.total, second.total, second.next]).toEqual([3, undefined, undefined])
    expect((await u.served(development, organiser).request('/completeness?cursor=eA')).status).toBe(400)
  })

  test('takes as many statements for three persons as for two', async () => {
    const [one, all] = [
      await statementsOf(() => said(organiser, '?limit=2')),
      await statementsOf(() => said(organiser)),
    ]
    expect([one, all]).toEqual([all, all])
    const [branch, college] = [u.branch, u.college].map((it) => `/completeness/counts?organizationId=${it.id}`)
    const counted = (path = '') => statementsOf(() => get(organiser, path))
    expect(await counted(branch)).toBe(await counted(college))
  })
})

test('persons are counted by place in the order of the list and by branch in the order of the tree, also where there is nothing', async () => {
  const body = await get(organiser, '/completeness/counts')
  answer.completenessCounts.parse(body)
  expect(body).toMatchObject({
    isUsed: true,
    persons: 3,
    states: [
      { state: 'missing', persons: 2 },
      { state: 'unexpected', persons: 1 },
      { state: 'unsigned', persons: 1 },
      { state: 'differs', persons: 1 },
    ],
  })
  expect(
    body.places.map((it: { code: string; states: { state: string; persons: number }[] }) => [
      it.code,
      ...it.states.map((one) => `${one.state} ${one.persons}`),
    ]),
  ).toEqual([
    ['application', 'missing 1', 'unsigned 1', 'differs 1'],
    ['applicantTalkRecord', 'missing 2'],
    ['oathRecord', 'unexpected 1'],
  ])
  expect(body.organizations.map((it: { name: string; persons: number }) => [it.name, it.persons])).toEqual([
    [u.branch.name, 2],
    [u.sibling.name, 1],
  ])
  const ofBranch = await get(organiser, `/completeness/counts?organizationId=${u.branch.id}`)
  expect(ofBranch.organizations.map((it: { name: string; persons: number }) => [it.name, it.persons])).toEqual([
    [u.branch.name, 2],
  ])
  expect(await get(helper, '/completeness/counts')).toMatchObject({ persons: 0, places: [], organizations: [] })
})

test('is written out as a spreadsheet, which is recorded', async () => {
  const headers = { 'content-type': 'application/json' }
  const asked = { method: 'POST', headers, body: JSON.stringify({ state: 'missing' }) }
  expect((await u.served(development, organiser).request('/completeness/exports', asked)).status).toBe(200)
  const rows = await u.look((db) =>
    db
      .select({ details: journal.details })
      .from(journal)
      .where(and(eq(journal.tenantId, u.tenantId), eq(journal.event, 'development.completeness-exported'))),
  )
  expect(rows).toEqual([{ details: { count: 3, query: { state: 'missing' } } }])
  expect((await u.served(development, applicant).request('/completeness/exports', asked)).status).toBe(403)
})

describe('the rows behind it', () => {
  const rowsOf = ({ id }: BuiltPerson) =>
    u.look((db) =>
      db
        .select({
          place: developmentPaperRemarks.place,
          state: developmentPaperRemarks.state,
          path: developmentPaperRemarks.path,
        })
        .from(developmentPaperRemarks)
        .where(and(eq(developmentPaperRemarks.tenantId, u.tenantId), eq(developmentPaperRemarks.personId, id)))
        .orderBy(developmentPaperRemarks.place, developmentPaperRemarks.state),
    )

  test('follow what is corrected on a paper, and are the same when thrown away and made again at night', async () => {
    const person = await u.person(u.branch, { name: '何清' })
    const id = await file(person, { place: 'application', lacks: ['person'] })
    await state([person])
    const before = await rowsOf(person)
    expect(before).toEqual([{ place: 'application', state: 'unsigned', path: u.branch.path }])
    await u.look((db) => db.delete(developmentPaperRemarks).where(eq(developmentPaperRemarks.personId, person.id)))
    await restateAll(database, u.tenantId, '2026-11-23')
    expect(await rowsOf(person)).toEqual(before)

    await u.as(secretary, (ctx) =>
      correctDocument(ctx, id, {
        place: 'application',
        title: '',
        nature: 'original',
        reason: '已补签',
        lacks: [],
      }),
    )
    expect(await waiting(person)).toBe(1)
    await state([person])
    expect(await rowsOf(person)).toEqual([])
  })

  test('move with their person at once', async () => {
    const person = await u.person(u.branch, { name: '吕平' })
    await file(person, { place: 'application', lacks: ['person'] })
    await state([person])
    await u.as(organiser, (ctx) => movePerson(ctx, person.id, 1, { organizationId: u.sibling.id, on: '2026-11-01' }))
    expect((await rowsOf(person)).map((it) => it.path)).toEqual([u.sibling.path])
  })

  test('are stated anew for everybody once the filing list is another one', async () => {
    const jobs = () =>
      database.asOwner(async (db) => {
        const { rows } = await db.execute<{ data: JobData }>(
          sql`select data -> 'data' as data from jobs.job where data ->> 'kind' = 'development.restate'`,
        )
        return rows.map((it) => it.data)
      })
    const person = await u.person(u.branch, { name: '沈向东' })
    await u.as(department, (ctx) =>
      recordActs(ctx, newId(), [
        { personId: person.id, path: person.path, act: { kind: 'application', on: '2026-03-01' } },
      ]),
    )
    await state([person])
    const before = await rowsOf(person)
    expect(await jobs()).toEqual([])
    const place = { ...ownPlace, label: '志愿服务证明', from: 'application' as const, requirement: 'required' as const }
    const code = await u.as(department, async (ctx) =>
      addOwnPlace(ctx, newOwnPlace.parse(place), (await readFilingList(ctx)).revision),
    )
    const [job, ...more] = await jobs()
    expect([job, more]).toEqual([{ tenantId: u.tenantId }, []])
    await restateUniversities(database, job ?? {})
    expect(await rowsOf(person)).toEqual([...before, { place: code, state: 'missing', path: u.branch.path }])
  })

  const waiting = ({ id }: BuiltPerson) =>
    database.transaction(wholeUniversity(u.tenantId), async (db) => {
      const { rows } = await db.execute<{ count: number }>(
        `select count(*)::int as count from jobs.job where data->>'kind' = 'development.state-papers'
          and data->'data'->>'personIds' = '${id}'`,
      )
      return rows[0]?.count
    })
})

describe('the papers of organisations themselves', () => {
  const gaps = async (actor: Actor, query = '') => {
    const body = await get(actor, `/completeness/organizations${query}`)
    answer.keepers.parse(body)
    return body.items.map((it: { name: string; filed: number; gaps: { place: string; from: string }[] }) => [
      it.name,
      it.filed,
      ...it.gaps.map((gap) => `${gap.place} ${gap.from}`),
    ])
  }

  test('are missed for the quarters that are over, and not where none was ever filed', async () => {
    await fileOwn(u.branch, { place: 'assemblyMinutes', on: '2026-02-10' })
    await fileOwn(u.branch, { place: 'assemblyMinutes', on: '2026-09-30' })
    expect(await gaps(organiser)).toEqual([
      [u.college.name, 0],
      [u.branch.name, 2, 'assemblyMinutes 2026-04-01'],
      [u.sibling.name, 0],
    ])
    expect(await gaps(secretary)).toEqual([[u.branch.name, 2, 'assemblyMinutes 2026-04-01']])
    expect(await gaps(secretary, '?year=2025')).toEqual([
      [u.branch.name, 0, ...['01', '04', '07', '10'].map((month) => `assemblyMinutes 2025-${month}-01`)],
    ])
    expect(await gaps(helper)).toEqual([])
    const first = await get(organiser, '/completeness/organizations?limit=2')
    const second = await get(organiser, `/completeness/organizations?limit=2&cursor=${encodeURIComponent(first.next)}`)
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, undefined])
  })
})

test('where nobody sees any paper, none is said to be missing', async () => {
  const paperless = await smallUniversity(database)
  const served = paperless.served(development, paperless.actors.organiser)
  expect(await (await served.request('/completeness')).json()).toEqual({ items: [], total: 0 })
  expect(await (await served.request('/completeness/counts')).json()).toMatchObject({ isUsed: false, persons: 0 })
})

/** What the job does that every change leaves behind. */
const state = (persons: readonly BuiltPerson[] = [u.wang, u.li, u.zhao, closing]) =>
  statePapersOf(database, { tenantId: u.tenantId, personIds: persons.map((it) => it.id).join(' ') })

async function get(actor: Actor, path: string) {
  const answered = await u.served(development, actor).request(path)
  expect(answered.status).toBe(200)
  return answered.json()
}

type About = Partial<FiledDocument> & { place: string }

const file = ({ id, organizationId, path }: BuiltPerson, about: About) =>
  insert({ personId: id, organizationId, path, ...about })
const fileOwn = ({ id, path }: BuiltOrganization, about: About) => insert({ organizationId: id, path, ...about })

async function insert(row: About & { personId?: string; organizationId: string; path: string }): Promise<string> {
  const id = newId()
  const contentId = `sha256-${id}`
  await u.look(async (db) => {
    const content = {
      sizeBytes: 1,
      mediaType: 'application/pdf',
      extension: 'pdf',
      kind: 'pdf',
      isScanned: false,
    } as const
    await db.insert(archiveContents).values({ tenantId: u.tenantId, id: contentId, ...content })
    await db.insert(archiveDocuments).values({
      tenantId: u.tenantId,
      title: '材料',
      nature: 'original',
      fileName: '扫描.pdf',
      filedBy: newId(),
      filedByName: '归档人',
      contentId,
      ...row,
      id,
    })
  })
  return id
}
