import { and, asc, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import type { Place, Source } from './names-schema.ts'
import type { OwnPlace } from './schema.ts'
import { trainingParticipants } from './tables.ts'

/** Who has a place and who waits: the first so many have one. Everything here runs over the whole university. */

/** Somebody on a list, as the so-manieth who came. */
export interface Ranked {
  rank: number
  source: Source
}

/** Where somebody stands who came as one of so many. */
export function ownPlaceOf({ rank, source }: Ranked, capacity: number | null): OwnPlace {
  const waits = capacity !== null && rank > capacity
  return { place: waits ? 'waiting' : 'taken', queue: waits ? rank - capacity : 0, source }
}

/** The same without how they came. */
export const placeOf = (rank: number, capacity: number | null): { place: Place; queue: number } => {
  const { place, queue } = ownPlaceOf({ rank, source: 'list' }, capacity)
  return { place, queue }
}

/** How many are on a list, and where the actor stands there. */
export async function placesOf(ctx: Context, programmeId: string): Promise<{ all: number; own: Ranked | null }> {
  const { rows } = await ctx.db.execute<{ all: number; rank: number | null; source: Source | null }>(sql`
    select count(*)::int as all, own.source,
      (case when own.seq is null then null else (count(*) filter (where t.seq <= own.seq))::int end) as rank
    from training_participants t
    left join training_participants own on own.tenant_id = t.tenant_id and own.programme_id = t.programme_id
      and own.person_id = ${personOf(ctx)}
    where t.tenant_id = ${ctx.tenantId} and t.programme_id = ${programmeId}
    group by own.seq, own.source`)
  const [row] = rows
  const { rank = null, source = null } = row ?? {}
  return { all: row?.all ?? 0, own: rank === null || source === null ? null : { rank, source } }
}

/** The class hours that the actor has heard in a programme. */
export async function ownHoursOf(ctx: Context, programmeId: string): Promise<number> {
  const { rows } = await ctx.db.execute<{ hours: number }>(sql`
    select coalesce(sum(c.hours), 0)::float8 as hours
    from training_attendances a join training_sessions c on c.tenant_id = a.tenant_id and c.id = a.session_id
    where a.tenant_id = ${ctx.tenantId} and a.person_id = ${personOf(ctx)} and c.programme_id = ${programmeId}
      and a.attendance in ('present', 'madeUp')`)
  return rows[0]?.hours ?? 0
}

/** The list of one programme. */
export const ofList = ({ tenantId }: Pick<Context, 'tenantId'>, programmeId: string) =>
  and(eq(trainingParticipants.tenantId, tenantId), eq(trainingParticipants.programmeId, programmeId))

/** Who is on the list of a programme, in the order of their coming. Runs over the whole university. */
export function listed(ctx: Pick<Context, 'db' | 'tenantId'>, programmeId: string) {
  const { personId, seq } = trainingParticipants
  return ctx.db.select({ personId, seq }).from(trainingParticipants).where(ofList(ctx, programmeId)).orderBy(asc(seq))
}

/** Who is the so-manieth on a list, from 1; undefined where there are not so many. */
export async function listedAt(ctx: Pick<Context, 'db' | 'tenantId'>, programmeId: string, rank: number) {
  const [row] = await listed(ctx, programmeId)
    .limit(1)
    .offset(rank - 1)
  return row
}

/** Those of them who have a place. */
export async function withPlace(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  { id, capacity }: { id: string; capacity: number | null },
): Promise<string[]> {
  const all = await listed(ctx, id)
  return all.slice(0, capacity ?? all.length).map((it) => it.personId)
}
