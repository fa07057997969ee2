import { isDay, maskIdentityNumber } from '@zhibu/rules'

/**
 * A text with the identity numbers in it as masks: 18 characters or the 15 of old ones, also full-width or in groups, and also where
 * a digit was misread. What is written in groups must hold a day of birth, or a row of other numbers would be taken for one. Where
 * `isOne` is given, only what it says yes to, in plain digits, is masked.
 */
export const maskedNumbers = (text: string, isOne: (number: string) => boolean = () => true): string =>
  text.replace(candidates, (written) => maskOf(written, isOne) ?? written)

/**
 * The same of a text that comes in pieces, such as the boxes of a form with one digit in each: a number is found across them, and
 * every digit gives way to its sign of the mask where it stands. A joint stands before its piece; empty pieces count as absent.
 */
export function maskedPieces(pieces: readonly { text: string; joint: string }[]): string[] {
  const whole = pieces.map(({ text, joint }) => (text === '' ? '' : `${joint}${text}`))
  const shown = whole.join('').split('')
  for (const { 0: written, index } of whole.join('').matchAll(candidates)) {
    const mask = maskOf(written)
    if (mask === undefined) continue
    let sign = 0
    for (const [at, character] of written.split('').entries())
      shown[index + at] = /[\s-]/.test(character) ? '' : (mask[sign++] ?? '')
  }
  let from = 0
  return pieces.map(({ text, joint }, at) => {
    const until = from + (whole[at] ?? '').length
    const piece = text === '' ? '' : shown.slice(from + joint.length, until).join('')
    from = until
    return piece
  })
}

/** A text of the wire in which no identity number stands, such as the name of a file: what is written there is masked before it is kept. */
export const withoutNumbers = (text: string): string => maskedNumbers(text)

/** What is shown of what may be a number; undefined where it is none. */
function maskOf(written: string, isOne: (number: string) => boolean = () => true): string | undefined {
  const number = written.normalize('NFKC').replace(/[\s-]/g, '')
  const isPlain = number.length === written.length && number.length === 18
  return (isPlain || hasBirth(number)) && isOne(number) ? maskIdentityNumber(number) : undefined
}

const candidates =
  /(?<![\d０-９])(?:[\d０-９](?:[\s-]?[\d０-９]){16}[\s-]?[\d０-９XxＸｘ]|[\d０-９]{15})(?![\d０-９XxＸｘ])/g

function hasBirth(number: string): boolean {
  const born = number.length === 15 ? `19${number.slice(6, 12)}` : number.slice(6, 14)
  return /^(?:19|20)/.test(born) && isDay(`${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`)
}
