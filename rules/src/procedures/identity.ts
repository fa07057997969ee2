import { type Day, isDay } from '../kernel/day.ts'
import {
  identityNumberCheckCharacters,
  identityNumberStandard,
  identityNumberWeights,
} from '../regulations/identity-number.ts'

export type IdentityProblemCode = 'length' | 'fifteen-digits' | 'format' | 'birth' | 'checksum'

export interface IdentityProblem {
  code: IdentityProblemCode
  /** What is wrong and how to mend it, in Chinese. The number itself is never repeated in it. */
  message: string
}

export interface IdentityCheck {
  /** Empty where the number is sound. A number is never repaired. */
  problems: readonly IdentityProblem[]
  /** The number as it is stored, with a capital X; only where it is sound. */
  number?: string
  bornOn?: Day
  sex?: 'male' | 'female'
}

/**
 * Whether the text is a citizen's identity number of 18 characters (GB 11643), and what it says of its holder.
 * The area code is not judged, because codes of dissolved counties remain valid. Where `on` is given, a birth after it is a problem.
 */
export function checkIdentityNumber(text: string, on?: Day): IdentityCheck {
  const number = text.toUpperCase()
  if (number.length !== length) return { problems: [wrongLength(number)] }
  if (!/^\d{17}[\dX]$/.test(number)) {
    return { problems: [{ code: 'format', message: '身份证号前 17 位应全是半角数字，末位是数字或者 X，请核对原件' }] }
  }

  const problems: IdentityProblem[] = []
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  const bornOn = isDay(born) && born >= earliestBirth && (on === undefined || born <= on) ? born : undefined
  if (bornOn === undefined) {
    problems.push({ code: 'birth', message: '身份证号第 7 至 14 位不是可信的出生日期，请核对原件' })
  }
  if (number[17] !== checkCharacterOf(number)) {
    problems.push({ code: 'checksum', message: '身份证号校验码不符，至少有一位写错，请核对原件' })
  }
  if (bornOn === undefined || problems.length > 0) return { problems }
  return { problems, number, bornOn, sex: Number(number[sexDigit - 1]) % 2 === 1 ? 'male' : 'female' }
}

/**
 * The number as lists show it: the first three and the last two characters, stars between.
 * Whoever knows the place and day of birth still cannot put the number together.
 */
export function maskIdentityNumber(text: string): string {
  if (text.length !== length) return '*'.repeat(text.length)
  return `${text.slice(0, 3)}${'*'.repeat(length - 5)}${text.slice(-2).toUpperCase()}`
}

const { length, sexDigit } = identityNumberStandard.articles.结构[0].figures
const { modulus } = identityNumberStandard.articles.校验码[0].figures
const earliestBirth: Day = '1900-01-01'

function wrongLength(number: string): IdentityProblem {
  if (/^\d{15}$/.test(number)) {
    return { code: 'fifteen-digits', message: '这是 15 位的旧号码，请本人提供 18 位公民身份号码' }
  }
  return { code: 'length', message: `身份证号应为 18 位，现有 ${number.length} 位，请核对原件` }
}

function checkCharacterOf(number: string): string | undefined {
  const sum = identityNumberWeights.reduce((total, weight, at) => total + weight * Number(number[at]), 0)
  return identityNumberCheckCharacters[sum % modulus]
}
