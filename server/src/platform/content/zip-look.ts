import { Refusal } from '../refusal.ts'
import {
  readZipDirectory,
  unpack,
  type ZipEntry,
  type ZipLimits,
  type ZipRefusals,
} from '../spreadsheet/zip-directory.ts'
import type { ByteSource } from './byte-source.ts'

/** A zip file of which only the directory has been read. */
export interface ZipPackage {
  entries: ReadonlyMap<string, ZipEntry>
  /** A small entry as text; empty where there is none. Refuses one beyond 2 MB. */
  textOf(name: string): Promise<string>
}

const limits: ZipLimits = { maxEntries: 10_000, maxBytes: 1_073_741_824, maxRatio: 200 }
const maxDirectoryBytes = 8_388_608
const maxTextBytes = 2_097_152

const endBytes = 22
/** The record at the end with the longest remark that may follow it. */
const furthestEnd = endBytes + 65_535

/**
 * Reads the directory of a zip file. Refuses what is damaged, encrypted or a bomb, and anything before the first entry, between
 * the entries and the directory's end, or behind it: a second file could hide there.
 */
export async function readZipPackage(source: ByteSource): Promise<ZipPackage> {
  const tailAt = Math.max(0, source.size - furthestEnd)
  const tail = await source.read(tailAt, source.size)
  const end = tail.lastIndexOf('PK\x05\x06', tail.length - endBytes, 'latin1')
  if (end < 0) throw refusals.damaged()
  const directoryBytes = tail.readUInt32LE(end + 12)
  const directoryAt = tail.readUInt32LE(end + 16)
  if (directoryBytes > maxDirectoryBytes) throw refusals.tooLarge('内部的目录异常大')
  const isWhole = directoryAt + directoryBytes === tailAt + end && end + endBytes === tail.length
  if (!isWhole) throw strange()
  const directory = await source.read(directoryAt, source.size)
  const entries = readZipDirectory(directory, limits, { startsAt: directoryAt, refusals })
  for (const name of entries.keys()) if (/^[/\\]|\\|(^|\/)\.\.(\/|$)|\0/.test(name)) throw strange()
  return {
    entries,
    async textOf(name) {
      const entry = entries.get(name)
      if (!entry) return ''
      if (entry.bytes > maxTextBytes) throw refusals.tooLarge(`内部的 ${name} 异常大`)
      const bytes = await source.read(entry.at, entry.at + entryHeadBytes + entry.compressedBytes)
      try {
        return unpack(bytes, { ...entry, at: 0 }).toString('utf8')
      } catch {
        throw refusals.damaged()
      }
    },
  }
}

/** Before an entry its own header, with name and additions of 64 KiB at most. */
const entryHeadBytes = 30 + 2 * 65_535

/** Whether a zip file hangs at the end of other bytes: the record that ends it, with a directory where it says. */
export function hasZipAtEnd(tail: Buffer): boolean {
  for (let at = tail.length - endBytes; at >= 0; at--) {
    at = tail.lastIndexOf('PK\x05\x06', at, 'latin1')
    if (at < 0) return false
    const directory = at - tail.readUInt32LE(at + 12)
    if (directory < 0 || tail.toString('latin1', directory, directory + 4) === 'PK\x01\x02') return true
  }
  return false
}

const refusals: ZipRefusals = {
  damaged: () => new Refusal('unreadable', '文件已损坏或没有传完整。请在原来的软件中打开、另存一份后再上传。'),
  encrypted: () => new Refusal('unreadable', '文件加了密码，归档后将无法打开。请取消密码、另存后再上传。'),
  tooLarge: (what) =>
    new Refusal(
      'unreadable',
      `文件${what}，可能是恶意构造的，没有打开。请在原来的软件中另存一份，或另存为 PDF 后再上传。`,
    ),
}

const strange = () =>
  new Refusal('unreadable', '文件里夹带了别的内容，不能归档。请在 Word、Excel 或 WPS 中打开，另存一份后再上传。')
