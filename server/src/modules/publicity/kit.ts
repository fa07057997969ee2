import type { Context } from '../../platform/context.ts'
import { authorize } from '../../platform/refusal.ts'
import type { Crop } from '../../platform/rich-text/document-schema.ts'
import type { WantedMedium } from '../../platform/rich-text/html.ts'
import { findMedia, type StoredItem } from '../media/queries.ts'
import { cropNameOf } from '../media/service.ts'
import { checkKit, sizeOf } from './kit-checks.ts'
import { type KitHtml, kitHtml } from './kit-html.ts'
import { bodyCropOrder, bodyWidth, coverOrder, mediaIn } from './pictures.ts'
import { type OpenedArticle, openArticle } from './queries.ts'
import type { ArticleText, KitView } from './schema.ts'
import { findVersion } from './versions.ts'
import { draftsThere } from './wechat-drafts.ts'

/** The text of an article that may go to a 公众号, and whether a person has approved it. */
export interface KitText {
  text: ArticleText
  /** Null where nobody has approved it yet: it may be looked at, and goes nowhere. */
  version: number | null
}

/** Which text of an article the kit is of: what is published or approved, the newer of both, else what is being written. */
export async function kitTextOf(ctx: Context, { article }: Pick<OpenedArticle, 'article'>): Promise<KitText> {
  const version = article.approvedAt === null ? article.publishedVersion : article.submittedVersion
  if (version === null) return { text: article.text, version }
  return { text: (await findVersion(ctx, article.id, version)).text, version }
}

/** An article as it goes to a 公众号: set in the styles of its editor, looked through, with both covers. Whoever may see the article. */
export async function readKit(
  ctx: Context,
  articleId: string,
  { isConfigured }: { isConfigured: boolean },
): Promise<KitView> {
  const opened = await openArticle(ctx, articleId)
  const { text, version } = await kitTextOf(ctx, opened)
  const media = await findMedia(ctx, mediaIn(text))
  const set = setWith(text, media, (item, form) => contentAddress(articleId, item.id, form))
  const cover = text.cover ? media.get(text.cover.mediaId) : undefined
  const checks = checkKit({ text, isOpen: opened.article.isOpen, media, ...set })
  const isSound = checks.every((it) => it.weight !== 'must')
  return {
    ...{ title: text.title, author: text.byline.author, digest: text.summary, html: set.html, checks },
    ...sizeOf(text),
    covers:
      text.cover && cover?.kind === 'picture'
        ? coversOf(text.cover, cover, (form) => contentAddress(articleId, cover.id, form))
        : null,
    isApproved: version !== null,
    isConfigured,
    drafts: await draftsThere(ctx, articleId),
    can: { push: isConfigured && isSound && version !== null && mayPush(opened) },
  }
}

/** Refuses whoever does not publish for the organisation, and what nobody has approved. */
export function authorizePush(opened: OpenedArticle): void {
  authorize(mayPush(opened), '把这篇稿件推送到公众号')
}

const mayPush = ({ can, article }: OpenedArticle): boolean =>
  can.publish || (can.withdraw && article.publishedVersion !== null)

/** Both covers of an article, each by what is given for its form. */
export function coversOf<T>(
  cover: NonNullable<ArticleText['cover']>,
  item: StoredItem,
  of: (form: PictureForm) => T,
): { wide: T; square: T } {
  const form = (shape: 'wide' | 'square') => of({ crop: cropNameOf(coverOrder(cover, item, shape)) })
  return { wide: form('wide'), square: form('square') }
}

/** Which form of a picture is meant. */
export type PictureForm = { width: number } | { crop: string }

/** An article set for a 公众号, with each picture at the address that is given for it. */
export function setWith(
  { body }: ArticleText,
  media: ReadonlyMap<string, StoredItem>,
  addressFor: (item: StoredItem, form: PictureForm) => string,
): KitHtml {
  return kitHtml(body, ({ mediaId, crop }: WantedMedium) => {
    const item = media.get(mediaId)
    if (!item || item.withdrawnAt !== null || item.kind !== 'picture') return undefined
    return addressFor(item, formOf(item, crop))
  })
}

const formOf = (item: StoredItem, crop: Crop | undefined): PictureForm =>
  crop ? { crop: cropNameOf(bodyCropOrder(crop, item)) } : { width: bodyWidth }

/** Where whoever may see the article gets a picture of it. */
function contentAddress(articleId: string, mediaId: string, form: PictureForm): string {
  const query = new URLSearchParams(Object.entries(form).map(([name, value]) => [name, String(value)]))
  return `/api/publicity/articles/${articleId}/media/${mediaId}?${query}`
}
