import { delivererLabels } from '@zhibu/rules'
import { paperStateNames } from '@zhibu/server/modules/development/names-schema'
import type { RemarkOnRun } from '@zhibu/server/modules/development/schema'
import classes from './PaperRemarks.module.css'
import { doubtful, missingByDeliverer } from './paperGroups.ts'

type Remark = Pick<RemarkOnRun, 'code' | 'place' | 'label' | 'state' | 'deliveredBy'>

/** The papers that are missing, in one line for each party that has to hand them in. */
export function MissingPapers({ remarks }: { remarks: readonly Remark[] }) {
  const groups = missingByDeliverer(remarks)
  if (groups.length === 0) return null
  return (
    <ul className={classes.remarks}>
      {groups.map(({ deliveredBy, who, papers }) => (
        <li key={deliveredBy}>
          <strong>{who}</strong>：{papers.map((it) => it.label).join('、')}
        </li>
      ))}
    </ul>
  )
}

interface DoubtfulProps {
  remarks: readonly Remark[]
  /** Where a paper says something else than the record, and with whom the paper lies where that is known. */
  differences: readonly { place: string; message: string; who?: string | undefined }[]
  /** What these differ in, in a few words. */
  differing?: string
}

/** What is to be looked at in the papers that are there, and with whom it lies. */
export function DoubtfulPapers({ remarks, differences, differing = paperStateNames.differs }: DoubtfulProps) {
  const odd = doubtful(remarks)
  if (odd.length + differences.length === 0) return null
  return (
    <ul className={classes.remarks}>
      {odd.map(({ code, label, state, deliveredBy }) => (
        <li key={`${code} ${label}`}>
          {state !== 'notDue' && <strong>{paperStateNames[state]}</strong>}：{label}
          {deliveredBy && `（${delivererLabels[deliveredBy]}）`}
        </li>
      ))}
      {differences.map(({ place, message, who }) => (
        <li key={`${place} ${message}`}>
          <strong>{differing}</strong>：{message}
          {who !== undefined && `（${who}）`}
        </li>
      ))}
    </ul>
  )
}
