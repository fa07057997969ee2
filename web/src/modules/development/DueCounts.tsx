import { useQuery } from '@tanstack/react-query'
import { dueCountQuery } from './api.ts'
import classes from './DueCounts.module.css'
import type { DeskSearch } from './routes.tsx'

interface Props {
  /** Where and of which kind is counted. */
  filters: Pick<DeskSearch, 'organizationId' | 'kind'>
  chosen: DeskSearch['due']
  onChoose: (due: DeskSearch['due']) => void
}

/** How much is overdue and how much is near; a press narrows the list to it, another press widens it again. */
export function DueCounts({ filters, chosen, onChoose }: Props) {
  const overdue = useQuery(dueCountQuery({ ...filters, only: 'overdue' }))
  const week = useQuery(dueCountQuery({ ...filters, withinDays: '7' }))
  const month = useQuery(dueCountQuery({ ...filters, withinDays: '30' }))
  const late = overdue.data?.total
  const figure = (count: number | undefined, { isPending, isError }: typeof overdue) => {
    if (isPending) return '…'
    return isError ? '—' : (count?.toLocaleString('zh-CN') ?? '一万以上')
  }
  const counts = [
    { due: 'overdue', label: '已逾期', count: late, read: overdue },
    { due: '7', label: '7 天内到期', count: without(week.data?.total, late), read: week },
    { due: '30', label: '30 天内到期', count: without(month.data?.total, late), read: month },
  ] as const
  return (
    <fieldset className={classes.counts} aria-label="按期限筛选">
      {counts.map(({ due, label, count, read }) => (
        <button
          key={due}
          type="button"
          className={classes.count}
          data-late={(due === 'overdue' && count !== 0 && read.isSuccess) || undefined}
          aria-pressed={chosen === due}
          onClick={() => onChoose(chosen === due ? undefined : due)}
        >
          <span className={classes.figure}>{figure(count, read)}</span>
          <span>{label}</span>
        </button>
      ))}
    </fieldset>
  )
}

/** What is near without what is already late. */
const without = (total: number | undefined, late: number | undefined) =>
  total === undefined ? undefined : total - (late ?? 0)
