import { Button, Popover } from '@mantine/core'
import { IconChevronDown, IconLogout } from '@tabler/icons-react'
import type { Session } from '../session.ts'
import classes from './Account.module.css'
import { SchemeSwitch } from './SchemeSwitch.tsx'

interface Props {
  session: Session
  onSignOut: () => void
}

/** Who is signed in, with which offices; behind it the colour scheme and the way out. */
export function Account({ session: { name, offices }, onSignOut }: Props) {
  return (
    <Popover position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.account}>
          <span className={classes.person}>
            <span className={classes.name}>{name}</span>
            <span className={classes.office}>{inShort(offices)}</span>
          </span>
          <IconChevronDown size={16} stroke={1.6} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="账号">
        <div className={classes.card}>
          {offices.length > 0 && (
            <div>
              <p className={classes.heading}>现任职务</p>
              <ul className={classes.offices}>
                {offices.map((it) => (
                  <li key={it}>{it}</li>
                ))}
              </ul>
            </div>
          )}
          <SchemeSwitch />
          <Button
            variant="default"
            leftSection={<IconLogout size={18} stroke={1.6} aria-hidden />}
            onClick={onSignOut}
            fullWidth
          >
            退出登录
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function inShort(offices: readonly string[]): string {
  const [first, ...others] = offices
  if (first === undefined) return '未任职'
  return others.length === 0 ? first : `${first} 等 ${offices.length} 项职务`
}
