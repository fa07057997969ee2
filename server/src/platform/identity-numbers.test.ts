import { expect, test } from 'vitest'
import { maskedNumbers, maskedPieces } from './identity-numbers.ts'

test.each([
  ['plain', '身份证号110101200405110321。', '身份证号110*************21。'],
  ['with a small x', '11010120040511032x', '110*************2X'],
  ['full-width', '１１０１０１２００４０５１１０３２１', '110*************21'],
  ['in groups', '号码：110101 20040511 0321', '号码：110*************21'],
  ['with strokes', '110101-20040511-0321', '110*************21'],
  ['misread: the day of birth is none', '110101209945110321', '110*************21'],
  ['two of them', '110101200405110321、110101200405110322', '110*************21、110*************22'],
  ['an old one', '110101040511032', '***************'],
  ['17 digits', '11010120040511032', '11010120040511032'],
  ['19 digits', '1101012004051103211', '1101012004051103211'],
  ['15 digits without a day of birth', '110101049911032', '110101049911032'],
  ['a row of other numbers', '21 20 19 0 1 2023 09 20 1 7 5', '21 20 19 0 1 2023 09 20 1 7 5'],
  ['a telephone number', '13900000002', '13900000002'],
])('%s', (_what, text, shown) => expect(maskedNumbers(text)).toBe(shown))

test('only those that are meant, where it is asked', () => {
  const text = '110101200405110321和110101200405110322'
  expect(maskedNumbers(text, (it) => it.endsWith('21'))).toBe('110*************21和110101200405110322')
})

test.each<[what: string, joint: string, pieces: string[], shown: string[]]>([
  ['in one piece', '', ['号码', '110101200405110321', '。'], ['号码', '110*************21', '。']],
  ['in several', '', ['号码110101', '20040511', '0321。'], ['号码110***', '********', '**21。']],
  ['digit by digit in boxes', ' ', [...'11010120040511032x'], [...'110*************2X']],
  ['with an empty box between', ' ', ['110101', '', '20040511', '0321'], ['110***', '', '********', '**21']],
  ['in groups within a piece', ' ', ['110101 2004', '05110321'], ['110*******', '******21']],
  ['beside another number', ' ', ['3', '110101200405110321', '5'], ['3', '110*************21', '5']],
  ['on two lines', '\n\n', ['110101200405', '110321'], ['110101200405', '110321']],
  ['no number', '', ['2023', '09', '20'], ['2023', '09', '20']],
])('in pieces: %s', (_what, joint, pieces, shown) => {
  expect(maskedPieces(pieces.map((text) => ({ text, joint })))).toEqual(shown)
})
