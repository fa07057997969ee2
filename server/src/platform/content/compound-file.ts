import { Refusal } from '../refusal.ts'
import type { ByteSource } from './byte-source.ts'
import { tooLarge } from './content-store.ts'

/** Something inside a compound file ([MS-CFB]), in which Word and Excel kept their documents until 2007. */
export interface CompoundEntry {
  name: string
  isStream: boolean
  start: number
  bytes: number
}

export interface CompoundFile {
  entries: readonly CompoundEntry[]
  /** The first bytes of a stream, or all where it has less. */
  begin(entry: CompoundEntry, bytes: number): Promise<Buffer>
}

const maxEntries = 10_000
/** Larger than anything that Word or Excel of that time wrote. */
const maxFileBytes = 536_870_912
const endOfChain = 0xffff_fffa
const miniBytes = 64

/** Reads the directory of a compound file, which is a web of sectors: every chain is followed so far as it can be long and no further. */
export async function readCompoundFile(source: ByteSource): Promise<CompoundFile> {
  if (source.size > maxFileBytes) throw tooLarge(maxFileBytes)
  const header = await source.read(0, 512)
  const shift = header.length === 512 ? header.readUInt16LE(30) : 0
  if (shift !== 9 && shift !== 12) throw damaged()
  const sectorBytes = 2 ** shift
  const perSector = sectorBytes / 4
  const sectorCount = Math.ceil(source.size / sectorBytes)
  const sectors = new Map<number, Buffer>()

  async function sectorAt(sector: number): Promise<Buffer> {
    const at = (sector + 1) * sectorBytes
    const bytes = await source.read(at, at + sectorBytes)
    if (bytes.length === 0) throw damaged()
    return bytes.length === sectorBytes ? bytes : Buffer.concat([bytes, Buffer.alloc(sectorBytes - bytes.length)])
  }

  /** A sector of a table, which is asked for again and again. */
  async function tableAt(sector: number): Promise<Buffer> {
    const known = sectors.get(sector) ?? (await sectorAt(sector))
    sectors.set(sector, known)
    return known
  }

  /** Where the sectors of the allocation table lie: the first 109 stand in the header, others in a chain of their own. */
  async function tableSectors(): Promise<number[]> {
    const found = Array.from({ length: 109 }, (_, at) => header.readUInt32LE(76 + 4 * at))
    let next = header.readUInt32LE(68)
    for (let seen = 0; next < endOfChain && seen <= sectorCount / perSector; seen++) {
      const table = await tableAt(next)
      for (let at = 0; at < perSector - 1; at++) found.push(table.readUInt32LE(4 * at))
      next = table.readUInt32LE(sectorBytes - 4)
    }
    return found.filter((it) => it < endOfChain)
  }

  const table = await tableSectors()
  const nextIn = async (tableOf: readonly number[], at: number): Promise<number> => {
    const sector = tableOf[Math.floor(at / perSector)]
    return sector === undefined ? endOfChain : (await tableAt(sector)).readUInt32LE(4 * (at % perSector))
  }
  async function chain(start: number, most: number, tableOf = table): Promise<number[]> {
    const found: number[] = []
    for (let at = start; at < endOfChain && found.length < most; at = await nextIn(tableOf, at)) found.push(at)
    return found
  }

  const entries: CompoundEntry[] = []
  let root: CompoundEntry | undefined
  const directory = await chain(header.readUInt32LE(48), Math.min(sectorCount, (maxEntries * 128) / sectorBytes))
  for (const sector of directory) {
    const bytes = await sectorAt(sector)
    for (let at = 0; at < sectorBytes; at += 128) {
      const type = bytes.readUInt8(at + 66)
      if (type === 0) continue
      const nameBytes = Math.min(64, Math.max(2, bytes.readUInt16LE(at + 64)))
      const entry = {
        name: bytes.toString('utf16le', at, at + nameBytes - 2),
        isStream: type === 2,
        start: bytes.readUInt32LE(at + 116),
        bytes: bytes.readUInt32LE(at + 120),
      }
      entries.push(entry)
      if (type === 5) root ??= entry
    }
  }
  if (!root) throw damaged()
  const { start: rootStart, bytes: rootBytes } = root

  return {
    entries,
    async begin(entry, wanted) {
      const bytes = Math.min(wanted, entry.bytes)
      const parts: Buffer[] = []
      if (entry.bytes >= header.readUInt32LE(56)) {
        for (const sector of await chain(entry.start, Math.ceil(bytes / sectorBytes)))
          parts.push(await sectorAt(sector))
        return Buffer.concat(parts).subarray(0, bytes)
      }
      // Small streams lie together in the stream of the root, in sectors of 64 bytes with a table of their own.
      const miniTable = await chain(header.readUInt32LE(60), sectorCount)
      const home = await chain(rootStart, Math.ceil(rootBytes / sectorBytes))
      for (const mini of await chain(entry.start, Math.ceil(bytes / miniBytes), miniTable)) {
        const sector = home[Math.floor((mini * miniBytes) / sectorBytes)]
        if (sector === undefined) throw damaged()
        const at = (mini * miniBytes) % sectorBytes
        parts.push((await tableAt(sector)).subarray(at, at + miniBytes))
      }
      return Buffer.concat(parts).subarray(0, bytes)
    },
  }
}

const damaged = () =>
  new Refusal(
    'unreadable',
    '文件已损坏或没有传完整。请在 Word、Excel 或 WPS 中打开，另存为 .docx、.xlsx 或 PDF 后再上传。',
  )
