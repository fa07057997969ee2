import { Link } from '@tanstack/react-router'
import { actLabels, stageLabels, waitingLabels } from '@zhibu/rules'
import type { DueRow } from '@zhibu/server/modules/development/schema'
import { DayText } from '../../ui/DayText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ReasonList } from '../../ui/ReasonList.tsx'
import classes from './DueList.module.css'
import { shownReason } from './shownBasis.ts'

interface Props {
  items: readonly DueRow[]
  isStale: boolean
}

/** What is due, a line each: who, what, until when, why, and the button to do it. */
export function DueList({ items, isStale }: Props) {
  return (
    <ul className={classes.list} aria-label="待办事项" data-stale={isStale || undefined}>
      {items.map((it) => (
        <li key={`${it.personId} ${it.act.kind}`} className={classes.row} data-late={it.act.overdue || undefined}>
          <Due {...it} />
        </li>
      ))}
    </ul>
  )
}

function Due({ personId, name, organization, stage, act, can }: DueRow) {
  return (
    <>
      <div className={classes.what}>
        <span className={classes.act}>{actLabels[act.kind]}</span>
        <span className={classes.waiting}>由{waitingLabels[act.waitingOn]}办理</span>
      </div>
      <div className={classes.who}>
        <Link to="/development/$personId" params={{ personId }}>
          {name}
        </Link>
        <span className={classes.place}>
          {stage && `${stageLabels[stage]} · `}
          {organization}
        </span>
      </div>
      <div className={classes.until}>
        {act.latestOn ? (
          <>
            <span className={classes.word}>最迟</span> <DayText on={act.latestOn} relative="deadline" />
          </>
        ) : act.earliestOn ? (
          <>
            <span className={classes.word}>最早</span> <DayText on={act.earliestOn} relative="day" />
          </>
        ) : (
          <span className={classes.word}>没有规定期限</span>
        )}
        {act.provisional && <span className={classes.word}>（放假安排未公布，待定）</span>}
      </div>
      <div className={classes.why}>
        <ReasonList
          reasons={act.reasons.map(shownReason)}
          question={act.latestOn || act.earliestOn ? '为什么是这一天' : '依据'}
        />
      </div>
      <div className={`${classes.do} no-print`}>
        {can.record ? (
          <LinkButton
            to="/development/$personId"
            params={{ personId }}
            search={{ record: act.kind }}
            variant={act.overdue ? 'filled' : 'default'}
            aria-label={`办理${name}的${actLabels[act.kind]}`}
          >
            办理
          </LinkButton>
        ) : (
          <LinkButton
            to="/development/$personId"
            params={{ personId }}
            variant="default"
            aria-label={`查看${name}的${actLabels[act.kind]}`}
          >
            查看
          </LinkButton>
        )}
      </div>
    </>
  )
}
