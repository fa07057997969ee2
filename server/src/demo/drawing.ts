import { crc32, deflateSync } from 'node:zlib'

/** A landscape of hills under a sky as PNG, drawn by calculation: the same number draws the same hills in every size. */
export function drawnHills(number: number, width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (width * 3 + 1))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(colourAt(number, x / width, y / height), y * (width * 3 + 1) + 1 + x * 3)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits of red, green and blue.
  head.set([8, 2], 8)
  const parts = [part('IHDR', head), part('IDAT', deflateSync(rows)), part('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}

type Colour = readonly [red: number, green: number, blue: number]

const skies: readonly Colour[] = [
  [246, 214, 178],
  [190, 216, 236],
  [232, 196, 190],
  [206, 222, 214],
]

function colourAt(number: number, x: number, y: number): Colour {
  const sky = skies[number % skies.length] ?? [200, 210, 220]
  if (Math.hypot((x - 0.3 - (number % 5) / 10) * 1.5, y - 0.24) < 0.08) return [206, 62, 48]
  for (const layer of [3, 2, 1]) {
    const crest = 0.42 + layer * 0.13 + 0.07 * Math.sin(x * (4 + layer * 2) + number * layer * 1.7)
    if (y > crest) return [70 - layer * 12, 118 - layer * 18, 104 - layer * 12]
  }
  return sky.map((it) => Math.round(it + (252 - it) * y)) as [number, number, number]
}

function part(type: string, bytes: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), bytes])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(bytes.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
