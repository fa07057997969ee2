/** A page of a stack of paper, as far as its splitting needs it. */
export interface StackPage {
  /** The texts of the codes on it. */
  codes: readonly string[]
  isBlank: boolean
  /** Whether it is a paper itself, whatever code stands on it. */
  isPaper?: boolean
}

/** A part of a stack: the pages that belong together, counted from 0 in the stack. */
export interface StackPart {
  /** The code of the cover sheet that began it; absent for what lies before the first cover. */
  code?: string
  pages: readonly number[]
  /** The cover sheet and its blank back, which belong to no document; none where the code stands on the first page of the paper itself. */
  coverPages: readonly number[]
}

/**
 * Splits a stack into documents: a cover sheet, a page with one code that `isCover` knows, begins one and is not part of it.
 * The blank page right behind a cover is its back, where paper is scanned on both sides, and is dropped; other blank pages stay,
 * for they may be the back of a page. What lies before the first cover is a part without a code. A cover with nothing behind it
 * is a part without pages. A paper that carries such a code begins a part, too, and belongs to it. A page with two different such codes is a photograph of two covers: it begins nothing and stays where it lies.
 */
export function splitStack(stack: readonly StackPage[], isCover: (code: string) => boolean): StackPart[] {
  const parts: { code?: string; pages: number[]; coverPages: number[] }[] = []
  let isBehindCover = false
  for (const [at, page] of stack.entries()) {
    const last = parts.at(-1)
    const [code, ...more] = new Set(page.codes.filter(isCover))
    const isCoded = code !== undefined && more.length === 0
    const isCoverSheet = isCoded && !page.isPaper
    const isBehindSame = last?.code === code && last?.pages.length === 0
    if (isBehindCover && page.isBlank && !isCoded) last?.coverPages.push(at)
    // The same cover on both sides of its sheet, or scanned twice.
    else if (isCoverSheet && isBehindSame) last?.coverPages.push(at)
    else if (isCoverSheet) parts.push({ code, pages: [], coverPages: [at] })
    else if (isCoded && !isBehindSame) parts.push({ code, pages: [at], coverPages: [] })
    else if (last === undefined) parts.push({ pages: [at], coverPages: [] })
    else last.pages.push(at)
    isBehindCover = isCoverSheet
  }
  return parts
}
