import { and, asc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Told } from '../../platform/broadcast.ts'
import type { Context } from '../../platform/context.ts'
import { isOneOf } from '../../platform/within.ts'
import { isReadable } from '../activities/queries.ts'
import { activities } from '../activities/tables.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { lecturesChannel } from './changes.ts'
import { hasGivenFeedback } from './feedback.ts'
import { markOf } from './marks.ts'
import { leastAnswers, lectureKinds, type QuestionState } from './names-schema.ts'
import { isOpen } from './policy.ts'
import type { StoredPoll } from './polls.ts'
import { isOwn, isShown, type StoredQuestion } from './questions.ts'
import type { Change, LectureRow, LectureView, Poll, Question, Session } from './schema.ts'
import { ofLecture, openLecture, type StoredLecture } from './stored.ts'
import { lectureHands, lectureNotes, lecturePolls, lectureQuestions, lectureSupports, lectures } from './tables.ts'

type Rows = Pick<Context, 'db' | 'tenantId'>

/** A lecture as its page shows it, but for the recording. In a fixed number of statements. */
export async function viewOf(ctx: Context, activityId: string): Promise<Omit<LectureView, 'recording'>> {
  const { activity: it, lecture, can } = await openLecture(ctx, activityId)
  const organization = await findOrganization(ctx, it.organizationId)
  const all = await questionsOf(ctx, eq(lectureQuestions.activityId, activityId))
  const shown = all.filter(isShown)
  const polls = await pollsOf(ctx, eq(lecturePolls.activityId, activityId))
  return {
    ...{ activityId, kind: it.kind, title: it.title, speaker: it.speaker, place: it.place, link: it.link },
    organization: { id: it.organizationId, name: organization?.name ?? '' },
    ...{ fromOn: it.fromOn, untilOn: it.untilOn, startMinute: it.startMinute, endMinute: it.endMinute },
    isCancelled: it.cancelledAt !== null,
    session: sessionOf(lecture),
    questions: shown.map(questionOf),
    waiting: can.hold ? all.filter((one) => one.releasedAt === null && one.declinedAt === null).map(questionOf) : [],
    polls,
    own: {
      questions: all
        .filter((one) => isOwn(ctx, one))
        .map((one) => ({ ...questionOf(one), declineReason: one.declineReason })),
      supports: await ownSupports(ctx, shown),
      hands: await ownHands(ctx, polls),
      hasGivenFeedback: await hasGivenFeedback(ctx, activityId),
    },
    can,
  }
}

/**
 * What has changed of a lecture, as everybody is told who has its page open: of the questions and polls only what all readers see. Called
 * over the whole university by the process that tells them, with what was said on the channel.
 */
export async function changeOf(rows: Rows, activityId: string, all: ReadonlySet<string>): Promise<Change> {
  const idsOf = (word: string) =>
    [...all].flatMap((it) => (it.startsWith(`${word} `) ? [it.slice(word.length + 1)] : []))
  const [questionIds, pollIds] = [idsOf('question'), idsOf('poll')]
  const ofThis = (ids: readonly string[], of: typeof lectureQuestions | typeof lecturePolls) =>
    and(eq(of.activityId, activityId), isOneOf(of.id, ids))
  const questions =
    questionIds.length === 0
      ? []
      : (await questionsOf(rows, ofThis(questionIds, lectureQuestions))).filter(isShown).map(questionOf)
  const polls = pollIds.length === 0 ? [] : await pollsOf(rows, ofThis(pollIds, lecturePolls))
  return {
    ...(questionIds.length > 0 && {
      questions,
      gone: questionIds.filter((id) => !questions.some((it) => it.id === id)),
    }),
    ...(polls.length > 0 && { polls }),
    ...(all.has('session') && { session: sessionOf(await findLecture(rows, activityId)) }),
    ...(all.has('notes') && { notes: await notesRevision(rows, activityId) }),
    ...(all.has('recording') && { recording: true as const }),
  }
}

/** What open pages of lectures are told. */
export const toldOfLectures: Told = { channel: lecturesChannel, changeOf }

