import { isDay } from '../../kernel/day.ts'
import type { ActKind } from '../development/facts.ts'
import { factsOnPaper } from '../paper/facts.ts'
import { daySaidBy, type PaperFacts } from './read-document.ts'

/** What forms call the day of an act, certain enough to be compared without a look. */
export const labelsOfActs: readonly (readonly [RegExp, ActKind])[] = [
  [/^(?:递交(?:入党)?申请书?|申请入党|提出入党申请)(?:的?时间|的?日期)$/, 'application'],
  [/^(?:确定|列)为入党积极分子(?:的?时间|的?日期)?$/, 'activistDecision'],
  [/^(?:确定|列)为发展对象(?:的?时间|的?日期)?$/, 'prospectListing'],
  [/^(?:入党|接收为预备党员|接收预备党员)(?:的?时间|的?日期)$/, 'admissionAssembly'],
]

/**
 * What a text that nobody has looked at says for certain enough to be compared with the record: the name behind a label, the
 * birthday, the introducers, days behind the usual labels, and the day with which a letter or minutes end. What has a doubt, or
 * stands there twice and differs, is left out.
 */
export function wordsOnPaper(place: string, lines: readonly string[]): PaperFacts {
  const facts = factsOnPaper(lines).filter((it) => !('doubt' in it && it.doubt !== undefined))
  const days = facts.filter((it) => it.kind === 'day')
  const names = facts.filter((it) => it.kind === 'name')
  const name = only(names.filter((it) => it.as === 'holder' && it.label !== '落款').map((it) => it.value))
  const bornOn = only(days.filter((it) => it.label !== undefined && /^出生/.test(it.label)).map((it) => it.value))
  const introducers = [...new Set(names.filter((it) => it.as === 'introducer').map((it) => it.value))]
  const fullOn = only(
    days.filter((it) => /^转(?:为正式党员|正)(?:时间|日期)$/.test(it.label ?? '')).map((it) => it.value),
  )
  const told = labelsOfActs.flatMap(([label, kind]) => {
    const on = only(days.filter((it) => label.test(it.label ?? '')).map((it) => it.value))
    return on !== undefined && isDay(on) ? [{ kind, on }] : []
  })
  const last = days.at(-1)
  const kind = daySaidBy.get(place)
  const isEnd = last?.label === undefined && (lines[last?.line ?? -1] ?? '').slice(last?.until).trim() === ''
  const end = kind !== undefined && last !== undefined && isEnd && isDay(last.value) ? [{ kind, on: last.value }] : []
  const all = [...told, ...end.filter((it) => !told.some((other) => other.kind === it.kind))]
  return {
    ...(name !== undefined && { name }),
    ...(bornOn !== undefined && { bornOn }),
    ...(introducers.length === 2 && { introducers }),
    ...(fullOn !== undefined && isDay(fullOn) && { fullOn }),
    ...(all.length > 0 && { days: all }),
  }
}

/** The one value that all agree on. */
function only<Value>(values: readonly Value[]): Value | undefined {
  const [first, ...others] = new Set(values)
  return others.length === 0 ? first : undefined
}
