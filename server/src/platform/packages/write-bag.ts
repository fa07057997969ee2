import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { encodePath, nameKey, nameProblem } from './names.ts'

/** A file of the payload. It is opened when its turn comes, one at a time. */
export interface PayloadFile {
  /** Below `data/`, parts between slashes. */
  path: string
  bytes: number
  /** What the content must have; one with another digest ends the writing. */
  sha256: string
  /** Texts are compressed, all else is stored: pictures and papers are compressed already. */
  mediaType: string
  open: () => Promise<Readable> | Readable
}

/** A package as BagIt (RFC 8493) describes it. */
export interface Bag {
  /** The folder that the package unpacks into. */
  name: string
  /** The moment of every entry: the same facts give the same bytes. */
  madeAt: Date
  /** What `bag-info.txt` says besides the size, in this order. */
  labels: readonly (readonly [label: string, value: string])[]
  payload: readonly PayloadFile[]
  /** Files about the payload, such as `metadata/metadata.xml`. */
  tags: readonly { path: string; content: string | Uint8Array }[]
}

/** What was written, for the journal and for the receipt of whoever takes it over. */
export interface WrittenBag {
  bytes: number
  /** Of the package as one file. */
  sha256: string
}

/** Compressed up to here: so nothing of ours unpacks to what `verifyBag` takes for a bomb. */
const mostCompressed = 16 * 1024 * 1024

/**
 * Writes a package into a file: beside it first, and under its name once everything is on the disk. Refuses names that some
 * system could not hold, and ends without a trace where a content is not what it should be.
 */
export async function writeBagFile(bag: Bag, target: string): Promise<WrittenBag> {
  const payload = [...bag.payload].sort((a, b) => (a.path < b.path ? -1 : 1))
  refuseNames(bag.name, [...payload.map((it) => `data/${it.path}`), ...bag.tags.map((it) => it.path), ...tagFiles])
  const beside = `${target}.part`
  const digest = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      digest.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const zip = new Zip(bag)
  try {
    const file = createWriteStream(beside, { mode: 0o600, flush: true })
    const written = pipeline(zip.stream, count, file).catch((error) => zip.fail(error))
    for (const end of await Promise.allSettled([zip.write(payload), written]))
      if (end.status === 'rejected') throw end.reason
    await rename(beside, target)
    await syncFolder(path.dirname(target))
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  return { bytes, sha256: digest.digest('hex') }
}

/** Two of them, because nothing vouches for either: where one has been changed, the other tells. */
const tagManifests = ['sha256', 'sha512'] as const

/** The files that every package has, besides those that it is asked to hold. */
const tagFiles = [
  'bagit.txt',
  'bag-info.txt',
  'manifest-sha256.txt',
  ...tagManifests.map((it) => `tagmanifest-${it}.txt`),
]

function refuseNames(base: string, paths: readonly string[]): void {
  if (base.includes('/')) throw new Error(`包名“${base}”含有斜杠。`)
  const seen = new Map<string, string>()
  for (const it of [base, ...paths.map((below) => `${base}/${below}`)]) {
    const problem = nameProblem(it)
    if (problem !== null) throw new Error(`包内文件名“${it}”${problem}。`)
    const twin = seen.get(nameKey(it))
    if (twin !== undefined) throw new Error(`包内文件名“${it}”与“${twin}”重复，或只有大小写不同。`)
    seen.set(nameKey(it), it)
  }
}

/** One zip file while it is written: its order, and the moment of each entry, are those of the bag. */
class Zip {
  readonly stream: Readable
  readonly #zip = new ZipFile()
  readonly #bag: Bag
  readonly #options: { mtime: Date; mode: number; forceDosTimestamp: true }
  #open: Readable | null = null

  constructor(bag: Bag) {
    const { outputStream } = this.#zip
    if (!(outputStream instanceof Readable)) throw new TypeError('the zip file gives no stream')
    this.stream = outputStream
    this.#zip.on('error', (error) => outputStream.destroy(error))
    this.#bag = bag
    this.#options = { mtime: inChina(bag.madeAt), mode: 0o100644, forceDosTimestamp: true }
  }

  async write(payload: readonly PayloadFile[]): Promise<void> {
    const tags: { path: string; bytes: Buffer }[] = []
    const tag = (below: string, content: string | Uint8Array) => {
      const bytes = Buffer.from(content)
      tags.push({ path: below, bytes })
      this.#addBytes(below, bytes)
    }
    try {
      tag('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
      for (const it of payload) await this.#add(it)
      tag('bag-info.txt', bagInfo(this.#bag, payload))
      tag('manifest-sha256.txt', manifest(payload.map((it) => [it.sha256, `data/${it.path}`])))
      for (const it of this.#bag.tags) tag(it.path, it.content)
      for (const algorithm of tagManifests) {
        const lines = tags.map((it) => [createHash(algorithm).update(it.bytes).digest('hex'), it.path] as const)
        this.#addBytes(`tagmanifest-${algorithm}.txt`, Buffer.from(manifest(lines)))
      }
      this.#zip.end()
    } catch (error) {
      this.fail(error)
    }
  }

  /** Ends the writing on both sides, and throws why. */
  fail(cause: unknown): never {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    this.#open?.destroy(error)
    this.stream.destroy(error)
    throw error
  }

  /** Returns once all of it is in the package, so that one content is open at a time. */
  async #add(it: PayloadFile): Promise<void> {
    const { path: below, bytes, mediaType } = it
    const options = { ...this.#options, size: bytes, compress: isText(mediaType) && bytes <= mostCompressed }
    const content = Readable.from(checkedPieces(it), { objectMode: false })
    this.#open = content
    // The zip file remembers how it was given each content, and would hold every stream until its end.
    const given = [content]
    this.#zip.addReadStreamLazy(`${this.#bag.name}/data/${below}`, options, (take) => {
      const stream = given.pop()
      if (stream) take(null, stream)
    })
    await new Promise((done, fail) => content.once('end', done).once('error', fail))
    this.#open = null
  }

  #addBytes(below: string, bytes: Buffer): void {
    this.#zip.addBuffer(bytes, `${this.#bag.name}/${below}`, {
      ...this.#options,
      compress: bytes.length <= mostCompressed,
    })
  }
}

