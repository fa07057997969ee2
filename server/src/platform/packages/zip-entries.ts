import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { type Entry, type LocalFileHeader, openPromise, parseExtraFields, type ZipFile } from 'yauzl'
import { Refusal } from '../refusal.ts'
import { tooManyFiles } from './folder-entries.ts'
import {
  DamagedEntry,
  type OpenedPackage,
  type PackageEntry,
  type PackageLimits,
  type PackageProblem,
} from './package-entries.ts'

/**
 * Opens a zip file by its directory without unpacking anything. Refuses what is no zip file, is cut off, or has a directory that
 * cannot be read; names everything else that is wrong with it.
 */
export async function openZip(file: string, limits: PackageLimits): Promise<OpenedPackage> {
  const { size } = await stat(file)
  const zip = await openPromise(file, { autoClose: false, decodeStrings: false, validateEntrySizes: false }).catch(
    () => {
      throw notReadable('不是 zip 文件，或者文件不完整')
    },
  )
  const close = async () => zip.close()
  try {
    if (zip.entryCount > limits.maxEntries) throw tooManyFiles(limits)
    const entries: PackageEntry[] = []
    const problems: PackageProblem[] = []
    const spans: Span[] = []
    let unpacked = 0
    let directoryBytes = 0
    for await (const it of entriesOf(zip)) {
      const { name, problem } = nameIn(it)
      directoryBytes += 46 + it.fileNameLength + it.extraFieldLength + it.fileCommentLength
      if (problem) problems.push({ kind: 'name', path: name, message: problem })
      const span = await spanOf(zip, it, name, problems)
      if (span) spans.push(span)
      if (name.endsWith('/')) {
        if (it.uncompressedSize > 0) problems.push({ kind: 'hidden', path: name, message: '是文件夹，却带有内容。' })
        continue
      }
      unpacked += it.uncompressedSize
      const isRead = readable(it, name, problems)
      const pieces = isRead && span ? () => piecesOf(zip, it) : null
      entries.push({ path: name, bytes: it.uncompressedSize, pieces })
    }
    if (unpacked > (limits.maxBytes ?? Number.POSITIVE_INFINITY))
      throw new Refusal('too-large', `包内文件解压后有 ${unpacked} 字节，过大，没有核验。请分成几个包。`)
    problems.push(...strayBytes(spans, size - tailBytes(zip) - directoryBytes, zip))
    const isBomb = unpacked > 64 * mebibyte + 100 * size
    if (isBomb) problems.push({ kind: 'bomb', path: null, message: bombMessage(unpacked, size) })
    return { entries, problems, isSafeToRead: !isBomb, close }
  } catch (error) {
    zip.close()
    throw error
  }
}

const mebibyte = 1024 * 1024

const notReadable = (what: string) => new Refusal('unreadable', `${what}，无法核验。请重新取得完整的包。`)

const bombMessage = (unpacked: number, size: number) =>
  `声明解压后有 ${unpacked} 字节，是包本身的 ${Math.round(unpacked / Math.max(1, size))} 倍，可能是恶意构造的压缩包，没有展开核验内容。`

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry()
  } catch {
    throw notReadable('zip 目录已损坏')
  }
}

/** The name of an entry, and why it is not to be trusted. A second name in a field of its own may be what other programs show. */
function nameIn({ fileNameRaw, extraFields }: Entry): { name: string; problem: string | null } {
  try {
    const name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fileNameRaw)
    const hasOther = extraFields.some((it) => it.id === 0x7075 && it.data.subarray(5).compare(fileNameRaw) !== 0)
    return { name, problem: hasOther ? '在包内另有一个不同的文件名。' : null }
  } catch {
    return { name: fileNameRaw.toString('latin1'), problem: '文件名不是 UTF-8 编码。' }
  }
}

/** Where an entry lies in the file, its own header included. */
interface Span {
  name: string
  from: number
  to: number
  /** Whether sizes may stand behind the content once more. */
  hasDescriptor: boolean
}

/** What programs read that go through the file from its beginning must be what the directory says. */
async function spanOf(zip: ZipFile, it: Entry, name: string, problems: PackageProblem[]): Promise<Span | null> {
  const header = await zip.readLocalFileHeaderPromise(it).catch(() => null)
  if (header === null) {
    problems.push({ kind: 'damaged', path: name, message: '在包内的位置不对，读不到内容。' })
    return null
  }
  const hasDescriptor = (header.generalPurposeBitFlag & 8) !== 0
  const isSame =
    header.fileName.equals(it.fileNameRaw) &&
    header.compressionMethod === it.compressionMethod &&
    header.generalPurposeBitFlag === it.generalPurposeBitFlag &&
    (hasDescriptor || header.crc32 === it.crc32) &&
    saysSame(header, it, hasDescriptor)
  if (!isSame) problems.push({ kind: 'damaged', path: name, message: '包内两处登记的名称或属性不一致。' })
  const to = header.fileDataStart + it.compressedSize
  return { name, from: it.relativeOffsetOfLocalHeader, to, hasDescriptor }
}

