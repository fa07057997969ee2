import {
  citationOf,
  dayWritten,
  type Finding,
  isDay,
  isMonth,
  type Missing,
  type Reason,
  type RuleBook,
} from '@zhibu/rules'
import type { ShownFinding } from '../../ui/FindingNote.tsx'
import type { ShownReason } from '../../ui/ReasonList.tsx'

/** The article of the detailed rules behind a result, as it is cited; undefined where there is none, as in practice and local rules. */
export function citationIn({ ruleBook, article }: { ruleBook?: RuleBook; article?: string }): string | undefined {
  return ruleBook === undefined || article === undefined ? undefined : citationOf(article, ruleBook)
}

/** A finding of the rules as a note shows it. A rule without an article says whose it is. */
export function shownFinding(it: Finding): ShownFinding {
  return {
    severity: it.severity,
    message: it.message,
    citation: citationIn(it) ?? (it.rule.startsWith('P') ? '本校规定' : '通行做法，无专门条款'),
    facts: factsShown(it.facts),
    ...(it.provisional && { isProvisional: true }),
  }
}

/** What a file lacks as a note shows it. */
export function shownMissing(it: Missing): ShownFinding {
  const citation = citationIn(it)
  return { severity: 'info', message: it.message, ...(citation && { citation }) }
}

/** A step of “why this date” as a list of reasons shows it. */
export function shownReason(it: Reason): ShownReason {
  const citation = citationIn(it)
  return { text: it.text, ...(citation && { citation }), facts: factsShown(it.facts) }
}

/** Facts ready to be read, each once, days written out. */
function factsShown(facts: readonly { label: string; value: string }[]) {
  const shown = new Map(facts.map(({ label, value }) => [`${label} ${value}`, { label, value: written(value) }]))
  return [...shown.values()]
}

const written = (value: string): string => (isDay(value) || isMonth(value) ? dayWritten(value) : value)
