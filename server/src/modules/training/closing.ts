import { type Day, dayWritten } from '@zhibu/rules'
import { programmeStateNames } from './names-schema.ts'
import { type ProgrammeFacts, stateOf } from './policy.ts'

/** Why nobody signs up for a programme or is proposed any more, or not yet; null while they may: until the last day of the rule, without one until the day of the first session. */
export function whyClosed(it: ProgrammeFacts, today: Day): string | null {
  const state = stateOf(it, today)
  if (state === 'planned' || state === 'cancelled' || state === 'closed' || state === 'over')
    return `这个培训班${programmeStateNames[state]}，不能报名。`
  const last = it.admission.untilOn ?? it.fromOn
  return last === null || today <= last ? null : `报名已经在${dayWritten(last)}截止。想参加的，请联系组织培训的单位。`
}
