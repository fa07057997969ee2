import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { temporaryDirectory } from '../../../test/directory.ts'
import { today } from '../../../test/factories.ts'
import { waitingForLocks } from '../../../test/locks.ts'
import { packageOf } from '../../../test/packages.ts'
import { pdfOf } from '../../../test/papers.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { upload } from '../../../test/uploads.ts'
import { verify } from '../../commands/verify.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { readReceipt } from '../../platform/packages/receipt.ts'
import type { SealedFile } from '../../platform/packages/sealed-file.ts'
import { accounts } from '../accounts/tables.ts'
import { dissolve } from '../organization/service.ts'
import { offices, organizations } from '../organization/tables.ts'
import { archiveDocuments, archiveReceptions } from './tables.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)

let sender: TestApp
let here: TestApp
let secretary: Browser
let organiser: Browser

beforeAll(async () => {
  sender = await testApp()
  here = await testApp()
  secretary = await here.signedIn(here.accounts.secretary)
  organiser = await here.signedIn(here.accounts.organiser)
})

const check = (uploadId: string, more: object = {}, browser = organiser) =>
  browser.post('/api/archive/receptions/checks', { uploadId, ...more })
const accept = (uploadId: string, owner: object, items: readonly object[], browser = organiser) =>
  browser.post('/api/archive/receptions', { uploadId, ...owner, items })
const minutes = [{ number: 1, place: 'assemblyMinutes' }]
const told = async (answer: Response | Promise<Response>) => {
  const response = await answer
  return [response.status, (await response.json()).detail ?? '']
}
const documentsOf = (organizationId: string) =>
  here.build.look((db) =>
    db
      .select()
      .from(archiveDocuments)
      .where(and(eq(archiveDocuments.organizationId, organizationId), isNull(archiveDocuments.personId))),
  )
const journalCount = () => here.build.look((db) => db.$count(journal))
const endOffice = (id: string) =>
  here.build.look((db) => db.update(offices).set({ until: '2026-11-22' }).where(eq(offices.id, id)))
const lock = (id: string) =>
  here.build.look((db) => db.update(accounts).set({ isLocked: true }).where(eq(accounts.id, id)))
const newBranch = (name = `支部${newId().slice(-6)}`) =>
  here.build.organization(here.build.college, { kind: 'branch', name, code: newId().slice(-8) })

/** A package of the file of an invented branch, with one picture that is in no other. */
async function packageOfBranch(subject: Partial<SealedFile['subject']> = {}) {
  const background = `#${newId().slice(-6)}`
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .png()
    .toBuffer()
  const of = { kind: 'organization' as const, name: '滨江支部', number: 'BJ01', organization: '滨江支部', ...subject }
  return packageOf([{ place: '支部党员大会会议记录', title: '三月支部大会记录', bytes }], {
    title: '滨江支部档案',
    subject: of,
  })
}

