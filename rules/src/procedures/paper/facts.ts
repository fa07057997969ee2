import { type DayOnPaper, daysInLine } from './days.ts'
import { type NameOnPaper, namesInLine, signatureAt } from './names.ts'
import { type NumberOnPaper, numbersInLine } from './numbers.ts'

/** Something that stands on a paper and may be taken over by a person who has looked at it. */
export type PaperFact = DayOnPaper | NumberOnPaper | NameOnPaper

/**
 * The days, names and numbers in the lines of a text, in reading order. They are offered and never taken by themselves:
 * what was recognised badly has a doubt. Lines of more than 2,000 characters are read up to there, and no more lines than together
 * have 50,000 characters, each counted with 20 more: ten densely written pages have half of it.
 */
export function factsOnPaper(lines: readonly string[]): PaperFact[] {
  const read = beginningOf(lines.map((it) => it.slice(0, 2000)))
  const facts = read.flatMap((text, line): PaperFact[] => [
    ...daysInLine(text, line),
    ...numbersInLine(text, line),
    ...namesInLine(text, line),
  ])
  const end = facts.findLast((it) => it.kind === 'day' && (read[it.line] ?? '').slice(it.until).trim() === '')
  const signature = end === undefined ? undefined : signatureAt(read, end)
  const isKnown = facts.some((it) => it.kind === 'name' && it.line === signature?.line)
  const all = signature === undefined || isKnown ? facts : [...facts, signature]
  return all.sort((one, other) => one.line - other.line || one.from - other.from)
}

function beginningOf(lines: readonly string[]): readonly string[] {
  let room = mostCharacters
  const end = lines.findIndex((it) => {
    room -= it.length + 20
    return room < 0
  })
  return end < 0 ? lines : lines.slice(0, end)
}

const mostCharacters = 50_000
