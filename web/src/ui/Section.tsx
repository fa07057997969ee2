import { type ReactNode, useId } from 'react'
import classes from './Section.module.css'

interface Props {
  title: string
  /** A sentence under the heading: what stands here. */
  lead?: ReactNode
  /** Buttons of this part, to the right of the heading. */
  actions?: ReactNode
  children: ReactNode
}

/** A part of a page under a heading of its own, on a sheet. */
export function Section({ title, lead, actions, children }: Props) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <header className={classes.head}>
        <div className={classes.line}>
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          {actions !== undefined && <div className={`${classes.actions} no-print`}>{actions}</div>}
        </div>
        {lead !== undefined && <p className={`${classes.lead} no-print`}>{lead}</p>}
      </header>
      {children}
    </section>
  )
}
