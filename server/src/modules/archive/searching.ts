import { and, eq, gt, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { forgetEntries, indexEntries, type SearchEntry, searchEntries } from '../../platform/search/entries.ts'
import { isOneOf } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { followPersons } from '../people/service.ts'
import { persons } from '../people/tables.ts'
import { textsOf } from './page-texts.ts'
import { isCurrent, ofOrganization, type StoredDocument } from './queries.ts'
import { archiveDocuments } from './tables.ts'
import { type FilingList, filingListOf, placeOf } from './template.ts'

type Indexing = Pick<Context, 'db' | 'tenantId' | 'encryption'>

/** Under this kind documents stand in the search. */
const kind = 'document'

/**
 * Brings the search up to date with documents: those that stand in a file today are found by title, person and what was read on
 * their pages so far; others no longer. Their persons stay where they are until the transaction ends.
 */
export async function indexDocuments(ctx: Indexing, documentIds: readonly string[]): Promise<void> {
  if (documentIds.length === 0) return
  const rows = await ctx.db
    .select({ document: archiveDocuments, organization: organizations.name })
    .from(archiveDocuments)
    .innerJoin(organizations, ofOrganization)
    .where(and(eq(archiveDocuments.tenantId, ctx.tenantId), isOneOf(archiveDocuments.id, documentIds), isCurrent))
  const names = await namesOf(
    ctx,
    rows.flatMap(({ document }) => document.personId ?? []),
  )
  const list = await filingListOf(ctx)
  await forgetEntries(ctx, kind, documentIds)
  for (const { document, organization } of rows) {
    const subject = document.personId === null ? organization : (names.get(document.personId) ?? '')
    const texts = await textsOf(ctx, document.contentId)
    const pages = texts.map(({ page, lines }) => ({ page, body: lines.map((it) => it.text).join('\n') }))
    await indexEntries(ctx, entriesOf(list, document, subject, pages))
  }
}

/** Nobody finds the documents of a place until they are brought up to date again. */
export async function forgetPlace(ctx: Indexing, place: string): Promise<void> {
  const { tenantId, id } = archiveDocuments
  const rows = await ctx.db
    .select({ id })
    .from(archiveDocuments)
    .where(and(eq(tenantId, ctx.tenantId), eq(archiveDocuments.place, place)))
  await forgetEntries(
    ctx,
    kind,
    rows.map((it) => it.id),
  )
}

/** The next documents of a place that stand in files today, in the order of their ids, behind one of them. */
export async function documentsInPlace(
  { db, tenantId }: Indexing,
  place: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  const rows = await db
    .select({ id: archiveDocuments.id })
    .from(archiveDocuments)
    .where(
      and(
        eq(archiveDocuments.tenantId, tenantId),
        eq(archiveDocuments.place, place),
        after === undefined ? undefined : gt(archiveDocuments.id, after),
        isCurrent,
      ),
    )
    .orderBy(archiveDocuments.id)
    .limit(limit)
  return rows.map((it) => it.id)
}

/** The documents that stand in files today and have a content. */
export async function documentsOfContent({ db, tenantId }: Indexing, contentId: string): Promise<string[]> {
  const rows = await db
    .select({ id: archiveDocuments.id })
    .from(archiveDocuments)
    .where(and(eq(archiveDocuments.tenantId, tenantId), eq(archiveDocuments.contentId, contentId), isCurrent))
  return rows.map((it) => it.id)
}

/** A person with another name is found by that one. */
followPersons(async (ctx, { personIds, what }) => {
  if (what !== 'changed') return
  const rows = await ctx.db
    .selectDistinct({ id: searchEntries.id })
    .from(searchEntries)
    .innerJoin(persons, and(eq(persons.tenantId, searchEntries.tenantId), eq(persons.id, searchEntries.personId)))
    .where(
      and(
        eq(searchEntries.tenantId, ctx.tenantId),
        eq(searchEntries.kind, kind),
        isOneOf(searchEntries.personId, personIds),
        sql`${searchEntries.subject} <> ${persons.name}`,
      ),
    )
  await indexDocuments(
    ctx,
    rows.map((it) => it.id),
  )
})

/** An entry for each page with text; one without a page where nothing has been read. */
function entriesOf(
  list: FilingList,
  document: StoredDocument,
  subject: string,
  pages: readonly { page: number; body: string }[],
): SearchEntry[] {
  const { id, path, personId, on, title } = document
  const place = placeOf(list, document.place)
  const [evidence, ...others] = place.evidences
  // A helper finds what proves the act of the task alone.
  const code = evidence !== undefined && others.length === 0 ? evidence : place.code
  const entry = { kind, id, path, personId, code, isClosedToPerson: place.closedToPerson, on, title, subject }
  // A piece of a text that was found is a reading, which nobody would write down: what is sensitive is found by its title.
  const written = place.sensitive ? [] : pages.filter((it) => it.body !== '')
  return written.length === 0 ? [{ ...entry, page: 0, body: '' }] : written.map((it) => ({ ...entry, ...it }))
}

async function namesOf({ db, tenantId }: Indexing, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), isOneOf(persons.id, personIds)))
    .orderBy(persons.id)
    .for('share')
  return new Map(rows.map((it) => [it.id, it.name]))
}
