import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { and, eq } from 'drizzle-orm'
import PizZip from 'pizzip'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { scanWith } from '../../../test/clamd.ts'
import { temporaryDirectory } from '../../../test/directory.ts'
import { today } from '../../../test/factories.ts'
import { waitingForLocks } from '../../../test/locks.ts'
import { type PackedPaper, packageOf } from '../../../test/packages.ts'
import { pdfOf } from '../../../test/papers.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { type RawEntry, rawZip } from '../../../test/raw-zip.ts'
import { upload } from '../../../test/uploads.ts'
import { verify } from '../../commands/verify.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { readReceipt } from '../../platform/packages/receipt.ts'
import type { SealedFile } from '../../platform/packages/sealed-file.ts'
import { digestOfMetadata, writeSealedFile } from '../../platform/packages/sealed-file-xml.ts'
import { developmentActs } from '../development/tables.ts'
import { movePerson } from '../people/service.ts'
import { persons } from '../people/tables.ts'
import { archiveDocuments, archiveReceptions } from './tables.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)

/** The sender, and another university that takes over. */
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

const pictureOf = (background: string) =>
  sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .png()
    .toBuffer()
const colour = () => `#${newId().slice(-6)}`
const application = async (): Promise<PackedPaper> => ({
  ...{ place: '入党申请书', title: '入党申请书', bytes: await pictureOf(colour()) },
})
const report = (title = '思想汇报'): PackedPaper => ({
  ...{ place: '思想汇报', title, bytes: pdfOf([{ lines: [newId()] }, {}]), extension: 'pdf', more: { pages: 2 } },
})

const check = (uploadId: string, more: object = {}, browser = secretary) =>
  browser.post('/api/archive/receptions/checks', { uploadId, ...more })
const accept = (uploadId: string, personId: string, items: readonly object[], browser = secretary) =>
  browser.post('/api/archive/receptions', { uploadId, personId, items })
const whole = (count: number, place = 'application') =>
  Array.from({ length: count }, (_, at) => ({ number: at + 1, place }))

const newPerson = async (name = '张三', studentNumber = newId().slice(-12)) =>
  (await here.build.person(here.build.branch, { name, studentNumber })).id

const documentsOf = (personId: string) =>
  here.build.look((db) =>
    db.select().from(archiveDocuments).where(eq(archiveDocuments.personId, personId)).orderBy(archiveDocuments.id),
  )
const receptionCount = () => here.build.look((db) => db.$count(archiveReceptions))
const journalCount = () => here.build.look((db) => db.$count(journal))
const told = async (answer: Response | Promise<Response>) => {
  const response = await answer
  return [response.status, (await response.json()).detail ?? '']
}

