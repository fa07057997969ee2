import { readFileSync } from 'node:fs'
import path from 'node:path'
import { delivererLabels, type RetentionPeriod, retentionLabels } from '@zhibu/rules'
import { and, asc, eq, inArray, isNull, like, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { journal } from '../../platform/journal.ts'
import { nameOf } from '../../platform/packages/names.ts'
import type { SealedDeed, SealedFile, SealedItem } from '../../platform/packages/sealed-file.ts'
import { found } from '../../platform/refusal.ts'
import { eventNames } from '../accounts/names-schema.ts'
import { findOrganization } from '../organization/queries.ts'
import { findPerson } from '../people/queries.ts'
import { type Keeper, keeperOf } from './numbering.ts'
import type { Owner } from './policy.ts'
import { currentOf, type DocumentWithContent, documentsOf } from './queries.ts'
import { type FactsOwner, factsOf } from './sealing-facts.ts'
import { archiveDocuments } from './tables.ts'
import { filingListOf, placeOf, placesOf } from './template.ts'

/** Whose file it is, where it stands, and who keeps it. */
export interface Closed extends Owner {
  owner: FactsOwner
  organizationId: string
  keeper: Keeper
  subject: SealedFile['subject']
}

/** Finds the owner of a file; locked, where the file is about to be closed. */
export async function ownerOf(ctx: Context, owner: FactsOwner, { lock = false } = {}): Promise<Closed> {
  if ('personId' in owner) {
    const person = found(await findPerson(ctx, owner.personId, { lock }), '位人员')
    const { name } = found(await findOrganization(ctx, person.organizationId), '个组织')
    return {
      owner: { personId: person.id },
      personId: person.id,
      path: person.path,
      organizationId: person.organizationId,
      keeper: await keeperOf(ctx, person.path),
      subject: { kind: 'person', name: person.name, number: person.studentNumber, organization: name },
    }
  }
  const it = found(await findOrganization(ctx, owner.organizationId), '个组织')
  return {
    owner: { organizationId: it.id },
    personId: null,
    path: it.path,
    organizationId: it.id,
    keeper: await keeperOf(ctx, it.path),
    subject: { kind: 'organization', name: it.name, number: it.code, organization: it.name },
  }
}

/** A document that stands in a file today, with the rows that it took the place of, the oldest first. */
export interface Line extends DocumentWithContent {
  former: DocumentWithContent[]
}

/** All documents that stand in a file today, in the order of the filing list, then by day. */
export async function linesOf(ctx: Context, { personId, organizationId }: Closed): Promise<Line[]> {
  const own = and(eq(archiveDocuments.organizationId, organizationId), isNull(archiveDocuments.personId))
  const rows = await documentsOf(ctx, personId === null ? own : eq(archiveDocuments.personId, personId))
  const list = await filingListOf(ctx)
  const byId = new Map(rows.map((it) => [it.document.id, it]))
  const formerOf = ({ document }: DocumentWithContent): DocumentWithContent[] => {
    const before = document.supersedes === null ? undefined : byId.get(document.supersedes)
    return before ? [...formerOf(before), before] : []
  }
  const order = new Map(placesOf(list).map((it, at) => [it.code, String(at).padStart(4, '0')]))
  const orderOf = ({ document }: DocumentWithContent) =>
    [order.get(document.place), document.on ?? '9999', document.id].join(' ')
  return currentOf(rows)
    .map((it) => ({ ...it, former: formerOf(it) }))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

/** The documents of a file as they are sealed: counted through, each with its pages and where it will lie in a package. */
export async function itemsOf(
  ctx: Context,
  lines: readonly Line[],
  sha256Of: (contentId: string) => string,
): Promise<SealedItem[]> {
  const list = await filingListOf(ctx)
  const width = Math.max(2, String(lines.length).length)
  let nextPage = 1
  return lines.map(({ document, content, former }, at) => {
    const place = placeOf(list, document.place)
    const pages = content.pageCount
    const firstPage = pages === null ? null : nextPage
    nextPage += pages ?? 0
    const contentOf = (it: DocumentWithContent) => ({
      contentId: it.content.id,
      fileName: it.document.fileName,
      mediaType: it.content.mediaType,
      bytes: it.content.sizeBytes,
      sha256: sha256Of(it.content.id),
      filedBy: it.document.filedByName,
      filedAt: it.document.filedAt.toISOString(),
      reason: it.document.reason,
    })
    return {
      number: at + 1,
      place: place.label,
      title: document.title,
      on: document.on,
      responsible: delivererLabels[place.deliveredBy],
      nature: document.nature,
      retention: retentionLabels[place.retention.period],
      firstPage,
      pages,
      path: `${String(at + 1).padStart(width, '0')} ${nameOf(document.title)}.${content.extension}`,
      content: contentOf({ document, content, destroyedOn: null, version: 0 }),
      former: former.map(contentOf),
    }
  })
}

/** How long the file is kept as a whole: as long as the paper in it that is kept longest. */
async function retentionOf(ctx: Context, lines: readonly Line[]): Promise<string> {
  const list = await filingListOf(ctx)
  const periods = lines.map(({ document }) => placeOf(list, document.place).retention.period)
  return retentionLabels[longestFirst.find((it) => periods.includes(it)) ?? 'permanent']
}

const longestFirst: readonly RetentionPeriod[] = ['permanent', 'personnelFile', 'years30', 'years10']

/** What was done with the documents of a file, those that were withdrawn included, out of the journal. */
async function deedsOf(ctx: Context, { personId, organizationId }: Closed): Promise<SealedDeed[]> {
  const own = and(eq(archiveDocuments.organizationId, organizationId), isNull(archiveDocuments.personId))
  const rows = await ctx.db
    .select({ at: journal.at, by: journal.actorName, event: journal.event, details: journal.details })
    .from(journal)
    .where(
      and(
        eq(journal.tenantId, ctx.tenantId),
        like(journal.event, 'archive.document-%'),
        inArray(
          journal.subjectId,
          ctx.db
            .select({ id: sql`${archiveDocuments.id}::text` })
            .from(archiveDocuments)
            .where(
              and(
                eq(archiveDocuments.tenantId, ctx.tenantId),
                personId === null ? own : eq(archiveDocuments.personId, personId),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(journal.id))
  const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
  return rows.map(({ at, by, event, details }) => ({
    at: at.toISOString(),
    by,
    what: eventNames[event] ?? event,
    details: [textOf(details.title), textOf(details.reason)].filter((it) => it !== '').join('：'),
  }))
}

/** Everything but the number and the seal. */
export async function describedFile(
  ctx: Context,
  closed: Closed,
  lines: readonly Line[],
  sha256Of: (contentId: string) => string,
): Promise<Omit<SealedFile, 'number' | 'seal'>> {
  return {
    format: 'zhibu-sealed-file-1',
    title: `${closed.subject.name}${closed.personId === null ? '档案' : '发展党员档案'}`,
    year: Number(ctx.today.slice(0, 4)),
    subject: closed.subject,
    keeper: { name: closed.keeper.name, code: closed.keeper.code },
    retention: await retentionOf(ctx, lines),
    secrecy: '无',
    items: await itemsOf(ctx, lines, sha256Of),
    facts: await factsOf(ctx, closed.owner),
    deeds: await deedsOf(ctx, closed),
    software: { ...software, environment: `Node.js ${process.versions.node}` },
  }
}

/** This program, as packages and receipts name it. */
export const software: { name: string; version: string } = {
  name: '支部工作台',
  version: JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../package.json'), 'utf8')).version,
}
