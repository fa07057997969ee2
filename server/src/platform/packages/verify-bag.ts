import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { sha256OfFile } from '../file-digest.ts'
import { Refusal } from '../refusal.ts'
import { openFolder } from './folder-entries.ts'
import { type Algorithm, judge, type Manifest, manifestKind, readManifest } from './manifests.ts'
import { nameKey, nameProblem } from './names.ts'
import {
  DamagedEntry,
  type OpenedPackage,
  type PackageEntry,
  type PackageLimits,
  type PackageProblem,
  type PackageProblemKind,
  packageLimits,
} from './package-entries.ts'
import { openZip } from './zip-entries.ts'

/** A file of the payload as it was found. The path begins with `data/`. */
export interface FoundFile {
  path: string
  bytes: number
  /** Null where it could not be read. */
  sha256: string | null
}

/** What a package holds, and all that is wrong with it. */
export interface BagReport {
  /** The folder it unpacks into; null where it was unpacked already. */
  name: string | null
  /** Of the zip file as a whole, to compare with a receipt; null for a folder. */
  sha256: string | null
  labels: Labels
  payload: readonly FoundFile[]
  /** Bytes of the payload. */
  bytes: number
  /** Digests that were compared. */
  comparisons: number
  /** Contents of the files that were asked for, where they are there. */
  kept: ReadonlyMap<string, Buffer>
  problems: readonly PackageProblem[]
}

/**
 * Reads a package, as a zip file or unpacked into a folder, against its own manifests. Nothing is unpacked onto the disk, links
 * are not followed, and memory stays flat whatever the package declares. `keep` names files about the payload to hand back.
 * Refuses only what cannot be opened as a package at all.
 */
export async function verifyBag(
  place: string,
  keep: readonly string[] = [],
  limits: PackageLimits = packageLimits,
): Promise<BagReport> {
  const kind = await stat(place).catch(() => null)
  if (kind === null) throw new Refusal('not-found', '文件不存在，或者没有读取的权限。')
  const isFolder = kind.isDirectory()
  if (!isFolder && !kind.isFile()) throw new Refusal('unreadable', '这不是文件，也不是文件夹。')
  const opened = isFolder ? await openFolder(place, limits) : await openZip(place, limits)
  try {
    const reading = new Reading(opened, isFolder, limits)
    const report = await reading.report(keep)
    return { ...report, sha256: isFolder ? null : await sha256OfFile(place) }
  } finally {
    await opened.close()
  }
}

/** What `bag-info.txt` says, line by line. */
type Labels = readonly (readonly [label: string, value: string])[]

type Sums = ReadonlyMap<Algorithm, string>

/** One package while it is read. */
class Reading {
  readonly #name: string | null
  readonly #entries = new Map<string, PackageEntry>()
  readonly #problems: PackageProblem[]
  /** What has been told of each file: a hostile package may have a problem for each of its files. */
  readonly #told = new Map<string, Set<PackageProblemKind>>()
  readonly #limits: PackageLimits
  readonly #isSafeToRead: boolean
  #comparisons = 0

  constructor(opened: OpenedPackage, isFolder: boolean, limits: PackageLimits) {
    this.#problems = [...opened.problems]
    this.#limits = limits
    this.#isSafeToRead = opened.isSafeToRead
    const base = baseOf(opened.entries)
    this.#name = isFolder ? null : base
    if (base === '' && !isFolder) this.#tell('structure', null, '包内没有以包名命名的文件夹。')
    this.#take(opened.entries, base === '' ? '' : `${base}/`)
  }