/** Lets a content through and ends with an error where it is not the one that was expected. */
async function* checkedPieces({ path: below, bytes, sha256, open: openContent }: PayloadFile): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let seen = 0
  for await (const chunk of await openContent()) {
    const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
    hash.update(piece)
    seen += piece.length
    if (seen <= bytes) yield piece
  }
  if (seen !== bytes || hash.digest('hex') !== sha256)
    throw new Error(`data/${below} 的内容与登记的校验值不符，没有打包。`)
}

/** The library writes the parts of a moment in the zone of the machine: those of China are put there, wherever it runs. */
function inChina(moment: Date): Date {
  const there = new Date(moment.getTime() + 8 * 3_600_000)
  return new Date(
    there.getUTCFullYear(),
    there.getUTCMonth(),
    there.getUTCDate(),
    there.getUTCHours(),
    there.getUTCMinutes(),
    there.getUTCSeconds(),
  )
}

const isText = (mediaType: string) => /^text\/|[/+](xml|json)$|^image\/svg/.test(mediaType)

function bagInfo({ labels }: Bag, payload: readonly PayloadFile[]): string {
  const octets = payload.reduce((sum, it) => sum + it.bytes, 0)
  const sizes = ['Payload-Oxum', `${octets}.${payload.length}`] as const
  // Nothing lists these manifests themselves, and one of them could be taken away.
  const all = [...labels, ['Tag-Manifests', tagManifests.join(' ')] as const, sizes]
  return all.map(([label, value]) => `${label}: ${value.replace(/\s+/g, ' ').trim()}\n`).join('')
}

const manifest = (lines: readonly (readonly [hash: string, path: string])[]) =>
  lines.map(([hash, it]) => `${hash}  ${encodePath(it)}\n`).join('')

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
