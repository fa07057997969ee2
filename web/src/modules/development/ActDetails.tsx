import { dayWritten } from '@zhibu/rules'
import type { RecordedAct } from '@zhibu/server/modules/development/schema'
import { actFacts } from './actFacts.ts'
import classes from './FilePage.module.css'

interface Props {
  it: RecordedAct
  /** All acts of the file, corrected ones included. */
  acts: readonly RecordedAct[]
}

/** What is recorded of an act, and how it came to be recorded so. */
export function ActDetails({ it, acts }: Props) {
  const facts = actFacts(it.act)
  const corrected = acts.find(({ act }) => act.id === it.corrects)
  return (
    <>
      {facts.length > 0 && (
        <dl className={classes.facts}>
          {facts.map(({ label, value }) => (
            <div key={`${label} ${value}`}>
              <dt>{label}：</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {corrected?.correctedBy && (
        <p className={classes.hint}>
          已更正，原记为{corrected.act.on ? dayWritten(corrected.act.on) : '日期不详'}；原因：
          {corrected.correctedBy.reason}
        </p>
      )}
      {it.acknowledged && <p className={classes.hint}>与规定不一致，情况属实；原因：{it.acknowledged.reason}</p>}
    </>
  )
}
