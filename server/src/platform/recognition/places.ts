import type { Box, Lie } from './picture.ts'

/** From this confidence on hardly a character was wrong on the measured pages. */
export const sureFrom = 0.95

/** A corner of a place, in parts of the width and height of the page. */
export type Corner = [x: number, y: number]

/**
 * Where a place on the straightened page lies on the page as it came, whose width and height are given in any unit: the corners,
 * from the upper left one of the writing, clockwise.
 */
export function cornersOnPage(box: Box, page: { width: number; height: number } & Lie): Corner[] {
  const angle = ((page.turnedBy - page.skewedBy) * Math.PI) / 180
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const width = Math.abs(page.width * cosine) + Math.abs(page.height * sine)
  const height = Math.abs(page.width * sine) + Math.abs(page.height * cosine)
  const [right, bottom] = [box.left + box.width, box.top + box.height]
  const corners: Corner[] = [
    [box.left, box.top],
    [right, box.top],
    [right, bottom],
    [box.left, bottom],
  ]
  return corners.map(([x, y]) => {
    const [fromMiddle, below] = [(x - 0.5) * width, (y - 0.5) * height]
    return [
      0.5 + (fromMiddle * cosine + below * sine) / page.width,
      0.5 + (below * cosine - fromMiddle * sine) / page.height,
    ]
  })
}

/**
 * The place on the straightened page around which `box` was drawn upright on the page as it came, whose width and height are
 * given in any unit: what `cornersOnPage` and a box around its corners have made of it.
 */
export function boxOnStraightPage(box: Box, page: { width: number; height: number } & Lie): Box {
  const angle = ((page.turnedBy - page.skewedBy) * Math.PI) / 180
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const [s, c] = [Math.abs(sine), Math.abs(cosine)]
  const straight = { width: page.width * c + page.height * s, height: page.width * s + page.height * c }
  const [wide, high] = [box.width * page.width, box.height * page.height]
  const [right, down] = [(box.left + box.width / 2 - 0.5) * page.width, (box.top + box.height / 2 - 0.5) * page.height]
  const [middle, below] = [right * cosine - down * sine, right * sine + down * cosine]
  // A rectangle of w × h that is turned takes w·c + h·s by w·s + h·c.
  const width = Math.max(0, (wide * c - high * s) / (c * c - s * s)) / straight.width
  const height = Math.max(0, (high * c - wide * s) / (c * c - s * s)) / straight.height
  return {
    left: 0.5 + middle / straight.width - width / 2,
    top: 0.5 + below / straight.height - height / 2,
    width,
    height,
  }
}
