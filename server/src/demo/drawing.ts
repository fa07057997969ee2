import { crc32, deflateSync } from 'node:zlib'

/** A landscape of hills under a sky as PNG, drawn by calculation: the same number draws the same hills in every size. */
export function drawnHills(number: number, width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (width * 3 + 1))
  const columns = Array.from({ length: width }, (_, x) => columnAt(number, x / width, width / height))
  for (let y = 0; y < height; y++)
    for (const [x, colourAt] of columns.entries()) {
      const at = y * (width * 3 + 1) + 1 + x * 3
      const colour = colourAt(y / height)
      rows[at] = colour[0]
      rows[at + 1] = colour[1]
      rows[at + 2] = colour[2]
    }
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

const sun: Colour = [206, 62, 48]

/** The colours of a column from above to below: the sun, the nearest of three rows of hills, the sky. */
function columnAt(number: number, x: number, ratio: number): (y: number) => Colour {
  const [red, green, blue] = skies[number % skies.length] ?? sun
  const hills = [3, 2, 1].map((layer) => ({
    crest: 0.42 + layer * 0.13 + 0.07 * Math.sin(x * (4 + layer * 2) + number * layer * 1.7),
    colour: [70 - layer * 12, 118 - layer * 18, 104 - layer * 12] as const,
  }))
  const besideSun = (x - 0.3 - (number % 5) / 10) * ratio
  const paler = (of: number, y: number) => Math.round(of + (252 - of) * y)
  return (y) => {
    if (besideSun ** 2 + (y - 0.24) ** 2 < 0.0064) return sun
    for (const { crest, colour } of hills) if (y > crest) return colour
    return [paler(red, y), paler(green, y), paler(blue, y)]
  }
}

function part(type: string, bytes: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), bytes])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(bytes.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
