import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import sharp from 'sharp'
import { type Filled, fill } from '../../../bench/filling.ts'
import { asked, type Served } from '../../../bench/processes.ts'
import { joinData } from '../../src/data.ts'
import { tidyArchive } from '../../src/modules/archive/jobs.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openContent } from '../../src/platform/content/content.ts'
import { digestOfMetadata } from '../../src/platform/packages/sealed-file-xml.ts'
import { verifyPackage } from '../../src/platform/packages/verify-package.ts'
import { sealJournal } from '../../src/platform/seals.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { verifyJournal } from '../../src/platform/verification.ts'
import { drawPaper } from '../paper/paper.ts'
import { pdfOf } from '../papers.ts'
import { killedWhileWriting } from './killed-server.ts'

/** What came of a round in which papers were filed, read, sealed and taken away as packages when the server was killed. */
export interface ArchiveRound {
  /** Documents and seals that were acknowledged in this round, and packages that were received whole. */
  documents: number
  seals: number
  packages: number
  /** Acknowledged documents and seals that are not there. */
  lost: number
  /** Documents whose content is not what was filed, seals that do not match their metadata, packages that do not verify. */
  half: number
  /** Pages that were not read three minutes after the server was started again. */
  unread: number
  /** Numbers of files that were given and lead to no seal. */
  gaps: number
  /** Contents that no document has, after the nightly tidying of a later day. */
  orphans: number
  /** Null where the chain of the journal is whole. */
  problem: string | null
}

/** A university with a college whose organisers file papers, and scans for them to file. */
export interface ArchiveGround extends Filled {
  scans: readonly Buffer[]
  /** How many persons have been used up by the rounds so far. */
  used: number
}

export async function archiveGround(directory: string): Promise<ArchiveGround> {
  const scans = await Promise.all([0, 1, 2].map(async (seed) => (await drawPaper('letter', seed, 100)).picture))
  return { ...(await fill(directory, 2_000)), scans, used: 0 }
}

/** What a writer was told before the server went. */
interface Acknowledged {
  documents: Set<string>
  seals: Set<string>
  packages: string[]
}

/**
 * Files papers for one person after another, some of them scans, seals each file and takes it away as a package, several at a time;
 * kills the server with SIGKILL at a random moment, starts it again, waits until the pages are read, and looks at everything.
 */
export async function archiveRound(ground: ArchiveGround): Promise<ArchiveRound> {
  const told: Acknowledged = { documents: new Set(), seals: new Set(), packages: [] }
  const write = (server: Served, writer: number) => writeOne(ground, server, writer, told)
  const server = await killedWhileWriting(ground.directory, write, () => told.seals.size > 0)
  try {
    const { documents, seals, packages } = told
    const counts = { documents: documents.size, seals: seals.size, packages: packages.length }
    return { ...counts, ...(await inspect(ground.directory, told)) }
  } finally {
    await server.stop()
  }
}

async function writeOne(ground: ArchiveGround, server: Served, writer: number, told: Acknowledged): Promise<void> {
  const at = ground.used++
  const personId = ground.personIds[at % ground.personIds.length] ?? ''
  const cookie = ground.cookies[writer + (at % 60) * 3] ?? ''
  const ask = (method: string, address: string, body?: Uint8Array | object) =>
    asked(server, cookie, method, `/archive${address}`, body)
  const papers = at % 4 === 0 ? ['思想汇报', '自传', '推优表', null] : ['思想汇报', '自传', '推优表']
  for (const [number, title] of papers.entries()) {
    const bytes =
      title === null ? await scanOf(ground, at) : pdfOf([{ lines: [title, personId] }, { lines: [`${at}`] }])
    const fileName = title === null ? '扫描件.jpg' : '材料.pdf'
    const upload = await (await ask('POST', '/uploads', { fileName, sizeBytes: bytes.length })).json()
    await ask('PATCH', `/uploads/${upload.id}?offset=0`, bytes)
    const wanted = {
      personId,
      uploadId: upload.id,
      place: 'thoughtReport',
      title: `材料 ${number + 1}`,
      nature: 'copy',
    }
    const { id } = await (await ask('POST', '/documents', wanted)).json()
    told.documents.add(id)
  }
  const { id: sealId } = await (await ask('POST', '/seals', { personId })).json()
  told.seals.add(sealId)
  const whole = new Uint8Array(await (await ask('GET', `/seals/${sealId}/package.zip`)).arrayBuffer())
  const file = path.join(ground.directory, `received-${sealId}.zip`)
  await writeFile(file, whole)
  told.packages.push(file)
}

/** One of the drawn letters, with other bytes for each person. */
const scanOf = ({ scans }: ArchiveGround, at: number): Promise<Buffer> =>
  sharp(scans[at % scans.length])
    .extend({ bottom: 1 + (at % 200), background: 'white' })
    .jpeg()
    .toBuffer()

async function inspect(
  directory: string,
  told: Acknowledged,
): Promise<Omit<ArchiveRound, 'documents' | 'seals' | 'packages'>> {
  const config = readConfig({ ZHIBU_DATA: directory })
  const { database, close } = await joinData(config)
  const contents = openContent(config, await readSecrets(directory))
  const rowsOf = async <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
    (await database.asKeeper((db) => db.execute<Row>(query))).rows
  const unread = async () =>
    (
      await rowsOf<{ pages: number }>(sql`select coalesce(sum(coalesce(c.page_count, 1)
        - (select count(*) from archive_page_texts t where t.content_id = c.id)), 0)::int as pages from archive_contents c`)
    )[0]?.pages ?? 0
  try {
    const deadline = Date.now() + 180_000
    while ((await unread()) > 0 && Date.now() < deadline) await sleep(500)
    const documents = await rowsOf<{ id: string; content: string }>(
      sql`select id, content_id as content from archive_documents`,
    )
    const seals = await rowsOf<{ id: string; metadata: string; sha256: string }>(
      sql`select id, metadata, sha256 from archive_seals`,
    )
    const given = await rowsOf<{ gaps: number }>(sql`select (coalesce((select sum(last) from archive_numbers), 0)
      - (select count(distinct number) from archive_seals))::int as gaps`)
    const stored = new Set([...documents, ...seals].map((it) => it.id))
    const lost = [...told.documents, ...told.seals].filter((id) => !stored.has(id)).length
    let half = seals.filter((it) => digestOfMetadata(it.metadata) !== it.sha256).length
    for (const { content } of documents) if ((await contents.store.check(content)) !== 'sound') half += 1
    for (const file of told.packages) if ((await verifyPackage(file)).problems.length > 0) half += 1
    await tidyArchive(database, contents, new Date(Date.now() + 2 * 86_400_000))
    const named = new Set(documents.map((it) => it.content))
    const kept = await Array.fromAsync(contents.store.list())
    await sealJournal(database)
    const { problem } = await verifyJournal(database)
    return {
      lost,
      half,
      unread: await unread(),
      gaps: given[0]?.gaps ?? 0,
      orphans: kept.filter((it) => !named.has(it.id)).length,
      problem: problem?.kind ?? null,
    }
  } finally {
    await close()
  }
}
