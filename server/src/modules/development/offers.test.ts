import { type Act, maskIdentityNumber } from '@zhibu/rules'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { type BuiltPerson, encryption, identityNumber, smallUniversity } from '../../../test/factories.ts'
import type { Actor } from '../../platform/context.ts'
import { etagOf } from '../../platform/http.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { keepText } from '../archive/page-texts.ts'
import { withdrawDocument } from '../archive/service.ts'
import { archiveContents, archiveDisposalDocuments, archiveDisposals, archiveDocuments } from '../archive/tables.ts'
import { persons } from '../people/tables.ts'
import { recordActs } from './imported.ts'
import { factOffers, type OffersView } from './offer-schema.ts'
import { development } from './routes.ts'
import { developmentActs, developmentFactDecisions } from './tables.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
const { secretary, organiser, siblingSecretary, applicant, auditor, department } = it.actors
const partySchool = it.officer('partySchool', it.university)

const number = identityNumber('2004-05-06', 31)
let made = 0
/** Somebody of the branch whom no other test touches. */
const somebody = () => {
  made += 1
  const letters = '甲乙丙丁戊己庚辛壬癸'
  return it.person(it.branch, { name: `孟${letters[Math.floor(made / 10)]}${letters[made % 10]}` })
}
const letter = (person: BuiltPerson, day = '2026年3月4日') => ['入党申请书', `申请人：${person.name}`, day]

