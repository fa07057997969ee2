import { and, eq, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { type Behaviour, scanWith } from '../../../test/clamd.ts'
import { encryption, identityNumber, statementsOf, today } from '../../../test/factories.ts'
import { damaged, skewed } from '../../../test/paper/damage.ts'
import { drawPaper } from '../../../test/paper/paper.ts'
import { blankSheet, codeOnSheet, sheetOfLines, sheetWithCodes } from '../../../test/paper/sheets.ts'
import { type PaperPage, pdfOf } from '../../../test/papers.ts'
import { ownPlace } from '../../../test/rights-world.ts'
import { inShort, stacksOf } from '../../../test/stacks.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { jobsSchema } from '../../platform/migrate.ts'
import { addOwnPlace, readFilingList } from '../archive/filing-list.ts'
import { newOwnPlace } from '../archive/filing-list-schema.ts'
import { tidyArchive } from '../archive/jobs.ts'
import { textsOf } from '../archive/page-texts.ts'
import { archiveDisposalDocuments, archiveDocuments } from '../archive/tables.ts'
import { idNumberHash } from '../people/sealing.ts'
import { coverCodeOf } from './cover-schema.ts'
import { clearClosed, resumeReading } from './jobs.ts'
import type { StackPart, StackRow } from './schema.ts'
import { digitizationPages, digitizationStacks } from './tables.ts'

/** Paper is read behind whatever else the machine has to do. */
const longEnough = 600_000

let it: TestApp
let paper: ReturnType<typeof stacksOf>
let secretary: Browser
let organiser: Browser
let sibling: Browser

beforeAll(async () => {
  it = await testApp()
  paper = stacksOf(it)
  secretary = await it.signedIn(it.accounts.secretary)
  organiser = await it.signedIn(it.accounts.organiser)
  sibling = await it.signedIn(it.accounts.siblingSecretary)
})

const coverOf = (personId: string, place = 'application') => sheetWithCodes(coverCodeOf({ personId, place }))
const written = (...lines: string[]): PaperPage => ({ lines })
const pdf = (...pages: PaperPage[]) => ({ bytes: pdfOf(pages), name: '扫描.pdf' })
const photo = async (seed: number) => ({ bytes: await sheetOfLines(seed), name: `照片${seed}.png` })

let sheets = 1000
/** A page that was never there before. */
const page = () => sheetOfLines(sheets++)

async function partsOf(browser: Browser, stackId: string): Promise<StackPart[]> {
  return (await paper.view(browser, stackId)).parts
}

const at = (stackId: string, part: StackPart | undefined, what = '') =>
  `/api/digitization/stacks/${stackId}/parts/${part?.id}${what}`

const documentsOf = (personId: string) =>
  it.build.look((db) => db.select().from(archiveDocuments).where(eq(archiveDocuments.personId, personId)))

const refusal = async (answer: Response) => [answer.status, (await answer.json()).detail]

describe('a stack with covers', () => {
  test('is split by them and filed at one click, each part for itself', { timeout: longEnough }, async () => {
    const { wang, li, sun, branch } = it.build
    const scan = await paper.scanOf([
      await coverOf(wang.id),
      await blankSheet(),
      await page(),
      await page(),
      await coverOf(wang.id, 'thoughtReport'),
      await coverOf(wang.id, 'thoughtReport'),
      await page(),
      await coverOf(li.id),
      await page(),
      await coverOf(sun.id),
      await page(),
      await coverOf(wang.id, 'goneOutOfUse'),
      await page(),
      await sheetWithCodes(coverCodeOf({ organizationId: branch.id, place: 'assemblyMinutes' })),
      await page(),
      await coverOf(newId()),
    ])
    const stackId = await paper.sorted(secretary, [{ bytes: scan, name: '一叠.pdf' }])
    const view = await paper.view(secretary, stackId)
    expect(view).toMatchObject({
      ...{ state: 'sorting', pageCount: 16, pagesRead: 16, fileCount: 1, name: '九月材料' },
      missing: expect.stringContaining('识别'),
      parts: { length: 7 },
      can: { add: false, read: false, sort: true, close: false, delete: true },
    })
    const code = { basis: 'code', isReady: false }
    expect(view.parts.map(inShort)).toEqual([
      { ...code, owner: '王一舟', pages: [3, 4], place: 'application', isReady: true },
      { ...code, owner: '王一舟', pages: [7], place: 'thoughtReport', isReady: true },
      { ...code, owner: '李晓岚', pages: [9], place: 'application', problem: expect.stringContaining('本人') },
      { ...code, owner: null, pages: [11], place: 'application', problem: expect.stringContaining('权限范围') },
      { ...code, owner: '王一舟', pages: [13], place: 'goneOutOfUse', problem: expect.stringContaining('归档清单') },
      { ...code, owner: branch.name, pages: [15], place: 'assemblyMinutes', isReady: true },
      { ...code, owner: null, pages: [], place: 'application', problem: expect.stringContaining('漏扫') },
    ])
    expect(view.parts.map((part) => part.leftOut)).toEqual([[1, 2], [5, 6], [8], [10], [12], [14], [16]])

    const parts = view.parts.map(({ id, revision }) => ({ id, revision }))
    const filed = await secretary.post(`/api/digitization/stacks/${stackId}/filings`, { parts })
    const { results } = await filed.json()
    expect(results).toEqual(
      view.parts.map(({ id, isReady, problem }) => ({
        ...{ partId: id, documentId: isReady ? expect.any(String) : null, refusal: problem },
      })),
    )
    const documents = await documentsOf(wang.id)
    expect(documents.map(({ place, fileName, nature }) => [place, fileName, nature]).toSorted()).toEqual([
      ['application', '入党申请书.pdf', 'original'],
      ['thoughtReport', '思想汇报.pdf', 'original'],
    ])
    expect(await documentsOf(sun.id)).toEqual([])
    const after = await paper.view(secretary, stackId)
    expect(after.parts.map((part) => part.state)).toEqual([
      'filed',
      'filed',
      'proposed',
      'proposed',
      'proposed',
      'filed',
      'proposed',
    ])
    expect(after.can).toMatchObject({ close: false, delete: false })
  })

  test('waits for a person where a document behind a cover names somebody else', { timeout: longEnough }, async () => {
    const { build } = it
    const [fang, gu] = await Promise.all(
      ['方知行', '顾怀瑾'].map((name, at) => build.person(build.branch, { name, studentNumber: `202401900${at}` })),
    )
    const cover = async (person = fang) => ({ bytes: await coverOf(person?.id ?? ''), name: '封面.png' })
    const stackId = await paper.sorted(secretary, [
      await cover(),
      pdf(
        written('入党申请书', '申请人：方知行', '2025年3月1日'),
        written('第二页'),
        written('思想汇报', '汇报人：顾怀瑾', '学号：2024019001', '2025年9月30日'),
      ),
      await cover(),
      pdf(written('入党申请书', '申请人：方知行'), written('自传', '申请人：外人甲')),
      await cover(gu),
      pdf(written('入党申请书', '申请人：方知行'), written('第二页')),
    ])
    const parts = await partsOf(secretary, stackId)
    const code = { place: 'application', basis: 'code' }
    const doubtful = {
      ...code,
      owner: null,
      isReady: false,
      problem: expect.stringContaining('封面上的人与材料上写的不是'),
    }
    expect(parts.map(inShort)).toEqual([
      { ...doubtful, pages: [2, 3, 4] },
      { ...code, owner: '方知行', pages: [6, 7], isReady: true },
      { ...doubtful, pages: [9, 10] },
    ])
    expect(parts.map((part) => part.words.person)).toEqual([['顾怀瑾', '2024019001'], [], ['方知行']])
    expect(parts[0]?.candidates.map(({ name }) => name).toSorted()).toEqual(['方知行', '顾怀瑾'])

    // Without the strange page it is whose it says, its day is its own, and a person still says yes.
    expect((await secretary.post(at(stackId, parts[0], '/split'), { revision: 1, from: 4 })).status).toBe(201)
    const [kept, taken] = await partsOf(secretary, stackId)
    expect([kept && inShort(kept), taken && inShort(taken)]).toEqual([
      { owner: '方知行', pages: [2, 3], place: 'application', basis: 'text', isReady: false },
      { owner: '顾怀瑾', pages: [4], place: 'thoughtReport', basis: 'text', isReady: false },
    ])
    expect([kept?.on, kept?.words.on, taken?.on]).toEqual(['2025-03-01', ['2025年3月1日'], '2025-09-30'])
  })

  test('who does not keep files where it lies sees nothing of it', { timeout: longEnough }, async () => {
    const stackId = await paper.sorted(secretary, [await photo(1)])
    const [part] = await partsOf(secretary, stackId)
    for (const browser of [
      sibling,
      await it.signedIn(it.accounts.partySchool),
      await it.signedIn(it.accounts.applicant),
      await it.signedIn(it.accounts.auditor),
    ]) {
      expect((await browser.get(`/api/digitization/stacks/${stackId}`)).status).toBe(404)
      expect((await browser.get(`/api/digitization/stacks/${stackId}/pages/1`)).status).toBe(404)
      expect((await browser.post(at(stackId, part, '/filing'), { revision: 1 })).status).toBe(404)
      const { items }: { items: StackRow[] } = await (await browser.get('/api/digitization/stacks')).json()
      expect(items.map((row) => row.id)).not.toContain(stackId)
    }
    expect((await organiser.get(`/api/digitization/stacks/${stackId}`)).status).toBe(200)
    const picture = await secretary.get(`/api/digitization/stacks/${stackId}/pages/1?width=200&turn=90`)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect((await secretary.get(`/api/digitization/stacks/${stackId}/pages/2`)).status).toBe(404)
  })
})

describe('a stack without covers', () => {
  test('is split by titles, and each part proposed by number, name and day', { timeout: longEnough }, async () => {
    const { build } = it
    const number = identityNumber('2004-05-06', 7)
    const shen = await build.person(build.branch, {
      name: '沈若谷',
      idNumberHash: idNumberHash(encryption, number),
    })
    await build.person(build.branch, { name: '周同名', studentNumber: '2023017001' })
    await build.person(build.branch, { name: '周同名', studentNumber: '2023017002' })
    const stackId = await paper.sorted(secretary, [
      pdf(
        written('入党申请书', '敬爱的党组织：', '申请人：王一舟', '2025年3月1日'),
        written('思想汇报', '汇报人：周同名', '2025年9月30日'),
        written('思想汇报', '学号：2023017002', '汇报人：周同名', '2025年10月30日'),
        written('第二页'),
        written('自传', `身份证号：${number}`),
        written('党员大会会议记录', '2025年6月2日'),
        written('思想汇报', '汇报人：孙知微', '2999年1月1日'),
        written('思想汇报', '学号：2023017001', '汇报人：王一舟'),
      ),
    ])
    const parts = await partsOf(secretary, stackId)
    const text = { basis: 'text', isReady: false }
    expect(parts.map(inShort)).toEqual([
      { ...text, owner: '王一舟', pages: [1], place: 'application' },
      { ...text, owner: null, pages: [2], place: 'thoughtReport', problem: expect.stringContaining('多位') },
      { ...text, owner: '周同名', pages: [3, 4], place: 'thoughtReport' },
      { ...text, owner: '沈若谷', pages: [5], place: 'autobiography' },
      { ...text, owner: build.branch.name, pages: [6], place: 'assemblyMinutes' },
      { ...text, owner: null, pages: [7], place: 'thoughtReport', problem: expect.stringContaining('是谁') },
      { ...text, owner: null, pages: [8], place: 'thoughtReport', problem: expect.stringContaining('多位') },
    ])
    expect(parts.map((part) => part.on)).toEqual([
      '2025-03-01',
      '2025-09-30',
      '2025-10-30',
      null,
      '2025-06-02',
      null,
      null,
    ])
    expect(parts[3]?.person?.id).toBe(shen.id)
    expect(parts[3]?.words.person[0]).not.toContain(number.slice(6, 14))
    expect(parts[0]?.words).toEqual({ person: ['王一舟'], place: ['入党申请书'], on: ['2025年3月1日'] })
    expect(parts[0]?.nature).toBe('electronic')
    expect(parts[1]?.candidates.map((person) => person.studentNumber).toSorted()).toEqual(['2023017001', '2023017002'])
    expect(parts[2]?.words.person).toEqual(['周同名', '2023017002'])

    // A proposal waits for a person, who may file it with a click.
    const one = await secretary.post(at(stackId, parts[0], '/filing'), { revision: 1 })
    expect(one.status).toBe(201)
    const { documentId } = await one.json()
    const [document] = (await documentsOf(build.wang.id)).filter((row) => row.id === documentId)
    expect(document).toMatchObject({ place: 'application', on: '2025-03-01', title: '入党申请书' })
    const texts = await build.look((db) =>
      textsOf({ db, tenantId: build.tenantId, encryption }, document?.contentId ?? ''),
    )
    expect(texts.map(({ page, lines }) => [page, lines[0]?.text])).toEqual([[1, '入党申请书']])
    expect((await secretary.post(at(stackId, parts[0], '/filing'), { revision: 1 })).status).toBe(409)
  })

  test('photos with one title are one document', { timeout: longEnough }, async () => {
    const { wang } = it.build
    const stackId = await paper.sorted(secretary, [
      { bytes: await coverOf(wang.id, 'autobiography'), name: '封面.png' },
      await photo(21),
      await photo(22),
      await photo(23),
    ])
    const [part, ...others] = await partsOf(secretary, stackId)
    expect([part && inShort(part), others]).toEqual([
      { owner: '王一舟', pages: [2, 3, 4], place: 'autobiography', basis: 'code', isReady: true },
      [],
    ])
    const { documentId } = await (await secretary.post(at(stackId, part, '/filing'), { revision: 1 })).json()
    const { pages } = await (await secretary.get(`/api/archive/documents/${documentId}/pages`)).json()
    expect(pages.length).toBe(3)
  })

  test('of paper is recognised and carried into the file', { timeout: longEnough }, async () => {
    const { picture, names, days } = await drawPaper('letter', 5, 150)
    const person = await it.build.person(it.build.branch, { name: names[0] ?? '' })
    const stackId = await paper.sorted(
      secretary,
      [{ bytes: await paper.scanOf([picture, await blankSheet()]), name: '手写.pdf' }],
      { library: '@gutenye/ocr-node' },
    )
    const { missing, parts, pages } = await paper.view(secretary, stackId)
    expect([missing, pages.map((it) => it.isBlank)]).toEqual([null, [false, true]])
    expect(parts).toMatchObject([
      { pages: [1, 2], person: { id: person.id }, on: days[0], basis: 'text', isReady: false, nature: 'original' },
    ])
    const path = at(stackId, parts[0])
    expect((await secretary.patch(path, { revision: 1, pages: [1], turns: [{ page: 1, turnedBy: 90 }] })).status).toBe(
      204,
    )
    const { documentId } = await (await secretary.post(`${path}/filing`, { revision: 2 })).json()
    const { pages: read } = await (await secretary.get(`/api/archive/documents/${documentId}/text`)).json()
    expect(read).toMatchObject([{ page: 1, source: 'recognised' }])
    // Turned on its side, the lines stand upright and the title on the right.
    const [title] = read[0].lines
    expect(title.box.height).toBeGreaterThan(title.box.width)
    expect(title.box.x).toBeGreaterThan(0.8)
  })
})

test('a paper on which the code of a cover stands waits for a person, and a scanned cover does not', {
  timeout: longEnough,
}, async () => {
  const { wang } = it.build
  const order = { personIds: [wang.id], places: ['application'] }
  const printed = new Uint8Array(await (await secretary.post('/api/digitization/covers', order)).arrayBuffer())
  const source = { key: newId(), type: 'application/pdf' as const, contents: () => [printed] }
  const drawn = Buffer.from(await it.pageReader.picture(source, { page: 0, width: 1240, turn: 0 }))
  const { picture } = await drawPaper('letter', 7, 150)
  const code = await sharp(await coverOf(wang.id, 'politicalReviewConclusion'))
    .extract(codeOnSheet)
    .resize(240)
    .toBuffer()
  // The head of a letter is text enough, and is read in a third of the time.
  const coded = await sharp(picture)
    .extract({ left: 0, top: 0, width: 1240, height: 600 })
    .extend({ bottom: 1154, background: 'white' })
    .composite([{ input: code, left: 900, top: 1450 }])
    .png()
    .toBuffer()
  const scan = await paper.scanOf([
    await damaged(await skewed(drawn, 3), 'noise', 1),
    await page(),
    coded,
    await page(),
  ])
  const stackId = await paper.sorted(organiser, [{ bytes: scan, name: '一叠.pdf' }], { library: '@gutenye/ocr-node' })
  const parts = await partsOf(organiser, stackId)
  expect(parts.map((part) => ({ ...inShort(part), leftOut: part.leftOut, mayFile: part.can.file }))).toEqual([
    {
      ...{ owner: '王一舟', pages: [2], place: 'application', basis: 'code', isReady: true },
      ...{ leftOut: [1], mayFile: true },
    },
    {
      ...{ owner: '王一舟', pages: [3, 4], place: 'politicalReviewConclusion', basis: 'codeOnPaper', isReady: false },
      ...{ leftOut: [], mayFile: true },
    },
  ])
  // Left out by somebody it is a paper all the same, and looking at it is told to whom it concerns.
  const path = at(stackId, parts[1])
  expect((await organiser.patch(path, { revision: 1, pages: [4] })).status).toBe(204)
  expect((await organiser.get(`/api/digitization/stacks/${stackId}/pages/3?width=80`)).status).toBe(200)
  const readings = await it.build.look((db) =>
    db
      .select({ personId: journal.personId })
      .from(journal)
      .where(and(eq(journal.event, 'journal.read'), eq(journal.subjectId, parts[1]?.id ?? ''))),
  )
  expect(readings).toEqual([{ personId: wang.id }])
  expect((await organiser.patch(path, { revision: 2, place: 'politicalReviewConclusion' })).status).toBe(204)
  expect((await partsOf(organiser, stackId))[1]).toMatchObject({ basis: 'person', isReady: true })
})

describe('a person', () => {
  test('changes, splits, merges, orders, leaves out and drops', { timeout: longEnough }, async () => {
    const { wang, li, branch } = it.build
    const scan = await paper.scanOf([await coverOf(wang.id), await page(), await page(), await page(), await page()])
    const stackId = await paper.sorted(secretary, [{ bytes: scan, name: '一叠.pdf' }])
    const [whole] = await partsOf(secretary, stackId)
    expect((await secretary.post(at(stackId, whole, '/split'), { revision: 1, from: 2 })).status).toBe(400)
    expect((await secretary.post(at(stackId, whole, '/split'), { revision: 1, from: 4 })).status).toBe(201)
    const [first, second] = await partsOf(secretary, stackId)
    expect([first && inShort(first), second && inShort(second)]).toEqual([
      { owner: '王一舟', pages: [2, 3], place: 'application', basis: 'code', isReady: true },
      { owner: '王一舟', pages: [4, 5], place: null, basis: null, isReady: false, problem: expect.any(String) },
    ])
    // Of two who change the same part the second is told.
    const change = (part: StackPart | undefined, body: object) => secretary.patch(at(stackId, part), body)
    expect(
      (await change(second, { revision: 1, place: 'thoughtReport', title: '第一季度', on: '2026-03-01' })).status,
    ).toBe(204)
    expect((await organiser.patch(at(stackId, second), { revision: 1, place: 'autobiography' })).status).toBe(412)
    expect((await change(second, { revision: 2, pages: [5, 4], nature: 'copy' })).status).toBe(204)
    expect((await change(second, { revision: 3, pages: [5] })).status).toBe(204)
    const changed = (await partsOf(secretary, stackId))[1]
    expect(changed).toMatchObject({
      ...{ pages: [5], leftOut: [4], title: '第一季度', on: '2026-03-01', nature: 'copy', basis: 'person' },
      isReady: true,
    })
    expect((await change(second, { revision: 4, pages: [4, 5] })).status).toBe(204)

    const path = at(stackId, second)
    const status = async (body: object) => (await secretary.patch(path, { revision: 5, ...body })).status
    expect([
      await status({ pages: [] }),
      await status({ pages: [4, 4] }),
      await status({ pages: [2] }),
      await status({ turns: [{ page: 2, turnedBy: 90 }] }),
      await status({ turns: [{ page: 4, turnedBy: 45 }] }),
      await status({ place: 'noSuchPlace' }),
      await status({ on: '2026-11-24' }),
      await status({ personId: wang.id, organizationId: branch.id }),
      await status({ personId: it.build.sun.id }),
      await status({ organizationId: newId() }),
      await status({ title: '长'.repeat(201) }),
    ]).toEqual([400, 400, 400, 400, 400, 400, 400, 400, 404, 404, 400])

    expect((await change(second, { revision: 5, isDropped: true })).status).toBe(204)
    expect(await refusal(await secretary.post(`${path}/filing`, { revision: 6 }))).toEqual([
      409,
      expect.stringContaining('不归档'),
    ])
    expect((await change(second, { revision: 6, isDropped: false, personId: li.id })).status).toBe(204)
    expect(await refusal(await secretary.post(`${path}/filing`, { revision: 7 }))).toEqual([
      409,
      expect.stringContaining('本人'),
    ])
    const merge = { revision: 2, other: { id: second?.id, revision: 7 } }
    expect(
      (await secretary.post(at(stackId, first, '/merge'), { ...merge, other: { ...merge.other, revision: 6 } })).status,
    ).toBe(412)
    expect((await secretary.post(at(stackId, first, '/merge'), merge)).status).toBe(204)
    expect((await partsOf(secretary, stackId)).map(inShort)).toEqual([
      { owner: '王一舟', pages: [2, 3, 4, 5], place: 'application', basis: 'code', isReady: true },
    ])
  })

  test('files a part once, however often and by however many it is asked', { timeout: longEnough }, async () => {
    const { wang } = it.build
    const scan = await paper.scanOf([await coverOf(wang.id, 'recommendation'), await page(), await page()])
    const stackId = await paper.sorted(secretary, [{ bytes: scan, name: '一叠.pdf' }])
    const [part] = await partsOf(secretary, stackId)
    const asked = await Promise.all(
      [secretary, secretary, organiser].map((browser) => browser.post(at(stackId, part, '/filing'), { revision: 1 })),
    )
    expect(asked.map((answer) => answer.status).toSorted()).toEqual([201, 409, 409])
    const filed = (await documentsOf(wang.id)).filter((document) => document.place === 'recommendation')
    expect(filed.length).toBe(1)
    expect((await secretary.patch(at(stackId, part), { revision: 2, title: '另一个' })).status).toBe(409)
    expect((await secretary.delete(`/api/digitization/stacks/${stackId}`)).status).toBe(409)
    expect((await secretary.post(`/api/digitization/stacks/${stackId}/closing`)).status).toBe(204)
    expect((await secretary.post(`/api/digitization/stacks/${stackId}/closing`)).status).toBe(409)
  })

  test('looks at a sensitive paper, which is written down once for whom it concerns', {
    timeout: longEnough,
  }, async () => {
    const { wang, li } = it.build
    const scan = await paper.scanOf([
      await coverOf(wang.id, 'politicalReviewConclusion'),
      await page(),
      await coverOf(li.id, 'opinionsRecord'),
      await page(),
    ])
    const stackId = await paper.sorted(secretary, [{ bytes: scan, name: '一叠.pdf' }])
    const [part] = await partsOf(secretary, stackId)
    const readings = () =>
      it.build.look((db) =>
        db
          .select({ personId: journal.personId, actorName: journal.actorName })
          .from(journal)
          .where(and(eq(journal.event, 'journal.read'), eq(journal.subjectId, part?.id ?? ''))),
      )
    const look = async (number: number) =>
      (await secretary.get(`/api/digitization/stacks/${stackId}/pages/${number}?width=80`)).status
    expect([await look(1), await readings()]).toEqual([200, []])
    expect([await look(2), await look(2)]).toEqual([200, 200])
    expect(await readings()).toEqual([{ personId: wang.id, actorName: '李晓岚' }])
    expect(await look(4)).toBe(403)
  })

  test('looks through a stack that is not filed yet, which is written down once a day for each', {
    timeout: longEnough,
  }, async () => {
    const { wang } = it.build
    const stackId = await paper.begin(secretary)
    await paper.add(secretary, stackId, { bytes: await coverOf(wang.id, 'thoughtReport'), name: '一.png' })
    await paper.add(secretary, stackId, { bytes: await page(), name: '二.png' })
    const readings = () =>
      it.build.look((db) =>
        db
          .select({ actorName: journal.actorName, details: journal.details, personId: journal.personId })
          .from(journal)
          .where(and(eq(journal.event, 'journal.read'), eq(journal.subjectId, stackId)))
          .orderBy(journal.id),
      )
    const look = async (browser: Browser, ...numbers: number[]) =>
      Promise.all(
        numbers.map(
          async (it) => (await browser.get(`/api/digitization/stacks/${stackId}/pages/${it}?width=80`)).status,
        ),
      )
    const read = (actorName: string) => ({ actorName, details: { what: '待整理的材料“九月材料”' }, personId: null })
    expect([await look(sibling, 1), await readings()]).toEqual([[404], []])
    expect(await look(secretary, 1, 2, 1, 2)).toEqual([200, 200, 200, 200])
    expect(await readings()).toEqual([read('李晓岚')])
    expect(await look(organiser, 2)).toEqual([200])
    expect(await look(secretary, 2)).toEqual([200])
    expect(await readings()).toEqual([read('李晓岚'), read('吴远舟')])

    // On another day it is another look; what is filed follows the rules of its file.
    const { at: now } = it.clock
    onTestFinished(() => {
      it.clock.at = now
    })
    it.clock.at = new Date(Date.now() + 86_400_000)
    const tomorrow = await it.signedIn(it.accounts.secretary)
    expect(await look(tomorrow, 2)).toEqual([200])
    expect(await readings()).toEqual([read('李晓岚'), read('吴远舟'), read('李晓岚')])
    await tomorrow.post(`/api/digitization/stacks/${stackId}/reading`)
    await paper.readOnce(stackId)
    await paper.readOnce(stackId)
    const [part] = await partsOf(tomorrow, stackId)
    expect((await tomorrow.post(at(stackId, part, '/filing'), { revision: 1 })).status).toBe(201)
    expect([await look(tomorrow, 2), (await readings()).length]).toEqual([[200], 3])
  })

  test('has no way round to their own closed paper, nor to a sensitive one unseen', {
    timeout: longEnough,
  }, async () => {
    const { wang, li } = it.build
    const scan = await paper.scanOf([
      await coverOf(li.id, 'opinionsRecord'),
      await page(),
      await page(),
      await coverOf(wang.id, 'politicalReviewConclusion'),
      await page(),
      await page(),
    ])
    const stackId = await paper.sorted(secretary, [{ bytes: scan, name: '一叠.pdf' }])
    const [own, other] = await partsOf(secretary, stackId)
    expect([own?.can, other?.can.change]).toEqual([{ change: false, file: false }, true])
    const look = async (number: number) =>
      (await secretary.get(`/api/digitization/stacks/${stackId}/pages/${number}?width=80`)).status
    const closed = [403, expect.stringContaining('不对本人公开')]
    for (const change of [{ personId: wang.id }, { place: 'application' }, { pages: [2] }, { isDropped: true }])
      expect(await refusal(await secretary.patch(at(stackId, own), { revision: 1, ...change }))).toEqual(closed)
    expect(await refusal(await secretary.post(at(stackId, own, '/split'), { revision: 1, from: 3 }))).toEqual(closed)
    for (const [into, from] of [
      [own, other],
      [other, own],
    ]) {
      const merge = { revision: 1, other: { id: from?.id, revision: 1 } }
      expect(await refusal(await secretary.post(at(stackId, into, '/merge'), merge))).toEqual(closed)
    }
    expect([await look(1), await look(2), await look(3)]).toEqual([200, 403, 403])
    expect((await organiser.patch(at(stackId, own), { revision: 1, pages: [3] })).status).toBe(204)
    expect(await look(2)).toBe(403)

    expect((await secretary.patch(at(stackId, other), { revision: 1, pages: [6] })).status).toBe(204)
    expect([await look(4), await look(5)]).toEqual([200, 200])
    const readings = await it.build.look((db) =>
      db
        .select({ personId: journal.personId })
        .from(journal)
        .where(and(eq(journal.event, 'journal.read'), eq(journal.subjectId, other?.id ?? ''))),
    )
    expect(readings).toEqual([{ personId: wang.id }])
  })

  test('files no PDF where the university takes none', { timeout: longEnough }, async () => {
    const { wang } = it.build
    const code = await it.build.as(it.build.actors.department, async (ctx) => {
      const { revision } = await readFilingList(ctx)
      const place = newOwnPlace.parse({ ...ownPlace, label: '获奖照片', contents: ['picture'] })
      return addOwnPlace(ctx, place, revision)
    })
    const scan = await paper.scanOf([await coverOf(wang.id, code), await page(), await page()])
    const stackId = await paper.sorted(secretary, [{ bytes: scan, name: '一叠.pdf' }])
    const [part] = await partsOf(secretary, stackId)
    expect(await refusal(await secretary.post(at(stackId, part, '/filing'), { revision: 1 }))).toEqual([
      409,
      expect.stringContaining('不收 PDF'),
    ])
  })
})

describe('reading', () => {
  test('keeps of codes only those of covers, whatever others say', { timeout: longEnough }, async () => {
    const { wang } = it.build
    const cover = coverCodeOf({ personId: wang.id, place: 'application' })
    const stackId = await paper.sorted(secretary, [
      { bytes: await sheetWithCodes(identityNumber('2004-05-06', 9), 'a\0b'), name: '一.png' },
      { bytes: await sheetWithCodes(cover, 'https://example.edu.cn'), name: '二.png' },
    ])
    expect((await paper.view(secretary, stackId)).state).toBe('sorting')
    const kept = await it.build.look((db) =>
      db
        .select({ codes: digitizationPages.codes })
        .from(digitizationPages)
        .where(eq(digitizationPages.stackId, stackId))
        .orderBy(digitizationPages.number),
    )
    expect(kept).toEqual([{ codes: [] }, { codes: [cover] }])
  })

  test('goes on where it was broken off, wherever that was', { timeout: longEnough }, async () => {
    const { wang } = it.build
    const stackId = await paper.begin(secretary)
    const scan = await paper.scanOf([await coverOf(wang.id), ...(await Promise.all(Array.from({ length: 26 }, page)))])
    await paper.add(secretary, stackId, { bytes: scan, name: '一叠.pdf' })
    expect((await secretary.post(`/api/digitization/stacks/${stackId}/reading`)).status).toBe(204)
    expect((await secretary.post(`/api/digitization/stacks/${stackId}/files`, { uploadId: newId() })).status).toBe(409)

    await paper.readOnce(stackId)
    const half = await paper.view(secretary, stackId)
    expect(half).toMatchObject({ state: 'reading', pageCount: 27, pagesRead: 25, parts: { length: 0 } })
    // Broken off: one page is lost, and twice as many jobs come as there should be.
    await it.build.look((db) =>
      db
        .update(digitizationPages)
        .set({ readAt: null, codes: [] })
        .where(and(eq(digitizationPages.stackId, stackId), eq(digitizationPages.number, 1))),
    )
    expect((await secretary.post(`/api/digitization/stacks/${stackId}/reading`)).status).toBe(204)
    await Promise.all([paper.readOnce(stackId), paper.readOnce(stackId)])
    await Promise.all([paper.readOnce(stackId), paper.readOnce(stackId)])
    const { state, parts } = await paper.view(secretary, stackId)
    expect([state, parts.map((part) => part.pages.length)]).toEqual(['sorting', [26]])
    expect((await secretary.post(`/api/digitization/stacks/${stackId}/reading`)).status).toBe(409)

    // What stands still is taken up again, and only that.
    const countOf = () =>
      it.build.look(async (db) => {
        const { rows } = await db.execute(sql`select id from ${sql.identifier(jobsSchema)}.job
          where data->>'kind' = 'digitization.read-stack' and data->'data'->>'stackId' = ${stackId}`)
        return rows.length
      })
    await it.build.look((db) =>
      db.update(digitizationStacks).set({ splitAt: null }).where(eq(digitizationStacks.id, stackId)),
    )
    const before = await countOf()
    await resumeReading(it.database, new Date())
    expect(await countOf()).toBe(before)
    await resumeReading(it.database, new Date(Date.now() + 7 * 60_000))
    expect(await countOf()).toBe(before + 1)
  })

  test.each([
    ['a page that is no page', Buffer.from('%PDF-1.7\nnothing'), '坏.pdf'],
    ['a table', Buffer.from('姓名,学号\n王一舟,2023010002\n'), '名单.csv'],
    ['a web page', Buffer.from('<html><script>alert(1)</script></html>'), '页面.pdf'],
    [
      'a picture of a telephone',
      Buffer.from(`0000001c66747970${Buffer.from('heic').toString('hex')}`, 'hex'),
      '照片.heic',
    ],
  ])('%s is refused with its reason, and the rest goes on', async (_, bytes, name) => {
    const stackId = await paper.begin(secretary)
    const answer = await paper.add(secretary, stackId, { bytes, name })
    expect(await refusal(answer)).toEqual([422, expect.stringMatching(/\p{Script=Han}/u)])
    expect((await secretary.post(`/api/digitization/stacks/${stackId}/reading`)).status).toBe(409)
    expect((await paper.add(secretary, stackId, await photo(1))).status).toBe(201)
  })

  test.each<[Behaviour, number, RegExp]>([
    ['hangs up', 429, /照片.*还没有归档.*请稍后再试/],
    ['small', 422, /照片.*没有归档.*StreamMaxLength/],
  ])('a file while the scanner for malware is %s is answered %i', async (behaviour, status, message) => {
    const stackId = await paper.begin(secretary)
    const uploadId = await paper.upload(secretary, await photo(1))
    const add = () => secretary.post(`/api/digitization/stacks/${stackId}/files`, { uploadId })
    await scanWith(it.contents, behaviour)
    expect(await refusal(await add())).toEqual([status, expect.stringMatching(message)])
    // What was sent is still there, and taken as soon as somebody has looked at it.
    await scanWith(it.contents, 'honest')
    expect((await add()).status).toBe(201)
  })

  test('takes 2,000 pages and not one more', { timeout: longEnough }, async () => {
    const stackId = await paper.begin(secretary)
    const many = (count: number) => pdf(...Array.from({ length: count }, (_, at) => written(`${count} ${at}`)))
    expect((await paper.add(secretary, stackId, many(1999))).status).toBe(201)
    expect((await paper.add(secretary, stackId, many(2))).status).toBe(413)
    expect((await paper.add(secretary, stackId, many(1))).status).toBe(201)
    expect(await paper.view(secretary, stackId)).toMatchObject({ pageCount: 2000, fileCount: 2 })
    expect((await secretary.delete(`/api/digitization/stacks/${stackId}`)).status).toBe(204)
    expect((await secretary.get(`/api/digitization/stacks/${stackId}`)).status).toBe(404)
  })
})

test('contents stay as long as the stack needs them, and its documents', { timeout: longEnough }, async () => {
  const { wang } = it.build
  const picture = { bytes: await page(), name: '照片.png' }
  const cover = { bytes: await coverOf(wang.id, 'confirmationRequest'), name: '封面.png' }
  const stackId = await paper.sorted(secretary, [cover, picture])
  const { store } = it.contents
  const contents = await it.build.look((db) =>
    db
      .select({ id: digitizationPages.contentId })
      .from(digitizationPages)
      .where(eq(digitizationPages.stackId, stackId)),
  )
  const there = () => Promise.all(contents.map((row) => store.has(row.id)))
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000)
  await tidyArchive(it.database, it.contents, inTwoDays)
  expect(await there()).toEqual([true, true])

  const [part] = await partsOf(secretary, stackId)
  expect((await secretary.post(at(stackId, part, '/filing'), { revision: 1 })).status).toBe(201)
  expect((await secretary.post(`/api/digitization/stacks/${stackId}/closing`)).status).toBe(204)
  await clearClosed(it.database, new Date(Date.now() + 29 * 86_400_000))
  await tidyArchive(it.database, it.contents, inTwoDays)
  expect(await there()).toEqual([true, true])
  await clearClosed(it.database, new Date(Date.now() + 31 * 86_400_000))
  await tidyArchive(it.database, it.contents, inTwoDays)
  // The photo is the document itself.
  expect(await there()).toEqual([false, true])
  const look = await secretary.get(`/api/digitization/stacks/${stackId}/pages/1`)
  expect(await refusal(look)).toEqual([409, expect.stringContaining('清理')])
})

