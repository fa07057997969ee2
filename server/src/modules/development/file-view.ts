import { actKinds, assess, contradictions, type DueAct, type Finding } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { actFrom } from './facts.ts'
import { may } from './policy.ts'
import type { File, RecordedRow } from './queries.ts'
import type { FileView, RecordedAct } from './schema.ts'

/** A file as its page shows it, in as much of it as the reader may see. */
export function viewOf(file: File, { actor, today }: Pick<Context, 'actor' | 'today'>): FileView {
  const can = may(actor, file)
  const seen = new Set(can.see)
  const { stage, findings, due, missing } = assess(file.facts, today, file.setting)
  const isWhole = seen.size === actKinds.length
  const { acts: _, ...facts } = file.facts
  return {
    person: {
      id: file.personId,
      name: file.person.name,
      studentNumber: file.person.studentNumber,
      organizationId: file.person.organizationId,
      organization: file.person.organization,
    },
    on: today,
    isWhole,
    facts: isWhole ? facts : {},
    acts: historyOf(file.rows).filter((it) => seen.has(it.act.kind)),
    stage: stage ?? null,
    findings: [...(isWhole ? findings : contradictions(partOf(file.facts, seen), today, file.setting))],
    due: due.filter((it) => seen.has(it.kind)).map((it) => dueFor(seen, it)),
    missing: missing.filter((it) => (it.covers ?? [it.kind]).every((kind) => seen.has(kind)) && concernsOnly(seen, it)),
    constraints: isWhole ? file.constraints : null,
    setting: file.view,
    can: { record: can.record, plan: can.plan },
  }
}

/**
 * What a new state of a file contradicts that nothing contradicted before. A helper is told what the acts of the task
 * contradict by themselves: whatever else took part in the answer could be found out by trying days until it changes.
 */
export function causedBy(
  file: Pick<File, 'facts' | 'setting' | 'path' | 'personId'>,
  known: readonly Finding[],
  { facts: after, findings }: { facts: File['facts']; findings: readonly Finding[] },
  { actor, today }: Pick<Context, 'actor' | 'today'>,
): Finding[] {
  const seen = new Set(may(actor, file).see)
  if (seen.size === actKinds.length) return newIn(findings, known)
  const within = (facts: File['facts']) => contradictions(partOf(facts, seen), today, file.setting)
  return newIn(within(after), within(file.facts))
}

/** The facts as far as a helper sees them: the acts of the task and nothing of the person. */
const partOf = ({ acts }: File['facts'], seen: ReadonlySet<string>): File['facts'] => ({
  acts: acts.filter((it) => seen.has(it.kind)),
})

function newIn(findings: readonly Finding[], before: readonly Finding[]): Finding[] {
  const known = new Set(before.map(identityOf))
  return findings.filter((it) => !known.has(identityOf(it)))
}

const identityOf = ({ rule, severity, facts }: Finding): string => JSON.stringify([rule, severity, facts])

/** What is due, with those of its reasons that tell of nothing the reader may not see. */
export const dueFor = (seen: ReadonlySet<string>, it: DueAct): DueAct =>
  seen.size === actKinds.length ? it : { ...it, reasons: it.reasons.filter((reason) => concernsOnly(seen, reason)) }

/** Whether nothing in it tells of kinds of acts that the reader may not see, or of the person. */
const concernsOnly = (seen: ReadonlySet<string>, { facts }: Pick<Finding, 'facts'>): boolean =>
  facts.every((fact) => fact.kind !== undefined && seen.has(fact.kind))

/** All acts with what became of them: by day, undated ones last, later records of a day after earlier ones. */
function historyOf(rows: readonly RecordedRow[]): RecordedAct[] {
  const corrections = new Map(rows.flatMap((it) => (it.corrects ? [[it.corrects, it] as const] : [])))
  return rows
    .filter((it) => !it.isStruckOut)
    .sort(byDay)
    .map((row) => recordedActFrom(row, corrections.get(row.id)))
}

function byDay(a: RecordedRow, b: RecordedRow): number {
  const [dayA, dayB] = [a.on ?? undated, b.on ?? undated]
  if (dayA !== dayB) return dayA < dayB ? -1 : 1
  return a.id < b.id ? -1 : 1
}

const undated = '9999-12-31'

function recordedActFrom(row: RecordedRow, correction: RecordedRow | undefined): RecordedAct {
  return {
    act: actFrom(row),
    recordedBy: row.recordedBy ?? nobody,
    recordedAt: row.recordedAt,
    ...(row.corrects && { corrects: row.corrects }),
    ...(row.acknowledged && { acknowledged: row.acknowledged }),
    ...(correction && {
      correctedBy: {
        id: correction.id,
        reason: correction.correctionReason ?? '',
        at: correction.recordedAt,
        by: correction.recordedBy ?? nobody,
        struckOut: correction.isStruckOut,
      },
    }),
  }
}

const nobody = '（账号已不存在）'
