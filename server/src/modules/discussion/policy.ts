import type { Actor } from '../../platform/context.ts'
import { ancestors, isWithin, type OrgPath } from '../../platform/org-path.ts'
import { maySettle as settlesRules } from '../development/policy.ts'
import type { SuggestionState, TopicKind } from './names-schema.ts'

/** A topic as far as it decides who may do what with it. */
export interface TopicFacts {
  path: OrgPath
  kind: TopicKind
  isProtected: boolean
  isConfidential: boolean
  closedAt: Date | null
  hiddenAt: Date | null
  mergedIntoId: string | null
  state: SuggestionState | null
}

/** Who answers suggestions and looks after what is written at a place of the tree. */
export const mayModerate = (actor: Actor, path: OrgPath): boolean => actor.holds('moderate', path)

/**
 * Who reads what is open at a place: whoever belongs there or below, holds an office there or above; of the university everybody who is a
 * person of it. The three administrators read nothing.
 */
export function mayRead(actor: Actor, path: OrgPath): boolean {
  if (actor.administrator !== null || actor.personId === null) return false
  return isRoot(path) || belongs(actor, path) || actor.grants.some((grant) => isWithin(path, grant.path))
}

/** Whether the actor belongs to the organisation at this place. */
export const belongs = (actor: Actor, path: OrgPath): boolean => actor.home !== null && isWithin(actor.home, path)

const isRoot = (path: OrgPath): boolean => ancestors(path).length === 0

/** Kinds of topics that are answered by an office until a day. */
export const isAnswered = (kind: TopicKind): boolean => kind === 'suggestion' || kind === 'idea' || kind === 'complaint'

/** What may follow on a state. What was declined or done may be taken up again, in words. */
const following: Readonly<Record<SuggestionState, readonly SuggestionState[]>> = {
  received: ['looking', 'accepted', 'declined'],
  looking: ['accepted', 'declined'],
  accepted: ['doing', 'done', 'declined'],
  declined: ['looking'],
  doing: ['done', 'declined'],
  done: ['doing'],
}

/** Who may do what with a topic; `isOwn` is true for its author, the protected one as well. */
export function may(actor: Actor, it: TopicFacts, isOwn: boolean) {
  const isPerson = actor.administrator === null && actor.personId !== null
  const moderates = isPerson && mayModerate(actor, it.path)
  const read =
    isPerson && (isOwn || moderates || (!it.isConfidential && mayRead(actor, it.path) && it.hiddenAt === null))
  const isOpen = it.closedAt === null && it.mergedIntoId === null && it.hiddenAt === null
  const asks = isAnswered(it.kind)
  const tends = moderates && it.mergedIntoId === null
  return {
    read,
    /** A protected author writes letters, so that the moment of a reply tells nothing. */
    reply: read && isOpen && !(isOwn && it.isProtected),
    replyProtected: isOwn && it.isProtected && isOpen,
    retitle: read && isOpen && !it.isProtected && (isOwn || moderates),
    accept: read && it.kind === 'question' && (isOwn || moderates),
    support: read && isOpen && asks && !it.isConfidential && !isOwn,
    follow: read && !it.isProtected,
    pin: tends && !it.isConfidential,
    close: tends,
    enter: tends && asks ? [...following[it.state ?? 'received']] : [],
    /** Until there is an answer; what is being done afterwards has its words in each step. */
    promise: tends && asks && (it.state === 'received' || it.state === 'looking'),
    merge: tends && asks && !it.isConfidential && it.hiddenAt === null,
    publishOutcome: tends && asks && (it.state === 'done' || it.state === 'declined'),
    moderate: moderates,
  }
}

/**
 * Who decides on an appeal: an officer of the organisation above the one where the post was hidden, in the university itself another
 * officer; never the one who hid it.
 */
export function mayDecideAppeal(actor: Actor, it: { path: OrgPath; hiddenByAccountId: string }): boolean {
  return it.hiddenByAccountId !== actor.accountId && mayModerate(actor, ancestors(it.path).at(-1) ?? it.path)
}

/** Who settles days of answer and the two offices: who settles what the rules are applied with. */
export const maySettle = (actor: Actor): boolean => settlesRules(actor).settle
