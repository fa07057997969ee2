import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../test/app.ts'
import { type BuiltPerson, encryption, identityNumber } from '../../../test/factories.ts'
import { drawPaper } from '../../../test/paper/paper.ts'
import { pdfOf } from '../../../test/papers.ts'
import type { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { openRecogniser } from '../../platform/recognition/recogniser.ts'
import { readText } from './jobs.ts'
import { openLine, pictureOfLine } from './lines.ts'
import { textsOf } from './page-texts.ts'
import { archiveContents, archiveDocuments } from './tables.ts'

const recogniser = openRecogniser()
afterAll(() => recogniser.close())

let it: TestApp
let wang: BuiltPerson

beforeAll(async () => {
  it = await testApp()
  wang = it.build.wang
})

/** Files a document, and reads its text as the job does. */
async function file(bytes: Uint8Array, mediaType: string, place = 'application'): Promise<string> {
  const { tenantId } = it.build
  async function* source() {
    yield bytes
  }
  const { id: contentId, size } = await it.contents.store.put(source(), { maxBytes: bytes.length })
  const id = newId()
  await it.build.look(async (db) => {
    await db.insert(archiveContents).values({
      ...{ tenantId, id: contentId, sizeBytes: size, mediaType, extension: 'x', kind: 'pdf', pageCount: 1 },
      isScanned: false,
    })
    await db.insert(archiveDocuments).values({
      ...{
        tenantId,
        id,
        personId: wang.id,
        organizationId: wang.organizationId,
        path: wang.path,
        place,
        title: '材料',
      },
      ...{ nature: 'original', fileName: 'x', contentId, filedBy: newId(), filedByName: '归档人' },
    })
  })
  const { database, contents, pageReader } = it
  await readText({ database, encryption, store: contents.store, pageReader, recogniser }, { tenantId, contentId })
  return id
}

/** The picture of a line as an actor gets it. */
async function lineFor(actor: Actor, id: string, line: number, page = 1) {
  const opened = await it.build.as(actor, (ctx) => openLine(ctx, id, { page, line }))
  const picture = await pictureOfLine(it.contents.store, it.pageReader, opened, new AbortController().signal)
  return { picture, opened: opened.opened }
}

const readingsOf = async (subjectId: string) =>
  (await it.build.look((db) => db.select().from(journal).where(eq(journal.subjectId, subjectId)))).map(
    ({ event, details, personId }) => [event, details.what, personId],
  )

test('a line of a PDF is shown, and what is no line is not', async () => {
  const id = await file(pdfOf([{ lines: ['入党申请书', '王一舟'] }]), 'application/pdf')
  const { secretary } = it.build.actors
  expect((await sharp((await lineFor(secretary, id, 2)).picture).metadata()).format).toBe('jpeg')
  await expect(lineFor(secretary, id, 3)).rejects.toMatchObject({ reason: 'not-found' })
  await expect(lineFor(secretary, id, 1, 2)).rejects.toMatchObject({ reason: 'not-found' })
  await expect(lineFor(it.build.actors.siblingSecretary, id, 1)).rejects.toMatchObject({ reason: 'not-found' })
  expect(await readingsOf(id)).toEqual([])
})

test('a line with an identity number is a reading of the number, for who may read it', async () => {
  const id = await file(
    pdfOf([{ lines: [`身份证号：${identityNumber('2004-05-06', 8)}`] }]),
    'application/pdf',
    'thoughtReport',
  )
  const { secretary } = it.build.actors
  await lineFor(secretary, id, 1)
  expect(await readingsOf(wang.id)).toEqual([['journal.read', 'idNumber', wang.id]])
  const helper = await it.build.helper([wang], ['thoughtReport'])
  await expect(lineFor(helper, id, 1)).rejects.toMatchObject({ reason: 'forbidden' })
  const reader = it.build.officer('partySchool', it.build.university)
  await expect(lineFor(reader, id, 1)).rejects.toMatchObject({ reason: 'forbidden' })
  expect(await readingsOf(wang.id)).toHaveLength(1)
})

test('a line of a sensitive paper is a reading of the paper; a helper sees it under a watermark', async () => {
  const conclusion = await file(pdfOf([{ lines: ['政审结论'] }]), 'application/pdf', 'politicalReviewConclusion')
  const { secretary } = it.build.actors
  await lineFor(secretary, conclusion, 1)
  await lineFor(secretary, conclusion, 1)
  expect(await readingsOf(conclusion)).toEqual([['journal.read', 'document', wang.id]])

  const report = await file(pdfOf([{ lines: ['思想汇报'] }]), 'application/pdf', 'thoughtReport')
  const helper = await it.build.helper([wang], ['thoughtReport'])
  const [seen, marked] = [await lineFor(secretary, report, 1), await lineFor(helper, report, 1)]
  expect([seen.opened.watermark, marked.opened.watermark]).toEqual([null, expect.stringContaining('协助办理')])
  expect(Buffer.from(seen.picture).equals(marked.picture)).toBe(false)
})

test('a line of a scan that lies on its side is shown upright', async () => {
  const { picture, lines } = await drawPaper('form', 5, 150)
  const id = await file(await sharp(picture).rotate(90).png().toBuffer(), 'image/png')
  const { secretary } = it.build.actors
  const { opened } = await lineFor(secretary, id, 1)
  const [page] = await it.build.look((db) =>
    textsOf({ db, tenantId: it.build.tenantId, encryption }, opened.content.id),
  )
  expect(page?.lie?.turnedBy).toBe(270)
  const at = page?.lines.findIndex((one) => one.text === lines[0]) ?? -1
  const { width, height } = await sharp((await lineFor(secretary, id, at + 1)).picture).metadata()
  expect(width / height).toBeGreaterThan(2)
})
