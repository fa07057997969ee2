import sharp from 'sharp'
import { renderSVG } from 'uqr'

/** An A4 page at 75 dots an inch: enough for a code, and read in a quarter of the time of a scan. */
const [width, height] = [620, 877]

const empty = () => sharp({ create: { width, height, channels: 3, background: 'white' } })

/** The back of a sheet on which nothing stands. */
export const blankSheet = (): Promise<Buffer> => empty().png().toBuffer()

/** Where the first code stands on `sheetWithCodes`. */
export const codeOnSheet = { left: 200, top: 100, width: 210, height: 210 } as const

/** A sheet with QR codes on it, one below the other. */
export function sheetWithCodes(...codes: readonly string[]): Promise<Buffer> {
  const { left, top, width: side } = codeOnSheet
  const drawn = codes.map((text, at) => ({
    input: Buffer.from(
      renderSVG(text, { pixelSize: 10, border: 4 }).replace('<svg', `<svg width="${side}" height="${side}"`),
    ),
    left,
    top: top + at * 300,
  }))
  return empty().composite(drawn).png().toBuffer()
}

/** A sheet on which something is drawn that differs from seed to seed and that nobody can read. */
export function sheetOfLines(seed: number): Promise<Buffer> {
  const lines = Array.from({ length: 8 }, (_, at) => {
    const [length, top] = [150 + ((seed * 7919 + at * 104_729) % (350 - at)), 80 + at * 30]
    return `<rect x="70" y="${top}" width="${length}" height="6" fill="black"/>`
  })
  const drawing = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${lines.join('')}</svg>`,
  )
  return empty()
    .composite([{ input: drawing }])
    .png()
    .toBuffer()
}
