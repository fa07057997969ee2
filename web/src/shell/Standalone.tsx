import type { ReactNode } from 'react'
import { Notice } from './Notice.tsx'
import classes from './Standalone.module.css'

/** What stands around a page outside the shell: sign-in, first set-up, about, nothing found. */
export function Standalone({ children }: { children: ReactNode }) {
  return (
    <div className={classes.frame}>
      <header className={classes.brand}>
        <a href="/">支部工作台</a>
      </header>
      <main className={classes.main}>{children}</main>
      <Notice />
    </div>
  )
}
