import { getMimeType } from 'hono/utils/mime'
import type { Contents } from '../../platform/content/content.ts'
import type { AnnouncedFile } from '../../platform/content/incoming.ts'
import { refuseInfected } from '../../platform/content/scanner.ts'
import { DamagedEntry, type PackageEntry, type PackageProblem } from '../../platform/packages/package-entries.ts'
import { openZip } from '../../platform/packages/zip-entries.ts'
import { Refusal } from '../../platform/refusal.ts'
import { packageLimits } from './limits.ts'
import { type Manifest, noScorm, readManifest } from './manifest.ts'

/** A file of a package that lies in the store and is nobody's yet. */
export interface TakenFile {
  name: string
  contentId: string
  sizeBytes: number
}

/** What was made of a package. */
export interface TakenPackage extends Manifest {
  fileName: string
  sizeBytes: number
  files: TakenFile[]
}

const manifestName = 'imsmanifest.xml'

/** So many files are put into the store at the same time. */
const atATime = 8

/**
 * Unpacks a package into the store, after a scanner has looked at it where one is attached. Nothing is written by the names in it: they are
 * only the names under which its pages ask. Refuses a bomb, links, what is locked or damaged, names that lead out, and what is no SCORM. May be done again.
 */
export async function takePackage(
  { uploads, store, scanner }: Contents,
  { id, fileName, sizeBytes }: AnnouncedFile & { id: string },
): Promise<TakenPackage> {
  if (scanner) refuseInfected(fileName, await scanner.scan(await uploads.finish(id)), '上传')
  const { maxEntries, maxBytes } = packageLimits
  const zip = await openZip(uploads.fileOf(id), { maxEntries, maxTagBytes: packageLimits.maxManifestBytes, maxBytes })
  try {
    refuseProblems(zip.problems)
    const entries = named(zip.entries, zip.problems)
    const list = entries.get(manifestName)
    if (!list) throw noScorm()
    const manifest = readManifest(await wholeOf(list), (name) => entries.has(name))
    const waiting = [...entries]
    const files: TakenFile[] = []
    await Promise.all(
      Array.from({ length: atATime }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const [name, { bytes, pieces }] = next
          const { id: contentId, size } = await store.put(pieces(), { maxBytes: Math.max(1, bytes) })
          files.push({ name, contentId, sizeBytes: size })
        }
      }),
    )
    return { ...manifest, fileName, sizeBytes, files }
  } catch (error) {
    if (error instanceof DamagedEntry) throw unreadable(`里面有文件${error.message}`)
    throw error
  } finally {
    await zip.close()
  }
}

type ReadableEntry = Omit<PackageEntry, 'pieces'> & { pieces: NonNullable<PackageEntry['pieces']> }

/** The files by the names under which pages ask for them: from where the list of contents lies, which some pack a folder deeper. */
function named(entries: readonly PackageEntry[], problems: readonly PackageProblem[]): Map<string, ReadableEntry> {
  const all = new Map<string, ReadableEntry>()
  const inOtherEncodings = new Set(problems.filter((it) => it.kind === 'name').map((it) => it.path))
  for (const { path, bytes, pieces } of entries) {
    const name = nameOf(inOtherEncodings.has(path) ? inGbk(path) : path)
    if (isLitter(name)) continue
    if (pieces === null || !isSafe(name)) throw unreadable(`里面的文件名“${name.slice(0, 80)}”不能采用`)
    if (all.has(name)) throw unreadable(`里面有两个文件都叫“${name.slice(0, 80)}”`)
    all.set(name, { path, bytes, pieces })
  }
  const lists = [...all.keys()].filter((it) => it === manifestName || it.endsWith(`/${manifestName}`))
  const [nearest] = lists.sort((one, other) => one.split('/').length - other.split('/').length)
  if (nearest === undefined || nearest === manifestName) return all
  const folder = nearest.slice(0, -manifestName.length)
  return new Map([...all].flatMap(([name, it]) => (name.startsWith(folder) ? [[name.slice(folder.length), it]] : [])))
}

/** Some programs turn the strokes. */
const nameOf = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .normalize('NFC')

/** Programs for Windows write names in the encoding of the machine; here they stand byte by byte. */
function inGbk(path: string): string {
  const bytes = Buffer.from(path, 'latin1')
  if (bytes.toString('latin1') !== path) return path
  try {
    return new TextDecoder('gbk', { fatal: true }).decode(bytes)
  } catch {
    return path
  }
}

const isSafe = (name: string): boolean =>
  name.length <= 500 &&
  !/[\p{Cc}]/u.test(name) &&
  !/^[a-z]:|^\//i.test(name) &&
  name.split('/').every((it) => it !== '' && it !== '.' && it !== '..')

/** What systems leave in every folder. */
const isLitter = (name: string): boolean => /^__MACOSX\/|(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(name)

/** What is wrong with the container; a remark behind it, and names that are not in UTF-8, are nothing. */
function refuseProblems(problems: readonly PackageProblem[]): void {
  const wrong = problems.find((it) => it.kind !== 'name' && !(it.kind === 'hidden' && it.path === null))
  if (wrong) throw unreadable(`${wrong.path === null ? '' : `里面的“${wrong.path.slice(0, 80)}”`}${wrong.message}`)
}

async function wholeOf(entry: ReadableEntry): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of entry.pieces()) {
    bytes += piece.length
    if (bytes > packageLimits.maxManifestBytes) throw unreadable('里面的 imsmanifest.xml 异常大')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const unreadable = (what: string) =>
  new Refusal('unreadable', `课件包${what.replace(/。$/, '')}。请在制作课件的软件中重新导出，再上传新的 zip 文件。`)

/** The media type of a file of a package by its name; pages and scripts say themselves how they are encoded. */
export function mediaTypeOf(name: string): string {
  const ending = /\.([a-z\d]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const known = ownTypes[ending] ?? getMimeType(`file.${ending}`)?.replace(/;.*$/, '')
  return known ?? 'application/octet-stream'
}

const ownTypes: Readonly<Record<string, string>> = {
  htm: 'text/html',
  xht: 'application/xhtml+xml',
  js: 'text/javascript',
  mjs: 'text/javascript',
  m4v: 'video/mp4',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  vtt: 'text/vtt',
  xml: 'text/xml',
  xsd: 'text/xml',
  dtd: 'text/plain',
}
