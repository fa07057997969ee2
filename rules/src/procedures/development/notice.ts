import { addWorkingDays, isWorkingDay, type WorkingCalendar, workingDays } from '../../kernel/calendar.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { Dossier, NoticeDays } from './dossier.ts'
import { isDated, type PublicNotice } from './facts.ts'
import { articleOn, type Setting } from './setting.ts'
import { factIn, factOf } from './wording.ts'

/** The working days of the recorded notice; undefined where no rule asks for one or its days are not recorded. Counted once for a dossier. */
export function noticeDays(dossier: Dossier): NoticeDays | undefined {
  if (dossier.noticeDays === 'notCounted') dossier.noticeDays = countedNotice(dossier)
  return dossier.noticeDays
}

function countedNotice({ publicNotice: notice, prospectListing: listing, setting }: Dossier): NoticeDays | undefined {
  if (!isDated(notice)) return undefined
  const needed = articleOn(setting, '13', notice.on).figures.publicityWorkingDays
  if (needed === undefined) return undefined
  const until = endOf(notice, listing)
  if (until === undefined) return undefined
  const { count: inclusive, provisional } = workingDays(setting.calendar, notice.on, until.on)
  const counted = inclusive - uncounted(setting, notice.on)
  return { notice, until, needed, counted, inclusive, provisional }
}

/** The first day on which a notice posted on a day has lasted long enough, and the days off on the way. */
export function noticeEnd(
  setting: Setting,
  postedOn: Day,
  needed: number,
): { day: Day; provisional: boolean; skipped: { day: Day; name: string }[] } {
  return setting.practice.publicity.countFirstDay
    ? addWorkingDays(setting.calendar, addDays(postedOn, -1), needed)
    : addWorkingDays(setting.calendar, postedOn, needed)
}

/** The days of a stretch that are not worked, with the holiday or the day of the week. */
export function daysOffBetween(calendar: WorkingCalendar, from: Day, until: Day): { day: Day; name: string }[] {
  return addWorkingDays(calendar, addDays(from, -1), workingDays(calendar, from, until).count + 1).skipped.filter(
    (it) => it.day <= until,
  )
}

const uncounted = (setting: Setting, postedOn: Day): number =>
  !setting.practice.publicity.countFirstDay && isWorkingDay(setting.calendar, postedOn) ? 1 : 0

function endOf(notice: PublicNotice, listing: Dossier['prospectListing']): NoticeDays['until'] | undefined {
  if (notice.endedOn !== undefined) return { on: notice.endedOn, fact: factIn(notice, '公示结束', notice.endedOn) }
  return isDated(listing) ? { on: listing.on, fact: factOf(listing) } : undefined
}
