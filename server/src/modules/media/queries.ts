import { and, desc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { may, mayPublish } from './policy.ts'
import type { MediaQuery, MediaView, TextKind } from './schema.ts'
import { mediaItems, mediaTexts, mediaUses, mediaVariants } from './tables.ts'

export type StoredItem = typeof mediaItems.$inferSelect
export type StoredVariant = typeof mediaVariants.$inferSelect

type Rows = Pick<Context, 'db' | 'tenantId'>

/**
 * Items by their ids, as far as the database shows them. Who may see what they are used in was settled by whoever asks, who then asks over
 * the whole university.
 */
export async function findMedia(ctx: Rows, ids: readonly string[]): Promise<Map<string, StoredItem>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db
    .select()
    .from(mediaItems)
    .where(and(eq(mediaItems.tenantId, ctx.tenantId), isOneOf(mediaItems.id, ids)))
  return new Map(rows.map((it) => [it.id, it]))
}

/** An item for whoever may look at it by itself: who brought it in, or who publishes where it belongs. */
export async function openItem(ctx: Context, mediaId: string, { lock = false } = {}): Promise<StoredItem> {
  const query = ctx.db.select().from(mediaItems).where(ofItem(ctx, mediaId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return found(row && may(ctx.actor, row).read ? row : undefined, '个素材')
}

export const ofItem = ({ tenantId }: Pick<Context, 'tenantId'>, mediaId: string) =>
  and(eq(mediaItems.tenantId, tenantId), eq(mediaItems.id, mediaId))

/**
 * Refuses what the actor may not put into something of their own: what is not there, was withdrawn, or was brought in by somebody else
 * where the actor does not publish. Until the transaction ends none of them is taken away. Runs over the places where the actor publishes.
 */
export async function assertUsable(ctx: Context, ids: readonly string[]): Promise<StoredItem[]> {
  await holdItems(ctx, ids)
  const items = await findMedia(ctx, ids)
  return ids.map((id) => {
    const row = items.get(id)
    const it = found(row && may(ctx.actor, row).read ? row : undefined, '个素材')
    if (!may(ctx.actor, it).use) throw new Refusal('conflict', `“${it.fileName}”已经撤下，不能再用。请换一个。`)
    return it
  })
}

/** Nobody takes these items away between here and the end of the transaction. */
export const holdItems = ({ db }: Pick<Context, 'db'>, ids: readonly string[]) =>
  db.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended(id, 8))
    from unnest(${sql.param([...ids].sort())}::text[]) as held (id)`)

/** The form of a picture that is wanted: a part that was cut out, or the narrowest that is as wide; null for the item itself. */
export async function findForm(
  { db, tenantId }: Rows,
  mediaId: string,
  { width, crop }: { width?: number | undefined; crop?: string | undefined },
): Promise<StoredVariant | null> {
  if (width === undefined && crop === undefined) return null
  const variants = await db
    .select()
    .from(mediaVariants)
    .where(and(eq(mediaVariants.tenantId, tenantId), eq(mediaVariants.mediaId, mediaId)))
  if (crop !== undefined)
    return found(
      variants.find((it) => it.form === cropForm(crop)),
      '个裁剪',
    )
  const wide = variants.filter((it) => isWidth(it.form) && it.width >= (width ?? 0))
  return wide.sort((one, other) => one.width - other.width)[0] ?? null
}

/** The names of forms: a narrower picture, and a part that was cut out. */
export const widthForm = (width: number): string => `w${width}`
export const cropForm = (digest: string): string => `crop-${digest}`
const isWidth = (form: string): boolean => form.startsWith('w')

/** An item as its page shows it. */
export async function readItem(ctx: Context, mediaId: string): Promise<MediaView> {
  const [row] = await viewsOf(ctx, ofItem(ctx, mediaId), 1)
  return found(row && may(ctx.actor, row.item).read ? viewOf(ctx, row) : undefined, '个素材')
}

/** A page of what the actor has brought in, or of what was brought in where the actor publishes; the newest first. */
export async function listMedia(ctx: Context, query: MediaQuery): Promise<Page<MediaView>> {
  const { kind, cursor, limit } = query
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.uuid()]))[0]
  const rows = await viewsOf(
    ctx,
    and(
      eq(mediaItems.tenantId, ctx.tenantId),
      isNull(mediaItems.withdrawnAt),
      await ofWhom(ctx, query),
      kind && eq(mediaItems.kind, kind),
      after === undefined ? undefined : lt(mediaItems.id, after),
    ),
    limit + 1,
  )
  const items = rows.slice(0, limit).map((it) => viewOf(ctx, it))
  const last = items.at(-1)
  return { items, ...(rows.length > limit && last ? { next: writeCursor([last.id]) } : {}) }
}

async function ofWhom(ctx: Context, { of, organizationId }: MediaQuery): Promise<SQL | undefined> {
  if (of === 'own') return eq(mediaItems.uploaderAccountId, ctx.actor.accountId)
  const isShared = eq(mediaItems.isPrivate, false)
  if (organizationId === undefined) return and(isShared, within(mediaItems.path, ctx.actor.rootsOf('publish')))
  const chosen = found(await findOrganization(ctx, organizationId), '个组织')
  return mayPublish(ctx.actor, chosen.path) ? and(isShared, within(mediaItems.path, [chosen.path])) : sql`false`
}

const viewsOf = (ctx: Context, which: SQL | undefined, limit: number) =>
  ctx.db
    .select({
      item: mediaItems,
      organization: organizations.name,
      widths: sql<number[]>`array(select v.width from ${mediaVariants} v where v.tenant_id = ${mediaItems.tenantId}
        and v.media_id = ${mediaItems.id} and v.form like 'w%' order by v.width)`,
      texts: sql<TextKind[]>`array(select t.kind from ${mediaTexts} t where t.tenant_id = ${mediaItems.tenantId}
        and t.media_id = ${mediaItems.id} order by t.kind)`,
      isUsed: sql<boolean>`exists (select from ${mediaUses} u where u.tenant_id = ${mediaItems.tenantId}
        and u.media_id = ${mediaItems.id} and u.ended_at is null)`,
    })
    .from(mediaItems)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, mediaItems.tenantId), eq(organizations.id, mediaItems.organizationId)),
    )
    .where(which)
    .orderBy(desc(mediaItems.id))
    .limit(limit)

type ViewRow = Awaited<ReturnType<typeof viewsOf>>[number]

function viewOf(ctx: Context, { item, organization, ...more }: ViewRow): MediaView {
  const { change, withdraw } = may(ctx.actor, item)
  const { id, kind, mediaType, sizeBytes, width, height, fileName, altText, credit, uploaderName, revision } = item
  const { showsPersons, consentNote, consentOn, withdrawalReason } = item
  return {
    ...{ id, kind, mediaType, sizeBytes, width, height, fileName, altText, credit, uploaderName, revision },
    ...{ showsPersons, consentNote, consentOn, withdrawalReason },
    durationSeconds: item.durationMs === null ? null : item.durationMs / 1000,
    organization: { id: item.organizationId, name: organization },
    createdAt: item.createdAt.toISOString(),
    withdrawnAt: item.withdrawnAt?.toISOString() ?? null,
    ...more,
    can: { change, withdraw },
  }
}
