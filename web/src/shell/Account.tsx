import { Button, Popover } from '@mantine/core'
import { IconBook, IconChevronDown, IconLogout, IconShieldLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Viewer } from '../session.ts'
import classes from './Account.module.css'
import { SchemeSwitch } from './SchemeSwitch.tsx'

interface Props {
  session: Viewer
  onSignOut: () => void
}

/** Who is signed in, with which offices; behind it the colour scheme and the way out. */
export function Account({ session, onSignOut }: Props) {
  const { name, offices } = session
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.account} onClick={() => setIsOpen(!isOpen)}>
          <span className={classes.person}>
            <span className={classes.name}>{name}</span>
            <span className={classes.office}>{inShort(session)}</span>
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
                  <li key={it.title}>{it.title}</li>
                ))}
              </ul>
            </div>
          )}
          <SchemeSwitch />
          <Button
            component={Link}
            to="/account"
            variant="default"
            leftSection={<IconShieldLock size={18} stroke={1.6} aria-hidden />}
            onClick={() => setIsOpen(false)}
            fullWidth
          >
            本人账号
          </Button>
          <Button
            component={Link}
            to="/manual"
            variant="default"
            leftSection={<IconBook size={18} stroke={1.6} aria-hidden />}
            onClick={() => setIsOpen(false)}
            fullWidth
          >
            使用手册
          </Button>
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

function inShort({ offices, administrator }: Viewer): string {
  if (administrator) return administrator.label
  const [first, ...others] = offices
  if (first === undefined) return '未任职'
  return others.length === 0 ? first.title : `${first.title} 等 ${offices.length} 项职务`
}
