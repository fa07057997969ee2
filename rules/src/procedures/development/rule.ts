import { addMonths, compareToMonthsAfter, type Day, dayWritten } from '../../kernel/day.ts'
import type { RecruitmentArticle } from '../../regulations/recruitment-rules.ts'
import type { Dossier } from './dossier.ts'
import type { Act } from './facts.ts'
import { actLabels } from './labels.ts'
import type { FactUsed, Severity } from './results.ts'
import { factIn, factOf } from './wording.ts'

/** One row of the catalogue of contradictions. */
export interface Rule {
  /** T01–T60; `order` for a pair of the canonical order that has no number; P… for a local rule. */
  rule: string
  /** The article, numbered as in 2026; absent where the rule is practice without an article. */
  article?: RecruitmentArticle
  severity: Severity
  /** The rule is new in 2026: acts in the first weeks of the revision are warned about, not failed. */
  newIn2026?: true
  find: (dossier: Dossier) => Clash | readonly Clash[] | undefined
}

/** What a rule found, before it is cited. */
export interface Clash {
  /** The day of the act that is judged; it chooses the rule book. */
  judgedOn: Day
  /** Where it differs from the rule's own. */
  severity?: Severity
  message: string
  facts: readonly FactUsed[]
  provisional?: boolean
}

/** How to mend a wrong day. It asks for the reason, never for a new paper with an old date. */
export const checkDays = '请对照原件：录错的更正，属实的写明原因'

/** A clash where both acts have days and the first took place before the other. */
export function tooEarly(act: Act | undefined, other: Act | undefined, ought: string): Clash | undefined {
  if (act?.on === undefined || other?.on === undefined || act.on >= other.on) return undefined
  return {
    judgedOn: act.on,
    message: `“${actLabels[act.kind]}”（${dayWritten(act.on)}）早于“${actLabels[other.kind]}”（${dayWritten(other.on)}）。${ought}。${checkDays}。`,
    facts: [factOf(act), factOf(other)],
  }
}

/** A clash where both acts have days and the first took place after the other. */
export function tooLate(act: Act | undefined, other: Act | undefined, ought: string): Clash | undefined {
  if (act?.on === undefined || other?.on === undefined || act.on <= other.on) return undefined
  return {
    judgedOn: act.on,
    message: `“${actLabels[act.kind]}”（${dayWritten(act.on)}）晚于“${actLabels[other.kind]}”（${dayWritten(other.on)}）。${ought}。${checkDays}。`,
    facts: [factOf(act), factOf(other)],
  }
}

/** From when a time counts. */
export interface Start {
  on: Day
  fact: FactUsed
  /** How it was counted. */
  remark?: string
}

/**
 * A clash where the act took place more than so many months after a day; the last day itself is in time.
 * `limit` is what the time is called where it is not a plain one.
 */
export function overMonths(
  act: Act & { on: Day },
  start: Start,
  months: number,
  limit: '期限' | '一般期限' | '最长期限' = '期限',
): Clash | undefined {
  if (compareToMonthsAfter(act.on, start.on, months) <= 0) return undefined
  const last = addMonths(start.on, months)
  const remark = start.remark === undefined ? '' : `（${start.remark}）`
  return {
    judgedOn: act.on,
    message: `“${actLabels[act.kind]}”（${dayWritten(act.on)}）超过${limit}：自“${start.fact.label}”（${dayWritten(start.on)}）起${months}个月内，最迟${dayWritten(last)}${remark}。${checkDays}。`,
    facts: [factOf(act), start.fact],
  }
}

/** A rule over each of the acts that may be repeated; the check is made once and keeps nothing of a file. */
export const forEach =
  <A extends Act>(actsOf: (dossier: Dossier) => readonly A[], check: (act: A, dossier: Dossier) => Clash | undefined) =>
  (dossier: Dossier): readonly Clash[] | undefined => {
    let found: Clash[] | undefined
    for (const act of actsOf(dossier)) {
      const clash = check(act, dossier)
      if (clash === undefined) continue
      found ??= []
      found.push(clash)
    }
    return found
  }

/** Another day written in the act that stands before or after a third one, told as one clash. */
export const clashIn = (
  act: Act,
  judgedOn: Day,
  entries: readonly (readonly [label: string, value: string])[],
  others: readonly Act[],
  message: string,
): Clash => ({
  judgedOn,
  message,
  facts: [...entries.map(([label, value]) => factIn(act, label, value)), ...others.map(factOf)],
})
