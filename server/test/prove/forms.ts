import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import PizZip from 'pizzip'
import { type Filled, fill } from '../../../bench/filling.ts'
import { asked, type Served } from '../../../bench/processes.ts'
import { joinData } from '../../src/data.ts'
import { tidyArchive } from '../../src/modules/archive/jobs.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openContent } from '../../src/platform/content/content.ts'
import { sealJournal } from '../../src/platform/seals.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { verifyJournal } from '../../src/platform/verification.ts'
import { killedWhileWriting } from './killed-server.ts'

/** What came of a round in which forms were made, packed and filed when the server was killed. */
export interface FormsRound {
  /** Forms whose filing was acknowledged in this round, and zips that were received to their end. */
  filed: number
  zips: number
  /** Acknowledged filings that are not there. */
  lost: number
  /** Filings whose content is not sound, documents without their version, versions without a document, zips that do not open. */
  half: number
  /** Uploads and contents that nothing holds, after the nightly tidying of a later day. */
  left: number
  /** Null where the chain of the journal is whole. */
  problem: string | null
}

/** A university whose organisers make forms. */
export interface FormsGround extends Filled {
  /** How many persons have been used up by the rounds so far. */
  used: number
}

export const formsGround = async (directory: string): Promise<FormsGround> => ({
  ...(await fill(directory, 2_000)),
  used: 0,
})

interface Acknowledged {
  documents: Set<string>
  zips: Uint8Array[]
}

/** So many persons stand in a zip. */
const inZip = 12

/**
 * Makes rosters and files them, and packs forms for many, several at a time; kills the server with SIGKILL at a random moment, starts
 * it again and looks at everything.
 */
export async function formsRound(ground: FormsGround): Promise<FormsRound> {
  const told: Acknowledged = { documents: new Set(), zips: [] }
  const write = (server: Served, writer: number) => writeOne(ground, server, writer, told)
  const server = await killedWhileWriting(ground.directory, write, () => told.documents.size > 0)
  try {
    const counts = { filed: told.documents.size, zips: told.zips.length }
    return { ...counts, ...(await inspect(ground.directory, told)) }
  } finally {
    await server.stop()
  }
}

async function writeOne(ground: FormsGround, server: Served, writer: number, told: Acknowledged): Promise<void> {
  const at = ground.used++
  const personIds = Array.from({ length: inZip }, (_, next) => idAt(ground, at * inZip + next))
  // One of each account has its turn at a time.
  const cookie = ground.cookies[writer] ?? ''
  if (writer === 2) {
    const zip = await asked(server, cookie, 'POST', '/forms/files', {
      formId: 'applicant-talk',
      personIds,
      format: 'word',
    })
    told.zips.push(new Uint8Array(await zip.arrayBuffer()))
    return
  }
  const outcome = await (
    await asked(server, cookie, 'POST', '/forms/filings', { formId: 'development-roster', personIds })
  ).json()
  if (outcome.filed.length === 0) throw new Error(JSON.stringify(outcome))
  for (const it of outcome.filed) told.documents.add(it.documentId)
}

const idAt = ({ personIds }: FormsGround, at: number): string => personIds[at % personIds.length] ?? ''

async function inspect(directory: string, told: Acknowledged): Promise<Omit<FormsRound, 'filed' | 'zips'>> {
  const config = readConfig({ ZHIBU_DATA: directory })
  const { database, close } = await joinData(config)
  const contents = openContent(config, await readSecrets(directory))
  try {
    const { rows } = await database.asKeeper((db) =>
      db.execute<{ id: string; content: string | null; form: string | null }>(sql`
        select coalesce(d.id, f.document_id) as id, d.content_id as content, f.form_id as form
        from archive_documents d full join form_filings f on f.tenant_id = d.tenant_id and f.document_id = d.id`),
    )
    const stored = new Set(rows.map((it) => it.id))
    const lost = [...told.documents].filter((id) => !stored.has(id)).length
    let half = told.zips.filter((it) => Object.keys(new PizZip(it).files).length !== inZip).length
    for (const { content, form } of rows)
      if (content === null || form === null || (await contents.store.check(content)) !== 'sound') half += 1
    await tidyArchive(database, contents, new Date(Date.now() + 9 * 86_400_000))
    const held = new Set(rows.map((it) => it.content))
    const kept = await Array.fromAsync(contents.store.list())
    const uploads = await readdir(path.join(directory, 'uploads'))
    await sealJournal(database)
    const { problem } = await verifyJournal(database)
    const left = uploads.length + kept.filter((it) => !held.has(it.id)).length
    return { lost, half, left, problem: problem?.kind ?? null }
  } finally {
    await close()
  }
}
