import { keepInWindow, keptInWindow } from '../../keptInWindow.ts'
import type { NoticeDraft } from './noticeDraft.ts'

/** What was typed of a notice and not saved, and the tag of the draft over which it was typed. */
export interface Typed {
  draft: NoticeDraft
  etag: string | undefined
}

/** Keeps in this window what was typed, so that it is there after the page was loaded anew; undefined forgets it. */
export const keepTyped = (name: string, typed: Typed | undefined): void => keepInWindow(keyOf(name), typed)

/** What was kept under a name. */
export const typedBefore = (name: string): Typed | undefined => keptInWindow(keyOf(name))

const keyOf = (name: string) => `notice.${name}`
