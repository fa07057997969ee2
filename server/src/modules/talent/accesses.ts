import { addDays, type Day, dayWritten } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { endDelegationAfter } from '../accounts/delegations.ts'
import { officeLabels } from '../accounts/names-schema.ts'
import { mayEndDelegation } from '../accounts/policy.ts'
import type { OrganizationKind } from '../organization/kinds-schema.ts'
import { appoint, endOffice } from '../organization/offices.ts'
import { may as mayAt, officesWith } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import type { AccessDecision } from './names-schema.ts'
import { mayKeep } from './policy.ts'
import { fillPost, leavePost } from './posts.ts'
import type { Access } from './succession-schema.ts'

/** What somebody who leaves an office can do beside it, and what becomes of each. Everything here runs over the whole university. */

/** Between whom an office changes hands. */
export interface AccessesOf {
  organizationId: string
  path: OrgPath
  office: OfficeKind
  officeId: string
  outgoingPersonId: string
  incomingPersonId: string | null
  /** Whether what the outgoing held was decided before, so that only the successor's own is left. */
  isSettled: boolean
}

/** An access with what is needed to end it or to pass it on. */
export interface FoundAccess extends Access {
  end: (ctx: Context, lastOn: Day) => Promise<void>
  give: (ctx: Context, personId: string, firstOn: Day, documentNumber: string) => Promise<void>
}

interface Held extends Record<string, unknown> {
  id: string
  organizationId: string
  path: OrgPath
  kind: OrganizationKind
  organization: string
  office: OfficeKind
  from: Day
  until: Day | null
}

/** All that is to be decided on, and what the actor may decide of each. Five statements at most. */
export async function accessesOf(ctx: Context, it: AccessesOf): Promise<FoundAccess[]> {
  const found = it.isSettled
    ? []
    : [...(await officesBeside(ctx, it)), ...(await postsOf(ctx, it)), ...(await delegationsOf(ctx, it))]
  return [...found, ...(await officesOfSuccessor(ctx, it))]
}

async function officesHeld({ db, tenantId, today }: Context, which: SQL): Promise<Held[]> {
  const { rows } = await db.execute<Held>(sql`
    select f.id, f.organization_id as "organizationId", f.path, o.kind, o.name as organization, f.office, f.from_on::text as "from",
      f.until_on::text as until
    from offices f join organizations o on o.tenant_id = f.tenant_id and o.id = f.organization_id
    where f.tenant_id = ${tenantId} and (f.until_on is null or f.until_on >= ${today}::date) and ${which}
    order by f.path, f.from_on, f.id limit 100`)
  return rows
}

const officeAccess = (
  ctx: Context,
  kind: 'office' | 'successorOffice',
  held: Held,
  decisions: readonly AccessDecision[],
): FoundAccess => ({
  ...{ key: `${kind}:${held.id}`, kind, title: `${held.organization} ${officeLabels[held.office]}` },
  facts: [held.until === null ? `${dayWritten(held.from)}起` : `${dayWritten(held.from)}至${dayWritten(held.until)}`],
  allowed: mayAt(ctx.actor, held).appoint.includes(held.office) ? [...decisions] : ['keep'],
  end: async (as, lastOn) => {
    if (held.until === null || held.until > lastOn)
      await endOffice(as, held.organizationId, held.id, { on: lastOn, reason: '工作交接' })
  },
  give: async (as, personId, firstOn, documentNumber) => {
    const { office } = held
    await appoint(as, held.organizationId, {
      ...{ personId, office, from: firstOn },
      ...(documentNumber !== '' && { documentNumber }),
    })
  },
})

/** What may become of something that who goes has: only a successor can be given it. */
const decisionsFor = ({ incomingPersonId }: AccessesOf): AccessDecision[] =>
  incomingPersonId === null ? ['keep', 'withdraw'] : ['keep', 'withdraw', 'pass']

/** The other offices of who goes, wherever they are held. */
async function officesBeside(ctx: Context, it: AccessesOf): Promise<FoundAccess[]> {
  const held = await officesHeld(ctx, sql`f.person_id = ${it.outgoingPersonId} and f.id <> ${it.officeId}`)
  return held.map((one) => officeAccess(ctx, 'office', one, decisionsFor(it)))
}

/** What the successor holds in the same organisation beside the office itself, such as that of a deputy. */
async function officesOfSuccessor(ctx: Context, it: AccessesOf): Promise<FoundAccess[]> {
  if (it.incomingPersonId === null) return []
  const held = await officesHeld(
    ctx,
    sql`f.person_id = ${it.incomingPersonId} and f.organization_id = ${it.organizationId} and f.office <> ${it.office}`,
  )
  return held.map((one) => officeAccess(ctx, 'successorOffice', one, ['keep', 'withdraw']))
}

