import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import {
  actLabels,
  type Day,
  daysBetween,
  dayWritten,
  type Plan,
  type PlannedAct,
  stepOf,
  waitingLabels,
} from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'
import type { CSSProperties } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { ReasonList } from '../../ui/ReasonList.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './PlanPage.module.css'
import { shownReason } from './shownBasis.ts'

interface Props {
  plan: Plan
  file: FileView
  until: Day
}

/** Whether it can be done, and between which days each act has to take place. */
export function PlanResult({ plan, file, until }: Props) {
  return (
    <Section title={`${file.person.name}的计划`} lead={`今天是${dayWritten(file.on)}。`}>
      <Verdict plan={plan} until={until} />
      {plan.notes.length > 0 && (
        <ul className={classes.notes}>
          {plan.notes.map((it) => (
            <li key={it}>{it}</li>
          ))}
        </ul>
      )}
      {plan.acts.length > 0 && (
        <ol className={classes.acts}>
          {plan.acts.map((it) => (
            <Planned key={it.kind} it={it} from={file.on} until={until} />
          ))}
        </ol>
      )}
    </Section>
  )
}

function Verdict({ plan, until }: Pick<Props, 'plan' | 'until'>) {
  if (plan.feasible) {
    if (plan.acts.length === 0) return null
    return (
      <Alert color="green" icon={<IconCircleCheck size={18} aria-hidden />} title={`${dayWritten(until)}以前可以完成`}>
        每一步在最早和最迟日期之间办理即可。
      </Alert>
    )
  }
  const { kind, message, reasons } = plan.blockedBy
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={`${dayWritten(until)}以前不能完成：卡在“${actLabels[kind]}”`}
    >
      {message}
      <ReasonList reasons={reasons.map(shownReason)} question="为什么" />
    </Alert>
  )
}

function Planned({ it, from, until }: { it: PlannedAct; from: Day; until: Day }) {
  const isCrossed = it.latestOn < it.earliestOn
  return (
    <li className={classes.act} data-crossed={isCrossed || undefined}>
      <div className={classes.name}>
        {it.step}. {actLabels[it.kind]}
        <span className={classes.hint}>由{waitingLabels[stepOf(it.kind).waitingOn]}办理</span>
      </div>
      <div className={classes.days}>
        <span>
          最早 <DayText on={it.earliestOn} />
        </span>
        <span className={classes.latest}>
          最迟 <DayText on={it.latestOn} relative="day" />
        </span>
        {it.provisional && <span className={classes.hint}>放假安排尚未公布，待定</span>}
      </div>
      {!isCrossed && <Span from={from} until={until} start={it.earliestOn} end={it.latestOn} />}
      <ReasonList reasons={it.reasons.map(shownReason)} />
    </li>
  )
}

/** The days open to an act, drawn between today and the target. */
function Span({ from, until, start, end }: { from: Day; until: Day; start: Day; end: Day }) {
  const whole = Math.max(1, daysBetween(from, until))
  const share = (day: Day) => `${Math.min(100, Math.max(0, (daysBetween(from, day) / whole) * 100))}%`
  const style: CSSProperties = {
    insetInlineStart: share(start),
    width: `max(3px, calc(${share(end)} - ${share(start)}))`,
  }
  return (
    <div className={classes.track} aria-hidden="true">
      <div className={classes.span} style={style} />
    </div>
  )
}
