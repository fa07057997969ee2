import { type ShouldBlockFn, useBlocker } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense, useEffect } from 'react'
import { useIsLost } from '../ui/unsaved.ts'
import type { LeavingDialogProps } from './LeavingDialog.tsx'

/** Asks before a link or the way back takes away a page on which something was typed and not sent. */
export function Leaving() {
  const isLost = useIsLost()
  useEffect(() => (isLost ? watchActs() : undefined), [isLost])
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isLeaving,
    disabled: !isLost,
    // The forms themselves let the browser ask.
    enableBeforeUnload: false,
    withResolver: true,
  })
  if (!isLost) return null
  return (
    <Suspense>
      <LeavingDialog isOpen={status === 'blocked'} onLeave={() => proceed?.()} onStay={() => reset?.()} />
    </Suspense>
  )
}

/** Fetched with the first thing that is typed; where it cannot be fetched, the browser asks. */
const LeavingDialog = lazy<ComponentType<LeavingDialogProps>>(() =>
  import('./LeavingDialog.tsx').then(
    (it) => ({ default: it.LeavingDialog }),
    () => ({ default: AskedByBrowser }),
  ),
)

function AskedByBrowser({ isOpen, onLeave, onStay }: LeavingDialogProps): null {
  useEffect(() => {
    if (!isOpen) return
    if (window.confirm('这一页填写的内容还没有保存或提交，离开以后就没有了。要离开吗？')) onLeave()
    else onStay()
  })
  return null
}

/** What in an address puts another part of the same page in place of a form. */
const parts = ['list', 'post']

const isLeaving: ShouldBlockFn = ({ current, next, action }) => {
  // What a form does after it was sent, or when it is given up by its own button, is not asked about.
  if ((action === 'PUSH' || action === 'REPLACE') && !isActed) return false
  const partsOf = (search: object) => JSON.stringify(Object.entries(search).filter(([key]) => parts.includes(key)))
  return current.pathname !== next.pathname || partsOf(current.search) !== partsOf(next.search)
}

/** Whether the reader is clicking or pressing Enter somewhere but on a button just now: a link, a row, a hit of the search. */
let isActed = false

function watchActs(): () => void {
  const act = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key !== 'Enter') return
    if (event.target instanceof Element && event.target.closest('button')) return
    isActed = true
    setTimeout(() => {
      isActed = false
    })
  }
  window.addEventListener('click', act, true)
  window.addEventListener('keydown', act, true)
  return () => {
    window.removeEventListener('click', act, true)
    window.removeEventListener('keydown', act, true)
    isActed = false
  }
}
