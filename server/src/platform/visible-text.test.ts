import { expect, test } from 'vitest'
import { inOneLine, visible, withoutMarks } from './visible-text.ts'
import { line } from './wire.ts'

test.each<[what: string, typed: string, kept: string]>([
  ['a turned direction of writing', '\u202e甲小王\u202c', '甲小王'],
  ['marks of direction', '\u200e王\u200f小\u061c甲', '王小甲'],
  ['marks of no width', '2024\u200b01\u20600001\ufeff', '2024010001'],
  ['a soft hyphen', '王\u00ad小甲', '王小甲'],
  ['a joiner between characters', '王\u200d小\u200c甲', '王小甲'],
  ['a letter that is drawn as nothing', '王小甲\u3164', '王小甲'],
  ['letters of a tag', '2024010001\u{e0041}\u{e007f}', '2024010001'],
  ['a joiner of letters and other marks drawn as nothing', '王\u034f小\u17b4甲\u{1d173}', '王小甲'],
  ['a form of digits', '2024\ufe0e01\ufe0f0001', '2024010001'],
  ['what is no character', '王\ufffe小\uffff甲', '王小甲'],
  ['nothing but such', '\u200b\u3164\u200d', ''],
  ['a joiner in Arabic writing stays', 'می\u200cخواهم', 'می\u200cخواهم'],
  ['a joiner in a picture stays', '👩\u200d🎓', '👩\u200d🎓'],
  ['a coloured picture stays', '❤\ufe0f\u200d🔥', '❤\ufe0f\u200d🔥'],
  ['a variant of a character stays', '葛\u{e0100}城', '葛\u{e0100}城'],
  ['the dot of a name stays', '阿依古丽·买买提江', '阿依古丽·买买提江'],
  ['a rare character stays', '李𬱖', '李𬱖'],
])('what nobody sees: %s', (_what, typed, kept) => {
  expect([withoutMarks(typed), visible(typed), line.parse(typed)]).toEqual([kept, kept, kept])
})

test.each<[what: string, typed: string, kept: string]>([
  ['blanks inside a Latin name', 'Anna  Maria\u00a0Schmidt', 'Anna Maria Schmidt'],
  ['wide blanks around a name', '\u3000王小甲\u3000', '王小甲'],
  ['ends of lines', '王小甲\r\n', '王小甲'],
])('blanks: %s', (_what, typed, kept) => {
  expect([inOneLine(typed), line.parse(typed)]).toEqual([kept, kept])
})

test('of a file also zero bytes and half characters, which a form refuses', () => {
  expect([visible('王\0小\ud800甲'), line.parse('王\0小\ud800甲')]).toEqual(['王小\ufffd甲', '王\0小\ud800甲'])
})

test('the short way for plain texts leaves no character that the long way would take', () => {
  const wrong = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (it) => visible(it) !== withoutMarks(it.toWellFormed().replaceAll('\0', '')),
  )
  expect(wrong).toEqual([])
})
