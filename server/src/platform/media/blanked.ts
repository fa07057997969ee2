import type { ByteSource } from '../content/byte-source.ts'
import { Refusal } from '../refusal.ts'

/** A part of a file that is to be other bytes: these, and zeros behind them up to the length. */
export interface Patch {
  at: number
  length: number
  bytes?: Buffer
}

/** What of a film or a sound is kept, and what its head says of it. The parts that are patched do not overlap. */
export interface Blanked {
  kind: 'video' | 'sound'
  mediaType: string
  extension: string
  width: number | null
  height: number | null
  durationMs: number | null
  from: number
  to: number
  patches: Patch[]
}

/** The bytes of a file as they are kept: what lies outside is left out, what is personal is blanked, and all else stays where it was. */
export async function* patched(
  source: AsyncIterable<Uint8Array>,
  { from, to, patches }: Pick<Blanked, 'from' | 'to' | 'patches'>,
): AsyncGenerator<Uint8Array> {
  const waiting = patches.toSorted((one, other) => one.at - other.at)
  let at = 0
  let next = 0
  for await (const piece of source) {
    const bytes = Buffer.from(piece)
    const end = at + bytes.length
    for (let patch = waiting[next]; patch && patch.at < end; patch = waiting[next]) {
      const [start, stop] = [Math.max(patch.at, at), Math.min(patch.at + patch.length, end)]
      bytes.fill(0, start - at, stop - at)
      const written = patch.bytes?.subarray(start - patch.at, stop - patch.at)
      written?.copy(bytes, start - at)
      if (patch.at + patch.length > end) break
      next += 1
    }
    const kept = bytes.subarray(Math.max(0, from - at), Math.max(0, to - at))
    if (kept.length > 0) yield kept
    at = end
  }
}

/** Reads small parts one behind the other, from windows that are read once. */
export function inWindows(source: ByteSource, windowBytes = 65_536): ByteSource {
  let window: { at: number; bytes: Buffer } = { at: 0, bytes: Buffer.alloc(0) }
  return {
    size: source.size,
    async read(from, to) {
      if (to - from > windowBytes) return source.read(from, to)
      const end = Math.min(to, source.size)
      if (from < window.at || end > window.at + window.bytes.length)
        window = { at: from, bytes: await source.read(from, from + windowBytes) }
      return window.bytes.subarray(from - window.at, Math.max(from, end) - window.at)
    },
  }
}

/** That a film or a sound is not what its kind of file looks like. */
export const damagedMedia = () =>
  new Refusal('unreadable', '文件已损坏或没有录完整。请核对能否播放，用剪辑软件重新导出后再上传。')

/** More parts than any film has are there to keep the server busy. */
export const mostParts = 3_000_000
