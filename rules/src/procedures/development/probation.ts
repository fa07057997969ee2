import { addDays, addYears, type Day } from '../../kernel/day.ts'
import type { Dossier, ProbationEnd } from './dossier.ts'
import { type ConfirmationAssembly, isDated } from './facts.ts'
import type { FactUsed } from './results.ts'
import { articleOn, type Setting } from './setting.ts'
import { factIn, factOf } from './wording.ts'

/** The end without any extension: the assembly's day and the years of Art. 31; undefined where the assembly's day is not recorded. Counted once for a dossier. */
export function firstProbationEnd(dossier: Dossier): ProbationEnd | undefined {
  if (dossier.firstProbationEnd === 'notCounted') dossier.firstProbationEnd = countedEnd(dossier)
  return dossier.firstProbationEnd
}

const countedEnd = ({ admissionAssembly: assembly, setting }: Dossier): ProbationEnd | undefined =>
  isDated(assembly) ? { on: addYears(assembly.on, yearsOf(setting, assembly.on)), by: assembly } : undefined

/**
 * The end as it stood before a day, extensions passed until then included.
 * Undefined where it cannot be told: the admitting assembly or the extension has no day.
 */
export function probationEndBefore(dossier: Dossier, day: Day): ProbationEnd | undefined {
  const extension = extensionBefore(dossier, day)
  if (extension === undefined) return firstProbationEnd(dossier)
  if (extension.until === undefined) return undefined
  return { on: extension.until, by: extension }
}

/** The last extension passed before a day. */
export const extensionBefore = (dossier: Dossier, day: Day): ConfirmationAssembly | undefined =>
  lastBefore(dossier, 'extend', day)

/** The last postponement decided before a day. */
export const postponementBefore = (dossier: Dossier, day: Day): ConfirmationAssembly | undefined =>
  lastBefore(dossier, 'postpone', day)

/** Whether a day is the full day after this end: for an extension written up to its last day, also the day after it. */
export const isFullDay = (end: ProbationEnd, day: Day): boolean =>
  day === end.on || (isExtended(end) && day === addDays(end.on, 1))

/** Whether the probation was extended. */
export const isExtended = ({ by }: ProbationEnd): boolean => by.kind === 'confirmationAssembly'

/** The recorded facts on which the end rests. */
export const factsOfEnd = ({ on, by }: ProbationEnd): readonly FactUsed[] =>
  by.kind === 'confirmationAssembly' ? [factIn(by, '延长预备期到', on)] : [factOf(by)]

function lastBefore(
  { confirmationAssemblies }: Dossier,
  outcome: ConfirmationAssembly['outcome'],
  day: Day,
): ConfirmationAssembly | undefined {
  for (let at = confirmationAssemblies.length - 1; at >= 0; at--) {
    const it = confirmationAssemblies[at]
    if (it?.outcome === outcome && isDated(it) && it.on < day) return it
  }
  return undefined
}

const yearsOf = (setting: Setting, day: Day): number => articleOn(setting, '31', day).figures.probationYears
