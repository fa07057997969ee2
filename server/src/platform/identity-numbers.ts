import { isDay, maskIdentityNumber } from '@zhibu/rules'

/**
 * A text with the identity numbers in it as masks: 18 characters or the 15 of old ones, also full-width or in groups, and also where
 * a digit was misread. What is written in groups must hold a day of birth, or a row of other numbers would be taken for one. Where
 * `isOne` is given, only what it says yes to, in plain digits, is masked.
 */
export const maskedNumbers = (text: string, isOne: (number: string) => boolean = () => true): string =>
  text.replace(candidates, (written) => {
    const number = written.normalize('NFKC').replace(/[\s-]/g, '')
    const isPlain = number.length === written.length && number.length === 18
    return (isPlain || hasBirth(number)) && isOne(number) ? maskIdentityNumber(number) : written
  })

const candidates =
  /(?<![\d０-９])(?:[\d０-９](?:[\s-]?[\d０-９]){16}[\s-]?[\d０-９XxＸｘ]|[\d０-９]{15})(?![\d０-９XxＸｘ])/g

function hasBirth(number: string): boolean {
  const born = number.length === 15 ? `19${number.slice(6, 12)}` : number.slice(6, 14)
  return /^(?:19|20)/.test(born) && isDay(`${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`)
}
