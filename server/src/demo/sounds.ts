/** Sounds that are calculated, so that the demonstration needs no file. */

const perSecond = 8_000
const bellSeconds = 3
const tailSeconds = 12

/** A WAV file in which a quiet bell is struck at each of these seconds. */
export function bellSound(strokes: readonly number[]): { seconds: number; bytes: Buffer } {
  const seconds = Math.max(0, ...strokes) + tailSeconds
  const bytes = Buffer.alloc(44 + seconds * perSecond, 128)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  // PCM, one channel.
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(perSecond, 24)
  bytes.writeUInt32LE(perSecond, 28)
  // One byte for each moment.
  bytes.writeUInt16LE(1, 32)
  bytes.writeUInt16LE(8, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(bytes.length - 44, 40)
  for (const [number, from] of strokes.entries())
    for (let at = 0; at < bellSeconds * perSecond; at++) bytes[44 + from * perSecond + at] = momentOf(number, at)
  return { seconds, bytes }
}

/** Each bell is a little higher than the one before, and dies away. */
function momentOf(number: number, at: number): number {
  const seconds = at / perSecond
  const tone = 2 * Math.PI * 330 * 1.125 ** number * seconds
  return 128 + Math.round(40 * Math.exp(-2 * seconds) * (Math.sin(tone) + 0.4 * Math.sin(2.76 * tone)))
}
