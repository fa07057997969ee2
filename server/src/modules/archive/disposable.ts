import { type RetentionPeriod, retentionLabels, yearOf } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { authorize } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { persons } from '../people/tables.ts'
import { ofPerson } from './queries.ts'
import type { Disposable, DisposalsQuery } from './schema.ts'
import { archiveDisposalDocuments, archiveDocuments } from './tables.ts'
import { type FilingList, filingListOf, placeOf, placesOf } from './template.ts'

/** Documents that may be listed today, the oldest first. */
export async function listDisposable(ctx: Context, query: DisposalsQuery): Promise<Page<Disposable>> {
  const roots = ctx.actor.rootsOf('keep-files')
  authorize(roots.length > 0, '编制销毁清单')
  const filing = await filingListOf(ctx)
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.uuid()]))[0]
  const rows = await ctx.db
    .select({ document: archiveDocuments, person: persons.name, isOut: isOut })
    .from(archiveDocuments)
    .leftJoin(persons, ofPerson)
    .where(
      and(
        eq(archiveDocuments.tenantId, ctx.tenantId),
        within(archiveDocuments.path, roots),
        eq(archiveDocuments.isWithdrawal, false),
        after === undefined ? undefined : sql`${archiveDocuments.id} > ${after}`,
        notOwn(ctx),
        isUnlisted,
        sql`(${isOut} or ${isLapsed(ctx, filing)})`,
      ),
    )
    .orderBy(archiveDocuments.id)
    .limit(query.limit + 1)
  const items = rows.slice(0, query.limit).map(({ document, person, isOut }) => {
    const place = placeOf(filing, document.place)
    return {
      id: document.id,
      title: document.title,
      placeLabel: place.label,
      person: document.personId === null ? null : { id: document.personId, name: person ?? '' },
      filedAt: document.filedAt.toISOString(),
      why: isOut ? '已撤出' : `保管期限（${retentionLabels[place.retention.period]}）已满`,
    }
  })
  const last = items.at(-1)
  return { items, ...(rows.length > query.limit && last ? { next: writeCursor([last.id]) } : {}) }
}

/** True for a document that a later row has taken out of the file. */
export const isOut = sql<boolean>`exists (select from archive_documents later
  where later.tenant_id = ${archiveDocuments.tenantId} and later.supersedes = ${archiveDocuments.id} and later.is_withdrawal)`

/** True for a document that stands on no list but those that were refused. */
export const isUnlisted = sql<boolean>`not exists (select from archive_disposal_documents listed
  join archive_disposals list on list.tenant_id = listed.tenant_id and list.id = listed.disposal_id
  where listed.tenant_id = ${archiveDocuments.tenantId} and listed.document_id = ${archiveDocuments.id}
  and list.decision is distinct from 'refused')`

/** True for a document whose place keeps it for a number of years that are over: counted from the year after it was filed. */
export function isLapsed({ today }: Context, list: FilingList) {
  const filedIn = sql`extract(year from ${archiveDocuments.filedAt} at time zone 'Asia/Shanghai')`
  const lapsed = ([period, years]: [RetentionPeriod, number]) => {
    const codes = placesOf(list)
      .filter((it) => it.retention.period === period)
      .map((it) => it.code)
    return sql`(${archiveDocuments.place} = any(${sql.param(codes)}::text[]) and ${filedIn} + ${years} < ${yearOf(today)})`
  }
  return sql`(${sql.join(limited.map(lapsed), sql` or `)})`
}

/** The periods that end, in years. */
const limited: [RetentionPeriod, number][] = [
  ['years30', 30],
  ['years10', 10],
]

/** The document for which a line of a list stands. */
export const ofListed = and(
  eq(archiveDocuments.tenantId, archiveDisposalDocuments.tenantId),
  eq(archiveDocuments.id, archiveDisposalDocuments.documentId),
)

/** Leaves out the papers of the actor: nobody decides on their own. */
export const notOwn = ({ actor }: Context) =>
  actor.personId === null ? undefined : sql`${archiveDocuments.personId} is distinct from ${actor.personId}`
