import type { Day } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { isInReach } from '../../platform/reach.ts'
import { mayHold } from '../activities/policy.ts'
import { mayWrite } from '../publicity/policy.ts'
import type { CallState, Decision, EntryState, VoteState } from './names-schema.ts'
import type { VoteRule } from './review-schema.ts'
import type { CallCan } from './schema.ts'

/** A call as far as it decides who may do what with it. */
export interface CallFacts {
  path: OrgPath
  untilOn: Day
  announcedAt: Date | null
  closedAt: Date | null
  cancelledAt: Date | null
  reviewBegunAt: Date | null
  reviewEndedAt: Date | null
  resultsAt: Date | null
  vote: VoteRule | null
}

/** Where a call stands on a day. */
export function stateOf(it: CallFacts, today: Day): CallState {
  if (it.cancelledAt !== null) return 'cancelled'
  if (it.resultsAt !== null) return 'decided'
  if (it.reviewEndedAt !== null) return 'reviewed'
  if (it.reviewBegunAt !== null) return 'reviewing'
  if (it.announcedAt === null) return 'planned'
  return it.closedAt !== null || it.untilOn < today ? 'closed' : 'open'
}

/** What is announced is read by whoever belongs there; what is prepared, by whoever holds it. */
export const mayRead = (actor: Actor, it: CallFacts): boolean =>
  mayHold(actor, it.path) || (it.announcedAt !== null && isInReach(actor, it.path))

/** Who may do what with a call on a day. Whoever has an entry in it decides nothing about the entries, whatever office they hold. */
export function may(actor: Actor, it: CallFacts, today: Day, isConcerned = false): CallCan & { read: boolean } {
  const holds = mayHold(actor, it.path)
  const judges = holds && !isConcerned
  const state = stateOf(it, today)
  return {
    read: mayRead(actor, it),
    change: holds && (state === 'planned' || state === 'open' || state === 'closed'),
    announce: holds && state === 'planned',
    close: holds && state === 'open',
    cancel: holds && state !== 'cancelled' && state !== 'decided',
    notify: holds && (state === 'open' || state === 'decided') && actor.holds('send-notices', it.path),
    enter: mayRead(actor, it) && state === 'open',
    judge: judges,
    openPhase: judges && (state === 'closed' || state === 'reviewed'),
    announceResults: judges && (state === 'closed' || state === 'reviewed'),
    correctResults: judges && state === 'decided',
    settleVote: judges && state === 'decided' && (it.vote === null || it.vote.fromOn > today),
    vote: mayRead(actor, it) && voteStateOf(it, today) === 'open',
  }
}

/** Who makes an article of a work: whoever holds the call and writes articles there. */
export const mayTell = (actor: Actor, path: OrgPath): boolean =>
  mayHold(actor, path) && mayWrite(actor, path, actor.home)

/** Where the vote of a call stands on a day; undefined where there is none. */
export function voteStateOf({ vote, resultsAt, cancelledAt }: CallFacts, today: Day): VoteState | undefined {
  if (vote === null || resultsAt === null || cancelledAt !== null) return undefined
  if (today < vote.fromOn) return 'ahead'
  return today <= vote.untilOn ? 'open' : 'over'
}

/** An entry as far as it decides where it stands. */
export interface EntryFacts {
  submittedAt: Date | null
  withdrawnAt: Date | null
  decision: Decision | null
}

/** Where an entry stands to its authors: what was decided of it, only once it was announced. */
export function entryStateOf(it: EntryFacts, call: Pick<CallFacts, 'resultsAt'>): EntryState {
  if (it.withdrawnAt !== null) return 'withdrawn'
  if (it.submittedAt === null) return 'draft'
  return call.resultsAt === null || it.decision === null ? 'submitted' : it.decision
}

/** What those whose work an entry is may do with it: change it until the last day of its kind, take it out of the call at any time. */
export function mayWithEntry(
  { isAuthor }: { isAuthor: boolean },
  it: EntryFacts,
  call: CallFacts,
  { untilOn, today }: { untilOn: Day; today: Day },
) {
  const isOpen = stateOf(call, today) === 'open' && today <= untilOn && it.withdrawnAt === null
  return {
    write: isAuthor && isOpen && it.submittedAt === null,
    submit: isAuthor && isOpen && it.submittedAt === null,
    takeBack: isAuthor && isOpen && it.submittedAt !== null,
    withdraw: isAuthor && it.withdrawnAt === null,
  }
}

/** What somebody has consented to, and since when. */
export interface ConsentFacts {
  publicationAt: Date | null
  nameAt: Date | null
  portraitAt: Date | null
}

/** A work is published while all whose work it is consent to it. */
export const isPublishable = (members: readonly ConsentFacts[]): boolean =>
  members.length > 0 && members.every((it) => it.publicationAt !== null)

/** Pictures and films are shown while all whose work it is consent to be seen, too. */
export const showsPictures = (members: readonly ConsentFacts[]): boolean =>
  members.every((it) => it.portraitAt !== null)
