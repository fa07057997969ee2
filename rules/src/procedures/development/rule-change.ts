import type { Day } from '../../kernel/day.ts'
import { contradictions } from './contradictions.ts'
import { due } from './due.ts'
import type { ActKind, DevelopmentFacts } from './facts.ts'
import type { DueAct, Finding } from './results.ts'
import type { Setting } from './setting.ts'

/** The days of an act to come, as one version of the rules has them. */
export type DueDays = Pick<DueAct, 'earliestOn' | 'latestOn' | 'overdue'>

/** What another version of the rules, the calendar or the local practice changes in one file. */
export interface RuleChange {
  id: string
  /** Found under the new version only. */
  added: readonly Finding[]
  /** Found under the old version only. */
  removed: readonly Finding[]
  /** Acts to come whose days differ; a side is absent where the act is not due under that version. */
  due: readonly { kind: ActKind; before?: DueDays; after?: DueDays }[]
}

/** Compares two settings, such as two versions of the detailed rules, over many files. A file in which nothing changes is left out. */
export function ruleChanges(
  files: Iterable<{ id: string; facts: DevelopmentFacts }>,
  on: Day,
  before: Setting,
  after: Setting,
): RuleChange[] {
  const changes: RuleChange[] = []
  for (const { id, facts } of files) {
    const [old, fresh] = [contradictions(facts, on, before), contradictions(facts, on, after)]
    const change = {
      id,
      added: without(fresh, old),
      removed: without(old, fresh),
      due: dueChanges(facts, on, before, after),
    }
    if (change.added.length + change.removed.length + change.due.length > 0) changes.push(change)
  }
  return changes
}

function without(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  const known = new Set(others.map(signatureOf))
  return findings.filter((it) => !known.has(signatureOf(it)))
}

const signatureOf = ({ rule, severity, facts }: Finding): string => JSON.stringify([rule, severity, facts])

function dueChanges(facts: DevelopmentFacts, on: Day, before: Setting, after: Setting): RuleChange['due'] {
  const old = new Map(due(facts, on, before).acts.map((it) => [it.kind, daysOf(it)]))
  const fresh = new Map(due(facts, on, after).acts.map((it) => [it.kind, daysOf(it)]))
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((kind) => {
    const [one, other] = [old.get(kind), fresh.get(kind)]
    if (JSON.stringify(one) === JSON.stringify(other)) return []
    return [{ kind, ...(one && { before: one }), ...(other && { after: other }) }]
  })
}

const daysOf = ({ earliestOn, latestOn, overdue }: DueAct): DueDays => ({
  ...(earliestOn !== undefined && { earliestOn }),
  ...(latestOn !== undefined && { latestOn }),
  overdue,
})
