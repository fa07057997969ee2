import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { isBlank, mediaIds } from '../../platform/rich-text/reading-schema.ts'
import { assertUsable } from '../media/queries.ts'
import { setUses, usesOf } from '../media/uses.ts'
import { findOrganization } from '../organization/queries.ts'
import { persons } from '../people/tables.ts'
import { mayWrite } from './policy.ts'
import { ofArticle, openArticle, type StoredArticle } from './queries.ts'
import type { ArticleChange, ArticleText, NewArticle, Submission } from './schema.ts'
import { openSection } from './sections.ts'
import { articles } from './tables.ts'
import { findVersion, keepVersion } from './versions.ts'

/** Where an article of this organisation would stand; refuses whoever does not write there. */
export async function placeOfNew(ctx: Context, { organizationId }: Pick<NewArticle, 'organizationId'>): Promise<OrgPath> {
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  const [own] = await ctx.db
    .select({ path: persons.path })
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), eq(persons.id, ctx.actor.personId ?? newId())))
  authorize(mayWrite(ctx.actor, organization.path, own?.path ?? null), '为这个组织写稿')
  if (organization.dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，不能再写稿。')
  return organization.path
}

/** Begins an article at a place that `placeOfNew` has given. */
export async function beginArticle(
  ctx: Context,
  { organizationId, sectionId, isOpen, text }: NewArticle,
  path: OrgPath,
): Promise<string> {
  await openSection(ctx, sectionId)
  const { tenantId, actor } = ctx
  const id = newId()
  await useMedia(ctx, id, text)
  await ctx.db.insert(articles).values({
    ...{ tenantId, id, organizationId, path, sectionId, isOpen, text },
    title: titleOf(text),
    authorAccountId: actor.accountId,
    authorName: actor.name,
    editedByAccountId: actor.accountId,
    editedByName: actor.name,
  })
  await record(ctx, 'publicity.article-begun', subjectOf({ id, path }), { title: titleOf(text) })
  return id
}

/**
 * Saves what is being written, as read at this revision. Where somebody else wrote before, their text is kept as a version. Refuses where
 * somebody has saved meanwhile: their text stands, and the page keeps the other one and offers to keep it as a version.
 */
export async function saveArticle(
  ctx: Context,
  articleId: string,
  { sectionId, isOpen, text }: ArticleChange,
  revision: number,
): Promise<number> {
  const { article, can } = await openArticle(ctx, articleId, { lock: true })
  authorize(can.write, '修改这篇稿件')
  if (article.revision !== revision)
    throw new Refusal(
      'changed',
      `${article.editedByName}在 ${timeInChina(article.editedAt)} 保存过这篇稿件，您这次的修改没有保存。您写的内容还在这个页面上，可以存为一个版本，再与现在的稿子对照。`,
    )
  if (sectionId !== article.sectionId) await openSection(ctx, sectionId)
  await useMedia(ctx, articleId, text)

  const { actor } = ctx
  if (article.editedByAccountId !== actor.accountId) {
    const by = { accountId: article.editedByAccountId, name: article.editedByName }
    await keepVersion(ctx, article, { text: article.text, occasion: 'handedOver', by })
  }
  await changeArticle(ctx, articleId, {
    ...{ sectionId, isOpen, text, title: titleOf(text), revision: revision + 1, editedAt: new Date() },
    editedByAccountId: actor.accountId,
    editedByName: actor.name,
  })
  // One entry a writer and a quarter of an hour: an article is saved every few seconds while it is written.
  if (article.editedByAccountId !== actor.accountId || Date.now() - article.editedAt.getTime() > quietMs)
    await record(ctx, 'publicity.article-changed', subjectOf(article), { title: titleOf(text) })
  return revision + 1
}

const quietMs = 15 * 60_000

/** Brings the text of a version back into work; the text of now is kept as a version before. */
export async function restoreVersion(
  ctx: Context,
  articleId: string,
  version: number,
  revision: number,
): Promise<void> {
  const { article, can } = await openArticle(ctx, articleId, { lock: true })
  authorize(can.write, '恢复这篇稿件的版本')
  refuseStale(article, revision)
  const { text } = await findVersion(ctx, articleId, version)

  const { actor } = ctx
  const by = { accountId: article.editedByAccountId, name: article.editedByName }
  await keepVersion(ctx, article, { text: article.text, occasion: 'beforeRestoring', by })
  await changeArticle(ctx, articleId, {
    ...{ text, title: titleOf(text), revision: revision + 1, editedAt: new Date() },
    editedByAccountId: actor.accountId,
    editedByName: actor.name,
  })
  await record(ctx, 'publicity.version-restored', subjectOf(article), { title: article.title, version })
}

