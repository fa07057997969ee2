import type { NewQuestion, Reading, ReadQuestion } from './schema.ts'
import { alike } from './solving.ts'

/** What was read, with the questions named that ask the same as one of the set, or as one before them in the file. */
export function withRepeats(
  { questions, problems }: Pick<Reading, 'problems'> & { questions: readonly Omit<ReadQuestion, 'repeats'>[] },
  stored: readonly NewQuestion[],
): Reading {
  const known = new Map<string, Known>()
  for (const [at, question] of stored.entries()) know(known, { in: 'set', at: `第 ${at + 1} 题`, question })
  const named = questions.map(({ at, question }): ReadQuestion => {
    const same = known.get(askedIn(question))
    know(known, { in: 'file', at, question })
    const repeats = same && { in: same.in, at: same.at, isAnsweredOtherwise: isOtherwise(same.question, question) }
    return { at, question, repeats: repeats ?? null }
  })
  return { questions: named, problems }
}

interface Known {
  in: 'set' | 'file'
  at: string
  question: NewQuestion
}

function know(known: Map<string, Known>, it: Known): void {
  const asked = askedIn(it.question)
  if (!known.has(asked)) known.set(asked, it)
}

/** What a question asks, whatever its blanks, its signs and the order of its options. The same stem with other options is another question. */
const askedIn = ({ text, options }: NewQuestion): string =>
  JSON.stringify([alike(text).replace(signs, ''), ...options.map((it) => alike(it.text)).sort()])

/** As they stand after folding. A point and a minus are none: 1.5 is not 15. */
const signs = /[,。、;:?!'"“”‘’()《》〈〉_]/g

function isOtherwise(one: NewQuestion, other: NewQuestion): boolean {
  const [right, otherRight] = [rightIn(one), rightIn(other)]
  if (one.kind === 'blank') return !otherRight.some((it) => right.includes(it))
  return right.length !== otherRight.length || !right.every((it) => otherRight.includes(it))
}

const rightIn = ({ options, accepted }: NewQuestion): string[] =>
  [...options.flatMap((it) => (it.isRight ? [it.text] : [])), ...accepted].map(alike)
