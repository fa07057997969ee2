import type { WorkingCalendar } from '../kernel/calendar.ts'
import { addDays, type Day } from '../kernel/day.ts'
import type { Regulation } from '../kernel/regulation.ts'
import { type Holiday, holidayNotices } from './holiday-notices.ts'

/** The State Council's measures on public holidays. Which days of a year are worked is in the yearly notices. */
export const holidayMeasures = {
  id: 'JJR',
  title: '全国年节及纪念日放假办法',
  shortTitle: '《年节及纪念日放假办法》',
  issuedOn: '1949-12-23',
  source: { document: '国务院《全国年节及纪念日放假办法》，及国务院办公厅每年关于部分节假日安排的通知' },
  checkedOn: '2026-11-23',
  articles: {
    '2': [
      {
        from: '2014-01-01',
        summary: '全体公民放假的节日共 11 天。',
        figures: { publicHolidayDays: 11 },
        checked: 'toVerify',
      },
      {
        from: '2025-01-01',
        summary: '全体公民放假的节日共 13 天，比以前多农历除夕和 5 月 2 日。',
        figures: { publicHolidayDays: 13 },
        checked: 'toVerify',
      },
    ],
  },
} as const satisfies Regulation

/** The calendar that some years' notices make. Where two years name the same day, the later in the list holds. */
export function calendarOf(notices: readonly { year: number; holidays: readonly Holiday[] }[]): WorkingCalendar {
  const holidays = new Map<Day, string>()
  const makeUpDays = new Map<Day, string>()
  for (const [name, from, until, ...worked] of notices.flatMap((it) => it.holidays)) {
    for (let day = from; day <= until; day = addDays(day, 1)) holidays.set(day, name)
    for (const day of worked) makeUpDays.set(day, name)
  }
  return { years: new Set(notices.map((it) => it.year)), holidays, makeUpDays }
}

/** The working days of 2014 to 2026, with which a new installation begins. */
export const seededCalendar: WorkingCalendar = calendarOf(holidayNotices)