/** The lectures to come or under way that the actor may read, the next one first. */
export async function listLectures(ctx: Context): Promise<{ items: LectureRow[] }> {
  const rows = await ctx.db
    .select({ it: activities, organization: organizations.name, lecture: lectures })
    .from(activities)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, activities.tenantId), eq(organizations.id, activities.organizationId)),
    )
    .leftJoin(lectures, and(eq(lectures.tenantId, activities.tenantId), eq(lectures.activityId, activities.id)))
    .where(
      and(
        eq(activities.tenantId, ctx.tenantId),
        isReadable(ctx),
        sql`${activities.kind} = any(${sql.param(lectureKinds)}::text[])`,
        ...[isNotNull(activities.announcedAt), isNull(activities.cancelledAt)],
        sql`(coalesce(${activities.untilOn}, ${activities.fromOn}) >= ${ctx.today}
          or (${lectures.openedAt} is not null and ${lectures.closedAt} is null))`,
      ),
    )
    .orderBy(asc(activities.fromOn), asc(activities.startMinute), asc(activities.id))
    .limit(mostListed)
  return {
    items: rows.map(({ it, organization, lecture }) => ({
      ...{ activityId: it.id, kind: it.kind, title: it.title, speaker: it.speaker, place: it.place },
      organization: { id: it.organizationId, name: organization },
      ...{ fromOn: it.fromOn, untilOn: it.untilOn, startMinute: it.startMinute, endMinute: it.endMinute },
      isOpen: isOpen(lecture),
    })),
  }
}

/** More are never to come at once. */
const mostListed = 100

const questionsOf = ({ db, tenantId }: Rows, which: SQL | undefined): Promise<StoredQuestion[]> =>
  db
    .select()
    .from(lectureQuestions)
    .where(and(eq(lectureQuestions.tenantId, tenantId), which))
    .orderBy(asc(lectureQuestions.releasedAt), asc(lectureQuestions.seq))

function questionOf(it: StoredQuestion): Question {
  return {
    ...{ id: it.id, text: it.text, askerName: it.askerName, state: stateOf(it) },
    ...{ answer: it.answer, supportCount: it.supportCount },
    releasedAt: it.releasedAt?.toISOString() ?? null,
    answeredAt: it.answeredAt?.toISOString() ?? null,
  }
}

function stateOf(it: StoredQuestion): QuestionState {
  if (it.declinedAt !== null) return 'declined'
  if (it.answeredAt !== null) return 'answered'
  return it.releasedAt === null ? 'waiting' : 'open'
}

/** Polls with what of their counts is told: how many have answered, from five on; for what, when it is over. */
async function pollsOf({ db, tenantId }: Rows, which: SQL | undefined): Promise<Poll[]> {
  const rows = await db
    .select({
      poll: lecturePolls,
      hands: sql<number>`(select count(*)::int from ${lectureHands} h where h.tenant_id = ${lecturePolls.tenantId}
        and h.poll_id = ${lecturePolls.id})`,
    })
    .from(lecturePolls)
    .where(and(eq(lecturePolls.tenantId, tenantId), which))
    .orderBy(asc(lecturePolls.openedAt), asc(lecturePolls.id))
  return rows.map(({ poll, hands }) => pollOf(poll, hands))
}

function pollOf({ id, question, options, openedAt, closedAt, counts }: StoredPoll, hands: number): Poll {
  const answers = closedAt === null ? hands : (counts ?? []).reduce((sum, it) => sum + it, 0)
  return {
    ...{ id, question, options, counts },
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    answers: answers < leastAnswers ? null : answers,
  }
}

const sessionOf = (it: StoredLecture | null): Session => ({
  isOpen: isOpen(it),
  isModerated: it?.isModerated ?? true,
  openedAt: it?.openedAt.toISOString() ?? null,
  closedAt: it?.closedAt?.toISOString() ?? null,
})

async function findLecture(rows: Rows, activityId: string): Promise<StoredLecture | null> {
  const [row = null] = await rows.db.select().from(lectures).where(ofLecture(rows, activityId))
  return row
}

async function notesRevision({ db, tenantId }: Rows, activityId: string): Promise<number> {
  const [row] = await db
    .select({ last: sql<number>`coalesce(max(${lectureNotes.revision}), 0)` })
    .from(lectureNotes)
    .where(and(eq(lectureNotes.tenantId, tenantId), eq(lectureNotes.activityId, activityId)))
  return row?.last ?? 0
}

async function ownSupports(ctx: Context, questions: readonly StoredQuestion[]): Promise<string[]> {
  const marks = questions.map(({ id }) => markOf(ctx, 'support', id))
  const rows = await ctx.db
    .select({ id: lectureSupports.questionId })
    .from(lectureSupports)
    .where(and(eq(lectureSupports.tenantId, ctx.tenantId), isMarked(lectureSupports.mark, marks)))
  return rows.map((it) => it.id)
}

async function ownHands(ctx: Context, polls: readonly Poll[]): Promise<LectureView['own']['hands']> {
  const marks = polls.filter((it) => it.closedAt === null).map(({ id }) => markOf(ctx, 'hand', id))
  return ctx.db
    .select({ pollId: lectureHands.pollId, choice: lectureHands.choice })
    .from(lectureHands)
    .where(and(eq(lectureHands.tenantId, ctx.tenantId), isMarked(lectureHands.mark, marks)))
}

const isMarked = (column: typeof lectureHands.mark | typeof lectureSupports.mark, marks: readonly string[]): SQL =>
  sql`${column} = any(${sql.param(marks)}::text[])`
