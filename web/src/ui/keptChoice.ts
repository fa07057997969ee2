import { keepInWindow, keptInWindow } from '../keptInWindow.ts'

/**
 * Ids that were chosen on one page for another, kept in this window: hundreds of them have no room in an address. Where the browser keeps
 * nothing, there are none.
 */
export const keepChoice = (name: string, ids: readonly string[]): void => keepInWindow(`choice.${name}`, ids)

/** The ids that were kept under a name. */
export function keptChoice(name: string): string[] {
  const kept = keptInWindow(`choice.${name}`)
  return Array.isArray(kept) ? kept.filter((it) => typeof it === 'string') : []
}
