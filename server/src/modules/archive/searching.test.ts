import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type TestActor, type TestApp, testApp } from '../../../test/app.ts'
import { encryption, identityNumber } from '../../../test/factories.ts'
import { pdfOf } from '../../../test/papers.ts'
import { openRecogniser } from '../../platform/recognition/recogniser.ts'
import { readText, readUnread } from './jobs.ts'
import { archiveDocuments } from './tables.ts'

const recogniser = openRecogniser({}, 'no-such-package')
afterAll(() => recogniser.close())

let it: TestApp
const browsers = new Map<TestActor, Browser>()

beforeAll(async () => {
  it = await testApp()
})

async function as(actor: TestActor): Promise<Browser> {
  const browser = browsers.get(actor) ?? (await it.signedIn(it.accounts[actor]))
  browsers.set(actor, browser)
  return browser
}

/** Files a paper with these pages for the person in the branch and reads its text, as the job does. */
async function file(place: string, pages: readonly string[], personId = it.build.wang.id): Promise<string> {
  const browser = await as('organiser')
  const bytes = new Uint8Array(pdfOf(pages.map((line) => ({ lines: [line] }))))
  const begun = await browser.post('/api/archive/uploads', { fileName: '材料.pdf', sizeBytes: bytes.length })
  const { id: uploadId } = await begun.json()
  await browser.send('PATCH', `/api/archive/uploads/${uploadId}?offset=0`, bytes, {})
  const answer = await browser.post('/api/archive/documents', { personId, uploadId, place, nature: 'original' })
  const { id } = await answer.json()
  const { tenantId } = it.build
  const contentId = await contentOf(id)
  const { database, contents, pageReader } = it
  await readText({ database, encryption, store: contents.store, pageReader, recogniser }, { tenantId, contentId })
  return id
}

async function contentOf(documentId: string): Promise<string> {
  const rows = await it.build.look((db) => db.select().from(archiveDocuments))
  return rows.find((row) => row.id === documentId)?.contentId ?? ''
}

/** How often a content lies in the queue to be read. */
async function queued(contentId: string): Promise<number> {
  const { rows } = await it.database.asOwner((db) =>
    db.execute<{ count: number }>(sql`select count(*)::int as count from jobs.job
      where data ->> 'kind' = 'archive.read-text' and data -> 'data' ->> 'contentId' = ${contentId}`),
  )
  return rows[0]?.count ?? 0
}

/** The documents and pages that somebody finds by these words. */
async function found(actor: TestActor, words: string): Promise<[id: string, page: number | null][]> {
  const answer = await (await as(actor)).get(`/api/search?kind=document&q=${encodeURIComponent(words)}`)
  const { items }: { items: { id: string; page: number | null }[] } = await answer.json()
  return items.map(({ id, page }) => [id, page])
}

describe('a document is found', () => {
  test('by what stands on a page, by its title and its person, by whoever reads the file and nobody else', async () => {
    const id = await file('thoughtReport', ['第一页 参加义务植树', '第二页 银杏路社区'])
    expect(await found('secretary', '银杏路')).toEqual([[id, 2]])
    expect(await found('secretary', '王一舟')).toEqual([[id, 1]])
    expect(await found('applicant', '义务植树')).toEqual([[id, 1]])
    expect(await found('department', '植树')).toEqual([[id, 1]])
    for (const actor of ['siblingSecretary', 'otherOrganiser', 'stranger', 'publicity', 'sysadmin', 'auditor'] as const)
      expect([actor, await found(actor, '银杏路')]).toEqual([actor, []])
  })

  test('no longer when it was replaced or withdrawn, and by its new place and title', async () => {
    const browser = await as('organiser')
    const id = await file('thoughtReport', ['海棠湾支教'])
    const correction = { place: 'recommendation', title: '推优表', nature: 'original', reason: '归错了类别' }
    const { id: corrected } = await (await browser.post(`/api/archive/documents/${id}/corrections`, correction)).json()
    expect(await found('secretary', '海棠湾')).toEqual([[corrected, 1]])
    expect(await found('secretary', '推优表')).toEqual([[corrected, 1]])
    await browser.post(`/api/archive/documents/${corrected}/withdrawal`, { reason: '不是这个人的' })
    expect(await found('secretary', '海棠湾')).toEqual([])
  })

  test('in a sensitive place by its title only, since a piece of its text would be a reading', async () => {
    const id = await file('identityProof', ['青石巷户籍'])
    expect(await found('secretary', '青石巷')).toEqual([])
    expect(await found('secretary', '身份证明')).toEqual([[id, null]])
  })

  test('in a place closed to the person concerned by others only, whatever their office', async () => {
    const id = await file('opinionsRecord', ['白塔村的意见'])
    expect(await found('organiser', '白塔村')).toEqual([[id, 1]])
    expect(await found('applicant', '白塔村')).toEqual([])
    const own = await file('opinionsRecord', ['黑松林的意见'], it.build.li.id)
    expect(await found('organiser', '黑松林')).toEqual([[own, 1]])
    expect(await found('secretary', '黑松林')).toEqual([])
  })

  test('never by an identity number', async () => {
    const number = identityNumber('2004-05-06', 4)
    await file('thoughtReport', [`证件 ${number}`])
    expect(await found('secretary', number)).toEqual([])
  })
})

describe('a paper that was not read', () => {
  const later = (days: number) => new Date(Date.now() + days * 86_400_000)

  test.each([
    { of: 'a scan of today', pages: [''], after: 0, again: 1 },
    {
      of: 'a scan of three days ago where nothing recognises letters',
      pages: [' '],
      after: 3,
      isWithdrawn: false,
      again: 0,
    },
    { of: 'one whose text is there', pages: ['已经读过的一页'], after: 0, again: 0 },
  ])('is put into the queue again at night: $of, $again times', async ({ pages, after, again }) => {
    const contentId = await contentOf(await file('thoughtReport', pages))
    const before = await queued(contentId)
    const { database, contents, pageReader } = it
    await readUnread({ database, encryption, store: contents.store, pageReader, recogniser }, later(after))
    expect((await queued(contentId)) - before).toBe(again)
  })
})
