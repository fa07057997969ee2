import type { ArticleChange } from '@zhibu/server/modules/publicity/schema'
import { keepInWindow, keptInWindow } from '../../keptInWindow.ts'

/** What was typed of an article and did not reach the server, and the tag over which it was typed. */
export interface Typed {
  draft: ArticleChange
  etag: string
}

/** Keeps in this window what did not reach the server, so that it is there after the page was loaded anew; undefined forgets it. */
export function keepTyped(name: string, typed: Typed | undefined): void {
  keepInWindow(`article.${name}`, typed)
}

/** What was kept under a name. */
export const typedBefore = (name: string): Typed | undefined => keptInWindow(`article.${name}`)

/** Keeps what a Word document could not bring along until the page of the article has shown it. */
export const keepRemarks = (articleId: string, remarks: readonly string[]): void =>
  keepInWindow(`article.import.${articleId}`, remarks.length > 0 ? remarks : undefined)

export const remarksBefore = (articleId: string): string[] => keptInWindow(`article.import.${articleId}`) ?? []
