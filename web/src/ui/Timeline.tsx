import {
  IconAlertCircleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleDot,
  IconHelpCircle,
  IconHelpCircleFilled,
} from '@tabler/icons-react'
import type { Day, Month } from '@zhibu/rules'
import type { ReactNode } from 'react'
import { DayText } from './DayText.tsx'
import { FindingNote, type ShownFinding } from './FindingNote.tsx'
import { ReasonList, type ShownReason } from './ReasonList.tsx'
import classes from './Timeline.module.css'

/** Where a dated act stands. `unknownDay`: it has happened, but nobody knows when. `missing`: passed over without a record. */
export type TimelineState = 'done' | 'unknownDay' | 'missing' | 'next' | 'overdue' | 'later'

/** A paper that belongs to an act. */
interface Paper {
  label: string
  href?: string
  note?: string
}

/** One act, done or to come, ready to be shown. */
export interface TimelineItem {
  id: string
  title: string
  state: TimelineState
  /** The day of an act that has happened. */
  on?: Day | Month
  /** For acts still to come: the first and the last day allowed. Never given for one that has happened. */
  earliestOn?: Day
  latestOn?: Day
  /** Who has to act: “支部委员会”. */
  waitingOn?: string
  /** Details of the act: counts of a vote, names, numbers. */
  details?: ReactNode
  reasons?: readonly ShownReason[]
  findings?: readonly ShownFinding[]
  /** The papers that belong here: with an address where they are kept here, with a note where they are kept elsewhere, else missing. */
  evidence?: readonly Paper[]
  /** Buttons: record, correct. */
  actions?: ReactNode
}

interface Props {
  /** Names the list for screen readers: “周明远的发展过程”. */
  label: string
  /** In the order of the way. A `section` begins a part with a heading, such as a stage. */
  sections: readonly { title: string; items: readonly TimelineItem[] }[]
}

/** Dated acts from top to bottom: what is done and when, what is next and until when, with findings and papers at each. */
export function Timeline({ label, sections }: Props) {
  return (
    <section aria-label={label} className={classes.timeline}>
      {sections.map(({ title, items }) => (
        <section key={title} aria-label={title}>
          <h2 className={classes.section}>{title}</h2>
          <ol className={classes.list}>
            {items.map((it) => (
              <Act key={it.id} {...it} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  )
}

const states = {
  done: { word: '已完成', Icon: IconCircleCheckFilled },
  unknownDay: { word: '已完成，日期不详', Icon: IconHelpCircleFilled },
  missing: { word: '没有记录', Icon: IconHelpCircle },
  next: { word: '下一步', Icon: IconCircleDot },
  overdue: { word: '已逾期', Icon: IconAlertCircleFilled },
  later: { word: '尚未到', Icon: IconCircleDashed },
} satisfies Record<TimelineState, unknown>

function Act(act: TimelineItem) {
  const { word, Icon } = states[act.state]
  return (
    <li
      id={`act-${act.id}`}
      className={classes.act}
      data-state={act.state}
      aria-current={act.state === 'next' ? 'step' : undefined}
    >
      <span className={classes.dot}>
        <Icon size={20} aria-hidden />
      </span>
      <div className={classes.content}>
        <div className={classes.head}>
          <h3 className={classes.title}>{act.title}</h3>
          <span className={classes.state}>{word}</span>
          <span className={classes.days}>
            <Days {...act} />
          </span>
          {act.actions !== undefined && <span className={`${classes.actions} no-print`}>{act.actions}</span>}
        </div>
        {act.waitingOn !== undefined && <p className={classes.waiting}>待办方：{act.waitingOn}</p>}
        {act.details !== undefined && <div>{act.details}</div>}
        {act.findings?.map((it) => (
          <FindingNote key={`${it.citation} ${it.message}`} {...it} />
        ))}
        {act.reasons && <ReasonList reasons={act.reasons} />}
        {act.evidence && act.evidence.length > 0 && <Evidence papers={act.evidence} />}
      </div>
    </li>
  )
}

function Days({ on, earliestOn, latestOn }: TimelineItem) {
  if (on !== undefined) return <DayText on={on} />
  return (
    <>
      {earliestOn !== undefined && (
        <span>
          最早 <DayText on={earliestOn} />
        </span>
      )}
      {latestOn !== undefined && (
        <span>
          最迟 <DayText on={latestOn} relative="deadline" />
        </span>
      )}
    </>
  )
}

function Evidence({ papers }: { papers: readonly Paper[] }) {
  return (
    <ul className={classes.evidence} aria-label="材料">
      {papers.map(({ label, href, note }) => (
        <li key={label} data-missing={href === undefined || undefined}>
          {href === undefined ? `${label}（${note ?? '缺'}）` : <a href={href}>{label}</a>}
        </li>
      ))}
    </ul>
  )
}
