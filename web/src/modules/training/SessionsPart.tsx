import type { ProgrammeView, SessionView } from '@zhibu/server/modules/training/schema'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { SessionCard } from './SessionCard.tsx'
import classes from './Training.module.css'

/** 课程: the sessions of a programme in their order, under the stage in which they stand. */
export function SessionsPart({ it }: { it: ProgrammeView }) {
  const groups = groupsOf(it)
  const add = it.can.plan && (
    <LinkButton variant="default" to="/training/$programmeId/sessions/new" params={{ programmeId: it.id }}>
      添加课程
    </LinkButton>
  )
  return (
    <Section title="课程" {...(add && { actions: add })}>
      {it.sessions.length === 0 && it.stages.length === 0 ? (
        <EmptyState title="还没有课程">
          {it.can.plan ? '一次一次添加；去年办过的，可以打开去年的培训班点“沿用到新学期”。' : '安排好以后列在这里。'}
        </EmptyState>
      ) : (
        <div className={parts.form}>
          {groups.map(({ key, title, aim, sessions }) => (
            <section key={key} className={parts.form} aria-label={title}>
              {title !== undefined && (
                <div>
                  <h3>{title}</h3>
                  {aim !== '' && <p className={parts.note}>{aim}</p>}
                </div>
              )}
              {sessions.length === 0 ? (
                <p className={parts.note}>这个阶段还没有课程。</p>
              ) : (
                <ol className={classes.sessions}>
                  {sessions.map((one) => (
                    <SessionCard key={one.id} it={one} programmeId={it.id} isInStage={title !== undefined} />
                  ))}
                </ol>
              )}
            </section>
          ))}
        </div>
      )}
    </Section>
  )
}

interface Group {
  key: string
  /** None where the programme has no stages. */
  title: string | undefined
  aim: string
  sessions: SessionView[]
}

function groupsOf({ stages, sessions }: ProgrammeView): Group[] {
  const others = sessions.filter((it) => it.stageId === null)
  return [
    ...stages.map(({ id, title, aim }, at) => ({
      key: id,
      title: `${numerals[at] ?? String(at + 1)}、${title}`,
      aim,
      sessions: sessions.filter((it) => it.stageId === id),
    })),
    ...(others.length > 0
      ? [{ key: 'others', title: stages.length > 0 ? '不分阶段的课程' : undefined, aim: '', sessions: others }]
      : []),
  ]
}

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']
