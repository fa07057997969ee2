import sharp from 'sharp'
import { expect, test } from 'vitest'
import { damaged, damages, skewed } from '../../../test/paper/damage.ts'
import { drawPaper } from '../../../test/paper/paper.ts'
import { cutOut, greyOf, straightPicture } from './picture.ts'
import { boxOnStraightPage, cornersOnPage } from './places.ts'
import { evened } from './shade.ts'
import { turned } from './skew.ts'
import { lieOf, straightened } from './straighten.ts'

const form = await drawPaper('form', 1, 150)
const letter = await drawPaper('letter', 2, 150)
const seen = async (picture: Buffer) => evened(await greyOf(picture))

test.each([-10, -1.1, 0, 0.4, 3, 7.3])(
  'a page askew by %s° is measured to 0.3° and comes straight',
  async (degrees) => {
    for (const { picture } of [form, letter]) {
      const page = await seen(await skewed(picture, degrees))
      expect(Math.abs(lieOf(page).skewedBy - degrees)).toBeLessThan(0.3)
      expect(Math.abs(lieOf(await straightened(page, lieOf(page))).skewedBy)).toBeLessThan(0.3)
    }
  },
)

test.each(damages)('after the damage "%s" it is found which way is up, and the skew to 0.3°', async (damage) => {
  for (const [seed, { picture }] of [form, letter].entries()) {
    const harmed = await damaged(picture, damage, seed)
    const page = await seen(harmed)
    expect(([0, 90, 180, 270] as const).map((it) => lieOf(turned(page, it)).turnedBy)).toEqual([0, 270, 180, 90])
    expect(Math.abs(lieOf(await seen(await skewed(harmed, 2))).skewedBy - lieOf(page).skewedBy - 2)).toBeLessThan(0.3)
  }
})

test('a shadow goes, what is written stays', async () => {
  const shaded = await sharp(form.picture).linear(0.4, 10).png().toBuffer()
  const [bright, dark] = [await seen(form.picture), await seen(shaded)]
  const shades = (pixels: Uint8Array) => [
    pixels.reduce((most, it) => Math.max(most, it)),
    pixels.reduce((least, it) => Math.min(least, it)),
  ]
  expect([shades(bright.pixels), shades(dark.pixels)]).toEqual([
    [255, 0],
    [255, expect.toSatisfy((it: number) => it < 40)],
  ])
})

test.each(['white', 'black', 'gray'])('a page that is all %s lies as it lies', async (background) => {
  const blank = await sharp({ create: { width: 620, height: 877, channels: 3, background } })
    .png()
    .toBuffer()
  expect(lieOf(await seen(blank))).toEqual({ turnedBy: 0, skewedBy: 0 })
})

test.each([
  [0, 0],
  [90, 0],
  [180, 0],
  [270, 0],
  [0, 4],
  [90, -6],
] as const)('a dot on a page turned by %s° and askew by %s° is found again', async (turnedBy, skewedBy) => {
  const [width, height, x, y] = [400, 600, 90, 150]
  const pixels = new Uint8Array(width * height).fill(255)
  for (let row = y - 3; row < y + 3; row++) pixels.fill(0, row * width + x - 3, row * width + x + 3)
  const page = await straightened({ width, height, pixels }, { turnedBy, skewedBy })
  const dark = page.pixels.indexOf(page.pixels.reduce((least, it) => Math.min(least, it)))
  const [left, top] = [(dark % page.width) / page.width, Math.floor(dark / page.width) / page.height]
  const [corner] = cornersOnPage({ left, top, width: 0, height: 0 }, { width, height, turnedBy, skewedBy })
  expect(Math.hypot((corner?.[0] ?? 0) * width - x, (corner?.[1] ?? 0) * height - y)).toBeLessThan(6)
})

test.each([
  [0, 0],
  [0, 7.5],
  [90, -6],
  [180, 2],
  [270, 10],
] as const)(
  'a line of a page turned by %s° and askew by %s° is known again by the upright box around it',
  (turnedBy, skewedBy) => {
    const page = { width: 1240, height: 1754, turnedBy, skewedBy }
    const line = { left: 0.2, top: 0.35, width: 0.5, height: 0.02 }
    const corners = cornersOnPage(line, page)
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
    const [left, top] = [Math.min(...xs), Math.min(...ys)]
    const around = { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
    const found = boxOnStraightPage(around, page)
    for (const side of ['left', 'top', 'width', 'height'] as const) expect(found[side]).toBeCloseTo(line[side], 9)
  },
)

test('the picture of a line is cut out of the straightened page', async () => {
  const lie = { turnedBy: 0, skewedBy: 3 } as const
  const straight = await straightPicture(await skewed(form.picture, 3), lie)
  const line = await cutOut(straight, { left: 0.9, top: 0.5, width: 0.3, height: 0.03 })
  const [page, cut] = [await sharp(straight).metadata(), await sharp(line).metadata()]
  expect(cut.format).toBe('jpeg')
  expect(Math.abs(cut.height - page.height * 0.05)).toBeLessThan(3)
  expect(cut.width).toBeLessThan(page.width * 0.12)
})
