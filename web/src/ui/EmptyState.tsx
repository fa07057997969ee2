import type { ReactNode } from 'react'
import classes from './States.module.css'

interface Props {
  /** What is not here: “还没有人员”. */
  title: string
  /** Why, and what to do next. */
  children?: ReactNode
  /** The button that does it. */
  action?: ReactNode
}

/** Nothing to show, and what to do next. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className={classes.state}>
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {action}
    </div>
  )
}