describe('what is offered', () => {
  test('is what stands on the paper beside the record, with where it stands', async () => {
    const person = await somebody()
    const id = await file(person, 'application', letter(person), { on: '2026-03-05' })
    expect(await read(secretary, id)).toEqual({
      pagesRead: 1,
      can: { decide: true },
      offers: [
        {
          ...{
            id: 'name-1-2-4',
            field: 'name',
            label: '姓名',
            value: person.name,
            state: 'same',
            recorded: person.name,
          },
          ...{ finding: null, doubt: null, page: 1, line: 2, mark: { from: 8 / 14, width: 6 / 14 }, hasPicture: true },
          ...{ isPrivate: false, namesakes: null, left: null, take: null },
        },
        {
          ...{ id: 'actDay.application-1-3-0', field: 'actDay', label: '递交入党申请书的日期', value: '2026-03-04' },
          ...{ state: 'unrecorded', recorded: null, finding: null, doubt: null, page: 1, line: 3 },
          ...{ mark: { from: 0, width: 1 }, hasPicture: true, isPrivate: false, namesakes: null, left: null },
          take: { how: 'record', kind: 'application', on: '2026-03-04' },
        },
        {
          ...{
            id: 'documentOn-1-3-0',
            field: 'documentOn',
            label: '材料日期',
            value: '2026-03-04',
            state: 'different',
          },
          ...{ recorded: '2026-03-05', doubt: null, page: 1, line: 3, mark: { from: 0, width: 1 }, hasPicture: true },
          finding: '材料日期前后不一：登记的是2026年3月5日，材料上是2026年3月4日。请对照原始材料，以原件为准统一更正。',
          ...{ isPrivate: false, namesakes: null, left: null, take: { how: 'document' } },
        },
      ],
    })
  })

  test('of names says who within reach is called so; what needs more than a day opens the form with what is known', async () => {
    const person = await somebody()
    const [one, other] = [
      await it.person(it.branch, { name: '申同名' }),
      await it.person(it.branch, { name: '申同名' }),
    ]
    await it.person(it.distant, { name: '申同名' })
    const id = await file(person, 'observationRegister', [
      '培养联系人：申同名、罗外人',
      '确定培养联系人时间：2026年6月25日',
    ])
    const { offers } = await read(secretary, id)
    expect(offers.map(({ id: offer, take, namesakes }) => [offer, take, namesakes?.map((them) => them.id)])).toEqual([
      [
        'contactPersons.contactPersons-1-1-6',
        { how: 'form', kind: 'contactPersons', names: ['申同名', '罗外人'], on: '2026-06-25' },
        [one.id, other.id],
      ],
      [
        'contactPersons.contactPersons-1-1-10',
        { how: 'form', kind: 'contactPersons', names: ['罗外人', '申同名'], on: '2026-06-25' },
        [],
      ],
      ['actDay.contactPersons-1-2-10', { how: 'form', kind: 'contactPersons', on: '2026-06-25' }, undefined],
    ])
  })

  test('where the record differs opens the correction of the recorded act', async () => {
    const person = await somebody()
    const actId = await recorded(person, { kind: 'application', on: '2026-03-05' })
    const id = await file(person, 'application', letter(person))
    const offer = (await read(secretary, id)).offers.find((one) => one.field === 'actDay')
    expect([offer?.finding, offer?.take]).toEqual([
      '递交入党申请书的日期前后不一：登记的是2026年3月5日，材料上是2026年3月4日。请对照原始材料，以原件为准统一更正。',
      { how: 'form', kind: 'application', actId, on: '2026-03-04' },
    ])
    expect((await take(secretary, id, offer?.id ?? '')).status).toBe(400)
  })

  test('of an identity number is the mask only', async () => {
    const person = await somebody()
    const id = await file(person, 'identityProof', [`身份证号：${number}`])
    const answer = await ask(secretary, 'GET', `/documents/${id}/offers`)
    const text = await answer.text()
    expect([text.includes(number), text.includes(maskIdentityNumber(number))]).toEqual([false, true])
    const [offer] = factOffers.parse(JSON.parse(text)).offers
    expect([offer?.isPrivate, offer?.state, offer?.take]).toEqual([true, 'unrecorded', { how: 'person' }])
  })

  test('of a paper that is not read yet is nothing', async () => {
    const id = await file(await somebody(), 'application')
    expect(await read(secretary, id)).toEqual({ pagesRead: 0, can: { decide: true }, offers: [] })
  })

  test('of a paper in whose place another stands is nothing, of the other what stands there; of one taken out nothing', async () => {
    const person = await somebody()
    const former = await file(person, 'application', letter(person))
    const newer = await file(person, 'application', letter(person, '2026年3月6日'), { supersedes: former })
    expect([(await read(secretary, former)).offers, (await read(secretary, former)).can.decide]).toEqual([[], false])
    expect((await read(secretary, newer)).offers.map((one) => one.value)).toContain('2026-03-06')
    expect((await take(secretary, former, 'actDay.application-1-3-0')).status).toBe(404)
    await it.as(secretary, (ctx) => withdrawDocument(ctx, newer, { reason: '放错了人' }))
    expect((await read(secretary, newer)).offers).toEqual([])
  })

  test('of a destroyed paper is refused', async () => {
    const person = await somebody()
    const id = await file(person, 'application', letter(person))
    const on = { tenantId: it.tenantId, path: person.path }
    await it.look(async (db) => {
      const disposal = { ...on, id: newId(), organizationId: it.branch.id, reason: '期满', proposedBy: newId() }
      await db.insert(archiveDisposals).values({ ...disposal, proposedByName: '提出人', decision: 'approved' })
      await db
        .insert(archiveDisposalDocuments)
        .values({ ...on, disposalId: disposal.id, documentId: id, destroyedOn: '2026-11-01' })
    })
    expect((await ask(secretary, 'GET', `/documents/${id}/offers`)).status).toBe(409)
  })

  test('of a sensitive paper is a reading that the person sees', async () => {
    const person = await somebody()
    const id = await file(person, 'politicalReviewConclusion', ['政审结论', '2026年3月4日'])
    await read(secretary, id)
    await read(secretary, id)
    expect((await eventsOf(id)).map(({ event, personId }) => [event, personId])).toEqual([['journal.read', person.id]])
  })
})

