import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import type { Viewer } from '../session.ts'
import { Account } from './Account.tsx'
import { Unread } from './Navigation.tsx'
import classes from './TopBar.module.css'

interface Props {
  session: Viewer
  onOpenNavigation: () => void
  onOpenFinder: () => void
  onSignOut: () => void
}

/** Name of the site, search, and who is signed in with which offices. */
export function TopBar({ session, onOpenNavigation, onOpenFinder, onSignOut }: Props) {
  return (
    <header className={classes.bar}>
      <button
        type="button"
        className={`${classes.button} ${classes.onlyNarrow}`}
        onClick={onOpenNavigation}
        aria-label="打开导航"
      >
        <IconMenu2 size={22} stroke={1.6} aria-hidden />
      </button>
      <Link to="/" className={classes.brand}>
        支部工作台
      </Link>
      {session.can.includes('notices') && (
        <Suspense>
          <Unread isAlone />
        </Suspense>
      )}
      <button type="button" className={classes.search} onClick={onOpenFinder} aria-keyshortcuts="Control+K">
        <IconSearch size={18} stroke={1.6} aria-hidden />
        <span className={classes.searchText}>搜索人员、页面、操作</span>
        <span className={classes.keys} aria-hidden="true">
          Ctrl K
        </span>
      </button>
      <Account session={session} onSignOut={onSignOut} />
    </header>
  )
}
