/**
 * Under which words a text of a year stands in the index, as numbers: its characters, its pairs of characters, and its triples of three ASCII
 * characters, since pairs of digits stand in nearly every text. Some words share a number, so that an index of all texts does not
 * have an entry of its own for each pair that two words once made; what is found has to be looked at anyway. Each year has words of
 * its own, so that a word of all years is asked for from the newest year on, and one of long ago costs nothing in the others.
 */
export function wordsOf(folded: string, year: number): number[] {
  const ofYear = Math.imul(year, yearFactor) >>> yearShift
  const words = new Set<number>()
  let [first, second] = [none, none]
  for (const character of folded) {
    const third = character.codePointAt(0) ?? 0
    words.add(numbered(none, none, third))
    if (second !== none) words.add(numbered(none, second, third))
    if (first !== none && isAscii(first) && isAscii(second) && isAscii(third)) words.add(numbered(first, second, third))
    ;[first, second] = [second, third]
  }
  return Array.from(words, (it) => it ^ ofYear)
}

/**
 * The fewest of them under which every text stands that holds a piece: one character alone, else the pairs, and the triples in
 * place of pairs within them. Days and student numbers begin with 20 in nearly every text, so that the triples of it are left out
 * where there are others. Of no year yet: `wordsOfYear` makes them those of one.
 */
export function wordsToAsk(piece: string): number[] {
  const codes = Array.from(piece, (it) => it.codePointAt(0) ?? 0)
  const isTriple = (at: number) => at >= 0 && at + 2 < codes.length && codes.slice(at, at + 3).every(isAscii)
  const isCommon = (at: number) => codes.length > 3 && /^20\d$/.test(String.fromCodePoint(...codes.slice(at, at + 3)))
  const words = codes.map((code, at) => {
    if (codes.length === 1) return [numbered(none, none, code)]
    if (isTriple(at)) return isCommon(at) ? [] : [numbered(code, codes[at + 1] ?? none, codes[at + 2] ?? none)]
    return at + 1 === codes.length || isTriple(at - 1) ? [] : [numbered(none, code, codes[at + 1] ?? none)]
  })
  return [...new Set(words.flat())]
}

/** An odd number spreads the years over all numbers of 32 bits; so many of them are too many. */
const [yearFactor, yearShift] = [0x9e3779b1, 10]

/** The list of words `words` as the words of the year `year`, in the database. */
export const wordsOfYear = `array(select word # ((year::bigint * ${yearFactor} & 4294967295) >> ${yearShift})::int from unnest(words) as word)`

/** Where there is no character. */
const none = 0x110000

const isAscii = (code: number): boolean => code < 0x80

/** One of four million numbers for three characters, or fewer of them. */
function numbered(first: number, second: number, third: number): number {
  const mixed = Math.imul(Math.imul(Math.imul(first + 1, 0x9e3779b1) ^ second, 0x85ebca6b) ^ third, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 15)) & 0x3fffff
}
