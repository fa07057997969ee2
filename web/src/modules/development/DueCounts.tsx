import type { UseQueryResult } from '@tanstack/react-query'
import type { DueCounts as Counts } from '@zhibu/server/modules/development/schema'
import classes from './DueCounts.module.css'
import type { DeskSearch } from './searches.ts'

interface Props {
  counts: UseQueryResult<Counts>
  chosen: DeskSearch['due']
  onChoose: (due: DeskSearch['due']) => void
}

/** How much is overdue and how much is near; a press narrows the list to it, another press widens it again. */
export function DueCounts({ counts: { data, isError }, chosen, onChoose }: Props) {
  const figure = (count: number | null | undefined) => {
    if (count !== undefined) return countText(count)
    return isError ? '—' : '…'
  }
  const shown = [
    { due: 'overdue', label: '已逾期', count: data?.overdue },
    { due: '7', label: '7 天内到期', count: data?.week },
    { due: '30', label: '30 天内到期', count: data?.month },
  ] as const
  return (
    <fieldset className={classes.counts} aria-label="按期限筛选">
      {shown.map(({ due, label, count }) => (
        <button
          key={due}
          type="button"
          className={classes.count}
          data-late={(due === 'overdue' && count !== 0 && count !== undefined) || undefined}
          aria-pressed={chosen === due}
          onClick={() => onChoose(chosen === due ? undefined : due)}
        >
          <span className={classes.figure}>{figure(count)}</span>
          <span>{label}</span>
        </button>
      ))}
    </fieldset>
  )
}

/** A count of the server, which goes no further than it is of use. */
export const countText = (count: number | null): string => count?.toLocaleString('zh-CN') ?? '一万以上'
