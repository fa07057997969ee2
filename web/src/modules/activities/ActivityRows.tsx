import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ActivityRow } from '@zhibu/server/modules/activities/schema'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { activityKindNames, activityStateNames, stateColours, whenOf } from './words.ts'

interface Props<Row extends ActivityRow> {
  label: string
  rows: readonly Row[]
  /** What is said of each before everything else. */
  markOf?: (row: Row) => string
}

/** Activities, one below the other: what, when, where, by whom. */
export function ActivityRows<Row extends ActivityRow>({ label, rows, markOf }: Props<Row>) {
  return (
    <RowList
      label={label}
      rows={rows.map((it) => ({
        key: it.id,
        title: (
          <Link to="/activities/$activityId" params={{ activityId: it.id }} className={parts.link}>
            {it.title}
          </Link>
        ),
        mark: <StateMark state={it.state} />,
        facts: [markOf?.(it), whenOf(it), it.place, it.organization.name, activityKindNames[it.kind]],
      }))}
    />
  )
}

/** Where an activity stands. */
export const StateMark = ({ state }: Pick<ActivityRow, 'state'>) => (
  <Badge color={stateColours[state]}>{activityStateNames[state]}</Badge>
)
