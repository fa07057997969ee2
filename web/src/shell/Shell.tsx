import { useHotkeys } from '@mantine/hooks'
import { useLocation } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { Viewer } from '../session.ts'
import { PaperContext } from '../ui/paper.ts'
import { TodayContext } from '../ui/today.ts'
import type { SearchEverywhere } from './Finder.tsx'
import { Navigation } from './Navigation.tsx'
import { NavigationDrawer } from './NavigationDrawer.tsx'
import { Notice } from './Notice.tsx'
import { entriesFor } from './navigation.ts'
import classes from './Shell.module.css'
import { TopBar } from './TopBar.tsx'
import { useKeptFocus } from './useKeptFocus.ts'

const Finder = lazy(() => import('./Finder.tsx'))

interface Props {
  session: Viewer
  /** Finds people and actions for the search box; pages are found without it. */
  search: SearchEverywhere
  onSignOut: () => void
  children: ReactNode
}

/** What stands around every page of a signed-in person: navigation, search, account, notices. */
export function Shell({ session, search, onSignOut, children }: Props) {
  const [drawerOpen, setDrawerOpen] = useState(false)
  const [finderOpen, setFinderOpen] = useState(false)
  const paper = useMemo(
    () => ({ unit: session.offices[0]?.organizationName ?? session.universityName, by: session.name }),
    [session],
  )
  const main = useRef<HTMLElement>(null)
  const entries = entriesFor(session.can)
  useHotkeys([['mod+K', () => setFinderOpen(true)]], [])
  useFocusOnNewPage(main)
  useKeptFocus(main)

  return (
    <TodayContext value={session.today}>
      <a className={classes.skip} href="#content">
        跳到正文
      </a>
      {session.isDemo && (
        <aside className={classes.demo} aria-label="演示说明">
          演示：单位和人员均为虚构，可以随意操作；请勿录入真实信息。
        </aside>
      )}
      <div className={classes.frame}>
        <TopBar
          session={session}
          onOpenNavigation={() => setDrawerOpen(true)}
          onOpenFinder={() => setFinderOpen(true)}
          onSignOut={onSignOut}
        />
        <div className={classes.side}>
          <Navigation entries={entries} label="主导航" />
        </div>
        <main className={classes.main} id="content" ref={main} tabIndex={-1}>
          <PaperContext value={paper}>{children}</PaperContext>
        </main>
        <Notice />
      </div>
      <NavigationDrawer opened={drawerOpen} onClose={() => setDrawerOpen(false)} entries={entries} />
      {finderOpen && (
        <Suspense fallback={null}>
          <Finder pages={entries} search={search} onClose={() => setFinderOpen(false)} />
        </Suspense>
      )}
    </TodayContext>
  )
}

/** Moves the focus to the page when the path changes, so that a screen reader begins there. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>) {
  const path = useLocation({ select: (it) => it.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    main.current?.focus({ preventScroll: true })
  }, [path, main])
}
