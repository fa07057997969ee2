import type { ReactNode } from 'react'
import classes from './PrintSheet.module.css'

interface Props {
  title: string
  /** Tells sheets of the same title apart for screen readers: “周明远的预审表”. */
  label?: string
  /** Under the title: unit, person, day. */
  subtitle?: ReactNode
  /** At the foot of the sheet: by whom and when it was made. */
  foot?: ReactNode
  children: ReactNode
}

/** A sheet of A4 paper, on the screen as it will be printed; several follow one another, each on a new page. */
export function PrintSheet({ title, label, subtitle, foot, children }: Props) {
  return (
    <section className={classes.sheet} aria-label={label ?? title}>
      <h2 className={classes.title}>{title}</h2>
      {subtitle !== undefined && <p className={classes.subtitle}>{subtitle}</p>}
      <div>{children}</div>
      {foot !== undefined && <p className={classes.foot}>{foot}</p>}
    </section>
  )
}
