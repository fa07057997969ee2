/** A picture in shades of grey, a byte for each pixel, row after row; 0 is black. */
export interface Grey {
  width: number
  height: number
  pixels: Uint8Array
}

/** A quarter turn, clockwise. */
export type QuarterTurn = 0 | 90 | 180 | 270

/** Lines of writing are looked for up to this angle. */
const mostSkew = 10

/**
 * By how many degrees the lines of writing fall to the right, from -10 to 10, to some hundredths of a degree; 0 where there is no writing.
 * Takes a page on white ground (`evened`) whose lines run across: see `quarterTurnOf`.
 */
export function skewOf(page: Grey): number {
  return bestAngle(inkOf(page), page.width, page.height)
}

/**
 * By which quarter turn the page has to be turned so that it can be read, as far as the picture alone tells: characters of a line stand
 * closer together than lines, and the marks 。，、 stand at the foot of their line. Undecided is 0.
 */
export function quarterTurnOf(page: Grey): QuarterTurn {
  const standing = turned(page, 90)
  const [across, down] = [lengthOfRuns(page), lengthOfRuns(standing)]
  const isAcross = across >= down
  const lying = isAcross ? page : standing
  const isUpsideDown = marksAtTheFoot(lying, skewOf(lying)) < 0
  if (isAcross) return isUpsideDown ? 180 : 0
  return isUpsideDown ? 270 : 90
}

/** The picture turned by a quarter turn, clockwise. */
export function turned({ width, height, pixels }: Grey, by: QuarterTurn): Grey {
  if (by === 0) return { width, height, pixels }
  if (by === 180) return { width, height, pixels: pixels.toReversed() }
  const result = new Uint8Array(pixels.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = by === 90 ? x * height + (height - 1 - y) : (width - 1 - x) * height + y
      result[at] = pixels[y * width + x] ?? 0
    }
  }
  return { width: height, height: width, pixels: result }
}

interface Ink {
  x: Float32Array
  y: Float32Array
}

/** On white ground, what is darker is written; lighter is what shines through or was sealed. */
export const blackest = 140

// So many points tell the direction of the lines as well as all of them.
const mostPoints = 60_000

/** Where the page is dark; nowhere if more than half of it is, for then it is no writing. */
function inkOf({ width, height, pixels }: Grey): Ink {
  let count = 0
  for (const pixel of pixels) if (pixel < blackest) count++
  if (count > pixels.length / 2) count = 0
  const every = Math.max(1, Math.ceil(count / mostPoints))
  const x = new Float32Array(Math.ceil(count / every))
  const y = new Float32Array(x.length)
  let seen = 0
  for (let at = 0, row = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      if ((pixels[at] ?? 255) >= blackest) continue
      if (seen % every === 0) {
        x[seen / every] = column
        y[seen / every] = row
      }
      seen++
    }
  }
  return { x, y }
}

/** The angle under which rows of ink and gaps between them differ most, coarsely first, then finely. */
function bestAngle(ink: Ink, width: number, height: number): number {
  let best = { angle: 0, strength: strengthAt(ink, width, height, 0) }
  for (const step of [0.5, 0.1, 0.02]) {
    const middle = best.angle
    const reach = step === 0.5 ? mostSkew : step * 6
    for (let angle = middle - reach; angle <= middle + reach + step / 2; angle += step) {
      const strength = strengthAt(ink, width, height, angle)
      if (strength > best.strength * 1.000_01) best = { angle, strength }
    }
  }
  return Math.max(-mostSkew, Math.min(mostSkew, Math.round(best.angle * 100) / 100))
}

/** How much neighbouring rows differ where rows fall by this angle: the sum of squared differences. */
function strengthAt({ x, y }: Ink, width: number, height: number, angle: number): number {
  const [sine, cosine] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)]
  const rows = new Int32Array(Math.ceil(height + width) + 2)
  const shift = width / 2
  for (let at = 0; at < x.length; at++) {
    const row = Math.round((y[at] ?? 0) * cosine - (x[at] ?? 0) * sine + shift)
    if (row >= 0 && row < rows.length) rows[row] = (rows[row] ?? 0) + 1
  }
  let strength = 0
  for (let row = 1; row < rows.length; row++) strength += ((rows[row] ?? 0) - (rows[row - 1] ?? 0)) ** 2
  return strength
}

/** How far ink goes on in the rows of pixels where narrow gaps are closed, on the average of its pixels. */
function lengthOfRuns({ width, height, pixels }: Grey): number {
  const gap = Math.max(width, height) / 220
  let [sum, squares] = [0, 0]
  for (let row = 0; row < height; row++) {
    let [from, last] = [-1, -1]
    for (let x = 0; x <= width; x++) {
      const isInk = x < width && (pixels[row * width + x] ?? 255) < blackest
      if (isInk && from < 0) from = x
      if (isInk) last = x
      if (from < 0 || (x < width && x - last <= gap)) continue
      sum += last + 1 - from
      squares += (last + 1 - from) ** 2
      from = -1
    }
  }
  return sum === 0 ? 0 : squares / sum
}

/** How many more small marks stand alone at the foot of their line than at its head; lines of at most a thirtieth of the page are looked at. */
function marksAtTheFoot({ width, height, pixels }: Grey, angle: number): number {
  const slope = Math.tan((angle * Math.PI) / 180)
  const isInk = (x: number, y: number): boolean => {
    const row = Math.round(y + (x - width / 2) * slope)
    return row >= 0 && row < height && (pixels[row * width + x] ?? 255) < blackest
  }
  let balance = 0
  for (const { from, until } of stretches(height, (y) => countOf(width, (x) => isInk(x, y)) > width / 200)) {
    const tall = until - from
    if (tall < 10 || tall > height / 30) continue
    for (const mark of stretches(width, (x) => countOf(tall, (y) => isInk(x, from + y)) > 0)) {
      if (mark.until - mark.from < 2 || mark.until - mark.from > tall * 0.4) continue
      const rows = stretches(tall, (y) => countOf(mark.until - mark.from, (x) => isInk(mark.from + x, from + y)) > 0)
      const [only] = rows
      if (only === undefined || rows.length > 1 || only.until - only.from > tall * 0.5) continue
      const middle = (only.from + only.until) / 2 / tall
      if (middle > 0.65) balance++
      if (middle < 0.35) balance--
    }
  }
  return balance
}

interface Stretch {
  from: number
  until: number
}

/** Where something holds without a gap. */
function stretches(length: number, holds: (at: number) => boolean): Stretch[] {
  const found: Stretch[] = []
  let from = -1
  for (let at = 0; at <= length; at++) {
    const isInside = at < length && holds(at)
    if (isInside && from < 0) from = at
    if (isInside || from < 0) continue
    found.push({ from, until: at })
    from = -1
  }
  return found
}

function countOf(length: number, holds: (at: number) => boolean): number {
  let count = 0
  for (let at = 0; at < length; at++) if (holds(at)) count++
  return count
}
