import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { readCues, writeVtt } from '../../platform/media/vtt.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { may } from './policy.ts'
import { openItem, type StoredItem } from './queries.ts'
import type { TextKind } from './schema.ts'
import { refuseWithdrawn, subjectOf } from './service.ts'
import { mediaTexts } from './tables.ts'

/**
 * Sets the words of a film or a sound, or its chapters; an empty text takes them away. What is kept is written anew from what was read.
 * Runs over the place where the item belongs.
 */
export async function setText(ctx: Context, mediaId: string, kind: TextKind, text: string): Promise<void> {
  const item = await openItem(ctx, mediaId, { lock: true })
  refuseWithdrawn(item)
  authorize(may(ctx.actor, item).change, '修改这个素材的字幕')
  if (item.kind !== 'video' && item.kind !== 'sound')
    throw new Refusal('conflict', `“${item.fileName}”不是视频或音频，不能加字幕。`)

  const { tenantId, db } = ctx
  if (text.trim() === '') await db.delete(mediaTexts).where(ofText(ctx, mediaId, kind))
  else {
    const vtt = writeVtt(readCues(text))
    await db
      .insert(mediaTexts)
      .values({ tenantId, mediaId, kind, vtt })
      .onConflictDoUpdate({ target: [mediaTexts.tenantId, mediaTexts.mediaId, mediaTexts.kind], set: { vtt } })
  }
  await record(ctx, 'media.text-set', subjectOf(item), { fileName: item.fileName, mediaText: kind })
}

/** The words or chapters of an item as WebVTT. Who may see the item was settled before. */
export async function readText(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  item: Pick<StoredItem, 'id' | 'fileName' | 'withdrawnAt'>,
  kind: TextKind,
): Promise<string> {
  refuseWithdrawn(item)
  const [row] = await ctx.db
    .select({ vtt: mediaTexts.vtt })
    .from(mediaTexts)
    .where(ofText(ctx, item.id, kind))
  return found(row, kind === 'captions' ? '份字幕' : '份章节').vtt
}

const ofText = ({ tenantId }: Pick<Context, 'tenantId'>, mediaId: string, kind: TextKind) =>
  and(eq(mediaTexts.tenantId, tenantId), eq(mediaTexts.mediaId, mediaId), eq(mediaTexts.kind, kind))
