import type { Day } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { runsTrainings, trainingRoots } from '../organization/policy.ts'
import type { InvitationCan } from './invitation-schema.ts'
import type { ExpertState, InvitationState } from './names-schema.ts'
import type { ExpertCan } from './schema.ts'

/** An expert as far as it decides who may do what with the entry. */
export interface ExpertFacts {
  path: OrgPath
  personId: string | null
  consentOn: Day | null
  withdrawnAt: Date | null
}

/** Who keeps the experts of an organisation, and invites for it: those who run its trainings. */
export const mayRun = (actor: Actor, path: OrgPath): boolean => actor.personId !== null && runsTrainings(actor, path)

/** The roots of the subtrees in which the actor does. */
export const runningRoots = (actor: Actor): OrgPath[] => (actor.personId === null ? [] : trainingRoots(actor))

/** Whether the actor runs trainings anywhere, and so sees the experts who agree to be listed. */
export const runsAny = (actor: Actor): boolean => runningRoots(actor).length > 0

/** Whether the expert is the actor. */
export const isSelf = (actor: Actor, it: { personId: string | null }): boolean =>
  actor.administrator === null && actor.personId !== null && actor.personId === it.personId

/** Who sees an expert: everybody who runs trainings once they agree, until then those of the organisation that entered them. */
export function stateOf({ withdrawnAt, consentOn }: ExpertFacts): ExpertState {
  if (withdrawnAt !== null) return 'withdrawn'
  return consentOn === null ? 'kept' : 'listed'
}

/** Who may do what with the entry of an expert. Its expert reads it, agrees to be listed, and leaves, at any time. */
export function may(actor: Actor, it: ExpertFacts): ExpertCan & { read: boolean } {
  const keeps = mayRun(actor, it.path)
  const own = isSelf(actor, it)
  const state = stateOf(it)
  const stands = state !== 'withdrawn'
  const sees = keeps || (state === 'listed' && runsAny(actor))
  return {
    read: own || sees,
    change: keeps && stands,
    agree: (keeps || own) && state === 'kept',
    takeBack: (keeps || own) && state === 'listed',
    withdraw: (keeps || own) && stands,
    invite: sees && stands,
    readContacts: (sees || own) && stands,
    link: sees && stands,
  }
}

/** An invitation as far as it decides who may do what with it. `lecture`: what was begun from it, as it stands now. */
export interface InvitationFacts {
  path: OrgPath
  personId: string | null
  agreement: { on: Day } | null
  declinedAt: Date | null
  withdrawnAt: Date | null
  evaluatedAt: Date | null
  lecture: { fromOn: Day | null; cancelledAt: Date | null } | null
}

/** The day of the lecture: as the activity has it by now, or as it was agreed on. */
export const heldOn = ({ agreement, lecture }: Pick<InvitationFacts, 'agreement' | 'lecture'>): Day | null =>
  lecture?.fromOn ?? agreement?.on ?? null

/** Where an invitation stands on a day. */
export function invitationStateOf(it: InvitationFacts, today: Day): InvitationState {
  if (it.withdrawnAt !== null) return 'withdrawn'
  if (it.declinedAt !== null) return 'declined'
  const on = heldOn(it)
  if (on === null) return 'asked'
  if (it.evaluatedAt !== null) return 'evaluated'
  if (it.lecture && it.lecture.cancelledAt !== null) return 'cancelled'
  return on < today ? 'over' : 'agreed'
}

/** Whether an invitation still holds a day of the expert. */
export const isAlive = (state: InvitationState): boolean => state === 'asked' || state === 'agreed'

/**
 * Who may do what with an invitation. Whoever invites writes down what the expert has answered; one who is a person of the register may
 * answer, too. What was agreed on is put right, and the invitation taken back, until a lecture was begun from it: that is changed and cancelled itself. What is said afterwards is said from the day of the lecture on.
 */
export function mayWith(actor: Actor, it: InvitationFacts, today: Day): InvitationCan & { read: boolean } {
  const runs = mayRun(actor, it.path)
  const own = isSelf(actor, it)
  const state = invitationStateOf(it, today)
  const on = heldOn(it)
  const isHeld = on !== null && on <= today && (state === 'agreed' || state === 'over' || state === 'evaluated')
  const isOpen = state === 'asked' || ((state === 'agreed' || state === 'over') && it.lecture === null)
  return {
    read: runs || own,
    change: runs && state === 'asked',
    agree: (runs || own) && isOpen,
    decline: (runs || own) && state === 'asked',
    withdraw: runs && isAlive(state) && it.lecture === null,
    begin: runs && (state === 'agreed' || state === 'over') && it.lecture === null,
    evaluate: runs && isHeld,
  }
}
