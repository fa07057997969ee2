import { eq } from 'drizzle-orm'
import PizZip from 'pizzip'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { encryption, identityNumber, today } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { removeDestroyed, tidyArchive } from './jobs.ts'
import { keepText } from './page-texts.ts'
import { checkContents } from './soundness.ts'
import { archiveDisposalDocuments, archiveDisposals, archiveDocuments } from './tables.ts'

let it: TestApp
let secretary: Browser
let organiser: Browser
let helper: Browser

beforeAll(async () => {
  it = await testApp()
  secretary = await it.signedIn(it.accounts.secretary)
  organiser = await it.signedIn(it.accounts.organiser)
})

/** A page of a scan: grey noise, so that it does not shrink to nothing, of so many pixels. */
const scan = (width = 320, height = 200) =>
  sharp({
    create: { width, height, channels: 3, background: '#fff', noise: { type: 'gaussian', mean: 128, sigma: 30 } },
  })
    .png()
    .toBuffer()

/** Sends a file in parts of this size and returns the id of the upload. */
async function send(browser: Browser, bytes: Uint8Array<ArrayBuffer>, fileName = '扫描件.png', partBytes = 20_000) {
  const begun = await browser.post('/api/archive/uploads', { fileName, sizeBytes: bytes.length })
  expect(begun.status).toBe(201)
  const { id }: { id: string } = await begun.json()
  for (let at = 0; at < bytes.length; at += partBytes) {
    const part = await browser.send(
      'PATCH',
      `/api/archive/uploads/${id}?offset=${at}`,
      bytes.slice(at, at + partBytes),
      {},
    )
    expect(await part.json()).toEqual({ id, offset: Math.min(at + partBytes, bytes.length), sizeBytes: bytes.length })
  }
  return id
}

const wanted = (uploadId: string, more: object = {}) => ({
  personId: it.build.wang.id,
  uploadId,
  place: 'thoughtReport',
  nature: 'original',
  ...more,
})

async function file(bytes: Uint8Array<ArrayBuffer>, more: object = {}, browser = secretary): Promise<string> {
  const answer = await browser.post('/api/archive/documents', wanted(await send(browser, bytes), more))
  expect(await answer.clone().json()).toEqual({ id: expect.any(String) })
  return (await answer.json()).id
}

const exact = (buffer: Buffer) => new Uint8Array(buffer)

describe('an upload', () => {
  test('goes on from where it was, and not from elsewhere', async () => {
    const bytes = exact(await scan())
    const { id } = await (
      await secretary.post('/api/archive/uploads', { fileName: 'a.png', sizeBytes: bytes.length })
    ).json()
    const patch = (offset: number, part: Uint8Array<ArrayBuffer>) =>
      secretary.send('PATCH', `/api/archive/uploads/${id}?offset=${offset}`, part, {})
    expect((await patch(0, bytes.slice(0, 1000))).status).toBe(200)
    expect((await patch(500, bytes.slice(500, 1500))).status).toBe(409)
    expect(await (await secretary.get(`/api/archive/uploads/${id}`)).json()).toEqual({
      id,
      offset: 1000,
      sizeBytes: bytes.length,
    })
    expect((await secretary.post('/api/archive/documents', wanted(id))).status).toBe(409)
    expect((await patch(1000, exact(Buffer.concat([bytes.slice(1000), Buffer.alloc(1)])))).status).toBe(413)
    expect((await patch(1000, bytes.slice(1000))).status).toBe(200)
    expect((await organiser.post('/api/archive/documents', wanted(id))).status).toBe(404)
    expect((await secretary.post('/api/archive/documents', wanted(id))).status).toBe(201)
    expect((await secretary.get(`/api/archive/uploads/${id}`)).status).toBe(404)
  })

  test.each([
    ['nothing', { fileName: 'a.pdf', sizeBytes: 0 }, 400],
    ['ten gigabytes', { fileName: 'a.pdf', sizeBytes: 10 * 1024 ** 3 }, 201],
    ['one byte more', { fileName: 'a.pdf', sizeBytes: 10 * 1024 ** 3 + 1 }, 400],
  ])('of %s', async (_, body, status) => {
    expect((await secretary.post('/api/archive/uploads', body)).status).toBe(status)
  })

  test('is refused where it is too large for one part', async () => {
    const { id } = await (
      await secretary.post('/api/archive/uploads', { fileName: 'a.png', sizeBytes: 9 * 1024 ** 2 })
    ).json()
    const part = await secretary.send(
      'PATCH',
      `/api/archive/uploads/${id}?offset=0`,
      new Uint8Array(8 * 1024 ** 2 + 1),
      {
        'content-length': String(8 * 1024 ** 2 + 1),
      },
    )
    expect(part.status).toBe(413)
  })

  test('that is no paper is refused with the reason, and may be taken back', async () => {
    const bytes = exact(Buffer.from('<html><script>alert(1)</script></html>'))
    const id = await send(secretary, bytes, '入党申请书.pdf')
    const answer = await secretary.post('/api/archive/documents', wanted(id))
    expect(answer.status).toBe(422)
    expect((await answer.json()).detail).toMatch(/“入党申请书.pdf”不能归档：.*脚本/)
    expect((await secretary.delete(`/api/archive/uploads/${id}`)).status).toBe(204)
    expect((await secretary.delete(`/api/archive/uploads/${id}`)).status).toBe(404)
  })

  test('of a kind that the place does not take is refused', async () => {
    const csv = exact(Buffer.from('姓名,学号\n王一舟,2023010002\n'))
    const answer = await secretary.post('/api/archive/documents', wanted(await send(secretary, csv, '名单.csv')))
    expect(answer.status).toBe(422)
    expect((await answer.json()).detail).toMatch(/可用 PDF/)
  })
})

