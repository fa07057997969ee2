/** By how much a page is turned to the right. */
export type Turn = 0 | 90 | 180 | 270

/** A rectangle on a page as fractions of its width and height, from the upper left corner. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** A quarter more to the right. */
export const turnedFurther = (turn: Turn): Turn => (turn === 0 ? 90 : turn === 90 ? 180 : turn === 180 ? 270 : 0)

/** The shape of a page when it is turned, as style sheets write it. */
export const shapeOf = ({ width, height }: { width: number; height: number }, turn: Turn): string =>
  turn % 180 === 0 ? `${width} / ${height}` : `${height} / ${width}`

/** Where a rectangle stands when the page is turned. */
export function turnedBox({ x, y, width, height }: Box, turn: Turn): Box {
  switch (turn) {
    case 0:
      return { x, y, width, height }
    case 90:
      return { x: 1 - y - height, y: x, width: height, height: width }
    case 180:
      return { x: 1 - x - width, y: 1 - y - height, width, height }
    case 270:
      return { x: y, y: 1 - x - width, width: height, height: width }
  }
}

/** The widths in pixels in which pictures of pages are asked for: few, so that one that is there already can be shown again. */
const pictureWidths = [200, 400, 800, 1200, 1600, 2400, 3200]

/** The least of the widths that is sharp enough where a page is so wide on the screen. */
export function pictureWidth(shownWidth: number, pixelRatio: number): number {
  return pictureWidths.find((it) => it >= shownWidth * Math.min(pixelRatio, 2)) ?? 3200
}

/** The next zoom in per cent of the width at hand, within 50 and 300. */
export function nextZoom(zoom: number, step: 1 | -1): number {
  const steps = [50, 75, 100, 125, 150, 200, 250, 300]
  return (step > 0 ? steps.find((it) => it > zoom) : steps.findLast((it) => it < zoom)) ?? zoom
}
