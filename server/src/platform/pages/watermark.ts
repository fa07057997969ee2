import sharp, { type Sharp } from 'sharp'
import { chineseFamily, chineseFont } from './fonts.ts'
import type { Pixels } from './pdf.ts'
import type { PageSize } from './tasks.ts'

/** So many characters of a watermark are written. */
const mostCharacters = 80

/** A picture of this size with a text across it again and again, in its pixels: slanted, in a strip of a line straight so that it can be read. */
export async function watermarked(picture: Sharp, { width, height }: PageSize, text: string): Promise<Sharp> {
  const isStrip = height * 4 < width
  const tile = isStrip
    ? await tileOf(text, Math.max(8, Math.round(height / 3)), { slant: 0, below: 0 })
    : await tileOf(text, Math.max(8, Math.round(width / 45)), { slant: -24, below: 3 })
  const room = { width: Math.min(tile.width, width), height: Math.min(tile.height, height) }
  const input = await fromPixels(tile)
    .extract({ left: 0, top: 0, ...room })
    .toBuffer()
  return picture.composite([{ input, raw: { ...room, channels: 4 }, tile: true, gravity: 'northwest' }])
}

/** The text once, with room beside it and so many letters of room below. */
async function tileOf(
  text: string,
  letterHeight: number,
  { slant, below }: { slant: number; below: number },
): Promise<Pixels> {
  const written = escaped(text.slice(0, mostCharacters))
  const line = sharp({
    text: {
      text: `<span foreground="#808080" alpha="38%">${written}</span>`,
      font: `${chineseFamily} ${letterHeight}`,
      fontfile: chineseFont,
      rgba: true,
      dpi: 72,
    },
  })
  const background = { r: 0, g: 0, b: 0, alpha: 0 }
  const slanted = fromPixels(await pixelsOf(line)).rotate(slant, { background })
  const room = letterHeight * 3
  return pixelsOf(fromPixels(await pixelsOf(slanted)).extend({ right: room, bottom: letterHeight * below, background }))
}

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  return { pixels: data, width: info.width, height: info.height }
}

const fromPixels = ({ pixels, width, height }: Pixels): Sharp => sharp(pixels, { raw: { width, height, channels: 4 } })

const escaped = (text: string): string => text.replace(/[<>&"']/g, (it) => `&#${it.charCodeAt(0)};`)
