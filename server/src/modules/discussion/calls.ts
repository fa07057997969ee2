import { dayWritten } from '@zhibu/rules'
import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { record } from '../../platform/journal.ts'
import { isAnyOf, reachOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { day, type Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { answeringOffice } from './office-held.ts'
import { mayModerate, mayRead } from './policy.ts'
import type { Call, CallsQuery, CallText, NewCall } from './schema.ts'
import { randomId } from './stored.ts'
import { discussionCalls } from './tables.ts'

const callsFor = (ctx: Context) =>
  ctx.db
    .select({
      call: discussionCalls,
      organization: { id: organizations.id, name: organizations.name },
      ideaCount: sql<number>`(select count(*)::int from discussion_topics t where t.tenant_id = ${discussionCalls.tenantId}
        and t.call_id = ${discussionCalls.id} and t.hidden_at is null)`,
    })
    .from(discussionCalls)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, discussionCalls.tenantId), eq(organizations.id, discussionCalls.organizationId)),
    )
    .$dynamic()

function viewOf(ctx: Context, { call, organization, ideaCount }: Awaited<ReturnType<typeof callsFor>>[number]): Call {
  const { id, title, body, fromOn, untilOn, calledBy, createdAt, revision, path } = call
  const isOpen = fromOn <= ctx.today && ctx.today <= untilOn
  return {
    ...{ id, title, body, fromOn, untilOn, organization, calledBy, revision, ideaCount, isOpen },
    createdAt: createdAt.toISOString(),
    can: { change: mayModerate(ctx.actor, path), answer: isOpen && mayRead(ctx.actor, path) },
  }
}

/** A page of calls for ideas where the actor reads, the one that ends last first. */
export async function listCalls(ctx: Context, { organizationId, cursor, limit }: CallsQuery): Promise<Page<Call>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([day, z.uuid()]))
  const place =
    organizationId === undefined ? undefined : found(await findOrganization(ctx, organizationId), '个组织').path
  const { tenantId, path, untilOn, id } = discussionCalls
  const { places, roots } = reachOf(ctx.actor)
  const rows = await callsFor(ctx)
    .where(
      and(
        eq(tenantId, ctx.tenantId),
        sql`(${isAnyOf(sql`${path}`, places)} or ${within(path, roots)})`,
        place === undefined ? undefined : eq(path, place),
        after && sql`(${untilOn}, ${id}) < (${after[0]}::date, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(untilOn), desc(id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1]?.call : undefined
  return {
    items: rows.slice(0, limit).map((it) => viewOf(ctx, it)),
    ...(last && { next: writeCursor([last.untilOn, last.id]) }),
  }
}

export async function readCall(ctx: Context, callId: string): Promise<Call> {
  const [row] = await callsFor(ctx).where(isCall(ctx, callId))
  const it = found(row, '项征集')
  found(mayRead(ctx.actor, it.call.path) || undefined, '项征集')
  return viewOf(ctx, it)
}

/** Calls for ideas on a theme, as an officer of the organisation. */
export async function callForIdeas(ctx: Context, { organizationId, ...text }: NewCall): Promise<string> {
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayModerate(ctx.actor, organization.path), '以这个组织的名义征集')
  if (organization.dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，不能再发起征集。')
  if (text.untilOn < ctx.today) refuseField('untilOn', '截止日期已经过去')
  const it = { id: randomId(), organizationId, path: organization.path }
  const calledBy = (await answeringOffice(ctx, organization.path)) || ctx.actor.name
  await ctx.db
    .insert(discussionCalls)
    .values({ ...text, ...it, tenantId: ctx.tenantId, calledBy, createdAt: new Date() })
  await record(ctx, 'discussion.ideas-called-for', subjectOf(it), { title: text.title })
  return it.id
}

/** Changes a call as read at this revision, such as its last day. */
export async function changeCall(ctx: Context, callId: string, text: CallText, revision: number): Promise<void> {
  const call = await loadCall(ctx, callId, { lock: true })
  authorize(mayModerate(ctx.actor, call.path), '修改这项征集')
  refuseStale(call, revision, '这项征集')
  await ctx.db
    .update(discussionCalls)
    .set({ ...text, revision: revision + 1 })
    .where(isCall(ctx, callId))
  await record(ctx, 'discussion.call-changed', subjectOf(call), { title: text.title })
}

/** Refuses an idea for a call that takes none today, or belongs to another organisation. */
export async function openCallFor(ctx: Context, callId: string, organizationId: string): Promise<void> {
  const call = await loadCall(ctx, callId)
  if (call.organizationId !== organizationId) refuseField('callId', '这项征集属于另一个组织')
  if (ctx.today < call.fromOn || ctx.today > call.untilOn)
    throw new Refusal(
      'conflict',
      `这项征集的时间是${dayWritten(call.fromOn)}至${dayWritten(call.untilOn)}，现在不收来稿。`,
    )
}

async function loadCall(ctx: Context, callId: string, { lock = false } = {}) {
  const query = ctx.db.select().from(discussionCalls).where(isCall(ctx, callId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  const call = found(row, '项征集')
  found(mayRead(ctx.actor, call.path) || undefined, '项征集')
  return call
}

const subjectOf = ({ id, path }: { id: string; path: string }) => ({ kind: 'call', id, orgPath: path })

const isCall = ({ tenantId }: Pick<Context, 'tenantId'>, callId: string) =>
  and(eq(discussionCalls.tenantId, tenantId), eq(discussionCalls.id, callId))
