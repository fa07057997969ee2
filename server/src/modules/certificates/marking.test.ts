import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { type TestActor, testApp } from '../../../test/app.ts'
import { type BuiltPerson, encryption, today } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import type { Archive, DocumentView } from '../archive/schema.ts'
import { archiveDisposalDocuments, archiveDisposals, archiveDocuments } from '../archive/tables.ts'
import { printBatch } from './jobs.ts'
import { markFiled } from './marking.ts'
import type { CertificateText, CertificateView, Ordered } from './schema.ts'

const app = await testApp()
const { build, database, contents } = app
const { tenantId, look } = build
const as = (actor: TestActor) => app.signedIn(app.accounts[actor])
const [organiser, holder, secretary] = [await as('organiser'), await as('applicant'), await as('secretary')]
const [otherOrganiser, stranger, department] = [
  await as('otherOrganiser'),
  await as('stranger'),
  await as('department'),
]
const at = '/api/certificates'
const ground = { database, encryption, store: contents.store, baseUrl: 'http://zhibu.test', ownFonts: '/nowhere' }
const reason = '考核成绩录错'
const [revoked, title] = ['已于2026年11月23日撤销', '结业证书']
beforeEach(() => {
  app.clock.at = new Date(app.clock.at.getTime() + 60_000)
})

const text: CertificateText = {
  ...{ title, programme: '发展对象集中培训班', fromOn: '2026-10-12', untilOn: '2026-10-14', hours: '24 学时' },
  ...{ result: '考核合格', signatoryOffice: '', signatoryName: '' },
}

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

/** A certificate of somebody, printed, and filed where it is said. */
async function issued(person: { id: string }, { isFiled = true } = {}) {
  const order = { ...text, organizationId: build.college.id, orderId: newId(), personIds: [person.id] }
  const { batchId } = await json<Ordered>(await organiser.post(at, order), 201)
  await printBatch(ground, { tenantId, batchId })
  const { items } = await json<{ items: { id: string; number: string }[] }>(await organiser.get(`${at}?limit=1`))
  const [it] = items
  if (!it) throw new Error('nothing was issued')
  const file = () => organiser.post(`${at}/${it.id}/filing`, { place: 'intensiveTrainingProof' })
  const documentId = isFiled ? (await json<{ id: string }>(await file(), 201)).id : ''
  return { ...it, documentId, file }
}

const revoke = async (id: string) => json(await organiser.post(`${at}/${id}/revocation`, { reason }), 204)
const replace = async (id: string) => {
  const next = await json<{ id: string }>(await organiser.post(`${at}/${id}/replacement`, { ...text, reason }), 201)
  return (await json<CertificateView>(await organiser.get(`${at}/${next.id}`))).number
}

/** The jobs that lie in the queue for a certificate, and their work. */
async function queued(certificateId: string) {
  const { rows } = await database.asOwner((db) =>
    db.execute<{ data: Record<string, string>; isLater: boolean }>(sql`select data -> 'data' as data,
      start_after > now() + interval '1 hour' as "isLater" from jobs.job
      where data ->> 'kind' = 'certificates.mark-filed' and data -> 'data' ->> 'certificateId' = ${certificateId}`),
  )
  return rows
}
async function work(certificateId: string) {
  for (const { data } of await queued(certificateId)) await markFiled({ database, encryption }, data, new Date())
}
const linesOf = (personId: string) =>
  look((db) =>
    db.select().from(archiveDocuments).where(eq(archiveDocuments.personId, personId)).orderBy(archiveDocuments.id),
  )
const somebody = (name: string): Promise<BuiltPerson> => build.person(build.branch, { name })

test('filed, then revoked: the paper says since when, and the reason stays with the certificate', async () => {
  const { wang } = build
  const it = await issued(wang)
  const before = `${title}（${it.number}）`
  await revoke(it.id)
  await work(it.id)
  await work(it.id)
  const lines = await linesOf(wang.id)
  const [filed, marked] = lines
  expect(lines.map((one) => [one.title, one.fileName, one.supersedes, one.reason, one.filedByName])).toEqual([
    [before, `${title} ${it.number}.pdf`, null, null, '吴远舟'],
    [`${before}（${revoked}）`, `（已撤销）${title} ${it.number}.pdf`, it.documentId, `证书${revoked}`, '吴远舟'],
  ])
  expect(marked).toMatchObject({
    ...{ place: 'intensiveTrainingProof', on: today, nature: 'electronic', lacks: ['issuerSeal'], path: wang.path },
    contentId: filed?.contentId,
  })

  const archives = `/api/archive/persons/${wang.id}`
  for (const by of [organiser, secretary, holder]) {
    const shown = await json<Archive>(await by.get(archives))
    const titles = shown.places.flatMap((place) => place.documents.map((one) => one.title))
    expect(titles).toEqual([`${before}（${revoked}）`])
    const document = await json<DocumentView>(await by.get(`/api/archive/documents/${marked?.id}`))
    expect(document.history.map((one) => one.reason)).toEqual([`证书${revoked}`, null])
    expect(JSON.stringify([shown, document])).not.toContain(reason)
  }
  for (const by of [otherOrganiser, stranger]) {
    expect((await by.get(archives)).status).toBe(404)
    expect((await by.get(`/api/archive/documents/${marked?.id}`)).status).toBe(404)
  }
  for (const by of [organiser, holder])
    expect((await json<CertificateView>(await by.get(`${at}/${it.id}`))).revocation?.reason).toBe(reason)
  expect((await secretary.get(`${at}/${it.id}`)).status).toBe(404)
})

