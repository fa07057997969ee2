import type { Day } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { may } from './policy.ts'
import { findOrganization, type OrganizationRow } from './queries.ts'
import { organizations } from './tables.ts'

/** What every change of an organisation, of its offices and of its terms has in common. */

/** An organisation as the journal names it. */
export const subjectOf = (it: { id: string; path: OrgPath }) => ({ kind: 'organization', id: it.id, orgPath: it.path })

/** The organisation, locked until the transaction ends, for an actor who may change it. */
export async function lockedToChange(ctx: Context, id: string): Promise<OrganizationRow> {
  authorize(may(ctx.actor, found(await findOrganization(ctx, id), '个组织')).change, '调整这个组织')
  return found(await findOrganization(ctx, id, { lock: 'update' }), '个组织')
}

/** The organisation, locked until the transaction ends, for an actor who may give its offices and keep its terms. */
export async function lockedToAppoint(ctx: Context, id: string): Promise<OrganizationRow> {
  const can = may(ctx.actor, found(await findOrganization(ctx, id), '个组织'))
  authorize(can.appoint.length > 0, '登记这个组织的任职和换届')
  return found(await findOrganization(ctx, id, { lock: 'update' }), '个组织')
}

/** What the page of an organisation shows has changed: its ETag changes with it. */
export const touch = (ctx: Context, it: OrganizationRow) => write(ctx, it, {})

/** Writes what is set, and counts the revision on. */
export function write(ctx: Context, it: OrganizationRow, set: PgUpdateSetSource<typeof organizations>) {
  return ctx.db
    .update(organizations)
    .set({ ...set, revision: it.revision + 1 })
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, it.id)))
}

/** Refuses an organisation that is dissolved. */
export function refuseDissolved(it: OrganizationRow): void {
  if (it.dissolvedOn) throw new Refusal('conflict', `${it.name}已于 ${it.dissolvedOn} 撤销。`)
}

/** Refuses a day after today in the field `path`, which is called `label`. */
export function refuseFuture(on: Day, today: Day, path: string, label: string): void {
  if (on > today) refuseField(path, `${label}不能晚于今天，请在办理之后登记。`)
}
