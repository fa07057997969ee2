import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import classes from './Page.module.css'

interface Props {
  title: string
  /** The way here from above, without this page itself. */
  breadcrumbs?: readonly { label: string; to: string }[]
  /** A sentence under the title: what this page shows. */
  lead?: ReactNode
  /** Buttons of the whole page, to the right of the title. */
  actions?: ReactNode
  children: ReactNode
}

/** A page: its title (also that of the window), the way here, its actions, its content. */
export function Page({ title, breadcrumbs = [], lead, actions, children }: Props) {
  return (
    <article className={classes.page}>
      <title>{`${title} · 支部工作台`}</title>
      {breadcrumbs.length > 0 && (
        <nav aria-label="所在位置" className={classes.crumbs}>
          {breadcrumbs.map(({ label, to }) => (
            <Fragment key={to}>
              <Link to={to}>{label}</Link>
              <span aria-hidden="true">/</span>
            </Fragment>
          ))}
          <span aria-current="page">{title}</span>
        </nav>
      )}
      <header className={classes.head}>
        <div>
          <h1 className={classes.title}>{title}</h1>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </article>
  )
}
