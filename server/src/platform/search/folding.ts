/**
 * How two texts are compared when one is searched in the other: full width and half width, upper and lower case are alike (NFKC of
 * each character, lower case), what nobody sees is left out, and blanks count only between two Latin words or numbers, so that a
 * word which a line break divides on the paper is found.
 */
export function fold(text: string): string {
  let folded = ''
  eachFolded(text, (part) => {
    folded += part
  })
  return folded
}

/** A text as it is compared, and where each of its code units comes from in the text itself, which must be in form NFC. */
export interface FoldedText {
  text: string
  from: readonly number[]
  /** The end of what each code unit comes from. */
  until: readonly number[]
}

/** The same with the places, to mark in the text what was found in its folded form. */
export function foldWithPlaces(text: string): FoldedText {
  const folded: { text: string; from: number[]; until: number[] } = { text: '', from: [], until: [] }
  eachFolded(text, (part, from, until) => {
    folded.text += part
    for (let unit = 0; unit < part.length; unit++) {
      folded.from.push(from)
      folded.until.push(until)
    }
  })
  return folded
}

/** The words that a query asks for, as they are compared: all of them have to stand in an entry. */
export function piecesOf(query: string): string[] {
  return [...new Set(query.split(/\s+/).map(fold))].filter((it) => it !== '')
}

function eachFolded(text: string, take: (folded: string, from: number, until: number) => void): void {
  const whole = text.normalize('NFC')
  let last = ''
  let blankAt = -1
  for (let at = 0; at < whole.length; ) {
    const code = whole.codePointAt(at) ?? 0
    const until = at + (code > 0xffff ? 2 : 1)
    const part = foldedCharacter(code)
    if (part === ' ') blankAt = blankAt < 0 ? at : blankAt
    else if (part !== '') {
      if (blankAt >= 0 && isWordCharacter(last) && isWordCharacter(part)) take(' ', blankAt, blankAt + 1)
      blankAt = -1
      take(part, at, until)
      last = part.slice(-1)
    }
    at = until
  }
}

const isWordCharacter = (text: string): boolean => /^[0-9a-z]/.test(text)

/** What a character is compared as: nothing for what is not seen, a blank for every kind of it. */
function foldedCharacter(code: number): string {
  if (code >= 0x4e00 && code <= 0x9fff) return String.fromCodePoint(code)
  const known = foldedCharacters.get(code)
  if (known !== undefined) return known
  const character = String.fromCodePoint(code)
  const folded = /\s/u.test(character)
    ? ' '
    : character
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, '')
  if (foldedCharacters.size < 20_000) foldedCharacters.set(code, folded)
  return folded
}

const foldedCharacters = new Map<number, string>()