describe('taking', () => {
  test('records the act with the paper as its evidence, once, and then the paper agrees', async () => {
    const person = await somebody()
    const id = await file(person, 'application', letter(person), { title: '申请书' })
    const stale = await revisionOf(secretary, id)
    expect((await take(secretary, id, 'actDay.application-1-3-0')).status).toBe(201)
    const events = await eventsOf(person.id)
    expect(events.find(({ event }) => event === 'development.act-recorded')?.details).toMatchObject({
      act: { kind: 'application', on: '2026-03-04' },
      evidence: { documentId: id, title: '申请书' },
    })
    expect(await statesOf(secretary, id)).toMatchObject({ 'actDay.application-1-3-0': 'same' })
    expect((await take(secretary, id, 'actDay.application-1-3-0')).status).toBe(409)
    expect((await take(organiser, id, 'actDay.application-1-3-0', stale)).status).toBe(409)
  })

  test('of two at once one records, and the other is told', async () => {
    const person = await somebody()
    const id = await file(person, 'application', letter(person))
    const revision = await revisionOf(secretary, id)
    const answers = await Promise.all(
      [secretary, organiser].map((actor) => take(actor, id, 'actDay.application-1-3-0', revision)),
    )
    expect(answers.map((one) => one.status).sort()).toEqual([201, expect.toBeOneOf([409, 412])])
    const acts = await it.look((db) => db.select().from(developmentActs).where(eq(developmentActs.personId, person.id)))
    expect(acts.map((act) => act.on)).toEqual(['2026-03-04'])
  })

  test('is checked as what is typed is: a day before the year as an activist is over is refused with the rule', async () => {
    const person = await somebody()
    await recorded(person, { kind: 'activistDecision', on: '2026-03-05' })
    const id = await file(person, 'prospectProposalMinutes', ['支委会会议记录', '会议时间：2026年6月1日'])
    const answer = await take(secretary, id, 'actDay.prospectProposal-1-2-5')
    const { findings } = await answer.json()
    expect([answer.status, findings.map((finding: { rule: string }) => finding.rule)]).toEqual([422, ['T13']])
  })

  test('of the day of the paper corrects its registration and leaves a new row', async () => {
    const person = await somebody()
    const id = await file(person, 'application', letter(person))
    const answer = await take(secretary, id, 'documentOn-1-3-0')
    const { id: corrected } = await answer.json()
    const [row] = await it.look((db) => db.select().from(archiveDocuments).where(eq(archiveDocuments.id, corrected)))
    expect([answer.status, row?.on, row?.supersedes, row?.reason]).toEqual([
      201,
      '2026-03-04',
      id,
      '以材料上写的日期为准',
    ])
    expect(await statesOf(secretary, corrected)).toMatchObject({ 'documentOn-1-3-0': 'same' })
  })

  test('of what is known of the person is a change of the register with its own checks', async () => {
    const person = await somebody()
    const id = await file(person, 'identityProof', [
      `学号：20269${made}01 出生日期：2004年5月6日`,
      `身份证号：${number}`,
    ])
    for (const { id: offer } of (await read(secretary, id)).offers)
      expect([offer, (await take(secretary, id, offer)).status]).toEqual([offer, 201])
    const [row] = await it.look((db) => db.select().from(persons).where(eq(persons.id, person.id)))
    expect([row?.studentNumber, row?.bornOn, row?.idNumberMask]).toEqual([
      `20269${made}01`,
      '2004-05-06',
      maskIdentityNumber(number),
    ])
    const all = Object.values(await statesOf(secretary, id))
    expect(all).toEqual(['same', 'same', 'same'])
    expect(JSON.stringify(await eventsOf(person.id)).includes(number)).toBe(false)

    const again = await file(await somebody(), 'identityProof', [`身份证号：${number}`])
    expect((await take(secretary, again, 'identityNumber-1-1-5')).status).toBe(409)
    const unsound = await file(await somebody(), 'identityProof', ['身份证号：110105194912310021'])
    expect((await read(secretary, unsound)).offers[0]?.doubt).toContain('校验')
    expect((await take(secretary, unsound, 'identityNumber-1-1-5')).status).toBe(400)
  })

  test('of another name is not possible: the paper may lie with the wrong person', async () => {
    const person = await somebody()
    const id = await file(person, 'application', ['申请人：吴旁人'])
    const [offer] = (await read(secretary, id)).offers
    expect([offer?.state, offer?.take]).toEqual(['different', null])
    expect((await take(secretary, id, 'name-1-1-4')).status).toBe(403)
  })

  test('what is typed in a form names the paper too, and no paper of somebody else', async () => {
    const [person, other] = [await somebody(), await somebody()]
    const [id, strange] = [await file(person, 'application', letter(person)), await file(other, 'application')]
    const record = async (evidence: string) => {
      const revision = await revisionOf(secretary, id)
      const act = { kind: 'application', on: '2026-03-04' }
      return (await ask(secretary, 'POST', `/files/${person.id}/acts`, { act, evidence }, revision)).status
    }
    expect([await record(strange), await record(newId()), await record(id)]).toEqual([400, 404, 201])
  })
})

