import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Preview } from '@zhibu/server/modules/forms/schema'
import { DayText } from '../../ui/DayText.tsx'
import classes from './MakingPage.module.css'

type ClosedFile = Preview['pieces'][number]['closed'][number]

interface Props {
  closed: readonly ClosedFile[]
  isAnew: boolean
  onAnew: (isAnew: boolean) => void
}

const mostShown = 10

/** Whose files are closed: the paper that lies there, and what is made instead. */
export function Closed({ closed, isAnew, onAnew }: Props) {
  if (closed.length === 0) return null
  return (
    <div className={classes.closed}>
      <ul aria-label="档案已封存的人员">
        {closed.slice(0, mostShown).map(({ name, number, on, filed }) => (
          <li key={number}>
            {name}的档案已于 <DayText on={on} /> 封存（档号 {number}）。
            {filed ? (
              <>
                档案中有
                <Link to="/archive/documents/$documentId" params={{ documentId: filed.documentId }}>
                  《{filed.title}》
                </Link>
                ，下载的就是这一份。
              </>
            ) : (
              '现在生成的会标明“封存后生成，不作为档案原件”。'
            )}
          </li>
        ))}
      </ul>
      {closed.length > mostShown && <p>另有 {closed.length - mostShown} 人的档案已封存。</p>}
      {closed.some((it) => it.filed !== null) && (
        <Checkbox
          label="不用档案中的，另行生成"
          description="会标明“封存后生成，不作为档案原件”"
          checked={isAnew}
          onChange={(event) => onAnew(event.currentTarget.checked)}
        />
      )}
    </div>
  )
}
