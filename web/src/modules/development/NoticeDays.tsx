import { addDays, workingDays } from '@zhibu/rules'
import { settingFrom } from '@zhibu/server/modules/development/schema'
import classes from './ActDialog.module.css'
import type { FieldProps } from './actDraft.ts'

/** How many working days a public notice has lasted, counted as the university counts. */
export function NoticeDays({ draft: { on, endedOn }, file }: FieldProps) {
  if (on === undefined || endedOn === undefined || endedOn < on) return null
  const { calendar, practice } = settingFrom(file.setting)
  const isFirstCounted = practice.publicity.countFirstDay
  const { count, provisional } = workingDays(calendar, isFirstCounted ? on : addDays(on, 1), endedOn)
  return (
    <p className={classes.hint} aria-live="polite">
      共 {count} 个工作日（公示当日{isFirstCounted ? '计入' : '不计'}，已除去周末和节假日，计入调休上班日）
      {provisional && '；其中有年份的放假安排尚未公布，结果待定'}。
    </p>
  )
}
