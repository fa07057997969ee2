import { type Day, dayWritten } from '@zhibu/rules'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record, type Subject } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { writeOfficial } from './official.ts'
import { may, mayKeep } from './policy.ts'
import type { NewHolder, NewPost, PostFields, PostList, PostRow } from './post-schema.ts'
import { rootsAsked } from './queries.ts'
import { findStaff } from './stored.ts'
import { talentCalls, talentHoldings, talentPosts, talentSkills } from './tables.ts'

/** Posts (岗位) and who holds them, for whoever keeps the files of their organisation. Everything here runs over the whole university. */

type StoredPost = typeof talentPosts.$inferSelect

/** So many posts are listed, and stand in an organisation. */
const mostPosts = 300

/** The posts where the reader keeps the files, in the order of the tree; with who holds them. Two statements. */
export async function listPosts(ctx: Context): Promise<PostList> {
  const roots = await rootsAsked(ctx, undefined)
  const { rows } = await ctx.db.execute<PostRead>(sql`
    select q.id, q.title, q.duty, q.employment, q.places, q.skill_ids as "skillIds", q.about, q.revision,
      o.id as "organizationId", o.name as organization,
      (select coalesce(jsonb_agg(k.name order by k.name), '[]') from talent_skills k where k.tenant_id = q.tenant_id
        and q.skill_ids ? k.id::text) as skills,
      (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'person', jsonb_build_object('id', p.id, 'name', p.name),
          'fromOn', h.from_on::text, 'untilOn', h.until_on::text) order by h.from_on, h.id), '[]')
        from talent_holdings h join persons p on p.tenant_id = h.tenant_id and p.id = h.person_id
        where h.tenant_id = q.tenant_id and h.post_id = q.id and (h.until_on is null or h.until_on >= ${ctx.today}::date)) as holders,
      greatest(0, q.places - (select count(*)::int from talent_holdings h where h.tenant_id = q.tenant_id and h.post_id = q.id
        and ${holdsOn(ctx.today)})) as vacant
    from talent_posts q join organizations o on o.tenant_id = q.tenant_id and o.id = q.organization_id
    where q.tenant_id = ${ctx.tenantId} and q.closed_at is null and ${within(sql`q.path`, roots)}
    order by q.path, q.title, q.id limit ${mostPosts + 1}`)
  return {
    items: rows.slice(0, mostPosts).map(({ organizationId, organization, ...it }) => ({
      ...it,
      organization: { id: organizationId, name: organization },
    })),
    isCut: rows.length > mostPosts,
  }
}

type PostRead = Omit<PostRow, 'organization'> &
  Record<string, unknown> & { organizationId: string; organization: string }

/** True for a holding `h` on a day. */
export const holdsOn = (today: Day) =>
  sql`h.from_on <= ${today}::date and (h.until_on is null or h.until_on >= ${today}::date)`

