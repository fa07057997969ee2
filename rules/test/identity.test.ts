import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkIdentityNumber, type Day, maskIdentityNumber } from '../src/index.ts'

test('a sound number tells birth and sex; a small x is stored as a capital', () => {
  const said = { problems: [], number: '11010519491231002X', bornOn: '1949-12-31', sex: 'female' }
  expect(checkIdentityNumber('11010519491231002X')).toEqual(said)
  expect(checkIdentityNumber('11010519491231002x')).toEqual(said)
})

const numbers: [why: string, text: string, on: Day | undefined, codes: string[]][] = [
  ['sound', '11010519491231002X', undefined, []],
  ['the area of a county that is no more is not judged', withCheck('99010520040229001'), undefined, []],
  ['the last digit wrong', '110105194912310021', undefined, ['checksum']],
  ['two digits exchanged', '11010519491213002X', undefined, ['checksum']],
  ['a leap day that is none', withCheck('11010520030229001'), undefined, ['birth']],
  ['the thirteenth month', withCheck('11010520031301001'), undefined, ['birth']],
  ['born in 1899', withCheck('11010518991231001'), undefined, ['birth']],
  ['born in 1900', withCheck('11010519000101001'), undefined, []],
  ['born today', withCheck('11010520261123001'), '2026-11-23', []],
  ['born tomorrow', withCheck('11010520261124001'), '2026-11-23', ['birth']],
  ['birth and check digit wrong', '110105200302290019', undefined, ['birth', 'checksum']],
  ['fifteen digits', '110105491231002', undefined, ['fifteen-digits']],
  ['fourteen digits', '11010549123100', undefined, ['length']],
  ['fifteen, but not all digits', '11010549123100X', undefined, ['length']],
  ['nineteen', '11010519491231002X1', undefined, ['length']],
  ['empty', '', undefined, ['length']],
  ['an X inside', '1101051949123100X2', undefined, ['format']],
  ['a letter at the end', '11010519491231002A', undefined, ['format']],
  ['wide digits', '１10105194912310021', undefined, ['format']],
  ['a number written by a spreadsheet', '1.10105194912E+017', undefined, ['format']],
]

test.each(numbers)('%s', (_why, text, on, codes) => {
  const check = checkIdentityNumber(text, on)
  expect(check.problems.map((it) => it.code)).toEqual(codes)
  expect(check.bornOn === undefined).toBe(codes.length > 0)
  for (const { message } of check.problems) expect(message).not.toContain(text.slice(6, 14) || '\0')
})

test('odd is male', () => {
  expect(checkIdentityNumber(withCheck('11010520040229001')).sex).toBe('male')
  expect(checkIdentityNumber(withCheck('11010520040229002')).sex).toBe('female')
})

test('any single digit written wrong is noticed', () => {
  const sound = withCheck('11010520040229001')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
      const wrong = `${sound.slice(0, at)}${digit}${sound.slice(at + 1)}`
      expect(checkIdentityNumber(wrong).problems.length > 0).toBe(wrong !== sound)
    }),
  )
})

test.each([
  ['11010519491231002x', '110*************2X'],
  ['110105491231002', '***************'],
  ['', ''],
])('%j is shown as %j', (text, shown) => {
  expect(maskIdentityNumber(text)).toBe(shown)
})

/** The seventeen digits with their check character, reckoned by trying: the rule is that the weighted sum is 1 modulo 11. */
function withCheck(digits: string): string {
  const weights = Array.from({ length: 18 }, (_, at) => 2 ** (17 - at) % 11)
  for (const last of '0123456789X') {
    const values = [...digits, last].map((it) => (it === 'X' ? 10 : Number(it)))
    if (values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0) % 11 === 1) return `${digits}${last}`
  }
  throw new Error(`no check character for ${digits}`)
}
