import { Link, useLocation } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import classes from './Navigation.module.css'
import { entryOf, type NavigationEntry } from './navigation.ts'

/** How many notices are unread. */
export const Unread = lazy(() => import('../modules/notices/Unread.tsx'))

/** How many topics wait for the reader. */
const Waiting = lazy(() => import('../modules/discussion/Waiting.tsx'))

interface Props {
  entries: readonly NavigationEntry[]
  /** Names the landmark, as a page may hold two. */
  label: string
  onFollow?: () => void
}

/** The pages as a list of links; the current one is marked. */
export function Navigation({ entries, label, onFollow }: Props) {
  const current = entryOf(entries, useLocation({ select: (it) => it.pathname }))
  return (
    <nav aria-label={label}>
      <ul className={classes.list}>
        {entries.map(({ to, label, purpose, Icon }) => (
          <li key={to}>
            <Link
              to={to}
              className={classes.entry}
              title={purpose}
              activeOptions={{ exact: true, includeSearch: false }}
              aria-current={to === current?.to ? 'page' : undefined}
              onClick={onFollow}
            >
              <Icon size={20} stroke={1.6} aria-hidden />
              {label}
              {to === '/notices' && (
                <Suspense>
                  <Unread />
                </Suspense>
              )}
              {to === '/discussion' && (
                <Suspense>
                  <Waiting />
                </Suspense>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