/** Sets up a post of an organisation. Returns its id. */
export async function setUpPost(ctx: Context, { organizationId, ...fields }: NewPost): Promise<string> {
  const organization = found(await findOrganization(ctx, organizationId, { lock: 'share' }), '个组织')
  const { path } = organization
  authorize(mayKeep(ctx.actor, path), '在这个组织设岗')
  if (organization.dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，不能再设岗。')
  const open = and(
    eq(talentPosts.tenantId, ctx.tenantId),
    eq(talentPosts.organizationId, organizationId),
    isNull(talentPosts.closedAt),
  )
  if ((await ctx.db.$count(talentPosts, open)) >= mostPosts)
    throw new Refusal('too-large', `一个组织最多 ${mostPosts} 个岗位。请先撤销不再需要的。`)
  await refuseUnknown(ctx, fields.skillIds)

  const id = newId()
  await ctx.db
    .insert(talentPosts)
    .values({ ...fields, tenantId: ctx.tenantId, id, organizationId, path, createdBy: ctx.actor.name })
  await record(ctx, 'talent.post-set-up', subjectOf({ id, path }), { title: fields.title })
  return id
}

/** Changes a post as read at this revision. */
export async function changePost(ctx: Context, postId: string, fields: PostFields, revision: number): Promise<void> {
  const post = await lockPost(ctx, postId)
  refuseStale(post, revision, '这个岗位')
  await refuseUnknown(ctx, fields.skillIds, post.skillIds)
  await ctx.db
    .update(talentPosts)
    .set({ ...fields, revision: revision + 1 })
    .where(ofPost(ctx, postId))
  await record(ctx, 'talent.post-changed', subjectOf(post), { title: fields.title })
}

/** Takes a post away that is needed no more, as read at this revision. Not while somebody holds it, or it is called for. */
export async function closePost(ctx: Context, postId: string, reason: string, revision: number): Promise<void> {
  const post = await lockPost(ctx, postId)
  refuseActOnStale(post, revision, '这个岗位')
  const held = and(
    eq(talentHoldings.tenantId, ctx.tenantId),
    eq(talentHoldings.postId, postId),
    sql`(${talentHoldings.untilOn} is null or ${talentHoldings.untilOn} >= ${ctx.today}::date)`,
  )
  if ((await ctx.db.$count(talentHoldings, held)) > 0)
    throw new Refusal('conflict', '这个岗位还有人在岗，不能撤销。请先给在岗的人登记离岗。')
  const called = and(
    eq(talentCalls.tenantId, ctx.tenantId),
    eq(talentCalls.postId, postId),
    isNull(talentCalls.closedAt),
  )
  if ((await ctx.db.$count(talentCalls, called)) > 0)
    throw new Refusal('conflict', '这个岗位正在征集，不能撤销。请先结束征集，报名的人会收到通知。')
  await ctx.db
    .update(talentPosts)
    .set({ closedAt: new Date(), closeReason: reason, revision: revision + 1 })
    .where(ofPost(ctx, postId))
  await record(ctx, 'talent.post-closed', subjectOf(post), { title: post.title, reason })
}

/** Gives a post to somebody whom the actor keeps the file of, or who has applied for it, wherever they belong. Where nothing official is entered of them yet, the post is. Returns the id of the holding. */
export async function fillPost(
  ctx: Context,
  postId: string,
  { personId, fromOn }: NewHolder,
  { hasApplied = false } = {},
): Promise<string> {
  const post = await lockPost(ctx, postId)
  const staff = await findStaff(ctx, personId, { lock: true })
  const keeps = staff !== undefined && may(ctx.actor, staff).setOfficial
  const it = found(keeps || hasApplied || ctx.actor.personId === personId ? staff : undefined, '位同志')
  authorize(ctx.actor.personId !== personId, '给自己安排岗位（请由上级党组织安排）')
  const { tenantId } = ctx
  const present = and(
    eq(talentHoldings.tenantId, tenantId),
    eq(talentHoldings.postId, postId),
    sql`(${talentHoldings.untilOn} is null or ${talentHoldings.untilOn} >= ${fromOn}::date)`,
  )
  if ((await ctx.db.$count(talentHoldings, and(present, eq(talentHoldings.personId, personId)))) > 0)
    refuseField('personId', '这位同志已经在这个岗位上')
  if ((await ctx.db.$count(talentHoldings, present)) >= post.places)
    throw new Refusal('conflict', `这个岗位只有 ${post.places} 个名额，都有人了。请先登记离岗，或者修改岗位人数。`)

  const id = newId()
  await ctx.db
    .insert(talentHoldings)
    .values({ tenantId, id, postId, path: post.path, personId, fromOn, givenBy: ctx.actor.name })
  await record(ctx, 'talent.post-filled', { ...subjectOf(post), personId }, { title: post.title, from: fromOn })
  if (keeps && it.stored?.employment == null && fromOn <= ctx.today) {
    const { employment, duty, title } = post
    await writeOfficial(ctx, it, { employment, duty, title, since: fromOn })
  }
  return id
}

/** Writes down the last day on which somebody holds a post. Whoever has left takes it up anew; a day that was registered can be brought forward. */
export async function leavePost(ctx: Context, postId: string, holdingId: string, on: Day): Promise<void> {
  const post = await lockPost(ctx, postId)
  const ofHolding = and(
    eq(talentHoldings.tenantId, ctx.tenantId),
    eq(talentHoldings.postId, postId),
    eq(talentHoldings.id, holdingId),
  )
  const [stored] = await ctx.db.select().from(talentHoldings).where(ofHolding)
  const holding = found(stored, '条在岗登记')
  authorize(ctx.actor.personId !== holding.personId, '登记自己离岗（请由上级党组织登记）')
  if (on < holding.fromOn) refuseField('on', `离岗日期不能早于到岗的${dayWritten(holding.fromOn)}`)
  if (holding.untilOn !== null && on > holding.untilOn)
    refuseField('on', `已经登记到${dayWritten(holding.untilOn)}离岗，只能提前。继续在岗的，请重新登记到岗`)
  await ctx.db.update(talentHoldings).set({ untilOn: on }).where(ofHolding)
  await record(
    ctx,
    'talent.post-left',
    { ...subjectOf(post), personId: holding.personId },
    { title: post.title, until: on },
  )
}

/** A post that stands, locked, for whoever keeps the files there. */
async function lockPost(ctx: Context, postId: string): Promise<StoredPost> {
  const [row] = await ctx.db
    .select()
    .from(talentPosts)
    .where(and(ofPost(ctx, postId), isNull(talentPosts.closedAt)))
    .for('update')
  return found(row && mayKeep(ctx.actor, row.path) ? row : undefined, '个岗位')
}

const ofPost = ({ tenantId }: Pick<Context, 'tenantId'>, postId: string) =>
  and(eq(talentPosts.tenantId, tenantId), eq(talentPosts.id, postId))

/** A post asks for skills of the list; one that is offered no more stays with a post that asked for it before. */
async function refuseUnknown(ctx: Context, ids: readonly string[], before: readonly string[] = []): Promise<void> {
  const anew = ids.filter((it) => !before.includes(it))
  if (anew.length === 0) return
  const known = and(
    eq(talentSkills.tenantId, ctx.tenantId),
    isOneOf(talentSkills.id, anew),
    eq(talentSkills.isRetired, false),
  )
  if ((await ctx.db.$count(talentSkills, known)) !== anew.length)
    refuseField('skillIds', '有技能已经不在清单里，请刷新页面重新选')
}

const subjectOf = ({ id, path }: Pick<StoredPost, 'id' | 'path'>): Subject => ({ kind: 'post', id, orgPath: path })
