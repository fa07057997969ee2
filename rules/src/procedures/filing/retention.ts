import { basisOf } from '../../kernel/basis.ts'
import { filingPeriods } from '../../regulations/filing-periods.ts'
import { personnelFiles } from '../../regulations/personnel-files.ts'

/** How long papers are kept. Nothing is deleted by itself when a period ends. */
export const retentionPeriods = ['personnelFile', 'permanent', 'years30', 'years10'] as const
export type RetentionPeriod = (typeof retentionPeriods)[number]

/** How long the papers of a place are kept, and who says so. */
export interface Retention {
  period: RetentionPeriod
  /** In Chinese, as it is cited. */
  source: string
  /** The class was not compared with an official text; the university's own table decides. */
  toVerify: boolean
}

/** With the personnel file, as long as that is kept. */
export const withPersonnelFile: Retention = kept('personnelFile')
export const permanently: Retention = kept('permanent')
export const thirtyYears: Retention = kept('years30')
export const tenYears: Retention = kept('years10')

/** The period that a university has fixed in its own table. */
export const byOwnTable = (period: RetentionPeriod): Retention => ({
  period,
  source: '本校归档范围和保管期限表',
  toVerify: false,
})

function kept(period: RetentionPeriod): Retention {
  const { cited, toVerify } =
    period === 'personnelFile'
      ? basisOf(personnelFiles, '党团材料', personnelFiles.checkedOn)
      : basisOf(filingPeriods, '保管期限', filingPeriods.checkedOn)
  return { period, source: cited, toVerify }
}
