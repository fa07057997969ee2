import { Link } from '@tanstack/react-router'
import { dayWritten } from '@zhibu/rules'
import type { OwnStep } from '@zhibu/server/modules/guidance/schema'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { useToday } from '../../ui/today.ts'
import { distance } from '../../ui/writtenDay.ts'
import { asDay, dayOf } from './words.ts'

/** The next steps of the reader that are not done, each with the talk in which it was agreed. */
export function OwnSteps({ steps }: { steps: readonly OwnStep[] }) {
  const today = useToday()
  return (
    <RowList
      label="约定事项"
      rows={steps.map((it) => {
        const due = asDay(it.dueOn)
        return {
          key: it.id,
          title: (
            <Link to="/training/guidance/$bookingId" params={{ bookingId: it.bookingId }} className={parts.link}>
              {it.what}
            </Link>
          ),
          facts: [
            due && `${dayWritten(due)}以前${today === undefined ? '' : `，${distance(due, today, true)}`}`,
            `${dayOf(it.talkedOn)}和${it.other}约定`,
          ],
        }
      })}
    />
  )
}
