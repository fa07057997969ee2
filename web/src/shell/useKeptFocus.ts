import { type RefObject, useEffect } from 'react'

/** The elements around one that has the focus, from within outwards, and which child of each leads to it. */
type Place = readonly { around: Element; at: number }[]

/**
 * Keeps the focus on the page when what had it is taken away: a button that was pressed, a row that was settled, a step that
 * was replaced. The focus goes to what stands in its place, or to what is around it, so that the keyboard goes on from there.
 */
export function useKeptFocus(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: Element | undefined
    let place: Place = []
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || !page.current?.contains(target)) return
      last = target
      place = placeOf(target, page.current)
    }
    // Who leaves an element of their own accord needs no help; one that is switched off while it works comes back.
    const forget = ({ target, relatedTarget }: FocusEvent) =>
      queueMicrotask(() => {
        if (relatedTarget === null && target === last && last?.isConnected && !last.matches(':disabled'))
          last = undefined
      })
    const mend = () => {
      if (last === undefined || last.isConnected || document.activeElement !== document.body) return
      const left = place.find(({ around }) => around.isConnected)
      if (left) focusOn(left.around.children[left.at] ?? left.around.lastElementChild ?? left.around)
    }
    const observer = new MutationObserver(mend)
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', remember)
    document.addEventListener('focusout', forget)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', remember)
      document.removeEventListener('focusout', forget)
    }
  }, [page])
}

function placeOf(it: Element, page: Element): Place {
  const place: { around: Element; at: number }[] = []
  for (let inner = it; inner !== page && inner.parentElement; inner = inner.parentElement) {
    place.push({ around: inner.parentElement, at: [...inner.parentElement.children].indexOf(inner) })
  }
  return place
}

function focusOn(it: Element): void {
  if (!(it instanceof HTMLElement)) return
  it.focus({ preventScroll: true })
  if (document.activeElement === it) return
  it.tabIndex = -1
  it.focus({ preventScroll: true })
}
