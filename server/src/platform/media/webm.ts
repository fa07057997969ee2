import type { ByteSource } from '../content/byte-source.ts'
import { Refusal } from '../refusal.ts'
import { type Blanked, damagedMedia, inWindows, mostParts, type Patch } from './blanked.ts'

/** An element of a WebM (RFC 8794), and where it lies. `to` is undefined where its length was not known when it was written. */
interface Element {
  id: number
  at: number
  from: number
  to: number | undefined
}

const ids = {
  head: 0x1a45dfa3,
  segment: 0x18538067,
  information: 0x1549a966,
  tracks: 0x1654ae6b,
  track: 0xae,
  video: 0xe0,
  chapters: 0x1043a770,
  tags: 0x1254c367,
  attachments: 0x1941a469,
  nothing: 0xec,
  timeScale: 0x2ad7b1,
  duration: 0x4489,
  writtenBy: 0x5741,
  muxedBy: 0x4d80,
  trackType: 0x83,
  trackName: 0x536e,
  width: 0xb0,
  height: 0xba,
} as const

const blankedInSegment: readonly number[] = [ids.chapters, ids.tags, ids.attachments, ids.nothing]
const keptInInformation: readonly number[] = [ids.timeScale, ids.duration]

/**
 * Looks through a WebM and says what is blanked: who made it, when and with what, what was attached to it. Nothing moves. Refuses tracks
 * that are neither seen nor heard.
 */
export async function blankWebm(whole: ByteSource): Promise<Blanked> {
  const source = inWindows(whole)
  const patches: Patch[] = []
  let [scale, duration, parts] = [1_000_000, 0, 0]
  const size = { width: 0, height: 0 }
  const types: number[] = []

  async function* elements(from: number, to: number): AsyncGenerator<Element & { to: number }> {
    for (let at = from; at < to; ) {
      const it = await elementAt(source, at, to)
      parts += 1
      if (parts > mostParts) throw damagedMedia()
      // Of unknown length are the segment and its clusters: what is inside comes next.
      yield { ...it, to: it.to ?? to }
      at = it.to ?? it.from
    }
  }
  const numberIn = async ({ from, to }: Element & { to: number }) =>
    unsigned(await source.read(from, Math.min(to, from + 8)))

  async function readInformation({ from, to }: Element & { to: number }): Promise<void> {
    for await (const it of elements(from, to)) {
      if (it.id === ids.timeScale) scale = await numberIn(it)
      if (it.id === ids.duration) duration = floating(await source.read(it.from, it.to))
      // Both must be there, and may be empty.
      if (it.id === ids.writtenBy || it.id === ids.muxedBy) patches.push({ at: it.from, length: it.to - it.from })
      else if (!keptInInformation.includes(it.id)) patches.push(voided(it))
    }
  }

  async function readTrack({ from, to }: Element & { to: number }): Promise<void> {
    for await (const it of elements(from, to)) {
      if (it.id === ids.trackType) types.push(await numberIn(it))
      if (it.id === ids.trackName) patches.push(voided(it))
      if (it.id !== ids.video) continue
      for await (const inner of elements(it.from, it.to)) {
        if (inner.id === ids.width) size.width = await numberIn(inner)
        if (inner.id === ids.height) size.height = await numberIn(inner)
      }
    }
  }

  for await (const top of elements(0, source.size)) {
    if (top.id === ids.head) continue
    if (top.id !== ids.segment) {
      patches.push(voided(top))
      continue
    }
    for await (const it of elements(top.from, top.to)) {
      if (blankedInSegment.includes(it.id)) patches.push(voided(it))
      if (it.id === ids.information) await readInformation(it)
      if (it.id === ids.tracks)
        for await (const track of elements(it.from, it.to)) if (track.id === ids.track) await readTrack(track)
    }
    if (top.to === source.size) break
  }
  if (types.length === 0) throw damagedMedia()
  if (types.some((it) => it !== 1 && it !== 2))
    throw new Refusal('unreadable', '视频中带有字幕或其他数据轨道。请用剪辑软件去掉后重新导出，字幕可以另外上传。')
  const hasPicture = types.includes(1)
  const ms = Math.round((duration * scale) / 1_000_000)
  return {
    ...(hasPicture
      ? ({ kind: 'video', mediaType: 'video/webm' } as const)
      : ({ kind: 'sound', mediaType: 'audio/webm' } as const)),
    extension: 'webm',
    width: hasPicture ? size.width || null : null,
    height: hasPicture ? size.height || null : null,
    durationMs: ms > 0 && ms < 2 ** 31 ? ms : null,
    ...{ from: 0, to: source.size, patches },
  }
}

async function elementAt(source: ByteSource, at: number, end: number): Promise<Element> {
  const head = await source.read(at, at + 12)
  const idBytes = Math.clz32((head[0] ?? 0) << 24) + 1
  const sizeBytes = Math.clz32((head[idBytes] ?? 0) << 24) + 1
  if (idBytes > 4 || sizeBytes > 8 || idBytes + sizeBytes > head.length) throw damagedMedia()
  const id = unsigned(head.subarray(0, idBytes))
  const length = head.subarray(idBytes, idBytes + sizeBytes)
  const from = at + idBytes + sizeBytes
  const mask = 2 ** (7 * sizeBytes)
  const size = Number(
    BigInt(`0x${length.toString('hex')}`) &
      BigInt(mask - 1 > Number.MAX_SAFE_INTEGER ? 0xff_ffff_ffff_ffffn : mask - 1),
  )
  const isUnknown = length.subarray(1).every((it) => it === 0xff) && (length[0] ?? 0) === 2 ** (9 - sizeBytes) - 1
  if (isUnknown) return { id, at, from, to: undefined }
  if (from + size > end) throw damagedMedia()
  return { id, at, from, to: from + size }
}

/** An element as one that says nothing, in its place and as long. */
function voided({ at, to }: { at: number; to: number }): Patch {
  const length = to - at
  for (let sizeBytes = 1; sizeBytes <= 8; sizeBytes++) {
    const rest = length - 1 - sizeBytes
    if (rest < 0 || rest >= 2 ** (7 * sizeBytes) - 1) continue
    const size = Buffer.alloc(8)
    size.writeBigUInt64BE(BigInt(rest) | (1n << BigInt(7 * sizeBytes)))
    return { at, length, bytes: Buffer.concat([Buffer.from([ids.nothing]), size.subarray(8 - sizeBytes)]) }
  }
  throw damagedMedia()
}

const unsigned = (bytes: Buffer): number => Number(bytes.length === 0 ? 0 : BigInt(`0x${bytes.toString('hex')}`))

const floating = (bytes: Buffer): number =>
  bytes.length === 8 ? bytes.readDoubleBE(0) : bytes.length === 4 ? bytes.readFloatBE(0) : 0
