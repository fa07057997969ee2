import { Box } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './WideTable.module.css'

interface Props {
  /** Names it for screen readers. */
  label: string
  /** Figures stand at the end of their cells, under one another. */
  isOfFigures?: boolean
  children: ReactNode
}

/** A table that may be wider than the page: it is moved sideways by itself, by the keyboard too. */
export function WideTable({ label, isOfFigures = false, children }: Props) {
  return (
    <Box component="section" className={classes.scroll} aria-label={label} tabIndex={0}>
      <table className={classes.table} data-figures={isOfFigures || undefined}>
        {children}
      </table>
    </Box>
  )
}
