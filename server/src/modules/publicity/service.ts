import { isDeepStrictEqual } from 'node:util'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField } from '../../platform/refusal.ts'
import { isBlank } from '../../platform/rich-text/reading-schema.ts'
import { assertUsable } from '../media/queries.ts'
import { setUses, usesOf } from '../media/uses.ts'
import { findOrganization } from '../organization/queries.ts'
import { persons } from '../people/tables.ts'
import { openTo, whatBecameOf } from './opening.ts'
import { mediaIn, misplaced } from './pictures.ts'
import { mayWrite } from './policy.ts'
import { ofArticle, openArticle, type StoredArticle } from './queries.ts'
import type { ArticleChange, ArticleText, NewArticle, Submission } from './schema.ts'
import { openSection } from './sections.ts'
import { articles } from './tables.ts'
import { findVersion, keepVersion, lastVersionBy, writerOf } from './versions.ts'

/** Where an article of this organisation would stand; refuses whoever does not write there. */
export async function placeOfNew(
  ctx: Context,
  { organizationId }: Pick<NewArticle, 'organizationId'>,
): Promise<OrgPath> {
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

/** What has become of a text that was to be saved: it stands, or something else does and it was kept beside as a version. */
export type Saved = { revision: number } | { refusal: Refusal }

/**
 * Saves what is being written, as read at this revision. Where somebody else wrote before, their text is kept as a version. Where somebody
 * has saved or submitted meanwhile, that stands, and what was to be saved is kept as a version, so that nobody's words are lost.
 */
export async function saveArticle(
  ctx: Context,
  articleId: string,
  { sectionId, isOpen, text }: ArticleChange,
  revision: number,
): Promise<Saved> {
  const { article, can } = await openArticle(ctx, articleId, { lock: true })
  if (!can.write || article.revision !== revision) return keepBeside(ctx, article, text, can.write)
  const isAsItWas = sectionId === article.sectionId && isOpen === article.isOpen
  if (isAsItWas && isDeepStrictEqual(text, article.text)) return { revision }
  if (sectionId !== article.sectionId) await openSection(ctx, sectionId)
  await useMedia(ctx, articleId, text)

  const { actor } = ctx
  const isAnother = article.editedByAccountId !== actor.accountId
  // What was published is kept already, and is no writing at its correction.
  const isUnkept = article.revision !== article.publishedRevision
  if (isAnother && isUnkept)
    await keepVersion(ctx, article, { text: article.text, occasion: 'handedOver', by: writerOf(article) })
  await changeArticle(ctx, articleId, {
    ...{ sectionId, isOpen, text, title: titleOf(text), revision: revision + 1, editedAt: new Date() },
    editedByAccountId: actor.accountId,
    editedByName: actor.name,
  })
  // Once for each time that somebody sits down to it: it is saved every few seconds while it is written.
  if (isAnother || Date.now() - article.editedAt.getTime() > sittingMs)
    await record(ctx, 'publicity.article-changed', subjectOf(article), { title: titleOf(text) })
  return { revision: revision + 1 }
}

const sittingMs = 15 * 60_000

async function keepBeside(ctx: Context, article: StoredArticle, text: ArticleText, isOpen: boolean): Promise<Saved> {
  const what = isOpen
    ? `${article.editedByName}在 ${timeInChina(article.editedAt)} 改动过这篇稿件`
    : `这篇稿件${whatBecameOf(article)}`
  const refusal = (then: string) => ({ refusal: new Refusal(isOpen ? 'changed' : 'conflict', `${what}，${then}`) })
  if (isDeepStrictEqual(text, article.text)) return refusal('内容和您写的一样。请刷新页面再继续。')
  await useMedia(ctx, article.id, text)
  const last = await lastVersionBy(ctx, article.id, ctx.actor.accountId)
  const isKept = last !== null && isDeepStrictEqual(last.text, text)
  const version = isKept ? last.version : await keepVersion(ctx, article, { text, occasion: 'kept', by: ctx.actor })
  if (!isKept) await record(ctx, 'publicity.version-kept', subjectOf(article), { title: article.title, version })
  return refusal(`您这次的修改没有覆盖它，已另存为第 ${version} 版。请刷新页面，与现在的稿子对照后再改。`)
}

/** Brings the text of a version back into work; the text of now is kept as a version before. */
export async function restoreVersion(
  ctx: Context,
  articleId: string,
  version: number,
  revision: number,
): Promise<void> {
  const { article } = await openTo(ctx, articleId, 'write', '恢复旧版本')
  refuseActOnStale(article, revision, '这篇稿件', `由${article.editedByName}`)
  const { text } = await findVersion(ctx, articleId, version)

  const { actor } = ctx
  await keepVersion(ctx, article, { text: article.text, occasion: 'beforeRestoring', by: writerOf(article) })
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
  const { article } = await openTo(ctx, articleId, 'submit', '送审')
  refuseActOnStale(article, revision, '这篇稿件', `由${article.editedByName}`)
  refuseUnfinished(article.text)
  await openSection(ctx, article.sectionId)
  if (article.publishedAt !== null && correctionNote === null)
    refuseField('correctionNote', '稿件已经发布，请写明更正了什么，读者会看到')

  const version = await keepVersion(ctx, article, { text: article.text, occasion: 'submitted', by: writerOf(article) })
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
  const { article } = await openTo(ctx, articleId, 'takeBack', '撤回送审')
  await changeArticle(ctx, articleId, { ...notSubmitted, revision: article.revision + 1 })
  await record(ctx, 'publicity.taken-back', subjectOf(article), { title: article.title })
}

/** Gives up an article that was never published. */
export async function dropArticle(ctx: Context, articleId: string): Promise<void> {
  const { article } = await openTo(ctx, articleId, 'drop', '放弃')
  await changeArticle(ctx, articleId, { ...notSubmitted, droppedAt: new Date(), revision: article.revision + 1 })
  await record(ctx, 'publicity.dropped', subjectOf(article), { title: article.title })
}

/** Begins a new article with the text of one that the actor may read, in the same organisation. Runs over its place. */
export async function copyArticle(ctx: Context, articleId: string): Promise<string> {
  const { article } = await openArticle(ctx, articleId)
  const { organizationId, sectionId, text } = article
  const path = await placeOfNew(ctx, { organizationId })
  const { tenantId, actor } = ctx
  const id = newId()
  const by = { editedByAccountId: actor.accountId, editedByName: actor.name }
  const title = titleOf(text)
  await setUses(ctx, { module: 'publicity', id }, mediaIn(text))
  await ctx.db.insert(articles).values({
    ...{ tenantId, id, organizationId, path, sectionId, isOpen: false, text, title, ...by },
    authorAccountId: actor.accountId,
    authorName: actor.name,
  })
  await record(ctx, 'publicity.article-begun', subjectOf({ id, path }), { title, copiedFrom: article.title })
  return id
}

/** What of an article is empty again when it is written on. */
export const notSubmitted = {
  submittedVersion: null,
  submittedAt: null,
  approvedAt: null,
  scheduledFor: null,
  scheduledByAccountId: null,
  scheduledByName: null,
  scheduleProblem: null,
}

export async function changeArticle(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  articleId: string,
  change: Partial<StoredArticle>,
): Promise<void> {
  await ctx.db.update(articles).set(change).where(ofArticle(ctx, articleId))
}

export const subjectOf = ({ id, path }: Pick<StoredArticle, 'id' | 'path'>) => ({ kind: 'article', id, orgPath: path })

/** Looks whether the writer may use what is new in the text. What an article once used stays, for its versions. */
async function useMedia(ctx: Context, articleId: string, text: ArticleText): Promise<void> {
  const owner = { module: 'publicity', id: articleId }
  const known = await usesOf(ctx, owner)
  const fresh = mediaIn(text).filter((id) => !known.includes(id))
  if (fresh.length === 0) return
  const items = await assertUsable(ctx, fresh)
  const wrong = misplaced(text, new Map(items.map((it) => [it.id, it])))
  if (wrong) throw new Refusal('malformed', `“${wrong.fileName}”不能放在这个位置，请换成图片或视频。`)
  await setUses(ctx, owner, [...known, ...fresh])
}

/** What is missing in a text that others are to read. */
function refuseUnfinished({ title, body, cover }: ArticleText): void {
  if (title.length < 2) refuseField('text.title', '请填写标题')
  if (isBlank(body)) refuseField('text.body', '请填写正文')
  const at = body.content.findIndex((it) => it.type === 'picture' && it.attrs.alt === '' && it.attrs.caption === '')
  if (at >= 0) refuseField('text.body', `第 ${at + 1} 段的图片还没有说明，请写明图上是什么，看不到图的读者也能知道`)
  if (cover?.alt === '') refuseField('text.cover.alt', '请写明封面图上是什么，看不到图的读者也能知道')
}

const titleOf = ({ title }: ArticleText): string => title || '（未命名）'

/** As people read it: 15:04. */
const timeInChina = (at: Date): string =>
  at.toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false })
