import { expect, test } from 'vitest'
import { marked, type Snippet, snippetOf } from './snippets.ts'

/** The marks written as brackets. */
const shown = ({ text, marks }: Snippet) =>
  marks.reduceRight((it, [from, until]) => `${it.slice(0, from)}[${it.slice(from, until)}]${it.slice(until)}`, text)

test.each<[text: string, pieces: string[], expected: string]>([
  ['在Ａ楼 204 室谈话', ['a楼204'], '在[Ａ楼 204] 室谈话'],
  ['党党党党', ['党党'], '[党党党党]'],
  ['支部大会讨论', ['大会', '会讨'], '支部[大会讨]论'],
  ['没有', ['无'], '没有'],
  ['𠮷喆 𠮷', ['𠮷'], '[𠮷]喆 [𠮷]'],
  ['㈠一', ['(一)'], '[㈠]一'],
  ['<b>党</b>', ['<b>'], '[<b>]党</b>'],
])('%s with %j is marked as %s', (text, pieces, expected) => {
  expect(shown(marked(text, pieces))).toBe(expected)
})

test('a long text is cut around the first hit, never through a character', () => {
  const before = '前'.repeat(60)
  const after = '后'.repeat(120)
  expect(shown(snippetOf(`${before}中间${after}`, ['中间']))).toBe(`…${'前'.repeat(24)}[中间]${'后'.repeat(64)}…`)
  expect(shown(snippetOf(`${before}中间`, ['中间']))).toBe(`…${'前'.repeat(24)}[中间]`)
  expect(shown(snippetOf(`${'𠮷'.repeat(30)}中${'𠮷'.repeat(50)}`, ['中'])).isWellFormed()).toBe(true)
  expect(shown(snippetOf(after, ['无']))).toBe(`${'后'.repeat(90)}…`)
})
