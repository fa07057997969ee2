/**
 * Keeps something in this window, so that it is there after the page was loaded anew; undefined forgets it. It is gone with the window, and
 * where the browser keeps nothing, nothing is kept.
 */
export function keepInWindow(key: string, value: unknown): void {
  try {
    if (value === undefined) window.sessionStorage.removeItem(key)
    else window.sessionStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Storage is full or switched off.
  }
}

/** What was kept under a key, as it was kept. */
export function keptInWindow<Value>(key: string): Value | undefined {
  try {
    const it = window.sessionStorage.getItem(key)
    return it === null ? undefined : JSON.parse(it)
  } catch {
    return undefined
  }
}
