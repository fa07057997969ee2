import sharp, { type Sharp } from 'sharp'
import { Refusal } from '../refusal.ts'
import type { Grey, QuarterTurn } from './skew.ts'

/** How many pixels the longer side of a page has at most when it is read: A4 at 150 dots to the inch. */
const longSide = 1754

/** A place on a page, in parts of its width and height: 0 is left and above, 1 right and below. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** How a page lies: it is read after it was turned by the quarter turn, clockwise, and then back by the skew, in degrees. */
export interface Lie {
  turnedBy: QuarterTurn
  skewedBy: number
}

/** The page in shades of grey as it came, red lightened so that a seal does not hide what is written under it. Refuses what is no picture, is broken or too large. */
export async function greyOf(picture: Uint8Array): Promise<Grey> {
  const { data, info } = await rawOf(opened(await refuseUnknown(picture)))
  const pixels = new Uint8Array(info.width * info.height)
  for (let at = 0, from = 0; at < pixels.length; at++, from += info.channels) {
    pixels[at] = 0.82 * (data[from] ?? 0) + 0.15 * (data[from + 1] ?? 0) + 0.03 * (data[from + 2] ?? 0)
  }
  return { width: info.width, height: info.height, pixels }
}

/** The page in colour as it is read, turned upright and straight: a JPEG of at most `longSide` pixels, a little more where it was askew. */
export async function straightPicture(picture: Uint8Array, { turnedBy, skewedBy }: Lie): Promise<Buffer> {
  const { data, info } = await rawOf(opened(picture))
  return sharp(data, { raw: info })
    .rotate(turnedBy - skewedBy, { background: 'white' })
    .jpeg({ quality: 80 })
    .toBuffer()
}

/** The picture of one place on a page, with a little of what surrounds it, as JPEG. Takes a picture of ours (`straightPicture`). */
export async function cutOut(picture: Uint8Array, { left, top, width, height }: Box): Promise<Buffer> {
  const page = sharp(picture, limits)
  const size = await page.metadata()
  const margin = (height * size.height) / 3
  const [fromX, untilX] = within(left * size.width - margin, (left + width) * size.width + margin, size.width)
  const [fromY, untilY] = within(top * size.height - margin, (top + height) * size.height + margin, size.height)
  return page
    .extract({ left: fromX, top: fromY, width: untilX - fromX, height: untilY - fromY })
    .jpeg({ quality: 85 })
    .toBuffer()
}

/** The page as zxing takes it: RGBA, at most `side` pixels long. */
export async function colourOf(picture: Uint8Array, side: number) {
  const { data, info } = await opened(picture, side).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height }
}

// A3 at 600 dots to the inch has 70 million pixels; what is a little picture on disk may be a huge one in memory.
const limits = { limitInputPixels: 100_000_000, failOn: 'error' } as const

// SVG and PDF, which sharp would draw as well, are programs rather than pictures.
const formats = ['jpeg', 'png', 'webp', 'tiff', 'heif', 'gif']

async function refuseUnknown(picture: Uint8Array): Promise<Uint8Array> {
  if (picture.length === 0) throw unreadable()
  const { format, width, height } = await sharp(picture, { ...limits, limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw unreadable()
    })
  if (!formats.includes(format)) throw unreadable()
  if (width * height > limits.limitInputPixels) throw tooLarge(width, height)
  if (width < 32 || height < 32)
    throw new Refusal('unreadable', `图片只有 ${width}×${height} 像素，看不清文字。请重新扫描或拍照。`)
  return picture
}

function opened(picture: Uint8Array, side = longSide): Sharp {
  return sharp(picture, limits)
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
}

async function rawOf(page: Sharp) {
  return page
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw unreadable()
    })
}

const unreadable = () =>
  new Refusal('unreadable', '这一页不是完好的图片，可能没有传完或已损坏。请重新扫描或拍照后再上传。')

const tooLarge = (width: number, height: number) =>
  new Refusal(
    'too-large',
    `这一页有 ${width}×${height} 像素，超过 1 亿像素，没有读取。请以不高于 600 dpi 的分辨率重新扫描。`,
  )

function within(from: number, until: number, size: number): [number, number] {
  const start = Math.max(0, Math.min(size - 1, Math.floor(from)))
  return [start, Math.max(start + 1, Math.min(size, Math.ceil(until)))]
}
