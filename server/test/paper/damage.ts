import sharp from 'sharp'
import { diceOf } from '../../src/demo/dice.ts'

/** What may happen to a page between the printer and the archive. */
export type Damage = 'clean' | '150 dpi' | 'noise' | 'skew' | 'shadow' | 'seal' | 'jpeg' | 'photo'

export const damages: readonly Damage[] = ['clean', '150 dpi', 'noise', 'skew', 'shadow', 'seal', 'jpeg', 'photo']

/** The page after the damage, PNG or JPEG; the same seed gives the same page. */
export async function damaged(picture: Buffer, damage: Damage, seed: number): Promise<Buffer> {
  const page = await rgbOf(picture)
  if (damage === 'clean') return picture
  if (damage === '150 dpi') return sharp(picture).resize({ width: 1240 }).png().toBuffer()
  if (damage === 'noise') return png(withNoise(page, seed, 28))
  if (damage === 'skew') return skewed(picture, angleOf(seed))
  if (damage === 'shadow') return jpeg(withNoise(withShadow(page, seed), seed, 10), 85)
  if (damage === 'seal') return withSeal(picture, seed)
  if (damage === 'jpeg') return sharp(picture).resize({ width: 1240 }).jpeg({ quality: 30 }).toBuffer()
  return photographed(picture, seed)
}

/** The page turned by so many degrees, clockwise where positive, on white. */
export async function skewed(picture: Buffer, degrees: number): Promise<Buffer> {
  return sharp(picture).rotate(degrees, { background: 'white' }).png().toBuffer()
}

/** A page of a camera: on a dark desk, yellowish, shaded, a little askew, sealed, noisy, compressed. */
async function photographed(picture: Buffer, seed: number): Promise<Buffer> {
  const dice = diceOf(seed)
  const { width } = await sharp(picture).metadata()
  const edge = () => Math.round(width * (0.02 + dice.roll() * 0.06))
  const desk = { background: '#3a2e24' }
  const onDesk = await sharp(await withSeal(picture, seed))
    .extend({ left: edge(), right: edge(), top: edge(), bottom: edge(), ...desk })
    .png()
    .toBuffer()
  const lying = await sharp(onDesk)
    .rotate(angleOf(seed) / 3, desk)
    .png()
    .toBuffer()
  return jpeg(withNoise(withShadow(await rgbOf(lying), seed), seed, 12), 70)
}

interface Rgb {
  width: number
  height: number
  pixels: Uint8Array
}

/** From 1 to 6 degrees, to either side. */
function angleOf(seed: number): number {
  const dice = diceOf(seed)
  return (1 + dice.roll() * 5) * (dice.percent(50) ? 1 : -1)
}

async function rgbOf(picture: Buffer): Promise<Rgb> {
  const { data, info } = await sharp(picture)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 3) throw new RangeError('three channels')
  return { width: info.width, height: info.height, pixels: data }
}

/** Each pixel lighter or darker by up to `most`, nearly normally distributed. */
function withNoise(page: Rgb, seed: number, most: number): Rgb {
  const dice = diceOf(seed)
  const pixels = Uint8Array.from(page.pixels)
  for (let at = 0; at < pixels.length; at += 3) {
    const noise = (dice.roll() + dice.roll() + dice.roll() - 1.5) * 1.33 * most
    for (let channel = 0; channel < 3; channel++) {
      pixels[at + channel] = clamped((pixels[at + channel] ?? 0) + noise)
    }
  }
  return { ...page, pixels }
}

/** Light from one side, and the soft shadow of a hand over a corner: down to a third of the light. */
function withShadow(page: Rgb, seed: number): Rgb {
  const dice = diceOf(seed)
  const [x, y] = [page.width * dice.roll(), page.height * dice.roll()]
  const reach = page.height * (0.25 + dice.roll() * 0.2)
  const isFromLeft = dice.percent(50)
  const warmth = [1, 0.97, 0.88]
  const pixels = Uint8Array.from(page.pixels)
  for (let row = 0, at = 0; row < page.height; row++) {
    for (let column = 0; column < page.width; column++) {
      const side = column / page.width
      const hand = 1 / (1 + Math.exp((Math.hypot(column - x, row - y) - reach) / (page.height * 0.02)))
      const light = (1 - 0.35 * (isFromLeft ? side : 1 - side)) * (1 - 0.45 * hand)
      for (const warm of warmth) {
        pixels[at] = clamped((pixels[at] ?? 0) * light * warm)
        at++
      }
    }
  }
  return { ...page, pixels }
}

/** A round red seal over the lower half, where something is written below it. */
async function withSeal(picture: Buffer, seed: number): Promise<Buffer> {
  const dice = diceOf(seed)
  const { width, height } = await sharp(picture).metadata()
  const radius = width * 0.1
  const [x, y] = [width * (0.3 + dice.roll() * 0.45), height * (0.35 + dice.roll() * 0.25)]
  const star = Array.from({ length: 10 }, (_, at) => {
    const [angle, far] = [(at * Math.PI) / 5 - Math.PI / 2, radius * (at % 2 === 0 ? 0.42 : 0.16)]
    return `${x + far * Math.cos(angle)},${y + far * Math.sin(angle)}`
  }).join(' ')
  const ring = `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="#d0202a" stroke-width="${radius / 14}"/>`
  const seal = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${ring}<polygon points="${star}" fill="#d0202a"/></svg>`
  return sharp(picture)
    .toColourspace('srgb')
    .composite([{ input: Buffer.from(seal), blend: 'multiply' }])
    .png()
    .toBuffer()
}

const png = ({ width, height, pixels }: Rgb) =>
  sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
const jpeg = ({ width, height, pixels }: Rgb, quality: number) =>
  sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer()

const clamped = (shade: number) => Math.max(0, Math.min(255, Math.round(shade)))
