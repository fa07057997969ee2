/**
 * The lunar calendar worked out from the sky, as GB/T 33661-2017 defines it: an oracle for the table that is shipped. New moons and the
 * longitude of the sun by the series of Jean Meeus, Astronomical Algorithms, 2nd edition, chapters 49 and 25; good to about a
 * minute for new moons, and to a quarter of an hour for solar terms.
 */

const radians = Math.PI / 180
const sin = (degrees: number): number => Math.sin(degrees * radians)

/** What clocks lag behind the time of the series in these decades, and Beijing's lead on Greenwich, in days. */
const lag = 71 / 86_400
const lead = 8 / 24

/** The running number of the day in Beijing on which an instant of the series falls; noon of 1 January 2000 is 2451545. */
export const dayInBeijing = (instant: number): number => Math.floor(instant - lag + lead + 0.5)

/** How far an instant is from midnight in Beijing, in days: how sure its day is. */
export function fromMidnight(instant: number): number {
  const part = (instant - lag + lead + 0.5) % 1
  return Math.min(part, 1 - part)
}

/** The day as `YYYY-MM-DD` of a running number. */
export const written = (day: number): string => new Date((day - 2_440_588) * 86_400_000).toISOString().slice(0, 10)

/** The instant of the new moon with this number; 0 is that of 6 January 2000. */
export function newMoon(k: number): number {
  const t = k / 1236.85
  const e = 1 - 0.002516 * t - 0.0000074 * t * t
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t * t
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
  const width = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
  const node = 124.7746 - 1.56375588 * k + 0.0020672 * t * t
  const mean = 2_451_550.09766 + 29.530588861 * k + 0.00015437 * t * t
  const terms: readonly (readonly [number, number])[] = [
    [-0.4072, moon],
    [0.17241 * e, sun],
    [0.01608, 2 * moon],
    [0.01039, 2 * width],
    [0.00739 * e, moon - sun],
    [-0.00514 * e, moon + sun],
    [0.00208 * e * e, 2 * sun],
    [-0.00111, moon - 2 * width],
    [-0.00057, moon + 2 * width],
    [0.00056 * e, 2 * moon + sun],
    [-0.00042, 3 * moon],
    [0.00042 * e, sun + 2 * width],
    [0.00038 * e, sun - 2 * width],
    [-0.00024 * e, 2 * moon - sun],
    [-0.00017, node],
    [-0.00007, moon + 2 * sun],
    [0.00004, 2 * moon - 2 * width],
    [0.00004, 3 * sun],
    [0.00003, moon + sun - 2 * width],
    [0.00003, 2 * moon + 2 * width],
    [-0.00003, moon + sun + 2 * width],
    [0.00003, moon - sun + 2 * width],
    [-0.00002, moon - sun - 2 * width],
    [-0.00002, 3 * moon + sun],
    [0.00002, 4 * moon],
  ]
  return terms.reduce((at, [size, angle]) => at + size * sin(angle), mean)
}

/** The apparent longitude of the sun at an instant, in degrees. */
function longitude(instant: number): number {
  const t = (instant - 2_451_545) / 36_525
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t * t
  const centre =
    (1.914602 - 0.004817 * t) * sin(anomaly) +
    (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
    0.000289 * sin(3 * anomaly)
  const apparent = 280.46646 + 36_000.76983 * t + centre - 0.00569 - 0.00478 * sin(125.04 - 1934.136 * t)
  return ((apparent % 360) + 360) % 360
}

/** The instant in a year at which the sun reaches a longitude: 15 is 清明, 180 is 秋分, 270 is 冬至. */
export function solarTerm(year: number, degrees: number): number {
  const equinox = 2_451_623.8 + (year - 2000) * 365.2422
  const days = degrees > 285 ? degrees - 360 : degrees
  let at = equinox + (days / 360) * 365.2422
  for (let round = 0; round < 8; round++) {
    const short = ((degrees - longitude(at) + 540) % 360) - 180
    at += (short / 360) * 365.2422
  }
  return at
}

/** The first days of the months of a lunar year by their numbers, leap months left out, which the festivals stand in. */
export function lunarMonths(year: number): { starts: Map<number, number>; unsure: number } {
  const before = dayInBeijing(solarTerm(year - 1, 270))
  const after = dayInBeijing(solarTerm(year, 270))
  let k = Math.floor((year - 2000) * 12.3685) - 5
  const moons: number[] = []
  for (; moons.length < 22; k++) moons.push(newMoon(k))
  const days = moons.map(dayInBeijing)
  const eleventh = days.findLastIndex((it) => it <= before)
  const next = days.findLastIndex((it) => it <= after)
  const isLeapYear = next - eleventh === 13
  const terms = Array.from({ length: 26 }, (_, at) => {
    const step = 270 + at * 30
    return dayInBeijing(solarTerm(year - 1 + Math.floor((step + 74) / 360), step % 360))
  })
  const starts = new Map<number, number>()
  let number = 11
  let hadLeap = false
  for (let at = eleventh; at < next; at++) {
    const [from = 0, until = 0] = [days[at], days[at + 1]]
    const isLeap = isLeapYear && !hadLeap && at > eleventh && !terms.some((it) => it >= from && it < until)
    if (isLeap) hadLeap = true
    else starts.set(((number++ - 1) % 12) + 1, from)
  }
  return { starts, unsure: Math.min(...moons.map(fromMidnight)) }
}
