import { Menu } from '@mantine/core'
import { IconChevronDown, IconLogout, IconMenu2, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Session } from '../session.ts'
import { SchemeSwitch } from './SchemeSwitch.tsx'
import classes from './TopBar.module.css'

interface Props {
  session: Session
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
      <button type="button" className={classes.search} onClick={onOpenFinder} aria-keyshortcuts="Control+K">
        <IconSearch size={18} stroke={1.6} aria-hidden />
        <span className={classes.searchText}>搜索人员、页面、操作</span>
        <span className={classes.keys} aria-hidden="true">
          Ctrl K
        </span>
      </button>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <button type="button" className={classes.account}>
            <span className={classes.person}>
              <span className={classes.name}>{session.name}</span>
              <span className={classes.office}>{officesInShort(session.offices)}</span>
            </span>
            <IconChevronDown size={16} stroke={1.6} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {session.offices.length > 0 && (
            <>
              <Menu.Label>现任职务</Menu.Label>
              <ul className={classes.offices}>
                {session.offices.map((it) => (
                  <li key={it}>{it}</li>
                ))}
              </ul>
              <Menu.Divider />
            </>
          )}
          <div className={classes.scheme}>
            <SchemeSwitch />
          </div>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={18} stroke={1.6} aria-hidden />} onClick={onSignOut}>
            退出登录
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  )
}

function officesInShort(offices: readonly string[]): string {
  const [first, ...others] = offices
  if (first === undefined) return '未任职'
  return others.length === 0 ? first : `${first} 等 ${offices.length} 项职务`
}
