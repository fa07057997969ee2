import { fold } from '../../platform/search/folding.ts'
import type { TellingKind, TellingPlace } from './names-schema.ts'
import type { Telling } from './schema.ts'

/** What is known of those whose work an entry is. */
export interface Tellable {
  names: readonly string[]
  numbers: readonly string[]
  /** The organisations to which they belong, from the university down. */
  organizations: readonly string[]
  /** What the call wants to be avoided besides. */
  words: readonly string[]
}

/** A text of an entry and where it stands. */
export interface LookedThrough {
  fieldKey: string | null
  place: TellingPlace
  text: string
}

/**
 * What in an entry tells whose work it is: names, numbers, organisations by their whole names and by what people call them, and the words
 * of the call. A list for people to look at; it forbids nothing.
 */
export function tellingsIn(texts: readonly LookedThrough[], of: Tellable): Telling[] {
  const wanted: [TellingKind, string][] = [
    ...of.names.map((it): [TellingKind, string] => ['name', it]),
    ...of.numbers.map((it): [TellingKind, string] => ['number', it]),
    ...of.organizations.flatMap(calledBy).map((it): [TellingKind, string] => ['organization', it]),
    ...of.words.map((it): [TellingKind, string] => ['word', it]),
  ]
  const tellings = texts.flatMap(({ fieldKey, place, text }) => {
    const folded = fold(text)
    const all = wanted.filter(([, word]) => word.length > 1 && folded.includes(fold(word)))
    // The whole name of an organisation holds what people call it.
    const outermost = all.filter(
      ([kind, word]) => !all.some(([k, other]) => k === kind && other !== word && other.includes(word)),
    )
    return outermost.map(([kind, word]): Telling => ({ fieldKey, place, kind, word }))
  })
  const keyOf = (it: Telling) => [it.fieldKey, it.place, it.kind, it.word].join('\n')
  return [...new Map(tellings.map((it) => [keyOf(it), it])).values()]
}

/** The parts of the name of a Party organisation that tell nothing by themselves. */
const ending =
  /(中共|委员会|党委|总支部?|党总支|直属党支部|第[一二三四五六七八九十百\d]+(教工|学生)?党支部|党支部|支部|党小组|小组)$/

/** 计算机学院党委 is called 计算机学院, too. */
function calledBy(name: string): string[] {
  let short = name.replace(/^中共/, '')
  for (let next = short.replace(ending, ''); next !== short; next = short.replace(ending, '')) short = next
  return [...new Set([name, short])].filter((it) => it.length > 2)
}
