import type { ByteSource } from '../content/byte-source.ts'
import { Refusal } from '../refusal.ts'
import { type Blanked, damagedMedia, inWindows, mostParts, type Patch } from './blanked.ts'

/** A page of an Ogg (RFC 3533) and the parts of packets that lie on it. */
interface Page {
  at: number
  to: number
  serial: number
  granule: bigint
  /** Where each part lies, and whether its packet ends with it. */
  parts: { from: number; to: number; isLast: boolean }[]
}

/**
 * Looks through an Ogg with one stream of Vorbis or Opus and says what is blanked: the comments, which may hold names and pictures. They stay
 * as long as they were and say nothing, and the pages on which they lie get new checksums.
 */
export async function blankOgg(whole: ByteSource): Promise<Blanked> {
  const source = inWindows(whole, 131_072)
  const comment: { page: Page; from: number; to: number }[] = []
  let [packet, pages, granule] = [0, 0, 0n]
  let first: Page | undefined
  let to = 0
  for (let at = 0; at < source.size; at = to) {
    const page = await pageAt(source, at)
    first ??= page
    pages += 1
    if (pages > mostParts) throw damagedMedia()
    if (page.serial !== first.serial) throw others()
    if (page.granule >= 0n) granule = page.granule
    for (const part of page.parts) {
      if (packet === 1) comment.push({ page, from: part.from, to: part.to })
      if (part.isLast) packet += 1
    }
    to = page.to
  }
  const [opening] = first?.parts ?? []
  if (!opening || comment.length === 0 || packet < 2) throw damagedMedia()
  const head = await source.read(opening.from, opening.to)
  const isOpus = head.toString('latin1', 0, 8) === 'OpusHead' && head.length >= 12
  const isVorbis = head.toString('latin1', 0, 7) === '\x01vorbis' && head.length >= 16
  if (!isOpus && !isVorbis) throw others()
  const rate = isOpus ? 48_000 : head.readUInt32LE(12)
  const samples = Number(granule) - (isOpus ? head.readUInt16LE(10) : 0)
  const ms = Math.round((samples / rate) * 1000)
  return {
    ...{ kind: 'sound', mediaType: 'audio/ogg', extension: 'ogg', width: null, height: null },
    durationMs: ms > 0 && ms < 2 ** 31 ? ms : null,
    ...{ from: 0, to, patches: await silenced(source, comment, isOpus) },
  }
}

const others = () =>
  new Refusal('unreadable', '这个 OGG 文件里不止一路声音，或不是 Vorbis、Opus 编码。请导出为 MP3 或 M4A 后再上传。')

async function pageAt(source: ByteSource, at: number): Promise<Page> {
  const head = await source.read(at, at + 27)
  if (head.length < 27 || head.toString('latin1', 0, 4) !== 'OggS') throw damagedMedia()
  const lacing = await source.read(at + 27, at + 27 + (head[26] ?? 0))
  const parts: Page['parts'] = []
  const start = at + 27 + lacing.length
  let [from, to] = [start, start]
  for (const length of lacing) {
    to += length
    if (length === 255) continue
    parts.push({ from, to, isLast: true })
    from = to
  }
  if (to > from) parts.push({ from, to, isLast: false })
  if (to > source.size) throw damagedMedia()
  return { at, to, serial: head.readUInt32LE(14), granule: head.readBigInt64LE(6), parts }
}

/** The comments as blanks in the name of the encoder, with no entry behind it. */
async function silenced(
  source: ByteSource,
  comment: readonly { page: Page; from: number; to: number }[],
  isOpus: boolean,
): Promise<Patch[]> {
  const length = comment.reduce((sum, it) => sum + it.to - it.from, 0)
  const name = Buffer.from(isOpus ? 'OpusTags' : '\x03vorbis', 'latin1')
  const behind = isOpus ? 4 : 5
  const blanks = length - name.length - 4 - behind
  if (blanks < 0) throw damagedMedia()
  const packet = Buffer.alloc(length, ' ')
  name.copy(packet)
  packet.writeUInt32LE(blanks, name.length)
  packet.fill(0, length - behind)
  if (!isOpus) packet[length - 1] = 1
  const patches: Patch[] = []
  let done = 0
  for (const { page, from, to } of comment) {
    const part = packet.subarray(done, done + to - from)
    done += part.length
    const bytes = Buffer.from(await source.read(page.at, page.to))
    part.copy(bytes, from - page.at)
    bytes.fill(0, 22, 26)
    const sum = Buffer.alloc(4)
    sum.writeUInt32LE(checksum(bytes))
    patches.push({ at: page.at + 22, length: 4, bytes: sum }, { at: from, length: part.length, bytes: part })
  }
  return patches
}

/** The CRC of Ogg: not turned round, and nothing before or behind. */
export function checksum(bytes: Buffer): number {
  let sum = 0
  for (const it of bytes) sum = ((sum << 8) ^ (table[(sum >>> 24) ^ it] ?? 0)) >>> 0
  return sum
}

const table = Array.from({ length: 256 }, (_, index) => {
  let rest = index << 24
  for (let bit = 0; bit < 8; bit++) rest = rest & 0x8000_0000 ? (rest << 1) ^ 0x04c1_1db7 : rest << 1
  return rest >>> 0
})
