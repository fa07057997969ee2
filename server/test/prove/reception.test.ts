import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { archiveDocuments, archiveReceptions, archiveUploads } from '../../src/modules/archive/tables.ts'
import { newId } from '../../src/platform/ids.ts'
import { journal } from '../../src/platform/journal.ts'
import { testApp } from '../app.ts'
import { temporaryDirectory } from '../directory.ts'
import { packageOf } from '../packages.ts'
import { pdfOf } from '../papers.ts'
import { cookieOf, killedWhileAsking } from './killed-requests.ts'

const documentsOfOne = 12
const packagesOfARound = 6

test('a server that is killed while it takes packages over leaves each whole or not at all, and it can be taken over again', async () => {
  const it = await testApp()
  const { directory, remove } = await temporaryDirectory()
  const { look, tenantId } = it.build
  const secretary = await it.signedIn(it.accounts.secretary)
  const cookie = cookieOf(secretary)
  const items = Array.from({ length: documentsOfOne }, (_, at) => ({ number: at + 1, place: 'thoughtReport' }))

  /** A package on its way in, and what is to become of it. */
  async function prepared() {
    const papers = items.map(({ number }) => ({
      ...{ place: '思想汇报', title: `第 ${number} 次思想汇报`, extension: 'pdf' },
      bytes: pdfOf([{ lines: [newId()] }]),
    }))
    const { bytes } = await packageOf(papers, { number: newId() })
    const person = await it.build.person(it.build.branch, { name: '张三', studentNumber: newId().slice(-12) })
    const uploadId = await it.contents.uploads.begin()
    const fields = { fileName: '包.zip', sizeBytes: bytes.length, accountId: it.accounts.secretary.id }
    await look((db) => db.insert(archiveUploads).values({ tenantId, id: uploadId, ...fields }))
    await it.contents.uploads.append(uploadId, 0, oneOf(bytes), { maxBytes: bytes.length })
    return { uploadId, personId: person.id, items }
  }

  let [broken, whole] = [0, 0]
  try {
    for (const round of [0, 2]) {
      const requests = await Promise.all(Array.from({ length: packagesOfARound }, prepared))
      const bodies = requests.map((body) => ({ address: '/api/archive/receptions', body }))
      const accepted = await killedWhileAsking(it, directory, { cookie, requests: bodies, after: round })
      for (const [nth, { personId, ...request }] of requests.entries()) {
        const [reception] = await look((db) =>
          db.select().from(archiveReceptions).where(eq(archiveReceptions.personId, personId)),
        )
        const documents = await look((db) =>
          db.select().from(archiveDocuments).where(eq(archiveDocuments.personId, personId)),
        )
        const entries = await look((db) => db.$count(journal, eq(journal.personId, personId)))
        const count = reception ? documentsOfOne : 0
        expect([documents.length, entries]).toEqual([count, reception ? count + 1 : 0])
        for (const { contentId } of documents) expect(await it.contents.store.check(contentId)).toBe('sound')
        if (accepted.has(nth)) expect(reception).toBeDefined()
        if (reception) {
          whole += 1
          continue
        }
        broken += 1
        const again = await secretary.post('/api/archive/receptions', { personId, ...request })
        expect(again.status).toBe(201)
      }
    }
    // Of both there was something to be seen.
    expect([broken > 0, whole > 0]).toEqual([true, true])
  } finally {
    await remove()
  }
})

async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
