import { dayWritten, isDay } from '@zhibu/rules'
import { type ProgrammeState, programmeStateNames, termLabel } from '@zhibu/server/modules/training/names-schema'
import type { OwnPlace, ProgrammeRow, SessionView } from '@zhibu/server/modules/training/schema'
import { whenOf } from '../activities/words.ts'

export {
  attendanceNames,
  audienceNames,
  categoryNames,
  deskKindNames,
  formNames,
  leaveNames,
  placeNames,
  programmeStateNames,
  requestNames,
  sourceNames,
  termLabel,
  termNames,
} from '@zhibu/server/modules/training/names-schema'
export { asDay, readMinute, writeMinute } from '../activities/words.ts'

/** The colours in which states are marked; words say the same. */
export const stateColours: Readonly<Record<ProgrammeState, string>> = {
  planned: 'gray',
  announced: 'blue',
  underWay: 'green',
  over: 'yellow',
  closed: 'gray',
  cancelled: 'red',
}

/** The word for a state. */
export const stateWord = (state: ProgrammeState): string => programmeStateNames[state]

/** When a session is held: 2026年12月4日（周五） 14:00—15:30. */
export const whenHeld = ({ on, startMinute, endMinute }: Pick<SessionView, 'on' | 'startMinute' | 'endMinute'>) =>
  whenOf({ fromOn: on, untilOn: null, startMinute, endMinute })

/** From when until when a programme lasts. */
export function periodOf({ fromOn, untilOn }: Pick<ProgrammeRow, 'fromOn' | 'untilOn'>): string {
  if (fromOn === null || untilOn === null || !isDay(fromOn) || !isDay(untilOn)) return '日期未定'
  return fromOn === untilOn ? dayWritten(fromOn) : `${dayWritten(fromOn)} 至 ${dayWritten(untilOn)}`
}

/** 6 次课，12 学时. */
export const amountOf = ({ sessionCount, hours }: Pick<ProgrammeRow, 'sessionCount' | 'hours'>): string =>
  sessionCount === 0 ? '还没有课程' : `${sessionCount} 次课，${hours} 学时`

/** Where the reader stands on a list, in a word. */
export const placeWord = ({ place, queue }: OwnPlace): string => (place === 'taken' ? '已录取' : `候补第 ${queue} 位`)

/** The term of a programme: 2026年秋季学期. */
export const termOf = ({ year, term }: Pick<ProgrammeRow, 'year' | 'term'>): string => termLabel(year, term)

/** The year that an address names, or the one of today. */
export function yearIn(wanted: string | undefined, today: string | undefined): number {
  const year = Number(wanted)
  return Number.isInteger(year) && year >= 2000 && year <= 2100 ? year : Number((today ?? '').slice(0, 4))
}
