import type { JournalRow } from '@zhibu/server/modules/accounts/schema'
import classes from './EventDetails.module.css'

/** What was written down with an event, folded away until asked for. */
export function EventDetails({ it: { details, subjectId, id, requestId } }: { it: JournalRow }) {
  const entries = [
    ...Object.entries(details).map(([name, value]) => [name, textOf(value)] as const),
    ['对象编号', subjectId],
    ['记录编号', id],
    ['请求编号', requestId],
  ] as const
  return (
    <details>
      <summary className={classes.summary}>详情</summary>
      <dl className={classes.details}>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
