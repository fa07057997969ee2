import { randomInt } from 'node:crypto'

/** The codes on certificates: 24 signs of 32, 120 bits by chance, so that nobody comes upon one by trying. */

/** Figures and capital letters without those that are taken for another: I, L, O and U. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 24

/** A code by chance. */
export const newCode = (): string => Array.from({ length }, () => signs[randomInt(signs.length)] ?? '0').join('')

/** As it is printed, in groups of four. */
export const grouped = (code: string): string => code.replace(/.{4}(?=.)/g, '$& ')

/**
 * What somebody has typed or scanned as a code is compared: in whatever case, width and groups, and with what is easily taken for another. What can
 * be no code becomes one that nobody has, so that both are looked for alike.
 */
export function asCompared(typed: string): string {
  const plain = typed
    .slice(0, mostTyped)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―_.·]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return plain.length === length && [...plain].every((it) => signs.includes(it)) ? plain : 'none'
}

const mostTyped = 200

/** What is hashed of a code, and the place for which it is sealed: nothing else opens it. */
export const hashedAs = (code: string): string => `certificate ${code}`
export const sealedAt = (certificateId: string): string => `certificates.code:${certificateId}`
