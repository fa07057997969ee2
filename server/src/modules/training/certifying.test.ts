import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { encryption, statementsOf, today } from '../../../test/factories.ts'
import { trainings } from '../../../test/trainings.ts'
import { archiveDocuments } from '../archive/tables.ts'
import { type PrintingGround, printBatch } from '../certificates/jobs.ts'
import { certificates } from '../certificates/tables.ts'
import { notices } from '../notices/tables.ts'
import type { AcceptanceView } from './acceptance-schema.ts'
import type { Certified, CertifyingView, CertifyingWanted, EvidenceDone } from './certifying-schema.ts'

const app = await testApp()
const { build, database, contents } = app
const { tenantId, look, wang, zhao, li } = build
const { as, at, json, named, programme, decide, close, closed } = await trainings(app)
const organiser = await named('吴远舟')
const ground: PrintingGround = {
  ...{ database, encryption, store: contents.store, baseUrl: 'http://zhibu.test', ownFonts: '/nowhere' },
}
beforeEach(() => {
  app.clock.at = new Date(app.clock.at.getTime() + 60_000)
})

const view = async (id: string, by = as.partySchool) => json<CertifyingView>(await by.get(`${at}/${id}/certificates`))
const issue = async (id: string, more: Partial<CertifyingWanted> = {}, by = as.partySchool) =>
  by.post(`${at}/${id}/certificates`, { ...(await view(id)).proposed, ...more })
const issued = async (id: string, more: Partial<CertifyingWanted> = {}) => json<Certified>(await issue(id, more), 201)
const rowsOf = (id: string) =>
  look((db) => db.select().from(certificates).where(eq(certificates.sourceId, id)).orderBy(certificates.serial))
const fileAll = async (id: string, by = as.partySchool, after: number | null = null) =>
  json<EvidenceDone>(await by.post(`${at}/${id}/certificates/filings`, { after }))

test('what is printed is proposed from the records, and is what whoever issues has changed', async () => {
  const id = await closed([wang, zhao])
  expect(await view(id)).toEqual({
    programme: { id, name: '秋季培训班' },
    organization: { id: build.college.id, name: build.college.name },
    proposed: {
      ...{ title: '结业证书', programme: '秋季培训班', fromOn: '2026-11-02', untilOn: '2026-11-03', hours: '4 学时' },
      ...{ result: '考核合格，准予结业', signatoryOffice: '', signatoryName: '', hoursOfEach: false },
    },
    items: [wang, zhao].map((it) => ({
      person: { id: it.id, name: it.name },
      ...{ organization: expect.any(String), hours: 4, isOwn: false, certificate: null },
    })),
    ...{ batchId: null, place: null, can: { issue: true } },
  })
  const { batchId } = await issued(id, { programme: '云山学院秋季培训班', result: '准予结业' })
  const rows = await rowsOf(id)
  expect(
    rows.map((it) => [it.personId, it.facts.programme, it.facts.hours, it.facts.result, it.facts.issuedOn]),
  ).toEqual([
    [wang.id, '云山学院秋季培训班', '4 学时', '准予结业', today],
    [zhao.id, '云山学院秋季培训班', '4 学时', '准予结业', today],
  ])
  expect(await view(id)).toMatchObject({
    batchId,
    items: rows.map((it) => ({ certificate: { id: it.id, number: it.number, isRevoked: false, isFiled: false } })),
  })
})

test.each<[what: string, days: number, absent: boolean, proposed: object, printed: string[]]>([
  ['the same of everybody', 2, false, { hours: '4 学时', hoursOfEach: false }, ['4 学时', '4 学时']],
  ['of each their own', 2, true, { hours: '', hoursOfEach: true }, ['4 学时', '']],
  ['of one day, which has no last one', 1, false, { hours: '2 学时', untilOn: null }, ['2 学时', '2 学时']],
])('hours are %s', async (_, days, absent, proposed, printed) => {
  const all = (['2026-11-02', '2026-11-03'] as const).slice(0, days)
  const id = await closed([wang, zhao], { days: all, ...(absent && { absent: [zhao] }) })
  expect((await view(id)).proposed).toMatchObject(proposed)
  await issued(id)
  expect((await rowsOf(id)).map((it) => it.facts.hours)).toEqual(printed)
})

