import { ruleBookLabels } from './labels.ts'
import type { RuleBook } from './results.ts'

/** The numbers of the 2014 edition that were compared with a copy; every other one follows a map and is still to be checked. */
const confirmedNumbers2014: readonly string[] = ['20', '33', '37']

/** Whether the number of an article in an edition was compared with its text. */
export const isNumberConfirmed = (article: string, ruleBook: RuleBook): boolean =>
  ruleBook === 'XZ-2026' || confirmedNumbers2014.includes(article)

/** How an article of the detailed rules is cited, in Chinese; a number that is still to be checked says so. */
export const citationOf = (article: string, ruleBook: RuleBook): string =>
  `${ruleBookLabels[ruleBook]}第${article}条${isNumberConfirmed(article, ruleBook) ? '' : '（条号待核实）'}`
