import { and, eq, isNull, type SQL } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { findPerson } from '../people/queries.ts'
import { mayClose, type Owner } from './policy.ts'
import { currentOf, documentsOf } from './queries.ts'
import type { StoredReception } from './receptions-list.ts'
import type { FactsOwner } from './sealing-facts.ts'
import { holdPerson } from './service.ts'
import { archiveDocuments, archiveReceptions } from './tables.ts'
import { filingListOf, placeOf } from './template.ts'

/** Into whose file a package goes. */
export interface Receiver extends Owner {
  owner: FactsOwner
  organizationId: string
}

/**
 * Finds into whose file a package is to go; locked, so that nobody moves the person or dissolves the organisation until the
 * transaction ends. Refuses who does not keep the file, and an organisation that was dissolved.
 */
export async function receiverOf(ctx: Context, owner: FactsOwner, { lock = false } = {}): Promise<Receiver> {
  if ('personId' in owner) {
    if (lock) await holdPerson(ctx, owner.personId)
    const { id: personId, path, organizationId } = found(await findPerson(ctx, owner.personId), '位人员')
    const can = mayClose(ctx.actor, { path, personId })
    found(can.read ? personId : undefined, '位人员的档案')
    authorize(can.receive, '接收这位人员的档案包')
    return { owner: { personId }, personId, path, organizationId }
  }
  const seen = found(await findOrganization(ctx, owner.organizationId), '个组织')
  const can = mayClose(ctx.actor, { path: seen.path, personId: null })
  found(can.read ? seen : undefined, '个组织的档案')
  authorize(can.receive, '接收这个组织的档案包')
  const { id, path, name, dissolvedOn } = lock
    ? found(await findOrganization(ctx, seen.id, { lock: 'share' }), '个组织')
    : seen
  if (dissolvedOn) throw new Refusal('conflict', `${name}已于 ${dissolvedOn} 撤销，不能再归入档案。请选择其他组织。`)
  return { owner: { organizationId: id }, personId: null, path, organizationId: id }
}

/** Which contents lie in a file today, by their id. */
export async function contentsOf(
  ctx: Context,
  owner: FactsOwner,
): Promise<Map<string, { id: string; title: string; placeLabel: string }>> {
  const list = await filingListOf(ctx)
  const rows = currentOf(await documentsOf(ctx, ownedBy(archiveDocuments, owner)))
  return new Map(
    rows
      .filter((it) => it.destroyedOn === null)
      .map(({ document: { id, title, place, contentId } }) => [
        contentId,
        { id, title, placeLabel: placeOf(list, place).label },
      ]),
  )
}

/** The package of a seal that a file has taken over, if it has. */
export async function receptionOf(
  ctx: Context,
  owner: FactsOwner,
  metadataDigest: string,
): Promise<StoredReception | undefined> {
  const [row] = await ctx.db
    .select()
    .from(archiveReceptions)
    .where(
      and(
        eq(archiveReceptions.tenantId, ctx.tenantId),
        ownedBy(archiveReceptions, owner),
        eq(archiveReceptions.sha256, metadataDigest),
      ),
    )
  return row
}

const ownedBy = (
  { personId, organizationId }: typeof archiveDocuments | typeof archiveReceptions,
  owner: FactsOwner,
): SQL | undefined =>
  'personId' in owner ? eq(personId, owner.personId) : and(isNull(personId), eq(organizationId, owner.organizationId))
