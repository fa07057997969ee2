import type { Box, Turn } from './pageTurns.ts'

/** Pages and how to get at their pictures. Pages count from 0. */
export interface PagesDocument {
  kind: 'pages'
  /** In any unit: only the shape counts. */
  pages: readonly { width: number; height: number }[]
  /** The address of a picture of a page, so many pixels wide after turning. */
  pictureUrl: (page: number, width: number, turn: Turn) => string
  /** The lines of text of a page, to be selected and read aloud; where the text is known. */
  linesOf?: (page: number) => readonly { text: string; box: Box }[] | undefined
}

/** A place on a page that is pointed out, and what it is. */
export interface PageMark {
  /** From 0. */
  page: number
  box: Box
  label: string
}

/** What a key does while pages are looked at. */
export interface ViewActions {
  goTo: (page: number) => void
  zoomBy: (step: 1 | -1) => void
  fit: () => void
  turn: () => void
}

/** The action of a key; undefined where it has none. */
export function actionOf(key: string, actions: ViewActions, current: number, count: number): (() => void) | undefined {
  switch (key) {
    case 'PageDown':
      return () => actions.goTo(current + 1)
    case 'PageUp':
      return () => actions.goTo(current - 1)
    case 'Home':
      return () => actions.goTo(0)
    case 'End':
      return () => actions.goTo(count - 1)
    case '+':
    case '=':
      return () => actions.zoomBy(1)
    case '-':
      return () => actions.zoomBy(-1)
    case '0':
      return actions.fit
    case 'r':
      return actions.turn
    default:
      return undefined
  }
}

/** Pages, rows and columns have no other name than their number. */
export const numbered = (what: string, at: number): string => `${what} ${at}`
