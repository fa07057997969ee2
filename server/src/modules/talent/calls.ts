import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf, reachOf } from '../../platform/reach.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { applicationsFor } from './applications.ts'
import type { CallList, CallRow, CallView, NewCall } from './call-schema.ts'
import { type Told, tellCallDecided } from './informing.ts'
import { keepingRoots, mayKeep } from './policy.ts'
import { holdsOn } from './posts.ts'
import { authorizeDeciding, isOpen, mayDecide, ofCall, openCall, ownApplication, subjectOf } from './stored-calls.ts'
import { talentApplications, talentCalls, talentPosts } from './tables.ts'

/** Calls for candidates (岗位征集). Everything here runs over the whole university: what is open is read by whoever belongs there. */

/** So many calls are shown. */
const mostShown = 200

/** The calls that are open where the reader belongs, and all of those that the reader decides; the first to end first. */
export async function listCalls(ctx: Context): Promise<CallList> {
  const { tenantId, today } = ctx
  const reach = reachOf(ctx.actor)
  const { rows } = await ctx.db.execute<
    CallRow & Record<string, unknown> & { organizationId: string; organizationName: string }
  >(sql`
    select c.id, q.title, o.id as "organizationId", o.name as "organizationName", c.until_on::text as "untilOn",
      (c.closed_at is null and q.closed_at is null and c.until_on >= ${today}::date) as "isOpen",
      exists (select from talent_applications a where a.tenant_id = c.tenant_id and a.call_id = c.id
        and a.person_id = ${personOf(ctx)}::uuid) as "hasApplied", ${within(sql`c.path`, keepingRoots(ctx.actor))} and not exists (select from talent_applications a where a.tenant_id = c.tenant_id
        and a.call_id = c.id and a.person_id = ${personOf(ctx)}::uuid) as runs
    from talent_calls c join talent_posts q on q.tenant_id = c.tenant_id and q.id = c.post_id
    join organizations o on o.tenant_id = q.tenant_id and o.id = q.organization_id
    where c.tenant_id = ${tenantId} and (${within(sql`c.path`, keepingRoots(ctx.actor))}
      or exists (select from talent_applications a where a.tenant_id = c.tenant_id and a.call_id = c.id and a.person_id = ${personOf(ctx)}::uuid)
      or (c.closed_at is null and q.closed_at is null and c.until_on >= ${today}::date
        and (c.path = any(${sql.param(reach.places)}::text[]) or ${within(sql`c.path`, reach.roots)})))
    order by 6 desc, c.until_on, c.id limit ${mostShown + 1}`)
  return {
    items: rows.slice(0, mostShown).map(({ organizationId, organizationName, ...it }) => ({
      ...it,
      organization: { id: organizationId, name: organizationName },
    })),
    isCut: rows.length > mostShown,
  }
}

/** A call with the own application, and for whoever decides with all of them, by name. */
export async function readCall(ctx: Context, callId: string): Promise<CallView> {
  const it = await openCall(ctx, callId)
  const { call, post } = it
  const { tenantId, today } = ctx
  const own = await ownApplication(ctx, callId)
  const decides = own === undefined && mayDecide(ctx, it)
  const [organization] = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), eq(organizations.id, post.organizationId)))
  const { rows: counted } = await ctx.db.execute<{ held: number; skills: CallView['skills'] }>(sql`
    select (select count(*)::int from talent_holdings h where h.tenant_id = ${tenantId} and h.post_id = ${post.id} and ${holdsOn(today)}) as held,
      (select coalesce(jsonb_agg(jsonb_build_object('skillId', k.id, 'name', k.name) order by k.name), '[]') from talent_skills k
        where k.tenant_id = ${tenantId} and k.id::text = any(${sql.param(post.skillIds)}::text[])) as skills`)
  const { held = 0, skills = [] } = counted[0] ?? {}
  const open = isOpen(it, today)
  return {
    ...{ id: call.id, title: post.title, about: post.about, text: call.text, places: post.places },
    organization: found(organization, '个组织'),
    ...{
      vacant: Math.max(0, post.places - held),
      skills,
      untilOn: call.untilOn,
      isOpen: open,
      closeReason: call.closeReason,
    },
    own: own ? ownShown(own) : null,
    applications: decides ? await applicationsFor(ctx, it) : null,
    can: {
      apply: open && !mayDecide(ctx, it) && (own === undefined || own.isChosen === null),
      withdraw: own !== undefined && own.isChosen === null,
      close: decides && call.closedAt === null,
      decide: decides && call.closedAt === null,
    },
  }
}

const ownShown = ({ id, statement, answers, isChosen, reason }: typeof talentApplications.$inferSelect) => ({
  ...{ id, statement, answers, isChosen, reason },
})

/** Calls for candidates for a post that has a vacancy. Returns its id. */
export async function announceCall(ctx: Context, postId: string, { untilOn, text }: NewCall): Promise<string> {
  const { tenantId } = ctx
  const [row] = await ctx.db
    .select()
    .from(talentPosts)
    .where(and(eq(talentPosts.tenantId, tenantId), eq(talentPosts.id, postId), isNull(talentPosts.closedAt)))
    .for('update')
  const post = found(row && mayKeep(ctx.actor, row.path) ? row : undefined, '个岗位')
  if (untilOn < ctx.today) refuseField('untilOn', '报名截止的日期已经过去')
  const open = and(eq(talentCalls.tenantId, tenantId), eq(talentCalls.postId, postId), isNull(talentCalls.closedAt))
  if ((await ctx.db.$count(talentCalls, open)) > 0)
    throw new Refusal('conflict', '这个岗位正在征集。要重新征集的，请先结束原来的征集。')
  const id = newId()
  const { path } = post
  await ctx.db.insert(talentCalls).values({ tenantId, id, postId, path, untilOn, text, announcedBy: ctx.actor.name })
  await record(ctx, 'talent.call-announced', subjectOf({ id, path }), { title: post.title, until: untilOn })
  return id
}

/** Ends a call, with the reason. Whoever was not decided on is told that it has ended, and reads the reason on the page. */
export async function closeCall(
  ctx: Context,
  callId: string,
  { reason, base }: Told & { reason: string },
): Promise<void> {
  const it = await openCall(ctx, callId, { lock: true })
  await authorizeDeciding(ctx, it, '结束这次征集')
  if (it.call.closedAt !== null) throw new Refusal('conflict', '这次征集已经结束。')
  await ctx.db.update(talentCalls).set({ closedAt: new Date(), closeReason: reason }).where(ofCall(ctx, callId))
  await record(ctx, 'talent.call-closed', subjectOf(it.call), { title: it.post.title, reason })
  const { organizationId, path, title } = it.post
  const waiting = await ctx.db
    .select({ personId: talentApplications.personId })
    .from(talentApplications)
    .where(
      and(
        eq(talentApplications.tenantId, ctx.tenantId),
        eq(talentApplications.callId, callId),
        isNull(talentApplications.isChosen),
      ),
    )
  const to = waiting.map((one) => one.personId)
  await tellCallDecided(ctx, {
    organizationId,
    path,
    to,
    fact: `call-closed:${callId}`,
    callId,
    title,
    isEnded: true,
    base,
  })
}