test('revoked, and never filed: there is nothing to mark, and it is not filed any more', async () => {
  const person = await somebody('未归档')
  const it = await issued(person, { isFiled: false })
  await revoke(it.id)
  expect(await queued(it.id)).toEqual([])
  await json(await it.file(), 409)
  const data = { tenantId, certificateId: it.id, accountId: newId() }
  await markFiled({ database, encryption }, data, new Date())
  expect(await linesOf(person.id)).toEqual([])
})

test('one that holds is not marked, whoever asks for it', async () => {
  const person = await somebody('有效')
  const it = await issued(person)
  await markFiled({ database, encryption }, { tenantId, certificateId: it.id, accountId: newId() }, new Date())
  expect((await linesOf(person.id)).map((one) => one.title)).toEqual([`${title}（${it.number}）`])
})

test.each<[what: string, isRevokedBefore: boolean, isMarkedBetween: boolean, reasons: (next: string) => unknown[]]>([
  ['at once', false, false, (next) => [null, `证书${revoked}，换发为 ${next}`]],
  ['after it was revoked', true, true, (next) => [null, `证书${revoked}`, `证书${revoked}，换发为 ${next}`]],
  ['before the first mark was made', true, false, (next) => [null, `证书${revoked}，换发为 ${next}`]],
])('replaced %s, it names the new number once', async (what, isRevokedBefore, isMarkedBetween, reasons) => {
  const person = await somebody(what)
  const it = await issued(person)
  if (isRevokedBefore) await revoke(it.id)
  if (isMarkedBetween) await work(it.id)
  const next = await replace(it.id)
  await work(it.id)
  const lines = await linesOf(person.id)
  expect(lines.map((one) => one.reason)).toEqual(reasons(next))
  expect(lines.at(-1)).toMatchObject({
    title: `${title}（${it.number}）（${revoked}，换发为 ${next}）`,
    fileName: `（已撤销）${title} ${it.number}.pdf`,
  })
})

test('a paper that was described anew is marked where it stands now; one that was taken out stays as it is', async () => {
  const [moved, gone] = [await somebody('更正'), await somebody('撤出')]
  const [one, other] = [await issued(moved), await issued(gone)]
  const documents = '/api/archive/documents'
  const anew = { place: 'activistTrainingProof', title: '证书', nature: 'electronic', lacks: [], reason: '类别选错' }
  await json(await organiser.post(`${documents}/${one.documentId}/corrections`, anew), 201)
  await json(await organiser.post(`${documents}/${other.documentId}/withdrawal`, { reason: '归错了人' }), 204)
  for (const it of [one, other]) {
    await revoke(it.id)
    await work(it.id)
  }
  expect((await linesOf(moved.id)).map((it) => [it.place, it.title])).toEqual([
    ['intensiveTrainingProof', `${title}（${one.number}）`],
    ['activistTrainingProof', '证书'],
    ['activistTrainingProof', `证书（${revoked}）`],
  ])
  expect((await linesOf(gone.id)).map((it) => [it.title, it.isWithdrawal])).toEqual([
    [`${title}（${other.number}）`, false],
    [`${title}（${other.number}）`, true],
  ])
})

test('whoever has gone to another college takes the mark along', async () => {
  const person = await somebody('转走')
  const it = await issued(person)
  const target = { organizationId: build.distant.id, on: today }
  const headers = { 'if-match': (await department.get(`/api/people/${person.id}`)).headers.get('etag') ?? '' }
  await json(await department.request('POST', `/api/people/${person.id}/moves`, target, headers), 204)
  await revoke(it.id)
  await work(it.id)
  const marked = (await linesOf(person.id)).at(-1)
  expect(marked).toMatchObject({ path: build.distant.path, title: `${title}（${it.number}）（${revoked}）` })
  expect((await organiser.get(`/api/archive/documents/${marked?.id}`)).status).toBe(404)
  expect((await otherOrganiser.get(`/api/archive/documents/${marked?.id}`)).status).toBe(200)
})

test.each<[what: string, decision: 'approved' | null, waiting: boolean[]]>([
  ['is tried again a day later while a list to be destroyed is undecided', null, [false, true]],
  ['is left as it is once it was destroyed', 'approved', [false]],
])('a paper %s', async (what, decision, waiting) => {
  const person = await somebody(what.slice(0, 8))
  const it = await issued(person)
  const listed = { tenantId, path: person.path }
  const disposalId = newId()
  await look(async (db) => {
    await db.insert(archiveDisposals).values({
      ...{ ...listed, id: disposalId, organizationId: build.branch.id, reason: '保管期限已满', decision },
      ...{ proposedBy: newId(), proposedByName: '某' },
    })
    await db.insert(archiveDisposalDocuments).values({
      ...{ ...listed, disposalId, documentId: it.documentId, destroyedOn: decision && today },
    })
  })
  await revoke(it.id)
  await work(it.id)
  expect((await linesOf(person.id)).map((one) => one.title)).toEqual([`${title}（${it.number}）`])
  expect((await queued(it.id)).map((one) => one.isLater).sort()).toEqual(waiting)
})
