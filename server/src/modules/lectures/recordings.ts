import { and, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { record } from '../../platform/journal.ts'
import { readCues } from '../../platform/media/vtt.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { fold, piecesOf } from '../../platform/search/folding.ts'
import { day, type Page } from '../../platform/wire.ts'
import { isReadable } from '../activities/queries.ts'
import { subjectOf } from '../activities/stored.ts'
import { activities } from '../activities/tables.ts'
import { assertUsable, findMedia, type StoredItem } from '../media/queries.ts'
import type { TextKind } from '../media/schema.ts'
import { mediaItems, mediaTexts } from '../media/tables.ts'
import { setUses } from '../media/uses.ts'
import { organizations } from '../organization/tables.ts'
import { tellChange } from './changes.ts'
import type { Recording, RecordingRow, RecordingsQuery } from './schema.ts'
import { holdLecture } from './stored.ts'
import { lectureRecordings } from './tables.ts'

/** Recordings: a film or a sound of the library that is put on a lecture, and shown to whoever may read the lecture. */

/** Puts a film or a sound on a lecture, instead of the one before. Refuses one of which nobody has asked whether those in it agree. */
export async function putRecording(ctx: Context, activityId: string, mediaId: string): Promise<void> {
  const { activity, can } = await holdLecture(ctx, activityId, '放上录像')
  if (!can.putRecording) throw new Refusal('conflict', '这项活动还没有发布，或者已经取消，不能放上录像。')
  const [item] = await assertUsable(ctx, [mediaId])
  const { kind, durationMs, fileName, altText, showsPersons } = found(item, '个素材')
  if (kind !== 'video' && kind !== 'sound')
    throw new Refusal('conflict', `“${altText || fileName}”不是视频或音频，请选择讲座的录像或录音。`)
  if (showsPersons === 'unknown')
    throw new Refusal(
      'conflict',
      `“${altText || fileName}”里的人还没有问过是否同意公开。请问过主讲人和能认出的人，在素材库这一份的“说明”中补上同意情况，再放上来。`,
    )

  const { tenantId, actor } = ctx
  await setUses(ctx, { module: 'lectures', id: activityId }, [mediaId])
  const set = { mediaId, mediaKind: kind, durationMs, putBy: actor.name, putAt: new Date() }
  await ctx.db
    .insert(lectureRecordings)
    .values({ tenantId, activityId, path: activity.path, ...set })
    .onConflictDoUpdate({ target: [lectureRecordings.tenantId, lectureRecordings.activityId], set })
  await tellChange(ctx, activityId, 'recording')
  await record(ctx, 'lectures.recording-put', subjectOf(activity), { title: activity.title, fileName })
}

/** Takes the recording off the lecture; in the library it stays. */
export async function takeRecording(ctx: Context, activityId: string): Promise<void> {
  const { activity } = await holdLecture(ctx, activityId, '取下录像')
  const gone = await ctx.db
    .delete(lectureRecordings)
    .where(ofRecording(ctx, activityId))
    .returning({ mediaId: lectureRecordings.mediaId })
  if (gone.length === 0) throw new Refusal('conflict', '这场讲座没有录像。请刷新页面查看。')

  await setUses(ctx, { module: 'lectures', id: activityId }, [])
  await tellChange(ctx, activityId, 'recording')
  await record(ctx, 'lectures.recording-taken', subjectOf(activity), { title: activity.title })
}

/** The item of a recording, over the whole university: that the actor may read the lecture was settled before. */
export async function recordingItem(ctx: Context, activityId: string): Promise<StoredItem> {
  const [row] = await ctx.db.select().from(lectureRecordings).where(ofRecording(ctx, activityId))
  const { mediaId } = found(row, '份录像')
  return found((await findMedia(ctx, [mediaId])).get(mediaId), '份录像')
}

/** The recording as the page shows it; null where there is none or it was withdrawn. Over the whole university as well. */
export async function recordingOf(ctx: Context, activityId: string): Promise<Recording | null> {
  const [row] = await ctx.db
    .select({
      mediaId: lectureRecordings.mediaId,
      kind: lectureRecordings.mediaKind,
      fileName: mediaItems.fileName,
      durationMs: lectureRecordings.durationMs,
      withdrawnAt: mediaItems.withdrawnAt,
      texts: sql<TextKind[]>`array(select t.kind from ${mediaTexts} t where t.tenant_id = ${mediaItems.tenantId}
        and t.media_id = ${mediaItems.id})`,
    })
    .from(lectureRecordings)
    .innerJoin(
      mediaItems,
      and(eq(mediaItems.tenantId, lectureRecordings.tenantId), eq(mediaItems.id, lectureRecordings.mediaId)),
    )
    .where(ofRecording(ctx, activityId))
  if (!row || row.withdrawnAt !== null) return null
  const { mediaId, kind, fileName, durationMs, texts } = row
  return {
    ...{ mediaId, kind, fileName, durationSeconds: secondsOf(durationMs) },
    ...{ hasCaptions: texts.includes('captions'), hasChapters: texts.includes('chapters') },
  }
}

/**
 * A page of the recordings of all lectures that the actor may read, the last held first; found by title, speaker and what is said in
 * them. Over the whole university: which lectures may be read is said here.
 */
export async function listRecordings(ctx: Context, query: RecordingsQuery): Promise<Page<RecordingRow>> {
  const { q = '', cursor, limit } = query
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([day, z.uuid()]))
  const pieces = piecesOf(q)
  // What was announced or recorded has a day.
  const place = sql`(${activities.fromOn}, ${activities.id})`
  const rows = await ctx.db
    .select({
      activity: activities,
      organization: organizations.name,
      mediaKind: lectureRecordings.mediaKind,
      durationMs: lectureRecordings.durationMs,
      captions: pieces.length === 0 ? sql<string | null>`null` : mediaTexts.vtt,
    })
    .from(lectureRecordings)
    .innerJoin(
      activities,
      and(eq(activities.tenantId, lectureRecordings.tenantId), eq(activities.id, lectureRecordings.activityId)),
    )
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, activities.tenantId), eq(organizations.id, activities.organizationId)),
    )
    .innerJoin(
      mediaItems,
      and(eq(mediaItems.tenantId, lectureRecordings.tenantId), eq(mediaItems.id, lectureRecordings.mediaId)),
    )
    .leftJoin(
      mediaTexts,
      and(
        eq(mediaTexts.tenantId, lectureRecordings.tenantId),
        eq(mediaTexts.mediaId, lectureRecordings.mediaId),
        eq(mediaTexts.kind, 'captions'),
      ),
    )
    .where(
      and(
        eq(lectureRecordings.tenantId, ctx.tenantId),
        isReadable(ctx),
        isNull(mediaItems.withdrawnAt),
        ...pieces.map((piece) => holds(piece)),
        after && sql`${place} < (${after[0]}::date, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(activities.fromOn), desc(activities.id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(({ activity: it, organization, mediaKind, durationMs, captions }) => ({
      ...{ activityId: it.id, kind: it.kind, title: it.title, speaker: it.speaker },
      organization: { id: it.organizationId, name: organization },
      ...{ fromOn: it.fromOn, untilOn: it.untilOn, startMinute: it.startMinute, endMinute: it.endMinute },
      ...{ mediaKind, durationSeconds: secondsOf(durationMs), hits: hitsIn(captions, pieces) },
    })),
    ...(last?.activity.fromOn && { next: writeCursor([last.activity.fromOn, last.activity.id]) }),
  }
}

/** Captions are compared as they were written, but for upper and lower case: whoever changes them changes what is found. */
const holds = (piece: string): SQL | undefined =>
  or(sql`position(${piece} in ${activities.folded}) > 0`, sql`position(${piece} in lower(${mediaTexts.vtt})) > 0`)

/** So many places are shown of each recording. */
const mostHits = 3

function hitsIn(vtt: string | null, pieces: readonly string[]): RecordingRow['hits'] {
  if (vtt === null) return []
  return readCues(vtt)
    .filter(({ text }) => pieces.some((piece) => fold(text).includes(piece)))
    .slice(0, mostHits)
    .map(({ fromMs, text }) => ({ seconds: fromMs / 1000, text }))
}

const secondsOf = (ms: number | null): number | null => (ms === null ? null : ms / 1000)

const ofRecording = ({ tenantId }: Context, activityId: string) =>
  and(eq(lectureRecordings.tenantId, tenantId), eq(lectureRecordings.activityId, activityId))
