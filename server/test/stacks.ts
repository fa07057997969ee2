import { readFile } from 'node:fs/promises'
import { readStack } from '../src/modules/digitization/jobs.ts'
import type { StackPart, StackView } from '../src/modules/digitization/schema.ts'
import { openRecogniser, type Recogniser } from '../src/platform/recognition/recogniser.ts'
import type { Browser, TestApp } from './app.ts'
import { afterwards } from './database.ts'
import { encryption } from './factories.ts'

/** A file of a stack. */
export interface FileOfStack {
  bytes: Uint8Array
  name: string
}

/** Stacks of paper as a browser makes them, and the job that reads them. */
export function stacksOf(it: TestApp) {
  // One for all, as in a server: a new one loads what reads pages, which takes longer than a page.
  const recognisers = new Map<string, Recogniser>()
  afterwards(async () => {
    for (const recogniser of recognisers.values()) recogniser.close()
  })

  /** A PDF of pictures, as a scanner makes it. */
  async function scanOf(pictures: readonly Uint8Array[]): Promise<Uint8Array> {
    const { store } = it.contents
    const pages = []
    for (const picture of pictures) {
      async function* source() {
        yield picture
      }
      const { id } = await store.put(source(), { maxBytes: picture.length })
      const contents = async function* () {
        yield* await store.read(id)
      }
      pages.push({ source: { key: id, type: 'image/png' as const, contents }, page: 0 })
    }
    return it.pageReader.extract(pages, (path) => readFile(path))
  }

  /** Sends a file and answers the id of the upload. */
  async function upload(browser: Browser, { bytes, name }: FileOfStack): Promise<string> {
    const begun = await browser.post('/api/archive/uploads', { fileName: name, sizeBytes: bytes.length })
    const { id }: { id: string } = await begun.json()
    await browser.send('PATCH', `/api/archive/uploads/${id}?offset=0`, Uint8Array.from(bytes), {})
    return id
  }

  const add = async (browser: Browser, stackId: string, file: FileOfStack) =>
    browser.post(`/api/digitization/stacks/${stackId}/files`, { uploadId: await upload(browser, file) })

  async function begin(browser: Browser, organizationId = it.build.branch.id): Promise<string> {
    const answer = await browser.post('/api/digitization/stacks', { organizationId, name: '九月材料' })
    const { id }: { id: string } = await answer.json()
    return id
  }

  const view = async (browser: Browser, stackId: string): Promise<StackView> =>
    (await browser.get(`/api/digitization/stacks/${stackId}`)).json()

  /** The job, once; letters are read only by the recogniser that is named. */
  async function readOnce(stackId: string, library = 'no-such-recogniser') {
    const recogniser = recognisers.get(library) ?? openRecogniser({}, library)
    recognisers.set(library, recogniser)
    const { database, contents, pageReader } = it
    const workshop = { database, encryption, store: contents.store, pageReader, recogniser }
    await readStack(workshop, { tenantId: it.build.tenantId, stackId })
  }

  /** A stack of these files that has been read and split. */
  async function sorted(
    browser: Browser,
    files: readonly FileOfStack[],
    { organizationId, library }: { organizationId?: string; library?: string } = {},
  ): Promise<string> {
    const stackId = await begin(browser, organizationId)
    for (const file of files) await add(browser, stackId, file)
    await browser.post(`/api/digitization/stacks/${stackId}/reading`)
    for (let round = 0; round < 100; round++) {
      await readOnce(stackId, library)
      if ((await view(browser, stackId)).state !== 'reading') break
    }
    return stackId
  }

  return { scanOf, upload, add, begin, view, readOnce, sorted }
}

/** A part in short: whose, the pages, where, and what stands in the way. */
export const inShort = ({ person, organization, pages, place, basis, isReady, problem }: StackPart) => ({
  owner: person?.name ?? organization?.name ?? null,
  ...{ pages, place, basis, isReady },
  ...(problem === null ? {} : { problem }),
})
