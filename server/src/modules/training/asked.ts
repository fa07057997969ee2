import { type Day, dayWritten } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { passedDays } from '../exams/results.ts'
import { exams } from '../exams/tables.ts'
import type { Precondition } from './acceptance-schema.ts'
import type { AssignmentsView, Prompt } from './reflection-schema.ts'
import { trainingAssignments, trainingReflections } from './tables.ts'

/** What a programme asks of its participants beside their results, and who has done it, as it is stored. Everything here runs over the whole university. */

/** What a programme asks for, with its revision; nothing and 0 where nothing was settled. */
export async function assignmentsOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  programmeId: string,
): Promise<{ prompts: Prompt[]; examId: string | null; revision: number }> {
  const [row] = await db.select().from(trainingAssignments).where(ofAssignments({ tenantId }, programmeId))
  return { prompts: row?.prompts ?? [], examId: row?.examId ?? null, revision: row?.revision ?? 0 }
}

/** Takes the prompts of one programme over into another one that has none; an examination is of its own term. */
export async function copyPrompts(ctx: Context, from: string, to: { id: string; path: string }): Promise<void> {
  const { prompts } = await assignmentsOf(ctx, from)
  if (prompts.length === 0) return
  await ctx.db.insert(trainingAssignments).values({
    ...{ tenantId: ctx.tenantId, programmeId: to.id, path: to.path, changedBy: ctx.actor.name },
    prompts: prompts.map((it) => ({ ...it, id: newId() })),
  })
}

/** An examination by its title. */
export async function examNamed({ db, tenantId }: Context, examId: string): Promise<AssignmentsView['exam']> {
  const [row] = await db
    .select({ id: exams.id, title: exams.title })
    .from(exams)
    .where(and(eq(exams.tenantId, tenantId), eq(exams.id, examId)))
  return row ?? null
}

/** Who has handed in what in a programme. */
export async function handedIn(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  programmeId: string,
): Promise<{ personId: string; promptId: string }[]> {
  const { personId, promptId, versions } = trainingReflections
  return db
    .select({ personId, promptId })
    .from(trainingReflections)
    .where(
      and(
        eq(trainingReflections.tenantId, tenantId),
        eq(trainingReflections.programmeId, programmeId),
        sql`${versions} > 0`,
      ),
    )
}

/** What is shown of somebody beside a decision: whether they have handed in what was asked, and whether somebody has confirmed that they passed the examination. */
export async function assignedBeside(ctx: Context, programmeId: string): Promise<(personId: string) => Precondition[]> {
  const { prompts, examId } = await assignmentsOf(ctx, programmeId)
  const asked = new Set(prompts.map((it) => it.id))
  const by = Map.groupBy(
    asked.size === 0 ? [] : (await handedIn(ctx, programmeId)).filter((it) => asked.has(it.promptId)),
    (it) => it.personId,
  )
  const exam = examId === null ? null : await examNamed(ctx, examId)
  const passed = exam === null ? new Map<string, Day>() : await passedDays(ctx, exam.id)
  const own = { cited: '', isToVerify: false }
  return (personId) => {
    const written = by.get(personId)?.length ?? 0
    const on = passed.get(personId)
    return [
      ...(asked.size === 0
        ? []
        : [{ text: `学习心得 ${asked.size} 篇，已交 ${written} 篇。`, isMet: written >= asked.size, ...own }]),
      ...(exam === null
        ? []
        : [
            {
              text: on
                ? `考试“${exam.title}”合格，${dayWritten(on)}，已确认。`
                : `考试“${exam.title}”还没有确认合格的成绩。`,
              ...{ isMet: on !== undefined, ...own },
            },
          ]),
    ]
  }
}

const ofAssignments = ({ tenantId }: Pick<Context, 'tenantId'>, programmeId: string) =>
  and(eq(trainingAssignments.tenantId, tenantId), eq(trainingAssignments.programmeId, programmeId))
