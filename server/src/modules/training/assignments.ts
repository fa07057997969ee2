import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { setCandidates } from '../exams/candidates.ts'
import { openExam } from '../exams/stored.ts'
import { examCandidates } from '../exams/tables.ts'
import { assignmentsOf, examNamed, handedIn } from './asked.ts'
import { isAssessing } from './assessing.ts'
import { withPlace } from './places.ts'
import { mayAccept, mayReflect, mayRun } from './policy.ts'
import type { AssignmentFields, AssignmentsView, Prompt } from './reflection-schema.ts'
import { findProgramme, lockFor, openProgramme, type StoredProgramme, subjectOf } from './stored.ts'
import { trainingAssignments } from './tables.ts'

/**
 * 学习心得和考试: what a programme asks of its participants beside their results. Whether they have done it stands among the preconditions of a decision, and
 * decides nothing; what came of an examination is no part of it. Everything here runs over the whole university, after it was settled who may.
 */

/** A programme for whoever may read it, and for those who assess in it, wherever they belong. */
export async function openKnown(
  ctx: Context,
  programmeId: string,
): Promise<{ programme: StoredProgramme; runs: boolean; assesses: boolean }> {
  const assesses = await isAssessing(ctx, programmeId)
  const known = assesses ? await findProgramme(ctx, programmeId) : await openProgramme(ctx, programmeId)
  const programme = found(known, '个培训班')
  return { programme, runs: mayRun(ctx.actor, programme.path), assesses: assesses && programme.cancelledAt === null }
}

/** What a programme asks for, and where the reader stands in it. */
export async function readAssignments(
  ctx: Context,
  programmeId: string,
): Promise<{ view: AssignmentsView; revision: number }> {
  const { programme, runs, assesses } = await openKnown(ctx, programmeId)
  const { prompts, examId, revision } = await assignmentsOf(ctx, programmeId)
  const places = await withPlace(ctx, programme)
  const hasPlace = places.includes(personOf(ctx))
  const reads = runs || assesses
  const view: AssignmentsView = {
    programme: { id: programme.id, name: programme.title },
    prompts,
    exam: examId === null ? null : await examNamed(ctx, examId),
    notCandidates: runs && examId !== null ? await notCandidates(ctx, examId, places) : null,
    own: hasPlace ? await ownOf(ctx, programmeId, prompts) : null,
    handedIn: reads ? await handedInBy(ctx, programmeId, prompts, places) : null,
    can: {
      settle: mayAccept(ctx.actor, programme, ctx.today).settle,
      read: reads,
      write: mayReflect(programme, { hasPlace }) && prompts.length > 0,
    },
  }
  return { view, revision }
}

async function notCandidates(ctx: Context, examId: string, places: readonly string[]): Promise<number> {
  const { personId, tenantId } = examCandidates
  const rows = await ctx.db
    .select({ personId })
    .from(examCandidates)
    .where(and(eq(tenantId, ctx.tenantId), eq(examCandidates.examId, examId)))
  const known = new Set(rows.map((it) => it.personId))
  return places.filter((it) => !known.has(it)).length
}

async function ownOf(
  ctx: Context,
  programmeId: string,
  prompts: readonly Prompt[],
): Promise<NonNullable<AssignmentsView['own']>> {
  const { rows } = await ctx.db.execute<OwnRow>(sql`
    select r.id, r.prompt_id as "promptId", r.versions,
      (select max(v.handed_in_at) from training_reflection_versions v
        where v.tenant_id = r.tenant_id and v.reflection_id = r.id) as "handedInAt",
      (select count(*)::int from training_remarks m where m.tenant_id = r.tenant_id and m.reflection_id = r.id
        and m.answers_id is null and not exists (select from training_remarks a where a.tenant_id = m.tenant_id
          and a.answers_id = m.id and a.author_person_id = r.person_id)) as unanswered
    from training_reflections r
    where r.tenant_id = ${ctx.tenantId} and r.programme_id = ${programmeId} and r.person_id = ${personOf(ctx)}::uuid`)
  const of = new Map(rows.map((it) => [it.promptId, it]))
  return prompts.map(({ id: asked }) => {
    const it = of.get(asked)
    return {
      ...{ promptId: asked, reflectionId: it?.id ?? null, versions: it?.versions ?? 0 },
      handedInAt: it?.handedInAt ? new Date(it.handedInAt).toISOString() : null,
      unanswered: it?.unanswered ?? 0,
    }
  })
}

interface OwnRow extends Record<string, unknown> {
  id: string
  promptId: string
  versions: number
  handedInAt: string | null
  unanswered: number
}

async function handedInBy(
  ctx: Context,
  programmeId: string,
  prompts: readonly Prompt[],
  places: readonly string[],
): Promise<NonNullable<AssignmentsView['handedIn']>> {
  const rows = await handedIn(ctx, programmeId)
  const inPlace = new Set(places)
  return prompts.map(({ id }) => ({
    promptId: id,
    people: rows.filter((it) => it.promptId === id && inPlace.has(it.personId)).length,
  }))
}

/** Settles what a programme asks for, as read at this revision. A prompt to which somebody has handed in stays. Those with a place become candidates of the examination. */
export async function setAssignments(
  ctx: Context,
  programmeId: string,
  { prompts, examId }: AssignmentFields,
  revision: number,
): Promise<void> {
  const programme = await lockFor(ctx, programmeId, 'plan', '修改心得题目和考试')
  const before = await assignmentsOf(ctx, programmeId)
  refuseStale(before, revision, '心得题目和考试')
  await refuseLostPrompts(ctx, programmeId, before.prompts, prompts)
  if (examId !== null && examId !== before.examId) {
    await openExam(ctx, examId, '把这个班的学员列为这场考试的考生')
    await handOver(ctx, programme, examId)
  }

  const { tenantId, actor } = ctx
  const set = { prompts, examId, revision: revision + 1, changedAt: new Date(), changedBy: actor.name }
  await ctx.db
    .insert(trainingAssignments)
    .values({ ...set, tenantId, programmeId, path: programme.path })
    .onConflictDoUpdate({ target: [trainingAssignments.tenantId, trainingAssignments.programmeId], set })
  await record(ctx, 'training.assignments-set', subjectOf(programme), { title: programme.title })
}

async function refuseLostPrompts(
  ctx: Context,
  programmeId: string,
  before: readonly Prompt[],
  after: readonly Prompt[],
): Promise<void> {
  const lost = new Map(before.filter((it) => !after.some((one) => one.id === it.id)).map((it) => [it.id, it.title]))
  if (lost.size === 0) return
  const kept = (await handedIn(ctx, programmeId)).find((it) => lost.has(it.promptId))
  if (kept) refuseField('prompts', `已经有学员交了“${lost.get(kept.promptId)}”，这个题目不能删去`)
}

/** Makes those with a place the candidates of the programme's examination once more, after the list has changed. */
export async function handOverCandidates(ctx: Context, programmeId: string): Promise<void> {
  const programme = await lockFor(ctx, programmeId, 'plan', '更新考生名单')
  const { examId } = await assignmentsOf(ctx, programmeId)
  if (examId === null) throw new Refusal('conflict', '这个培训班没有选考试。请先选考试，再更新考生名单。')
  await handOver(ctx, programme, examId)
}

const handOver = async (ctx: Context, programme: StoredProgramme, examId: string): Promise<void> =>
  setCandidates(ctx, examId, await withPlace(ctx, programme))
