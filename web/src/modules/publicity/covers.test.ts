import { expect, test } from 'vitest'
import { cropOf, framingOf, middle } from './covers.ts'

const rounded = (it: object) =>
  JSON.parse(JSON.stringify(it, (_, at) => (typeof at === 'number' ? Math.round(at * 1e4) / 1e4 : at)))

test.each([
  ['wide', { width: 900, height: 383 }, middle, { x: 0, y: 0, width: 1, height: 1 }],
  ['square', { width: 1600, height: 800 }, middle, { x: 0.25, y: 0, width: 0.5, height: 1 }],
  ['square', { width: 800, height: 1600 }, { zoom: 1, across: 0.5, down: 0 }, { x: 0, y: 0, width: 1, height: 0.5 }],
  [
    'square',
    { width: 800, height: 800 },
    { zoom: 2, across: 1, down: 0.5 },
    { x: 0.5, y: 0.25, width: 0.5, height: 0.5 },
  ],
] as const)('the %s cover of %j, framed %j, is %j', (shape, size, framing, crop) => {
  expect(rounded(cropOf(shape, size, framing))).toEqual(crop)
})

test.each([
  ['wide', { width: 1600, height: 1200 }, { zoom: 1, across: 0.5, down: 0.2 }],
  ['square', { width: 1600, height: 1200 }, { zoom: 2.5, across: 0.1, down: 0.9 }],
  ['square', { width: 900, height: 1200 }, middle],
] as const)('a %s part is found again as it was framed', (shape, size, framing) => {
  expect(rounded(framingOf(shape, size, cropOf(shape, size, framing)))).toEqual(rounded(framing))
})
