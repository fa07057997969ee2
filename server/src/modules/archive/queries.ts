import type { Day, FilingPlace } from '@zhibu/rules'
import { and, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import { found } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { findPerson } from '../people/queries.ts'
import { persons } from '../people/tables.ts'
import { may } from './policy.ts'
import type { DocumentRow, DocumentView } from './schema.ts'
import { archiveContents, archiveDisposalDocuments, archiveDocuments, archiveReceptions } from './tables.ts'
import { filingListOf, placeOf } from './template.ts'

export type StoredDocument = typeof archiveDocuments.$inferSelect
type StoredContent = typeof archiveContents.$inferSelect

/** A document that the database shows to the actor, as stored. Locked when the caller is about to name it in another row. */
export async function findDocument(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  documentId: string,
  { lock = false } = {},
): Promise<StoredDocument | undefined> {
  const query = ctx.db
    .select()
    .from(archiveDocuments)
    .where(and(eq(archiveDocuments.tenantId, ctx.tenantId), eq(archiveDocuments.id, documentId)))
    .$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return row
}

/** The row that stands in the place of a document now, if another does. */
export async function supersederOf(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  documentId: string,
): Promise<StoredDocument | undefined> {
  const [row] = await ctx.db
    .select()
    .from(archiveDocuments)
    .where(and(eq(archiveDocuments.tenantId, ctx.tenantId), eq(archiveDocuments.supersedes, documentId)))
  return row
}

/** A document for reading, with its content. Refuses who may not read it as if it were not there. */
export async function openDocument(ctx: Context, documentId: string) {
  const document = found(await findDocument(ctx, documentId), '份材料')
  const list = await filingListOf(ctx)
  const place = placeOf(list, document.place)
  const can = may(ctx.actor, document, place)
  found(can.read ? document : undefined, '份材料')
  const [row] = await ctx.db
    .select({ content: archiveContents, destroyedOn: archiveDisposalDocuments.destroyedOn })
    .from(archiveDocuments)
    .innerJoin(archiveContents, ofContent)
    .leftJoin(archiveDisposalDocuments, ofDisposal)
    .where(and(eq(archiveDocuments.tenantId, ctx.tenantId), eq(archiveDocuments.id, documentId)))
  return { document, list, place, can, ...found(row, '份材料的内容') }
}

/** What is known of a content. */
export async function findContent(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  contentId: string,
): Promise<StoredContent | undefined> {
  const [row] = await db
    .select()
    .from(archiveContents)
    .where(and(eq(archiveContents.tenantId, tenantId), eq(archiveContents.id, contentId)))
  return row
}

/** A document with its history, from the newest row back to the first. */
export async function readDocument(ctx: Context, documentId: string): Promise<DocumentView> {
  const { document, list, place, content, destroyedOn } = await openDocument(ctx, documentId)
  const rows = await lineOf(ctx, documentId)
  const newest = rows.at(0)
  const superseder = rows.find((it) => it.supersedes === documentId)
  const seen = rows.filter((it) => may(ctx.actor, it, placeOf(list, it.place)).read)
  return {
    ...rowOf(
      ctx,
      { document, content, destroyedOn, version: rows.length - rows.findIndex((it) => it.id === documentId) },
      place,
    ),
    person: document.personId === null ? null : await personNamed(ctx, document.personId),
    organization: await nameOf(ctx, document.organizationId),
    placeLabel: place.label,
    evidences: [...place.evidences],
    isSensitive: place.sensitive,
    isScanned: content.isScanned,
    supersededBy: superseder?.id ?? null,
    isWithdrawn: newest?.isWithdrawal ?? false,
    origin: await originOf(
      ctx,
      document,
      rows.map((it) => it.id),
    ),
    history: seen.map((it) => ({
      id: it.id,
      title: it.title,
      placeLabel: placeOf(list, it.place).label,
      on: it.on,
      fileName: it.fileName,
      reason: it.reason,
      isWithdrawal: it.isWithdrawal,
      filedBy: it.filedByName,
      filedAt: it.filedAt.toISOString(),
    })),
  }
}

/** The package in which a document came, or one that it took the place of. */
async function originOf(
  ctx: Context,
  { personId, organizationId }: StoredDocument,
  documentIds: readonly string[],
): Promise<DocumentView['origin']> {
  const own = and(isNull(archiveReceptions.personId), eq(archiveReceptions.organizationId, organizationId))
  const ofOwner = personId === null ? own : eq(archiveReceptions.personId, personId)
  const rows = await ctx.db
    .select()
    .from(archiveReceptions)
    .where(and(eq(archiveReceptions.tenantId, ctx.tenantId), ofOwner))
  const it = rows.find(({ items }) =>
    items.some(({ fate, documentId }) => fate === 'filed' && documentIds.includes(documentId ?? '')),
  )
  if (!it) return null
  const { id: receptionId, number, version, sender, sealedByName, sealedAt, sha256 } = it
  return { receptionId, number, version, sender, sealedBy: sealedByName, sealedAt: sealedAt.toISOString(), sha256 }
}

/** A row of a file with what is known of its bytes. */
export interface DocumentWithContent {
  document: StoredDocument
  content: StoredContent
  destroyedOn: Day | null
  version: number
}

/** The content of a document. */
export const ofContent = and(
  eq(archiveContents.tenantId, archiveDocuments.tenantId),
  eq(archiveContents.id, archiveDocuments.contentId),
)

/** The organisation in whose file a document lies. */
export const ofOrganization = and(
  eq(organizations.tenantId, archiveDocuments.tenantId),
  eq(organizations.id, archiveDocuments.organizationId),
)

/** The person whom a document is about, if it is about one. */
export const ofPerson = and(eq(persons.tenantId, archiveDocuments.tenantId), eq(persons.id, archiveDocuments.personId))

/** The list on which a document was destroyed, if it was. */
export const ofDisposal = and(
  eq(archiveDisposalDocuments.tenantId, archiveDocuments.tenantId),
  eq(archiveDisposalDocuments.documentId, archiveDocuments.id),
  isNotNull(archiveDisposalDocuments.destroyedOn),
)

/** True for a row that stands in the file today: nothing has taken its place, and it takes nothing out. */
export const isCurrent = and(
  eq(archiveDocuments.isWithdrawal, false),
  sql`not exists (select from ${archiveDocuments} as later
    where later.tenant_id = ${archiveDocuments.tenantId} and later.supersedes = ${archiveDocuments.id})`,
)

/** Whether a document was filed whose content has been destroyed since, in whatever row of its line. */
export const isDestroyed = (tenantId: PgColumn, documentId: PgColumn): SQL =>
  sql`exists (select from archive_documents filed where filed.tenant_id = ${tenantId} and filed.id = ${documentId}
    and not exists (${documentsHolding(sql`filed.content_id`)}))`

/** The documents that have a content and were not destroyed. */
export const documentsHolding = (contentId: SQL | PgColumn): SQL => sql`select from archive_documents d
  where d.content_id = ${contentId} and not d.is_withdrawal
  and not exists (select from archive_disposal_documents gone where gone.tenant_id = d.tenant_id
    and gone.document_id = d.id and gone.destroyed_on is not null)`

/** True where a document has a content, or something else needs it: it is not taken away. */
export const isNeeded = (contentId: SQL | PgColumn): SQL => sql`(exists (${documentsHolding(contentId)})
  or exists (select from archive_held_contents h where h.content_id = ${contentId}))`

/** All rows of an owner with their contents, oldest first, each with its number in the line of versions. */
export async function documentsOf(ctx: Context, owner: SQL | undefined): Promise<DocumentWithContent[]> {
  const rows = await ctx.db
    .select({ document: archiveDocuments, content: archiveContents, destroyedOn: archiveDisposalDocuments.destroyedOn })
    .from(archiveDocuments)
    .innerJoin(archiveContents, ofContent)
    .leftJoin(archiveDisposalDocuments, ofDisposal)
    .where(and(eq(archiveDocuments.tenantId, ctx.tenantId), owner))
    .orderBy(archiveDocuments.id)
  const versions = new Map<string, number>()
  return rows.map((row) => {
    const version = 1 + (versions.get(row.document.supersedes ?? '') ?? 0)
    versions.set(row.document.id, version)
    return { ...row, version }
  })
}

/** Of all rows of an owner those that stand in the file today. */
export function currentOf(rows: readonly DocumentWithContent[]): DocumentWithContent[] {
  const replaced = new Set(rows.map(({ document }) => document.supersedes))
  return rows.filter(({ document }) => !document.isWithdrawal && !replaced.has(document.id))
}

/** A document as lists show it. */
export function rowOf(
  ctx: Context,
  { document, content, destroyedOn, version }: DocumentWithContent,
  place: FilingPlace,
): DocumentRow {
  const { read, download, file } = may(ctx.actor, document, place)
  const isThere = destroyedOn === null
  return {
    id: document.id,
    place: document.place,
    title: document.title,
    on: document.on,
    nature: document.nature,
    lacks: read && document.lacks ? [...document.lacks] : null,
    kind: content.kind,
    fileName: document.fileName,
    sizeBytes: content.sizeBytes,
    pageCount: content.pageCount,
    filedBy: document.filedByName,
    filedAt: document.filedAt.toISOString(),
    version,
    destroyedOn,
    can: { read: read && isThere, download: download && isThere, change: file },
  }
}

/** All rows of the line in which a document stands, the newest first: what it supersedes, and what has superseded it. */
async function lineOf(ctx: Context, documentId: string): Promise<StoredDocument[]> {
  const before = alias(archiveDocuments, 'before')
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    with recursive earlier as (
      select id, supersedes from archive_documents where tenant_id = ${ctx.tenantId} and id = ${documentId}
      union select d.id, d.supersedes from archive_documents d join earlier on d.tenant_id = ${ctx.tenantId} and d.id = earlier.supersedes
    ), afterwards as (
      select id from archive_documents where tenant_id = ${ctx.tenantId} and id = ${documentId}
      union select d.id from archive_documents d join afterwards on d.tenant_id = ${ctx.tenantId} and d.supersedes = afterwards.id
    ) select id from earlier union select id from afterwards`)
  const ids = rows.map((it) => it.id)
  return ctx.db
    .select()
    .from(before)
    .where(and(eq(before.tenantId, ctx.tenantId), isOneOf(before.id, ids)))
    .orderBy(desc(before.id))
}

/** An organisation by its name. */
export async function nameOf(ctx: Context, organizationId: string) {
  const { id, name } = found(await findOrganization(ctx, organizationId), '个组织')
  return { id, name }
}

async function personNamed(ctx: Context, personId: string) {
  const person = await findPerson(ctx, personId)
  return person ? { id: personId, name: person.name } : null
}
