import { and, asc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { found, Refusal, refuseStale } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { listStanding } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import type { NewQuestion } from '../quizzes/schema.ts'
import type {
  BankList,
  BankQuestion,
  BankQuestionRow,
  BankRow,
  BankText,
  BankView,
  NewBank,
  Supply,
} from './bank-schema.ts'
import { type PoolQuestion, shortagesOf } from './drawing.ts'
import { mostInBank } from './names-schema.ts'
import { mayRun, runRoots } from './policy.ts'
import { bankSubject, ofBank, openBank, placeFor, type StoredBank } from './stored.ts'
import { examBanks, examQuestions, exams } from './tables.ts'

/** 题库: banks of questions, from which papers are made. Only those who run examinations there ever read them. */

/** So many banks one organisation has. */
const mostOfOrganization = 200

/** Begins a bank of an organisation. Returns its id. */
export async function createBank(ctx: Context, { organizationId, title, summary }: NewBank): Promise<string> {
  const path = await placeFor(ctx, organizationId, '建题库')
  const { tenantId, actor } = ctx
  const known = and(eq(examBanks.tenantId, tenantId), eq(examBanks.organizationId, organizationId))
  if ((await ctx.db.$count(examBanks, known)) >= mostOfOrganization)
    throw new Refusal('conflict', `一个组织最多 ${mostOfOrganization} 个题库。请先删除不再使用的题库。`)
  const id = newId()
  await ctx.db.insert(examBanks).values({ tenantId, id, organizationId, path, title, summary, createdBy: actor.name })
  await record(ctx, 'exams.bank-created', bankSubject({ id, path }), { title })
  return id
}

/** Changes title and summary as read at this revision. */
export async function changeBank(ctx: Context, bankId: string, text: BankText, revision: number): Promise<void> {
  const bank = await openBank(ctx, bankId, 'update')
  refuseStale(bank, revision, '这个题库')
  await ctx.db
    .update(examBanks)
    .set({ ...text, revision: revision + 1 })
    .where(ofBank(ctx, bankId))
  await record(ctx, 'exams.bank-changed', bankSubject(bank), { title: text.title })
}

/** Deletes a bank. What was asked out of it stays on the papers that were sat; no examination that goes on may need it. */
export async function removeBank(ctx: Context, bankId: string, now: Date): Promise<void> {
  const bank = await openBank(ctx, bankId, 'update')
  const [user] = await usersOf(ctx, bankId, now)
  if (user)
    throw new Refusal('conflict', `考试《${user.title}》要从这个题库出题。请先让它改用别的题库，或者等它结束，再删除。`)
  await ctx.db.delete(examQuestions).where(ofQuestions(ctx, bankId))
  await ctx.db.delete(examBanks).where(ofBank(ctx, bankId))
  await record(ctx, 'exams.bank-removed', bankSubject(bank), { title: bank.title })
}

/** Adds questions behind those that are there: all of them or, where there would be too many, none. */
export async function addToBank(ctx: Context, bankId: string, questions: readonly BankQuestion[]): Promise<void> {
  const bank = await openBank(ctx, bankId, 'update')
  const { known, last } = await extentOf(ctx, bankId)
  if (known + questions.length > mostInBank)
    throw new Refusal(
      'conflict',
      `一个题库最多 ${mostInBank} 题，现有 ${known} 题，还能添加 ${mostInBank - known} 题。请分成几个题库。`,
    )
  await ctx.db.insert(examQuestions).values(
    questions.map((it, at) => {
      const id = newId()
      return { ...storedFrom(ctx, bank, it), id, lineId: id, seq: last + 1 + at }
    }),
  )
  await bump(ctx, bank)
  await record(ctx, 'exams.questions-added', bankSubject(bank), { title: bank.title, questions: questions.length })
}

/** Puts another wording in the place of a question. Papers that were drawn keep the old one. Refuses where somebody has done so meanwhile. */
export async function replaceQuestion(
  ctx: Context,
  bankId: string,
  questionId: string,
  question: BankQuestion,
  now: Date,
): Promise<void> {
  const bank = await openBank(ctx, bankId, 'update')
  const { lineId, seq } = await retire(ctx, bankId, questionId)
  await ctx.db.insert(examQuestions).values({ ...storedFrom(ctx, bank, question), id: newId(), lineId, seq })
  await refuseShortages(ctx, bankId, now)
  await bump(ctx, bank)
  await record(ctx, 'exams.question-replaced', bankSubject(bank), {
    ...{ title: bank.title, quizQuestion: question.question.text },
  })
}

/** Takes a question out of a bank. Papers that were drawn keep it. */
export async function retireQuestion(ctx: Context, bankId: string, questionId: string, now: Date): Promise<void> {
  const bank = await openBank(ctx, bankId, 'update')
  const { text } = await retire(ctx, bankId, questionId)
  await refuseShortages(ctx, bankId, now)
  await bump(ctx, bank)
  await record(ctx, 'exams.question-removed', bankSubject(bank), { title: bank.title, quizQuestion: text })
}

async function retire(ctx: Context, bankId: string, questionId: string): Promise<typeof examQuestions.$inferSelect> {
  const [row] = await ctx.db
    .select()
    .from(examQuestions)
    .where(and(ofQuestions(ctx, bankId), eq(examQuestions.id, questionId)))
  const question = found(row, '道题目')
  refuseStale({ revision: question.retiredAt === null ? 0 : 1 }, 0, '这道题目')
  await ctx.db
    .update(examQuestions)
    .set({ retiredAt: new Date() })
    .where(and(ofQuestions(ctx, bankId), eq(examQuestions.id, questionId)))
  return question
}

const storedFrom = ({ tenantId, actor }: Context, { id: bankId, path }: StoredBank, it: BankQuestion) => ({
  ...{ tenantId, bankId, path, topic: it.topic, writtenBy: actor.name },
  ...partsOf(it.question),
})

const partsOf = ({ kind, text, options, accepted, explanation, source }: NewQuestion): NewQuestion => ({
  ...{ kind, text, options, accepted, explanation, source },
})

async function bump(ctx: Context, { id, revision }: StoredBank): Promise<void> {
  await ctx.db
    .update(examBanks)
    .set({ revision: revision + 1 })
    .where(ofBank(ctx, id))
}

async function extentOf({ db, tenantId }: Context, bankId: string): Promise<{ known: number; last: number }> {
  const { rows } = await db.execute<{ known: number; last: number }>(
    sql`select count(*) filter (where retired_at is null)::int as known, coalesce(max(seq), 0) as last
      from exam_questions where tenant_id = ${tenantId} and bank_id = ${bankId}`,
  )
  return rows[0] ?? { known: 0, last: 0 }
}

/** The examinations that are published, not over, and make their papers out of a bank. */
async function usersOf({ db, tenantId }: Context, bankId: string, now: Date) {
  return await db
    .select({ title: exams.title, paper: exams.paper })
    .from(exams)
    .where(
      and(
        eq(exams.tenantId, tenantId),
        isNotNull(exams.publishedAt),
        gt(exams.closesAt, now),
        sql`${exams.paper} -> 'bankIds' ? ${bankId}`,
      ),
    )
}

/** No examination that goes on runs out of questions. Those of other places that the actor does not see are not looked at. */
async function refuseShortages(ctx: Context, bankId: string, now: Date): Promise<void> {
  for (const { title, paper } of await usersOf(ctx, bankId, now)) {
    const [short] = shortagesOf(paper, await poolOf(ctx, paper.bankIds))
    if (short !== undefined)
      throw new Refusal(
        'conflict',
        `考试《${title}》还在用这个题库，这样改就不够出题了：${short}。请先补上题目，或者等考试结束。`,
      )
  }
}

/** The questions that papers of these banks are made of now. */
export async function poolOf({ db, tenantId }: Context, bankIds: readonly string[]): Promise<PoolQuestion[]> {
  if (bankIds.length === 0) return []
  const { id, lineId, topic, kind, text, options, accepted, explanation, source } = examQuestions
  return await db
    .select({ id, lineId, topic, kind, text, options, accepted, explanation, source })
    .from(examQuestions)
    .where(
      and(
        eq(examQuestions.tenantId, tenantId),
        sql`${examQuestions.bankId} = any(${sql.param(bankIds)}::uuid[])`,
        isNull(examQuestions.retiredAt),
      ),
    )
    .orderBy(asc(examQuestions.bankId), asc(examQuestions.seq))
}

/** The banks that the actor keeps, by organisation, with what can be drawn from each. */
export async function listBanks(ctx: Context): Promise<BankList> {
  const rows = await banksWhere(ctx, within(examBanks.path, runRoots(ctx.actor)))
  return { items: rows.map(({ row }) => row), organizations: await listStanding(ctx, runRoots(ctx.actor)) }
}

/** A bank with its questions. */
export async function viewBank(ctx: Context, bankId: string): Promise<BankView> {
  const [wanted] = await banksWhere(ctx, ofBank(ctx, bankId))
  const { row, path, revision } = found(wanted, '个题库')
  found(mayRun(ctx.actor, path) ? row : undefined, '个题库')
  return { ...row, revision, questions: await questionsOf(ctx, bankId) }
}

/** The questions of a bank that are in force, in their order. */
export async function questionsOf(ctx: Context, bankId: string): Promise<BankQuestionRow[]> {
  const rows = await poolOf(ctx, [bankId])
  return rows.map(({ id, lineId, topic, ...question }) => ({ id, lineId, topic, question }))
}

async function banksWhere({ db, tenantId }: Context, wanted: SQL) {
  const rows = await db
    .select({ bank: examBanks, organization: { id: organizations.id, name: organizations.name }, supply: supplyOfRow })
    .from(examBanks)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, examBanks.tenantId), eq(organizations.id, examBanks.organizationId)),
    )
    .where(and(eq(examBanks.tenantId, tenantId), wanted))
    .orderBy(asc(examBanks.path), asc(examBanks.title), asc(examBanks.id))
  return rows.map(({ bank: { id, title, summary, path, revision }, organization, supply }) => {
    const questionCount = supply.reduce((sum, it) => sum + it.count, 0)
    const row: BankRow = { id, title, summary, organization, questionCount, supply }
    return { row, path, revision }
  })
}

const supplyOfRow = sql<Supply[]>`coalesce((
  select json_agg(json_build_object('topic', topic, 'kind', kind, 'count', count)
    order by first, array_position(array['single', 'multiple', 'judgement', 'blank'], kind))
  from (select topic, kind, count(*)::int as count, min(min(seq)) over (partition by topic) as first
    from exam_questions q where q.tenant_id = ${examBanks.tenantId} and q.bank_id = ${examBanks.id} and q.retired_at is null
    group by topic, kind) as counted), '[]'::json)`

const ofQuestions = ({ tenantId }: Context, bankId: string): SQL =>
  and(eq(examQuestions.tenantId, tenantId), eq(examQuestions.bankId, bankId)) ?? sql`false`
