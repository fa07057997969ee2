import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, Refusal } from '../../platform/refusal.ts'
import type { Block } from '../../platform/rich-text/document-schema.ts'
import { beginningOf } from '../../platform/storable.ts'
import { may as mayWithMedium } from '../media/policy.ts'
import { findMedia, holdItems, type StoredItem } from '../media/queries.ts'
import { standing } from '../notices/begun-drafts.ts'
import { beginDraft } from '../notices/renewing.ts'
import { findOrganization } from '../organization/queries.ts'
import { mayWrite } from '../publicity/policy.ts'
import { isDropped } from '../publicity/queries.ts'
import { beginArticle, placeOfNew } from '../publicity/service.ts'
import { tellingOf } from './notice-text.ts'
import { changeStored, lockFor, openActivity, type StoredActivity, subjectOf } from './stored.ts'
import { whenInWords } from './when.ts'

/** Drafts a notice of an announced activity to everybody of its organisation, which somebody looks at and sends. Asked again while it waits, it is the same. Returns its id. */
export async function draftNoticeOf(ctx: Context, activityId: string, base: string): Promise<string> {
  const activity = await lockFor(ctx, activityId, 'notify', '起草通知', 'send-notices')
  const { organizationId, title, noticeId: lastId } = activity
  const organization = await findOrganization(ctx, organizationId)
  const telling = tellingOf(activity, organization?.name ?? '', base)
  const { id, isNew } = await beginDraft(ctx, { of: 'activity', id: activityId }, { organizationId, telling, lastId })
  if (!isNew) return id
  // What was sent and stands is what is to be corrected, whatever becomes of this draft.
  if (lastId === null || !(await standing(ctx, lastId))) await changeStored(ctx, activityId, { noticeId: id })
  await record(ctx, 'activities.notice-drafted', subjectOf(activity), { title })
  return id
}

/** Begins an article with the record of an activity and those of its pictures that the actor may use; anew where the one before was given up. Returns its id. */
export async function beginArticleOf(ctx: Context, activityId: string, sectionId: string): Promise<string> {
  const { path, articleId } = await openActivity(ctx, activityId, { lock: true })
  authorize(mayWrite(ctx.actor, path, ctx.actor.home), '为这个组织写稿件')
  if (articleId !== null) {
    if (!(await isDropped(ctx, articleId)))
      throw new Refusal('conflict', '这项活动已经写成稿件，请在“宣传”中继续修改那一篇。')
    await changeStored(ctx, activityId, { articleId: null })
  }
  const activity = await lockFor(ctx, activityId, 'beginArticle', '写成稿件')
  const { organizationId, title, record: written } = activity
  if (written === null) throw new Refusal('incomplete', '还没有活动记录。请先填写记录，再写成稿件。')
  const wanted = {
    ...{ organizationId, sectionId, isOpen: false },
    text: {
      title,
      summary: beginningOf(activity.summary, 300),
      body: { type: 'doc' as const, content: blocksOf(activity, written, await usableOf(ctx, written.pictureIds)) },
      byline: { author: ctx.actor.name, source: '', photographer: '', editor: '' },
      cover: null,
    },
  }
  const id = await beginArticle(ctx, wanted, await placeOfNew(ctx, wanted))
  await changeStored(ctx, activityId, { articleId: id })
  await record(ctx, 'activities.article-begun', subjectOf(activity), { title })
  return id
}

/** The pictures that the actor may put into an article: none that was withdrawn, and none of others where they do not publish. */
async function usableOf(ctx: Context, ids: readonly string[]): Promise<StoredItem[]> {
  await holdItems(ctx, ids)
  const items = await findMedia(ctx, ids)
  return ids.flatMap((id) => items.get(id) ?? []).filter((it) => mayWithMedium(ctx.actor, it).use)
}

function blocksOf(
  activity: StoredActivity,
  { happened, summary }: NonNullable<StoredActivity['record']>,
  items: readonly StoredItem[],
) {
  const paragraphs = (text: string): Block[] =>
    text
      .split(/\n+/)
      .filter((it) => it.trim() !== '')
      .map((it): Block => ({ type: 'paragraph', content: [{ type: 'text', text: it.trim() }] }))
  const pictures = items.map(
    ({ id: mediaId, altText }): Block => ({
      type: 'picture',
      attrs: { mediaId, alt: altText === '' ? activity.title : altText, caption: '', width: 'full' },
    }),
  )
  const when = whenInWords(activity)
  const opening = [when, activity.place].filter((it) => it !== '').join('，')
  return [
    ...paragraphs(opening === '' ? '' : `（${opening}）`),
    ...paragraphs(happened),
    ...pictures,
    ...paragraphs(summary),
  ]
}