describe('a document', () => {
  test('comes back byte by byte, whole or in parts, for saving only', async () => {
    const bytes = exact(await scan())
    const id = await file(bytes, { title: '第三季度思想汇报' })
    const path = `/api/archive/documents/${id}/content`
    const whole = await secretary.get(path)
    expect(whole.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('第三季度思想汇报')}.png`,
    )
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes)

    const part = await secretary.get(path, { range: 'bytes=100-199' })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${bytes.length}`])
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(100, 200))
    const beyond = await secretary.get(path, { range: `bytes=${bytes.length}-` })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`])
    const older = await secretary.get(path, { range: 'bytes=0-9', 'if-range': '"another"' })
    expect([older.status, (await older.arrayBuffer()).byteLength]).toEqual([200, bytes.length])
  })

  test('is looked at page by page', async () => {
    const id = await file(exact(await scan(400, 300)))
    const path = `/api/archive/documents/${id}/pages`
    expect(await (await secretary.get(path)).json()).toEqual({
      kind: 'picture',
      pages: [{ width: 400, height: 300 }],
      html: null,
      sheets: null,
      watermark: null,
    })
    const picture = await secretary.get(`${path}/1?width=100&turn=90`)
    expect(picture.headers.get('content-type')).toBe('image/jpeg')
    expect(await sharp(Buffer.from(await picture.arrayBuffer())).metadata()).toMatchObject({
      format: 'jpeg',
      width: 100,
    })
    for (const [page, status] of [
      ['2', 404],
      ['0', 400],
      ['1?turn=45', 400],
      ['1?width=9999', 400],
    ] as const)
      expect([page, (await secretary.get(`${path}/${page}`)).status]).toEqual([page, status])
  })

  test('is seen by a helper under a watermark, which the pixels hold', async () => {
    helper = await it.signedIn(
      await it.account({ name: '韩帮', person: await it.build.person(it.build.branch, { name: '韩帮' }) }),
    )
    const given = await secretary.post('/api/accounts/delegations', {
      helperAccountId: (await (await helper.get('/api/accounts/session')).json()).account.id,
      personIds: [it.build.wang.id],
      fields: ['thoughtReport'],
      purpose: '协助归档',
      until: '2026-12-31',
    })
    expect(given.status).toBe(201)
    const id = await file(exact(await scan(600, 400)))
    const path = `/api/archive/documents/${id}`
    expect(await (await helper.get(`${path}/pages`)).json()).toMatchObject({ watermark: '韩帮 2026-11-23 协助办理' })
    const [theirs, ours] = await Promise.all(
      [helper, secretary].map(async (who) =>
        Buffer.from(await (await who.get(`${path}/pages/1?width=600`)).arrayBuffer()),
      ),
    )
    expect(theirs?.equals(ours ?? Buffer.alloc(0))).toBe(false)
    expect((await helper.get(`${path}/content`)).status).toBe(403)
  })

  test('tells a helper no identity number in what is written on it, and whoever keeps the file all', async () => {
    const number = identityNumber('2004-05-11', 321)
    const grouped = `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`
    const mask = `${number.slice(0, 3)}${'*'.repeat(13)}${number.slice(-2)}`
    const scanned = await file(exact(await scan()))
    const { tenantId } = it.build
    await it.build.look(async (db) => {
      const [row] = await db.select().from(archiveDocuments).where(eq(archiveDocuments.id, scanned))
      const lines = [{ text: `身份证号：${grouped}`, box: null, isSure: true }]
      const page = { page: 1, source: 'recognised' as const, lines, failure: null }
      await keepText({ db, tenantId, encryption }, row?.contentId ?? '', page)
    })
    const body = [{ kind: 'paragraph', text: `本人${number}汇报` }] as const
    const word = new PizZip(wordPaper({ title: '思想汇报', body, attachments: [], madeOn: today }))
    const xml = word.file('word/document.xml')?.asText() ?? ''
    const runs = [...number].map(
      (digit, at) => `<w:r>${at % 2 === 0 ? '<w:rPr><w:b/></w:rPr>' : ''}<w:t>${digit}</w:t></w:r>`,
    )
    word.file('word/document.xml', xml.replace('</w:body>', `<w:p>${runs.join('')}</w:p></w:body>`))
    const typed = await file(exact(word.generate({ type: 'nodebuffer' })), { title: '打印稿' })
    const linesOf = async (who: Browser) =>
      (await (await who.get(`/api/archive/documents/${scanned}/text`)).json()).pages[0].lines[0].text
    const htmlOf = async (who: Browser) => (await (await who.get(`/api/archive/documents/${typed}/pages`)).json()).html
    expect([await linesOf(secretary), await linesOf(helper)]).toEqual([`身份证号：${grouped}`, `身份证号：${mask}`])
    expect(await htmlOf(secretary)).toContain(`本人${number}汇报`)
    expect(await htmlOf(helper)).toContain(`本人${mask}汇报`)
    const plain = async (who: Browser) => (await htmlOf(who)).replace(/<[^>]*>/g, '')
    expect([(await plain(secretary)).split(number).length, (await plain(helper)).split(number).length]).toEqual([3, 1])
    expect((await plain(helper)).split(mask)).toHaveLength(3)
  })

  test('is kept, shown and recorded without the identity numbers in its name and title', async () => {
    const number = identityNumber('2004-05-11', 321)
    const bytes = exact(await scan())
    const uploadId = await send(secretary, bytes, `${number}思想汇报.png`)
    const answer = await secretary.post('/api/archive/documents', wanted(uploadId, { title: `${number}的汇报` }))
    const { id } = await answer.json()
    const seen = await (await secretary.get(`/api/archive/documents/${id}`)).json()
    const mask = `${number.slice(0, 3)}${'*'.repeat(13)}${number.slice(-2)}`
    expect([seen.fileName, seen.title]).toEqual([`${mask}思想汇报.png`, `${mask}的汇报`])
    const rows = await it.build.look((db) => db.select().from(journal).where(eq(journal.subjectId, id)))
    expect(rows.map((row) => row.details)).toEqual([expect.objectContaining({ fileName: `${mask}思想汇报.png` })])
    expect(JSON.stringify(rows)).not.toContain(number)
  })

  test('of the same content is kept once', async () => {
    const bytes = exact(await scan())
    await file(bytes)
    const before = (await Array.fromAsync(it.contents.store.list())).length
    await file(bytes, { place: 'recommendation' })
    expect((await Array.fromAsync(it.contents.store.list())).length).toBe(before)
  })
})

describe('what is destroyed', () => {
  const destroyed = async (documentId: string) => {
    const { tenantId, branch, look } = it.build
    const id = newId()
    await look(async (db) => {
      await db.insert(archiveDisposals).values({
        ...{ tenantId, id, organizationId: branch.id, path: branch.path, reason: '期满' },
        ...{ proposedBy: newId(), proposedByName: '甲', decision: 'approved' as const },
      })
      await db
        .insert(archiveDisposalDocuments)
        .values({ tenantId, disposalId: id, documentId, path: branch.path, destroyedOn: '2026-11-23' })
    })
    await removeDestroyed(it.database, it.contents, { tenantId, disposalId: id })
  }
  const contentIn = async (documentId: string) =>
    (await secretary.get(`/api/archive/documents/${documentId}/content`)).status

  test('leaves the store with the last document that has it', async () => {
    const bytes = exact(await scan())
    const [first, second] = [await file(bytes), await file(bytes, { place: 'recommendation' })]
    const before = (await Array.fromAsync(it.contents.store.list())).length
    await destroyed(first)
    expect([await contentIn(first), await contentIn(second)]).toEqual([409, 200])
    await destroyed(second)
    expect([await contentIn(first), await contentIn(second)]).toEqual([409, 409])
    expect((await Array.fromAsync(it.contents.store.list())).length).toBe(before - 1)
  })

  test('leaves the store after it was withdrawn, listed and approved, with what was read on it', async () => {
    const id = await file(exact(await scan()))
    const before = (await Array.fromAsync(it.contents.store.list())).length
    const reason = '归错了人'
    expect((await secretary.post(`/api/archive/documents/${id}/withdrawal`, { reason })).status).toBe(204)
    const listed = await secretary.post('/api/archive/disposals', { documentIds: [id], reason })
    const { id: disposalId } = await listed.json()
    const decision = { decision: 'approved', reason: '已核对' }
    expect((await organiser.post(`/api/archive/disposals/${disposalId}/decision`, decision)).status).toBe(204)
    await removeDestroyed(it.database, it.contents, { tenantId: it.build.tenantId, disposalId })
    expect((await Array.fromAsync(it.contents.store.list())).length).toBe(before - 1)
    expect(await contentIn(id)).toBe(409)
    await checkContents(it.database, it.contents.store)
    expect(await (await organiser.get('/api/archive/soundness')).json()).toMatchObject({ problems: [] })
  })

  test('can be filed again', async () => {
    const bytes = exact(await scan())
    const first = await file(bytes)
    await destroyed(first)
    const again = await file(bytes, { place: 'recommendation' })
    expect([await contentIn(first), await contentIn(again)]).toEqual([409, 200])
  })
})

test('at night what nobody filed goes after a day, and forgotten uploads after a week; what documents have stays', async () => {
  const kept = await file(exact(await scan()))
  async function* bytes() {
    yield new Uint8Array([1, 2, 3])
  }
  const { id } = await it.contents.store.put(bytes(), { maxBytes: 3 })
  const begun: { id: string } = await (
    await secretary.post('/api/archive/uploads', { fileName: 'a.pdf', sizeBytes: 9 })
  ).json()
  const { length } = await Array.fromAsync(it.contents.store.list())
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)
  await tidyArchive(it.database, it.contents, inHours(23))
  expect(await it.contents.store.has(id)).toBe(true)
  await tidyArchive(it.database, it.contents, inHours(25))
  expect(await it.contents.store.has(id)).toBe(false)
  expect((await Array.fromAsync(it.contents.store.list())).length).toBe(length - 1)
  expect((await secretary.get(`/api/archive/uploads/${begun.id}`)).status).toBe(200)
  await tidyArchive(it.database, it.contents, inHours(7 * 24 + 1))
  expect((await secretary.get(`/api/archive/uploads/${begun.id}`)).status).toBe(404)
  expect((await secretary.get(`/api/archive/documents/${kept}/content`)).status).toBe(200)
})
