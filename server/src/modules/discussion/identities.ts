import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { discussionIdentities, discussionOwnProtected } from './tables.ts'

/**
 * Who has written what under protection. All of this runs over the whole university, since no account sees these rows: a use case
 * reaches them only through the questions asked here.
 */
type Sealing = Pick<Context, 'db' | 'tenantId' | 'encryption'>

const placeOfIdentity = (topicId: string): string => `discussion_identities:${topicId}`
const placeOfList = (ownerKey: string): string => `discussion_own_protected:${ownerKey}`

/** Keeps who has written a topic, sealed, and puts the topic on the sealed list of its author. */
export async function keepIdentity(ctx: Context, topicId: string): Promise<void> {
  const { db, tenantId, encryption } = ctx
  const sealed = encryption.sealField(personOf(ctx), placeOfIdentity(topicId))
  await db.insert(discussionIdentities).values({ tenantId, topicId, sealed })
  const ownerKey = ownerKeyOf(ctx)
  const isOwners = and(eq(discussionOwnProtected.tenantId, tenantId), eq(discussionOwnProtected.ownerKey, ownerKey))
  await db
    .insert(discussionOwnProtected)
    .values({ tenantId, ownerKey, sealed: sealList(ctx, ownerKey, []) })
    .onConflictDoNothing()
  const [row] = await db.select().from(discussionOwnProtected).where(isOwners).for('update')
  const ids = row ? openList(ctx, row) : []
  await db
    .update(discussionOwnProtected)
    .set({ sealed: sealList(ctx, ownerKey, [...ids, topicId]) })
    .where(isOwners)
}

/**
 * Writes all of these rows anew, in an order of their own: otherwise the database would keep beside each the number of the transaction in
 * which its author wrote, by which the journal tells the minute.
 */
export async function rewriteIdentities({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>): Promise<void> {
  const identities = await db
    .delete(discussionIdentities)
    .where(eq(discussionIdentities.tenantId, tenantId))
    .returning()
  const lists = await db.delete(discussionOwnProtected).where(eq(discussionOwnProtected.tenantId, tenantId)).returning()
  const inOrder = <Row>(rows: readonly Row[], key: (row: Row) => string) =>
    rows.toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
  for (const batch of inBatches(inOrder(identities, (it) => it.topicId)))
    await db.insert(discussionIdentities).values(batch)
  for (const batch of inBatches(inOrder(lists, (it) => it.ownerKey)))
    await db.insert(discussionOwnProtected).values(batch)
}

function* inBatches<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += 1_000) yield rows.slice(from, from + 1_000)
}

/** The protected topics of the actor, in the order in which they were written. */
export async function ownTopicIds(ctx: Context): Promise<string[]> {
  const [row] = await ctx.db
    .select()
    .from(discussionOwnProtected)
    .where(and(eq(discussionOwnProtected.tenantId, ctx.tenantId), eq(discussionOwnProtected.ownerKey, ownerKeyOf(ctx))))
  return row ? openList(ctx, row) : []
}

/** Refuses whoever has not written this protected topic, as if there were none. */
export async function refuseOthers(ctx: Context, topicId: string): Promise<void> {
  found((await authorOf(ctx, topicId)) === personOf(ctx) || undefined, '个话题')
}

/** The id of the person who has written a protected topic. */
export async function authorOf({ db, tenantId, encryption }: Sealing, topicId: string): Promise<string> {
  const [row] = await db
    .select()
    .from(discussionIdentities)
    .where(and(eq(discussionIdentities.tenantId, tenantId), eq(discussionIdentities.topicId, topicId)))
  return encryption.openField(found(row, '个话题').sealed, placeOfIdentity(topicId))
}

/** The name and organisation of that person today. */
export async function identityOf(ctx: Sealing, topicId: string): Promise<{ name: string; organization: string }> {
  const personId = await authorOf(ctx, topicId)
  const { rows } = await ctx.db.execute<{ name: string; organization: string }>(sql`
    select p.name, o.name as organization from persons p join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    where p.tenant_id = ${ctx.tenantId} and p.id = ${personId}::uuid`)
  return found(rows[0], '个人，名册中已经没有其记录')
}

/** The same for the same person, and nothing that leads back to them without the key of this server. */
export const ownerKeyOf = (ctx: Context): string => ctx.encryption.keyedHash(`discussion.protected:${personOf(ctx)}`)

/** The length of a sealed list tells only roughly how long it is. */
const blockLength = 1_024

function sealList({ encryption }: Sealing, ownerKey: string, ids: readonly string[]): string {
  const text = JSON.stringify(ids)
  return encryption.sealField(
    text.padEnd(Math.ceil((text.length + 1) / blockLength) * blockLength),
    placeOfList(ownerKey),
  )
}

const openList = ({ encryption }: Sealing, { ownerKey, sealed }: { ownerKey: string; sealed: string }): string[] =>
  z.array(z.uuid()).parse(JSON.parse(encryption.openField(sealed, placeOfList(ownerKey))))