describe('the sealed file of an organisation of another university', () => {
  let bytes: Uint8Array<ArrayBuffer>
  let number = ''
  let receptionId = ''
  let documentId = ''

  beforeAll(async () => {
    const keeper = await sender.signedIn(sender.accounts.secretary)
    const { id: organizationId } = sender.build.branch
    for (const [place, title] of [
      ['assemblyMinutes', '2025年3月支部党员大会记录'],
      ['branchCommitteeMinutes', '2025年4月支委会记录'],
    ]) {
      const uploadId = await upload(keeper, new Uint8Array(pdfOf([{ lines: [title ?? ''] }])), '记录.pdf')
      const wanted = { organizationId, uploadId, place, title, nature: 'original', on: '2025-03-01' }
      expect((await keeper.post('/api/archive/documents', wanted)).status).toBe(201)
    }
    const sealed = await (await keeper.post('/api/archive/seals', { organizationId })).json()
    number = sealed.number
    bytes = new Uint8Array(await (await keeper.get(`/api/archive/seals/${sealed.id}/package.zip`)).arrayBuffer())
  })

  test('is shown with whose it is, its papers and the organisations here of its name, and nothing is written', async () => {
    const before = await journalCount()
    const shown = await (await check(await upload(organiser, bytes))).json()
    const { branch, college } = here.build
    expect(shown).toMatchObject({
      ...{ number, version: 1, title: `${branch.name}档案`, sender: sender.build.college.name },
      subject: { kind: 'organization', name: branch.name, organization: branch.name },
      items: [
        { number: 1, place: '支部党员大会会议记录', placeHere: 'assemblyMinutes', refused: null },
        { number: 2, place: '支部委员会会议记录', placeHere: 'branchCommitteeMinutes', refused: null },
      ],
      candidates: [
        { id: branch.id, name: branch.name, organization: college.name, by: 'name', present: [], received: null },
      ],
    })
    expect(shown.places.map(({ code }: { code: string }) => code)).toContain('assemblyMinutes')
    expect(shown.places.map(({ code }: { code: string }) => code)).not.toContain('application')
    expect([await journalCount(), await documentsOf(branch.id)]).toEqual([before, []])
  })

  test('is taken over into the organisation that was chosen, with where it came from, and no organisation is made', async () => {
    const organizationCount = () => here.build.look((db) => db.$count(organizations))
    const before = await organizationCount()
    const { sibling } = here.build
    const uploadId = await upload(organiser, bytes)
    const { candidates } = await (await check(uploadId, { organizationId: sibling.id })).json()
    expect(candidates[0]).toMatchObject({ id: sibling.id, by: 'chosen' })
    const items = [...minutes, { number: 2, leftOut: '与本支部无关' }]
    const answer = await accept(uploadId, { organizationId: sibling.id }, items)
    expect(answer.status).toBe(201)
    receptionId = (await answer.json()).id
    const documents = await documentsOf(sibling.id)
    expect(documents).toMatchObject([
      { place: 'assemblyMinutes', title: '2025年3月支部党员大会记录', on: '2025-03-01', path: sibling.path },
    ])
    documentId = documents[0]?.id ?? ''
    const { origin, person } = await (await organiser.get(`/api/archive/documents/${documentId}`)).json()
    expect([origin, person]).toMatchObject([{ receptionId, number, sender: sender.build.college.name }, null])
    expect(await organizationCount()).toBe(before)
    const view = await (await organiser.get(`/api/archive/receptions/${receptionId}`)).json()
    expect(view).toMatchObject({
      ...{ number, filed: 1, present: 0, leftOut: 1, person: null },
      ...{ organization: { id: sibling.id, name: sibling.name }, can: { download: true } },
      items: [
        { fate: 'filed', documentId },
        { fate: 'leftOut', reason: '与本支部无关' },
      ],
    })
    const events = await here.build.look((db) =>
      db.select({ details: journal.details }).from(journal).where(eq(journal.subjectId, receptionId)),
    )
    expect(events).toMatchObject([{ details: { number, filed: 1, leftOut: 1 } }])
  })

  test('has a receipt as XML and as PDF by which the sender sees that it is this package', async () => {
    const at = `/api/archive/receptions/${receptionId}`
    const xml = await (await organiser.get(`${at}/receipt.xml`)).text()
    expect(readReceipt(xml)).toMatchObject({
      ...{ number, subject: { name: here.build.branch.name } },
      receiver: { university: '临江大学', organization: here.build.college.name },
      items: [{ fate: 'filed' }, { fate: 'leftOut', reason: '与本支部无关' }],
    })
    const [zip, receipt] = [path.join(directory, 'package.zip'), path.join(directory, 'receipt.xml')]
    await writeFile(zip, bytes)
    await writeFile(receipt, xml)
    const lines: string[] = []
    expect(await verify([zip, '--receipt', receipt], (line) => lines.push(line))).toBe(0)
    expect(lines.join('\n')).toContain('与本包相符')
    const pdf = new Uint8Array(await (await organiser.get(`${at}/receipt.pdf`)).arrayBuffer())
    const text = textOfPages(pdf).join('').replaceAll('\u200b', '')
    for (const part of ['电子档案接收回执', number, here.build.branch.name, '与本支部无关'])
      expect(text).toContain(part)
    expect(Buffer.from(pdf).toString('latin1')).toContain('pdfaid:part')
    expect((await organiser.get(`${at}/metadata.xml`)).status).toBe(200)
  })

  test('is not taken over twice into the same file', async () => {
    const uploadId = await upload(organiser, bytes)
    const owner = { organizationId: here.build.sibling.id }
    const { candidates } = await (await check(uploadId, owner)).json()
    const [chosen] = candidates.filter(({ id }: { id: string }) => id === owner.organizationId)
    expect(chosen).toMatchObject({
      received: { id: receptionId },
      present: [{ number: 1, title: '2025年3月支部党员大会记录' }],
    })
    const items = [...minutes, { number: 2, place: 'branchCommitteeMinutes' }]
    expect(await told(accept(uploadId, owner, items))).toEqual([409, expect.stringMatching(/接收，没有重复接收/)])
    expect(await documentsOf(owner.organizationId)).toHaveLength(1)
  })

  test('is listed for those who read the file of the organisation, also beside receptions of persons', async () => {
    const idsFor = async (browser: Browser, query = '') => {
      const { items } = await (await browser.get(`/api/archive/receptions${query}`)).json()
      return items.map(({ id }: { id: string }) => id)
    }
    const query = `?organizationId=${here.build.sibling.id}`
    expect(await idsFor(organiser, query)).toEqual([receptionId])
    expect(await idsFor(organiser)).toEqual([receptionId])
    expect(await idsFor(organiser, `?organizationId=${here.build.branch.id}`)).toEqual([])
    const siblingSecretary = await here.signedIn(here.accounts.siblingSecretary)
    expect(await idsFor(siblingSecretary)).toEqual([receptionId])
    expect(await idsFor(secretary)).toEqual([])
    for (const browser of [secretary, await here.signedIn(here.accounts.applicant)])
      expect((await browser.get(`/api/archive/receptions/${receptionId}`)).status).toBe(404)
  })
})

