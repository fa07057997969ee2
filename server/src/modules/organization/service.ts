import { addYears, type Day, termReport } from '@zhibu/rules'
import { and, eq, gte, isNull, or, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { type Recorder, record } from '../../platform/journal.ts'
import { childPath, type OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { lockedToAppoint, lockedToChange, refuseDissolved, refuseFuture, subjectOf, touch, write } from './changing.ts'
import { branchKinds, kindsBelow, type OrganizationKind } from './kinds-schema.ts'
import { spellText } from './pinyin.ts'
import { may } from './policy.ts'
import { countAttached, findOrganization, lastChildPath, type OrganizationRow } from './queries.ts'
import type { Dissolution, ElectionDelay, NewOrganization, NewTerm, OrganizationChange } from './schema.ts'
import { offices, organizations, terms, universities } from './tables.ts'
import { electedBody, findLastTerm } from './terms.ts'

/**
 * Founds a university with its committee, the root of the tree. For set-up and demonstration: there is no actor yet who could be authorised.
 * Refuses a second one for the same tenant.
 */
export async function foundUniversity(
  ctx: Recorder,
  { name, committeeName = `${name}党委`, code }: { name: string; committeeName?: string; code?: string },
): Promise<{ organizationId: string; path: OrgPath }> {
  const { tenantId } = ctx
  const exists = { universities_pkey: '这所学校已经建立，不能重复建立。' }
  await refuseDuplicates(ctx.db.insert(universities).values({ id: tenantId, name }), exists)
  const it = {
    id: newId(),
    path: childPath('', 1),
    kind: 'universityCommittee' as const,
    name: committeeName,
    code: code ?? null,
    canApproveProbationary: true,
  }
  await ctx.db.insert(organizations).values({ tenantId, ...it, ...spellText(committeeName) })
  await record(ctx, 'organization.university-founded', subjectOf(it), { name, committeeName })
  return { organizationId: it.id, path: it.path }
}

/** Sets up an organisation below another. Its place is numbered under a lock on the parent, so that two at once get two places. */
export async function establish(ctx: Context, { parentId, ...fields }: NewOrganization): Promise<string> {
  authorize(may(ctx.actor, found(await findOrganization(ctx, parentId), '个上级组织')).change, '在这里新设组织')
  const parent = found(await findOrganization(ctx, parentId, { lock: 'update' }), '个上级组织')
  refuseDissolved(parent)
  refuseMisplaced(parent, fields.kind)
  refuseUnfit(fields.kind, fields, ctx.today)

  const last = await lastChildPath(ctx, parentId)
  const id = newId()
  const path = childPath(parent.path, numberAfter(last))
  const row = { tenantId: ctx.tenantId, id, parentId, path, ...fields, ...spellText(fields.name) }
  await refuseDuplicates(ctx.db.insert(organizations).values(row), nameTaken)
  await record(ctx, 'organization.established', subjectOf({ id, path }), { parentId, ...fields })
  return id
}

/** Changes the name and the like of an organisation as it was read at `revision`. */
export async function changeOrganization(
  ctx: Context,
  organizationId: string,
  revision: number,
  change: OrganizationChange,
): Promise<void> {
  const it = await lockedToChange(ctx, organizationId)
  refuseStale(it, revision, it.name)
  refuseUnfit(it.kind, change, ctx.today)
  if (change.canApproveProbationary !== undefined && change.canApproveProbationary !== it.canApproveProbationary) {
    authorize(may(ctx.actor, it).authorise, '调整本级审批预备党员的权限')
  }

  const spelling = change.name === undefined ? {} : spellText(change.name)
  await refuseDuplicates(write(ctx, it, { ...change, ...spelling }), nameTaken)
  await record(ctx, 'organization.changed', subjectOf(it), { change })
}

/** Dissolves an organisation that has nobody and nothing left in it; offices still held end on the same day. */
export async function dissolve(ctx: Context, organizationId: string, revision: number, { on, reason }: Dissolution) {
  const it = await lockedToChange(ctx, organizationId)
  refuseActOnStale(it, revision, it.name)
  if (it.parentId === null) throw new Refusal('conflict', '学校党委是组织树的根，不能撤销。')
  refuseDissolved(it)
  refuseFuture(on, ctx.today, 'on', '撤销日期')
  if (it.establishedOn && on < it.establishedOn) {
    refuseField('on', `撤销日期不能早于成立日期 ${it.establishedOn}，请核对。`)
  }
  const { persons, children } = await countAttached(ctx, it)
  if (persons > 0 || children > 0) throw new Refusal('conflict', stillAttached(it.name, persons, children))

  await write(ctx, it, { dissolvedOn: on, dissolutionReason: reason })
  await ctx.db
    .update(offices)
    .set({ until: sql`greatest(${offices.from}, ${on}::date)`, endReason: '组织撤销' })
    .where(
      and(
        eq(offices.tenantId, ctx.tenantId),
        eq(offices.organizationId, it.id),
        or(isNull(offices.until), gte(offices.until, on)),
      ),
    )
  await record(ctx, 'organization.dissolved', subjectOf(it), { on, reason })
}

/** Begins a term with the day of the election; the term before ends with it. Without `until` it lasts as the rules say. */
export async function beginTerm(ctx: Context, organizationId: string, term: NewTerm): Promise<string> {
  const it = await lockedToAppoint(ctx, organizationId)
  refuseDissolved(it)
  const body = electedBody(it.kind)
  if (!body) throw new Refusal('conflict', `${it.name}的负责人由上级指定或推选，不登记换届。`)
  refuseFuture(term.from, ctx.today, 'from', '选举日期')
  const last = await findLastTerm(ctx, organizationId)
  if (last && term.from <= last.from) {
    throw new Refusal('conflict', `最近一届从 ${last.from} 开始，新一届的选举日期应在其后，请核对。`)
  }
  const until = term.until ?? termReport({ body, electedOn: term.from }, ctx.today).endsOn
  if (until <= term.from) refuseField('until', '届满日期应在选举日期之后，请核对。')
  if (until > addYears(term.from, longestTermYears)) refuseField('until', '届满日期过远，请核对年份。')

  const id = newId()
  await ctx.db.insert(terms).values({ tenantId: ctx.tenantId, id, organizationId, path: it.path, ...term, until })
  await touch(ctx, it)
  await record(ctx, 'organization.term-begun', subjectOf(it), { termId: id, ...term, until })
  return id
}

/** Records that the higher organisation has approved a later re-election; of the present term only. */
export async function delayElection(ctx: Context, organizationId: string, termId: string, delay: ElectionDelay) {
  const it = await lockedToAppoint(ctx, organizationId)
  const last = found(await findLastTerm(ctx, organizationId), '一届')
  if (last.id !== termId) throw new Refusal('conflict', '只有本届可以登记延期换届。')
  if (delay.until <= last.until) refuseField('until', `延期应晚于届满日期 ${last.until}，请核对。`)

  await ctx.db
    .update(terms)
    .set({ delayedUntil: delay.until, ...(delay.documentNumber ? { documentNumber: delay.documentNumber } : {}) })
    .where(and(eq(terms.tenantId, ctx.tenantId), eq(terms.id, termId)))
  await touch(ctx, it)
  await record(ctx, 'organization.election-delayed', subjectOf(it), { termId, ...delay })
}

/** A guard against mistyped years; no body is elected for longer. */
const longestTermYears = 10

const nameTaken = { organizations_name: '同一上级组织下已有同名组织，请换一个名称，或核对是否重复设立。' }

/** The number after that of the last child; 1 for the first. */
function numberAfter(last: OrgPath | undefined): number {
  const segment = last?.split('.').at(-2)
  return segment === undefined ? 1 : Number.parseInt(segment, 36) + 1
}

function refuseMisplaced(parent: OrganizationRow, kind: OrganizationKind): void {
  if (kindsBelow[parent.kind].includes(kind)) return
  throw new Refusal('conflict', `${parent.name}下不能设置这一类组织，请核对组织类别或上级组织。`, {
    fields: [{ path: 'kind', message: '与上级组织的类别不符' }],
  })
}

/** Refuses what does not fit the kind: only a branch has a type, only a committee approves (Art. 22 of the detailed rules). */
function refuseUnfit(kind: OrganizationKind, fields: OrganizationChange, today: Day): void {
  if (fields.branchType && !branchKinds.includes(kind)) refuseField('branchType', '只有党支部填写支部类型。')
  const isCommittee = kind === 'partyCommittee' || kind === 'universityCommittee'
  if (fields.canApproveProbationary && !isCommittee) {
    refuseField('canApproveProbationary', '党总支、党支部不能审批预备党员，只能授权党委审批。')
  }
  if (fields.establishedOn) refuseFuture(fields.establishedOn, today, 'establishedOn', '成立日期')
}

function stillAttached(name: string, persons: number, children: number): string {
  const parts = [
    ...(persons > 0 ? [{ what: `还有 ${persons} 名人员`, mend: '在“人员”中逐一转出' }] : []),
    ...(children > 0 ? [{ what: `还有 ${children} 个下级组织`, mend: '撤销下级组织' }] : []),
  ]
  return `${name}${parts.map(({ what }) => what).join('，')}，请先${parts.map(({ mend }) => mend).join('，')}，再办理撤销。`
}
