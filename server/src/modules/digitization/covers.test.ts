import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { filingTemplateOf } from '@zhibu/rules'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestActor, testApp } from '../../../test/app.ts'
import { statementsOf } from '../../../test/factories.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { archiveContents, archiveDocuments } from '../archive/tables.ts'
import { developmentActs } from '../development/tables.ts'
import { mostCoverSheets } from './cover-order-schema.ts'
import { readCoverCode } from './cover-schema.ts'
import { readCoverChoices, takeCoverOrder } from './covers.ts'

const folder = await mkdtemp(path.join(os.tmpdir(), 'zhibu-covers-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const app = await testApp({ dataDirectory: folder })
const { build, accounts } = app
const { li, wang, zhao, sun, branch, sibling, college } = build
const { tenantId } = build

const list = filingTemplateOf({})
const placeOf = (code: string) => list.person.find((it) => it.code === code)
const shown = (code: string) => `${placeOf(code)?.number}${placeOf(code)?.label}`
const use = '放在这份材料的第一页之前一起扫描。'

beforeAll(async () => {
  await build.look(async (db) => {
    // Of both the application and the talk are recorded; the application of one of them is filed.
    await db.insert(developmentActs).values(
      [wang, zhao].flatMap((person) =>
        [
          { kind: 'application' as const, on: '2026-03-02' as const },
          { kind: 'applicantTalk' as const, on: '2026-03-20' as const },
        ].map((act) => ({
          ...{ tenantId, id: newId(), personId: person.id, path: person.path, details: {}, recordedBy: newId() },
          ...act,
        })),
      ),
    )
    const contentId = `sha256-${'0'.repeat(64)}`
    await db.insert(archiveContents).values({
      ...{ tenantId, id: contentId, sizeBytes: 1, mediaType: 'application/pdf', extension: 'pdf', kind: 'pdf' },
      isScanned: false,
    })
    await db.insert(archiveDocuments).values({
      ...{ tenantId, id: newId(), personId: wang.id, organizationId: branch.id, path: wang.path, contentId },
      ...{ place: 'application', title: '入党申请书', nature: 'original', fileName: 'a.pdf' },
      ...{ filedBy: newId(), filedByName: '某人' },
    })
  })
})

const as = (actor: TestActor) => app.signedIn(accounts[actor])
const print = async (actor: TestActor, order: object) => (await as(actor)).post('/api/digitization/covers', order)
const choices = async (actor: TestActor, organizationId: string) =>
  (await as(actor)).get(`/api/digitization/covers/choices?organizationId=${organizationId}`)
const printed = () =>
  build.look((db) =>
    db.select().from(journal).where(eq(journal.event, 'digitization.covers-printed')).orderBy(journal.id),
  )

describe('the choices', () => {
  test('are all persons below, themselves left out, with what is due and not there', async () => {
    const answer = await (await choices('secretary', branch.id)).json()
    expect(answer.organization).toEqual({ id: branch.id, name: branch.name })
    expect(answer.persons).toEqual([
      {
        ...{ id: wang.id, name: wang.name, studentNumber: '2023010002', organization: branch.name, stage: null },
        missing: ['applicantTalkRecord'],
      },
    ])
    const whole = await (await choices('organiser', college.id)).json()
    expect(whole.persons.map((it: { name: string; missing: string[] }) => [it.name, it.missing])).toEqual([
      [li.name, []],
      [wang.name, ['applicantTalkRecord']],
      [zhao.name, ['application', 'applicantTalkRecord']],
    ])
  })

  test('of places are those of the filing list, for whoever keeps files', async () => {
    const places = async (actor: TestActor) => (await as(actor)).get('/api/digitization/covers/places')
    const { person, organization } = await (await places('secretary')).json()
    expect(person[1]).toEqual({ code: 'application', number: '1-1', label: '入党申请书' })
    expect([person.length, organization.length]).toEqual([list.person.length, list.organization.length])
    expect((await places('partySchool')).status).toBe(403)
  })

  test.each<[TestActor, number]>([
    ['siblingSecretary', 403],
    ['partySchool', 403],
    ['applicant', 403],
    ['auditor', 403],
  ])('are not shown to the %s', async (actor, status) => {
    expect((await choices(actor, branch.id)).status).toBe(status)
  })

  test('take the same number of statements for any number of persons', async () => {
    const { organiser } = build.actors
    const one = await statementsOf(() => build.as(organiser, (ctx) => readCoverChoices(ctx, branch.id)))
    const three = await statementsOf(() => build.as(organiser, (ctx) => readCoverChoices(ctx, college.id)))
    expect(three).toBe(one)
  })
})

describe('the covers', () => {
  test('of a person and a place are one page, which names nothing else', async () => {
    const answer = await print('secretary', { personIds: [wang.id], places: ['application'] })
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain(
      '归档封面 王一舟 2026-11-23.pdf',
    )
    const pages = textOfPages(new Uint8Array(await answer.arrayBuffer()))
    expect(pages).toEqual([`${shown('application')}王一舟2023010002${branch.name}${use}`])
    expect((await printed()).at(-1)).toMatchObject({
      subjectKind: 'person',
      subjectId: wang.id,
      personId: wang.id,
      details: { persons: 1, sheets: 1 },
    })
  })

  test('of what is missing lie person by person, in the order of the filing list', async () => {
    const { organiser } = build.actors
    const order = { personIds: [zhao.id, wang.id], places: 'missing' as const }
    const { sheets, name } = await build.as(organiser, (ctx) => takeCoverOrder(ctx, order))
    expect(name).toBe('归档封面 2人 2026-11-23.pdf')
    expect(sheets.map((it) => [it.owner, it.label, readCoverCode(it.code)])).toEqual([
      [wang.name, placeOf('applicantTalkRecord')?.label, { personId: wang.id, place: 'applicantTalkRecord' }],
      [zhao.name, '入党申请书', { personId: zhao.id, place: 'application' }],
      [zhao.name, placeOf('applicantTalkRecord')?.label, { personId: zhao.id, place: 'applicantTalkRecord' }],
    ])
    expect((await printed()).at(-1)).toMatchObject({
      ...{ subjectKind: 'list', subjectId: 'covers', orgPath: college.path, personId: null },
      details: { persons: 2, sheets: 3 },
    })
  })

  test('of an organisation are for its own places', async () => {
    const answer = await print('secretary', { organizationId: branch.id, places: ['assemblyMinutes'] })
    const place = list.organization.find((it) => it.code === 'assemblyMinutes')
    const pages = textOfPages(new Uint8Array(await answer.arrayBuffer()))
    expect(pages).toEqual([`${place?.number}${place?.label}${branch.name}${use}`])
    expect((await printed()).at(-1)).toMatchObject({ subjectKind: 'organization', subjectId: branch.id })
  })

  test.each<[string, TestActor, () => object, number, RegExp]>([
    ['of oneself', 'secretary', () => ({ personIds: [li.id], places: ['application'] }), 403, /不能打印自己的封面/],
    ['of oneself, as applicant', 'applicant', () => ({ personIds: [wang.id], places: ['application'] }), 403, /自己/],
    ['of somebody next door', 'secretary', () => ({ personIds: [zhao.id], places: ['application'] }), 404, /位人员/],
    [
      'of several, one of another college',
      'organiser',
      () => ({ personIds: [wang.id, sun.id], places: ['application'] }),
      404,
      /位人员/,
    ],
    [
      'of somebody, by the Party school',
      'partySchool',
      () => ({ personIds: [wang.id], places: ['application'] }),
      404,
      /./,
    ],
    [
      'of the branch next door',
      'secretary',
      () => ({ organizationId: sibling.id, places: ['assemblyMinutes'] }),
      403,
      /./,
    ],
    [
      'of a place that is none',
      'secretary',
      () => ({ personIds: [wang.id], places: ['nothing'] }),
      400,
      /归档清单里没有/,
    ],
    [
      'of a place of organisations for a person',
      'secretary',
      () => ({ personIds: [wang.id], places: ['assemblyMinutes'] }),
      400,
      /归档清单里没有/,
    ],
    ['where nothing is missing', 'organiser', () => ({ personIds: [li.id], places: 'missing' }), 409, /不需要打印/],
    ['of nobody', 'secretary', () => ({ personIds: [], places: 'missing' }), 400, /至少选择一人/],
  ])('are refused %s', async (_, actor, order, status, message) => {
    const before = await printed()
    const answer = await print(actor, order())
    expect(answer.status).toBe(status)
    expect(JSON.stringify(await answer.json())).toMatch(message)
    expect(await printed()).toHaveLength(before.length)
  })

  test(`are refused where they are more than ${mostCoverSheets}`, async () => {
    const places = list.person.map((it) => it.code)
    const persons = await Promise.all(
      Array.from({ length: Math.floor(mostCoverSheets / places.length) + 1 }, (_, at) =>
        build.person(build.distant, { name: `甲${at}` }),
      ),
    )
    const { otherOrganiser } = build.actors
    const taken = (count: number) =>
      build.as(otherOrganiser, (ctx) =>
        takeCoverOrder(ctx, { personIds: persons.slice(0, count).map((it) => it.id), places }),
      )
    await expect(taken(persons.length)).rejects.toThrow(/共 \d+ 张，一次最多打印 1000 张/)
    expect((await taken(persons.length - 1)).sheets).toHaveLength((persons.length - 1) * places.length)
  })
})
