import { type ActKind, type DueAct, type Finding, type Missing, type Step, steps, wayParts } from '@zhibu/rules'
import type { FileView, RecordedAct } from '@zhibu/server/modules/development/schema'

/** One place on the way: an act that is recorded, due, missing, or still to come. */
export interface WayEntry {
  /** The act's id, or its kind where nothing is recorded. */
  id: string
  kind: ActKind
  step: Step
  state: 'done' | 'unknownDay' | 'missing' | 'next' | 'overdue' | 'later'
  recorded?: RecordedAct
  due?: DueAct
  missing: readonly Missing[]
  findings: readonly Finding[]
  /** The papers of the step, at its last entry only. */
  documents: readonly string[]
}

/** The way of a person in its five parts, the findings that concern no single act, and what most of the file lacks. */
export interface Way {
  parts: readonly { title: string; entries: readonly WayEntry[] }[]
  unplaced: readonly Finding[]
  /** Of a member admitted long ago, whose file was not entered: said once, not at each act. */
  early: readonly Missing[]
}

/**
 * Lays the acts of a file out along the 25 steps. Acts that the file has gone past and that no rule asks for are left
 * out; a finding stands at the first act it compares. Of a file that is not seen whole nothing is said of acts that are
 * not shown.
 */
export function wayOf(file: Pick<FileView, 'acts' | 'due' | 'missing' | 'findings' | 'isWhole'>): Way {
  const early = file.missing.filter((it) => it.lacks === 'file')
  const missing = file.missing.filter((it) => it.lacks !== 'file')
  const counting = file.acts.filter((it) => it.correctedBy === undefined)
  const furthest = Math.max(0, ...counting.map((it) => numberOf(it.act.kind)))
  const places = new Map<Finding, string>(file.findings.map((it) => [it, placeOf(it, counting)]))
  const entriesOf = (step: Step) => {
    const entries = step.kinds.flatMap((kind) =>
      entriesOfKind(kind, step, { ...file, missing, acts: counting }, furthest),
    )
    const findingsAt = (id: string) => file.findings.filter((it) => places.get(it) === id)
    return entries.map((it, at) => ({
      ...it,
      findings: findingsAt(it.id),
      documents: at === entries.length - 1 ? step.documents : [],
    }))
  }
  const parts = wayParts.map((title, part) => ({
    title,
    entries: steps.filter((it) => it.part === part).flatMap(entriesOf),
  }))
  const shown = new Set(parts.flatMap((it) => it.entries.map(({ id }) => id)))
  return {
    parts: parts.filter((it) => it.entries.length > 0),
    unplaced: file.findings.filter((it) => !shown.has(places.get(it) ?? '')),
    early,
  }
}

function entriesOfKind(
  kind: ActKind,
  step: Step,
  { acts, due, missing, isWhole }: Pick<FileView, 'acts' | 'due' | 'missing' | 'isWhole'>,
  furthest: number,
): Omit<WayEntry, 'findings' | 'documents'>[] {
  const lacks = missing.filter((it) => it.kind === kind)
  const recorded = acts.filter((it) => it.act.kind === kind)
  const entries: Omit<WayEntry, 'findings' | 'documents'>[] = recorded.map((it) => ({
    id: it.act.id,
    kind,
    step,
    state: it.act.on === undefined ? 'unknownDay' : 'done',
    recorded: it,
    missing: lacks.filter(({ facts }) => facts.some((fact) => fact.actId === it.act.id)),
  }))
  const left = lacks.filter((it) => !entries.some((entry) => entry.missing.includes(it)))
  const next = due.find((it) => it.kind === kind)
  if (next) {
    const state = next.overdue ? 'overdue' : next === due[0] ? 'next' : 'later'
    return [...entries, { id: kind, kind, step, state, due: next, missing: left }]
  }
  if (left.length > 0) return [...entries, { id: kind, kind, step, state: 'missing', missing: left }]
  if (!isWhole || recorded.length > 0 || step.number <= furthest) return entries
  return [{ id: kind, kind, step, state: 'later', missing: [] }]
}

/** The id of the entry at which a finding stands; empty where there is none. */
function placeOf({ facts }: Finding, acts: readonly RecordedAct[]): string {
  const named = facts.find((fact) => acts.some((it) => it.act.id === fact.actId))
  if (named?.actId) return named.actId
  const kind = facts.find((fact) => fact.kind !== undefined)?.kind
  return acts.find((it) => it.act.kind === kind)?.act.id ?? kind ?? ''
}

const numberOf = (kind: ActKind): number => steps.find((it) => it.kinds.includes(kind))?.number ?? 0
