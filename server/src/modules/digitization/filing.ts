import { createReadStream } from 'node:fs'
import { and, eq, sql } from 'drizzle-orm'
import type { ContentStore } from '../../platform/content/content-store.ts'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import type { PageReader } from '../../platform/pages/page-reader.ts'
import type { Turn } from '../../platform/pages/tasks.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { FileToFile, TakenContent } from '../archive/held-contents.ts'
import { carryTexts } from '../archive/page-texts.ts'
import { largestFileBytes } from '../archive/schema.ts'
import { fileDocument } from '../archive/service.ts'
import { pageTypeOf, sourceOf } from '../archive/sight.ts'
import { archiveContents } from '../archive/tables.ts'
import { lockPart } from './parts.ts'
import { placeOfPart, problemOf, type StoredPart } from './problems.ts'
import { ofFile, surroundingsOf } from './queries.ts'
import { digitizationFiles, digitizationPages, digitizationParts } from './tables.ts'

/** A part that is to be filed, with its pages in their order. */
export interface OpenedPart {
  part: StoredPart
  place: NonNullable<ReturnType<typeof placeOfPart>>
  pages: readonly OpenedPage[]
}

interface OpenedPage {
  content: TakenContent
  fileName: string
  /** In its file, from 1. */
  page: number
  turn: Turn
}

/** Opens a part for filing, as it was read at a revision. Refuses what the actor cannot file as it is, before its paper is made. */
export async function openForFiling(
  ctx: Context,
  stackId: string,
  { id, revision }: { id: string; revision: number },
): Promise<OpenedPart> {
  const { part } = await lockPart(ctx, stackId, id, revision)
  if (part.state === 'dropped') throw new Refusal('conflict', '这一份已选“不归档”。要归档的，请先恢复。')
  const around = await surroundingsOf(ctx, [part])
  const problem = problemOf(ctx.actor, part, around)
  if (problem !== null) throw new Refusal('conflict', problem)
  const rows = await ctx.db
    .select({ content: archiveContents, page: digitizationPages, fileName: digitizationFiles.fileName })
    .from(digitizationPages)
    .innerJoin(digitizationFiles, ofFile)
    .innerJoin(
      archiveContents,
      and(
        eq(archiveContents.tenantId, digitizationPages.tenantId),
        eq(archiveContents.id, digitizationPages.contentId),
      ),
    )
    .where(
      and(
        eq(digitizationPages.tenantId, ctx.tenantId),
        eq(digitizationPages.stackId, stackId),
        sql`${digitizationPages.number} = any(${sql.param(part.pages)}::int[])`,
      ),
    )
  const pages = part.pages.map((number): OpenedPage => {
    const { content, page, fileName } = found(
      rows.find((it) => it.page.number === number),
      '一页',
    )
    return { content, fileName, page: page.page, turn: page.turnedBy }
  })
  return { part, place: found(placeOfPart(around.list, part), '类材料'), pages }
}

/**
 * The paper of a part, in the store: the file itself where the part is one whole file as it came and the place takes it, else a
 * new PDF of its pages, turned upright. Made again after it was broken off; what nobody files is tidied away.
 */
export async function paperOf(
  store: ContentStore,
  reader: PageReader,
  { part, place, pages }: OpenedPart,
): Promise<Pick<FileToFile, 'content' | 'fileName'>> {
  const [first] = pages
  const isWhole =
    first !== undefined &&
    pages.length === first.content.pageCount &&
    pages.every((it, at) => it.content.id === first.content.id && it.page === at + 1 && it.turn === 0)
  if (isWhole && place.contents.includes(first.content.kind)) {
    const { content, fileName } = first
    return { content, fileName }
  }
  if (!place.contents.includes('pdf'))
    throw new Refusal(
      'conflict',
      `“${place.label}”不收 PDF，由几页合成的材料不能归入。请另选类别，或者在电子档案中上传单个文件归档。`,
    )
  const chosen = pages.map(({ content, page, turn }) => ({
    source: sourceOf(store, content.id, found(pageTypeOf(content.mediaType), '一页')),
    page: page - 1,
    turn,
  }))
  const { id, size } = await reader.extract(chosen, (path) =>
    store.put(createReadStream(path), { maxBytes: largestFileBytes }),
  )
  const content = {
    ...{ id, sizeBytes: size, mediaType: 'application/pdf', extension: 'pdf', kind: 'pdf' as const },
    pageCount: pages.length,
    isScanned: pages.every((it) => it.content.isScanned),
  }
  return { content, fileName: `${part.title ?? place.label}.pdf` }
}

/**
 * Files a part whose paper lies in the store, in the actor's rights: its document, what was read on it, and that it is filed, in one
 * transaction, so that of two who file it at once one does. Returns the id of the document.
 */
export async function filePart(ctx: Context, { part: opened, pages }: OpenedPart, paper: FileToFile): Promise<string> {
  const { stack, part } = await lockPart(ctx, opened.stackId, opened.id, opened.revision)
  const { place, ownerPersonId, ownerOrganizationId, title, on, nature } = part
  if (place === null) throw new Refusal('conflict', '没有识别出材料的类别，请选择。')
  const owner =
    ownerPersonId !== null
      ? { personId: ownerPersonId }
      : { organizationId: found(ownerOrganizationId ?? undefined, '个组织') }
  const carried = pages.map(({ content, page, turn }) => ({ contentId: content.id, page, turn }))
  if (carried.some((it) => it.contentId !== paper.content.id)) await carryTexts(ctx, carried, paper.content.id)
  const wanted = { ...owner, place, nature, ...(title !== null && { title }), ...(on !== null && { on }) }
  const documentId = await fileDocument(ctx, wanted, paper)
  await ctx.db
    .update(digitizationParts)
    .set({
      ...{ state: 'filed', documentId, filedByName: ctx.actor.name, filedAt: new Date() },
      revision: part.revision + 1,
    })
    .where(and(eq(digitizationParts.tenantId, ctx.tenantId), eq(digitizationParts.id, part.id)))
  const subject = { kind: 'stackPart', id: part.id, orgPath: stack.path }
  await record(ctx, 'digitization.part-filed', subject, { documentId, pages: part.pages })
  return documentId
}
