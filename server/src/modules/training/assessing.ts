import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Criterion } from '../calls/schema.ts'
import type { AssessedProgramme, AssessedProgrammes, AssessedRound, Assessment, Levels } from './acceptance-schema.ts'
import { assessorsNeeded } from './names-schema.ts'
import { givenOf, ofRound, saidOf } from './rounds.ts'
import { rubricOf } from './rubric.ts'
import { refuseTooHigh } from './self-assessing.ts'
import { ofProgramme, subjectOf } from './stored.ts'
import { trainingAssessments, trainingAssessors, trainingProgrammes, trainingRounds } from './tables.ts'

/**
 * What assessors see and say. Neither learns what the other says before both have handed in, and after that nothing is changed. Everything here runs
 * over the whole university, after it was asked whether the actor assesses there: they need not belong to the programme.
 */

/** The programmes under way in which the actor assesses, with how many wait for them. */
export async function listAssessed(ctx: Context): Promise<AssessedProgrammes> {
  const { rows: items } = await ctx.db.execute<AssessedProgrammes['items'][number] & Record<string, unknown>>(sql`
    select p.id as "programmeId", p.title, o.name as organization, count(w.id)::int as waiting
    from training_assessors s
    join training_programmes p on p.tenant_id = s.tenant_id and p.id = s.programme_id and p.cancelled_at is null
      and p.closed_at is null
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    left join lateral (${waitingOf(ctx)} and r.programme_id = p.id and mine.round_id is null) w on true
    where s.tenant_id = ${ctx.tenantId} and s.person_id = ${personOf(ctx)}::uuid
    group by p.id, p.title, o.name order by p.title, p.id`)
  return { items }
}

/** Rounds `r` that were handed in, are not decided and have a seat for the actor, or one that they have taken (`mine`). */
export const waitingOf = (ctx: Context) => sql`
  select r.*, mine.round_id as mine
  from training_rounds r
  left join training_assessments mine on mine.tenant_id = r.tenant_id and mine.round_id = r.id
    and mine.assessor_id = ${personOf(ctx)}::uuid
  where r.tenant_id = ${ctx.tenantId} and r.handed_in_at is not null and r.person_id <> ${personOf(ctx)}::uuid
    and (mine.round_id is not null or (${isUndecided}
      and (select count(*) from training_assessments a where a.tenant_id = r.tenant_id and a.round_id = r.id) < ${assessorsNeeded}))`

/** True for rounds `r` on which nothing was decided yet: there is no later one, and nothing stands but, of an earlier one, that another is wanted. */
export const isUndecided = sql`(not exists (select from training_rounds later where later.tenant_id = r.tenant_id
    and later.programme_id = r.programme_id and later.person_id = r.person_id and later.number > r.number)
  and coalesce((select d.decision from training_decisions d where d.tenant_id = r.tenant_id
    and d.programme_id = r.programme_id and d.person_id = r.person_id order by d.number desc limit 1), 'again') = 'again')`

/** What was handed in in a programme and waits for the actor, or was assessed by them. */
export async function readAssessed(ctx: Context, programmeId: string): Promise<AssessedProgramme> {
  const programme = await openAssessed(ctx, programmeId)
  const { rows } = await ctx.db.execute<Row>(sql`
    select w.id as "roundId", p.name as person, o.name as organization, w.number, w.handed_in_at as "handedInAt",
      w.mine is not null as "isGiven"
    from (${waitingOf(ctx)} and r.programme_id = ${programmeId}) w
    join persons p on p.tenant_id = w.tenant_id and p.id = w.person_id
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    order by w.mine is not null, w.handed_in_at, w.id`)
  return {
    ...{ title: programme.title, organization: await organizationOf(ctx, programme.organizationId) },
    items: rows.map((it) => ({ ...it, handedInAt: new Date(it.handedInAt).toISOString() })),
  }
}

interface Row extends Record<string, unknown> {
  roundId: string
  person: string
  organization: string
  number: number
  handedInAt: string
  isGiven: boolean
}

/** One round, with what the actor said of it; what the other said only once both have handed in. */
export async function readAssessedRound(ctx: Context, roundId: string): Promise<AssessedRound> {
  const { programme, round, criteria } = await openRound(ctx, roundId)
  const { rows } = await ctx.db.execute<{ person: string; organization: string }>(sql`
    select p.name as person, o.name as organization from persons p
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    where p.tenant_id = ${ctx.tenantId} and p.id = ${round.personId}`)
  const said = await saidOf(ctx, [roundId])
  const own = said.find((it) => it.assessorId === personOf(ctx))
  const other = said.find((it) => it.assessorId !== personOf(ctx))
  return {
    programme: { id: programme.id, name: programme.title },
    ...(rows[0] ?? { person: '', organization: '' }),
    ...{ number: round.number, criteria, self: round.self },
    own: own ? { levels: own.levels, words: own.words, isSigned: own.isSigned } : null,
    other: own && other ? { by: other.by, levels: other.levels, words: other.words, isSigned: other.isSigned } : null,
    can: { assess: whyNot(programme, await standOf(ctx, roundId), own !== undefined) === null },
  }
}

