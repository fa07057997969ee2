import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { isOneOf } from '../../platform/within.ts'
import { keepContents } from '../archive/held-contents.ts'
import type { StoredItem } from './queries.ts'
import { type Home, subjectOf } from './service.ts'
import { mediaItems, mediaVariants } from './tables.ts'

/**
 * Makes items of an organisation out of private ones that their author has made public, so that they can be used in an article: new items
 * with the same contents, which say nothing of who brought them in first. Whether they may be shared was settled by whoever asks.
 */
export async function shareItems(
  ctx: Context,
  items: readonly StoredItem[],
  { organizationId, path }: Home,
  contentIsThere: (contentId: string) => Promise<boolean>,
): Promise<string[]> {
  if (items.length === 0) return []
  const { db, tenantId, actor } = ctx
  const ids = items.map((it) => it.id)
  const forms = Map.groupBy(
    await db
      .select()
      .from(mediaVariants)
      .where(and(eq(mediaVariants.tenantId, tenantId), isOneOf(mediaVariants.mediaId, ids))),
    (it) => it.mediaId,
  )
  const shared = []
  for (const item of items) {
    const id = newId()
    const own = forms.get(item.id) ?? []
    await keepContents(ctx, id, [item.contentId, ...own.map((it) => it.contentId)], contentIsThere)
    await db.insert(mediaItems).values({
      ...item,
      ...{ id, organizationId, path, isPrivate: false, revision: 1, createdAt: new Date() },
      ...{ uploaderAccountId: actor.accountId, uploaderName: actor.name },
    })
    if (own.length > 0) await db.insert(mediaVariants).values(own.map((it) => ({ ...it, mediaId: id })))
    await record(ctx, 'media.added', subjectOf({ id, path }), { fileName: item.fileName })
    shared.push(id)
  }
  return shared
}
