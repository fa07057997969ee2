import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Criterion } from '../calls/schema.ts'
import type { Levels } from './acceptance-schema.ts'
import { assessorsNeeded, type Decision, type LeaveKind, leaveNames } from './names-schema.ts'
import { standsOf } from './rounds.ts'
import { rubricOf } from './rubric.ts'
import { leaveKinds } from './schema.ts'
import type { StoredProgramme } from './stored.ts'
import { type Figures, leastCounted } from './summary-schema.ts'

/** What the records say of a programme, counted. Everything here runs over the whole university, after it was settled who may know. */

/** The sums of a programme as they are today. */
export async function figuresOf(ctx: Context, programme: StoredProgramme): Promise<Figures> {
  const { criteria } = await rubricOf(ctx, programme.id)
  const { rows: people } = await ctx.db.execute<Counted>(sql`
    select s.decision, o.name as organization
    from (${standsOf(ctx, programme, criteria.length > 0)}) s
    join persons p on p.tenant_id = ${ctx.tenantId} and p.id = s."personId"
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    order by o.path, s.seq`)
  const { rows: held } = await ctx.db.execute<{ sessions: number; hours: number }>(sql`
    select count(*)::int as sessions, coalesce(sum(hours), 0)::float8 as hours from training_sessions
    where tenant_id = ${ctx.tenantId} and programme_id = ${programme.id} and cancelled_at is null`)
  const { rows: requests } = await ctx.db.execute<Asked>(sql`
    select q.kind, q.leave_kind as "leaveKind", grouping(q.leave_kind) = 0 as "isOfOneKind", count(*)::int as asked,
      (count(*) filter (where q.is_granted))::int as granted, count(distinct q.person_id)::int as people
    from training_requests q join training_sessions c on c.tenant_id = q.tenant_id and c.id = q.session_id
    where q.tenant_id = ${ctx.tenantId} and c.programme_id = ${programme.id}
    group by grouping sets ((q.kind), (q.kind, q.leave_kind))`)
  const passed = (of: readonly Counted[]) => of.filter((it) => it.decision === 'passed').length
  const groups = Map.groupBy(people, (it) => it.organization)
  // Where everybody passed, the sum says it already. Otherwise one that is left out could be worked out from the others.
  const tells = passed(people) === people.length || [...groups.values()].every((of) => of.length >= leastCounted)
  const asked = (kind: Asked['kind']) => {
    const { asked = 0, granted = 0 } = requests.find((it) => it.kind === kind && !it.isOfOneKind) ?? {}
    return { asked, granted }
  }
  const leaves = requests.filter((it) => it.kind === 'leave')
  const isTold = leaves.some((it) => !it.isOfOneKind && it.people >= leastCounted)
  const kinds = leaveKinds.options.flatMap((kind) => {
    const it = leaves.find((one) => one.isOfOneKind && one.leaveKind === kind)
    return it === undefined ? [] : [{ name: leaveNames[kind], asked: it.asked }]
  })
  return {
    ...(held[0] ?? { sessions: 0, hours: 0 }),
    ...{ fromOn: programme.fromOn, untilOn: programme.untilOn, participants: people.length },
    ...{ passed: passed(people), unfinished: people.filter((it) => it.decision === 'unfinished').length },
    byOrganization: [...groups].map(([organization, of]) => ({
      ...{ organization, participants: of.length, passed: tells ? passed(of) : null },
    })),
    ...(await levelsOf(ctx, programme, criteria)),
    ...{ leaves: { ...asked('leave'), kinds: isTold ? kinds : [] }, claims: asked('claim') },
  }
}

interface Counted extends Record<string, unknown> {
  decision: Decision | null
  organization: string
}

interface Asked extends Record<string, unknown> {
  kind: 'leave' | 'claim'
  leaveKind: LeaveKind | null
  /** False where it is the sum over all kinds of leave. */
  isOfOneKind: boolean
  asked: number
  granted: number
  people: number
}

/** How many were seen at which level in the round on which the last decision about them was made. */
async function levelsOf(
  ctx: Context,
  programme: StoredProgramme,
  criteria: readonly Criterion[],
): Promise<Pick<Figures, 'assessed' | 'criteria'>> {
  const { rows } = await ctx.db.execute<{ said: Levels[] }>(sql`
    select json_agg(a.levels) as said
    from (${standsOf(ctx, programme, criteria.length > 0)}) s
    cross join lateral (select d.round_id, d.decision from training_decisions d where d.tenant_id = ${ctx.tenantId}
      and d.programme_id = ${programme.id} and d.person_id = s."personId" order by d.number desc limit 1) last
    join training_assessments a on a.tenant_id = ${ctx.tenantId} and a.round_id = last.round_id
    where last.decision in ('passed', 'unfinished')
    group by s."personId" having count(*) = ${assessorsNeeded}`)
  if (rows.length < leastCounted) return { assessed: null, criteria: [] }
  return {
    assessed: rows.length,
    criteria: criteria.map(({ key, name, levels }) => {
      const agreed = rows.flatMap(({ said: [first, ...others] }) => {
        const place = first?.[key]
        return place !== undefined && others.every((it) => it[key] === place) ? [place] : []
      })
      return {
        name,
        levels: levels.map((level, place) => ({
          name: level.name,
          people: agreed.filter((it) => it === place).length,
        })),
        differing: rows.length - agreed.length,
      }
    }),
  }
}
