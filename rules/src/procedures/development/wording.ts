import type { Act } from './facts.ts'
import { actLabels } from './labels.ts'
import type { FactUsed } from './results.ts'

/** The act with its day, as a fact to point at. */
export const factOf = (act: Act): FactUsed =>
  factIn(act, actLabels[act.kind], act.on === undefined ? '已完成，日期未记录' : act.on)

/** Another entry of the act: a second day, a figure, a name. */
export const factIn = (act: Act, label: string, value: string): FactUsed =>
  act.id === undefined ? { label, value, kind: act.kind } : { label, value, kind: act.kind, actId: act.id }
