import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { maySucceed, type SuccessionFacts } from './policy.ts'
import { talentSuccessionKits, talentSuccessionSignatures, talentSuccessions } from './tables.ts'

/** Everything here runs over the whole university; who may see it is settled by `maySucceed`. */

export type StoredSuccession = typeof talentSuccessions.$inferSelect

/** A hand-over with what decides who may do what with it. */
export type OpenedSuccession = StoredSuccession & SuccessionFacts & { organization: string }

/** Hand-overs with these conditions. */
export function selectSuccessions(ctx: Pick<Context, 'db' | 'tenantId'>, which: SQL | undefined) {
  const it = talentSuccessions
  const signed = (side: 'outgoing' | 'incoming') =>
    sql<boolean>`exists (select from ${talentSuccessionSignatures} g where g.tenant_id = ${it.tenantId}
      and g.succession_id = ${it.id} and g.side = ${side})`
  return ctx.db
    .select({
      it,
      kind: organizations.kind,
      organization: organizations.name,
      isDrawnUp: sql<boolean>`exists (select from ${talentSuccessionKits} k where k.tenant_id = ${it.tenantId}
        and k.succession_id = ${it.id})`,
      hasOutgoingSigned: signed('outgoing'),
      hasIncomingSigned: signed('incoming'),
    })
    .from(it)
    .innerJoin(organizations, and(eq(organizations.tenantId, it.tenantId), eq(organizations.id, it.organizationId)))
    .where(and(eq(it.tenantId, ctx.tenantId), which))
}

export const openedOf = ({
  it,
  ...facts
}: Awaited<ReturnType<typeof selectSuccessions>>[number]): OpenedSuccession => ({ ...it, ...facts })

/** What the actor gives the offices of, goes from or comes into; the conditions of the policy come on top. */
export const concernsActor = (ctx: Context): SQL => {
  const { outgoingPersonId, incomingPersonId, path } = talentSuccessions
  const { actor } = ctx
  const roots = [...actor.rootsOf('keep-files'), ...actor.rootsOf('manage-organization')]
  return sql`(${within(path, roots)} or ${outgoingPersonId} = ${personOf(ctx)}::uuid or ${incomingPersonId} = ${personOf(ctx)}::uuid)`
}

/** A hand-over for whoever may read it; locked against others who write it. */
export async function openSuccession(
  ctx: Context,
  successionId: string,
  { lock = false } = {},
): Promise<OpenedSuccession> {
  if (lock)
    await ctx.db
      .select({ id: talentSuccessions.id })
      .from(talentSuccessions)
      .where(ofSuccession(ctx, successionId))
      .for('update')
  const [row] = await selectSuccessions(ctx, eq(talentSuccessions.id, successionId))
  const it = row && openedOf(row)
  return found(it && maySucceed(ctx.actor, it, ctx.today).read ? it : undefined, '次工作交接')
}

export const ofSuccession = ({ tenantId }: Pick<Context, 'tenantId'>, successionId: string) =>
  and(eq(talentSuccessions.tenantId, tenantId), eq(talentSuccessions.id, successionId))

export const subjectOfSuccession = ({ id, path }: Pick<StoredSuccession, 'id' | 'path'>): Subject => ({
  kind: 'succession',
  id,
  orgPath: path,
})