const wideSizes = 0x0001
const otherName = 0x7075
/** Stands for a size that is written in a field of its own. */
const elsewhere = 0xffffffff

/** Whether the sizes and the second name in the header of an entry, where it has any, are those of the directory. */
function saysSame(header: LocalFileHeader, it: Entry, hasDescriptor: boolean): boolean {
  let fields: ReturnType<typeof parseExtraFields>
  try {
    fields = parseExtraFields(header.extraField)
  } catch {
    return false
  }
  const wide = fields.find(({ id }) => id === wideSizes)?.data
  const hasSize = (written: number, at: number, size: number) =>
    written === elsewhere && wide
      ? wide.length >= at + 8 && [BigInt(size), ...later].includes(wide.readBigUInt64LE(at))
      : [size, ...(hasDescriptor ? [0] : [])].includes(written)
  const later = hasDescriptor ? [0n] : []
  return (
    hasSize(header.uncompressedSize, 0, it.uncompressedSize) &&
    hasSize(header.compressedSize, header.uncompressedSize === elsewhere ? 8 : 0, it.compressedSize) &&
    fields.every(({ id, data }) => id !== otherName || data.subarray(5).equals(it.fileNameRaw))
  )
}

/** Unix kinds of files other than plain ones, in the upper half of the attributes. */
const kindOf = (it: Entry) => (it.versionMadeBy >>> 8 === 3 ? (it.externalFileAttributes >>> 16) & 0o170000 : 0)

function readable(it: Entry, name: string, problems: PackageProblem[]): boolean {
  const found: Omit<PackageProblem, 'path'>[] = []
  if (![0, 0o100000].includes(kindOf(it))) found.push({ kind: 'link', message: '是链接或特殊文件，没有读取。' })
  if (it.isEncrypted()) found.push({ kind: 'encrypted', message: '加了密码，无法核验。' })
  else if (!it.canDecodeFileData()) found.push({ kind: 'compression', message: '压缩方式不认识，无法核验。' })
  problems.push(...found.map((one) => ({ ...one, path: name })))
  return found.length === 0
}

async function* piecesOf(zip: ZipFile, it: Entry): AsyncGenerator<Uint8Array> {
  const raw = await zip.openReadStreamPromise(it, { decodeFileData: false })
  const inflate = it.compressionMethod === 8 ? createInflateRaw() : null
  if (inflate) pipeline(raw, inflate, () => {})
  let bytes = 0
  let sum = 0
  try {
    for await (const piece of inflate ?? raw) {
      bytes += piece.length
      if (bytes > it.uncompressedSize) throw new DamagedEntry('解压后比登记的大。')
      sum = crc32(piece, sum)
      yield piece
    }
  } catch (error) {
    throw error instanceof DamagedEntry ? error : new DamagedEntry('压缩数据已损坏。')
  } finally {
    raw.destroy()
    inflate?.destroy()
  }
  if (bytes !== it.uncompressedSize) throw new DamagedEntry('内容不完整。')
  if (sum !== it.crc32) throw new DamagedEntry('内容已损坏（CRC 校验不符）。')
  if (inflate && inflate.bytesWritten !== it.compressedSize) throw new DamagedEntry('压缩数据之后还夹带了别的字节。')
}

/** What may stand behind a content: nothing, or its sums, with or without a mark, in either width. */
const descriptorBytes = [12, 16, 20, 24]
const endBytes = 22
/** The end of the directory in its wide form. */
const wideEndBytes = 76

const tailBytes = (zip: ZipFile) => endBytes + Buffer.byteLength(zip.comment)

/** Bytes that no entry accounts for, before, between and behind the entries, and entries that share bytes. */
function strayBytes(spans: readonly Span[], directoryAt: number, zip: ZipFile): PackageProblem[] {
  const problems: PackageProblem[] = []
  const stray = (path: string | null, message: string) => problems.push({ kind: 'hidden', path, message })
  if (zip.comment.length > 0) stray(null, '包末尾附有注释。')
  const sorted = [...spans].sort((a, b) => a.from - b.from)
  if ((sorted[0]?.from ?? 0) > 0) stray(null, '包的开头夹带了不属于任何文件的内容。')
  sorted.forEach((it, at) => {
    const next = sorted[at + 1]
    const gap = (next?.from ?? directoryAt) - it.to
    const allowed = it.hasDescriptor ? descriptorBytes : [0]
    const behind = next ? allowed : allowed.flatMap((bytes) => [bytes, bytes + wideEndBytes])
    if (gap < 0) stray(it.name, '与包内其他内容占用同一段字节。')
    else if (!behind.includes(gap)) stray(it.name, '之后夹带了不属于任何文件的内容。')
  })
  return problems
}
