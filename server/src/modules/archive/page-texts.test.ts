import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../test/app.ts'
import { encryption, identityNumber } from '../../../test/factories.ts'
import { drawPaper } from '../../../test/paper/paper.ts'
import { type PaperPage, pdfOf } from '../../../test/papers.ts'
import { openRecogniser } from '../../platform/recognition/recogniser.ts'
import { readText } from './jobs.ts'
import { textsOf } from './page-texts.ts'
import { archiveContents, archivePageTexts } from './tables.ts'

const [reading, illiterate] = [openRecogniser(), openRecogniser({}, 'no-such-package')]
afterAll(() => {
  reading.close()
  illiterate.close()
})

let it: TestApp
let tenantId: string

beforeAll(async () => {
  it = await testApp()
  tenantId = it.build.tenantId
})

/** A content in the store, known to the archive. */
async function stored(bytes: Uint8Array, mediaType: string, pageCount: number | null): Promise<string> {
  async function* source() {
    yield bytes
  }
  const { id, size } = await it.contents.store.put(source(), { maxBytes: bytes.length })
  await it.build.look((db) =>
    db.insert(archiveContents).values({
      ...{ tenantId, id, sizeBytes: size, mediaType, extension: 'x', kind: 'pdf', pageCount, isScanned: false },
    }),
  )
  return id
}

/** Reads a content as the job does, as often as it puts itself into the queue. */
async function read(contentId: string, recogniser = reading) {
  const { database, contents, pageReader } = it
  await readText({ database, encryption, store: contents.store, pageReader, recogniser }, { tenantId, contentId })
}

const texts = (contentId: string) => it.build.look((db) => textsOf({ db, tenantId, encryption }, contentId))
const written = (lines: readonly string[]): PaperPage => ({ lines })

describe('the text of a content', () => {
  test('that a PDF brings along is kept page by page with its places, and nothing of it in the clear', async () => {
    const number = identityNumber('2004-05-06', 3)
    const id = await stored(
      pdfOf([written(['入党申请书', `身份证号 ${number}`]), written(['此致敬礼'])]),
      'application/pdf',
      2,
    )
    await read(id)
    const pages = await texts(id)
    expect(
      pages.map(({ page, source, failure, lines }) => [page, source, failure, lines.map((it) => it.text)]),
    ).toEqual([
      [1, 'file', null, ['入党申请书', `身份证号 ${number}`]],
      [2, 'file', null, ['此致敬礼']],
    ])
    expect(pages[0]?.lines[0]).toMatchObject({
      isSure: true,
      box: { x: expect.any(Number), width: expect.any(Number) },
    })
    const rows = await it.build.look((db) =>
      db.select().from(archivePageTexts).where(eq(archivePageTexts.contentId, id)),
    )
    for (const { lines } of rows) {
      expect(lines.includes(Buffer.from(number))).toBe(false)
      expect(lines.includes(Buffer.from('申请书'))).toBe(false)
    }
  })

  test('goes on where it was broken off, and is not read again', async () => {
    const id = await stored(pdfOf(['甲', '乙', '丙'].map((it) => written([it]))), 'application/pdf', 3)
    await read(id)
    await it.build.look((db) => db.delete(archivePageTexts).where(eq(archivePageTexts.page, 2)))
    const before = await texts(id)
    await read(id)
    await read(id)
    expect((await texts(id)).map(({ page, lines }) => [page, lines[0]?.text])).toEqual([
      [1, '甲'],
      [2, '乙'],
      [3, '丙'],
    ])
    expect(before.map((it) => it.page)).toEqual([1, 3])
  })

  test('of a spreadsheet is its cells, row by row', async () => {
    const id = await stored(Buffer.from('姓名,学号\n王一舟,2023010002\n'), 'text/csv', null)
    await read(id)
    expect(await texts(id)).toEqual([
      {
        ...{ page: 1, source: 'file', failure: null },
        lines: ['姓名 学号', '王一舟 2023010002'].map((text) => ({ text, box: null, isSure: true })),
      },
    ])
  })

  test('of what cannot be opened is why', async () => {
    const id = await stored(
      Buffer.from('no document'),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      null,
    )
    await read(id)
    expect(await texts(id)).toEqual([
      { page: 1, source: 'none', lines: [], failure: expect.stringMatching(/\p{Script=Han}/u) },
    ])
  })

  test('of a scan is recognised, each line where it stands', async () => {
    const { picture, names, lines } = await drawPaper('form', 3, 150)
    const id = await stored(picture, 'image/png', 1)
    await read(id)
    const [page] = await texts(id)
    expect(page).toMatchObject({ page: 1, source: 'recognised', failure: null })
    const whole = page?.lines.map((it) => it.text).join('') ?? ''
    for (const name of names) expect(whole).toContain(name)
    const title = page?.lines.find((it) => it.text.includes(lines[0] ?? '?'))
    expect(title?.box?.y).toBeLessThan(0.2)
    for (const { box } of page?.lines ?? [])
      for (const side of [box?.x, box?.y, box?.width, box?.height]) {
        expect(side).toBeGreaterThanOrEqual(-0.02)
        expect(side).toBeLessThanOrEqual(1.02)
      }
  })

  test('of a scan waits where nothing recognises letters, and the rest does not', async () => {
    const { picture } = await drawPaper('letter', 4, 100)
    const scan = await stored(picture, 'image/png', 1)
    await read(scan, illiterate)
    expect(await texts(scan)).toEqual([])
    const pdf = await stored(pdfOf([written(['丁'])]), 'application/pdf', 1)
    await read(pdf, illiterate)
    expect((await texts(pdf)).length).toBe(1)
  })
})
