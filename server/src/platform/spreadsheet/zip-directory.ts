import { pipeline, Readable } from 'node:stream'
import { createInflateRaw, inflateRawSync } from 'node:zlib'
import { Refusal } from '../refusal.ts'

/** An entry of a zip file as its directory declares it. */
export interface ZipEntry {
  name: string
  method: 0 | 8
  compressedBytes: number
  bytes: number
  /** Where the entry's own header stands in the file. */
  at: number
}

export interface ZipLimits {
  maxEntries: number
  /** Declared size of all entries together. */
  maxBytes: number
  /** How many times its packed size an entry above 4 MB may have. */
  maxRatio: number
}

/** How a zip file is refused, in the words of whoever needs it for something. */
export interface ZipRefusals {
  damaged(): Refusal
  encrypted(): Refusal
  /** `what` says what there is too much of, such as `解压后超过 600 MB`. */
  tooLarge(what: string): Refusal
}

/**
 * Reads the directory at the end of a zip file without unpacking anything. Of a large file its end will do: `startsAt` says
 * where that end begins in the file, before the directory.
 * Refuses what is damaged, encrypted, of unknown compression, or declares more than the limits allow; what an entry
 * holds beyond its declared size is refused when it is unpacked.
 */
export function readZipDirectory(
  bytes: Uint8Array,
  limits: ZipLimits,
  { startsAt = 0, refusals = asWorkbook }: { startsAt?: number; refusals?: ZipRefusals } = {},
): Map<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  if (end === null) throw refusals.damaged()
  const count = view.getUint16(end + 10, true)
  if (count > limits.maxEntries) throw refusals.tooLarge(`压缩包内有 ${count} 个文件`)

  const entries = new Map<string, ZipEntry>()
  let at = view.getUint32(end + 16, true) - startsAt
  let total = 0
  for (let n = 0; n < count; n++) {
    if (at < 0 || at + 46 > bytes.length || view.getUint32(at, true) !== directorySignature) throw refusals.damaged()
    const entry = entryAt(view, bytes, at, refusals)
    total += entry.bytes
    if (total > limits.maxBytes) throw refusals.tooLarge(`解压后超过 ${Math.round(limits.maxBytes / mebibyte)} MB`)
    if (entry.bytes > 4 * mebibyte && entry.bytes > entry.compressedBytes * limits.maxRatio) {
      throw refusals.tooLarge(`压缩比异常（${Math.round(entry.bytes / Math.max(1, entry.compressedBytes))} 倍）`)
    }
    if (entries.has(entry.name)) throw refusals.damaged()
    entries.set(entry.name, entry)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** Unpacks a small entry whole. */
export function unpack(bytes: Uint8Array, entry: ZipEntry): Buffer {
  const packed = packedBytes(bytes, entry)
  if (entry.method === 0) return Buffer.from(packed)
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.bytes) })
  } catch {
    throw damaged()
  }
}

/** Unpacks an entry piece by piece, and refuses it as soon as it holds more than it declares. */
export async function* unpackPieces(bytes: Uint8Array, entry: ZipEntry): AsyncGenerator<Buffer> {
  const packed = packedBytes(bytes, entry)
  if (entry.method === 0) {
    yield Buffer.from(packed)
    return
  }
  const inflate = createInflateRaw({ chunkSize: mebibyte })
  pipeline(Readable.from([packed]), inflate, () => {})
  let seen = 0
  try {
    for await (const piece of inflate) {
      seen += piece.length
      if (seen > entry.bytes) throw damaged()
      yield piece
    }
  } catch (error) {
    throw error instanceof Refusal ? error : damaged()
  } finally {
    inflate.destroy()
  }
}

const mebibyte = 1024 * 1024
const endSignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50
const sentinel = 0xffffffff

/** That the file is no sound workbook. */
export const damaged = () =>
  new Refusal('unreadable', '文件已损坏，或者不是规范的 Excel 工作簿。请在 Excel 或 WPS 中打开，另存为 .xlsx 后再试。')

const asWorkbook: ZipRefusals = {
  damaged,
  encrypted: () => new Refusal('unreadable', '文件加了密码，无法读取。请取消密码后再试。'),
  tooLarge: (what) =>
    new Refusal(
      'unreadable',
      `文件${what}，可能是恶意构造的压缩包，没有打开。请把需要的工作表另存为新的 .xlsx 后再试。`,
    ),
}

/** Where the record that ends a directory stands, or null. */
function endOfDirectory(view: DataView): number | null {
  const earliest = Math.max(0, view.byteLength - 65_557)
  for (let at = view.byteLength - 22; at >= earliest; at--) {
    if (view.getUint32(at, true) === endSignature) return at
  }
  return null
}

function entryAt(view: DataView, bytes: Uint8Array, at: number, refusals: ZipRefusals): ZipEntry {
  const flags = view.getUint16(at + 8, true)
  const method = view.getUint16(at + 10, true)
  const compressedBytes = view.getUint32(at + 20, true)
  const size = view.getUint32(at + 24, true)
  const header = view.getUint32(at + 42, true)
  if ((flags & 1) === 1) throw refusals.encrypted()
  // Sizes beyond 4 GB, or none at all, hide how much is inside.
  const hides =
    compressedBytes === sentinel || size === sentinel || header === sentinel || (size === 0 && compressedBytes > 2)
  if (hides || (method !== 0 && method !== 8) || (method === 0 && compressedBytes !== size)) throw refusals.damaged()
  const name = Buffer.from(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true))).toString('utf8')
  return { name, method, compressedBytes, bytes: size, at: header }
}

function packedBytes(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== localSignature) throw damaged()
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
  if (from + entry.compressedBytes > bytes.length) throw damaged()
  return bytes.subarray(from, from + entry.compressedBytes)
}
