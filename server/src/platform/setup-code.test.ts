import { expect, test } from 'vitest'
import { Refusal } from './refusal.ts'
import { makeSetupCode, type SetupGuard } from './setup-code.ts'

test('a code is four groups of four letters without look-alikes, another one each time', () => {
  const codes = Array.from({ length: 200 }, () => makeSetupCode().code)
  for (const code of codes) expect(code).toMatch(/^[A-HJKMNPRSTW-Z]{4}(-[A-HJKMNPRSTW-Z]{4}){3}$/)
  expect(new Set(codes).size).toBe(200)
})

test('the right code is admitted however it is typed, any number of times', () => {
  const { code, guard } = makeSetupCode()
  const wide = code.replace(/[A-Z]/g, (it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0))
  const typed = [code, code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', ' '), ` ${code} `, wide]
  expect(typed.map((it) => answer(guard, it))).toEqual(typed.map(() => 'admitted'))
})

test.each([
  ['nothing', () => ''],
  ['another one', () => makeSetupCode().code],
  ['a letter changed', (code: string) => `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`],
  ['a letter missing', (code: string) => code.slice(0, -1)],
  ['a letter more', (code: string) => `${code}A`],
  ['two groups swapped', (code: string) => `${code.slice(5, 9)}-${code.slice(0, 4)}${code.slice(9)}`],
])('%s is refused', (_, change) => {
  const { code, guard } = makeSetupCode()
  expect(answer(guard, change(code))).toBe('malformed')
})

test('after ten attempts an address has to wait, also with the right code; others need not', () => {
  let at = 0
  const { code, guard } = makeSetupCode(() => at)
  const guesses = Array.from({ length: 12 }, () => answer(guard, 'AAAA-AAAA-AAAA-AAAA'))
  expect(guesses).toEqual([...Array.from({ length: 10 }, () => 'malformed'), 'too-many', 'too-many'])
  expect(answer(guard, code)).toBe('too-many')
  expect(answer(guard, code, '10.0.0.2')).toBe('admitted')
  at += 59_999
  expect(answer(guard, code)).toBe('too-many')
  at += 1
  expect(answer(guard, code)).toBe('admitted')
})

function answer(guard: SetupGuard, code: string, address = '10.0.0.1'): string {
  try {
    guard.admit(code, address)
    return 'admitted'
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
}
