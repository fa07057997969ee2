import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import sharp from 'sharp'
import { type Filled, fill } from '../../../bench/filling.ts'
import { asked, type Served } from '../../../bench/processes.ts'
import { joinData } from '../../src/data.ts'
import { tidyArchive } from '../../src/modules/archive/jobs.ts'
import { tidyMedia } from '../../src/modules/media/jobs.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openContent } from '../../src/platform/content/content.ts'
import { sealJournal } from '../../src/platform/seals.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { verifyJournal } from '../../src/platform/verification.ts'
import { box, mp4, personal, seen } from '../media-files.ts'
import { pdfOf } from '../papers.ts'
import { killedWhileWriting } from './killed-server.ts'

/** What came of a round in which pictures, films and papers were sent in pieces when the server was killed, and then sent on. */
export interface MediaRound {
  /** Items that were acknowledged before the kill, and files that were sent on after it. */
  items: number
  resumed: number
  /** Acknowledged pieces and items that are not there, and uploads that were given up and go on. */
  lost: number
  /** Files of which there is more than one item, or that could be brought in again. */
  twice: number
  /** Items that are not what was sent, are still personal, lack a form or the one row of the journal. */
  half: number
  /** Uploads and contents that nothing needs, after the tidying of a later night. */
  left: number
  /** Null where the chain of the journal is whole. */
  problem: string | null
}

/** A university with a college whose officers bring in media. */
export interface MediaGround extends Filled {
  used: number
  /** The digests of what was sent and is kept as it is, by the names of files. */
  digests: Map<string, string>
}

export const mediaGround = async (directory: string): Promise<MediaGround> => ({
  ...(await fill(directory, 2_000)),
  ...{ used: 0, digests: new Map() },
})

/** A file on its way in, as far as its sender was told. */
interface Sent {
  cookie: string
  fileName: string
  bytes: Buffer
  offset: number
  fate: 'begun' | 'taken' | 'givenUp'
}
type Told = Map<string, Sent>

/** Kills the server with SIGKILL at a random moment, starts it again, sends on what had not come whole, and looks at everything. */
export async function mediaRound(ground: MediaGround): Promise<MediaRound> {
  const told: Told = new Map()
  const isTaken = ({ fate }: Sent) => fate === 'taken'
  const server = await killedWhileWriting(
    ground.directory,
    (killed, writer) => bringInOne(ground, killed, writer, told),
    () => [...told.values()].some(isTaken),
  )
  try {
    const items = [...told.values()].filter(isTaken).length
    const after = await sendOn(server, told)
    const found = await inspect(ground, told)
    return { items, ...after, ...found, lost: after.lost + found.lost, twice: after.twice + found.twice }
  } finally {
    await server.stop()
  }
}

/** A picture, a film and a paper one after the other; every fifth file is given up halfway. */
async function bringInOne(ground: MediaGround, server: Served, writer: number, told: Told): Promise<void> {
  for (const make of [pictureOf, filmOf, paperOf]) {
    const at = ground.used++
    const { fileName, bytes } = await make(at)
    if (make === paperOf) ground.digests.set(fileName, createHash('sha256').update(bytes).digest('hex'))
    // Each person only so often, so that no limit of rate is met.
    const cookie = ground.cookies[writer + (at % 60) * 3] ?? ''
    const announced = { fileName, sizeBytes: bytes.length }
    const { id } = await (await asked(server, cookie, 'POST', '/media/uploads', announced)).json()
    const sent: Sent = { cookie, fileName, bytes, offset: 0, fate: 'begun' }
    told.set(id, sent)
    if (at % 5 === 4) await giveUp(server, id, sent)
    else await bringIn(server, id, sent)
  }
}

const pieceBytes = 262_144

async function sendPiece(server: Served, id: string, sent: Sent): Promise<void> {
  const piece = sent.bytes.subarray(sent.offset, sent.offset + pieceBytes)
  await asked(server, sent.cookie, 'PATCH', `/media/uploads/${id}?offset=${sent.offset}`, piece)
  sent.offset += piece.length
}

async function bringIn(server: Served, id: string, sent: Sent): Promise<void> {
  while (sent.offset < sent.bytes.length) await sendPiece(server, id, sent)
  await asked(server, sent.cookie, 'POST', '/media/items', { uploadId: id })
  sent.fate = 'taken'
}