describe('leaving', () => {
  test('is kept with who, when and why; it is not offered again, not on the corrected paper either, until it is taken back', async () => {
    const person = await somebody()
    const id = await file(person, 'application', letter(person))
    const offer = 'actDay.application-1-3-0'
    expect((await leave(secretary, id, offer, { reason: '是誊写的日期' })).status).toBe(204)
    expect((await leave(organiser, id, offer)).status).toBe(409)
    expect((await take(organiser, id, offer)).status).toBe(409)
    const { id: corrected } = await (await take(secretary, id, 'documentOn-1-3-0')).json()
    const seen = async () => (await read(organiser, corrected)).offers.find((one) => one.id === offer)
    expect([(await seen())?.take, (await seen())?.left]).toEqual([
      null,
      { by: secretary.name, at: expect.any(String), reason: '是誊写的日期' },
    ])
    const again = () => ask(organiser, 'DELETE', `/documents/${corrected}/offers/${offer}/refusal`)
    expect([(await again()).status, (await again()).status]).toEqual([204, 409])
    expect([(await seen())?.take, (await seen())?.left]).toEqual([
      { how: 'record', kind: 'application', on: '2026-03-04' },
      null,
    ])
    expect((await eventsOf(person.id)).map(({ event, details }) => [event, details.offered, details.stands])).toEqual([
      ['development.fact-left', '递交入党申请书', '2026-03-04'],
      ['development.fact-offered-again', '递交入党申请书', '2026-03-04'],
    ])
    expect((await leave(organiser, corrected, offer)).status).toBe(204)
  })

  test('of two at once one is kept', async () => {
    const person = await somebody()
    const id = await file(person, 'application', letter(person))
    const answers = await Promise.all([secretary, organiser].map((actor) => leave(actor, id, 'documentOn-1-3-0')))
    expect(answers.map((one) => one.status).sort()).toEqual([204, 409])
  })

  test('keeps nothing of what stands on the paper, and moves with the person', async () => {
    const person = await somebody()
    const id = await file(person, 'identityProof', [`身份证号：${number}`])
    await leave(secretary, id, 'identityNumber-1-1-5')
    const rows = await it.look((db) =>
      db.select().from(developmentFactDecisions).where(eq(developmentFactDecisions.personId, person.id)),
    )
    expect([rows.length, JSON.stringify(rows).includes(number.slice(6, 14))]).toEqual([1, false])
    expect((await eventsOf(person.id)).at(-1)?.details.stands).toBe(maskIdentityNumber(number))
  })

  test('of a paper that is closed to the person tells the person neither its title nor its words', async () => {
    const person = await somebody()
    const id = await file(person, 'opinionsRecord', ['征求意见', '2026年3月4日'], { title: '谁说了什么' })
    await leave(secretary, id, 'documentOn-1-2-0')
    expect((await eventsOf(person.id)).map((one) => one.details)).toEqual([
      { evidence: { documentId: id }, offered: '材料日期' },
    ])
  })
})

describe('rights', () => {
  test.each<[string, () => Actor | Promise<Actor>, read: number, write: number, fields: string[]]>([
    ['the secretary', () => secretary, 200, 201, ['name', 'actDay', 'documentOn']],
    ['the Party school, which reads', () => partySchool, 200, 403, ['name', 'actDay', 'documentOn']],
    ['the secretary next door', () => siblingSecretary, 404, 404, []],
    ['the auditor', () => auditor, 404, 404, []],
  ])('%s', async (_who, actorOf, reads, writes, fields) => {
    const person = await somebody()
    const actor = await actorOf()
    const id = await file(person, 'application', letter(person))
    expect((await ask(actor, 'GET', `/documents/${id}/offers`)).status).toBe(reads)
    if (reads === 200) expect((await read(actor, id)).offers.map((one) => one.field)).toEqual(fields)
    const revision = await revisionOf(secretary, id)
    expect((await take(actor, id, 'actDay.application-1-3-0', revision)).status).toBe(writes)
    const left = writes === 201 ? 204 : writes
    expect((await leave(actor, id, 'documentOn-1-3-0')).status).toBe(left)
  })

  test('nobody takes or leaves anything in their own file', async () => {
    const id = await file(it.wang, 'application', letter(it.wang))
    const view = await read(applicant, id)
    expect([view.can.decide, view.offers.map((one) => one.take)]).toEqual([false, [null, null, null]])
    expect((await take(applicant, id, 'actDay.application-1-3-0')).status).toBe(403)
    expect((await leave(applicant, id, 'documentOn-1-3-0')).status).toBe(403)
  })

  test('a helper takes what the task covers, and is told of nothing else', async () => {
    const person = await somebody()
    const helper = await it.helper([person], ['thoughtReport'])
    const report = await file(person, 'thoughtReport', [
      '思想汇报',
      `汇报人：${person.name} 出生日期：2004年5月6日`,
      '确定为入党积极分子时间：2026年1月5日',
      '2026年3月4日',
    ])
    expect((await read(helper, report)).offers.map((one) => [one.id, one.take])).toEqual([
      ['name-1-2-4', null],
      ['actDay.thoughtReport-1-4-0', { how: 'record', kind: 'thoughtReport', on: '2026-03-04' }],
      ['documentOn-1-4-0', { how: 'document' }],
    ])
    expect((await take(helper, report, 'actDay.activistDecision-1-3-12')).status).toBe(404)
    expect((await take(helper, report, 'actDay.thoughtReport-1-4-0')).status).toBe(201)
    const application = await file(person, 'application', letter(person))
    expect((await ask(helper, 'GET', `/documents/${application}/offers`)).status).toBe(404)
  })

  test('a paper of an organisation has no offers', async () => {
    const id = newId()
    const contentId = await stored()
    await it.look((db) =>
      db.insert(archiveDocuments).values({
        ...{ tenantId: it.tenantId, id, personId: null, organizationId: it.branch.id, path: it.branch.path },
        ...{ place: 'assemblyMinutes', title: '', nature: 'original', fileName: 'x.pdf', contentId },
        ...{ filedBy: newId(), filedByName: '归档人' },
      }),
    )
    expect((await ask(department, 'GET', `/documents/${id}/offers`)).status).toBe(404)
  })
})

