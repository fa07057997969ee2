import type { ReactNode } from 'react'
import classes from './FieldGrid.module.css'

/** Inputs side by side, in as many columns as there is room for. */
export function FieldGrid({ children }: { children: ReactNode }) {
  return <div className={classes.grid}>{children}</div>
}
