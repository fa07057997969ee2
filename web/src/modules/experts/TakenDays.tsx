import type { TakenDay } from '@zhibu/server/modules/experts/invitation-schema'
import classes from './Experts.module.css'
import { dayOf } from './words.ts'

/** Days that others wish or have agreed on. */
export function TakenDays({ days }: { days: readonly TakenDay[] }) {
  return (
    <ul className={classes.taken}>
      {days.map((it) => (
        <li key={`${it.on} ${it.organization} ${String(it.isAgreed)}`}>
          {dayOf(it.on)}，{it.organization}
          {it.isAgreed ? '已经约定' : '也希望'}
        </li>
      ))}
    </ul>
  )
}