/** Hands an article as read at this revision to its reviewers; until they have spoken nobody changes it. */
export async function submitArticle(
  ctx: Context,
  articleId: string,
  { correctionNote }: Submission,
  revision: number,
): Promise<void> {
  const { article, can } = await openArticle(ctx, articleId, { lock: true })
  authorize(can.submit, '提交这篇稿件')
  refuseStale(article, revision)
  refuseUnfinished(article.text)
  if (article.publishedAt !== null && correctionNote === null)
    refuseField('correctionNote', '稿件已经发布，请写明更正了什么，读者会看到')

  const by = { accountId: article.editedByAccountId, name: article.editedByName }
  const version = await keepVersion(ctx, article, { text: article.text, occasion: 'submitted', by })
  await changeArticle(ctx, articleId, {
    submittedVersion: version,
    submittedAt: new Date(),
    correctionNote: article.publishedAt === null ? null : correctionNote,
    revision: revision + 1,
  })
  await record(ctx, 'publicity.submitted', subjectOf(article), { title: article.title, version })
}

/** Takes back what waits for its reviewers, or was approved and is not published yet, to write on. */
export async function takeBackArticle(ctx: Context, articleId: string): Promise<void> {
  const { article, can } = await openArticle(ctx, articleId, { lock: true })
  authorize(can.takeBack, '撤回送审')
  await changeArticle(ctx, articleId, { ...notSubmitted, revision: article.revision + 1 })
  await record(ctx, 'publicity.taken-back', subjectOf(article), { title: article.title })
}

/** Gives up an article that was never published. */
export async function dropArticle(ctx: Context, articleId: string): Promise<void> {
  const { article, can } = await openArticle(ctx, articleId, { lock: true })
  authorize(can.drop, '放弃这篇稿件')
  await changeArticle(ctx, articleId, { ...notSubmitted, droppedAt: new Date(), revision: article.revision + 1 })
  await record(ctx, 'publicity.dropped', subjectOf(article), { title: article.title })
}

/** What of an article is empty again when it is written on. */
export const notSubmitted = {
  submittedVersion: null,
  submittedAt: null,
  approvedAt: null,
  scheduledFor: null,
  scheduledByAccountId: null,
  scheduledByName: null,
}

export async function changeArticle(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  articleId: string,
  change: Partial<StoredArticle>,
): Promise<void> {
  await ctx.db.update(articles).set(change).where(ofArticle(ctx, articleId))
}

export const subjectOf = ({ id, path }: Pick<StoredArticle, 'id' | 'path'>) => ({ kind: 'article', id, orgPath: path })

/** The pictures, films and files of a text, its cover among them. */
export const mediaOf = ({ body, cover }: ArticleText): string[] => [
  ...new Set([...mediaIds(body), ...(cover ? [cover.mediaId] : [])]),
]

/** Looks whether the writer may use what is new in the text. What an article once used stays, for its versions. */
async function useMedia(ctx: Context, articleId: string, text: ArticleText): Promise<void> {
  const owner = { module: 'publicity', id: articleId }
  const known = await usesOf(ctx, owner)
  const fresh = mediaOf(text).filter((id) => !known.includes(id))
  if (fresh.length === 0) return
  await assertUsable(ctx, fresh)
  await setUses(ctx, owner, [...known, ...fresh])
}

function refuseStale({ revision, editedByName }: StoredArticle, read: number): void {
  if (revision !== read)
    throw new Refusal('changed', `${editedByName}刚刚保存过这篇稿件。请刷新页面，看过新的内容再操作。`)
}

function refuseUnfinished({ title, body }: ArticleText): void {
  if (title.length < 2) refuseField('text.title', '请填写标题')
  if (isBlank(body)) refuseField('text.body', '请填写正文')
}

const titleOf = ({ title }: ArticleText): string => title || '（未命名）'

/** As people read it: 15:04. */
const timeInChina = (at: Date): string =>
  at.toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false })
