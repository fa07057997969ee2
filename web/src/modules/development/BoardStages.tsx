import { Link } from '@tanstack/react-router'
import { type ActKind, actLabels, type Stage, stageLabels, stages, stepOf } from '@zhibu/rules'
import type { Board } from '@zhibu/server/modules/development/schema'
import classes from './BoardPage.module.css'

interface Props {
  board: Board
  place: { organizationId?: string }
}

/** A column per stage: how many persons, and what is next for them; each figure leads to the list. */
export function BoardStages({ board, place }: Props) {
  const counts = new Map(board.stages.map((it) => [it.stage, it]))
  return (
    <ul className={classes.stages} aria-label="各阶段">
      {stages.map((stage) => (
        <li key={stage} className={classes.stage}>
          <Link to="/development" search={{ ...place, stage }} className={`${classes.head} ${classes.link}`}>
            {stageLabels[stage]} <strong>{(counts.get(stage)?.count ?? 0).toLocaleString('zh-CN')}</strong>
          </Link>
          <Doubtful of={counts.get(stage)} search={{ ...place, stage }} />
          <Next next={board.next.filter((it) => stageBefore(it.kind) === stage)} place={place} />
        </li>
      ))}
    </ul>
  )
}

/** How many of a stage are overdue and how many hold findings, where any do. */
function Doubtful({
  of,
  search,
}: {
  of: Board['stages'][number] | undefined
  search: Props['place'] & { stage: Stage }
}) {
  if (of === undefined || of.overdue + of.withFindings === 0) return null
  return (
    <p className={classes.doubtful}>
      {of.overdue > 0 && (
        <Link to="/development" search={{ ...search, only: 'overdue' }} data-late>
          已逾期 {of.overdue.toLocaleString('zh-CN')} 人
        </Link>
      )}
      {of.withFindings > 0 && (
        <Link to="/development" search={{ ...search, only: 'findings' }}>
          有疑点 {of.withFindings.toLocaleString('zh-CN')} 人
        </Link>
      )}
    </p>
  )
}

function Next({ next, place }: { next: Board['next'] } & Pick<Props, 'place'>) {
  if (next.length === 0) return <p className={classes.nothing}>没有待办的下一步</p>
  return (
    <ul className={classes.next} aria-label="下一步">
      {next.map(({ kind, count }) => (
        <li key={kind}>
          <Link to="/development" search={{ ...place, next: kind }} className={classes.link}>
            <span>{actLabels[kind]}</span> <span>{count.toLocaleString('zh-CN')}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** The stage in which somebody stands for whom this act is next. */
function stageBefore(kind: ActKind): Stage {
  const { number } = stepOf(kind)
  if (number <= 3) return 'applicant'
  if (number <= 8) return 'activist'
  if (number <= 17) return 'prospect'
  return number <= 24 ? 'probationary' : 'full'
}
