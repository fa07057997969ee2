import sharp, { type Sharp } from 'sharp'
import { chineseFamily, chineseFont } from './fonts.ts'
import type { Pixels } from './pdf.ts'
import type { PageSize } from './tasks.ts'

/** So many characters of a watermark are written. */
const mostCharacters = 80

/** A picture of this size with a text across it again and again, slanted, in its pixels. */
export async function watermarked(picture: Sharp, { width, height }: PageSize, text: string): Promise<Sharp> {
  const tile = await tileOf(text, Math.max(8, Math.round(width / 45)))
  const room = { width: Math.min(tile.width, width), height: Math.min(tile.height, height) }
  const input = await fromPixels(tile)
    .extract({ left: 0, top: 0, ...room })
    .toBuffer()
  return picture.composite([{ input, raw: { ...room, channels: 4 }, tile: true, gravity: 'northwest' }])
}

/** The text once, slanted, with room around it. */
async function tileOf(text: string, letterHeight: number): Promise<Pixels> {
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
  const slanted = fromPixels(await pixelsOf(line)).rotate(-24, { background })
  const room = letterHeight * 3
  return pixelsOf(fromPixels(await pixelsOf(slanted)).extend({ right: room, bottom: room, background }))
}

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  return { pixels: data, width: info.width, height: info.height }
}

const fromPixels = ({ pixels, width, height }: Pixels): Sharp => sharp(pixels, { raw: { width, height, channels: 4 } })

const escaped = (text: string): string => text.replace(/[<>&"']/g, (it) => `&#${it.charCodeAt(0)};`)
