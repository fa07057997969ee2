import { basisOf, type Explanation } from '../kernel/basis.ts'
import { addMonths, type Day, firstDayOf, type Month, monthOf } from '../kernel/day.ts'
import { inForceOrFirst } from '../kernel/regulation.ts'
import { duesRules } from '../regulations/dues-rules.ts'

/** A member's account of one month. A month without an account is a month without dues. */
export interface DuesMonth {
  month: Month
  dueFen: number
  paidFen: number
  /** Less or nothing is owed because the branch and the higher committee agreed to it (Art. 7). */
  waived?: boolean
}

export interface Arrears {
  /** Finished months for which nothing was paid, in order. */
  unpaid: readonly Month[]
  /** Finished months for which something was paid, but not all. They do not count as unpaid. */
  underpaid: readonly Month[]
  /** How many months in a row, up to the last finished one, are unpaid. */
  inARow: number
  /** The highest mark reached: a reminder at 1, 3 and 5 months; at 6 the organisation has to look into it. */
  mark: 0 | 1 | 3 | 5 | 6
  explanations: readonly Explanation[]
}

/** What a member owes on a day. The month in which the day lies is not finished and not counted. Nothing follows by itself: at 6 months the organisation decides. */
export function arrears(account: readonly DuesMonth[], on: Day): Arrears {
  const finished = account.filter((it) => it.month < monthOf(on) && !it.waived && it.paidFen < it.dueFen)
  const unpaid = finished
    .filter((it) => it.paidFen === 0)
    .map((it) => it.month)
    .sort()
  const underpaid = finished
    .filter((it) => it.paidFen > 0)
    .map((it) => it.month)
    .sort()
  const inARow = monthsInARow(new Set(unpaid), monthBefore(monthOf(on)))
  const mark = markOf(inARow, on)
  return { unpaid, underpaid, inARow, mark, explanations: mark === 0 ? [] : [explain(inARow, mark, on)] }
}

function monthsInARow(unpaid: ReadonlySet<Month>, last: Month): number {
  let count = 0
  for (let month = last; unpaid.has(month); month = monthBefore(month)) count++
  return count
}

const monthBefore = (month: Month): Month => monthOf(addMonths(firstDayOf(month), -1))

function markOf(inARow: number, on: Day): Arrears['mark'] {
  if (inARow >= inForceOrFirst(duesRules, '13', on).figures.withdrawalAfterMonths) return 6
  if (inARow >= 5) return 5
  if (inARow >= 3) return 3
  return inARow >= 1 ? 1 : 0
}

function explain(inARow: number, mark: Arrears['mark'], on: Day): Explanation {
  if (mark === 6) {
    return {
      text: `已连续 ${inARow} 个月未交党费，请支部了解原因并提请组织研究；系统不作任何处理`,
      basis: basisOf(duesRules, '13', on),
    }
  }
  const { usualMaxArrearsMonths } = inForceOrFirst(duesRules, '12', on).figures
  return {
    text: `已连续 ${inARow} 个月未交党费，请提醒本人补交；补交一般不得超过 ${usualMaxArrearsMonths} 个月`,
    basis: basisOf(duesRules, '12', on),
  }
}
