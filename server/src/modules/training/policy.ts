import type { Day } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { isInReach } from '../../platform/reach.ts'
import { runsTrainings, trainingRoots } from '../organization/policy.ts'
import type { ProgrammeState } from './names-schema.ts'
import type { Admission, ProgrammeCan, SessionView } from './schema.ts'

/** A programme as far as it decides who may do what with it. */
export interface ProgrammeFacts {
  path: OrgPath
  announcedAt: Date | null
  cancelledAt: Date | null
  closedAt: Date | null
  admission: Admission
  /** The days of the first and of the last of its sessions that are not cancelled. */
  fromOn: Day | null
  untilOn: Day | null
}

/** Where a programme stands on a day. */
export function stateOf(it: ProgrammeFacts, today: Day): ProgrammeState {
  if (it.cancelledAt !== null) return 'cancelled'
  if (it.closedAt !== null) return 'closed'
  if (it.announcedAt === null) return 'planned'
  if (it.fromOn === null || it.untilOn === null || today < it.fromOn) return 'announced'
  return today <= it.untilOn ? 'underWay' : 'over'
}

/** Who runs trainings for an organisation: the Party school, and those who keep the files there. */
export const mayRun = runsTrainings

/** The parts of the tree in which the actor runs trainings. */
export const rootsOfRunning = trainingRoots

/** Whether the actor proposes people of a part of the tree for a programme: whose files they keep. */
const mayNominate = (actor: Actor, programme: OrgPath): boolean =>
  actor.administrator === null &&
  actor.rootsOf('keep-files').some((root) => isWithin(root, programme) || isWithin(programme, root))

/** Who sees somebody's hours and attendance beside themselves: who keeps their file, and who runs trainings there. */
export const maySeeHours = (actor: Actor, it: { path: OrgPath; personId: string }): boolean =>
  (actor.personId === it.personId && actor.administrator === null) || mayRun(actor, it.path)

/** Where the reader stands in a programme. */
export interface Standing {
  /** Whether they are on the list. */
  isOn: boolean
  /** Why nobody signs up or is proposed any more, or yet; null while they may. */
  closed: string | null
}

/** What is announced is read by whoever belongs there, and by who is on the list; what is planned, by whoever runs it. */
export const mayRead = (actor: Actor, it: ProgrammeFacts, isOn: boolean): boolean =>
  mayRun(actor, it.path) || (it.announcedAt !== null && (isOn || isInReach(actor, it.path)))

/** Who may do what with a programme on a day. What is closed or cancelled stays as it is. */
export function may(actor: Actor, it: ProgrammeFacts, { isOn, closed }: Standing, today: Day): ProgrammeCan {
  const runs = mayRun(actor, it.path)
  const isAlive = it.cancelledAt === null && it.closedAt === null
  const isOpen = isAlive && it.announcedAt !== null && closed === null
  const hasBegun = it.fromOn !== null && it.fromOn <= today
  return {
    change: runs && isAlive,
    announce: runs && isAlive && it.announcedAt === null,
    cancel: runs && isAlive,
    plan: runs && isAlive,
    enrol: runs,
    nominate: isOpen && it.admission.byNomination && mayNominate(actor, it.path),
    signUp: isOpen && it.admission.bySignUp && !isOn && actor.personId !== null,
    leave: isAlive && isOn && !hasBegun,
    copy: runs,
  }
}

/** A session as far as it decides who may do what with it. */
export interface SessionFacts {
  on: Day
  recordedAt: Date | null
  cancelledAt: Date | null
}

/** Who may do what with a session. What has been recorded is not taken away; attendance is recorded from the day on. */
export function mayWithSession(
  actor: Actor,
  programme: ProgrammeFacts,
  it: SessionFacts,
  own: { hasPlace: boolean; attendance: string | null; isWaiting: boolean },
  today: Day,
): SessionView['can'] {
  const plans = mayRun(actor, programme.path) && programme.cancelledAt === null && programme.closedAt === null
  const isHeld = it.cancelledAt === null && programme.cancelledAt === null
  const asks = own.hasPlace && isHeld && programme.closedAt === null && !own.isWaiting
  return {
    change: plans && it.cancelledAt === null,
    remove: plans && it.recordedAt === null && programme.announcedAt === null,
    cancel: plans && it.cancelledAt === null && it.recordedAt === null && programme.announcedAt !== null,
    record: plans && it.cancelledAt === null && it.on <= today && programme.announcedAt !== null,
    ask: [
      ...(asks && it.on >= today && own.attendance === null ? (['leave'] as const) : []),
      ...(asks && it.on <= today && it.recordedAt !== null && (own.attendance === null || own.attendance === 'absent')
        ? (['claim'] as const)
        : []),
    ],
  }
}

/**
 * Who does what on the way to a decision and afterwards. The results of a programme are looked at once people know of it; the development record is written
 * once it is closed.
 */
export function mayAccept(actor: Actor, it: ProgrammeFacts, today: Day) {
  const run = mayRun(actor, it.path)
  const isAlive = it.cancelledAt === null && it.closedAt === null
  const isAnnounced = it.announcedAt !== null
  return {
    run,
    /** Settle the criteria and who assesses. */
    settle: run && isAlive,
    decide: run && isAlive && isAnnounced,
    close: run && isAlive && isAnnounced && stateOf(it, today) === 'over',
    file: run && it.closedAt !== null && it.cancelledAt === null,
  }
}

/** Whether somebody with a place writes reflections: while people know of the programme and it goes on. */
export const mayReflect = (it: ProgrammeFacts, { hasPlace }: { hasPlace: boolean }): boolean =>
  hasPlace && it.announcedAt !== null && it.cancelledAt === null && it.closedAt === null

/** Whether a participant writes of themselves: with a place, while it waits for them. */
export const mayAssessSelf = (
  it: ProgrammeFacts,
  { hasPlace, isWriting }: { hasPlace: boolean; isWriting: boolean },
): boolean => hasPlace && isWriting && it.announcedAt !== null && it.cancelledAt === null && it.closedAt === null
