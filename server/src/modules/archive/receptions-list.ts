import { and, desc, eq, isNull, lt, ne, or } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { recordReading } from '../../platform/journal.ts'
import { authorize, found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { mayClose } from './policy.ts'
import type { ReceivedItem, ReceptionRow, ReceptionsQuery, ReceptionView } from './reception-schema.ts'
import { archiveReceptions } from './tables.ts'

export type StoredReception = typeof archiveReceptions.$inferSelect

/** The packages that were taken over, the last one first. */
export async function listReceptions(ctx: Context, query: ReceptionsQuery): Promise<Page<ReceptionRow>> {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.uuid()]))[0]
  const own = ctx.actor.personId
  const rows = await named(ctx)
    .where(
      and(
        eq(archiveReceptions.tenantId, ctx.tenantId),
        within(archiveReceptions.path, ctx.actor.rootsOf('read-files')),
        own === null ? undefined : or(isNull(archiveReceptions.personId), ne(archiveReceptions.personId, own)),
        query.personId === undefined ? undefined : eq(archiveReceptions.personId, query.personId),
        query.organizationId === undefined
          ? undefined
          : and(isNull(archiveReceptions.personId), eq(archiveReceptions.organizationId, query.organizationId)),
        after === undefined ? undefined : lt(archiveReceptions.id, after),
      ),
    )
    .orderBy(desc(archiveReceptions.id))
    .limit(query.limit + 1)
  const items = rows.slice(0, query.limit).map(rowOf)
  const last = items.at(-1)
  return { items, ...(rows.length > query.limit && last ? { next: writeCursor([last.id]) } : {}) }
}

/** A package that was taken over: what became of its documents, and what it says of its subject. */
export async function readReception(ctx: Context, receptionId: string): Promise<ReceptionView> {
  const row = await openReception(ctx, receptionId)
  const { reception } = row
  const { sha256, tagManifestSha256, packageSha256, items, facts } = reception
  return {
    ...rowOf(row),
    digests: { package: packageSha256, tagManifest: tagManifestSha256, metadata: sha256 },
    items,
    facts,
    can: { download: mayClose(ctx.actor, reception).receive },
  }
}

/** The receipt and the metadata of a package that was taken over, to be taken away. */
export async function openReceipt(ctx: Context, receptionId: string): Promise<StoredReception> {
  const { reception } = await openReception(ctx, receptionId)
  authorize(mayClose(ctx.actor, reception).receive, '下载接收回执')
  return reception
}

/** The metadata of a package that was taken over, to be taken away: they say of a person what the file says, who sees that it was done. */
export async function openMetadata(ctx: Context, receptionId: string): Promise<StoredReception> {
  const reception = await openReceipt(ctx, receptionId)
  const { personId } = reception
  if (personId !== null) await recordReading(ctx, 'package', { ...subjectOf(reception), personId })
  return reception
}

/** A package that was taken over, in the journal. */
export const subjectOf = (it: { id: string; path: string; personId: string | null }) => ({
  kind: 'reception',
  id: it.id,
  orgPath: it.path,
  personId: it.personId,
})

const named = (ctx: Context) =>
  ctx.db
    .select({ reception: archiveReceptions, person: persons.name, organization: organizations.name })
    .from(archiveReceptions)
    .leftJoin(
      persons,
      and(eq(persons.tenantId, archiveReceptions.tenantId), eq(persons.id, archiveReceptions.personId)),
    )
    .innerJoin(
      organizations,
      and(
        eq(organizations.tenantId, archiveReceptions.tenantId),
        eq(organizations.id, archiveReceptions.organizationId),
      ),
    )
    .$dynamic()

type NamedReception = Awaited<ReturnType<typeof named>>[number]

async function openReception(ctx: Context, receptionId: string): Promise<NamedReception> {
  const [row] = await named(ctx).where(
    and(eq(archiveReceptions.tenantId, ctx.tenantId), eq(archiveReceptions.id, receptionId)),
  )
  const it = found(row, '次接收')
  return found(mayClose(ctx.actor, it.reception).read ? it : undefined, '次接收')
}

function rowOf({ reception: it, person, organization }: NamedReception): ReceptionRow {
  return {
    id: it.id,
    number: it.number,
    version: it.version,
    title: it.title,
    sender: it.sender,
    sealedBy: it.sealedByName,
    sealedAt: it.sealedAt.toISOString(),
    person: it.personId === null || person === null ? null : { id: it.personId, name: person },
    organization: { id: it.organizationId, name: organization },
    ...countsOf(it.items),
    acceptedBy: it.acceptedByName,
    acceptedAt: it.acceptedAt.toISOString(),
  }
}

/** Whether nothing of a package was taken: it was refused, with a receipt that says why. */
export const isRefused = ({ items }: Pick<StoredReception, 'items'>): boolean =>
  items.every(({ fate }) => fate === 'leftOut')

/** How many documents of a package became what. */
export function countsOf(items: readonly ReceivedItem[]) {
  const countOf = (fate: ReceivedItem['fate']) => items.filter((it) => it.fate === fate).length
  return { filed: countOf('filed'), present: countOf('present'), leftOut: countOf('leftOut') }
}