  async report(keep: readonly string[]): Promise<Omit<BagReport, 'sha256'>> {
    const kept = new Map<string, Buffer>()
    for (const it of keep) {
      const content = await this.#whole(it)
      if (content) kept.set(it, content)
    }
    await this.#readDeclaration()
    const labels = await this.#readLabels()
    const manifests = await this.#readManifests(labels)
    const isTag = (path: string) => !path.startsWith('data/') && manifestKind(path)?.over !== 'tags'
    await this.#compare(
      manifests.tags,
      [...this.#entries.values()].filter((it) => isTag(it.path)),
      isTag,
    )
    const isData = (path: string) => path.startsWith('data/')
    const data = [...this.#entries.values()].filter((it) => isData(it.path))
    const payload = await this.#compare(manifests.data, data, isData)
    this.#compareSize(labels, payload)
    const bytes = payload.reduce((sum, it) => sum + it.bytes, 0)
    return { name: this.#name, labels, payload, bytes, comparisons: this.#comparisons, kept, problems: this.#problems }
  }

  #tell(kind: PackageProblemKind, path: string | null, message: string): void {
    this.#problems.push({ kind, path, message })
    if (path !== null) this.#told.set(path, (this.#told.get(path) ?? new Set()).add(kind))
  }

  #tellOnce(kind: PackageProblemKind, path: string, message: string): void {
    if (!this.#told.get(path)?.has(kind)) this.#tell(kind, path, message)
  }

  #take(entries: readonly PackageEntry[], base: string): void {
    const names = new Map<string, string>()
    for (const it of entries) {
      const problem = nameProblem(it.path)
      if (problem !== null) this.#tell('name', it.path, `${problem}。`)
      if (!it.path.startsWith(base)) {
        this.#tell('added', it.path, '不在包的文件夹内，清单管不到它。')
        continue
      }
      const path = it.path.slice(base.length)
      const twin = names.get(nameKey(path))
      if (twin !== undefined)
        this.#tell('duplicate', path, twin === path ? '在包内出现多次。' : `与“${twin}”只有大小写或字符编码形式不同。`)
      names.set(nameKey(path), path)
      if (!this.#entries.has(path)) this.#entries.set(path, { ...it, path })
    }
    if (this.#entries.has('fetch.txt'))
      this.#tell('structure', 'fetch.txt', '包不完整：其中的文件要另外下载，没有下载。')
  }

  async #readDeclaration(): Promise<void> {
    const text = await this.#text('bagit.txt')
    if (text === null) return
    if (!/^BagIt-Version: (0\.97|1\.0)\nTag-File-Character-Encoding: UTF-8\n$/.test(text))
      this.#tell('structure', 'bagit.txt', '不是 BagIt 1.0 的声明。')
  }

  async #readLabels(): Promise<Labels> {
    const text = this.#entries.has('bag-info.txt') ? await this.#text('bag-info.txt') : null
    const lines = (text ?? '').replace(/\n[ \t]+/g, ' ').split('\n')
    return lines.flatMap((line) => {
      const [, label, value] = /^([^:\s][^:]*):\s*(.*)$/.exec(line) ?? []
      return label === undefined || value === undefined ? [] : [[label, value] as const]
    })
  }

