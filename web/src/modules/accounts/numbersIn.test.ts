import { expect, test } from 'vitest'
import { numbersIn } from './numbersIn.ts'

test.each([
  ['', []],
  [' \n\t ', []],
  ['2023010001', ['2023010001']],
  ['2023010001\n2023010002\r\n2023010003', ['2023010001', '2023010002', '2023010003']],
  ['2023010001,2023010002，2023010003；2023010004;2023010005、2023010006', numbers(6)],
  ['2023010001\t2023010002　2023010003', numbers(3)],
  ['２０２３０１０００１ 2023010001', ['2023010001']],
  ['G0001 X-12_3', ['G0001', 'X-12_3']],
])('%j', (text, expected) => {
  expect(numbersIn(text)).toEqual(expected)
})

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `202301000${at + 1}`)
}
