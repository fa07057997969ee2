import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { found, refuseField } from '../../platform/refusal.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { mediaIds } from '../../platform/rich-text/reading-schema.ts'
import { assertUsable, findMedia, type StoredItem } from '../media/queries.ts'
import { setUses } from '../media/uses.ts'
import { mayModerate } from './policy.ts'
import { findTopic, isAuthor, isPost } from './stored.ts'
import { discussionEdits, discussionPosts } from './tables.ts'

/** Refuses what is no picture, or none that the actor may put into what they write. */
export async function refuseForeignPictures(ctx: Context, body: RichText): Promise<void> {
  const ids = mediaIds(body)
  if (ids.length === 0) return
  const items = await assertUsable(ctx, ids)
  if (items.some((it) => it.kind !== 'picture')) refuseField('body', '发言中只能插入图片')
}

/** Says which pictures a post uses, in what it says and has said. */
export const usePictures = (
  ctx: Pick<Context, 'db' | 'tenantId'>,
  postId: string,
  ...bodies: readonly RichText[]
): Promise<void> => setUses(ctx, { module: 'discussion', id: postId }, [...new Set(bodies.flatMap(mediaIds))])

/** Refuses a picture that does not stand in this post, or whose post the actor does not see. */
export async function refuseUnseenPicture(ctx: Context, postId: string, mediaId: string): Promise<void> {
  const [row] = await ctx.db.select().from(discussionPosts).where(isPost(ctx, postId))
  const post = found(row, '张图片')
  const topic = await findTopic(ctx, post.topicId)
  const isSeen = post.hiddenAt === null || isAuthor(ctx, post) || mayModerate(ctx.actor, topic.path)
  const stands = post.body !== null && mediaIds(post.body).includes(mediaId)
  found((isSeen && (stands || (await stoodThere(ctx, postId, mediaId)))) || undefined, '张图片')
}

async function stoodThere({ db, tenantId }: Context, postId: string, mediaId: string): Promise<boolean> {
  const rows = await db
    .select({ body: discussionEdits.body })
    .from(discussionEdits)
    .where(and(eq(discussionEdits.tenantId, tenantId), eq(discussionEdits.postId, postId)))
  return rows.some((it) => mediaIds(it.body).includes(mediaId))
}

/** The picture itself. Runs over the whole university, after the above: it lies where its writer belongs. */
export const findPicture = async (ctx: Context, mediaId: string): Promise<StoredItem> =>
  found((await findMedia(ctx, [mediaId])).get(mediaId), '张图片')
