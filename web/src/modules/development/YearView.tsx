import {
  addDays,
  type Day,
  dayWritten,
  firstDayOf,
  isDay,
  isMonth,
  lastDayOf,
  type WorkingCalendar,
  weekdayOf,
} from '@zhibu/rules'
import classes from './CalendarTab.module.css'

/** A year's days off and worked weekends, each with the name of the holiday. */
export interface YearEntries {
  holidays: Readonly<Record<Day, string>>
  makeUpDays: Readonly<Record<Day, string>>
}

interface Props extends YearEntries {
  year: number
  /** Makes the days buttons. */
  onPick?: (day: Day) => void
}

/** A year as twelve months, Monday first. */
export function YearView({ year, ...entries }: Props) {
  return (
    <div className={classes.year}>
      {Array.from({ length: 12 }, (_, at) => at + 1).map((month) => (
        <Month key={month} year={year} month={month} {...entries} />
      ))}
    </div>
  )
}

function Month({ year, month, ...rest }: Omit<Props, 'onPick'> & { month: number; onPick?: Props['onPick'] }) {
  const name = `${year}-${String(month).padStart(2, '0')}`
  if (!isMonth(name)) return null
  const first = firstDayOf(name)
  const days: Day[] = []
  for (let day = first; day <= lastDayOf(name); day = addDays(day, 1)) days.push(day)
  return (
    <section className={classes.month} aria-label={`${year}年${month}月`}>
      <h2>{month}月</h2>
      <div className={classes.days}>
        {['一', '二', '三', '四', '五', '六', '日'].map((it) => (
          <span key={it} className={classes.weekday} aria-hidden="true">
            {it}
          </span>
        ))}
        {days.map((day, at) => (
          <DayCell key={day} day={day} column={at === 0 ? weekdayOf(day) : undefined} {...rest} />
        ))}
      </div>
    </section>
  )
}

interface DayCellProps extends YearEntries {
  day: Day
  column: number | undefined
  onPick?: Props['onPick'] | undefined
}

function DayCell({ day, column, holidays, makeUpDays, onPick }: DayCellProps) {
  const holiday = holidays[day]
  const makeUp = makeUpDays[day]
  const kind =
    holiday !== undefined ? 'holiday' : makeUp !== undefined ? 'makeUp' : weekdayOf(day) > 5 ? 'weekend' : 'worked'
  const note = holiday ? `${holiday}放假` : makeUp ? `${makeUp}调休上班` : kind === 'weekend' ? '周末' : '工作日'
  const shared = {
    className: classes.day,
    'data-kind': kind,
    title: note,
    style: column === undefined ? {} : { gridColumnStart: column },
  }
  const content = (
    <>
      <span aria-hidden="true">
        {Number(day.slice(8))}
        {holiday !== undefined && <small>休</small>}
        {makeUp !== undefined && <small>班</small>}
      </span>
      <span className="for-screen-readers">
        {dayWritten(day)}，{note}
      </span>
    </>
  )
  if (onPick === undefined) return <span {...shared}>{content}</span>
  return (
    <button type="button" {...shared} onClick={() => onPick(day)}>
      {content}
    </button>
  )
}

/** The entries of one year out of a calendar. */
export function entriesOf({ holidays, makeUpDays }: Pick<WorkingCalendar, 'holidays' | 'makeUpDays'>, year: number) {
  const within = (days: ReadonlyMap<Day, string>): Record<Day, string> =>
    Object.fromEntries([...days].filter(([day]) => isDay(day) && day.startsWith(`${year}-`)))
  return { holidays: within(holidays), makeUpDays: within(makeUpDays) }
}
