import { basisOf, type Explanation } from '../kernel/basis.ts'
import { addMonths, type Day, dayWritten, firstDayOf, type Month, monthOf } from '../kernel/day.ts'
import { inForceOrFirst } from '../kernel/regulation.ts'
import { duesNotice } from '../regulations/dues-notice.ts'
import { duesRules } from '../regulations/dues-rules.ts'

/**
 * How a member's dues are reckoned. `baseFen` is the monthly base in fen as fixed at the beginning of the year:
 * wage after tax (wage), pay received in the month (annualSalary), last quarter's monthly average (irregular), pension (retired).
 * `fixed`: students without wage, the unemployed, members on relief.
 */
export type DuesPayer = { kind: 'wage' | 'annualSalary' | 'irregular' | 'retired'; baseFen: number } | { kind: 'fixed' }

/** To which unit a month's dues are rounded, halves up. The rules say nothing of it; it is the university's setting. */
export type DuesRounding = 'fen' | 'jiao' | 'yuan'

export interface MonthlyDues {
  dueFen: number
  /** The rate on the whole base, where there is one. */
  perMille?: number
  /** What the rate yields, where that is more than the usual ceiling and therefore more than is due. */
  reckonedFen?: number
  explanations: readonly Explanation[]
}

/** The dues of one month. The rate of the bracket holds for the whole base. Throws a RangeError for a base that is not a whole, non-negative number of fen. */
export function monthlyDues(payer: DuesPayer, month: Month, rounding: DuesRounding = 'fen'): MonthlyDues {
  const on = firstDayOf(month)
  if (payer.kind === 'fixed') {
    const dueFen = inForceOrFirst(duesRules, '6', on).figures.studentFenPerMonth
    return { dueFen, explanations: [{ text: `每月定额 ${yuan(dueFen)} 元`, basis: basisOf(duesRules, '6', on) }] }
  }
  if (!Number.isSafeInteger(payer.baseFen) || payer.baseFen < 0)
    throw new RangeError('党费基数应为不小于零的整数（分）')

  const rateArticle = payer.kind === 'retired' ? '5' : '2'
  const perMille = payer.kind === 'retired' ? retiredRate(payer.baseFen, on) : wageRate(payer.baseFen, on)
  const reckonedFen = roundHalfUp(payer.baseFen * perMille, 1000, rounding)
  const explanations: Explanation[] = [
    { text: `以${baseNames[payer.kind]}为基数`, basis: basisOf(duesRules, baseArticles[payer.kind], on) },
    {
      text: `基数 ${yuan(payer.baseFen)} 元，全部基数按 ${perMille / 10}% 计算，为 ${yuan(reckonedFen)} 元`,
      basis: basisOf(duesRules, rateArticle, on),
    },
  ]
  const ceiling = ceilingFen(on)
  if (reckonedFen <= ceiling) return { dueFen: reckonedFen, perMille, explanations }
  explanations.push({
    text: `每月一般不超过 ${yuan(ceiling)} 元，超出部分由本人自愿`,
    basis: basisOf(duesNotice, '1', on),
  })
  return { dueFen: ceiling, perMille, reckonedFen, explanations }
}

/** The first month for which a probationary member pays: that of the assembly's vote, not of the approval (Art. 8). */
export function firstDuesMonth(assemblyOn: Day): { month: Month; explanations: readonly Explanation[] } {
  return {
    month: monthOf(assemblyOn),
    explanations: [
      {
        text: `${dayWritten(assemblyOn)}支部党员大会通过，从当月起交纳党费`,
        basis: basisOf(duesRules, '8', assemblyOn),
      },
    ],
  }
}

/** The first month for which the receiving branch collects, after a letter that says until which month dues were paid. */
export const firstMonthAfterTransfer = (paidUntil: Month): Month => monthOf(addMonths(firstDayOf(paidUntil), 1))

/** What to do with what is paid beyond the dues, where it is a large payment: a single voluntary payment of 1000 yuan or more (Art. 11). */
export function largePayment(voluntaryFen: number, on: Day): Explanation | undefined {
  const { largePaymentYuan } = inForceOrFirst(duesRules, '11', on).figures
  if (voluntaryFen < largePaymentYuan * 100) return undefined
  return {
    text: `一次自愿多交 ${yuan(voluntaryFen)} 元，达到 ${largePaymentYuan} 元，按大额党费上缴中央，由中央组织部给本人收据`,
    basis: basisOf(duesRules, '11', on),
  }
}

/** The words of the base and its article, by payer. */
const baseNames = {
  wage: '每月相对固定的税后工资收入',
  annualSalary: '当月实际领取的薪酬',
  irregular: '上季度月平均纯收入',
  retired: '实际领取的离退休费或者养老金',
} as const
const baseArticles = { wage: '1', annualSalary: '3', irregular: '4', retired: '5' } as const

function wageRate(baseFen: number, on: Day): number {
  const it = inForceOrFirst(duesRules, '2', on).figures
  if (baseFen <= it.firstUntilYuan * 100) return it.firstPerMille
  if (baseFen <= it.secondUntilYuan * 100) return it.secondPerMille
  return baseFen <= it.thirdUntilYuan * 100 ? it.thirdPerMille : it.fourthPerMille
}

function retiredRate(baseFen: number, on: Day): number {
  const it = inForceOrFirst(duesRules, '5', on).figures
  return baseFen <= it.firstUntilYuan * 100 ? it.firstPerMille : it.secondPerMille
}

/** The usual ceiling of a month; none before the notice that set it. */
function ceilingFen(on: Day): number {
  const [version] = duesNotice.articles['1']
  return on < version.from ? Number.POSITIVE_INFINITY : version.figures.usualMaxYuanPerMonth * 100
}

/** `dividend / divisor` fen, rounded half up to the unit, in whole numbers throughout. */
function roundHalfUp(dividend: number, divisor: number, rounding: DuesRounding): number {
  const unit = { fen: 1, jiao: 10, yuan: 100 }[rounding]
  return Math.floor((2 * dividend + divisor * unit) / (2 * divisor * unit)) * unit
}

const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
