import sharp from 'sharp'
import { renderSVG } from 'uqr'
import { expect, test } from 'vitest'
import { skewed } from '../../../test/paper/damage.ts'
import { codesOn } from './codes.ts'

const page = (codes: { text: string; left: number; top: number; size: number }[]) =>
  sharp({ create: { width: 1240, height: 1754, channels: 3, background: 'white' } })
    .composite(
      codes.map(({ text, left, top, size }) => ({
        input: Buffer.from(
          renderSVG(text, { pixelSize: 10, border: 4 }).replace('<svg', `<svg width="${size}" height="${size}"`),
        ),
        left,
        top,
      })),
    )
    .png()
    .toBuffer()

const cover = { text: 'zhibu:1/9f2c7a10-0d6b-7c11-8f5e-3b1d2c4a5e6f/application', left: 930, top: 90, size: 220 }
const other = { text: '第二张 abc', left: 120, top: 1200, size: 140 }
const textsOf = async (picture: Buffer) => (await codesOn(picture)).map((it) => it.text)

test('the codes of a page with their places', async () => {
  const [first, second, ...rest] = await codesOn(await page([other, cover]))
  expect([first?.text, second?.text, rest]).toEqual([cover.text, other.text, []])
  expect(first?.box.left).toBeCloseTo((930 + 22) / 1240, 1)
  expect(first?.box.top).toBeCloseTo((90 + 22) / 1754, 1)
  expect(first?.box.width).toBeCloseTo(176 / 1240, 1)
})

test.each([
  ['askew', async (it: Buffer) => skewed(it, 7)],
  ['upside down', async (it: Buffer) => sharp(it).rotate(180).toBuffer()],
  ['on its side', async (it: Buffer) => sharp(it).rotate(90).toBuffer()],
  ['as a poor JPEG', async (it: Buffer) => sharp(it).blur(1).jpeg({ quality: 20 }).toBuffer()],
  ['dark', async (it: Buffer) => sharp(it).linear(0.4, 20).png().toBuffer()],
])('a page %s', async (_, damage) => {
  expect((await textsOf(await damage(await page([cover, other])))).sort()).toEqual([cover.text, other.text].sort())
})

test('a small code of 94 pixels', async () => {
  expect(await textsOf(await page([{ ...other, size: 94 }]))).toEqual([other.text])
})

test('a page without a code has none', async () => {
  expect(await textsOf(await page([]))).toEqual([])
})
