import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { isInReach, personOf } from '../../platform/reach.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { mayKeep } from './policy.ts'
import { talentApplications, talentCalls, talentPosts } from './tables.ts'

/** Calls for candidates and applications as they are stored, for whoever may read them. Everything here runs over the whole university. */

/** A call with the post for which it is. */
export interface StoredCall {
  call: typeof talentCalls.$inferSelect
  post: typeof talentPosts.$inferSelect
}

const joinedWithPost = and(eq(talentPosts.tenantId, talentCalls.tenantId), eq(talentPosts.id, talentCalls.postId))

/** Whether applications are taken on a day. */
export const isOpen = ({ call, post }: StoredCall, today: string): boolean =>
  call.closedAt === null && post.closedAt === null && call.untilOn >= today

/** A call for whoever may read it: who decides it, who has applied, and while it is open whoever belongs there. */
export async function openCall(ctx: Context, callId: string, { lock = false } = {}): Promise<StoredCall> {
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
export async function authorizeDeciding(ctx: Context, it: StoredCall, named: string): Promise<void> {
  authorize(mayDecide(ctx, it), named)
  authorize((await ownApplication(ctx, it.call.id)) === undefined, `${named}，因为您报了名（请由上级党组织办理）`)
}

/** Who decides on a call: who keeps the files of its post. */
export const mayDecide = ({ actor }: Context, { call }: { call: { path: OrgPath } }): boolean =>
  mayKeep(actor, call.path)

/** What the actor has sent in for a call. */
export async function ownApplication(ctx: Context, callId: string) {
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

/** One call, and one application, by the keys of their tables. */
export const ofCall = ({ tenantId }: Context, callId: string) =>
  and(eq(talentCalls.tenantId, tenantId), eq(talentCalls.id, callId))
export const ofApplication = ({ tenantId }: Context, id: string) =>
  and(eq(talentApplications.tenantId, tenantId), eq(talentApplications.id, id))

export const subjectOf = ({ id, path }: { id: string; path: OrgPath }): Subject => ({
  kind: 'postCall',
  id,
  orgPath: path,
})
