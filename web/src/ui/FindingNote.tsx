import type { Severity } from '@zhibu/rules'
import classes from './FindingNote.module.css'
import { SeverityMark } from './SeverityMark.tsx'

/** A finding ready to be shown. */
export interface ShownFinding {
  severity: Severity
  /** What, where, and how to mend it. */
  message: string
  /** The source as it is cited: “2026年细则第十三条”. */
  citation?: string
  /** The facts that were compared. */
  facts?: readonly { label: string; value: string }[]
  /** Rests on a year whose working days are not published yet. */
  isProvisional?: boolean
}

/** A finding: its weight, what it says, the article, and the facts compared. */
export function FindingNote({ severity, message, citation, facts = [], isProvisional }: ShownFinding) {
  return (
    <div className={classes.note} data-severity={severity}>
      <p className={classes.message}>
        <SeverityMark severity={severity} /> {message}
        {isProvisional && <span className={classes.provisional}>（有关年份的放假安排尚未公布，结果待定）</span>}
      </p>
      {(citation !== undefined || facts.length > 0) && (
        <p className={classes.basis}>
          {citation !== undefined && <span>依据：{citation}</span>}
          {facts.map((it) => (
            <span key={`${it.label} ${it.value}`}>
              {it.label}：{it.value}
            </span>
          ))}
        </p>
      )}
    </div>
  )
}
