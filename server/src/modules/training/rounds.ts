import { type Day, prospectTraining } from '@zhibu/rules'
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { isOneOf } from '../../platform/within.ts'
import type { Criterion } from '../calls/schema.ts'
import { settingOf } from '../development/settings.ts'
import { persons } from '../people/tables.ts'
import type { Decided, Levels, Precondition, Round, ShownAssessment } from './acceptance-schema.ts'
import { assignedBeside } from './asked.ts'
import { type AcceptanceState, assessorsNeeded, type Decision } from './names-schema.ts'
import type { StoredProgramme } from './stored.ts'
import { trainingAssessments, trainingDecisions, trainingRounds } from './tables.ts'

/** What was handed in, said and decided of participants' results, as it is stored. Everything here runs over the whole university. */

export type StoredRound = typeof trainingRounds.$inferSelect
export type StoredDecision = typeof trainingDecisions.$inferSelect

/** Where everybody with a place in a programme stands: a statement with the columns of `Stand`. */
export function standsOf(
  { tenantId }: Pick<Context, 'tenantId'>,
  programme: StoredProgramme,
  hasCriteria: boolean,
): SQL {
  const { id, capacity } = programme
  return sql`
    select t.person_id as "personId", t.seq, r.id as "roundId", coalesce(r.number, 0) as round, r.handed_in_at is not null as "isHandedIn",
      g.given, d.decision, d.missing, d.comment, d.decided_on::text as "decidedOn", d.decided_by as "decidedBy",
      h.hours, h.days, h.first_on::text as "firstOn", h.last_on::text as "lastOn",
      case when d.decision in ('passed', 'unfinished') then d.decision
        when not ${hasCriteria}::boolean then 'deciding'
        when r.handed_in_at is null then 'writing'
        when g.given < ${assessorsNeeded}::int then 'assessing'
        else 'deciding' end as state
    from (select person_id, seq, row_number() over (order by seq) as rank from training_participants
      where tenant_id = ${tenantId} and programme_id = ${id}) t
    left join lateral (select one.id, one.number, one.handed_in_at from training_rounds one
      where one.tenant_id = ${tenantId} and one.programme_id = ${id} and one.person_id = t.person_id
      order by one.number desc limit 1) r on true
    cross join lateral (select count(*)::int as given from training_assessments a
      where a.tenant_id = ${tenantId} and a.round_id = r.id) g
    left join lateral (select one.decision, one.missing, one.comment, one.decided_on, one.decided_by from training_decisions one
      where one.tenant_id = ${tenantId} and one.programme_id = ${id} and one.person_id = t.person_id
      order by one.number desc limit 1) d on true
    cross join lateral (select coalesce(sum(c.hours), 0)::float8 as hours, count(distinct c."on")::int as days,
        min(c."on") as first_on, max(c."on") as last_on
      from training_sessions c
      join training_attendances a on a.tenant_id = c.tenant_id and a.session_id = c.id and a.person_id = t.person_id
        and a.attendance in ('present', 'madeUp')
      where c.tenant_id = ${tenantId} and c.programme_id = ${id}) h
    where ${capacity}::int is null or t.rank <= ${capacity}`
}

/** Where one participant stands. */
export interface Stand extends Record<string, unknown> {
  personId: string
  seq: number
  roundId: string | null
  round: number
  isHandedIn: boolean
  given: number
  decision: Decision | null
  missing: string | null
  comment: string | null
  decidedOn: Day | null
  decidedBy: string | null
  hours: number
  days: number
  firstOn: Day | null
  lastOn: Day | null
  state: AcceptanceState
}

/** Where one person stands; undefined for whoever has no place. */
export async function standOf(
  ctx: Context,
  programme: StoredProgramme,
  hasCriteria: boolean,
  personId: string,
): Promise<Stand | undefined> {
  const { rows } = await ctx.db.execute<Stand>(
    sql`select * from (${standsOf(ctx, programme, hasCriteria)}) s where s."personId" = ${personId}::uuid`,
  )
  return rows[0]
}

/** What should have been done before somebody passes, by the programme and by the rules; it is shown and decides nothing. */
export async function preconditionsWith(
  ctx: Context,
  { id, requiredHours, audience }: StoredProgramme,
): Promise<(it: Pick<Stand, 'personId' | 'hours' | 'days' | 'lastOn'>) => Precondition[]> {
  const least = audience === 'prospects' ? (await settingOf(ctx)).setting.practice.stricter : undefined
  const assigned = await assignedBeside(ctx, id)
  return ({ personId, hours, days, lastOn }) => {
    const named: Precondition[] =
      requiredHours === null
        ? []
        : [
            {
              text: `培训班要求 ${requiredHours} 学时，已有 ${hours} 学时。`,
              ...{ isMet: hours >= requiredHours, cited: '', isToVerify: false },
            },
          ]
    named.push(...assigned(personId))
    if (audience !== 'prospects') return named
    const { text, isReached, basis } = prospectTraining({ hours, days }, lastOn ?? ctx.today, least)
    return [...named, { text, isMet: isReached, cited: basis.cited, isToVerify: basis.toVerify }]
  }
}

