import { Link, Navigate, Outlet } from '@tanstack/react-router'
import { useSession } from '../../session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import classes from '../../ui/TabLinks.module.css'

/** 系统: what the rights of the reader open, side by side. */
export function SystemPage() {
  const tabs = useTabs()
  return (
    <Page title="系统" lead="账号、三员、授权和操作记录；按职责分开，只显示您有权使用的部分。">
      <nav aria-label="系统的各部分" className={classes.tabs}>
        {tabs.map(({ to, label }) => (
          <Link key={to} to={to} className={classes.tab} activeOptions={{ includeSearch: false }}>
            {label}
          </Link>
        ))}
        <Link to="/about" className={classes.tab}>
          关于
        </Link>
      </nav>
      <Outlet />
    </Page>
  )
}

/** Leads to the first part that is open. */
export function SystemStart() {
  const [first] = useTabs()
  if (first) return <Navigate to={first.to} replace />
  return <EmptyState title="没有可用的部分">系统管理由三员和组织部分工负责。</EmptyState>
}

/** The journal comes first: it is what an auditor comes for, who alone may read it. */
const tabs = [
  { area: 'journal', to: '/system/journal', label: '操作记录' },
  { area: 'accounts', to: '/system/accounts', label: '账号' },
  { area: 'administrators', to: '/system/administrators', label: '三员' },
  { area: 'delegations', to: '/system/delegations', label: '授权' },
] as const

function useTabs() {
  const session = useSession()
  return tabs.filter((it) => session?.can.includes(it.area))
}
