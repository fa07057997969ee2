import type { FiledDocument } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isOneOf } from '../../platform/within.ts'
import { isCurrent } from './queries.ts'
import { archiveDocuments } from './tables.ts'
import { type FilingList, filingListOf } from './template.ts'

/** What lies in the files of many persons today. */
export interface Filed {
  list: FilingList
  /** False where the actor sees no document at all: the university, or this part of it, keeps its papers elsewhere. */
  isUsed: boolean
  /** By person; who has none is left out. */
  documents: ReadonlyMap<string, readonly StoredPaper[]>
}

/** A document as the rules take it, with the content in which it is stored. */
export interface StoredPaper extends FiledDocument {
  id: string
  contentId: string
}

/** The documents of any number of persons as the rules take them, in two statements; a third where there are none. */
export async function filedOf(ctx: Pick<Context, 'db' | 'tenantId'>, personIds: readonly string[]): Promise<Filed> {
  const list = await filingListOf(ctx)
  const { id, personId, place, title, on, nature, lacks, contentId } = archiveDocuments
  const rows = await ctx.db
    .select({ id, personId, place, title, on, nature, lacks, contentId })
    .from(archiveDocuments)
    .where(and(eq(archiveDocuments.tenantId, ctx.tenantId), isOneOf(personId, personIds), isCurrent))
    .orderBy(id)
  const isUsed = rows.length > 0 || (await hasDocuments(ctx))
  const documents = new Map<string, StoredPaper[]>()
  for (const { personId: of, on: day, lacks: notFound, ...row } of rows) {
    if (of === null) continue
    const lying = documents.get(of) ?? []
    lying.push({ ...row, ...(day !== null && { on: day }), ...(notFound !== null && { lacks: notFound }) })
    documents.set(of, lying)
  }
  return { list, isUsed, documents }
}

/** Whether the actor sees a document of any person. */
export async function hasDocuments({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>): Promise<boolean> {
  const found = await db
    .select({ id: archiveDocuments.id })
    .from(archiveDocuments)
    .where(and(eq(archiveDocuments.tenantId, tenantId), sql`${archiveDocuments.personId} is not null`))
    .limit(1)
  return found.length > 0
}