/** The rounds of somebody in a programme, the latest first. */
export async function roundsOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  programmeId: string,
  personId: string,
): Promise<StoredRound[]> {
  return db
    .select()
    .from(trainingRounds)
    .where(
      and(
        eq(trainingRounds.tenantId, tenantId),
        eq(trainingRounds.programmeId, programmeId),
        eq(trainingRounds.personId, personId),
      ),
    )
    .orderBy(desc(trainingRounds.number))
}

/** What was decided of somebody in a programme, the last first. */
export async function decisionsOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  programmeId: string,
  personId: string,
): Promise<StoredDecision[]> {
  return db
    .select()
    .from(trainingDecisions)
    .where(
      and(
        eq(trainingDecisions.tenantId, tenantId),
        eq(trainingDecisions.programmeId, programmeId),
        eq(trainingDecisions.personId, personId),
      ),
    )
    .orderBy(desc(trainingDecisions.number))
}

export const shownDecision = ({ decision, missing, comment, decidedBy, decidedOn }: StoredDecision): Decided => ({
  ...{ decision, missing, comment, decidedBy, decidedOn },
})

/** What an assessor said of a round. */
export interface SaidOf {
  roundId: string
  assessorId: string
  by: string
  levels: Levels
  words: string
  isSigned: boolean
}

/**
 * What was said of rounds, in the order of the seats. This is the only reading of what assessors say: until both have handed in, nobody gets more of
 * it than what they have said themselves, whatever office they hold.
 */
export async function saidOf(ctx: Context, roundIds: readonly string[]): Promise<SaidOf[]> {
  if (roundIds.length === 0) return []
  const { tenantId, roundId, assessorId, seat, levels, words, isSigned } = trainingAssessments
  const areBothIn = sql`(select count(*) from training_assessments b
    where b.tenant_id = ${ctx.tenantId} and b.round_id = ${roundId}) >= ${assessorsNeeded}`
  return ctx.db
    .select({ roundId, assessorId, by: persons.name, levels, words, isSigned })
    .from(trainingAssessments)
    .innerJoin(persons, and(eq(persons.tenantId, tenantId), eq(persons.id, assessorId)))
    .where(
      and(
        eq(tenantId, ctx.tenantId),
        isOneOf(roundId, roundIds),
        sql`(${assessorId} = ${personOf(ctx)}::uuid or ${areBothIn})`,
      ),
    )
    .orderBy(asc(roundId), asc(seat))
}

/** How many have assessed each of these rounds. */
export async function givenOf(ctx: Context, roundIds: readonly string[]): Promise<Map<string, number>> {
  if (roundIds.length === 0) return new Map()
  const { tenantId, roundId } = trainingAssessments
  const rows = await ctx.db
    .select({ roundId, given: sql<number>`count(*)::int` })
    .from(trainingAssessments)
    .where(and(eq(tenantId, ctx.tenantId), isOneOf(roundId, roundIds)))
    .groupBy(roundId)
  return new Map(rows.map((it) => [it.roundId, it.given]))
}

/** Somebody's rounds for whoever runs the programme: with the names of the assessors, and wherein they differ. */
export async function roundsForRunner(
  ctx: Context,
  criteria: readonly Criterion[],
  rounds: readonly StoredRound[],
): Promise<Round[]> {
  const ids = rounds.map((it) => it.id)
  const [said, given] = [Map.groupBy(await saidOf(ctx, ids), (it) => it.roundId), await givenOf(ctx, ids)]
  return rounds.map((it) => {
    const isComplete = (given.get(it.id) ?? 0) >= assessorsNeeded
    const of = isComplete ? (said.get(it.id) ?? []) : []
    return {
      ...roundShown(it),
      given: given.get(it.id) ?? 0,
      assessments: isComplete ? of.map(({ by, levels, words, isSigned }) => ({ by, levels, words, isSigned })) : null,
      differing: differing(criteria, of),
    }
  })
}

/** Somebody's own rounds: what was said of one is read once it was decided, without the names of those who do not sign. */
export async function roundsForParticipant(
  ctx: Context,
  rounds: readonly StoredRound[],
  decidedRounds: ReadonlySet<string>,
): Promise<Round[]> {
  const said = Map.groupBy(
    await saidOf(
      ctx,
      rounds.map((it) => it.id).filter((id) => decidedRounds.has(id)),
    ),
    (it) => it.roundId,
  )
  return rounds.map((it) => ({
    ...roundShown(it),
    given: null,
    assessments: decidedRounds.has(it.id) ? (said.get(it.id) ?? []).map(withoutName) : null,
    differing: [],
  }))
}

const withoutName = ({ by, levels, words, isSigned }: SaidOf): ShownAssessment => ({
  ...{ by: isSigned ? by : null, levels, words, isSigned },
})

/** The criteria of which two assessors chose different levels. */
export const differing = (criteria: readonly Criterion[], of: readonly Pick<SaidOf, 'levels'>[]): string[] =>
  criteria.filter(({ key }) => new Set(of.map((it) => it.levels[key])).size > 1).map(({ key }) => key)

const roundShown = ({ id, number, self, handedInAt, revision }: StoredRound) => ({
  ...{ id, number, self, revision },
  handedInAt: handedInAt?.toISOString() ?? null,
})

/** One round, by the key of its table. */
export const ofRound = ({ tenantId }: Pick<Context, 'tenantId'>, roundId: string) =>
  and(eq(trainingRounds.tenantId, tenantId), eq(trainingRounds.id, roundId))
