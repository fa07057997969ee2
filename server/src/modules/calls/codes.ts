import { randomInt } from 'node:crypto'

/** Letters and figures that nobody takes for one another. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** A code by which people are asked to join: nobody guesses it, and it is read out and typed without trouble. */
export const newCode = (length: number): string =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

/** For teams and reviewers, and for the receipt of a ballot. */
export const codeLengths = { joining: 10, receipt: 16 } as const