/** Posts of who goes, there and below. */
async function postsOf(ctx: Context, it: AccessesOf): Promise<FoundAccess[]> {
  const { rows } = await ctx.db.execute<{
    id: string
    postId: string
    title: string
    path: OrgPath
    organization: string
    from: Day
    until: Day | null
  }>(sql`
    select h.id, h.post_id as "postId", q.title, q.path, o.name as organization, h.from_on::text as "from", h.until_on::text as until
    from talent_holdings h join talent_posts q on q.tenant_id = h.tenant_id and q.id = h.post_id and q.closed_at is null
    join organizations o on o.tenant_id = q.tenant_id and o.id = q.organization_id
    where h.tenant_id = ${ctx.tenantId} and h.person_id = ${it.outgoingPersonId} and ${within(sql`q.path`, [it.path])}
      and (h.until_on is null or h.until_on >= ${ctx.today}::date)
    order by q.path, h.id limit 50`)
  return rows.map((one) => ({
    ...{
      key: `post:${one.id}`,
      kind: 'post' as const,
      title: `${one.organization} ${one.title}`,
      facts: [`${dayWritten(one.from)}到岗`],
    },
    allowed: mayKeep(ctx.actor, one.path) ? decisionsFor(it) : ['keep'],
    end: async (as, lastOn) => {
      if (one.until === null || one.until > lastOn) await leavePost(as, one.postId, one.id, lastOn)
    },
    give: async (as, personId, firstOn) => {
      await fillPost(as, one.postId, { personId, fromOn: firstOn })
    },
  }))
}

/**
 * Delegations that who goes has given by this office, or that others gave to them. The first do not outlive the office that they stand on; whoever comes
 * gives them anew, in their own name.
 */
async function delegationsOf(ctx: Context, it: AccessesOf): Promise<FoundAccess[]> {
  const { rows } = await ctx.db.execute<{
    id: string
    isGiven: boolean
    path: OrgPath
    other: string
    purpose: string
    until: Day
    persons: number
    isOfOthers: boolean
  }>(sql`
    select d.id, giver.person_id = ${it.outgoingPersonId} as "isGiven", d.path, d.purpose, d.until_on::text as until,
      case when giver.person_id = ${it.outgoingPersonId} then helper.name else giver.name end as other,
      (select count(*)::int from delegation_persons p where p.tenant_id = d.tenant_id and p.delegation_id = d.id) as persons,
      exists (select from offices f where f.tenant_id = d.tenant_id and f.person_id = ${it.outgoingPersonId} and f.id <> ${it.officeId}
        and starts_with(d.path, f.path) and f.office = any(${sql.param(keepingOffices)}::text[])
        and (f.until_on is null or f.until_on >= ${ctx.today}::date)) as "isOfOthers"
    from delegations d
    join accounts giver on giver.tenant_id = d.tenant_id and giver.id = d.giver_account_id
    join accounts helper on helper.tenant_id = d.tenant_id and helper.id = d.helper_account_id
    where d.tenant_id = ${ctx.tenantId} and d.ended_on is null and d.until_on >= ${ctx.today}::date
      and (giver.person_id = ${it.outgoingPersonId} or helper.person_id = ${it.outgoingPersonId})
    order by d.path, d.id limit 100`)
  return rows
    .filter(({ path }) => mayEndDelegation(ctx.actor, { path }) || isWithin(path, it.path))
    .map((one) => ({
      ...{
        key: `delegation:${one.id}`,
        kind: one.isGiven ? ('delegationGiven' as const) : ('delegationReceived' as const),
      },
      title: `${one.isGiven ? `授权${one.other}` : `受${one.other}委托`}：${one.purpose}`,
      facts: [`涉及 ${one.persons} 人`, `到${dayWritten(one.until)}为止`],
      allowed: !mayEndDelegation(ctx.actor, one)
        ? ['keep']
        : one.isGiven && !one.isOfOthers
          ? ['withdraw']
          : ['keep', 'withdraw'],
      end: (as, lastOn) => endDelegationAfter(as, one.id, lastOn),
      give: async () => undefined,
    }))
}

const keepingOffices = officesWith('keep-files')

/** Does what was decided of each, the offices of who comes last. */
export async function decide(
  ctx: Context,
  all: readonly { access: FoundAccess; decision: AccessDecision }[],
  {
    firstOn,
    incomingPersonId,
    documentNumber,
  }: { firstOn: Day; incomingPersonId: string | null; documentNumber: string },
): Promise<void> {
  for (const { access, decision } of all) {
    if (decision === 'keep') continue
    await access.end(ctx, addDays(firstOn, -1))
    if (decision === 'pass' && incomingPersonId !== null)
      await access.give(ctx, incomingPersonId, firstOn, documentNumber)
  }
}
