import { useQuery } from '@tanstack/react-query'
import type { JournalRow } from '@zhibu/server/modules/accounts/journal-schema'
import { ownPlacesQuery } from './api.ts'
import { detailsIn } from './detailWords.ts'
import classes from './EventDetails.module.css'

/** What was written down with an event, folded away until asked for. */
export function EventDetails({ it: { event, details, count, subjectId, id, requestId } }: { it: JournalRow }) {
  const { data: ownPlaces } = useQuery(ownPlacesQuery)
  const entries = [
    ...detailsIn(event, details, ownPlaces).map(({ name, text }) => [name, text] as const),
    // Many entries have many of them.
    ...(count === 1
      ? ([
          ['对象编号', subjectId],
          ['记录编号', id],
        ] as const)
      : []),
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
