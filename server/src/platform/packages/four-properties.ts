import type { Examined } from './examined-file.ts'
import { type CheckResult, type Moment, momentNames, type Property } from './four-property-names.ts'
import { propertyChecks } from './property-checks.ts'

/** The examination of the four properties of an archived file (四性检测), after DA/T 70-2018. It reports and never decides. */

/** One line of the report. */
export interface Check {
  code: string
  property: Property
  name: string
  result: CheckResult
  /** What the result rests on, in Chinese. */
  evidence: string
}

export interface FourPropertyReport {
  moment: Moment
  checks: readonly Check[]
}

/** Examines a file: each check of the table once, in order. One that does not belong to the moment is not applicable. */
export function examine(it: Examined): FourPropertyReport {
  const checks = propertyChecks.map(({ code, property, name, moments, check }): Check => {
    const [result, evidence] = moments.includes(it.moment)
      ? check(it)
      : (['notApplicable', `${momentNames[it.moment]}环节不检查此项。`] as const)
    return { code, property, name, result, evidence }
  })
  return { moment: it.moment, checks }
}

/** Whether nothing of a report is unmet. What could not be checked is for a person to look at. */
export const isMet = (report: FourPropertyReport): boolean => report.checks.every((it) => it.result !== 'unmet')
