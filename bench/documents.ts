import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { joinCluster } from '../server/src/platform/cluster.ts'
import { wordPaper } from '../server/src/platform/papers/word-paper.ts'
import { superuser } from '../server/src/platform/place.ts'
import { pdfOf } from '../server/test/papers.ts'
import { fill } from './filling.ts'
import { aside, atMost, type Measure } from './measure.ts'
import { asked, memoryOf, startServer } from './processes.ts'
import { Corpus, type CorpusPage } from './search-corpus.ts'

/** So many people file at once. */
const filers = 3

/** What a server that holds on to nothing may take more at the end than after the first quarter. */
const growth = 1.1

/**
 * Files so many documents through the real server, PDFs of three pages and Word in turns, until the last of them can be searched; how
 * much more memory the server takes in the last quarter than in the second, by the most of each.
 */
export async function measureDocuments(directory: string, documents: number): Promise<Measure[]> {
  const { personIds, cookies } = await fill(directory, 2_000)
  const server = await startServer(directory)
  const cluster = await joinCluster(directory)
  const database = new pg.Client(cluster.connection(superuser, 'zhibu'))
  await database.connect()
  const corpus = new Corpus(documents * 3, personIds.length)
  const most = [0, 0, 0, 0]
  let filed = 0
  const quarter = () => Math.min(3, Math.floor((filed / documents) * 4))
  const watching = setInterval(async () => {
    const at = quarter()
    most[at] = Math.max(most[at] ?? 0, await memoryOf(server))
  }, 200)
  const read = async () => {
    const { rows } = await database.query(
      `select count(distinct id)::int as documents from search_entries where kind = 'document'`,
    )
    return rows[0].documents
  }
  let next = 0
  const file = async () => {
    for (let at = next++; at < documents; at = next++) {
      const ask = (method: string, address: string, body?: Uint8Array | object) =>
        asked(server, cookies[at % cookies.length] ?? '', method, `/archive${address}`, body)
      const { fileName, bytes } = paperOf(corpus, at)
      const upload = await (await ask('POST', '/uploads', { fileName, sizeBytes: bytes.length })).json()
      await ask('PATCH', `/uploads/${upload.id}?offset=0`, bytes)
      const to = { personId: personIds[at % personIds.length], place: 'thoughtReport', nature: 'copy' }
      await ask('POST', '/documents', { ...to, uploadId: upload.id, title: `思想汇报 ${at}` })
      filed += 1
    }
  }
  try {
    const started = performance.now()
    await Promise.all(Array.from({ length: filers }, file))
    const filedAfter = performance.now() - started
    while ((await read()) < documents) await sleep(200)
    const readAfter = performance.now() - started
    const perSecond = (ms: number) => `${Math.round((documents * 1_000) / ms)} /s`
    const [, second = 1, , last = 0] = most
    return [
      atMost(
        `documents: memory in the last quarter of ${documents.toLocaleString('en')} / the second`,
        last / second,
        growth,
        '×',
      ),
      aside({
        ...atMost('     most of each quarter', 0, 0, ''),
        ours: most.map((it) => `${Math.round(it)} MB`).join(', '),
      }),
      aside({
        ...atMost('     filed, and to be found', 0, 0, ''),
        ours: `${perSecond(filedAfter)}, ${perSecond(readAfter)}`,
      }),
    ]
  } finally {
    clearInterval(watching)
    await database.end()
    await server.stop()
    await cluster.stop()
  }
}

/** Every fourth is a document of Word. */
function paperOf(corpus: Corpus, at: number): { fileName: string; bytes: Uint8Array } {
  const pages = [0, 1, 2].map((page) => corpus.page(at * 3 + page))
  if (at % 4 > 0) return { fileName: '思想汇报.pdf', bytes: pdfOf(pages.map((it) => ({ lines: linesOf(it) }))) }
  const body = pages.flatMap(linesOf).map((text) => ({ kind: 'paragraph' as const, text }))
  const bytes = wordPaper({ title: '思想汇报', body, attachments: [], madeOn: '2026-11-23' })
  return { fileName: '思想汇报.docx', bytes }
}

/** In lines of a sheet, of twenty characters. */
const linesOf = ({ title, body }: CorpusPage): string[] => [title, ...(body.match(/.{1,20}/gu) ?? [])]
