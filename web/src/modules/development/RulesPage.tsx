import { Link, Outlet } from '@tanstack/react-router'
import { Page } from '../../ui/Page.tsx'
import classes from '../../ui/TabLinks.module.css'

/** 规则: what the platform applies, where it stands, and what the university has settled for itself. */
export function RulesPage() {
  return (
    <Page
      title="规则"
      lead="系统推算期限、核对材料所用的条文、数字和工作日，每一项都注明出处和最近核对的日期。条文为要点，以正式文件为准。"
    >
      <nav aria-label="规则的各部分" className={`${classes.tabs} no-print`}>
        {tabs.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            className={classes.tab}
            activeOptions={{ exact: to === '/rules', includeSearch: false }}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Outlet />
    </Page>
  )
}

const tabs = [
  { to: '/rules', label: '发展党员工作细则' },
  { to: '/rules/sources', label: '其他依据' },
  { to: '/rules/filing', label: '归档清单' },
  { to: '/rules/filing-settings', label: '归档清单设置' },
  { to: '/rules/practice', label: '本校规定' },
  { to: '/rules/calendar', label: '工作日历' },
] as const
