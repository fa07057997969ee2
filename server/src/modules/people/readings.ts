import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { journal } from '../../platform/journal.ts'
import { authorize, found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { may } from './policy.ts'
import { findPerson } from './queries.ts'
import type { ReadingRow, ReadingsQuery } from './schema.ts'

/** Who read the file or a field of it, the last one first. For the person concerned and those who keep the file. */
export async function listReadings(ctx: Context, personId: string, query: ReadingsQuery): Promise<Page<ReadingRow>> {
  const it = found(await findPerson(ctx, personId), '位人员')
  authorize(may(ctx.actor, it).seeReadings, '查看谁读过这份档案')
  const before = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.uuid()]))[0]
  const rows = await ctx.db
    .select({ id: journal.id, at: journal.at, by: journal.actorName, details: journal.details })
    .from(journal)
    .where(
      and(
        eq(journal.tenantId, ctx.tenantId),
        eq(journal.personId, personId),
        eq(journal.event, 'journal.read'),
        before ? lt(journal.id, before) : undefined,
      ),
    )
    .orderBy(desc(journal.id))
    .limit(query.limit + 1)
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
  return {
    items: shown.map(({ id, at, by, details }) => ({
      id,
      at: at.toISOString(),
      by,
      what: textOf(details.what) ?? 'file',
      title: textOf(details.title),
      purpose: textOf(details.purpose),
    })),
    ...(last && { next: writeCursor([last.id]) }),
  }
}
