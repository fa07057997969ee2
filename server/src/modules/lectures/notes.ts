import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { Refusal } from '../../platform/refusal.ts'
import { subjectOf } from '../activities/stored.ts'
import { tellChange } from './changes.ts'
import type { NotesView } from './schema.ts'
import { holdLecture, openLecture } from './stored.ts'
import { lectureNotes } from './tables.ts'

/** So many of the last savings are listed. */
const mostListed = 20

/** The shared notes and who has written in them, for whoever may read the lecture. Nothing written: revision 0. */
export async function readNotes(ctx: Context, activityId: string): Promise<NotesView> {
  const { can } = await openLecture(ctx, activityId)
  const { revision, savedBy, savedAt } = lectureNotes
  const history = await ctx.db
    .select({ revision, savedBy, savedAt })
    .from(lectureNotes)
    .where(ofLecture(ctx, activityId))
    .orderBy(desc(revision))
    .limit(mostListed)
  const [last] = history
  const [written] = last
    ? await ctx.db
        .select({ text: lectureNotes.text })
        .from(lectureNotes)
        .where(and(ofLecture(ctx, activityId), eq(revision, last.revision)))
    : []
  return {
    text: written?.text ?? '',
    revision: last?.revision ?? 0,
    history: history.map((it) => ({ ...it, savedAt: it.savedAt.toISOString() })),
    can: { write: can.write },
  }
}

/** Saves the notes as read at this revision. What was there before stays. */
export async function writeNotes(ctx: Context, activityId: string, text: string, read: number): Promise<void> {
  const { activity, can } = await holdLecture(ctx, activityId, '写共享笔记')
  if (!can.write) throw new Refusal('conflict', '这项活动已取消，不能再写笔记。')
  const { tenantId } = ctx
  const revision = read + 1
  const isLast = (await revisionOf(ctx, activityId)) === read
  const written =
    isLast &&
    (await ctx.db
      .insert(lectureNotes)
      .values({ tenantId, activityId, path: activity.path, revision, text, savedBy: ctx.actor.name })
      .onConflictDoNothing()
      .returning({ revision: lectureNotes.revision }))
  if (!written || written.length === 0)
    throw new Refusal('changed', '笔记刚刚有人改动过，这次没有保存。请复制您写的内容，刷新页面，看过新的再改。')

  await tellChange(ctx, activityId, 'notes')
  await record(ctx, 'lectures.notes-saved', subjectOf(activity), { title: activity.title })
}

async function revisionOf(ctx: Context, activityId: string): Promise<number> {
  const [row] = await ctx.db
    .select({ revision: lectureNotes.revision })
    .from(lectureNotes)
    .where(ofLecture(ctx, activityId))
    .orderBy(desc(lectureNotes.revision))
    .limit(1)
  return row?.revision ?? 0
}

const ofLecture = ({ tenantId }: Context, activityId: string) =>
  and(eq(lectureNotes.tenantId, tenantId), eq(lectureNotes.activityId, activityId))
