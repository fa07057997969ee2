import { type FigureName, figureNames } from '@zhibu/rules'
import { z } from 'zod'
import { day } from '../../platform/wire.ts'
import { text, writtenLine } from './act-schema.ts'

/** What crosses the wire to settle what the rules are applied with. */

const whole = z.number().int('请填写整数').min(0, '请填写 0 或正整数').max(3660)

/** Months, persons and hours are counted in whole numbers; only a share of the votes is a fraction. */
const areCountable = (stricter: Partial<Record<FigureName, number>>): boolean =>
  figureNames.every((it) => it.endsWith('Share') || Number.isInteger(stricter[it] ?? 0))

/** What the university has settled for itself; what is looser than the national rule is refused by the rules. */
export const localPractice = z.object({
  activistClockStart: z.enum(['committeeDecision', 'filingReply']),
  approvalClockStart: z.enum(['submitted', 'assembly']),
  publicity: z.object({ countFirstDay: z.boolean() }),
  review: z.object({ graceDays: whole }),
  thoughtReport: z.object({ minGapDays: whole, everyMonths: whole }),
  applicationToActivistMonths: whole,
  recommendationValidMonths: whole,
  activistTrainingHours: whole,
  notices: z.object({ activist: whole, admission: whole, confirmation: whole }),
  attendance: z.object({ numerator: whole.min(1), denominator: whole.min(1) }).exactOptional(),
  confirmationRequest: z.object({ earliestDaysBefore: whole, latestMonthsAfter: whole }),
  confirmationAssemblyWithinMonths: whole,
  probationReviewEveryMonths: whole,
  probationEndStyle: z.enum(['sameDay', 'dayBefore', 'either']),
  canApproveProbationary: z.boolean(),
  generalBranchDeliberates: z.boolean(),
  stricter: z
    .partialRecord(z.enum(figureNames), z.number().min(0).max(3660))
    .refine(areCountable, '期限、人数、学时请填写整数'),
})

/** A year's table of working days: days off and worked weekends, each with the name of the holiday. */
export const workingYear = z.object({
  year: z.number().int().min(2000).max(2100),
  holidays: z.record(day, text.min(1, '请填写节日名称')),
  makeUpDays: z.record(day, text.min(1, '请填写节日名称')),
  /** The notice from which the table was taken. */
  source: writtenLine.min(2, '请填写来源，如通知的文号').max(200),
})
export type WorkingYear = z.infer<typeof workingYear>

export const workingYearChange = workingYear.omit({ year: true })
export type WorkingYearChange = z.infer<typeof workingYearChange>
