import sharp from 'sharp'
import { boxOnStraightPage } from '../recognition/places.ts'
import { drawn, encoded } from './pictures.ts'
import type { LineWish, PageFile } from './tasks.ts'

/** So wide is a page of which a line is cut out, in pixels: A4 at 200 dots an inch. */
const pageWidth = 1654
/** Of a line, above and below, in parts of its height; and no line is less high than so many pixels. */
const margin = 0.35
const leastHeight = 12

/**
 * A line of a page as a JPEG, upright and straight: exactly as wide as its box, so that a place in the line is the same part of the
 * picture, with a little of what stands above and below. Beyond the page there is nothing.
 */
export function showLine(file: PageFile, { page, box, turnedBy, skewedBy, watermark }: LineWish): Promise<Uint8Array> {
  return drawn(file, { page, width: pageWidth }, async (picture, size) => {
    const { data, info } = await picture
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
      .then((it) => sharp(it.data, { raw: it.info }).rotate(turnedBy - skewedBy, { background: 'white' }))
      .then((it) => it.raw().toBuffer({ resolveWithObject: true }))
    const { x, y, ...extent } = box
    const at = boxOnStraightPage({ left: x, top: y, ...extent }, { ...size, turnedBy, skewedBy })
    const [left, right] = within(at.left * info.width, (at.left + at.width) * info.width, info.width)
    const high = Math.max(leastHeight, at.height * info.height)
    const middle = (at.top + at.height / 2) * info.height
    const [top, bottom] = within(middle - high * (0.5 + margin), middle + high * (0.5 + margin), info.height)
    const cut = { width: right - left, height: bottom - top }
    return encoded(sharp(data, { raw: info }).extract({ left, top, ...cut }), cut, watermark)
  })
}

/** Whole pixels of a side, at least one. */
function within(from: number, until: number, side: number): [number, number] {
  const start = Math.max(0, Math.min(side - 1, Math.round(from)))
  return [start, Math.max(start + 1, Math.min(side, Math.round(until)))]
}
