import { addDays, addYears, type Day } from '../../kernel/day.ts'
import type { Dossier } from './dossier.ts'
import type { ConfirmationAssembly } from './facts.ts'
import type { FactUsed } from './results.ts'
import { isDated } from './rule.ts'
import { articleOn, type Setting } from './setting.ts'
import { factIn, factOf } from './wording.ts'

/** The end of a probation and where it comes from. */
export interface ProbationEnd {
  /** The first day on which the person may be a full member. */
  on: Day
  facts: readonly FactUsed[]
  /** Set where the probation was extended. */
  extension?: ConfirmationAssembly
}

/** The end without any extension: the assembly's day and the years of Art. 31; undefined where the assembly's day is not recorded. */
export function firstProbationEnd({ admissionAssembly: assembly, setting }: Dossier): ProbationEnd | undefined {
  if (!isDated(assembly)) return undefined
  return { on: addYears(assembly.on, yearsOf(setting, assembly.on)), facts: [factOf(assembly)] }
}

/**
 * The end as it stood before a day, extensions passed until then included.
 * Undefined where it cannot be told: the admitting assembly or the extension has no day.
 */
export function probationEndBefore(dossier: Dossier, day: Day): ProbationEnd | undefined {
  const extension = extensionBefore(dossier, day)
  if (extension === undefined) return firstProbationEnd(dossier)
  if (extension.until === undefined) return undefined
  return { on: extension.until, facts: [factIn(extension, '延长预备期到', extension.until)], extension }
}

/** The last extension passed before a day. */
export function extensionBefore({ confirmationAssemblies }: Dossier, day: Day): ConfirmationAssembly | undefined {
  for (let at = confirmationAssemblies.length - 1; at >= 0; at--) {
    const it = confirmationAssemblies[at]
    if (it?.outcome === 'extend' && isDated(it) && it.on < day) return it
  }
  return undefined
}

/** The last postponement decided before a day. */
export const postponementBefore = ({ confirmationAssemblies }: Dossier, day: Day): ConfirmationAssembly | undefined =>
  confirmationAssemblies.findLast((it) => it.outcome === 'postpone' && isDated(it) && it.on < day)

/** Whether a day is the full day after this end: for an extension written up to its last day, also the day after it. */
export const isFullDay = (end: ProbationEnd, day: Day): boolean =>
  day === end.on || (end.extension !== undefined && day === addDays(end.on, 1))

const yearsOf = (setting: Setting, day: Day): number => articleOn(setting, '31', day).figures.probationYears
