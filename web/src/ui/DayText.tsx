import type { Day, Month } from '@zhibu/rules'
import { dayWritten } from '@zhibu/rules'
import classes from './DayText.module.css'
import { useToday } from './today.ts'
import { distance } from './writtenDay.ts'

interface Props {
  on: Day | Month
  /** Also says how far it is from today; `deadline` counts overdue days. */
  relative?: 'day' | 'deadline'
}

/** 2026年5月11日, and where asked for 还有 12 天 or 已逾期 3 天. */
export function DayText({ on, relative }: Props) {
  const today = useToday()
  const isDeadline = relative === 'deadline'
  const isLate = isDeadline && today !== undefined && on < today
  return (
    <span className={classes.day}>
      <time dateTime={on}>{dayWritten(on)}</time>
      {relative && today !== undefined && isWholeDay(on) && (
        <span className={classes.distance} data-late={isLate || undefined}>
          {distance(on, today, isDeadline)}
        </span>
      )}
    </span>
  )
}

function isWholeDay(on: Day | Month): on is Day {
  return on.length === 10
}