describe('refused is, and nothing is written,', () => {
  const nothing = async (organizationId: string) => [
    await documentsOf(organizationId),
    await here.build.look((db) => db.$count(archiveReceptions, eq(archiveReceptions.organizationId, organizationId))),
  ]

  test('the file of an organisation that another keeps', async () => {
    const uploadId = await upload(secretary, (await packageOfBranch()).bytes)
    const { sibling, college, distant } = here.build
    for (const { id: organizationId } of [sibling, college, distant]) {
      expect((await check(uploadId, { organizationId }, secretary)).status).toBe(404)
      expect((await accept(uploadId, { organizationId }, minutes, secretary)).status).toBe(404)
    }
    expect(await nothing(college.id)).toEqual([[], 0])
  })

  test('a package of the other kind', async () => {
    const branch = await newBranch()
    const person = await here.build.person(branch, { name: '张三' })
    const ofBranch = await upload(organiser, (await packageOfBranch()).bytes)
    expect(await told(accept(ofBranch, { personId: person.id }, minutes))).toEqual([400, expect.any(String)])
    const { bytes } = await packageOf([
      { place: '入党申请书', title: '申请书', bytes: pdfOf([{ lines: [newId()] }]), extension: 'pdf' },
    ])
    const ofPerson = await upload(organiser, bytes)
    expect(await told(accept(ofPerson, { organizationId: branch.id }, minutes))).toEqual([400, expect.any(String)])
    expect(await nothing(branch.id)).toEqual([[], 0])
  })

  test('a place of persons', async () => {
    const branch = await newBranch()
    const uploadId = await upload(organiser, (await packageOfBranch()).bytes)
    const items = [{ number: 1, place: 'application' }]
    expect((await accept(uploadId, { organizationId: branch.id }, items)).status).toBe(400)
    expect(await nothing(branch.id)).toEqual([[], 0])
  })

  test('an organisation that was dissolved, which is not offered either', async () => {
    const branch = await newBranch()
    await here.build.as(here.build.actors.department, (ctx) =>
      dissolve(ctx, branch.id, 1, { on: today, reason: '合并' }),
    )
    const uploadId = await upload(organiser, (await packageOfBranch({ name: branch.name })).bytes)
    expect((await (await check(uploadId)).json()).candidates).toEqual([])
    const refused = [409, expect.stringMatching(/撤销，不能再归入档案/)]
    expect(await told(check(uploadId, { organizationId: branch.id }))).toEqual(refused)
    expect(await told(accept(uploadId, { organizationId: branch.id }, minutes))).toEqual(refused)
    expect(await nothing(branch.id)).toEqual([[], 0])
  })

  test('one that is being dissolved meanwhile, whatever is received of it', async () => {
    const branch = await newBranch()
    const uploadId = await upload(organiser, (await packageOfBranch()).bytes)
    let answer: Promise<Response> | undefined
    await here.build.as(here.build.actors.department, async (ctx) => {
      await dissolve(ctx, branch.id, 1, { on: today, reason: '合并' })
      answer = accept(uploadId, { organizationId: branch.id }, [{ number: 1, leftOut: '重复移交' }])
      await waitingForLocks(here.database)
    })
    expect((await answer)?.status).toBe(409)
    expect(await nothing(branch.id)).toEqual([[], 0])
  })

  test('a package whose receiver lost the office, or was locked out, while it was being read', async () => {
    for (const [lose, status] of [
      [(officeId: string) => endOffice(officeId), 404],
      [(_: string, accountId: string) => lock(accountId), 401],
    ] as const) {
      const branch = await newBranch()
      const person = await here.build.person(branch, { name: '离任者' })
      const officeId = await here.build.office(person, branch, 'secretary')
      const account = await here.account({ name: '离任者', person })
      const leaving = await here.signedIn(account)
      const uploadId = await upload(leaving, (await packageOfBranch()).bytes)
      const { store } = here.contents
      const { put } = store
      store.put = async (...args) => {
        await lose(officeId, account.id)
        return put(...args)
      }
      const owner = { organizationId: branch.id }
      const [answered] = await told(accept(uploadId, owner, minutes, leaving)).finally(() => {
        store.put = put
      })
      expect([answered, await nothing(branch.id)]).toEqual([status, [[], 0]])
    }
  })

  test('the second of two who take the same package over at once', async () => {
    const branch = await newBranch()
    const { bytes } = await packageOfBranch()
    const department = await here.signedIn(here.accounts.department)
    const [mine, theirs] = [await upload(organiser, bytes), await upload(department, bytes)]
    const owner = { organizationId: branch.id }
    const answers = await Promise.all([accept(mine, owner, minutes), accept(theirs, owner, minutes, department)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await documentsOf(branch.id)).toHaveLength(1)
  })
})

test('an organisation of the same code is offered first, whatever its name', async () => {
  const branch = await newBranch()
  const [row] = await here.build.look((db) => db.select().from(organizations).where(eq(organizations.id, branch.id)))
  const { bytes } = await packageOfBranch({ name: here.build.branch.name, number: row?.code ?? null })
  const { candidates } = await (await check(await upload(organiser, bytes))).json()
  expect(candidates.map(({ id, by }: { id: string; by: string }) => [id, by])).toEqual([
    [branch.id, 'number'],
    [here.build.branch.id, 'name'],
  ])
})
