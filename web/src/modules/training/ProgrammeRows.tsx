import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ProgrammeRow } from '@zhibu/server/modules/training/schema'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { amountOf, audienceNames, periodOf, placeWord, stateColours, stateWord, termOf } from './words.ts'

/** Programmes, one below the other: what, for whom, when, how much, by whom. */
export function ProgrammeRows({ label, rows }: { label: string; rows: readonly ProgrammeRow[] }) {
  return (
    <RowList
      label={label}
      rows={rows.map((it) => ({
        key: it.id,
        title: (
          <Link to="/training/$programmeId" params={{ programmeId: it.id }} className={parts.link}>
            {it.title}
          </Link>
        ),
        mark: <StateMark state={it.state} />,
        facts: [
          it.own && placeWord(it.own),
          periodOf(it),
          amountOf(it),
          `对象：${audienceNames[it.audience]}`,
          termOf(it),
          it.organization.name,
        ],
      }))}
    />
  )
}

/** Where a programme stands. */
export const StateMark = ({ state }: Pick<ProgrammeRow, 'state'>) => (
  <Badge color={stateColours[state]}>{stateWord(state)}</Badge>
)
