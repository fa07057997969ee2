import type { PlanConstraints } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { firstIdOf } from '../../platform/ids.ts'
import { Prepared } from '../../platform/prepared.ts'
import type { OfficeRow } from './branch-facts.ts'
import { type ActRow, approvesAt, countingActs, type FileFacts, fileFrom, type PersonRow } from './facts.ts'
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

/** An act as it was recorded: by whom, when, and in spite of what. */
export type RecordedRow = StoredRow & {
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
    p.revision, o.name as organization, ${approvesAt(sql`${tenant}`, sql`p.path`)} as "committeeApproves", ${storedSetting},
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
