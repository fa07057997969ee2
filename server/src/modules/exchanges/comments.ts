import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { type Author, isOwn, type StoredCase, type Writing } from './cases.ts'
import { mostComments } from './limits.ts'
import type { Comment } from './schema.ts'
import { type StoredMeeting, subjectOf } from './stored.ts'
import { exchangeComments } from './tables.ts'

/** What is said of a case, in the order in which it was said. */

export async function listComments(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  caseId: string,
  reader: Pick<Author, 'personId' | 'guestId'>,
): Promise<Comment[]> {
  const rows = await ctx.db
    .select()
    .from(exchangeComments)
    .where(and(eq(exchangeComments.tenantId, ctx.tenantId), eq(exchangeComments.caseId, caseId)))
    .orderBy(asc(exchangeComments.id))
  return rows.map((it) => ({
    ...{ id: it.id, authorName: it.authorName, institution: it.institution, isGuest: it.guestId !== null },
    ...{ text: it.removedAt === null ? it.text : '', removedReason: it.removedAt === null ? null : it.removedReason },
    ...{ writtenAt: it.writtenAt.toISOString(), isOwn: isOwn(it, reader) },
  }))
}

/** Says something of a case that its author has shown. */
export async function addComment(ctx: Writing, meeting: StoredMeeting, it: StoredCase, text: string): Promise<string> {
  const { db, tenantId, by } = ctx
  if (it.submittedAt === null) throw new Refusal('conflict', '案例提交以后才能发言。')
  const known = await db.$count(
    exchangeComments,
    and(eq(exchangeComments.tenantId, tenantId), eq(exchangeComments.caseId, it.id)),
  )
  if (known >= mostComments) throw new Refusal('conflict', `一个案例下最多 ${mostComments} 条发言，请直接联系作者。`)
  const id = newId()
  await db.insert(exchangeComments).values({
    ...{ tenantId, id, caseId: it.id, exchangeId: meeting.id, path: meeting.path, text },
    ...{ authorId: by.personId, guestId: by.guestId, authorName: by.name, institution: by.institution },
  })
  await record(ctx, 'exchanges.commented', subjectOf(meeting), { title: it.text.title })
  return id
}

/** Takes the own words away, without a trace on the page. */
export async function takeBackComment(
  ctx: Writing,
  meeting: StoredMeeting,
  caseId: string,
  commentId: string,
): Promise<void> {
  const row = await lockComment(ctx, caseId, commentId)
  found(isOwn(row, ctx.by) && row.removedAt === null ? row : undefined, '条发言')
  await ctx.db.delete(exchangeComments).where(ofComment(ctx, caseId, commentId))
  await record(ctx, 'exchanges.comment-taken-back', subjectOf(meeting), {})
}

/** Takes somebody's words off the page, with the reason that stands in their place. */
export async function removeComment(
  ctx: Context,
  meeting: StoredMeeting,
  { caseId, commentId }: { caseId: string; commentId: string },
  reason: string,
): Promise<void> {
  const row = await lockComment(ctx, caseId, commentId)
  if (row.removedAt !== null) throw new Refusal('conflict', '这条发言已经撤下。请刷新页面查看。')
  await ctx.db
    .update(exchangeComments)
    .set({ removedAt: new Date(), removedBy: ctx.actor.name, removedReason: reason })
    .where(and(ofComment(ctx, caseId, commentId), isNull(exchangeComments.removedAt)))
  await record(ctx, 'exchanges.comment-removed', subjectOf(meeting), { reason })
}

async function lockComment(ctx: Pick<Context, 'db' | 'tenantId'>, caseId: string, commentId: string) {
  const [row] = await ctx.db
    .select()
    .from(exchangeComments)
    .where(ofComment(ctx, caseId, commentId))
    .for('update')
  return found(row, '条发言')
}

const ofComment = ({ tenantId }: Pick<Context, 'tenantId'>, caseId: string, commentId: string) =>
  and(eq(exchangeComments.tenantId, tenantId), eq(exchangeComments.caseId, caseId), eq(exchangeComments.id, commentId))