describe('a package of another university', () => {
  let bytes: Uint8Array<ArrayBuffer>
  let number = ''
  let receptionId = ''
  let personId = ''

  beforeAll(async () => {
    const keeper = await sender.signedIn(sender.accounts.secretary)
    const { wang } = sender.build
    for (const [place, title, file, name] of [
      ['application', '入党申请书', await pictureOf('#aabbcc'), '申请书.png'],
      ['thoughtReport', '2025年第一季度思想汇报 喆堃', pdfOf([{ lines: ['思想汇报'] }, {}]), '汇报.pdf'],
    ] as const) {
      const uploadId = await upload(keeper, new Uint8Array(file), name)
      const wanted = { personId: wang.id, uploadId, place, title, nature: 'copy', on: '2025-03-01' }
      expect((await keeper.post('/api/archive/documents', wanted)).status).toBe(201)
    }
    const sealed = await (await keeper.post('/api/archive/seals', { personId: wang.id })).json()
    number = sealed.number
    const answer = await keeper.get(`/api/archive/seals/${sealed.id}/package.zip`)
    bytes = new Uint8Array(await answer.arrayBuffer())
    personId = here.build.wang.id
  })

  test('is shown with whose it is, what is in it and where that would go, and nothing is written', async () => {
    const before = await journalCount()
    const shown = await (await check(await upload(secretary, bytes))).json()
    expect(shown).toMatchObject({
      number,
      version: 1,
      title: '王一舟发展党员档案',
      sender: sender.build.college.name,
      sealedBy: '李晓岚',
      previous: null,
      subject: { kind: 'person', name: '王一舟', number: '2023010002', organization: sender.build.branch.name },
      items: [
        {
          ...{ number: 1, place: '入党申请书', placeHere: 'application', title: '入党申请书', on: '2025-03-01' },
          ...{ nature: 'copy', kind: 'picture', pages: 1, pagesHere: 1, refused: null },
        },
        {
          number: 2,
          placeHere: 'thoughtReport',
          title: '2025年第一季度思想汇报 喆堃',
          kind: 'pdf',
          pages: 2,
          pagesHere: 2,
        },
      ],
      candidates: [{ id: personId, name: '王一舟', by: 'number', present: [], received: null }],
    })
    expect(await journalCount()).toBe(before)
    expect(await documentsOf(personId)).toEqual([])
  })

  test('is taken over with where it came from, and its facts are not recorded', async () => {
    const acts = () => here.build.look((db) => db.$count(developmentActs))
    const before = await acts()
    const items = [
      { number: 1, place: 'application' },
      { number: 2, place: 'thoughtReport' },
    ]
    const answer = await accept(await upload(secretary, bytes), personId, items)
    expect(answer.status).toBe(201)
    receptionId = (await answer.json()).id
    const documents = await documentsOf(personId)
    expect(documents.map(({ place, title, on, nature, fileName }) => ({ place, title, on, nature, fileName }))).toEqual(
      [
        { place: 'application', title: '入党申请书', on: '2025-03-01', nature: 'copy', fileName: '申请书.png' },
        {
          ...{ place: 'thoughtReport', title: '2025年第一季度思想汇报 喆堃', on: '2025-03-01', nature: 'copy' },
          fileName: '汇报.pdf',
        },
      ],
    )
    for (const { contentId } of documents) expect(await here.contents.store.check(contentId)).toBe('sound')
    const { origin } = await (await secretary.get(`/api/archive/documents/${documents[0]?.id}`)).json()
    expect(origin).toMatchObject({
      ...{ receptionId, number, version: 1, sender: sender.build.college.name, sealedBy: '李晓岚' },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(await acts()).toBe(before)
    const view = await (await organiser.get(`/api/archive/receptions/${receptionId}`)).json()
    expect(view).toMatchObject({
      ...{ number, filed: 2, present: 0, leftOut: 0, acceptedBy: '李晓岚', can: { download: true } },
      items: [
        { fate: 'filed', documentId: documents[0]?.id },
        { fate: 'filed', documentId: documents[1]?.id },
      ],
    })
    const list = await (await organiser.get(`/api/archive/receptions?personId=${personId}`)).json()
    expect(list.items.map(({ id }: { id: string }) => id)).toEqual([receptionId])
  })

  test('has a receipt by which the sender sees that it is this package', async () => {
    const xml = await (await secretary.get(`/api/archive/receptions/${receptionId}/receipt.xml`)).text()
    expect(readReceipt(xml)).toMatchObject({
      number,
      receiver: { university: '临江大学', organization: here.build.college.name, by: '李晓岚' },
      received: { items: 2, pages: 3 },
    })
    await writeFile(path.join(directory, 'package.zip'), bytes)
    await writeFile(path.join(directory, 'receipt.xml'), xml)
    const lines: string[] = []
    const args = [path.join(directory, 'package.zip'), '--receipt', path.join(directory, 'receipt.xml')]
    expect(await verify(args, (line) => lines.push(line))).toBe(0)
    expect(lines.join('\n')).toContain('与本包相符')
    const pdf = new Uint8Array(
      await (await secretary.get(`/api/archive/receptions/${receptionId}/receipt.pdf`)).arrayBuffer(),
    )
    const text = textOfPages(pdf).join('').replaceAll('\u200b', '')
    for (const part of ['电子档案接收回执', number, '思想汇报喆堃', readReceipt(xml).digests.tagManifest])
      expect(text).toContain(part)
    const metadata = await (await secretary.get(`/api/archive/receptions/${receptionId}/metadata.xml`)).text()
    expect(digestOfMetadata(metadata)).toBe(readReceipt(xml).digests.metadata)
    // What the package says of the person was taken away: the person sees it.
    const readings = await here.build.look((db) =>
      db
        .select({ by: journal.actorName, details: journal.details })
        .from(journal)
        .where(and(eq(journal.subjectId, receptionId), eq(journal.event, 'journal.read'))),
    )
    expect(readings).toEqual([{ by: '李晓岚', details: { what: 'package' } }])
  })

  test('is not taken over twice: who did it and when is said', async () => {
    const uploadId = await upload(secretary, bytes)
    const { candidates } = await (await check(uploadId)).json()
    expect(candidates).toMatchObject([
      {
        received: { id: receptionId, by: '李晓岚', isRefused: false },
        present: [
          { number: 1, title: '入党申请书', placeLabel: '入党申请书' },
          { number: 2, placeLabel: '思想汇报' },
        ],
      },
    ])
    const [status, detail] = await told(accept(uploadId, personId, whole(2)))
    expect([status, detail]).toEqual([409, expect.stringMatching(/已由李晓岚于 .+ 接收，没有重复接收/)])
    expect(await documentsOf(personId)).toHaveLength(2)
  })

  test('moves with its person, and is not shown to the person concerned', async () => {
    const applicant = await here.signedIn(here.accounts.applicant)
    expect((await applicant.get(`/api/archive/receptions/${receptionId}`)).status).toBe(404)
    expect((await (await applicant.get('/api/archive/receptions')).json()).items).toEqual([])
    const [own] = await documentsOf(personId)
    expect((await (await applicant.get(`/api/archive/documents/${own?.id}`)).json()).origin).toMatchObject({ number })
  })
})

describe('what is taken over', () => {
  test('may leave documents out with a reason, and go to another place', async () => {
    const personId = await newPerson()
    const papers = [{ ...(await application()), place: '本校自定材料' }, report(), report('无关的汇报')]
    const { bytes } = await packageOf(papers)
    const uploadId = await upload(secretary, bytes)
    const shown = await (await check(uploadId, { personId })).json()
    expect(shown.items[0]).toMatchObject({ place: '本校自定材料', placeHere: null })
    expect(shown.candidates[0]).toMatchObject({ id: personId, by: 'name' })
    expect(shown.facts).toMatchObject([{ what: '确定为入党积极分子', on: '2025-05-28' }])
    const items = [
      { number: 1, place: 'autobiography' },
      { number: 2, place: 'thoughtReport' },
      { number: 3, leftOut: '不是本人的材料' },
    ]
    const { id } = await (await accept(uploadId, personId, items)).json()
    expect((await documentsOf(personId)).map(({ place, title }) => [place, title])).toEqual([
      ['autobiography', '入党申请书'],
      ['thoughtReport', '思想汇报'],
    ])
    const view = await (await secretary.get(`/api/archive/receptions/${id}`)).json()
    expect(view.items[2]).toMatchObject({ fate: 'leftOut', reason: '不是本人的材料', documentId: null })
    const xml = await (await secretary.get(`/api/archive/receptions/${id}/receipt.xml`)).text()
    expect(readReceipt(xml).items[2]).toMatchObject({ fate: 'leftOut', reason: '不是本人的材料' })
  })

  test('does not lie twice in a file, within one package either', async () => {
    const personId = await newPerson()
    const [one, two] = [await application(), report()]
    const first = await packageOf([one], { number: '甲-1' })
    expect((await accept(await upload(secretary, first.bytes), personId, whole(1))).status).toBe(201)
    const second = await packageOf([one, two, { ...two, title: '又一次' }], { number: '甲-1', title: '补充' })
    const items = [{ number: 1, place: 'application' }, ...[2, 3].map((it) => ({ number: it, place: 'thoughtReport' }))]
    const { id } = await (await accept(await upload(secretary, second.bytes), personId, items)).json()
    const view = await (await secretary.get(`/api/archive/receptions/${id}`)).json()
    expect(view.items.map(({ fate, reason }: { fate: string; reason: string }) => [fate, reason])).toEqual([
      ['present', '与“入党申请书”中《入党申请书》的内容相同'],
      ['filed', null],
      ['present', '与“思想汇报”中《思想汇报》的内容相同'],
    ])
    expect(await documentsOf(personId)).toHaveLength(2)
  })

  test('is told to follow a seal that is here', async () => {
    const personId = await newPerson()
    const paper = await application()
    const first = await packageOf([paper], { number: '链-1' })
    expect((await accept(await upload(secretary, first.bytes), personId, whole(1))).status).toBe(201)
    const previous = digestOfMetadata(writeSealedFile(first.file))
    const seal = { version: 2, at: '2026-11-21T08:00:00.000Z', by: '王老师', reason: '补充汇报', previous }
    const second = await packageOf([paper, report()], { number: '链-1', seal })
    const shown = await (await check(await upload(secretary, second.bytes))).json()
    expect([shown.version, shown.reason, shown.previous]).toEqual([2, '补充汇报', { sha256: previous, isHere: true }])
  })

  test('finds the person of the number among many of the same name, and the one who was chosen', async () => {
    const name = `重名${newId().slice(-4)}`
    const people: string[] = []
    for (let at = 0; at < 22; at++) people.push(await newPerson(name, `${newId().slice(-11)}${at % 10}`))
    const [chosen = '', numbered = ''] = people.slice(-2)
    const number = (await here.build.look((db) => db.select().from(persons).where(eq(persons.id, numbered))))[0]
    const subject = { kind: 'person' as const, name, number: number?.studentNumber ?? '', organization: '文学院' }
    const { bytes } = await packageOf([await application()], { subject })
    const { candidates } = await (await check(await upload(secretary, bytes), { personId: chosen })).json()
    const first = candidates.slice(0, 2).map(({ id, by }: { id: string; by: string }) => [id, by])
    expect(first).toEqual([
      [numbered, 'number'],
      [chosen, 'name'],
    ])
  })

  test('may be nothing, for one reason, which the receipt tells the sender', async () => {
    const personId = await newPerson()
    const papers = [await application(), report()]
    const first = await packageOf(papers, { number: '又-1' })
    const items = [
      { number: 1, place: 'application' },
      { number: 2, place: 'thoughtReport' },
    ]
    expect((await accept(await upload(secretary, first.bytes), personId, items)).status).toBe(201)
    const again = await packageOf(papers, { number: '又-1', title: '同一批材料' })
    const leftOut = '档案中已有内容相同的全部材料'
    const refused = [1, 2].map((number) => ({ number, leftOut }))
    const { id } = await (await accept(await upload(secretary, again.bytes), personId, refused)).json()
    const xml = await (await secretary.get(`/api/archive/receptions/${id}/receipt.xml`)).text()
    expect(readReceipt(xml).items.map(({ fate, reason }) => [fate, reason])).toEqual([
      ['leftOut', leftOut],
      ['leftOut', leftOut],
    ])
    expect(await documentsOf(personId)).toHaveLength(2)
    const once = await upload(secretary, again.bytes)
    const { candidates } = await (await check(once, { personId })).json()
    const [same] = candidates.filter((it: { id: string }) => it.id === personId)
    expect(same.received).toMatchObject({ id, isRefused: true })
    expect(await told(accept(once, personId, refused))).toEqual([
      409,
      expect.stringMatching(/办理，其中的材料都没有接收/),
    ])
    const previous = digestOfMetadata(writeSealedFile(again.file))
    const seal = { version: 2, at: '2026-11-21T08:00:00.000Z', by: '王老师', reason: '补充汇报', previous }
    const next = await packageOf(papers, { number: '又-1', seal })
    expect((await (await check(await upload(secretary, next.bytes))).json()).previous.isHere).toBe(false)
  })

  test('of two who take the same package over at once one does', async () => {
    const personId = await newPerson()
    const { bytes } = await packageOf([await application(), report()])
    const items = [
      { number: 1, place: 'application' },
      { number: 2, place: 'thoughtReport' },
    ]
    const mine = await upload(secretary, bytes)
    const theirs = await upload(organiser, bytes)
    const answers = await Promise.all([accept(mine, personId, items), accept(theirs, personId, items, organiser)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await documentsOf(personId)).toHaveLength(2)
  })

  test('goes to where its person is being moved meanwhile', async () => {
    const personId = await newPerson()
    const { bytes } = await packageOf([await application()])
    const uploadId = await upload(organiser, bytes)
    const { actors, sibling } = here.build
    let answer: Promise<Response> | undefined
    await here.build.as(actors.organiser, async (ctx) => {
      await movePerson(ctx, personId, 1, { organizationId: sibling.id, on: today })
      answer = accept(uploadId, personId, [{ number: 1, leftOut: '不是本人的材料' }], organiser)
      await waitingForLocks(here.database)
    })
    expect((await answer)?.status).toBe(201)
    const rows = await here.build.look((db) =>
      db.select().from(archiveReceptions).where(eq(archiveReceptions.personId, personId)),
    )
    expect(rows.map((row) => row.path)).toEqual([sibling.path])
  })

  test('is filed without the identity numbers in its names', async () => {
    const personId = await newPerson()
    const { bytes } = await packageOf([{ ...report('思想汇报110101200405110321'), more: {} }])
    expect((await accept(await upload(secretary, bytes), personId, whole(1, 'thoughtReport'))).status).toBe(201)
    const [document] = await documentsOf(personId)
    expect([document?.title, document?.fileName]).toEqual([
      '思想汇报110*************21',
      '思想汇报110*************21.pdf',
    ])
  })

  test('has nothing that turns its names round', async () => {
    const personId = await newPerson()
    const paper = { ...report('思想汇报\u202efdp.exe\u0009一'), more: {} }
    const { bytes } = await packageOf([paper])
    expect((await accept(await upload(secretary, bytes), personId, whole(1, 'thoughtReport'))).status).toBe(201)
    const [document] = await documentsOf(personId)
    expect([document?.title, document?.fileName]).toEqual(['思想汇报fdp.exe 一', '思想汇报fdp.exe 一.pdf'])
  })

  test.each<[string, PackedPaper, RegExp]>([
    [
      'a program',
      { place: '入党申请书', title: '程序', bytes: Buffer.from('MZ\u0090\0'.repeat(50)), extension: 'exe' },
      /不能归档/,
    ],
    [
      'a picture with a script',
      { place: '入党申请书', title: '图', bytes: Buffer.from('<svg><script/></svg>'), extension: 'svg' },
      /不能归档|不是这一类/,
    ],
    ['a day to come', { ...report('明年'), more: { on: '2027-01-01' } }, /晚于今天/],
    ['a day nobody lived on', { ...report('古时'), more: { on: '0900-01-01' } }, /不合常理/],
  ])('%s in a sound package is named, and can only be left out', async (_, paper, message) => {
    const personId = await newPerson()
    const { bytes } = await packageOf([await application(), paper])
    const uploadId = await upload(secretary, bytes)
    expect((await (await check(uploadId)).json()).items[1].refused).toMatch(message)
    const places = [
      { number: 1, place: 'application' },
      { number: 2, place: 'thoughtReport' },
    ]
    const [status, detail] = await told(accept(uploadId, personId, places))
    expect([status, detail]).toEqual([409, expect.stringMatching(message)])
    expect(await documentsOf(personId)).toEqual([])
    const without = [
      { number: 1, place: 'application' },
      { number: 2, leftOut: '不能归档' },
    ]
    expect((await accept(uploadId, personId, without)).status).toBe(201)
    expect(await documentsOf(personId)).toHaveLength(1)
  })
})

test('nothing of a package is called bad because the scanner for malware is down', async () => {
  const { bytes } = await packageOf([await application()])
  const uploadId = await upload(secretary, bytes)
  await scanWith(here.contents, 'hangs up')
  expect(await told(check(uploadId))).toEqual([429, expect.stringContaining('请稍后再试')])
  await scanWith(here.contents, 'honest')
  expect((await (await check(uploadId)).json()).items).toMatchObject([{ refused: null }])
})

describe('refused is', () => {
  let uploadId = ''
  beforeAll(async () => {
    uploadId = await upload(secretary, (await packageOf([await application(), report()])).bytes)
  })
  const second = { number: 2, place: 'thoughtReport' }

  test.each<[string, readonly object[], number, RegExp]>([
    ['a document of which nothing is said', [{ number: 1, place: 'application' }], 400, /有内容没有通过检查|没有写明/],
    ['a document that is not there', [...whole(1), second, { number: 3, place: 'application' }], 400, /./],
    ['a document said twice', [...whole(1), second, second], 400, /./],
    ['a place that is none', [{ number: 1, place: 'nowhere' }, second], 400, /没有这一类材料/],
    ['a place of organisations', [{ number: 1, place: 'assemblyMinutes' }, second], 400, /./],
    ['a document without a reason', [...whole(1), { number: 2, leftOut: '' }], 400, /./],
    ['a document with a reason that nobody sees', [...whole(1), { number: 2, leftOut: '\u200b\u2060' }], 400, /./],
  ])('%s, and nothing is written', async (_, items, wanted, message) => {
    const personId = await newPerson()
    const before = [await journalCount(), await receptionCount()]
    const [status, detail] = await told(accept(uploadId, personId, items))
    expect([status, detail]).toEqual([wanted, expect.stringMatching(message)])
    expect([await documentsOf(personId), await journalCount(), await receptionCount()]).toEqual([[], ...before])
  })

  test('a person whose file another keeps, the own file, and a package of somebody else', async () => {
    const { zhao, li } = here.build
    expect((await accept(uploadId, zhao.id, whole(2))).status).toBe(404)
    expect((await accept(uploadId, li.id, whole(2))).status).toBe(404)
    expect((await check(uploadId, { personId: zhao.id })).status).toBe(404)
    expect((await accept(uploadId, await newPerson(), whole(2), organiser)).status).toBe(404)
    expect((await check(uploadId, {}, organiser)).status).toBe(404)
  })

  test('a package that has not come whole', async () => {
    const { bytes } = await packageOf([await application()])
    const { id } = await (
      await secretary.post('/api/archive/uploads', { fileName: 'a.zip', sizeBytes: bytes.length })
    ).json()
    await secretary.send('PATCH', `/api/archive/uploads/${id}?offset=0`, bytes.slice(0, 100), {})
    expect(await told(check(id))).toEqual([409, expect.stringMatching(/还没有传完（100 \//)])
  })

  test('a package that was closed more often than anybody closes a file', async () => {
    const seal = { version: 3_000_000_000, at: '2026-11-21T08:00:00.000Z', by: '王老师', reason: null, previous: null }
    const { bytes } = await packageOf([await application()], { seal })
    const id = await upload(secretary, bytes)
    expect(await told(accept(id, await newPerson(), whole(1)))).toEqual([
      422,
      '元数据登记为第 3000000000 次封存，不合常理，没有接收。请与移交方核对。',
    ])
  })

  const sealedAt = (at: string) => ({ seal: { version: 1, at, by: '王老师', reason: null, previous: null } })
  const fact = { on: null, what: '谈话', details: '', basis: null, recordedBy: '', recordedAt: '2025-05-28T02:00:00Z' }
  test.each<[string, Partial<SealedFile>, RegExp | null]>([
    ['a number that nobody sees', { number: '\u200b\u2060' }, /元数据中没有档号/],
    ['no title', { title: ' ' }, /元数据中没有题名/],
    ['no keeper', { keeper: { name: '\u202e', code: null } }, /元数据中没有立档单位/],
    ['a seal of the last century', sealedAt('1999-12-31T23:59:59Z'), /不合常理/],
    ['a seal of this century', sealedAt('2000-01-01T00:00:00Z'), null],
    ['a seal of the day after tomorrow', sealedAt(new Date(Date.now() + 172_800_000).toISOString()), /不合常理/],
    ['a seal of a clock that is an hour ahead', sealedAt(new Date(Date.now() + 3_600_000).toISOString()), null],
    ['facts without end', { facts: Array.from({ length: 2_001 }, () => fact) }, /2001 条事实/],
    ['as many facts as are read', { facts: Array.from({ length: 2_000 }, () => fact) }, null],
  ])('or taken a package with %s', async (_, more, message) => {
    const { bytes } = await packageOf([await application()], { number: newId(), ...more })
    const [status, detail] = await told(check(await upload(secretary, bytes)))
    expect([status, detail]).toEqual(message ? [422, expect.stringMatching(message)] : [200, ''])
  })

  test('never the receipt of a package with the longest and strangest texts that it may hold', async () => {
    const personId = await newPerson()
    const strange = (length: number) => `甲\u202e${'\u{20000}ﷺ<&'.repeat(500)}`.slice(0, length).toWellFormed()
    const seal = { version: 9_999, at: '2026-11-21T08:00:00Z', by: strange(2_000), reason: null, previous: null }
    const subject = {
      kind: 'person' as const,
      name: strange(2_000),
      number: strange(2_000),
      organization: strange(2_000),
    }
    const named = { title: strange(2_000), keeper: { name: strange(2_000), code: strange(2_000) }, subject, seal }
    const paper = { ...(await application()), title: strange(2_000) }
    const { bytes } = await packageOf([paper], { ...named, number: newId() })
    const answer = await accept(await upload(secretary, bytes), personId, whole(1))
    expect(answer.status).toBe(201)
    const { id } = await answer.json()
    for (const file of ['receipt.pdf', 'receipt.xml', 'metadata.xml'])
      expect([file, (await secretary.get(`/api/archive/receptions/${id}/${file}`)).status]).toEqual([file, 200])
    const pdf = await (await secretary.get(`/api/archive/receptions/${id}/receipt.pdf`)).arrayBuffer()
    expect(textOfPages(new Uint8Array(pdf)).join('')).not.toContain('\u202e')
  })

  test('a second heavy work of the same account', async () => {
    const answers = await Promise.all([check(uploadId), check(uploadId), check(uploadId)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429])
  })
})

describe('a package that was tampered with', () => {
  /** The files of a real package, to be packed anew with something changed. */
  async function entries(): Promise<RawEntry[]> {
    const { bytes } = await packageOf([await application(), report()])
    const zip = new PizZip(bytes)
    return Object.values(zip.files).map(({ name, asUint8Array }) => ({
      ...{ name, content: Buffer.from(zip.file(name)?.asUint8Array() ?? asUint8Array?.() ?? []) },
    }))
  }
  const changed = (name: string, change: (content: Buffer) => Buffer) => (all: RawEntry[]) =>
    all.map((it) => (String(it.name).endsWith(name) ? { ...it, content: change(it.content ?? Buffer.alloc(0)) } : it))
  const withText = (name: string, from: string, to: string) =>
    changed(name, (it) => Buffer.from(it.toString('utf8').replace(from, to)))
  const base = 'GCXY-DY-2026-0001'
  const more = (entry: RawEntry) => (all: RawEntry[]) => [...all, entry]

  test('packed anew without a change is taken', async () => {
    expect((await check(await upload(secretary, new Uint8Array(rawZip(await entries()))))).status).toBe(200)
  })

  test.each<[string, (all: RawEntry[]) => RawEntry[], RegExp]>([
    [
      'a byte of a document',
      changed('01 文件.png', (it) => Buffer.from(it.map((byte, at) => (at === 30 ? byte ^ 1 : byte)))),
      /01 文件.png：内容与封装时不同/,
    ],
    [
      'a title in the metadata',
      withText('metadata.xml', '<题名>思想汇报', '<题名>检举材料'),
      /metadata.xml：内容与封装时不同/,
    ],
    ['the catalogue', changed('目录.pdf', () => Buffer.from('%PDF-2.0')), /目录.pdf：内容与封装时不同/],
    [
      'metadata that are no XML',
      changed('metadata.xml', () => Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>')),
      /metadata.xml/,
    ],
    [
      'a digest in the manifest',
      changed('/manifest-sha256.txt', (it) => Buffer.from(it.toString().replace(/^[0-9a-f]{4}/, '0000'))),
      /manifest-sha256.txt/,
    ],
    [
      'a document less',
      (all) => all.filter((it) => !String(it.name).endsWith('01 文件.png')),
      /01 文件.png：清单中有，包内没有/,
    ],
    [
      'a document more',
      more({ name: `${base}/data/03 多.pdf`, content: Buffer.from('%PDF-1.7') }),
      /03 多.pdf：清单中没有/,
    ],
    ['a way out', more({ name: `${base}/../../../../tmp/evil`, content: Buffer.from('x') }), /路径指向包外/],
    ['an absolute path', more({ name: '/etc/cron.d/x', content: Buffer.from('x') }), /绝对路径/],
    [
      'a link',
      more({ name: `${base}/data/x`, content: Buffer.from('/etc/passwd'), attributes: 0o120777 }),
      /链接或特殊文件/,
    ],
    [
      'the same name twice',
      (all) => [...all, ...all.filter((it) => String(it.name).endsWith('01 文件.png'))],
      /在包内出现多次/,
    ],
    [
      'a bomb',
      more({ name: `${base}/data/zeros`, content: Buffer.alloc(90 * 1024 * 1024), method: 8 }),
      /恶意构造的压缩包/,
    ],
    [
      'no tag manifests',
      (all) => all.filter((it) => !String(it.name).includes('tagmanifest')),
      /tagmanifest-sha256.txt：没有这份校验清单/,
    ],
    [
      'another encoding of the names',
      more({ name: Buffer.from([0x62, 0x2f, 0xd5, 0xc5]), content: Buffer.from('x') }),
      /不是 UTF-8 编码/,
    ],
  ])('%s: refused with what is wrong, and nothing is left', async (_, change, message) => {
    const before = [await journalCount(), await receptionCount()]
    const uploadId = await upload(secretary, new Uint8Array(rawZip(change(await entries()))))
    const answer = await check(uploadId)
    const { detail, fields } = await answer.json()
    expect([answer.status, detail]).toEqual([422, expect.stringContaining('没有接收')])
    expect(fields.map((it: { path: string; message: string }) => `${it.path}：${it.message}`).join('\n')).toMatch(
      message,
    )
    expect((await accept(uploadId, await newPerson(), whole(2))).status).toBe(422)
    expect([await journalCount(), await receptionCount()]).toEqual(before)
  })

  test.each<[string, Uint8Array<ArrayBuffer>, RegExp]>([
    ['no zip', new Uint8Array(Buffer.from('%PDF-1.7')), /不是 zip 文件/],
    ['an empty zip', new Uint8Array(rawZip([])), /没有接收/],
    [
      'too many entries',
      new Uint8Array(rawZip(Array.from({ length: 700 }, (_, at) => ({ name: `a/${at}` })))),
      /超过 600 个/,
    ],
  ])('%s is none', async (_, bytes, message) => {
    expect(await told(check(await upload(secretary, bytes)))).toEqual([
      expect.any(Number),
      expect.stringMatching(message),
    ])
  })

  test('sound, and of nothing: refused', async () => {
    const { bytes } = await packageOf([], { items: [] })
    expect(await told(check(await upload(secretary, bytes)))).toEqual([422, expect.stringMatching(/包中没有材料/)])
  })

  test('numbered with a gap: refused', async () => {
    const paper = await application()
    const { bytes } = await packageOf([{ ...paper, more: { number: 7 } }])
    expect(await told(check(await upload(secretary, bytes)))).toEqual([
      422,
      expect.stringMatching(/件号不连续（第 7 件）/),
    ])
  })
})
