/**
 * Ids that were chosen on one page for another, kept in this window: hundreds of them have no room in an address. Where the browser keeps
 * nothing, there are none.
 */
export function keepChoice(name: string, ids: readonly string[]): void {
  try {
    window.sessionStorage.setItem(`choice.${name}`, JSON.stringify(ids))
  } catch {
    // Storage is full or switched off: the other page starts without a choice.
  }
}

/** The ids that were kept under a name. */
export function keptChoice(name: string): string[] {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(`choice.${name}`) ?? '[]')
    return Array.isArray(kept) ? kept.filter((it) => typeof it === 'string') : []
  } catch {
    return []
  }
}
