import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import type { ApplicationDecision, ApplicationFields, CallView } from './call-schema.ts'
import { type Told, tellCallDecided } from './informing.ts'
import { fillPost } from './posts.ts'
import {
  authorizeDeciding,
  isOpen,
  mayDecide,
  ofApplication,
  openCall,
  ownApplication,
  type StoredCall,
  subjectOf,
} from './stored-calls.ts'
import { talentApplications } from './tables.ts'

/** 报名: what people send in for a call, and what is decided. Everything here runs over the whole university. */

/** So many applications for one call are shown. */
const mostShown = 200

type Listed = NonNullable<CallView['applications']>[number]

/** All of them, by name, for whoever decides. Whether the reader does was settled before. */
export async function applicationsFor({ db, tenantId, today }: Context, { call, post }: StoredCall): Promise<Listed[]> {
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
  const set = { ...fields, appliedAt: new Date() }
  if (own) await ctx.db.update(talentApplications).set(set).where(ofApplication(ctx, own.id))
  else await ctx.db.insert(talentApplications).values({ ...set, tenantId, id: newId(), callId, personId })
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

/** Decides on an application as it was read, with the reason, which the person reads. Who is chosen is given the post from a day on. */
export async function decideApplication(
  ctx: Context,
  callId: string,
  applicationId: string,
  { isChosen, reason, fromOn, appliedAt }: ApplicationDecision,
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
  if (application.appliedAt.toISOString() !== appliedAt)
    throw new Refusal('changed', '这份报名刚刚由本人改过，还没有决定。请刷新页面，看过新的内容再决定。')
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
