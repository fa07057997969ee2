import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { handoverKindNames, handoverOutcomeNames } from '@zhibu/server/modules/handovers/names-schema'
import type { HandoverRow } from '@zhibu/server/modules/handovers/schema'
import { InstantText } from '../../ui/InstantText.tsx'
import { RowList } from '../../ui/RowList.tsx'

/** Hand-overs, one a line. */
export function HandoverRows({ label, rows }: { label: string; rows: readonly HandoverRow[] }) {
  return (
    <RowList
      label={label}
      rows={rows.map((it) => ({
        key: it.id,
        title: (
          <Link to="/archive/handovers/$handoverId" params={{ handoverId: it.id }}>
            {it.number} {whose(it)}
          </Link>
        ),
        mark: <Badge variant="default">{standingOf(it)}</Badge>,
        facts: [
          `${it.from.name} 移交 ${it.to.name}`,
          handoverKindNames[it.kind],
          <span key="sent">
            {it.sentBy} 发出于 <InstantText at={it.sentAt} />
          </span>,
          it.closedAt && (
            <span key="closed">
              {it.closedBy} 办结于 <InstantText at={it.closedAt} />
            </span>
          ),
        ],
      }))}
    />
  )
}

/** Where a hand-over stands, in a word. */
export const standingOf = ({ outcome, to }: Pick<HandoverRow, 'outcome' | 'to'>): string =>
  outcome ? handoverOutcomeNames[outcome] : to.id === null ? '待回执' : '待接收'

const whose = ({ names, personCount }: HandoverRow) =>
  `${names.join('、')}${personCount > names.length ? `等 ${personCount} 人` : ''}`
