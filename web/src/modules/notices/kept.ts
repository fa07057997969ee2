import type { NoticeDraft } from './noticeDraft.ts'

/** What was typed of a notice and not saved, and the tag of the draft over which it was typed. */
export interface Typed {
  draft: NoticeDraft
  etag: string | undefined
}

/** Keeps in this window what was typed, so that it is there after the page was loaded anew; undefined forgets it. */
export function keepTyped(name: string, typed: Typed | undefined): void {
  try {
    if (typed === undefined) window.sessionStorage.removeItem(keyOf(name))
    else window.sessionStorage.setItem(keyOf(name), JSON.stringify(typed))
  } catch {
    // Storage is full or switched off: the browser still asks before the page is left.
  }
}

/** What was kept under a name. Only pages of this version write there. */
export function typedBefore(name: string): Typed | undefined {
  try {
    const kept = window.sessionStorage.getItem(keyOf(name))
    return kept === null ? undefined : JSON.parse(kept)
  } catch {
    return undefined
  }
}

const keyOf = (name: string) => `notice.${name}`
