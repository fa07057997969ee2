import { and, desc, eq, ilike, lt, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { isCurrent, ofContent, ofDisposal, ofOrganization, ofPerson, rowOf } from './queries.ts'
import type { DocumentsQuery, FiledRow } from './schema.ts'
import { archiveContents, archiveDisposalDocuments, archiveDocuments } from './tables.ts'
import { type FilingList, filingListOf, placeOf, placesOf } from './template.ts'

/** Documents that stand in files today, over all that the reader reads, the last one filed first. */
export async function listDocuments(ctx: Context, { q, place, ...query }: DocumentsQuery): Promise<Page<FiledRow>> {
  const list = await filingListOf(ctx)
  const below =
    query.organizationId === undefined
      ? undefined
      : found(await findOrganization(ctx, query.organizationId), '个组织').path
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.uuid()]))[0]
  const part = q === undefined ? undefined : `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await ctx.db
    .select({
      document: archiveDocuments,
      content: archiveContents,
      destroyedOn: archiveDisposalDocuments.destroyedOn,
      person: persons.name,
      organization: organizations.name,
    })
    .from(archiveDocuments)
    .innerJoin(archiveContents, ofContent)
    .leftJoin(archiveDisposalDocuments, ofDisposal)
    .innerJoin(organizations, ofOrganization)
    .leftJoin(persons, ofPerson)
    .where(
      and(
        eq(archiveDocuments.tenantId, ctx.tenantId),
        within(archiveDocuments.path, ctx.actor.rootsOf('read-files')),
        below === undefined ? undefined : within(archiveDocuments.path, [below]),
        place === undefined ? undefined : eq(archiveDocuments.place, place),
        part === undefined
          ? undefined
          : or(ilike(archiveDocuments.title, part), ilike(archiveDocuments.fileName, part), ilike(persons.name, part)),
        after === undefined ? undefined : lt(archiveDocuments.id, after),
        isCurrent,
        ownClosedLeftOut(ctx, list),
      ),
    )
    .orderBy(desc(archiveDocuments.id))
    .limit(query.limit + 1)
  const items = rows.slice(0, query.limit).map(({ document, content, destroyedOn, person, organization }) => ({
    ...rowOf(ctx, { document, content, destroyedOn, version: 1 }, placeOf(list, document.place)),
    person: document.personId === null ? null : { id: document.personId, name: person ?? '' },
    organization: { id: document.organizationId, name: organization },
    placeLabel: placeOf(list, document.place).label,
  }))
  const last = items.at(-1)
  return { items, ...(rows.length > query.limit && last ? { next: writeCursor([last.id]) } : {}) }
}

/** Of the reader's own documents those in places that are closed to them are not listed. */
function ownClosedLeftOut({ actor }: Context, list: FilingList): SQL | undefined {
  if (actor.personId === null) return undefined
  const closed = placesOf(list)
    .filter((it) => it.closedToPerson)
    .map((it) => it.code)
  return sql`(${archiveDocuments.personId} is distinct from ${actor.personId}
    or ${archiveDocuments.place} <> all(${sql.param(closed)}::text[]))`
}
