import type { ArticleChange } from '@zhibu/server/modules/publicity/schema'

/** What was typed of an article and did not reach the server, and the tag over which it was typed. */
export interface Typed {
  draft: ArticleChange
  etag: string
}

/** Keeps in this window what did not reach the server, so that it is there after the page was loaded anew; undefined forgets it. */
export function keepTyped(name: string, typed: Typed | undefined): void {
  keep(`article.${name}`, typed)
}

/** What was kept under a name. Only pages of this version write there. */
export const typedBefore = (name: string): Typed | undefined => kept(`article.${name}`)

/** Keeps what a Word document could not bring along until the page of the article has shown it. */
export const keepRemarks = (articleId: string, remarks: readonly string[]): void =>
  keep(`article.import.${articleId}`, remarks.length > 0 ? remarks : undefined)

export const remarksBefore = (articleId: string): string[] => kept(`article.import.${articleId}`) ?? []

function keep(key: string, value: unknown): void {
  try {
    if (value === undefined) window.sessionStorage.removeItem(key)
    else window.sessionStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Storage is full or switched off: the browser still asks before the page is left.
  }
}

function kept<Value>(key: string): Value | undefined {
  try {
    const it = window.sessionStorage.getItem(key)
    return it === null ? undefined : JSON.parse(it)
  } catch {
    return undefined
  }
}
