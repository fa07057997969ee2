import { pinyin } from 'pinyin-pro'

/** How a name is found and ordered: its syllables joined, and their first letters. */
export interface Spelling {
  /** Without tones, ü as v, everything else in lower case: "ouyangxiu". */
  pinyin: string
  /** "oyx" */
  initials: string
}

/** Spells the name of a person; the head of the name is read as a surname (单 shan, 解 xie, 区 ou). */
export function spellPerson(name: string): Spelling {
  return spelled(pinyin(name, { ...reading, surname: 'head' }))
}

/** Spells any other Chinese text, such as the name of a branch. */
export function spellText(text: string): Spelling {
  return spelled(pinyin(text, reading))
}

/** A query in letters as spellings are stored: no blanks, apostrophes or capitals; ü as v. */
export function lettersOf(query: string): string {
  return query.toLowerCase().replaceAll('ü', 'v').replace(marks, '')
}

const reading = { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true } as const

/** Everything that is neither a letter nor a digit: blanks, brackets, the dot in the names of some peoples. */
const marks = /[^\p{L}\p{N}]/gu

function spelled(syllables: readonly string[]): Spelling {
  const clean = syllables.map((it) => it.toLowerCase().replace(marks, '')).filter((it) => it !== '')
  return { pinyin: clean.join(''), initials: clean.map((it) => firstOf(it)).join('') }
}

/** The first letter of a syllable; digits stand for themselves, all of them. */
function firstOf(syllable: string): string {
  return /^\d+/.exec(syllable)?.[0] ?? syllable.slice(0, 1)
}
