import type { Day, Month } from '../../kernel/day.ts'
import type { Act } from './facts.ts'
import { actLabels } from './labels.ts'
import type { FactUsed } from './results.ts'

/** A day or month as it is written in an office: 2026年5月11日. */
export function dayWritten(day: Day | Month): string {
  const [year, month, date] = day.split('-')
  return date === undefined ? `${year}年${Number(month)}月` : `${year}年${Number(month)}月${Number(date)}日`
}

/** The act with its day, as a fact to point at. */
export const factOf = (act: Act): FactUsed =>
  factIn(act, actLabels[act.kind], act.on === undefined ? '已完成，日期未记录' : act.on)

/** Another entry of the act: a second day, a figure, a name. */
export const factIn = (act: Act, label: string, value: string): FactUsed =>
  act.id === undefined ? { label, value, kind: act.kind } : { label, value, kind: act.kind, actId: act.id }
