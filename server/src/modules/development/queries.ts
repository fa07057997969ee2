import {
  type Act,
  actKinds,
  assess,
  contradictions,
  type DueAct,
  type Finding,
  type PlanConstraints,
} from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { Prepared } from '../../platform/prepared.ts'
import {
  type ActRow,
  actFrom,
  countingActs,
  type FileFacts,
  fileFrom,
  type OfficeRow,
  type PersonRow,
} from './facts.ts'
import { may } from './policy.ts'
import type { FileView, RecordedAct } from './schema.ts'
import { type Settled, type StoredSetting, settledBy, storedSetting } from './settings.ts'

/** What a change of a file has to know of it, and what the university has settled. */
export interface LockedFile extends FileFacts, Settled {
  personId: string
  path: string
  /** Counts every change of the person and of the file. */
  revision: number
  rows: readonly StoredRow[]
}

/** Everything recorded about a person's way. */
export interface File extends LockedFile {
  rows: readonly RecordedRow[]
  constraints: PlanConstraints | null
  /** Whether the reader has opened this file before on this day. */
  isReadToday: boolean
}

type StoredRow = Omit<ActRow, 'personId'>

type RecordedRow = StoredRow & {
  correctionReason: string | null
  acknowledged: { rules: string[]; reason: string } | null
  recordedBy: string | null
  recordedAt: string
}

/** The file of a person within the scope of the transaction, in one statement. */
export async function findFile(ctx: Context, personId: string): Promise<File | undefined> {
  const [row] = await filing.rows(ctx.db, {
    tenantId: ctx.tenantId,
    personId,
    accountId: ctx.actor.accountId,
    firstIdOfToday: firstIdOf(`${ctx.today}T00:00:00+08:00`),
  })
  if (!row) return undefined
  const { constraints, isReadToday } = row
  return { ...knownFrom(row, (row.acts ?? []).map(recordedRowFrom)), constraints, isReadToday }
}

/**
 * The file of a person, and nobody else writes to it until the transaction ends. Where somebody has changed it while the lock
 * was waited for, its revision is one that nobody can have read. Who may read it and not write gets it without a lock, to be refused.
 */
export async function lockFile(ctx: Context, personId: string): Promise<LockedFile | undefined> {
  const [row] = await locking.rows(ctx.db, { tenantId: ctx.tenantId, personId })
  if (!row) return findFile(ctx, personId)
  const file = knownFrom(row, (row.acts ?? []).map(storedRowFrom))
  return row.revision === row.revisionOfActs ? file : { ...file, revision: -1 }
}

function knownFrom<Row extends StoredRow>(row: KnownRow, rows: readonly Row[]) {
  const acts = countingActs(rows.map((it) => ({ ...it, personId: row.id })))
  return {
    ...fileFrom(row, acts, row.offices ?? []),
    ...settledBy(row.practice, row.workingYears),
    personId: row.id,
    path: row.path,
    revision: row.revision,
    rows,
  }
}

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

/** The facts with a new act, in place of the corrected one where there is one. */
export function factsAfter(facts: File['facts'], act: Act | undefined, corrects?: string): File['facts'] {
  const others = facts.acts.filter((it) => it.id !== corrects)
  return { ...facts, acts: act ? [...others, act] : others }
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
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    .map((row) => recordedActFrom(row, corrections.get(row.id)))
}

const orderOf = ({ on, id }: RecordedRow): string => `${on ?? '9999-12-31'} ${id}`

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

/** The least id that `newId` makes from an instant on. */
export const firstIdOf = (at: string): string =>
  `${Date.parse(at)
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-')}-0000-0000-000000000000`

interface KnownRow extends PersonRow, StoredSetting {
  revision: number
  offices: OfficeRow[] | null
}

interface FilingRow extends KnownRow {
  acts: ActTuple[] | null
  constraints: PlanConstraints | null
  isReadToday: boolean
}

interface LockingRow extends KnownRow {
  acts: StoredTuple[] | null
  revisionOfActs: number
}

type StoredTuple = [
  id: string,
  kind: ActRow['kind'],
  on: ActRow['on'],
  details: ActRow['details'],
  corrects: string | null,
  isStruckOut: boolean,
]

type ActTuple = [
  ...StoredTuple,
  correctionReason: string | null,
  acknowledged: RecordedRow['acknowledged'],
  recordedBy: string | null,
  recordedAt: string,
]

const storedRowFrom = ([id, kind, on, details, corrects, isStruckOut]: StoredTuple): StoredRow => ({
  id,
  kind,
  on,
  details,
  corrects,
  isStruckOut,
})

const recordedRowFrom = ([
  id,
  kind,
  on,
  details,
  corrects,
  isStruckOut,
  correctionReason,
  acknowledged,
  recordedBy,
  recordedAt,
]: ActTuple): RecordedRow => ({
  id,
  kind,
  on,
  details,
  corrects,
  isStruckOut,
  correctionReason,
  acknowledged,
  recordedBy,
  recordedAt,
})

const tenant = sql.placeholder('tenantId')
const person = sql.placeholder('personId')

/** What both readings of a file have in common: the person, the officers of the branch and what is settled. */
const known = sql`
  select p.id, p.name, p.pinyin, p.path, p.organization_id as "organizationId", p.student_number as "studentNumber",
    p.born_on as "bornOn", p.id_number_born_on as "idNumberBornOn", p.leaves_on as "leavesOn", p.is_mobile as "isMobile",
    p.revision, o.name as organization, ${storedSetting},
    (select json_agg(json_build_object('personName', f.person_name, 'office', f.office, 'from', f.from_on, 'until', f.until_on))
      from offices f where f.tenant_id = ${tenant} and f.organization_id = p.organization_id) as offices`

const ofPerson = sql`
  from persons p join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
  where p.tenant_id = ${tenant} and p.id = ${person}`

const stored = sql`a.id, a.kind, a."on", a.details, a.corrects, a.is_struck_out`

const filing = new Prepared<FilingRow>(
  'development_file',
  sql`${known},
    (select json_agg(json_build_array(${stored}, a.correction_reason, a.acknowledged, u.name, a.recorded_at))
      from development_acts a left join accounts u on u.tenant_id = a.tenant_id and u.id = a.recorded_by
      where a.tenant_id = ${tenant} and a.person_id = p.id) as acts,
    (select constraints from development_plans l where l.tenant_id = ${tenant} and l.person_id = p.id) as constraints,
    exists (select from journal j where j.tenant_id = ${tenant} and j.person_id = p.id
      and j.id >= ${sql.placeholder('firstIdOfToday')}::uuid and j.event = 'journal.read'
      and j.account_id = ${sql.placeholder('accountId')}::uuid) as "isReadToday"
  ${ofPerson}`,
)

/** After waiting for the lock the person is read as it is by then, and everything else as it was when the statement began. */
const locking = new Prepared<LockingRow>(
  'development_locked_file',
  sql`${known},
    (select json_agg(json_build_array(${stored})) from development_acts a
      where a.tenant_id = ${tenant} and a.person_id = p.id) as acts,
    (select before.revision from persons before where before.tenant_id = ${tenant} and before.id = p.id) as "revisionOfActs"
  ${ofPerson} for update of p`,
)
