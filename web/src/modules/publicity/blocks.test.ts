import { expect, test } from 'vitest'
import { blockOf, quoteOf } from './blocks.ts'

const texts = ['开学第一课', '支部在红船旁重温入党誓词。', '大家表示要 努力学习。', '支部在红船旁合影。']

test.each([
  ['where it stood', { block: 1, quote: '重温入党誓词' }, 1],
  ['where its words have moved to', { block: 0, quote: '努力学习' }, 2],
  ['the nearest of two', { block: 3, quote: '红船旁' }, 3],
  ['the nearest of two, the other one', { block: 0, quote: '红船旁' }, 1],
  ['whatever blanks there are', { block: 2, quote: '要努力 学习' }, 2],
  ['nowhere once its words are gone', { block: 1, quote: '参观了展览' }, undefined],
  ['its place where it has no words', { block: 3, quote: '' }, 3],
  ['nowhere behind the end', { block: 4, quote: '' }, undefined],
] as const)('a remark stands %s', (_, remark, at) => {
  expect(blockOf(remark, texts)).toBe(at)
})

test.each([
  ['重温', '支部重温誓词', '重温'],
  [' ', '支部\n重温誓词', '支部 重温誓词'],
  ['', '长'.repeat(200), '长'.repeat(120)],
])('of %j in %j it quotes %j', (chosen, text, quote) => {
  expect(quoteOf(chosen, text)).toBe(quote)
})
