import { type ActKind, trainingKinds, type Waiting } from '@zhibu/rules'
import { or, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { officesWith } from '../organization/policy.ts'
import { organizations } from '../organization/tables.ts'
import type { Whose } from './schema.ts'
import { delegatedRows, handedTo, type Place } from './scope.ts'

/** Whose turn it is (由谁办理), as far as the actor has to do with it. */
export interface Sides {
  /** What the actor may choose between; the first is what a desk shows unless asked otherwise. */
  choices: readonly Whose[]
  /** The places whose acts lie with an office of the actor, by where they wait. */
  places: Record<Level, readonly OrgPath[]>
}

/**
 * Where an act waits: with the branch, with the committee above it, with the next one above that has the authority to approve
 * (授权审批; the committee of the university always has it), with the department of the committee above that one.
 */
type Level = keyof typeof levels

/** What waits for the person concerned or for introducers lies with the branch, which records it. */
const levels = {
  branch: ['applicant', 'introducers', 'branchCommittee', 'branchAssembly'],
  committee: ['partyCommittee'],
  approving: ['partyCommittee'],
  department: ['organizationDepartment'],
} as const satisfies Record<string, readonly Waiting[]>

/** For these the branch waits too: nobody there has it to do, so that nobody's own part lists it. */
const awaited: readonly Waiting[] = ['applicant', 'introducers']

/** What only a committee with the authority to approve does: Art. 18 (pre-review), 23 (talk before approving), 22, 25 and 33 of 2026. */
const approvals: readonly ActKind[] = ['preReview', 'admissionTalk', 'admissionApproval', 'confirmationApproval']

/**
 * Which acts lie with the actor. Where nobody holds an office that keeps files, those above do what would be done there:
 * a university begins with its organisers alone.
 */
export async function sidesOf(ctx: Context): Promise<Sides> {
  const { actor } = ctx
  const own = new Set(actor.grants.filter((it) => it.rights.includes('keep-files')).map((it) => it.path))
  const rows = own.size > 0 ? await organizationsBelow(ctx) : []
  const byPath = new Map(rows.map((it) => [it.path, it]))
  const places: Record<Level, OrgPath[]> = { branch: [], committee: [], approving: [], department: [] }
  for (const { path } of rows) {
    const upwards = [path, ...ancestors(path).reverse()].flatMap((it) => byPath.get(it) ?? [])
    const committees = upwards.filter((it) => it.isCommittee)
    const approver = committees.findIndex((it) => it.canApprove || ancestors(it.path).length === 0)
    const approving = approver < 0 ? [] : committees.slice(approver)
    const isHighest = approving[0] !== undefined && ancestors(approving[0].path).length === 0
    const among = {
      branch: upwards,
      committee: committees,
      approving,
      department: isHighest ? approving : approving.slice(1),
    }
    for (const level of levelNames) {
      const keeper = among[level].find((it) => it.isKept || own.has(it.path))
      if (keeper && own.has(keeper.path)) places[level].push(path)
    }
  }
  const records = own.size > 0 || actor.holdsAnywhere('keep-trainings') || actor.delegations.length > 0
  const isAbove = places.branch.length < rows.length
  const choices: Whose[] = [
    ...(records ? ['mine' as const] : []),
    ...(isAbove ? ['branches' as const] : []),
    ...(records && !actor.holdsAnywhere('read-files') ? [] : ['all' as const]),
  ]
  return { choices, places }
}

const levelNames = ['branch', 'committee', 'approving', 'department'] as const

/** The condition on due acts that only those on this side meet. Nobody's turn is an act of the own file, which others keep. */
export function onSide({ actor }: Context, { places }: Sides, it: Place, whose: Whose): SQL {
  if (whose === 'all') return sql`true`
  const isApproval = sql`s.kind = any(${sql.param([...approvals])}::text[])`
  const ofLevel = {
    branch: sql``,
    committee: sql` and not ${isApproval}`,
    approving: sql` and ${isApproval}`,
    department: sql``,
  }
  const waits = (level: Level) => sql`s.waiting_on = any(${sql.param([...levels[level]])}::text[])${ofLevel[level]}`
  const liesIn = (paths: readonly OrgPath[]) => sql`${it.path} in (select unnest(${sql.param(paths)}::text[]))`
  if (whose === 'branches') return sql`(${waits('branch')} and not ${liesIn(places.branch)})`
  const byOffice = levelNames
    .filter((level) => places[level].length > 0)
    .map((level) => sql`(${waits(level)} and ${liesIn(places[level])})`)
  const schools = actor.rootsOf('keep-trainings')
  const bySchool = sql`(s.kind = any(${sql.param([...trainingKinds])}::text[]) and (${within(it.path, schools)}))`
  const ownPart = or(...byOffice, ...(schools.length > 0 ? [bySchool] : []))
  const isAwaited = sql`s.waiting_on = any(${sql.param([...awaited])}::text[])`
  const mine =
    or(ownPart && sql`((${ownPart}) and not ${isAwaited})`, ...delegatedRows(it, handedTo(actor))) ?? sql`false`
  return sql`((${mine}) and s.person_id is distinct from ${actor.personId}::uuid)`
}

interface OrganizationRow extends Record<string, unknown> {
  path: OrgPath
  isCommittee: boolean
  canApprove: boolean
  isKept: boolean
}

/** The organisations in which the actor keeps files, and whether anybody holds an office there today that does. */
async function organizationsBelow({ db, tenantId, actor, today }: Context): Promise<OrganizationRow[]> {
  const { rows } = await db.execute<OrganizationRow>(sql`
    select o.path, o.kind in ('universityCommittee', 'partyCommittee') as "isCommittee", o.can_approve_probationary as "canApprove",
      exists (select from offices h where h.tenant_id = o.tenant_id and h.organization_id = o.id
        and h.office = any(${sql.param(keepers)}::text[]) and h.from_on <= ${today}
        and (h.until_on is null or h.until_on >= ${today})) as "isKept"
    from ${organizations} o where o.tenant_id = ${tenantId} and (${within(sql`o.path`, actor.rootsOf('keep-files'))})`)
  return rows
}

const keepers = officesWith('keep-files')
