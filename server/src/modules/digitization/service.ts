import { and, count, eq, max } from 'drizzle-orm'
import type { Contents } from '../../platform/content/content.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { record } from '../../platform/journal.ts'
import type { PageReader } from '../../platform/pages/page-reader.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { instantInChina } from '../../platform/today.ts'
import { type FileToFile, holdFor, letGo, type TakenContent } from '../archive/held-contents.ts'
import { takeIn } from '../archive/taking-in.ts'
import { forgetUpload, openUpload, type StoredUpload } from '../archive/uploads.ts'
import { findOrganization } from '../organization/queries.ts'
import { mayStack } from './policy.ts'
import { openStack, type StoredStack, stateOf } from './queries.ts'
import { mostFiles, mostPages, type NewStack } from './schema.ts'
import { digitizationFiles, digitizationPages, digitizationParts, digitizationStacks } from './tables.ts'

/** Begins a stack where the actor keeps files; returns its id. */
export async function beginStack(ctx: Context, { organizationId, name, source }: NewStack): Promise<string> {
  authorize(mayStack(ctx.actor, found(await findOrganization(ctx, organizationId), '个组织')), '整理这个组织的材料')
  const it = found(await findOrganization(ctx, organizationId, { lock: 'share' }), '个组织')
  if (it.dissolvedOn) throw new Refusal('conflict', `${it.name}已于 ${it.dissolvedOn} 撤销，不能再整理材料。`)
  const now = new Date()
  const row = {
    tenantId: ctx.tenantId,
    id: newId(),
    organizationId,
    path: it.path,
    name: name ?? instantInChina(now).slice(0, 16),
    source,
    begunBy: ctx.actor.accountId,
    begunByName: ctx.actor.name,
    begunAt: now,
  }
  await ctx.db.insert(digitizationStacks).values(row)
  await record(ctx, 'digitization.stack-begun', subjectOf(row), { name: row.name, source })
  return row.id
}

/** The upload that is to be added to a stack; refuses where nothing can be added, before the file is looked at. */
export async function takeFile(ctx: Context, stackId: string, uploadId: string): Promise<StoredUpload> {
  refuseUnlessAdding(await openStack(ctx, stackId))
  return openUpload(ctx, uploadId)
}

/** Makes a content of an uploaded file of a stack: a PDF, or a picture. Refuses everything else with its reason. */
export async function takeInPaper(
  contents: Contents,
  reader: PageReader,
  upload: Pick<StoredUpload, 'id' | 'fileName' | 'sizeBytes'>,
): Promise<TakenContent> {
  const content = await takeIn(contents, reader, upload, ['pdf', 'picture'])
  if (content.pageCount === null || content.pageCount === 0)
    throw new Refusal('unreadable', `“${upload.fileName}”没有可以识别的页面。请另存为 PDF、JPG 或 PNG 后再上传。`)
  return content
}

/** Adds a file, whose upload is used up by it, behind those that lie in the stack; returns its id. */
export async function addFile(ctx: Context, stackId: string, uploadId: string, it: FileToFile): Promise<string> {
  const stack = await openStack(ctx, stackId, { lock: 'update' })
  refuseUnlessAdding(stack)
  const sizes = await sizesOf(ctx, stackId)
  const pageCount = it.content.pageCount ?? 0
  refuseTooMany({ files: sizes.files + 1, pages: sizes.pages + pageCount })

  await forgetUpload(ctx, uploadId)
  await holdFor(ctx, stackId, it)
  const id = await insertFile(ctx, stack, it, { position: sizes.position + 1, from: sizes.pages + 1, origin: null })
  await record(ctx, 'digitization.file-added', subjectOf(stack), { fileName: it.fileName, pageCount })
  return id
}

/** Puts the pages of a file into a stack, from this number on. */
export async function insertFile(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  { id: stackId, path }: Pick<StoredStack, 'id' | 'path'>,
  { content, fileName }: Omit<FileToFile, 'contentIsThere'>,
  { position, from, origin }: { position: number; from: number; origin: string | null },
): Promise<string> {
  const { id: contentId, mediaType, pageCount } = content
  const count = pageCount ?? 0
  const file = {
    tenantId,
    id: newId(),
    stackId,
    path,
    position,
    contentId,
    fileName,
    mediaType,
    pageCount: count,
    origin,
  }
  await db.insert(digitizationFiles).values(file)
  const pages = Array.from({ length: count }, (_, at) => ({
    ...{ tenantId, stackId, path, fileId: file.id, contentId },
    number: from + at,
    page: at + 1,
  }))
  await db.insert(digitizationPages).values(pages)
  return file.id
}

