import type { ReactNode } from 'react'
import classes from './RowList.module.css'

/** One line of a short list. */
export interface Row {
  key: string
  title: ReactNode
  /** A mark beside the title. */
  mark?: ReactNode
  /** What else there is to know, in the order in which it is read; what is not known is left out. */
  facts?: readonly ReactNode[]
  actions?: ReactNode
}

interface Props {
  /** Names the list for screen readers. */
  label: string
  rows: readonly Row[]
}

/** A short list that is shown whole: a title, some facts and the buttons of each row. Long lists are a `DataList`. */
export function RowList({ label, rows }: Props) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {rows.map(({ key, title, mark, facts = [], actions }) => (
        <li key={key} className={classes.row}>
          <div className={classes.text}>
            <span className={classes.title}>{title}</span> {mark}
            {facts.some(isKnown) && (
              <p className={classes.facts}>
                {facts.filter(isKnown).map((fact, at) => (
                  // The facts of a row never change places.
                  <span key={`${key} ${String(at)}`}>{fact}</span>
                ))}
              </p>
            )}
          </div>
          {actions !== undefined && <div className={`${classes.actions} no-print`}>{actions}</div>}
        </li>
      ))}
    </ul>
  )
}

const isKnown = (fact: ReactNode) => fact !== undefined && fact !== null && fact !== false && fact !== ''
