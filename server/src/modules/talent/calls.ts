import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record, type Subject } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { isInReach, personOf, reachOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import type { ApplicationDecision, ApplicationFields, CallList, CallRow, CallView, NewCall } from './call-schema.ts'
import { type Told, tellCallDecided } from './informing.ts'
import { keepingRoots, mayKeep } from './policy.ts'
import { fillPost, holdsOn } from './posts.ts'
import { talentApplications, talentCalls, talentPosts } from './tables.ts'

/** Calls for candidates (岗位征集). Everything here runs over the whole university: what is open is read by whoever belongs there. */

interface StoredCall {
  call: typeof talentCalls.$inferSelect
  post: typeof talentPosts.$inferSelect
}

/** So many calls, and so many applications for one, are shown. */
const mostShown = 200

const joinedWithPost = and(eq(talentPosts.tenantId, talentCalls.tenantId), eq(talentPosts.id, talentCalls.postId))

/** Whether applications are taken on a day. */
const isOpen = ({ call, post }: StoredCall, today: string): boolean =>
  call.closedAt === null && post.closedAt === null && call.untilOn >= today

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

type Listed = NonNullable<CallView['applications']>[number]

async function applicationsFor({ db, tenantId, today }: Context, { call, post }: StoredCall): Promise<Listed[]> {
  const { rows } = await db.execute<ApplicationRead>(sql`
    select a.id, p.id as "personId", p.name, o.id as "organizationId", o.name as organization, a.statement, a.answers,
      a.applied_at as "appliedAt", a.is_chosen as "isChosen", a.reason, a.decided_by as "decidedBy",
      (select coalesce(jsonb_agg(jsonb_build_object('skillId', k.id, 'name', k.name) order by k.name), '[]')
        from talent_person_skills s join talent_skills k on k.tenant_id = s.tenant_id and k.id = s.skill_id
        where s.tenant_id = a.tenant_id and s.person_id = a.person_id and k.id::text = any(${sql.param(post.skillIds)}::text[])) as recorded,
      (select count(*)::int from offices f where f.tenant_id = a.tenant_id and f.person_id = a.person_id
        and f.from_on <= ${today}::date and (f.until_on is null or f.until_on >= ${today}::date)) as offices
    from talent_applications a join persons p on p.tenant_id = a.tenant_id and p.id = a.person_id
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    where a.tenant_id = ${tenantId} and a.call_id = ${call.id} order by p.pinyin, p.id limit ${mostShown}`)
  return rows.map(({ personId, name, organizationId, organization, appliedAt, ...it }) => ({
    ...it,
    person: { id: personId, name },
    organization: { id: organizationId, name: organization },
    appliedAt: new Date(appliedAt).toISOString(),
  }))
}

type ApplicationRead = Omit<Listed, 'person' | 'organization'> &
  Record<string, unknown> & { personId: string; name: string; organizationId: string; organization: string }

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

/** Applies for a post, or writes the own application anew while nothing is decided. What is written stands in no row of the journal. */
export async function applyFor(ctx: Context, callId: string, fields: ApplicationFields): Promise<void> {
  const it = await openCall(ctx, callId, { lock: true })
  authorize(!mayDecide(ctx, it), '报名自己负责决定的岗位（请由上级党组织征集）')
  if (!isOpen(it, ctx.today)) throw new Refusal('conflict', '报名已经截止。')
  if (fields.answers.some((one) => !it.post.skillIds.includes(one.skillId)))
    refuseField('answers', '岗位需要的技能改过了，请刷新页面重新填写')
  const own = await ownApplication(ctx, callId)
  if (own !== undefined && own.isChosen !== null) throw new Refusal('conflict', '已经有了决定，不能再改。')
  const { tenantId } = ctx
  const personId = personOf(ctx)
  if (own) await ctx.db.update(talentApplications).set(fields).where(ofApplication(ctx, own.id))
  else await ctx.db.insert(talentApplications).values({ ...fields, tenantId, id: newId(), callId, personId })
  await record(ctx, 'talent.applied', { ...subjectOf(it.call), personId }, { title: it.post.title })
}

/** Takes the own application back while nothing is decided; nothing of it is kept. */
export async function withdrawApplication(ctx: Context, callId: string): Promise<void> {
  const it = await openCall(ctx, callId, { lock: true })
  const own = found(await ownApplication(ctx, callId), '份报名')
  if (own.isChosen !== null) throw new Refusal('conflict', '已经有了决定，不能再撤回。')
  await ctx.db.delete(talentApplications).where(ofApplication(ctx, own.id))
  await record(
    ctx,
    'talent.application-withdrawn',
    { ...subjectOf(it.call), personId: own.personId },
    { title: it.post.title },
  )
}

/** Decides on an application, with the reason, which the person reads. Who is chosen is given the post from a day on. */
export async function decideApplication(
  ctx: Context,
  callId: string,
  applicationId: string,
  { isChosen, reason, fromOn }: ApplicationDecision,
  { base }: Told,
): Promise<void> {
  const it = await openCall(ctx, callId, { lock: true })
  await authorizeDeciding(ctx, it, '决定这次征集')
  if (it.call.closedAt !== null) throw new Refusal('conflict', '这次征集已经结束，不能再决定。')
  const [row] = await ctx.db
    .select()
    .from(talentApplications)
    .where(and(ofApplication(ctx, applicationId), eq(talentApplications.callId, callId)))
  const application = found(row, '份报名')
  if (application.isChosen !== null) throw new Refusal('conflict', '这份报名已经有了决定。请刷新页面查看。')
  await ctx.db
    .update(talentApplications)
    .set({ isChosen, reason, decidedBy: ctx.actor.name, decidedAt: new Date() })
    .where(ofApplication(ctx, applicationId))
  const { personId } = application
  await record(
    ctx,
    'talent.application-decided',
    { ...subjectOf(it.call), personId },
    { title: it.post.title, isChosen },
  )
  if (isChosen && fromOn !== null) await fillPost(ctx, it.post.id, { personId, fromOn }, { hasApplied: true })
  const { organizationId, path, title } = it.post
  await tellCallDecided(ctx, {
    organizationId,
    path,
    to: [personId],
    fact: `application:${applicationId}`,
    callId,
    title,
    base,
  })
}

/** A call for whoever may read it: who decides it, who has applied, and while it is open whoever belongs there. */
async function openCall(ctx: Context, callId: string, { lock = false } = {}): Promise<StoredCall> {
  const query = ctx.db
    .select({ call: talentCalls, post: talentPosts })
    .from(talentCalls)
    .innerJoin(talentPosts, joinedWithPost)
    .where(ofCall(ctx, callId))
    .orderBy(asc(talentCalls.id))
    .$dynamic()
  const [row] = await (lock ? query.for('update', { of: talentCalls }) : query)
  const isSeen =
    row !== undefined &&
    (mayDecide(ctx, row) ||
      (isOpen(row, ctx.today) && isInReach(ctx.actor, row.call.path)) ||
      (await ownApplication(ctx, callId)) !== undefined)
  return found(isSeen ? row : undefined, '次征集')
}

/** Nobody decides on those who apply beside them, though they have come by the office since; who takes the own application back, does. */
async function authorizeDeciding(ctx: Context, it: StoredCall, named: string): Promise<void> {
  authorize(mayDecide(ctx, it), named)
  authorize((await ownApplication(ctx, it.call.id)) === undefined, `${named}，因为您报了名（请由上级党组织办理）`)
}

const mayDecide = ({ actor }: Context, { call }: { call: { path: OrgPath } }): boolean => mayKeep(actor, call.path)

async function ownApplication(ctx: Context, callId: string) {
  const [row] = await ctx.db
    .select()
    .from(talentApplications)
    .where(
      and(
        eq(talentApplications.tenantId, ctx.tenantId),
        eq(talentApplications.callId, callId),
        eq(talentApplications.personId, personOf(ctx)),
      ),
    )
  return row
}

const ofCall = ({ tenantId }: Context, callId: string) =>
  and(eq(talentCalls.tenantId, tenantId), eq(talentCalls.id, callId))
const ofApplication = ({ tenantId }: Context, id: string) =>
  and(eq(talentApplications.tenantId, tenantId), eq(talentApplications.id, id))
const subjectOf = ({ id, path }: { id: string; path: OrgPath }): Subject => ({ kind: 'postCall', id, orgPath: path })