test('the pages of a paper that was destroyed are not shown any more, and go at night', {
  timeout: longEnough,
}, async () => {
  const { wang, tenantId } = it.build
  const stackId = await paper.sorted(secretary, [
    { bytes: await coverOf(wang.id, 'confirmationRequest'), name: '封面.png' },
    { bytes: await page(), name: '照片.png' },
  ])
  const [part] = await partsOf(secretary, stackId)
  expect((await secretary.post(at(stackId, part, '/filing'), { revision: 1 })).status).toBe(201)
  expect((await secretary.post(`/api/digitization/stacks/${stackId}/closing`)).status).toBe(204)
  const [filed] = await partsOf(secretary, stackId)
  const look = () => secretary.get(`/api/digitization/stacks/${stackId}/pages/2`)
  const clearedAt = () =>
    it.build.look(async (db) => {
      const rows = await db.select().from(digitizationStacks).where(eq(digitizationStacks.id, stackId))
      return rows[0]?.clearedAt
    })
  await clearClosed(it.database, new Date())
  expect([(await look()).status, await clearedAt()]).toEqual([200, null])
  await it.build.look((db) =>
    db.insert(archiveDisposalDocuments).values({
      ...{ tenantId, disposalId: newId(), documentId: filed?.documentId ?? '', path: wang.path, destroyedOn: today },
    }),
  )
  expect(await refusal(await look())).toEqual([409, expect.stringContaining('销毁')])
  await clearClosed(it.database, new Date())
  expect(await clearedAt()).toEqual(expect.any(Date))
})

