/** Where something stands in the lines of a page, so that the picture of the line can be shown beside it. */
export interface TextPlace {
  /** The number of the line, from 0. */
  line: number
  /** The characters of the line from here up to `until`, which is not included. */
  from: number
  until: number
  /** What stands there, as it was read. */
  written: string
}

/** Where an expression matches in a line, and its groups. */
export function placesOf(
  expression: RegExp,
  text: string,
  line: number,
): (TextPlace & { groups: readonly string[] })[] {
  return [...text.matchAll(expression)].map((match) => ({
    line,
    from: match.index,
    until: match.index + match[0].length,
    written: match[0],
    groups: match.slice(1).map((it) => it ?? ''),
  }))
}

/** What a form calls the value behind it: the words before a colon or a blank, at the end of `before`. */
export function labelBefore(before: string): string | undefined {
  const label = /([\p{Script=Han}（）()、]{2,16})(?:\s*[:：]\s*|\s+)$/u.exec(before)?.[1]
  return label?.replace(/^[、（）()]+|[、]+$/g, '')
}

/** Full-width digits, letters and signs as half-width ones, blanks taken out. */
export const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '')

/** The text with letters that recognisers take for a digit (O, l, Z) read as the digits that they look like. */
export const asDigits = (text: string): string =>
  text.replace(/[OoQDIl|丨Z]/g, (it) => (/[OoQD]/.test(it) ? '0' : it === 'Z' ? '2' : '1'))
