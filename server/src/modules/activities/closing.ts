import type { Day } from '@zhibu/rules'
import { activityStateNames } from './names-schema.ts'
import { isToCome, stateOf } from './policy.ts'
import type { SignUpRule } from './schema.ts'
import type { StoredActivity } from './stored.ts'
import { hasEnded } from './when.ts'

/** Until when people sign up for an activity, and until when they come to it. */

interface Clock {
  today: Day
  now: Date
}

/** Why nobody signs up any more, or not yet; null while they may: until the last day of the rule, without one until the day on which it begins, and never once it has ended. */
export function whyClosed(it: StoredActivity, { untilOn }: SignUpRule, clock: Clock): string | null {
  const over = whyOver(it, clock)
  if (over !== null) return `${over}，不能报名。`
  const last = untilOn ?? it.fromOn
  return last === null || clock.today <= last ? null : `报名已经在 ${last} 截止。想参加的，请联系组织者。`
}

/** Why nobody comes any more, or not yet; null while they may. */
export function whyOver(it: StoredActivity, { today, now }: Clock): string | null {
  if (!isToCome(it, today)) return `这项活动${activityStateNames[stateOf(it, today)]}`
  return hasEnded(it, now) ? '这项活动已经结束' : null
}
