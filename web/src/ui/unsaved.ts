import { useEffect } from 'react'

/** How many forms on the page hold something that was typed and not sent. */
let touched = 0

/** Whether something would be lost by leaving the page. */
export const isUnsaved = (): boolean => touched > 0

/** Makes the browser ask before it leaves the page, while a form holds something that was typed and not sent. */
export function useUnsaved(isTouched: boolean): void {
  useEffect(() => {
    if (!isTouched) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    touched++
    return () => {
      window.removeEventListener('beforeunload', ask)
      touched--
    }
  }, [isTouched])
}
