import type { ByteSource } from '../content/byte-source.ts'
import { Refusal } from '../refusal.ts'
import { damagedMedia, mostParts } from './blanked.ts'
import { type Box, boxAt } from './mp4-box.ts'

/** A track that is seen or heard, and where its data lies in the file. */
export interface Track {
  kind: 'video' | 'sound'
  width: number | null
  height: number | null
  chunks: { from: number; to: number }[]
}

/** What browsers play. */
const codecs = { vide: /^(avc[13]|vp08|vp09|av01)$/, soun: /^(mp4a|\.mp3|Opus|fLaC)$/ } as const

/** Reads a track; null for one that is neither seen nor heard, such as the places of a camera or texts. Refuses what most browsers do not play. */
export async function readTrack(source: ByteSource, trak: Box): Promise<Track | null> {
  const boxes = await boxesOf(source, trak)
  const handler = (await inside(source, boxes, 'hdlr')).toString('latin1', 8, 12)
  if (handler !== 'vide' && handler !== 'soun') return null
  const codec = (await inside(source, boxes, 'stsd')).toString('latin1', 12, 16)
  if (!codecs[handler].test(codec)) throw unplayable(codec)
  const { width, height } = sizeIn(await inside(source, boxes, 'tkhd'))
  const isVideo = handler === 'vide'
  return {
    kind: isVideo ? 'video' : 'sound',
    width: isVideo ? width : null,
    height: isVideo ? height : null,
    chunks: await chunksOf(source, boxes),
  }
}

const unplayable = (codec: string) =>
  new Refusal(
    'unreadable',
    /^(hvc1|hev1|dvh)/.test(codec)
      ? '这是 HEVC（H.265）编码的视频，很多电脑和手机的浏览器放不了。请在手机“设置 → 相机 → 格式”中改选“兼容性最佳”后重新拍摄，或用剪辑软件导出为 H.264 的 MP4 后再上传。'
      : '这个文件的编码很多浏览器放不了。请用剪辑软件导出为 MP4（H.264 视频、AAC 声音）后再上传。',
  )

/** The boxes of a track by their types, with those inside them. */
async function boxesOf(source: ByteSource, { from, to }: Pick<Box, 'from' | 'to'>): Promise<Map<string, Box>> {
  const found = new Map<string, Box>()
  for (let at = from; at < to; ) {
    const box = await boxAt(source, at, to)
    at = box.to
    if (!found.has(box.type)) found.set(box.type, box)
    if (/^(mdia|minf|stbl)$/.test(box.type))
      for (const [type, it] of await boxesOf(source, box)) if (!found.has(type)) found.set(type, it)
  }
  return found
}

async function inside(source: ByteSource, boxes: ReadonlyMap<string, Box>, type: string): Promise<Buffer> {
  const box = boxes.get(type)
  if (!box || box.to - box.from < 8) throw damagedMedia()
  return source.read(box.from, box.to)
}

/** The size as it is seen: a phone turns a film by a matrix. */
function sizeIn(head: Buffer): { width: number | null; height: number | null } {
  if (head.length < 44 + 20) throw damagedMedia()
  const [width, height] = [head.readUInt32BE(head.length - 8) >>> 16, head.readUInt32BE(head.length - 4) >>> 16]
  const isTurned = head.readInt32BE(head.length - 44) === 0
  const size = isTurned ? { width: height, height: width } : { width, height }
  return width > 0 && height > 0 ? size : { width: null, height: null }
}

/** Where the samples of a track lie, by its tables of sizes, of samples in a chunk, and of places of chunks. */
async function chunksOf(source: ByteSource, boxes: ReadonlyMap<string, Box>): Promise<Track['chunks']> {
  const long = boxes.get('co64')
  const places = rowsOf(await inside(source, boxes, long ? 'co64' : 'stco'), 4, long ? 8 : 4)
  const runs = rowsOf(await inside(source, boxes, 'stsc'), 4, 12)
  const sizes = sizesIn(boxes.has('stsz') ? await inside(source, boxes, 'stsz') : await inside(source, boxes, 'stz2'))
  const chunks: Track['chunks'] = []
  let sample = 0
  let run = 0
  for (const [index, place] of places.entries()) {
    while (runs[run + 1] !== undefined && (runs[run + 1]?.readUInt32BE(0) ?? 0) <= index + 1) run += 1
    const from = long ? Number(place.readBigUInt64BE(0)) : place.readUInt32BE(0)
    const last = Math.min(sizes.count, sample + (runs[run]?.readUInt32BE(4) ?? 0))
    let to = from
    for (; sample < last; sample++) to += sizes.at(sample)
    chunks.push({ from, to })
  }
  return chunks
}

/** The rows of a table that has their number in front. Refuses one that says it has more than it has. */
function rowsOf(table: Buffer, countAt: number, rowBytes: number): Buffer[] {
  const count = table.readUInt32BE(countAt)
  if (count > mostParts || countAt + 4 + count * rowBytes > table.length) throw damagedMedia()
  return Array.from({ length: count }, (_, row) =>
    table.subarray(countAt + 4 + row * rowBytes, countAt + 4 + (row + 1) * rowBytes),
  )
}

function sizesIn(table: Buffer): { count: number; at: (sample: number) => number } {
  if (table.length < 12) throw damagedMedia()
  const [same, count] = [table.readUInt32BE(4), table.readUInt32BE(8)]
  if (count > mostParts) throw damagedMedia()
  if (same !== 0) return { count, at: () => same }
  if (12 + count * 4 > table.length) throw damagedMedia()
  return { count, at: (sample) => table.readUInt32BE(12 + sample * 4) }
}
