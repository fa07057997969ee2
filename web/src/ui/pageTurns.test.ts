import { expect, test } from 'vitest'
import { nextZoom, pictureWidth, type Turn, turnedBox, turnedFurther } from './pageTurns.ts'

const box = { x: 0.1, y: 0.2, width: 0.5, height: 0.1 }

test.each<[Turn, number[]]>([
  [0, [0.1, 0.2, 0.5, 0.1]],
  [90, [0.7, 0.1, 0.1, 0.5]],
  [180, [0.4, 0.7, 0.5, 0.1]],
  [270, [0.2, 0.4, 0.1, 0.5]],
])('a rectangle turned by %i°', (turn, expected) => {
  const { x, y, width, height } = turnedBox(box, turn)
  expect([x, y, width, height].map((it) => Math.round(it * 1e6) / 1e6)).toEqual(expected)
})

test('four quarters are a whole turn', () => {
  const turns: Turn[] = [0, 90, 180, 270]
  expect(turns.map(turnedFurther)).toEqual([90, 180, 270, 0])
})

test.each([
  [200, 1, 200],
  [201, 1, 400],
  [600, 2, 1200],
  [600, 3, 1200],
  [4000, 2, 3200],
])('a page %i wide on a screen of %i times the pixels is asked for in %i', (shown, ratio, width) => {
  expect(pictureWidth(shown, ratio)).toBe(width)
})

test.each([
  [100, 1, 125],
  [100, -1, 75],
  [300, 1, 300],
  [50, -1, 50],
] as const)('from %i %% by %i comes %i %%', (zoom, step, next) => {
  expect(nextZoom(zoom, step)).toBe(next)
})