test('everybody who passed is given one, once; who did not is given none, and they are told', async () => {
  const id = await programme([wang, zhao, li])
  await decide(id, [wang, zhao])
  await decide(id, [li], 'unfinished')
  await close(id)
  expect(await issued(id)).toEqual({ batchId: expect.any(String), issued: 2, already: 0, isOwnLeftOut: false })
  expect(await issued(id)).toEqual({ batchId: null, issued: 0, already: 2, isOwnLeftOut: false })
  expect((await rowsOf(id)).map((it) => it.personId)).toEqual([wang.id, zhao.id])
  const own = (await json<AcceptanceView>(await as.applicant.get(`${at}/${id}/acceptance`))).own
  expect(own?.certificate).toEqual({ id: expect.any(String), number: expect.any(String), isRevoked: false })
  const told = await look((db) =>
    db.select({ audience: notices.audience }).from(notices).where(eq(notices.title, '已颁发证书：秋季培训班')),
  )
  expect(told.at(-1)?.audience.personIds).toEqual([wang.id, zhao.id].sort())
})

test('asked for by many at once is done once', async () => {
  const id = await closed([wang, zhao])
  const { proposed } = await view(id)
  const answers = await Promise.all(
    Array.from({ length: 4 }, (_, n) =>
      (n % 2 ? as.organiser : as.partySchool).post(`${at}/${id}/certificates`, proposed),
    ),
  )
  const done = await Promise.all(answers.map((it) => json<Certified>(it, 201)))
  expect(done.map((it) => it.issued).sort()).toEqual([0, 0, 0, 2])
  expect(await rowsOf(id)).toHaveLength(2)
})

test('nobody issues their own: it is left out, said, and issued by somebody else', async () => {
  const id = await closed([wang, organiser])
  expect((await view(id, as.organiser)).items.map((it) => it.isOwn)).toEqual([true, false])
  const own = async () => json<Certified>(await issue(id, {}, as.organiser), 201)
  expect(await own()).toMatchObject({ issued: 1, isOwnLeftOut: true })
  expect(await own()).toMatchObject({ issued: 0, already: 1, isOwnLeftOut: true })
  expect(await issued(id)).toMatchObject({ issued: 1, already: 1, isOwnLeftOut: false })
  expect((await rowsOf(id)).map((it) => it.personId)).toEqual([wang.id, organiser.id])
})

test('only a closed programme has any, and only for whoever runs it', async () => {
  const open = await programme([wang])
  await decide(open, [wang])
  expect((await as.partySchool.get(`${at}/${open}/certificates`)).status).toBe(409)
  await close(open)
  expect((await as.applicant.get(`${at}/${open}/certificates`)).status).toBe(403)
  expect((await as.stranger.get(`${at}/${open}/certificates`)).status).toBe(404)
  expect((await issue(open, {}, as.applicant)).status).toBe(403)
  expect((await issue(open, { title: '' })).status).toBe(400)
  const nobody = await programme([wang])
  await decide(nobody, [wang], 'unfinished')
  await close(nobody)
  expect((await issue(nobody)).status).toBe(409)
})

test('the papers go into the archives with one button, and who is refused is named', async () => {
  const id = await closed([wang, zhao], { audience: 'activists' })
  expect((await view(id)).place).toBe('入党积极分子培训证明')
  const { batchId } = await issued(id)
  expect(await fileAll(id)).toMatchObject({
    filed: 0,
    refused: [{ person: { name: wang.name } }, { person: { name: zhao.name } }],
  })
  await printBatch(ground, { tenantId, batchId: batchId ?? '' })
  const [first] = await rowsOf(id)
  await json(await as.organiser.post(`/api/certificates/${first?.id}/revocation`, { reason: '名单有误' }), 204)
  expect(await fileAll(id)).toEqual({ filed: 1, refused: [], next: null })
  expect(await fileAll(id)).toEqual({ filed: 0, refused: [], next: null })
  const papers = await look((db) =>
    db.select().from(archiveDocuments).where(eq(archiveDocuments.place, 'activistTrainingProof')),
  )
  expect(papers.map((it) => it.personId)).toEqual([zhao.id])
  expect((await view(id)).items.map((it) => [it.certificate?.isRevoked, it.certificate?.isFiled])).toEqual([
    [true, false],
    [false, true],
  ])
  const members = await closed([wang], { audience: 'members' })
  expect((await as.partySchool.post(`${at}/${members}/certificates/filings`, { after: null })).status).toBe(409)
})

test('the page asks the database as often for one as for many', async () => {
  const ask = (id: string) => statementsOf(() => as.partySchool.get(`${at}/${id}/certificates`))
  const [one, many] = [await closed([wang]), await closed([wang, zhao, li])]
  await Promise.all([issued(one), issued(many)])
  expect(await ask(many)).toBe(await ask(one))
})
