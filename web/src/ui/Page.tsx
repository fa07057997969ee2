import { Link } from '@tanstack/react-router'
import { dayWritten } from '@zhibu/rules'
import { Fragment, type ReactNode } from 'react'
import classes from './Page.module.css'
import { usePaper } from './paper.ts'
import { useToday } from './today.ts'

interface Props {
  title: string
  /** The way here from above, without this page itself. */
  breadcrumbs?: readonly { label: string; to: string }[]
  /** What the page is called on paper, where that is another word: “人员名册”. */
  printTitle?: string
  /** Facts under the title: of whom or of what this is the page. */
  subtitle?: ReactNode
  /** A sentence under the title for the screen: what this page shows. */
  lead?: ReactNode
  /** Buttons of the whole page, to the right of the title. */
  actions?: ReactNode
  children: ReactNode
}

/** A page: its title (also that of the window), the way here, its actions, its content. */
export function Page({ title, printTitle, breadcrumbs = [], subtitle, lead, actions, children }: Props) {
  const paper = usePaper()
  const today = useToday()
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
          <h1 className={classes.title}>
            {printTitle === undefined ? (
              title
            ) : (
              <>
                <span className="no-print">{title}</span>
                <span className="only-print">{printTitle}</span>
              </>
            )}
          </h1>
          {subtitle !== undefined && <p className={classes.lead}>{subtitle}</p>}
          {lead !== undefined && <p className={`${classes.lead} no-print`}>{lead}</p>}
          {paper && (
            <p className={`${classes.paper} only-print`}>
              <span>单位：{paper.unit}</span>
              <span>
                打印：{paper.by}
                {today && `，${dayWritten(today)}`}
              </span>
            </p>
          )}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </article>
  )
}
