import type { Day } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { isInReach } from '../../platform/reach.ts'
import { instantOf } from '../activities/when.ts'
import { runsTrainings, trainingRoots } from '../organization/policy.ts'
import type { BookingState, Side } from './names-schema.ts'
import type { BookingView } from './schema.ts'

/** Who runs trainings at a place, and appoints its mentors: the Party school, organisers, secretaries, the organisation department. */
export const mayAppoint = (actor: Actor, path: OrgPath): boolean =>
  actor.personId !== null && runsTrainings(actor, path)

/** Who guides at a place is known to those who belong there, and to officers above. */
export const mayKnow = (actor: Actor, path: OrgPath): boolean => mayAppoint(actor, path) || isInReach(actor, path)

/** The roots of the parts of the tree in which somebody appoints mentors. */
export const rootsToAppoint = (actor: Actor): OrgPath[] => (actor.personId === null ? [] : trainingRoots(actor))

/** The organisations to which somebody belongs, from the university down. Their mentors they may book. */
export const belongsTo = ({ home, personId, administrator }: Actor): OrgPath[] =>
  home === null || personId === null || administrator !== null ? [] : [...ancestors(home), home]

/** Whether somebody may book a mentor: they belong there, and are not the mentor. */
export const mayBook = (actor: Actor, mentor: { path: OrgPath; personId: string }): boolean =>
  actor.personId !== mentor.personId && belongsTo(actor).some((it) => it === mentor.path)

/** Whether an appointment is in force on a day. */
export const isInForce = ({ fromOn, untilOn }: { fromOn: Day; untilOn: Day | null }, on: Day): boolean =>
  fromOn <= on && (untilOn === null || on <= untilOn)

/** A booking as far as it decides who may do what with it. */
export interface BookingFacts {
  personId: string
  mentorPersonId: string
  heldOn: Day
  startMinute: number
  endMinute: number
  cancelledAt: Date | null
  hasRecord: boolean
}

/** Where a booking stands at an instant. */
export function stateOf(it: BookingFacts, now: Date): BookingState {
  if (it.cancelledAt !== null) return 'cancelled'
  if (it.hasRecord) return 'recorded'
  if (now < instantOf(it.heldOn, it.startMinute)) return 'coming'
  return now < instantOf(it.heldOn, it.endMinute) ? 'underWay' : 'over'
}

/** On which side of a booking somebody stands; undefined for everybody else, whatever their office. */
export function sideOf(
  { personId, administrator }: Actor,
  it: Pick<BookingFacts, 'personId' | 'mentorPersonId'>,
): Side | undefined {
  if (personId === null || administrator !== null) return undefined
  if (personId === it.mentorPersonId) return 'mentor'
  return personId === it.personId ? 'guided' : undefined
}

/**
 * What the two of a booking may do with it. It is moved until it begins, and cancelled until there is a record, also afterwards: that it
 * did not come to a talk is a reason like others. A record is written from the beginning on.
 */
export function may(actor: Actor, it: BookingFacts, now: Date): BookingView['can'] & { read: boolean } {
  const side = sideOf(actor, it)
  const state = stateOf(it, now)
  const isParty = side !== undefined
  const isAlive = isParty && state !== 'cancelled'
  return {
    read: isParty,
    changeWish: side === 'guided' && state === 'coming',
    move: isParty && state === 'coming',
    cancel: isAlive && state !== 'recorded',
    record: isAlive && state !== 'coming',
    tick: isAlive && state === 'recorded',
    remark: isParty,
  }
}
