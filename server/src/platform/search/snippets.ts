import { foldWithPlaces } from './folding.ts'

/** A piece of a text with the places of what was searched in it: never HTML, so that nothing of a document is run. */
export interface Snippet {
  text: string
  /** Where marks begin and end, in code units of `text`, in order and apart from one another. */
  marks: [from: number, until: number][]
}

/** How long a snippet is, in code units, and how much of it stands before the first hit. */
const snippetLength = 90
const before = 24

/** The whole text with its marks, for a title. */
export function marked(text: string, pieces: readonly string[]): Snippet {
  return { text, marks: placesOf(text, pieces) }
}

/** What stands around the first hit, or the beginning of the text where it has none; `…` where something is left out. */
export function snippetOf(text: string, pieces: readonly string[]): Snippet {
  const places = placesOf(text, pieces)
  const hit = places[0]?.[0] ?? 0
  const from = hit <= before ? 0 : wholeCharacter(text, hit - before)
  const until = text.length - from <= snippetLength ? text.length : wholeCharacter(text, from + snippetLength)
  const lead = from > 0 ? '…' : ''
  const marks = places
    .filter(([start]) => start >= from && start < until)
    .map(([start, end]): [number, number] => [start - from + lead.length, Math.min(end, until) - from + lead.length])
  return { text: `${lead}${text.slice(from, until)}${until < text.length ? '…' : ''}`, marks }
}

/** A place beside which no character is cut in half. */
function wholeCharacter(text: string, at: number): number {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? at + 1 : at
}

/** Where the pieces stand in a text; what touches or overlaps is one place. */
function placesOf(text: string, pieces: readonly string[]): [number, number][] {
  const folded = foldWithPlaces(text)
  const found = pieces.flatMap((piece) => {
    const places: [number, number][] = []
    for (let at = folded.text.indexOf(piece); at >= 0; at = folded.text.indexOf(piece, at + piece.length)) {
      places.push([folded.from[at] ?? 0, folded.until[at + piece.length - 1] ?? text.length])
    }
    return places
  })
  found.sort(([a], [b]) => a - b)
  const joined: [number, number][] = []
  for (const [from, until] of found) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], until)
    else joined.push([from, until])
  }
  return joined
}
