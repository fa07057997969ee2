import type { ByteSource } from '../content/byte-source.ts'
import { type Blanked, damagedMedia } from './blanked.ts'

/** Looks where the sound of an MP3 begins and ends: what stands before and behind it (ID3, APE, Lyrics3) is cut off. */
export async function blankMp3(source: ByteSource): Promise<Blanked> {
  const from = await soundFrom(source)
  const to = await soundTo(source, from)
  const head = await source.read(from, Math.min(to, from + 4_096))
  const durationMs = durationIn(head, to - from)
  return {
    ...{ kind: 'sound', mediaType: 'audio/mpeg', extension: 'mp3' },
    ...{ width: null, height: null, durationMs, from, to, patches: [] },
  }
}

async function soundFrom(source: ByteSource): Promise<number> {
  let at = 0
  for (;;) {
    const head = await source.read(at, at + 10)
    if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') break
    const size = [6, 7, 8, 9].reduce((sum, it) => sum * 128 + ((head[it] ?? 0) & 0x7f), 0)
    at += 10 + size + (((head[5] ?? 0) & 0x10) !== 0 ? 10 : 0)
  }
  const start = await source.read(at, at + 65_536)
  const frame = start.findIndex((it, index) => it === 0xff && frameAt(start, index) !== null)
  if (frame < 0) throw damagedMedia()
  return at + frame
}

async function soundTo(source: ByteSource, from: number): Promise<number> {
  let end = source.size
  for (;;) {
    const tail = await source.read(Math.max(from, end - 256), end)
    const ends = (text: string, back: number) => tail.toString('latin1', tail.length - back).startsWith(text)
    let cut = 0
    if (tail.length >= 128 && ends('TAG', 128)) cut = 128
    else if (tail.length >= 227 && ends('TAG+', 227)) cut = 227
    else if (tail.length >= 32 && ends('APETAGEX', 32)) {
      const hasHead = (tail.readUInt32LE(tail.length - 12) & 0x8000_0000) !== 0
      cut = tail.readUInt32LE(tail.length - 20) + (hasHead ? 32 : 0)
    } else if (tail.length >= 15 && ends('LYRICS200', 9))
      cut = Number(tail.toString('latin1', tail.length - 15, tail.length - 9)) + 15
    if (!(cut > 0)) return end
    end -= cut
    if (end <= from) throw damagedMedia()
  }
}

const rates = [44_100, 48_000, 32_000]
const bitRates = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const

/** The head of a frame of layer 3; null where none begins here. */
function frameAt(bytes: Buffer, at: number): { bitRate: number; rate: number; samples: number } | null {
  if (at + 4 > bytes.length) return null
  const [second = 0, third = 0] = bytes.subarray(at + 1, at + 3)
  const version = (second >> 3) & 3
  if ((second & 0xe0) !== 0xe0 || version === 1 || ((second >> 1) & 3) !== 1) return null
  const isFirst = version === 3
  const bitRate = bitRates[isFirst ? 1 : 2][third >> 4] ?? 0
  const rate = (rates[(third >> 2) & 3] ?? 0) / (isFirst ? 1 : version === 2 ? 2 : 4)
  return bitRate > 0 && rate > 0 ? { bitRate, rate, samples: isFirst ? 1_152 : 576 } : null
}

/** By the number of frames where the first one says it, else by the rate of the first one. */
function durationIn(head: Buffer, bytes: number): number | null {
  const frame = frameAt(head, 0)
  if (frame === null) return null
  const mark = Math.max(head.subarray(0, 200).indexOf('Xing'), head.subarray(0, 200).indexOf('Info'))
  const hasCount = mark > 0 && head.length >= mark + 12 && ((head[mark + 7] ?? 0) & 1) !== 0
  const ms = hasCount ? (head.readUInt32BE(mark + 8) * frame.samples * 1000) / frame.rate : (bytes * 8) / frame.bitRate
  return ms > 0 && ms < 2 ** 31 ? Math.round(ms) : null
}
