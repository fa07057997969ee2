import type { Day } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { isInReach } from '../../platform/reach.ts'
import { mayWrite } from '../publicity/policy.ts'
import type { ActivityState } from './names-schema.ts'
import type { ActivityCan } from './schema.ts'
import { hasEnded, instantOf } from './when.ts'

/** An activity as far as it decides who may do what with it. */
export interface ActivityFacts {
  path: OrgPath
  fromOn: Day | null
  untilOn: Day | null
  announcedAt: Date | null
  cancelledAt: Date | null
  recordedAt: Date | null
  articleId: string | null
  revision: number
  filedRevision: number | null
}

/** Where an activity stands on a day. One without days is planned until it is announced, which asks for them. */
export function stateOf(it: ActivityFacts, today: Day): ActivityState {
  if (it.cancelledAt !== null) return 'cancelled'
  if (it.recordedAt !== null) return 'recorded'
  const last = it.untilOn ?? it.fromOn
  if (last !== null && last < today) return 'over'
  if (it.announcedAt === null) return 'planned'
  return it.fromOn !== null && it.fromOn <= today ? 'underWay' : 'announced'
}

/** The same to the minute, as it is shown: before its hour it is not under way yet, and after its end no more. What may be done goes by the day. */
export function stateAt(
  it: ActivityFacts & { startMinute: number | null; endMinute: number | null },
  today: Day,
  now: Date,
): ActivityState {
  const state = stateOf(it, today)
  if (state !== 'underWay' || it.fromOn === null) return state
  if (it.startMinute !== null && now < instantOf(it.fromOn, it.startMinute)) return 'announced'
  return hasEnded(it, now) ? 'over' : state
}

/** Whether people may still come: it was announced, and is not over. */
export const isToCome = (it: ActivityFacts, today: Day): boolean =>
  ['announced', 'underWay'].includes(stateOf(it, today))

/** Who holds activities for an organisation: its officers, and those above. */
export const mayHold = (actor: Actor, path: OrgPath): boolean =>
  actor.administrator === null && actor.holds('hold-activities', path)

/** What is announced is read by whoever belongs there; what is prepared, by whoever holds it. What was recorded counts as announced. */
export const mayRead = (actor: Actor, it: Pick<ActivityFacts, 'path' | 'announcedAt' | 'recordedAt'>): boolean =>
  mayHold(actor, it.path) || ((it.announcedAt !== null || it.recordedAt !== null) && isInReach(actor, it.path))

/** Who may do what with an activity on a day. A record is written once it has begun, nobody is told of it once it is over, and what was cancelled stays so. */
export function may(actor: Actor, it: ActivityFacts, today: Day): ActivityCan & { read: boolean } {
  const holds = mayHold(actor, it.path)
  const isAlive = it.cancelledAt === null
  const isRecorded = it.recordedAt !== null
  const hasBegun = it.fromOn !== null && it.fromOn <= today
  return {
    read: mayRead(actor, it),
    change: holds && isAlive,
    announce: holds && isAlive && it.announcedAt === null && !isRecorded,
    cancel: holds && isAlive && !isRecorded,
    record: holds && isAlive && hasBegun,
    file: holds && isRecorded && it.filedRevision !== it.revision && actor.holds('keep-files', it.path),
    notify: holds && isToCome(it, today) && actor.holds('send-notices', it.path),
    beginArticle: holds && isRecorded && it.articleId === null && mayWrite(actor, it.path, actor.home),
    offer: holds && isAlive,
    seeSignUps: holds,
    removeSignUps: holds && isToCome(it, today),
  }
}