/** Nothing more is added, and the pages are read; reading that was broken off goes on. */
export async function finishAdding(ctx: Context, stackId: string): Promise<void> {
  const stack = await openStack(ctx, stackId, { lock: 'update' })
  const state = stateOf(stack)
  if (state !== 'adding' && state !== 'reading') throw new Refusal('conflict', '这批材料已经识别完毕，无需再次识别。')
  const { files } = await sizesOf(ctx, stackId)
  if (files === 0) throw new Refusal('conflict', '这批材料还没有文件，请先添加扫描件或照片。')

  if (state === 'adding')
    await ctx.db
      .update(digitizationStacks)
      .set({ addedAt: new Date(), readAt: new Date() })
      .where(isStack(ctx, stackId))
  await enqueue(ctx.db, 'digitization.read-stack', { tenantId: ctx.tenantId, stackId })
  await record(ctx, 'digitization.reading-begun', subjectOf(stack), { name: stack.name })
}

/** Closes a stack of which every part was filed or dropped. */
export async function closeStack(ctx: Context, stackId: string): Promise<void> {
  const stack = await openStack(ctx, stackId, { lock: 'update' })
  if (stateOf(stack) === 'closed') throw new Refusal('conflict', '这批材料已经办结。')
  if (stateOf(stack) !== 'sorting') throw new Refusal('conflict', '这批材料还没有识别完毕。不需要的可以删除。')
  const open = await partCount(ctx, stackId, 'proposed')
  if (open > 0) throw new Refusal('conflict', `还有 ${open} 份没有归档。请逐份归档，或者选“不归档”，再办结。`)
  await ctx.db.update(digitizationStacks).set({ closedAt: new Date() }).where(isStack(ctx, stackId))
  await record(ctx, 'digitization.stack-closed', subjectOf(stack), { name: stack.name })
}

/** Deletes a stack of which nothing was filed, with its pictures. */
export async function deleteStack(ctx: Context, stackId: string): Promise<void> {
  const stack = await openStack(ctx, stackId, { lock: 'update' })
  const filed = await partCount(ctx, stackId, 'filed')
  if (filed > 0 || stack.closedAt !== null)
    throw new Refusal('conflict', `这批材料${filed > 0 ? `已有 ${filed} 份归档` : '已经办结'}，不能删除。`)
  const { files, pages } = await sizesOf(ctx, stackId)
  await letGo(ctx, stackId)
  for (const table of [digitizationParts, digitizationPages, digitizationFiles])
    await ctx.db.delete(table).where(and(eq(table.tenantId, ctx.tenantId), eq(table.stackId, stackId)))
  await ctx.db.delete(digitizationStacks).where(isStack(ctx, stackId))
  await record(ctx, 'digitization.stack-deleted', subjectOf(stack), { name: stack.name, files, pages })
}

/** Refuses more than one stack takes. */
export function refuseTooMany({ files, pages }: { files: number; pages: number }): void {
  if (files > mostFiles)
    throw new Refusal('too-large', `一批最多 ${mostFiles} 个文件。请先识别这一批，其余的另开一批。`)
  if (pages > mostPages)
    throw new Refusal(
      'too-large',
      `一批最多 ${mostPages} 页，加上这个文件有 ${pages} 页。请先识别这一批，其余的另开一批。`,
    )
}

/** A stack as the journal names it. */
export const subjectOf = ({ id, path }: Pick<StoredStack, 'id' | 'path'>) => ({ kind: 'stack', id, orgPath: path })

async function sizesOf({ db, tenantId }: Context, stackId: string) {
  const [files] = await db
    .select({ count: count(), last: max(digitizationFiles.position) })
    .from(digitizationFiles)
    .where(and(eq(digitizationFiles.tenantId, tenantId), eq(digitizationFiles.stackId, stackId)))
  const [pages] = await db
    .select({ count: count() })
    .from(digitizationPages)
    .where(and(eq(digitizationPages.tenantId, tenantId), eq(digitizationPages.stackId, stackId)))
  return { files: files?.count ?? 0, position: files?.last ?? 0, pages: pages?.count ?? 0 }
}

async function partCount({ db, tenantId }: Context, stackId: string, state: 'proposed' | 'filed'): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(digitizationParts)
    .where(
      and(
        eq(digitizationParts.tenantId, tenantId),
        eq(digitizationParts.stackId, stackId),
        eq(digitizationParts.state, state),
      ),
    )
  return row?.count ?? 0
}

function refuseUnlessAdding(stack: StoredStack): void {
  if (stateOf(stack) !== 'adding') throw new Refusal('conflict', '这批材料已经开始识别，不能再添加文件。请另开一批。')
}

const isStack = ({ tenantId }: Context, stackId: string) =>
  and(eq(digitizationStacks.tenantId, tenantId), eq(digitizationStacks.id, stackId))