async function giveUp(server: Served, id: string, sent: Sent): Promise<void> {
  while (sent.offset < sent.bytes.length / 2) await sendPiece(server, id, sent)
  await asked(server, sent.cookie, 'DELETE', `/media/uploads/${id}`)
  sent.fate = 'givenUp'
}

/** Goes on with every file as its page would, which does not know whether its last request was done. */
async function sendOn(server: Served, told: Told): Promise<Pick<MediaRound, 'resumed' | 'lost' | 'twice'>> {
  const after = { resumed: 0, lost: 0, twice: 0 }
  for (const [id, sent] of told) {
    const reached = await offsetOf(server, id, sent)
    if (sent.fate === 'taken' && reached !== null) after.twice += 1
    if (sent.fate === 'givenUp' && reached !== null) after.lost += 1
    if (sent.fate !== 'begun' || reached === null) continue
    if (reached < sent.offset) after.lost += 1
    sent.offset = reached
    await bringIn(server, id, sent)
    after.resumed += 1
  }
  return after
}

/** Null where the upload is over. */
async function offsetOf(server: Served, id: string, { cookie }: Sent): Promise<number | null> {
  try {
    return (await (await asked(server, cookie, 'GET', `/media/uploads/${id}`)).json()).offset
  } catch (error) {
    if (error instanceof Error && error.message.includes(': 404 ')) return null
    throw error
  }
}

/** A picture that is shown in all widths. */
async function pictureOf(at: number) {
  const noise = { type: 'gaussian', mean: 60 + (at % 120), sigma: 20 } as const
  const create = { width: 2_000, height: 1_200, channels: 3, background: 'white', noise } as const
  return { fileName: `现场照片 ${at}.jpg`, bytes: await sharp({ create }).jpeg().toBuffer() }
}

/** A film in which a phone has left what is personal. */
const filmOf = async (at: number) => ({
  fileName: `现场录像 ${at}.mp4`,
  bytes: mp4('avc1', { more: box('free', Buffer.from(personal), randomBytes(1_000_000)) }),
})

/** A paper that is kept as it is. */
const paperOf = async (at: number) => ({
  fileName: `学习材料 ${at}.pdf`,
  bytes: pdfOf([{ lines: [`第 ${at} 份`], draws: `% ${randomBytes(500_000).toString('hex')}` }]),
})

interface Item extends Record<string, unknown> {
  fileName: string
  kind: 'picture' | 'video' | 'attachment'
  contents: string[]
  added: number
}

async function inspect(
  { directory, digests }: MediaGround,
  told: Told,
): Promise<Pick<MediaRound, 'lost' | 'twice' | 'half' | 'left' | 'problem'>> {
  const config = readConfig({ ZHIBU_DATA: directory })
  const { database, close } = await joinData(config)
  const contents = openContent(config, await readSecrets(directory))
  const isWhole = async ({ fileName, kind, contents: ids, added }: Item): Promise<boolean> => {
    const [own = '', ...forms] = ids
    for (const id of ids) if ((await contents.store.check(id)) !== 'sound') return false
    if (added !== 1 || forms.length !== (kind === 'picture' ? 3 : 0)) return false
    if (kind === 'attachment') return own === `sha256-${digests.get(fileName)}`
    const bytes = await buffer(await contents.store.read(own))
    return kind === 'picture' || (bytes.includes(seen) && !bytes.includes(personal))
  }
  try {
    const { rows } = await database.asKeeper((db) =>
      db.execute<Item>(sql`select i.file_name as "fileName", i.kind, array(select i.content_id union all
          select v.content_id from media_variants v where v.media_id = i.id) as contents,
        (select count(*)::int from journal j where j.event = 'media.added' and j.subject_id = i.id::text) as added
      from media_items i`),
    )
    const stored = new Set(rows.map((it) => it.fileName))
    const later = new Date(Date.now() + 10 * 86_400_000)
    await tidyMedia(database, later)
    await tidyArchive(database, contents, later)
    const named = new Set(rows.flatMap((it) => it.contents))
    const kept = await Array.fromAsync(contents.store.list())
    let half = 0
    for (const it of rows) if (!(await isWhole(it))) half += 1
    await sealJournal(database)
    const { problem } = await verifyJournal(database)
    return {
      lost: [...told.values()].filter((it) => it.fate === 'taken' && !stored.has(it.fileName)).length,
      twice: rows.length - stored.size,
      half,
      left: kept.filter((it) => !named.has(it.id)).length + (await readdir(path.join(directory, 'uploads'))).length,
      problem: problem?.kind ?? null,
    }
  } finally {
    await close()
  }
}
