import sharp from 'sharp'
import type { Box, Lie } from './picture.ts'
import { blackest, type Grey, quarterTurnOf, skewOf, turned } from './skew.ts'
import { strokesOf } from './strokes.ts'

/** How the page lies, as far as the picture tells. Takes a page on white ground (`evened`). */
export function lieOf(page: Grey): Lie {
  const strokes = strokesOf(page)
  const turnedBy = quarterTurnOf(strokes)
  return { turnedBy, skewedBy: skewOf(turned(strokes, turnedBy)) }
}

/** The page turned upright and straight, white where nothing was. It is larger than before where it lay askew. */
export async function straightened({ width, height, pixels }: Grey, { turnedBy, skewedBy }: Lie): Promise<Grey> {
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .rotate(turnedBy - skewedBy, { background: 'white' })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, pixels: data }
}

/** Whether nothing but specks stands on the page; its edges, where scanners leave shadows, are not looked at. Takes a page on white ground. */
export function isBlank({ width, height, pixels }: Grey): boolean {
  const [fromX, untilX] = [Math.round(width * 0.04), Math.round(width * 0.96)]
  let count = 0
  for (let y = Math.round(height * 0.04); y < height * 0.96; y++) {
    for (let at = y * width + fromX; at < y * width + untilX; at++) if ((pixels[at] ?? 255) < blackest) count++
  }
  return count < pixels.length * 0.0003
}

/** The page with these places painted white. */
export function without({ width, height, pixels }: Grey, places: readonly Box[]): Grey {
  const painted = Uint8Array.from(pixels)
  for (const it of places) {
    const [from, until] = [Math.floor(it.left * width), Math.ceil((it.left + it.width) * width)]
    for (let y = Math.floor(it.top * height); y < Math.min(height, (it.top + it.height) * height); y++) {
      painted.fill(255, y * width + from, y * width + Math.min(width, until))
    }
  }
  return { width, height, pixels: painted }
}
