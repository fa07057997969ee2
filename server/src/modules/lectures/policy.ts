import { addDays, type Day } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import { dayInChina } from '../../platform/today.ts'
import { type ActivityFacts, mayHold } from '../activities/policy.ts'
import { feedbackDays } from './names-schema.ts'
import type { LectureCan } from './schema.ts'

/** The live page as far as it decides who may do what; null where it was never opened. */
export interface SessionFacts {
  openedAt: Date
  closedAt: Date | null
}

/** Whether the live page takes questions and hands. */
export const isOpen = (it: SessionFacts | null): boolean => it !== null && it.closedAt === null

/** Who may do what with a lecture that they may read. It is held by whoever holds the activity; all readers ask and answer while it is open. */
export function may(actor: Actor, activity: ActivityFacts, it: SessionFacts | null, today: Day): LectureCan {
  const holds = mayHold(actor, activity.path)
  const isAlive = activity.cancelledAt === null && activity.announcedAt !== null
  const lastDay = it?.closedAt ? addDays(dayInChina(it.closedAt), feedbackDays) : null
  return {
    hold: holds,
    open: holds && isAlive && activity.recordedAt === null && !isOpen(it),
    close: holds && isOpen(it),
    ask: isOpen(it),
    write: holds && activity.cancelledAt === null,
    putRecording: holds && (isAlive || activity.recordedAt !== null),
    giveFeedback: lastDay !== null && today <= lastDay,
  }
}