test.each(['x', 'actDay-1-1', '../x', 'actDay.application-1-3-0%20', 'a'.repeat(99)])(
  'an offer called %s is malformed',
  async (name) => {
    const person = await somebody()
    const id = await file(person, 'application', letter(person))
    expect([400, 404]).toContain((await take(secretary, id, encodeURIComponent(name))).status)
  },
)

/** Files a document with its text as they lie in the tables. */
async function file(
  person: BuiltPerson,
  place: string,
  text?: readonly string[],
  about: { title?: string; on?: '2026-03-05'; supersedes?: string } = {},
): Promise<string> {
  const id = newId()
  const contentId = await stored(text)
  await it.look((db) =>
    db.insert(archiveDocuments).values({
      ...{ tenantId: it.tenantId, id, personId: person.id, organizationId: person.organizationId, path: person.path },
      ...{
        place,
        title: '',
        nature: 'original',
        fileName: '扫描.pdf',
        contentId,
        filedBy: newId(),
        filedByName: '归档人',
      },
      ...about,
    }),
  )
  return id
}

async function stored(text?: readonly string[]): Promise<string> {
  const { tenantId } = it
  const id = `sha256-${newId()}`
  await it.look(async (db) => {
    await db.insert(archiveContents).values({
      ...{ tenantId, id, sizeBytes: 1, mediaType: 'application/pdf', extension: 'pdf', kind: 'pdf', isScanned: false },
    })
    const box = { x: 0.1, y: 0.1, width: 0.5, height: 0.02 }
    const lines = text?.map((line) => ({ text: line, box, isSure: true }))
    if (lines) await keepText({ db, tenantId, encryption }, id, { page: 1, source: 'file', lines, failure: null })
  })
  return id
}

async function recorded(person: BuiltPerson, act: Act): Promise<string> {
  await it.as(department, (ctx) =>
    recordActs(ctx, crypto.randomUUID(), [{ personId: person.id, path: person.path, act }]),
  )
  const [row] = await it.look((db) => db.select().from(developmentActs).where(eq(developmentActs.personId, person.id)))
  return row?.id ?? ''
}

function ask(actor: Actor, method: string, path: string, body?: unknown, revision?: string) {
  const headers = { 'content-type': 'application/json', ...(revision && { 'if-match': revision }) }
  return it
    .served(development, actor)
    .request(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
}

async function read(actor: Actor, documentId: string): Promise<OffersView> {
  const answer = await ask(actor, 'GET', `/documents/${documentId}/offers`)
  expect(answer.status).toBe(200)
  return factOffers.parse(await answer.json())
}

const statesOf = async (actor: Actor, documentId: string) =>
  Object.fromEntries((await read(actor, documentId)).offers.map((one) => [one.id, one.state]))

async function revisionOf(actor: Actor, documentId: string): Promise<string> {
  return (await ask(actor, 'GET', `/documents/${documentId}/offers`)).headers.get('etag') ?? etagOf(0)
}

async function take(actor: Actor, documentId: string, offerId: string, revision?: string) {
  const current = revision ?? (await revisionOf(actor, documentId))
  return ask(actor, 'POST', `/documents/${documentId}/offers/${offerId}/acceptance`, {}, current)
}

const leave = (actor: Actor, documentId: string, offerId: string, body: object = {}) =>
  ask(actor, 'PUT', `/documents/${documentId}/offers/${offerId}/refusal`, body)

const eventsOf = (subjectId: string) =>
  it.look((db) => db.select().from(journal).where(eq(journal.subjectId, subjectId)).orderBy(journal.id))
