import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { asProblem } from '../problem.ts'
import classes from './States.module.css'

interface Props {
  error: unknown
  /** Tries again; without it there is no button. */
  onRetry?: () => void
}

/** What went wrong, where, and how to mend it, as the server said it. */
export function ErrorState({ error, onRetry }: Props) {
  const { title, detail, fields = [], findings = [], instance } = asProblem(error).details
  return (
    <div className={classes.state} role="alert" data-tone="error">
      <p className={classes.title}>
        <IconAlertTriangle size={20} stroke={1.8} aria-hidden /> {title}
      </p>
      {detail !== undefined && <p className={classes.text}>{detail}</p>}
      {fields.length > 0 && (
        <ul className={classes.list}>
          {fields.map((it) => (
            <li key={`${it.path} ${it.message}`}>{it.message}</li>
          ))}
        </ul>
      )}
      {findings.length > 0 && (
        <ul className={classes.list}>
          {findings.map((it) => (
            <li key={`${it.rule} ${it.message}`}>{it.message}</li>
          ))}
        </ul>
      )}
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          重试
        </Button>
      )}
      {instance !== undefined && <p className={classes.instance}>问题编号：{instance}</p>}
    </div>
  )
}
