import { Alert } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { dayWritten, isDay } from '@zhibu/rules'
import { stateNames, stepNames } from '@zhibu/server/modules/discussion/names-schema'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import { DayText } from '../../ui/DayText.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './Discussion.module.css'
import { Support } from './Support.tsx'
import { WrittenAt } from './WrittenAt.tsx'

/** How far a suggestion has come, each step with its day; by when it is answered and by whom; what became of it. */
export function SuggestionLine({ it }: { it: TopicView }) {
  const isWaiting = it.state === 'received' || it.state === 'looking'
  return (
    <Section
      title="办理情况"
      lead={it.can.support || it.supportCount > 0 ? '赞同的人数只作参考，不公布是谁。' : undefined}
    >
      <ol className={classes.line} aria-label="办理过程">
        <li>
          <b>{stateNames.received}</b>
          <span>
            <WrittenAt at={it.createdAt} isProtected={it.isProtected} />
          </span>
        </li>
        {it.steps.map((step) => (
          <li key={step.seq}>
            <b>{stepNames[step.step]}</b>
            <span>
              <InstantText at={step.at} /> {step.officeName}{' '}
              {it.isOwn && it.isProtected ? null : (
                <Link
                  to="/discussion/topics/$topicId"
                  params={{ topicId: it.id }}
                  search={{ post: String(step.seq) }}
                  aria-label={`查看第 ${step.seq} 条：${stepNames[step.step]}`}
                >
                  第 {step.seq} 条
                </Link>
              )}
              {step.promise && <Promised promise={step.promise} />}
            </span>
          </li>
        ))}
        {isWaiting && it.promisedOn && isDay(it.promisedOn) && it.mergedIntoId === null && (
          <li>
            <b>答复期限</b>
            <span>
              <DayText on={it.promisedOn} relative="deadline" />
              {it.answeredBy && `，由${it.answeredBy.organization.name}${officeNames[it.answeredBy.office]}答复`}
            </span>
          </li>
        )}
      </ol>
      {it.outcome && (
        <>
          <h3>结果公示</h3>
          <Resumed it={it.outcome} />
          <OutcomeFacts it={it.outcome} />
        </>
      )}
      <Support it={it} />
    </Section>
  )
}

/** The day that a step has promised, which stays beside it whatever is promised later. */
function Promised({ promise: { on, before } }: { promise: NonNullable<TopicView['steps'][number]['promise']> }) {
  if (!isDay(on)) return null
  if (before === null || !isDay(before)) return <span className={classes.beneath}>约定 {dayWritten(on)}前答复</span>
  return (
    <span className={classes.beneath}>
      答复日期改为 {dayWritten(on)}（原 {dayWritten(before)}）
    </span>
  )
}

/** That what was published as done was taken up again since. */
export function Resumed({ it: { resumedAt } }: { it: NonNullable<TopicView['outcome']> }) {
  if (resumedAt === null) return null
  return (
    <Alert color="yellow" title="公示以后重新办理">
      <InstantText at={resumedAt} /> 起重新办理，下面是此前公示的结果。
    </Alert>
  )
}

/** What was asked, what was done, by whom and when. */
export function OutcomeFacts({ it }: { it: NonNullable<TopicView['outcome']> }) {
  return (
    <dl className={classes.facts}>
      <dt>提了什么</dt>
      <dd>{it.asked}</dd>
      <dt>怎么办的</dt>
      <dd>{it.done}</dd>
      <dt>谁办的</dt>
      <dd>{it.responsible}</dd>
      <dt>办结日期</dt>
      <dd>{isDay(it.doneOn) && <DayText on={it.doneOn} />}</dd>
    </dl>
  )
}
