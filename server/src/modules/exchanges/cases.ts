import { and, asc, count, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { type Recorder, record } from '../../platform/journal.ts'
import { found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { withdrawCardOf } from './consents.ts'
import { mostCases } from './names-schema.ts'
import type { CaseRow, CaseText, PracticeText } from './schema.ts'
import { type StoredMeeting, subjectOf } from './stored.ts'
import { exchangeCases } from './tables.ts'

/** The cases of a meeting: each has one author, who alone changes it. */

export type StoredCase = typeof exchangeCases.$inferSelect

/** Who writes: somebody of the university, or a guest. */
export interface Author {
  personId: string | null
  guestId: string | null
  name: string
  institution: string
}

/** What writing needs of a context; a guest has no account. */
export interface Writing extends Recorder {
  by: Author
}

/** Whether a row was written by this author. */
export const isOwn = (
  it: { authorId: string | null; guestId: string | null },
  by: Pick<Author, 'personId' | 'guestId'>,
): boolean =>
  (by.personId !== null && it.authorId === by.personId) || (by.guestId !== null && it.guestId === by.guestId)

/** Writes a case for a meeting that is open for it, as a draft or for all who take part. Returns its id. */
export async function writeCase(
  ctx: Writing,
  meeting: StoredMeeting,
  { isSubmitted, agrees, ...text }: CaseText,
): Promise<string> {
  const { db, tenantId, by } = ctx
  const own =
    by.guestId === null ? eq(exchangeCases.authorId, by.personId ?? '') : eq(exchangeCases.guestId, by.guestId)
  const [known] = await db
    .select({ all: count() })
    .from(exchangeCases)
    .where(and(ofAll(ctx, meeting.id), own))
  if ((known?.all ?? 0) >= mostCases)
    throw new Refusal('conflict', `每人在一场交流会上最多写 ${mostCases} 个案例。请修改已有的案例。`)

  const id = newId()
  const now = new Date()
  await db.insert(exchangeCases).values({
    ...{ tenantId, id, exchangeId: meeting.id, path: meeting.path, authorId: by.personId, guestId: by.guestId },
    ...{ authorName: by.name, institution: by.institution, text },
    ...{ submittedAt: isSubmitted ? now : null, agreedAt: agrees ? now : null },
  })
  await record(ctx, 'exchanges.case-written', subjectOf(meeting), { title: text.title, isSubmitted })
  return id
}

/**
 * Changes the own case as read at this revision. What is taken back leaves the programme; and where the author no longer agrees,
 * the card that was made of it is withdrawn.
 */
export async function changeCase(
  ctx: Writing,
  meeting: StoredMeeting,
  caseId: string,
  { isSubmitted, agrees, ...text }: CaseText,
  revision: number,
): Promise<void> {
  const before = await findCase(ctx, meeting.id, caseId, { lock: true })
  const it = found(before && isOwn(before, ctx.by) ? before : undefined, '个案例')
  refuseStale(it, revision, '这个案例')
  const now = new Date()
  await ctx.db
    .update(exchangeCases)
    .set({
      ...{ text, revision: revision + 1 },
      submittedAt: isSubmitted ? (it.submittedAt ?? now) : null,
      agreedAt: agrees ? (it.agreedAt ?? now) : null,
      ...(!isSubmitted && { place: null }),
    })
    .where(ofCase(ctx, caseId))
  await record(ctx, 'exchanges.case-changed', subjectOf(meeting), { title: text.title, isSubmitted })
  if (it.agreedAt !== null && !agrees) await withdrawCardOf(ctx, caseId, '作者收回了整理成做法卡片的同意')
}

/** Takes back that the own case may be a card; one that was made of it is withdrawn. */
export async function takeBackConsent(ctx: Writing, meeting: StoredMeeting, caseId: string): Promise<void> {
  const before = await findCase(ctx, meeting.id, caseId, { lock: true })
  const it = found(before && isOwn(before, ctx.by) ? before : undefined, '个案例')
  if (it.agreedAt === null) throw new Refusal('conflict', '这个案例没有同意整理成做法卡片。请刷新页面查看。')
  await ctx.db
    .update(exchangeCases)
    .set({ agreedAt: null, revision: it.revision + 1 })
    .where(ofCase(ctx, caseId))
  await record(ctx, 'exchanges.consent-taken-back', subjectOf(meeting), { title: it.text.title })
  await withdrawCardOf(ctx, caseId, '作者收回了整理成做法卡片的同意')
}

/** Settles which cases are presented, and in which order. Drafts are not among them. */
export async function arrangeCases(ctx: Context, meeting: StoredMeeting, caseIds: readonly string[]): Promise<void> {
  const known = await ctx.db
    .select({ id: exchangeCases.id })
    .from(exchangeCases)
    .where(and(ofAll(ctx, meeting.id), sql`${exchangeCases.submittedAt} is not null`))
  const ids = new Set(known.map((it) => it.id))
  if (new Set(caseIds).size !== caseIds.length) refuseField('caseIds', '有案例重复，请刷新页面再调整')
  if (caseIds.some((it) => !ids.has(it))) refuseField('caseIds', '有案例已被作者收回，请刷新页面再调整')
  await ctx.db.execute(sql`update exchange_cases as c set place = wanted.place
    from (select one.id, array_position(${sql.param(caseIds)}::uuid[], one.id) as place from exchange_cases as one
      where one.tenant_id = ${ctx.tenantId} and one.exchange_id = ${meeting.id}) as wanted
    where c.tenant_id = ${ctx.tenantId} and c.id = wanted.id and c.place is distinct from wanted.place`)
  await record(ctx, 'exchanges.cases-arranged', subjectOf(meeting), { title: meeting.title, count: caseIds.length })
}

/** The cases that are shown to a reader: what is submitted, and their own; in the order of presentation. */
export async function listCases(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  exchangeId: string,
  reader: Pick<Author, 'personId' | 'guestId'>,
): Promise<CaseRow[]> {
  const { id, text, authorId, guestId, authorName, institution, submittedAt, place } = exchangeCases
  const rows = await ctx.db
    .select({
      id,
      title: sql<string>`${text}->>'title'`,
      authorId,
      guestId,
      authorName,
      institution,
      submittedAt,
      place,
    })
    .from(exchangeCases)
    .where(ofAll(ctx, exchangeId))
    .orderBy(sql`${place} nulls last`, asc(id))
  return rows
    .filter((it) => it.submittedAt !== null || isOwn(it, reader))
    .map(({ id, title, authorName, institution, place, ...it }) => ({
      ...{ id, title, authorName, institution, place },
      ...{ isGuest: it.guestId !== null, isSubmitted: it.submittedAt !== null, isOwn: isOwn(it, reader) },
    }))
}

/** One case of a meeting, locked where it is to be changed. */
export async function findCase(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  exchangeId: string,
  caseId: string,
  { lock = false } = {},
): Promise<StoredCase | undefined> {
  const query = ctx.db
    .select()
    .from(exchangeCases)
    .where(and(ofCase(ctx, caseId), eq(exchangeCases.exchangeId, exchangeId)))
    .$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return row
}

/** The same for a reader who may see it: a draft is its author's alone. */
export async function readableCase(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  exchangeId: string,
  caseId: string,
  reader: Pick<Author, 'personId' | 'guestId'>,
): Promise<StoredCase> {
  const row = await findCase(ctx, exchangeId, caseId)
  return found(row && (row.submittedAt !== null || isOwn(row, reader)) ? row : undefined, '个案例')
}

/** What a case says, and where it stands. */
export const shownCase = (it: StoredCase) => ({
  ...(it.text satisfies PracticeText),
  ...{ id: it.id, authorName: it.authorName, institution: it.institution, isGuest: it.guestId !== null },
  ...{ isSubmitted: it.submittedAt !== null, agrees: it.agreedAt !== null, place: it.place, revision: it.revision },
})

const ofCase = ({ tenantId }: Pick<Context, 'tenantId'>, caseId: string): SQL =>
  and(eq(exchangeCases.tenantId, tenantId), eq(exchangeCases.id, caseId)) ?? sql`false`

const ofAll = ({ tenantId }: Pick<Context, 'tenantId'>, exchangeId: string): SQL =>
  and(eq(exchangeCases.tenantId, tenantId), eq(exchangeCases.exchangeId, exchangeId)) ?? sql`false`