  async #readManifests(labels: Labels): Promise<Record<'data' | 'tags', Manifest[]>> {
    const found: Record<'data' | 'tags', Manifest[]> = { data: [], tags: [] }
    for (const path of this.#entries.keys()) {
      const kind = manifestKind(path)
      if (kind?.algorithm == null) continue
      const text = await this.#text(path)
      if (text === null) continue
      const { manifest, problems } = readManifest(path, kind.algorithm, text)
      found[kind.over].push(manifest)
      for (const it of problems) this.#tell(it.kind, it.path, it.message)
    }
    const promised = labels.filter(([label]) => label === 'Tag-Manifests').flatMap(([, value]) => value.split(' '))
    const tagManifests = promised.length > 0 ? promised : ['sha256']
    for (const name of ['manifest-sha256', ...tagManifests.map((it) => `tagmanifest-${it}`)].map((it) => `${it}.txt`)) {
      const { over } = manifestKind(name) ?? { over: 'data' }
      const isThere = promised.length > 0 && over === 'tags' ? this.#entries.has(name) : found[over].length > 0
      if (!isThere) this.#tellOnce('missing', name, '没有这份校验清单，无法核对内容。')
    }
    return found
  }

  /** Compares files with the manifests that have to name them, and these with one another. */
  async #compare(
    manifests: readonly Manifest[],
    entries: readonly PackageEntry[],
    belongs: (path: string) => boolean,
  ): Promise<FoundFile[]> {
    const found: FoundFile[] = []
    for (const it of entries) {
      const sums = await this.#sums(it, new Set(['sha256', ...manifests.map(({ algorithm }) => algorithm)]))
      found.push({ path: it.path, bytes: it.bytes, sha256: sums?.get('sha256') ?? null })
      if (manifests.length > 0) this.#judge(it.path, sums, manifests)
    }
    const listed = new Set(manifests.flatMap((it) => [...it.lines.keys()]))
    for (const path of listed) {
      if (this.#entries.has(path) && belongs(path)) continue
      const listing = manifests.filter((it) => it.lines.has(path))
      if (listing.length < manifests.length) this.#blame(listing, `列有“${path}”，而另一份清单没有`)
      else if (belongs(path)) this.#tellOnce('missing', path, '清单中有，包内没有。')
      else for (const { path: manifest } of listing) this.#tell('manifest', manifest, `列有不归它管的“${path}”。`)
    }
    return found
  }

  #judge(path: string, sums: Sums | null, manifests: readonly Manifest[]): void {
    if (sums === null) {
      if (manifests.every((it) => !it.lines.has(path))) this.#tell('added', path, notListed)
      return
    }
    this.#comparisons += manifests.length
    const { agreeing, differing, silent } = judge(path, sums, manifests)
    if (silent.length === manifests.length) this.#tell('added', path, notListed)
    else if (silent.length > 0) this.#blame(silent, `漏列“${path}”，而另一份清单有`)
    if (differing.length === 0) return
    if (agreeing.length > 0) this.#blame(differing, `所记“${path}”的校验值与另一份清单及文件都不符`)
    else if (differing.some((it) => this.#told.has(it.path)))
      this.#tell('altered', path, '内容与清单所记的校验值不符；清单本身也有改动，两者须分别核对。')
    else this.#tell('altered', path, '内容与封装时不同。')
  }

  #blame(manifests: readonly Manifest[], what: string): void {
    for (const { path } of manifests) this.#tell('manifest', path, `${what}，清单已损坏。`)
  }

  #compareSize(labels: Labels, payload: readonly FoundFile[]): void {
    const declared = labels.filter(([label]) => label === 'Payload-Oxum').map(([, value]) => value)
    const actual = `${payload.reduce((sum, it) => sum + it.bytes, 0)}.${payload.length}`
    for (const it of declared)
      if (it !== actual) this.#tell('size', 'bag-info.txt', `登记的字节数和文件数（${it}）与实际（${actual}）不符。`)
    if (declared.length !== 1) this.#tell('size', 'bag-info.txt', '应有且只有一行 Payload-Oxum，登记字节数和文件数。')
  }

  async #sums({ path, pieces }: PackageEntry, algorithms: ReadonlySet<Algorithm>): Promise<Sums | null> {
    if (pieces === null || !this.#isSafeToRead) return null
    const hashes = [...algorithms].map((it) => [it, createHash(it)] as const)
    try {
      for await (const piece of pieces()) for (const [, hash] of hashes) hash.update(piece)
    } catch (error) {
      return this.#damaged(path, error)
    }
    return new Map(hashes.map(([it, hash]) => [it, hash.digest('hex')]))
  }

  #damaged(path: string, error: unknown): null {
    if (!(error instanceof DamagedEntry)) throw error
    if (!this.#problems.some((it) => it.path === path && it.kind === 'damaged'))
      this.#tell('damaged', path, error.message)
    return null
  }

  async #text(path: string): Promise<string | null> {
    const bytes = await this.#whole(path)
    if (bytes === null) {
      if (!this.#entries.has(path)) this.#tell('missing', path, '包内没有这个必需的文件。')
      return null
    }
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      this.#tell(manifestKind(path) ? 'manifest' : 'structure', path, '不是 UTF-8 文字。')
      return null
    }
  }

  /** A file about the payload, as a whole: they are small, and one that is not is left unread. */
  async #whole(path: string): Promise<Buffer | null> {
    const entry = this.#entries.get(path)
    if (entry === undefined || entry.pieces === null || !this.#isSafeToRead) return null
    if (entry.bytes > this.#limits.maxTagBytes) {
      this.#tell('structure', path, `超过 ${this.#limits.maxTagBytes} 字节，没有读取。`)
      return null
    }
    const pieces: Uint8Array[] = []
    try {
      for await (const piece of entry.pieces()) pieces.push(piece)
    } catch (error) {
      return this.#damaged(path, error)
    }
    return Buffer.concat(pieces)
  }
}

const notListed = '清单中没有，是封装以后加进来的。'

/** The folder that holds `bagit.txt`, nearest to the root; the root where there is none. */
function baseOf(entries: readonly PackageEntry[]): string {
  const declarations = entries.map((it) => it.path).filter((it) => it === 'bagit.txt' || /^[^/]+\/bagit\.txt$/.test(it))
  const [first = 'bagit.txt'] = declarations.sort((a, b) => a.length - b.length)
  return first === 'bagit.txt' ? '' : first.slice(0, -'/bagit.txt'.length)
}
