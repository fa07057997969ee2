import sharp from 'sharp'
import { renderSVG } from 'uqr'

/** An A4 page at 150 dots an inch. */
const [width, height] = [1240, 1754]

const empty = () => sharp({ create: { width, height, channels: 3, background: 'white' } })

/** The back of a sheet on which nothing stands. */
export const blankSheet = (): Promise<Buffer> => empty().png().toBuffer()

/** A sheet with QR codes on it, one below the other. */
export function sheetWithCodes(...codes: readonly string[]): Promise<Buffer> {
  const drawn = codes.map((text, at) => ({
    input: Buffer.from(renderSVG(text, { pixelSize: 10, border: 4 }).replace('<svg', '<svg width="420" height="420"')),
    left: 400,
    top: 200 + at * 600,
  }))
  return empty().composite(drawn).png().toBuffer()
}

/** A sheet on which something is drawn that differs from seed to seed and that nobody can read. */
export function sheetOfLines(seed: number): Promise<Buffer> {
  const lines = Array.from({ length: 24 }, (_, at) => {
    const [length, top] = [300 + ((seed * 7919 + at * 104_729) % 700), 160 + at * 60]
    return `<rect x="140" y="${top}" width="${length}" height="12" fill="black"/>`
  })
  const drawing = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${lines.join('')}</svg>`,
  )
  return empty()
    .composite([{ input: drawing }])
    .png()
    .toBuffer()
}