/** Says what the actor thinks of a round: a level of each criterion and words. Changed until the other has handed in, too, and no more once it was decided. */
export async function assess(ctx: Context, roundId: string, wanted: Assessment): Promise<void> {
  const { programme, round, criteria } = await openRound(ctx, roundId, { lock: true })
  const own = (await saidOf(ctx, [roundId])).some((it) => it.assessorId === personOf(ctx))
  const stand = await standOf(ctx, roundId)
  const why = whyNot(programme, stand, own)
  if (why !== null) throw new Refusal('conflict', why)
  const levels = levelsOf(criteria, wanted.levels)

  const { tenantId } = ctx
  const set = { levels, words: wanted.words, isSigned: wanted.isSigned, givenAt: new Date() }
  await ctx.db
    .insert(trainingAssessments)
    .values({ ...set, tenantId, roundId, assessorId: personOf(ctx), path: round.path, seat: stand.given + 1 })
    .onConflictDoUpdate({
      target: [trainingAssessments.tenantId, trainingAssessments.roundId, trainingAssessments.assessorId],
      set,
    })
  await record(
    ctx,
    'training.assessed',
    { ...subjectOf(programme), personId: personOf(ctx) },
    { title: programme.title },
  )
}

/** How many have assessed a round, and whether something was decided on it. */
async function standOf(ctx: Context, roundId: string): Promise<{ given: number; isDecided: boolean }> {
  const given = (await givenOf(ctx, [roundId])).get(roundId) ?? 0
  const undecided = sql`select from training_rounds r where r.tenant_id = ${ctx.tenantId} and r.id = ${roundId} and ${isUndecided}`
  const { rows } = await ctx.db.execute<{ isDecided: boolean }>(sql`select not exists (${undecided}) as "isDecided"`)
  return { given, isDecided: rows[0]?.isDecided ?? true }
}

function whyNot(
  { closedAt, cancelledAt }: { closedAt: Date | null; cancelledAt: Date | null },
  { given, isDecided }: { given: number; isDecided: boolean },
  own: boolean,
): string | null {
  if (closedAt !== null || cancelledAt !== null) return '培训班已经办结或者取消，不能再评议。'
  if (isDecided) return '组织培训的单位已经对这份成果作了决定，不能再评议。请刷新页面查看别的学员。'
  if (given < assessorsNeeded) return null
  return own
    ? `${assessorsNeeded} 位评议人都已提交，评议不能再改。要补充的，请告诉组织培训的单位。`
    : `已有 ${assessorsNeeded} 位评议人评议，不用再评。请刷新页面查看别的学员。`
}

/** One level of each criterion, and nothing else. */
function levelsOf(criteria: readonly Criterion[], levels: Levels): Levels {
  const chosen = Object.fromEntries(
    criteria.map(({ key, name }) => {
      const level = levels[key]
      if (level === undefined) return refuseField(`levels.${key}`, `请为“${name}”选一档`)
      return [key, level]
    }),
  )
  refuseTooHigh(criteria, chosen)
  return chosen
}

/** A programme for whoever assesses in it, wherever they belong. */
async function openAssessed(ctx: Context, programmeId: string, { lock = false } = {}) {
  const query = ctx.db.select().from(trainingProgrammes).where(ofProgramme(ctx, programmeId)).$dynamic()
  const [programme] = await (lock ? query.for('update') : query)
  const isAssessor = await isAssessing(ctx, programmeId)
  return found(isAssessor && programme?.cancelledAt === null ? programme : undefined, '个培训班')
}

/** Whether the actor assesses in a programme. */
export async function isAssessing(ctx: Context, programmeId: string): Promise<boolean> {
  const count = await ctx.db.$count(
    trainingAssessors,
    and(
      eq(trainingAssessors.tenantId, ctx.tenantId),
      eq(trainingAssessors.programmeId, programmeId),
      eq(trainingAssessors.personId, personOf(ctx)),
    ),
  )
  return count > 0
}

/** A round that was handed in, for whoever assesses there; nobody assesses themselves. */
async function openRound(ctx: Context, roundId: string, { lock = false } = {}) {
  const [seen] = await ctx.db.select().from(trainingRounds).where(handedIn(ctx, roundId))
  const { programmeId, personId } = found(seen, '份自评')
  const programme = await openAssessed(ctx, programmeId, { lock })
  const [round] = await ctx.db.select().from(trainingRounds).where(handedIn(ctx, roundId))
  const it = found(personId === personOf(ctx) ? undefined : round, '份自评')
  const { criteria } = await rubricOf(ctx, programmeId)
  return { programme, round: it, criteria }
}

const handedIn = (ctx: Context, roundId: string) => and(ofRound(ctx, roundId), isNotNull(trainingRounds.handedInAt))

async function organizationOf({ db, tenantId }: Context, id: string): Promise<string> {
  const { rows } = await db.execute<{ name: string }>(
    sql`select name from organizations where tenant_id = ${tenantId} and id = ${id}`,
  )
  return rows[0]?.name ?? ''
}
