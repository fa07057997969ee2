import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { isOneOf, within } from '../../platform/within.ts'
import type { Criterion } from '../calls/schema.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import type { AcceptanceView, RubricFields, RubricLibrary } from './acceptance-schema.ts'
import { type Told, tellAppointed } from './informing.ts'
import { assessorsNeeded, termLabel } from './names-schema.ts'
import { listed } from './places.ts'
import { rootsOfRunning } from './policy.ts'
import { lockFor, subjectOf } from './stored.ts'
import { trainingAssessors, trainingProgrammes, trainingRounds, trainingRubrics } from './tables.ts'

/** By what the results of a programme are looked at, and by whom. Everything here runs over the whole university. */

/** The criteria of a programme with their revision; none and 0 where none were settled. */
export async function rubricOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  programmeId: string,
): Promise<{ criteria: Criterion[]; revision: number }> {
  const [row] = await db.select().from(trainingRubrics).where(ofRubric({ tenantId }, programmeId))
  return { criteria: row?.criteria ?? [], revision: row?.revision ?? 0 }
}

/** Whether somebody has handed in already, so that the criteria stay as they are. */
export async function isMeasured({ db, tenantId }: Context, programmeId: string): Promise<boolean> {
  const handedIn = await db.$count(
    trainingRounds,
    and(
      eq(trainingRounds.tenantId, tenantId),
      eq(trainingRounds.programmeId, programmeId),
      isNotNull(trainingRounds.handedInAt),
    ),
  )
  return handedIn > 0
}

/** Settles the criteria of a programme as read at this revision, until the first participant has handed in. */
export async function setRubric(
  ctx: Context,
  programmeId: string,
  { criteria }: RubricFields,
  revision: number,
): Promise<void> {
  const programme = await lockFor(ctx, programmeId, 'plan', '修改验收标准')
  refuseStale(await rubricOf(ctx, programmeId), revision, '验收标准')
  if (await isMeasured(ctx, programmeId))
    throw new Refusal('conflict', '已经有学员提交了自评，验收标准不能再改，不然前后的要求不一样。')

  await writeRubric(ctx, programme, criteria, revision + 1)
  const { title } = programme
  await record(ctx, 'training.rubric-set', subjectOf(programme), { title })
}

/** Takes the criteria of one programme over into another one that has none. */
export async function copyRubric(ctx: Context, from: string, to: { id: string; path: string }): Promise<void> {
  const { criteria } = await rubricOf(ctx, from)
  if (criteria.length > 0) await writeRubric(ctx, to, criteria, 1)
}

async function writeRubric(
  { db, tenantId, actor }: Context,
  { id: programmeId, path }: { id: string; path: string },
  criteria: Criterion[],
  revision: number,
): Promise<void> {
  const set = { criteria, revision, changedAt: new Date(), changedBy: actor.name }
  await db
    .insert(trainingRubrics)
    .values({ tenantId, programmeId, path, ...set })
    .onConflictDoUpdate({ target: [trainingRubrics.tenantId, trainingRubrics.programmeId], set })
}

/** The criteria of the programmes that the actor runs, the latest first; the same criteria only once. */
export async function listRubrics(ctx: Context): Promise<RubricLibrary> {
  const rows = await ctx.db
    .select({
      programmeId: trainingProgrammes.id,
      title: trainingProgrammes.title,
      year: trainingProgrammes.year,
      term: trainingProgrammes.term,
      criteria: trainingRubrics.criteria,
    })
    .from(trainingRubrics)
    .innerJoin(
      trainingProgrammes,
      and(
        eq(trainingProgrammes.tenantId, trainingRubrics.tenantId),
        eq(trainingProgrammes.id, trainingRubrics.programmeId),
      ),
    )
    .where(
      and(
        eq(trainingRubrics.tenantId, ctx.tenantId),
        within(trainingRubrics.path, rootsOfRunning(ctx.actor)),
        sql`jsonb_array_length(${trainingRubrics.criteria}) > 0`,
      ),
    )
    .orderBy(desc(trainingRubrics.changedAt), asc(trainingRubrics.programmeId))
    .limit(mostOfLibrary)
  const seen = new Set<string>()
  const once = rows.filter(({ criteria }) => {
    const written = JSON.stringify(criteria)
    return !seen.has(written) && seen.add(written)
  })
  return { items: once.map(({ year, term, ...it }) => ({ ...it, term: termLabel(year, term) })) }
}

