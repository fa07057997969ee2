import type { Day } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { isInReach } from '../../platform/reach.ts'
import { runsTrainings, trainingRoots } from '../organization/policy.ts'
import type { MeetingState } from './names-schema.ts'
import type { MeetingCan } from './schema.ts'

/** A meeting as far as it decides who may do what with it. */
export interface MeetingFacts {
  path: OrgPath
  /** Where the organisations stand that take part besides. */
  participantPaths: readonly OrgPath[]
  on: Day | null
  announcedAt: Date | null
  cancelledAt: Date | null
  concludedAt: Date | null
}

/** Where a meeting stands on a day. */
export function stateOf(it: MeetingFacts, today: Day): MeetingState {
  if (it.cancelledAt !== null) return 'cancelled'
  if (it.concludedAt !== null) return 'concluded'
  if (it.announcedAt === null) return 'planned'
  return it.on !== null && it.on < today ? 'over' : 'announced'
}

/** Who runs meetings, cards and what is tried of them for an organisation: those who keep its trainings or its files. */
export const mayRun = runsTrainings

/** The roots of the subtrees in which the actor runs meetings. */
export const runningRoots = trainingRoots

/** Who may do what with a meeting on a day. What is announced is read by whoever belongs to an organisation that takes part. */
export function may(actor: Actor, it: MeetingFacts, today: Day): MeetingCan & { read: boolean } {
  const runs = mayRun(actor, it.path)
  const takesPart = [it.path, ...it.participantPaths].some((path) => isInReach(actor, path))
  const state = stateOf(it, today)
  const isOpen = isOpenForCases(state)
  const isAlive = state !== 'cancelled'
  return {
    read: runs || (it.announcedAt !== null && takesPart),
    change: runs && isAlive && state !== 'concluded',
    announce: runs && state === 'planned',
    cancel: runs && (state === 'planned' || state === 'announced'),
    invite: runs && isOpen,
    seeGuests: runs,
    arrange: runs && isOpen,
    conclude: runs && it.announcedAt !== null && isAlive && it.on !== null && it.on <= today,
    write: isOpen && (runs || takesPart),
    comment: isOpen && (runs || takesPart),
    makeCards: runs && isAlive && it.announcedAt !== null,
  }
}

/** Whether cases are written and talked about: from its announcement until what came of it is written down. */
export const isOpenForCases = (state: MeetingState): boolean => state === 'announced' || state === 'over'
