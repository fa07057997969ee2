import { type CoverShape, coverSizes } from '@zhibu/server/modules/publicity/draft-limits-schema'
import type { Crop } from '@zhibu/server/platform/rich-text/document-schema'

export const coverNames: Readonly<Record<CoverShape, string>> = {
  wide: '横版封面（900 × 383）',
  square: '方形封面（200 × 200）',
}

const ratioOf = (shape: CoverShape): number => coverSizes[shape].width / coverSizes[shape].height

/** How large a part of a picture is that is shown without being enlarged, as fractions of its sides. */
function whole(shape: CoverShape, { width, height }: Size): { width: number; height: number } {
  const [own, ratio] = [width / height, ratioOf(shape)]
  return own > ratio ? { width: ratio / own, height: 1 } : { width: 1, height: own / ratio }
}

export interface Size {
  width: number
  height: number
}

/** How a part of a picture is chosen: how much it is enlarged, and where it lies between the left and the right, the top and the bottom. */
export interface Framing {
  zoom: number
  across: number
  down: number
}

/** The middle of the picture, as large as it can be. */
export const middle: Framing = { zoom: 1, across: 0.5, down: 0.5 }
export const mostZoom = 4

/** The part of a picture of this size that is framed so. */
export function cropOf(shape: CoverShape, size: Size, { zoom, across, down }: Framing): Crop {
  const all = whole(shape, size)
  const [width, height] = [all.width / zoom, all.height / zoom]
  return { x: across * (1 - width), y: down * (1 - height), width, height }
}

/** How a part was framed. */
export function framingOf(shape: CoverShape, size: Size, crop: Crop | null): Framing {
  if (crop === null) return middle
  const zoom = Math.min(Math.max(whole(shape, size).width / crop.width, 1), mostZoom)
  const between = (at: number, extent: number) => (extent < 0.999 ? Math.min(Math.max(at / (1 - extent), 0), 1) : 0.5)
  return { zoom, across: between(crop.x, crop.width), down: between(crop.y, crop.height) }
}