/** So many programmes are looked through for criteria. */
const mostOfLibrary = 200

/** Says who assesses the results of a programme: nobody, or at least two, and none of them somebody on its list. Who is new is told. */
export async function appointAssessors(
  ctx: Context,
  programmeId: string,
  personIds: readonly string[],
  { base }: Told,
): Promise<void> {
  const programme = await lockFor(ctx, programmeId, 'plan', '确定评议人')
  const wanted = [...new Set(personIds)]
  if (wanted.length > 0 && wanted.length < assessorsNeeded)
    refuseField('personIds', `每位学员要由 ${assessorsNeeded} 位评议人分别评议，请至少选 ${assessorsNeeded} 位`)
  const known = await namesOf(ctx, wanted)
  if (known.length < wanted.length) refuseField('personIds', '有人已经不在系统里，请刷新页面重新选择')
  const own = new Set((await listed(ctx, programmeId)).map((it) => it.personId))
  const participants = known.filter((it) => own.has(it.id)).map((it) => it.name)
  if (participants.length > 0)
    refuseField('personIds', `${participants.join('、')}是这个培训班的学员，不能评议。请换成班外的同志`)

  const before = (await assessorsOf(ctx, programmeId)).map((it) => it.id)
  const { tenantId, db, actor } = ctx
  const gone = before.filter((it) => !wanted.includes(it))
  const added = wanted.filter((it) => !before.includes(it))
  if (gone.length > 0)
    await db
      .delete(trainingAssessors)
      .where(and(ofAssessors(ctx, programmeId), isOneOf(trainingAssessors.personId, gone)))
  if (added.length > 0)
    await db
      .insert(trainingAssessors)
      .values(
        added.map((personId) => ({ tenantId, programmeId, personId, path: programme.path, appointedBy: actor.name })),
      )
  const { title } = programme
  await record(ctx, 'training.assessors-appointed', subjectOf(programme), { title })
  await tellAppointed(ctx, programme, { to: added, base })
}

/** Who assesses in a programme, by name. */
export async function assessorsOf(
  { db, tenantId }: Context,
  programmeId: string,
): Promise<AcceptanceView['assessors']> {
  return db
    .select({ id: persons.id, name: persons.name, organization: organizations.name })
    .from(trainingAssessors)
    .innerJoin(
      persons,
      and(eq(persons.tenantId, trainingAssessors.tenantId), eq(persons.id, trainingAssessors.personId)),
    )
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, persons.tenantId), eq(organizations.id, persons.organizationId)),
    )
    .where(ofAssessors({ tenantId }, programmeId))
    .orderBy(asc(persons.pinyin), asc(persons.id))
}

async function namesOf({ db, tenantId }: Context, ids: readonly string[]) {
  if (ids.length === 0) return []
  return db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), isOneOf(persons.id, ids)))
    .orderBy(asc(persons.pinyin), asc(persons.id))
}

const ofAssessors = ({ tenantId }: Pick<Context, 'tenantId'>, programmeId: string) =>
  and(eq(trainingAssessors.tenantId, tenantId), eq(trainingAssessors.programmeId, programmeId))

const ofRubric = ({ tenantId }: Pick<Context, 'tenantId'>, programmeId: string) =>
  and(eq(trainingRubrics.tenantId, tenantId), eq(trainingRubrics.programmeId, programmeId))
