import { Button, VisuallyHidden } from '@mantine/core'
import type { FreeTime } from '@zhibu/server/modules/guidance/schema'
import { type ReactNode, useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { useToday } from '../../ui/today.ts'
import classes from './Guidance.module.css'
import { monthOf, weeksOf } from './months.ts'
import { dayOf } from './words.ts'

interface Props {
  times: readonly FreeTime[]
  children: (times: readonly FreeTime[]) => ReactNode
}

/** Free times in a calendar: how many there are on each day of a month, and those of the day that was chosen. */
export function FreeCalendar({ times, children }: Props) {
  const today = useToday()
  const counts = new Map<string, number>(
    [...Map.groupBy(times, (it) => it.heldOn)].map(([on, all]) => [on, all.length]),
  )
  const first = times[0]?.heldOn ?? today ?? ''
  const last = times.at(-1)?.heldOn ?? first
  const [month, setMonth] = useState(first.slice(0, 7))
  const [chosen, setChosen] = useState<string>(first)
  const ofDay = times.filter((it) => it.heldOn === chosen && it.heldOn.startsWith(month))
  const from = today !== undefined && today < first ? today : first
  return (
    <>
      <div className={classes.month}>
        <div className={classes.turning}>
          <Button
            variant="default"
            size="compact-sm"
            disabled={month <= from.slice(0, 7)}
            onClick={() => setMonth(monthOf(month, -1))}
          >
            上个月
          </Button>
          <h3 aria-live="polite">
            {Number(month.slice(0, 4))} 年 {Number(month.slice(5))} 月
          </h3>
          <Button
            variant="default"
            size="compact-sm"
            disabled={month >= last.slice(0, 7)}
            onClick={() => setMonth(monthOf(month, 1))}
          >
            下个月
          </Button>
        </div>
        <table className={classes.calendar}>
          <thead>
            <tr>
              {['一', '二', '三', '四', '五', '六', '日'].map((it) => (
                <th key={it} scope="col" aria-label={`周${it}`}>
                  {it}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(month).map((week) => (
              <tr key={week.find((it) => it !== null)}>
                {week.map((on, at) => (
                  // The days of a week never change places.
                  <td key={on ?? `${month} ${String(at)}`}>
                    {on !== null && (
                      <DayButton
                        on={on}
                        count={counts.get(on) ?? 0}
                        isChosen={on === chosen}
                        isToday={on === today}
                        onChoose={() => setChosen(on)}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {ofDay.length > 0 ? children(ofDay) : <p className={parts.note}>点一个有数字的日子，看那天可以约的时间。</p>}
    </>
  )
}

interface DayProps {
  on: string
  count: number
  isChosen: boolean
  isToday: boolean
  onChoose: () => void
}

function DayButton({ on, count, isChosen, isToday, onChoose }: DayProps) {
  const date = Number(on.slice(8))
  if (count === 0)
    return (
      <span className={classes.date} data-today={isToday || undefined}>
        {date}
      </span>
    )
  return (
    <button
      type="button"
      className={classes.free}
      aria-pressed={isChosen}
      data-today={isToday || undefined}
      onClick={onChoose}
    >
      <span aria-hidden>{date}</span>
      <span aria-hidden className={classes.count}>
        {count} 个
      </span>
      <VisuallyHidden>
        {dayOf(on)}，{count} 个时间
      </VisuallyHidden>
    </button>
  )
}
