import classes from './EventDetails.module.css'

interface Props {
  details: Record<string, unknown>
  requestId: string
}

/** What was written down with an event, folded away until asked for. */
export function EventDetails({ details, requestId }: Props) {
  return (
    <details>
      <summary className={classes.summary}>详情</summary>
      <dl className={classes.details}>
        {Object.entries(details).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
        <div>
          <dt>请求编号</dt>
          <dd>{requestId}</dd>
        </div>
      </dl>
    </details>
  )
}
