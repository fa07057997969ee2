import type { ByteSource } from '../content/byte-source.ts'
import { Refusal } from '../refusal.ts'
import { type Blanked, damagedMedia, inWindows, mostParts, type Patch } from './blanked.ts'
import { type Box, boxAt } from './mp4-box.ts'
import { readTrack, type Track } from './mp4-track.ts'

/** The boxes that stay, by the box in which they lie; of every other the inside is blanked, so that nothing moves. */
const kept: Readonly<Record<string, readonly string[]>> = {
  '': ['ftyp', 'styp', 'moov', 'mdat', 'moof', 'mfra', 'sidx', 'ssix'],
  moov: ['mvhd', 'trak', 'mvex'],
  trak: ['tkhd', 'edts', 'mdia'],
  mdia: ['mdhd', 'hdlr', 'minf', 'elng'],
  minf: ['vmhd', 'smhd', 'nmhd', 'dinf', 'stbl'],
  moof: ['mfhd', 'traf'],
  traf: ['tfhd', 'tfdt', 'trun', 'sdtp', 'sbgp', 'sgpd', 'subs', 'saiz', 'saio'],
}

/** Larger than the index of a film of many hours. */
const mostIndexBytes = 67_108_864

/**
 * Looks through an MP4 and says what is blanked: who made it, where, when and with what; every track that is neither seen nor heard,
 * such as the way of a camera; and what of the data no track refers to. Nothing moves, so that the index stays right. Refuses what
 * most browsers do not play.
 */
export async function blankMp4(whole: ByteSource): Promise<Blanked> {
  const source = inWindows(whole)
  const patches: Patch[] = []
  const tracks: Track[] = []
  const data: Box[] = []
  let durationMs: number | null = null
  let [parts, indexes, hasFragments, isCut] = [0, 0, false, false]

  async function walk(inside: string, from: number, to: number): Promise<void> {
    for (let at = from; at < to; ) {
      const box = await boxAt(source, at, to)
      parts += 1
      if (parts > mostParts) throw damagedMedia()
      at = box.to
      if (!kept[inside]?.includes(box.type)) patches.push(freed(box))
      else if (box.type === 'trak') await walkTrack(box)
      else if (box.type === 'mdat') data.push(box)
      else {
        if (box.type === 'moov') {
          indexes += 1
          if (box.to - box.from > mostIndexBytes) throw damagedMedia()
        }
        hasFragments ||= box.type === 'moof'
        if (box.type === 'mvhd') durationMs = await durationOf(source, box)
        if (/^(mvhd|tkhd|mdhd)$/.test(box.type)) patches.push(await times(source, box))
        if (box.type === 'hdlr') patches.push(named(box))
        if (box.type in kept) await walk(box.type, box.from, box.to)
      }
    }
  }

  async function walkTrack(box: Box): Promise<void> {
    const track = await readTrack(source, box)
    if (track === null) {
      isCut = true
      patches.push(freed(box))
      return
    }
    tracks.push(track)
    await walk('trak', box.from, box.to)
  }

  await walk('', 0, source.size)
  if (indexes !== 1 || tracks.length === 0) throw damagedMedia()
  if (hasFragments && isCut)
    throw new Refusal('unreadable', '视频中带有无法清除的附加数据（如拍摄位置）。请用剪辑软件重新导出为 MP4 后再上传。')
  if (!hasFragments) patches.push(...unreferred(data, tracks))
  const video = tracks.find((it) => it.kind === 'video')
  return {
    ...(video ? asVideo : asSound),
    width: video?.width ?? null,
    height: video?.height ?? null,
    durationMs,
    ...{ from: 0, to: source.size, patches: patches.filter((it) => it.length > 0) },
  }
}

const asVideo = { kind: 'video', mediaType: 'video/mp4', extension: 'mp4' } as const
const asSound = { kind: 'sound', mediaType: 'audio/mp4', extension: 'm4a' } as const

/** A box as one that says nothing, in its place. */
const freed = ({ at, from, to }: Box): Patch =>
  // A size of 64 bits stands between the type and the inside.
  from - at === 8
    ? { at: at + 4, length: to - at - 4, bytes: Buffer.from('free') }
    : { at: at + 4, length: to - at - 4, bytes: Buffer.concat([Buffer.from('free'), sizeOf(to - at)]) }

function sizeOf(bytes: number): Buffer {
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(bytes))
  return size
}

/** When it was made and changed; with four bytes each, or eight. */
async function times(source: ByteSource, { from, to }: Box): Promise<Patch> {
  const [version] = await source.read(from, from + 1)
  return { at: from + 4, length: Math.min(to - from - 4, version === 1 ? 16 : 8) }
}

/** What the device calls the track. */
const named = ({ from, to }: Box): Patch => ({ at: from + 24, length: Math.max(0, to - from - 24) })

async function durationOf(source: ByteSource, { from }: Box): Promise<number | null> {
  const head = await source.read(from, from + 32)
  if (head.length < 32) throw damagedMedia()
  const isLong = head[0] === 1
  const scale = head.readUInt32BE(isLong ? 20 : 12)
  const duration = isLong ? Number(head.readBigUInt64BE(24)) : head.readUInt32BE(16)
  const ms = Math.round((duration / scale) * 1000)
  return Number.isFinite(ms) && ms > 0 && ms < 2 ** 31 ? ms : null
}

/** What of the data belongs to no track that stays. */
function unreferred(data: readonly Box[], tracks: readonly Track[]): Patch[] {
  const chunks = tracks.flatMap((it) => it.chunks).sort((one, other) => one.from - other.from)
  const patches: Patch[] = []
  for (const { from, to } of data) {
    let at = from
    for (const chunk of chunks) {
      if (chunk.from >= to) break
      if (chunk.to <= at) continue
      if (chunk.from > at) patches.push({ at, length: chunk.from - at })
      at = Math.max(at, Math.min(chunk.to, to))
    }
    if (at < to) patches.push({ at, length: to - at })
  }
  return patches
}
