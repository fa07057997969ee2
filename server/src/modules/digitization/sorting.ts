import { titlesOfPaper } from '@zhibu/rules'
import { splitStack } from '../../platform/recognition/splitting.ts'
import { type CoverSubject, readCoverCode } from './cover-schema.ts'

/** A page of a stack as it was read. */
export interface PageRead {
  /** Over the whole stack, from 1. */
  number: number
  fileId: string
  /** How many pages its file has. */
  filePageCount: number
  codes: readonly string[]
  isBlank: boolean
  /** Whether it is a paper itself, although the code of a cover stands on it. */
  isPaper?: boolean
  lines: readonly string[]
  /** Whether the file brought the text along, so that there was no paper. */
  isElectronic: boolean
}

/** Pages that belong together. */
export interface SortedPart {
  /** What the cover sheet before them says. */
  cover?: CoverSubject
  pages: readonly PageRead[]
  /** The cover sheet and its back; none where its code stands on a page of the paper itself. */
  leftOut: readonly PageRead[]
}

/**
 * Splits a stack, its pages in their order, into what belongs together: behind each cover sheet one part; where there is none, a
 * page with a title begins one, and so does a file of several pages. Photos, files of one page, go on where the file before ended:
 * nothing of a file of several pages comes under the cover sheet of another file, unless that ends with the cover sheet.
 */
export function sortStack(pages: readonly PageRead[]): SortedPart[] {
  return runsOf(pages).flatMap((run) =>
    splitStack(run, isCover).flatMap(({ code, pages: inside, coverPages }): SortedPart[] => {
      const these = inside.flatMap((at) => run[at] ?? [])
      const leftOut = coverPages.flatMap((at) => run[at] ?? [])
      const cover = code === undefined ? undefined : readCoverCode(code)
      return cover === undefined
        ? byTitles(these).map((some) => ({ pages: some, leftOut: [] }))
        : [{ cover, pages: these, leftOut }]
    }),
  )
}

const isCover = (code: string): boolean => readCoverCode(code) !== undefined

/** Stretches of the stack over which a cover sheet may reach. */
function runsOf(pages: readonly PageRead[]): PageRead[][] {
  const runs: PageRead[][] = []
  for (const page of pages) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    const isSameRun =
      before !== undefined &&
      (before.fileId === page.fileId || (before.filePageCount === 1 && page.filePageCount === 1) || endsWithCover(run))
    if (run && isSameRun) run.push(page)
    else runs.push([page])
  }
  return runs
}

function endsWithCover(run: readonly PageRead[] = []): boolean {
  const last = splitStack(run, isCover).at(-1)
  return last?.code !== undefined && last.pages.length === 0
}

/** Pages without a cover sheet, in documents: a page with a title begins one. */
export function byTitles(pages: readonly PageRead[]): PageRead[][] {
  const parts: PageRead[][] = []
  for (const page of pages) {
    const part = parts.at(-1)
    if (part && !beginsPaper(page)) part.push(page)
    else parts.push([page])
  }
  return parts
}

/** The phrase with which letters begin that have no title stands on later pages of forms, too. */
const beginsPaper = ({ lines }: PageRead): boolean =>
  titlesOfPaper(lines).some(({ words }) => !words.some((it) => it.startsWith('我')))
