import { isDay, maskIdentityNumber } from '@zhibu/rules'
import { maskPhone } from '../people/masks.ts'

/** A number that is shown as a mask and stored sealed, wherever it is written. */
export type PrivateNumber = 'idNumber' | 'phone'

/** What such a number is called. */
export const privateNumberNames: Readonly<Record<PrivateNumber, string>> = { idNumber: '身份证号', phone: '手机号' }

/**
 * Which private number a text is, or holds between other words: an identity number of 18 characters (GB 11643), also one
 * with a slip in its last digits, an old one of 15 digits, or a mobile number. Full-width digits and blanks count.
 */
export function privateNumberIn(text: string): { kind: PrivateNumber; isWhole: boolean } | undefined {
  if (text.length < 11 || !/[\d０-９]/.test(text)) return undefined
  const even = evened(text)
  const [found] = numbersIn(even)
  return found && { kind: found.kind, isWhole: found.text.length === even.length }
}

/** The text with every private number in it as a mask; the text itself where there is none. */
export function withMasks(text: string): string {
  if (privateNumberIn(text) === undefined) return text
  let [masked, from] = ['', 0]
  const even = evened(text)
  for (const { at, text: number, kind } of numbersIn(even)) {
    masked += even.slice(from, at) + (kind === 'phone' ? maskPhone(number) : maskIdentityNumber(number))
    from = at + number.length
  }
  return masked + even.slice(from)
}

interface Found {
  kind: PrivateNumber
  at: number
  text: string
}

/** With half-width digits, and without the blanks and strokes by which long numbers are written in groups. */
const evened = (text: string): string =>
  text
    .replace(/[０-９Ｘｘ]/g, (it) => String.fromCharCode(it.charCodeAt(0) - 0xfee0))
    .replace(/(?<=\d)[\s-]+(?=\d{3})/g, '')
    .trim()

const numbersIn = (text: string): Found[] =>
  [...text.matchAll(/(?<![\dA-Za-z])(?:\d{17}[\dXx]|\d{15}|(?:86)?1[3-9]\d{9})(?![\dA-Za-z])/g)].flatMap((it) => {
    const number = it[0]
    const kind = kindOf(number)
    return kind ? [{ kind, at: it.index, text: number }] : []
  })

/** A number of that length is an identity number only where a day of birth stands in it. */
function kindOf(number: string): PrivateNumber | undefined {
  if (number.length === 18) return isBirth(number.slice(6, 14)) ? 'idNumber' : undefined
  if (number.length === 15) return isBirth(`19${number.slice(6, 12)}`) ? 'idNumber' : undefined
  return 'phone'
}

const isBirth = (digits: string): boolean => {
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
  return isDay(day) && day >= '1900-01-01' && day < '2100-01-01'
}
