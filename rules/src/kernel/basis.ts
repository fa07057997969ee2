import type { Day } from './day.ts'
import { inForceOrFirst, type Regulation } from './regulation.ts'

/** Where a result comes from: an article of a regulation, ready to be read and to be linked. */
export interface Basis {
  /** The id of the regulation, such as "ZB-2018". */
  regulation: string
  article: string
  /** In Chinese, such as “《支部工作条例》第 11 条”. */
  cited: string
  /** True where the article has not been compared with the official text yet; a screen says so. */
  toVerify: boolean
}

/** A sentence in Chinese and the article on which it rests; without an article it is practice or a setting. */
export interface Explanation {
  text: string
  basis?: Basis
}

/** The basis a result names when it rests on this article. */
export function basisOf<R extends Regulation>(regulation: R, article: keyof R['articles'] & string, on: Day): Basis {
  return {
    regulation: regulation.id,
    article,
    cited: `${regulation.shortTitle}${articleLabel(article)}`,
    toVerify: inForceOrFirst(regulation, article, on).checked === 'toVerify',
  }
}

/** How an article is called in Chinese: by its number, or by its topic with the remark that the number is still to be found. */
const articleLabel = (article: string): string =>
  /^\d+$/.test(article) ? `第 ${article} 条` : `${article}（条款号待核实）`
