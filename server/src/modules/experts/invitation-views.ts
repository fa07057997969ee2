import { and, desc, eq, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { within } from '../../platform/within.ts'
import { mayHold, mayRead } from '../activities/policy.ts'
import { organizations } from '../organization/tables.ts'
import type { InvitationList, InvitationRow, InvitationView, TakenDay } from './invitation-schema.ts'
import { heldOn, invitationStateOf, isAlive, isSelf, may, mayWith, runningRoots } from './policy.ts'
import { findExpert, openInvitation, type StoredExpert, type StoredInvitation, selectInvitations } from './stored.ts'
import { expertInvitations, experts } from './tables.ts'

/** Invitations as lists and pages show them. Everything here runs over the whole university: the conditions say what is read. */

/** So many invitations are listed at once. */
const mostListed = 200

/** The invitations of the organisations for which the actor invites, the last one first. */
export async function listInvitations(ctx: Context): Promise<InvitationList> {
  const rows = await rowsOf(ctx, within(expertInvitations.path, runningRoots(ctx.actor)), mostListed + 1)
  return { items: rows.slice(0, mostListed), isCut: rows.length > mostListed }
}

/** What the actor was asked as an expert. */
export const ownInvitations = (ctx: Context): Promise<InvitationRow[]> =>
  rowsOf(ctx, eq(expertInvitations.personId, personOf(ctx)), mostListed)

/** The invitations of an expert that the actor may read. */
export const invitationsOf = (ctx: Context, expert: StoredExpert): Promise<InvitationRow[]> =>
  rowsOf(
    ctx,
    and(
      eq(expertInvitations.expertId, expert.id),
      isSelf(ctx.actor, expert)
        ? undefined
        : or(within(expertInvitations.path, runningRoots(ctx.actor)), eq(expertInvitations.personId, personOf(ctx))),
    ),
    mostListed,
  )

async function rowsOf(ctx: Context, wanted: SQL | undefined, limit: number): Promise<InvitationRow[]> {
  const rows = await selectInvitations(ctx)
    .where(and(eq(expertInvitations.tenantId, ctx.tenantId), wanted))
    .orderBy(desc(expertInvitations.id))
    .limit(limit)
  const names = await namesOf(ctx, rows)
  return rows.map((it) => rowOf(ctx, it, names))
}

interface Names {
  experts: ReadonlyMap<string, { name: string; institution: string }>
  organizations: ReadonlyMap<string, string>
}

async function namesOf({ db, tenantId }: Context, rows: readonly StoredInvitation[]): Promise<Names> {
  const idsOf = (key: 'expertId' | 'organizationId') => sql.param([...new Set(rows.map((it) => it[key]))])
  const asked = await db
    .select({ id: experts.id, name: experts.name, institution: experts.institution })
    .from(experts)
    .where(and(eq(experts.tenantId, tenantId), sql`${experts.id} = any(${idsOf('expertId')}::uuid[])`))
  const asking = await db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(
      and(eq(organizations.tenantId, tenantId), sql`${organizations.id} = any(${idsOf('organizationId')}::uuid[])`),
    )
  return {
    experts: new Map(asked.map(({ id, ...it }) => [id, it])),
    organizations: new Map(asking.map((it) => [it.id, it.name])),
  }
}

function rowOf(ctx: Context, it: StoredInvitation, names: Names): InvitationRow {
  const { name = '', institution = '' } = names.experts.get(it.expertId) ?? {}
  const { id, topic, wishedOn, agreement, lecture } = it
  return {
    ...{ id, topic, wishedOn, state: invitationStateOf(it, ctx.today) },
    expert: { id: it.expertId, name, institution },
    organization: { id: it.organizationId, name: names.organizations.get(it.organizationId) ?? '' },
    on: heldOn(it),
    startMinute: (lecture ? lecture.startMinute : agreement?.startMinute) ?? null,
    endMinute: (lecture ? lecture.endMinute : agreement?.endMinute) ?? null,
  }
}

/** One invitation as its page shows it, in a fixed number of statements. */
export async function readInvitation(
  ctx: Context,
  invitationId: string,
): Promise<{ view: InvitationView; revision: number }> {
  const it = await openInvitation(ctx, invitationId)
  const row = rowOf(ctx, it, await namesOf(ctx, [it]))
  const expert = await findExpert(ctx, it.expertId)
  const { read: _, ...can } = mayWith(ctx.actor, it, ctx.today)
  const { agreement, agreedAt, agreedBy, lecture, evaluation } = it
  const holds = lecture !== null && mayHold(ctx.actor, lecture.path)
  return {
    revision: it.revision,
    view: {
      ...row,
      ...{
        purpose: it.purpose,
        audience: it.audience,
        expectedCount: it.expectedCount,
        venue: it.venue,
        place: it.place,
      },
      asked: stepOf(it.askedAt, it.askedBy, '') ?? { at: '', by: '', words: '' },
      agreed: agreement && agreedAt ? { ...agreement, at: agreedAt.toISOString(), by: agreedBy ?? '' } : null,
      declined: stepOf(it.declinedAt, it.declinedBy, it.declineWords),
      withdrawn: stepOf(it.withdrawnAt, it.withdrawnBy, it.withdrawReason),
      activity: lecture && {
        ...{ id: lecture.id, title: lecture.title, isCancelled: lecture.cancelledAt !== null },
        ...{ canOpen: mayRead(ctx.actor, lecture), isAnnounced: lecture.announcedAt !== null },
      },
      evaluation:
        evaluation && it.evaluatedAt
          ? { ...evaluation, at: it.evaluatedAt.toISOString(), by: it.evaluatedBy ?? '' }
          : null,
      clashes: isAlive(row.state) ? clashing(it, await takenDays(ctx, it.expertId, it.id)) : [],
      isOwn: isSelf(ctx.actor, it),
      can: {
        ...can,
        seeFeedback: holds && lecture.announcedAt !== null,
        openExpert: expert !== undefined && may(ctx.actor, expert).read,
      },
    },
  }
}

const stepOf = (at: Date | null, by: string | null, words: string | null) =>
  at && { at: at.toISOString(), by: by ?? '', words: words ?? '' }

/** The days from today on that invitations of an expert wish or have agreed on, but for one of them. */
export async function takenDays(ctx: Context, expertId: string, exceptId?: string): Promise<TakenDay[]> {
  const rows = await selectInvitations(ctx).where(
    and(
      eq(expertInvitations.tenantId, ctx.tenantId),
      eq(expertInvitations.expertId, expertId),
      exceptId === undefined ? undefined : ne(expertInvitations.id, exceptId),
      ...[sql`${expertInvitations.withdrawnAt} is null`, sql`${expertInvitations.declinedAt} is null`],
    ),
  )
  const alive = rows.filter((it) => isAlive(invitationStateOf(it, ctx.today)))
  const { organizations: names } = await namesOf(ctx, alive)
  return alive
    .flatMap((it) => {
      const organization = names.get(it.organizationId) ?? ''
      return daysOf(it).map((on) => ({ on, organization, isAgreed: it.agreement !== null }))
    })
    .filter((it) => it.on >= ctx.today)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.organization < b.organization ? -1 : 1))
}

/** The days that an invitation holds: the one that was agreed on, or those that are wished. */
const daysOf = (it: StoredInvitation) => {
  const on = heldOn(it)
  return on === null ? it.wishedOn : [on]
}

const clashing = (it: StoredInvitation, taken: readonly TakenDay[]): TakenDay[] => {
  const days = new Set(daysOf(it))
  return taken.filter(({ on }) => days.has(on))
}
