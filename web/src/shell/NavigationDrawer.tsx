import { IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { Navigation } from './Navigation.tsx'
import classes from './NavigationDrawer.module.css'
import type { NavigationEntry } from './navigation.ts'
import { SchemeSwitch } from './SchemeSwitch.tsx'
import topBar from './TopBar.module.css'

interface Props {
  opened: boolean
  onClose: () => void
  entries: readonly NavigationEntry[]
}

/** The navigation on a phone. The browser's own dialog keeps the focus inside and closes on Escape. */
export function NavigationDrawer({ opened, onClose, entries }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (opened) dialog.current?.showModal()
    else dialog.current?.close()
  }, [opened])
  return (
    <dialog ref={dialog} className={classes.drawer} aria-label="导航" onClose={onClose}>
      <div className={classes.close}>
        <button type="button" className={topBar.button} onClick={onClose} aria-label="关闭导航">
          <IconX size={22} stroke={1.6} aria-hidden />
        </button>
      </div>
      <Navigation entries={entries} label="手机导航" onFollow={onClose} />
      <SchemeSwitch />
    </dialog>
  )
}
