import { and, asc, desc, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isAnyOf, personOf, reachOf } from '../../platform/reach.ts'
import { within } from '../../platform/within.ts'
import { listStanding } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { type Author, isOwn, listCases, readableCase, shownCase } from './cases.ts'
import { listComments } from './comments.ts'
import { may, mayRun, runningRoots, stateOf } from './policy.ts'
import type { CaseView, MeetingList, MeetingRow, MeetingView } from './schema.ts'
import { openMeeting, type StoredMeeting } from './stored.ts'
import { exchangeCards, exchangeParticipants, exchanges } from './tables.ts'

/** So many meetings are listed. */
const mostListed = 200

/**
 * The meetings that the actor may read: those to come with the next one first, then those that are over with the last one first. Runs
 * over the whole university, since an organisation takes part in meetings of others; the condition says which are read.
 */
export async function listMeetings(ctx: Context): Promise<MeetingList> {
  const { tenantId, actor, today } = ctx
  const { places, roots } = reachOf(actor)
  const isInReach = (column: SQL) => sql`(${isAnyOf(column, places)} or ${within(column, roots)})`
  const rows = await ctx.db
    .select({ it: exchanges, organization: { id: organizations.id, name: organizations.name } })
    .from(exchanges)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, exchanges.tenantId), eq(organizations.id, exchanges.organizationId)),
    )
    .where(
      and(
        eq(exchanges.tenantId, tenantId),
        or(
          within(exchanges.path, runningRoots(actor)),
          and(
            isNotNull(exchanges.announcedAt),
            sql`(${isInReach(sql`${exchanges.path}`)} or exists (select 1 from ${exchangeParticipants} as p
              where p.tenant_id = ${exchanges.tenantId} and p.exchange_id = ${exchanges.id} and ${isInReach(sql`p.path`)}))`,
          ),
        ),
      ),
    )
    .orderBy(desc(sql`coalesce(${exchanges.on}, '9999-12-31'::date)`), desc(exchanges.id))
    .limit(mostListed + 1)
  const items = rows
    .slice(0, mostListed)
    .map(({ it, organization }) => rowOf({ ...it, participantPaths: [] }, organization, today))
  const isToCome = (it: MeetingRow) => it.state === 'planned' || it.state === 'announced'
  return {
    items: [...items.filter(isToCome).reverse(), ...items.filter((it) => !isToCome(it))],
    isCut: rows.length > mostListed,
    organizations: await listStanding(ctx, runningRoots(ctx.actor)),
  }
}

function rowOf(it: StoredMeeting, organization: { id: string; name: string }, today: Context['today']): MeetingRow {
  const { id, title, on, startMinute, endMinute, place } = it
  return { ...{ id, title, on, startMinute, endMinute, place, organization }, state: stateOf(it, today) }
}

/** A meeting as its page shows it, in a fixed number of statements. */
export async function viewOf(ctx: Context, exchangeId: string): Promise<{ view: MeetingView; revision: number }> {
  const it = await openMeeting(ctx, exchangeId)
  const named = { id: organizations.id, name: organizations.name }
  const [organization] = await ctx.db
    .select(named)
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, it.organizationId)))
  const participants = await ctx.db
    .select(named)
    .from(exchangeParticipants)
    .innerJoin(
      organizations,
      and(
        eq(organizations.tenantId, exchangeParticipants.tenantId),
        eq(organizations.id, exchangeParticipants.organizationId),
      ),
    )
    .where(and(eq(exchangeParticipants.tenantId, ctx.tenantId), eq(exchangeParticipants.exchangeId, exchangeId)))
    .orderBy(asc(exchangeParticipants.path))
  const { read: _, ...can } = may(ctx.actor, it, ctx.today)
  return {
    view: {
      ...rowOf(it, organization ?? { id: it.organizationId, name: '' }, ctx.today),
      ...{ theme: it.theme, link: it.link, participants },
      cases: await listCases(ctx, exchangeId, readerOf(ctx)),
      ...{ cancelReason: it.cancelReason, conclusion: it.conclusion, createdBy: it.createdBy, can },
    },
    revision: it.revision,
  }
}

/** A case with what was said of it, for whoever may read its meeting. */
export async function readCase(ctx: Context, exchangeId: string, caseId: string): Promise<CaseView> {
  const meeting = await openMeeting(ctx, exchangeId)
  const reader = readerOf(ctx)
  const it = await readableCase(ctx, exchangeId, caseId, reader)
  const [card] = await ctx.db
    .select({ id: exchangeCards.id })
    .from(exchangeCards)
    .where(
      and(
        eq(exchangeCards.tenantId, ctx.tenantId),
        eq(exchangeCards.caseId, caseId),
        isNull(exchangeCards.withdrawnAt),
      ),
    )
  const can = may(ctx.actor, meeting, ctx.today)
  const isShown = it.submittedAt !== null
  return {
    ...shownCase(it),
    meeting: { id: meeting.id, title: meeting.title },
    comments: await listComments(ctx, caseId, reader),
    cardId: card?.id ?? null,
    can: {
      change: can.write && isOwn(it, reader),
      disagree: isOwn(it, reader) && it.agreedAt !== null,
      comment: can.comment && isShown,
      removeComments: mayRun(ctx.actor, meeting.path),
      makeCard: can.makeCards && isShown && it.agreedAt !== null && card === undefined,
    },
  }
}

/** Who reads, as far as cases and comments are theirs. */
export const readerOf = (ctx: Pick<Context, 'actor'>): Pick<Author, 'personId' | 'guestId'> => ({
  personId: personOf(ctx),
  guestId: null,
})

/** The actor as an author: with the organisation to which they belong, or for which they hold an office. */
export async function authorOf(ctx: Context): Promise<Author> {
  const { actor } = ctx
  const path = actor.home ?? actor.grants[0]?.path ?? ''
  const [row] = await ctx.db
    .select({ name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.path, path)))
  return { personId: personOf(ctx), guestId: null, name: actor.name, institution: row?.name ?? '' }
}
