import { addDays } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { within } from '../../platform/within.ts'
import { isUndecided, waitingOf } from './assessing.ts'
import { assessorsNeeded, type DeskKind } from './names-schema.ts'
import { rootsOfRunning } from './policy.ts'
import type { TrainingDesk } from './schema.ts'

/** So many days ahead the own sessions stand on the desk. */
const daysAhead = 14

/** So many lines the desk has at most. */
const most = 30

/**
 * What waits for the actor in trainings: as one who runs them, who assesses or who takes part; and the own sessions of the next fortnight. Runs over the
 * whole university; what is asked for is the actor's own, or lies where they run trainings.
 */
export async function readDesk(ctx: Context): Promise<TrainingDesk> {
  const runs = rootsOfRunning(ctx.actor)
  const asked = [...(runs.length > 0 ? ofRunner(ctx, within(sql`p.path`, runs)) : []), ...ofPerson(ctx)]
  const { rows } = await ctx.db.execute<TrainingDesk['toDo'][number] & Record<string, unknown>>(sql`
    select kind, "programmeId", programme, "sessionId", session, "on", count from (${sql.join(asked, sql` union all `)}) it
    order by "on" nulls last, kind, "programmeId" limit ${most}`)
  return { toDo: rows, coming: await comingOf(ctx) }
}

/** One kind of line: programmes `p`, with a session `c` where one is named, and how many wait there. */
const line = (kind: DeskKind, rest: SQL, { session = false } = {}): SQL => sql`
  select ${kind}::text as kind, p.id as "programmeId", p.title as programme,
    ${session ? sql`c.id` : sql`null::uuid`} as "sessionId", ${session ? sql`c.title` : sql`null::text`} as session,
    ${session ? sql`c."on"::text` : sql`null::text`} as "on", count(*)::int as count
  ${rest} group by p.id, p.title${session ? sql`, c.id, c.title, c."on"` : sql``}`

const alive = sql`p.announced_at is not null and p.cancelled_at is null and p.closed_at is null`

const sessionsOf = sql`join training_sessions c on c.tenant_id = p.tenant_id and c.programme_id = p.id and c.cancelled_at is null`

function ofRunner({ tenantId, today }: Context, isRun: SQL): SQL[] {
  const from = sql`from training_programmes p`
  const where = sql`where p.tenant_id = ${tenantId} and ${isRun} and ${alive}`
  return [
    line(
      'requests',
      sql`${from} ${sessionsOf} join training_requests r on r.tenant_id = c.tenant_id and r.session_id = c.id and r.is_granted is null ${where}`,
      { session: true },
    ),
    line('unrecorded', sql`${from} ${sessionsOf} and c.recorded_at is null and c."on" < ${today} ${where}`, {
      session: true,
    }),
    line(
      'deciding',
      sql`${from} join training_rounds r on r.tenant_id = p.tenant_id and r.programme_id = p.id and r.handed_in_at is not null
        and (select count(*) from training_assessments a where a.tenant_id = r.tenant_id and a.round_id = r.id) >= ${assessorsNeeded}
        and ${isUndecided}
        join training_participants t on t.tenant_id = r.tenant_id and t.programme_id = r.programme_id and t.person_id = r.person_id
        ${where}`,
    ),
    line(
      'over',
      sql`${from} ${where} and (select max(c."on") from training_sessions c where c.tenant_id = p.tenant_id and c.programme_id = p.id
        and c.cancelled_at is null) < ${today}`,
    ),
  ]
}

function ofPerson(ctx: Context): SQL[] {
  const { tenantId, today } = ctx
  const personId = personOf(ctx)
  return [
    line(
      'assessing',
      sql`from training_programmes p
        join training_assessors s on s.tenant_id = p.tenant_id and s.programme_id = p.id and s.person_id = ${personId}
        join (${waitingOf(ctx)}) w on w.programme_id = p.id and w.mine is null
        where p.tenant_id = ${tenantId} and ${alive}`,
    ),
    line(
      'writing',
      sql`from training_programmes p
        join training_participants t on t.tenant_id = p.tenant_id and t.programme_id = p.id and t.person_id = ${personId}
          and ${hasPlace}
        left join lateral (select r.handed_in_at from training_rounds r where r.tenant_id = p.tenant_id and r.programme_id = p.id
          and r.person_id = ${personId} order by r.number desc limit 1) r on true
        where p.tenant_id = ${tenantId} and ${alive} and r.handed_in_at is null
          and exists (select from training_rubrics b where b.tenant_id = p.tenant_id and b.programme_id = p.id
            and jsonb_array_length(b.criteria) > 0)
          and coalesce((select d.decision from training_decisions d where d.tenant_id = p.tenant_id and d.programme_id = p.id
            and d.person_id = ${personId} order by d.number desc limit 1), 'again') = 'again'
          and (select min(c."on") from training_sessions c where c.tenant_id = p.tenant_id and c.programme_id = p.id
            and c.cancelled_at is null) <= ${today}`,
    ),
  ]
}

const hasPlace = sql`(p.capacity is null or (select count(*) from training_participants q where q.tenant_id = t.tenant_id
  and q.programme_id = t.programme_id and q.seq <= t.seq) <= p.capacity)`

/** The next sessions of programmes in which the actor has a place. */
async function comingOf(ctx: Context): Promise<TrainingDesk['coming']> {
  const { tenantId, today } = ctx
  const { rows } = await ctx.db.execute<TrainingDesk['coming'][number] & Record<string, unknown>>(sql`
    select c.id, p.id as "programmeId", p.title as programme, c.title, c."on"::text as "on", c.start_minute as "startMinute",
      c.end_minute as "endMinute", c.place
    from training_participants t
    join training_programmes p on p.tenant_id = t.tenant_id and p.id = t.programme_id and ${alive}
    ${sessionsOf} and c."on" between ${today}::date and ${addDays(today, daysAhead)}::date
    where t.tenant_id = ${tenantId} and t.person_id = ${personOf(ctx)} and ${hasPlace}
    order by c."on", c.start_minute, c.id limit 10`)
  return rows
}
