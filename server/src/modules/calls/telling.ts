import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, Refusal } from '../../platform/refusal.ts'
import type { Block } from '../../platform/rich-text/document-schema.ts'
import { shareItems } from '../media/sharing.ts'
import { beginDraft } from '../notices/renewing.ts'
import { beginArticle, placeOfNew } from '../publicity/service.ts'
import { nextNoticeOf, tellingOf } from './notice-text.ts'
import { mayTell } from './policy.ts'
import { authorsOf, openWork, shelfShowing } from './shelf.ts'
import { mediaInOrder, mediaOf } from './shown.ts'
import { callSubject, changeEntry, entrySubject, lockFor } from './stored.ts'

/** Drafts a notice of a call, or of its results, to everybody of its organisation, which somebody looks at and sends. Asked again while it waits, it is the same. Returns its id. */
export async function draftNoticeOf(ctx: Context, callId: string, base: string): Promise<string> {
  const call = await lockFor(ctx, callId, 'notify', '起草通知', 'send-notices')
  const { organizationId, title } = call
  const telling = tellingOf(call, base)
  const { id, isNew } = await beginDraft(ctx, nextNoticeOf(call), { organizationId, telling })
  if (isNew) await record(ctx, 'calls.notice-drafted', callSubject(call), { title })
  return id
}

/** Begins an article with a work of the shelf, as it is shown there. Returns its id. Runs over the whole university. */
export async function beginArticleOf(
  ctx: Context,
  entryId: string,
  sectionId: string,
  contentIsThere: (contentId: string) => Promise<boolean>,
): Promise<string> {
  const { call, entry, members } = await openWork(ctx, entryId)
  authorize(mayTell(ctx.actor, call.path), '把这件作品写成稿件')
  if (entry.articleId !== null) throw new Refusal('conflict', '这件作品已经写成稿件，请在“宣传”中继续修改那一篇。')
  const shown = mediaInOrder(call, entry, await mediaOf(ctx, [entry]), shelfShowing(entry, members))
  const pictures = shown.filter(({ shown: it }) => it.kind === 'picture').map((it) => it.item)
  const shared = await shareItems(ctx, pictures, call, contentIsThere)
  const authors = authorsOf(members).join('、')
  const content: Block[] = [
    ...call.fields.flatMap((it) => paragraphs(entry.answers[it.key]?.text ?? '')),
    ...shared.map(
      (mediaId): Block => ({ type: 'picture', attrs: { mediaId, alt: entry.title, caption: '', width: 'full' } }),
    ),
  ]
  const wanted = {
    ...{ organizationId: call.organizationId, sectionId, isOpen: false },
    text: {
      ...{ title: entry.title, summary: '', cover: null },
      body: { type: 'doc' as const, content: content.length > 0 ? content : paragraphs(entry.title) },
      byline: { author: authors, source: call.title.slice(0, 50), photographer: '', editor: '' },
    },
  }
  const id = await beginArticle(ctx, wanted, await placeOfNew(ctx, wanted))
  await changeEntry(ctx, entryId, { articleId: id })
  await record(ctx, 'calls.article-begun', entrySubject(entry), { title: entry.title })
  return id
}

const paragraphs = (text: string): Block[] =>
  text
    .split(/\n+/)
    .filter((it) => it.trim() !== '')
    .map((it): Block => ({ type: 'paragraph', content: [{ type: 'text', text: it.trim() }] }))