test('reading a stack and the list takes as many statements however much lies there', {
  timeout: longEnough,
}, async () => {
  const small = await paper.sorted(secretary, [await photo(1)])
  const large = await paper.sorted(secretary, [
    pdf(...Array.from({ length: 12 }, (_, at) => written('思想汇报', `汇报人：王一舟`, `2025年9月${at + 1}日`))),
  ])
  const counts = []
  for (const stackId of [small, large])
    counts.push(await statementsOf(() => secretary.get(`/api/digitization/stacks/${stackId}`)))
  expect(counts[0]).toBe(counts[1])
  expect(await statementsOf(() => secretary.get('/api/digitization/stacks?limit=1'))).toBe(
    await statementsOf(() => secretary.get('/api/digitization/stacks?limit=50')),
  )
  const all: StackRow[] = []
  for (let next: string | undefined = '', rounds = 0; next !== undefined && rounds < 50; rounds++) {
    const answer = await secretary.get(`/api/digitization/stacks?limit=2${next && `&cursor=${next}`}`)
    const page: { items: StackRow[]; next?: string } = await answer.json()
    all.push(...page.items)
    next = page.next
  }
  expect(new Set(all.map((row) => row.id)).size).toBe(all.length)
  expect(all.map((row) => row.id)).toEqual(expect.arrayContaining([small, large]))
  expect(all.length).toBeGreaterThan(2)
})
