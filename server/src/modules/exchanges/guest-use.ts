import { and, eq } from 'drizzle-orm'
import { found } from '../../platform/refusal.ts'
import { organizations } from '../organization/tables.ts'
import {
  changeCase,
  isOwn,
  listCases,
  readableCase,
  type StoredCase,
  shownCase,
  takeBackConsent,
  writeCase,
} from './cases.ts'
import { addComment, listComments, takeBackComment } from './comments.ts'
import type { GuestContext } from './guest-door.ts'
import { writerOf } from './guests.ts'
import { refuseFlood } from './limits.ts'
import { isOpenForCases, stateOf } from './policy.ts'
import type { CaseText, GuestCase, GuestView } from './schema.ts'
import { refusedBy } from './stored.ts'

/** What a guest sees and does: the programme of one meeting, the cases in it, the own cases, and a few words about them. */

/** The meeting as a guest sees it. Of one that was cancelled nothing but that, and why. */
export async function readAsGuest(ctx: GuestContext): Promise<GuestView> {
  const { guest, meeting, today } = ctx
  const [organization] = await ctx.db
    .select({ name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, meeting.organizationId)))
  const { title, theme, on, startMinute, endMinute, place, link, cancelReason, conclusion } = meeting
  const isCancelled = meeting.cancelledAt !== null
  const cases = isCancelled ? [] : await listCases(ctx, meeting.id, writerOf(guest))
  return {
    guest: { name: guest.name, institution: guest.institution, untilOn: guest.untilOn },
    meeting: {
      ...{ title, theme, on, startMinute, endMinute, place, cancelReason, conclusion },
      link: isCancelled ? '' : link,
      ...{ state: stateOf(meeting, today), organization: organization?.name ?? '' },
    },
    cases: cases.filter((it) => it.place !== null || it.isOwn),
    can: { write: isOpen(ctx) },
  }
}

/** A case of the programme, or an own one. */
export async function readCaseAsGuest(ctx: GuestContext, caseId: string): Promise<GuestCase> {
  const it = await caseFor(ctx, caseId)
  const isMine = isOwn(it, writerOf(ctx.guest))
  const shown = shownCase(it)
  return {
    ...shown,
    contact: isMine ? shown.contact : '',
    comments: await listComments(ctx, caseId, writerOf(ctx.guest)),
    can: {
      change: isMine && isOpen(ctx),
      disagree: isMine && it.agreedAt !== null,
      comment: it.submittedAt !== null && isOpen(ctx),
    },
  }
}

/** Writes a case. Returns its id. */
export async function writeAsGuest(ctx: GuestContext, text: CaseText): Promise<string> {
  refuseClosed(ctx, '写案例')
  refuseFlood('cases', ctx.guest.id)
  return writeCase({ ...ctx, by: writerOf(ctx.guest) }, ctx.meeting, text)
}

/** Changes an own case as read at this revision. */
export async function changeAsGuest(
  ctx: GuestContext,
  caseId: string,
  text: CaseText,
  revision: number,
): Promise<void> {
  refuseClosed(ctx, '修改案例')
  refuseFlood('cases', ctx.guest.id)
  await changeCase({ ...ctx, by: writerOf(ctx.guest) }, ctx.meeting, caseId, text, revision)
}

/** Takes back that an own case may be a card, also after the meeting, while the link stands. */
export async function disagreeAsGuest(ctx: GuestContext, caseId: string): Promise<void> {
  await takeBackConsent({ ...ctx, by: writerOf(ctx.guest) }, ctx.meeting, caseId)
}

/** Says something of a case. Returns the id of what was said. */
export async function commentAsGuest(ctx: GuestContext, caseId: string, text: string): Promise<string> {
  refuseClosed(ctx, '发言')
  const it = await caseFor(ctx, caseId)
  refuseFlood('comments', ctx.guest.id)
  return addComment({ ...ctx, by: writerOf(ctx.guest) }, ctx.meeting, it, text)
}

/** Takes back what they have said. */
export async function takeBackAsGuest(ctx: GuestContext, caseId: string, commentId: string): Promise<void> {
  refuseClosed(ctx, '撤回发言')
  await caseFor(ctx, caseId)
  await takeBackComment({ ...ctx, by: writerOf(ctx.guest) }, ctx.meeting, caseId, commentId)
}

/** A case that a guest may read. */
async function caseFor(ctx: GuestContext, caseId: string): Promise<StoredCase> {
  const by = writerOf(ctx.guest)
  const it = await readableCase(ctx, ctx.meeting.id, caseId, by)
  const isShown = ctx.meeting.cancelledAt === null && (it.place !== null || isOwn(it, by))
  return found(isShown ? it : undefined, '个案例')
}

const isOpen = ({ meeting, today }: GuestContext): boolean => isOpenForCases(stateOf(meeting, today))

function refuseClosed(ctx: GuestContext, named: string): void {
  if (!isOpen(ctx)) throw refusedBy(ctx.meeting, ctx, named)
}
