import { Alert } from '@mantine/core'
import type { Decided, Precondition } from '@zhibu/server/modules/training/acceptance-schema'
import { type Decision, decisionNames } from '@zhibu/server/modules/training/names-schema'
import { DayText } from '../../ui/DayText.tsx'
import parts from '../../ui/Parts.module.css'

const colours: Readonly<Record<Decision, string>> = { passed: 'green', again: 'yellow', unfinished: 'gray' }

/** What was decided, what is missing, and who signs on which day. */
export function DecisionNote({ it }: { it: Decided }) {
  return (
    <Alert color={colours[it.decision]} title={decisionNames[it.decision]}>
      {it.missing !== '' && (
        <p>
          {it.decision === 'unfinished' ? '原因' : '还缺'}：{it.missing}
        </p>
      )}
      {it.comment !== '' && <p>{it.comment}</p>}
      <p>
        {it.decidedBy}，<DayText on={it.decidedOn} />
      </p>
    </Alert>
  )
}

/** 前置条件: shown, and never the decision. */
export function Preconditions({ items }: { items: readonly Precondition[] }) {
  if (items.length === 0) return null
  return (
    <ul aria-label="前置条件">
      {items.map((it) => (
        <li key={it.text}>
          {it.isMet ? '已达到：' : '还没有达到：'}
          {it.text}
          {it.cited !== '' && (
            <span className={parts.note}>
              （{it.cited}
              {it.isToVerify && '，待核对'}）
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
