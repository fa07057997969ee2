import type { ByteSource } from '../content/byte-source.ts'
import { type Blanked, damagedMedia, mostParts, type Patch } from './blanked.ts'

/** What of a WAV is sound, or says how it is to be played. */
const kept = ['fmt ', 'fact', 'data']

/** Looks through a WAV and says what is blanked: every part that is no sound. What stands behind the end is cut off. */
export async function blankWav(source: ByteSource): Promise<Blanked> {
  const riff = await source.read(0, 12)
  if (riff.toString('latin1', 0, 4) !== 'RIFF' || riff.toString('latin1', 8, 12) !== 'WAVE') throw damagedMedia()
  const to = Math.min(source.size, 8 + riff.readUInt32LE(4))
  const patches: Patch[] = []
  let [bytesPerSecond, bytes, parts] = [0, 0, 0]
  for (let at = 12; at + 8 <= to; parts++) {
    const head = await source.read(at, at + 20)
    const size = head.readUInt32LE(4)
    const type = head.toString('latin1', 0, 4)
    const end = Math.min(to, at + 8 + size)
    if (parts > mostParts) throw damagedMedia()
    if (type === 'fmt ' && head.length === 20) bytesPerSecond = head.readUInt32LE(16)
    if (type === 'data') bytes = end - at - 8
    if (!kept.includes(type)) {
      const name = Buffer.concat([Buffer.from('JUNK'), head.subarray(4, 8)])
      patches.push({ at, length: end - at, bytes: name })
    }
    at = end + (size % 2)
  }
  if (bytesPerSecond === 0 || bytes === 0) throw damagedMedia()
  return {
    ...{ kind: 'sound', mediaType: 'audio/wav', extension: 'wav', width: null, height: null },
    ...{ durationMs: Math.round((bytes / bytesPerSecond) * 1000), from: 0, to, patches },
  }
}
