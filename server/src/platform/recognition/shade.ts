import type { Grey } from './skew.ts'

// The ground of the paper is measured in squares of so many pixels: larger than a character, smaller than a shadow.
const square = 40

/**
 * The picture on white ground: shadows and the grey of the paper are taken away, so that what is written is as dark everywhere.
 * A dark area of several squares (a photograph on a form) becomes lighter, too.
 */
export function evened({ width, height, pixels }: Grey): Grey {
  const ground = groundOf({ width, height, pixels })
  const across = placesAmong(ground.width, width)
  const down = placesAmong(ground.height, height)
  const result = new Uint8Array(pixels.length)
  for (const [y, row] of down.entries()) {
    for (const [x, column] of across.entries()) {
      const upper = blend(ground, row.first, column)
      const paper = upper + (blend(ground, row.second, column) - upper) * row.share
      const at = y * width + x
      result[at] = Math.min(255, Math.round(((pixels[at] ?? 0) * 255) / Math.max(paper, 1)))
    }
  }
  return { width, height, pixels: result }
}

/** How bright the paper is in each square, a pixel for a square, smoothed over its neighbours. */
function groundOf(page: Grey): Grey {
  const [width, height] = [Math.ceil(page.width / square), Math.ceil(page.height / square)]
  const measured = Uint8Array.from({ length: width * height }, (_, at) =>
    paperIn(page, (at % width) * square, Math.floor(at / width) * square),
  )
  const pixels = measured.map((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    let [sum, count] = [0, 0]
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        sum += measured[row * width + column] ?? 0
        count++
      }
    }
    return sum / count
  })
  return { width, height, pixels }
}

/** The brightness that four fifths of a square do not exceed. */
function paperIn({ width, height, pixels }: Grey, left: number, top: number): number {
  const counts = new Uint16Array(256)
  const [right, bottom] = [Math.min(left + square, width), Math.min(top + square, height)]
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      const pixel = pixels[at] ?? 0
      counts[pixel] = (counts[pixel] ?? 0) + 1
    }
  }
  let brighter = (right - left) * (bottom - top) * 0.2
  for (let shade = 255; shade > 0; shade--) {
    brighter -= counts[shade] ?? 0
    if (brighter < 0) return shade
  }
  return 0
}

interface Place {
  first: number
  second: number
  /** How far it lies from the first towards the second, 0 to 1. */
  share: number
}

/** For each pixel, the two squares between whose middles it lies. */
function placesAmong(squares: number, length: number): Place[] {
  return Array.from({ length }, (_, at) => {
    const place = Math.max(0, Math.min(squares - 1, (at + 0.5) / square - 0.5))
    const first = Math.floor(place)
    return { first, second: Math.min(first + 1, squares - 1), share: place - first }
  })
}

function blend({ width, pixels }: Grey, row: number, { first, second, share }: Place): number {
  const left = pixels[row * width + first] ?? 0
  return left + ((pixels[row * width + second] ?? 0) - left) * share
}
