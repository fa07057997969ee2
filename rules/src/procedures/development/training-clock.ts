import { type Day, daysBetween } from '../../kernel/day.ts'
import { articleNumber, ruleBookOn } from '../../regulations/recruitment-rules.ts'
import { citationOf } from './citation.ts'
import { dossierOf } from './dossier.ts'
import type { DevelopmentFacts } from './facts.ts'
import { nationalSetting, type Setting } from './setting.ts'
import { stageOf } from './standing.ts'

/** A time that runs on, whatever organisation a person belongs to. */
export interface TrainingClock {
  /** 培养教育时间 of an activist or prospect, 预备期 of a probationary member. */
  kind: 'training' | 'probation'
  sinceOn: Day
  /** Whole days from the first day to the day of asking. */
  days: number
  /** Why it runs on, as it is cited. */
  cited: string
}

/**
 * Where the time of training of a person stands on a day, or that of the probation. A move stops neither: the time of training is
 * counted on (Art. 12), the probation from the day of the assembly (Art. 31). Undefined for whoever is neither, and where the first
 * day is not recorded or still to come.
 */
export function trainingClock(
  facts: DevelopmentFacts,
  on: Day,
  setting: Setting = nationalSetting,
): TrainingClock | undefined {
  const stage = stageOf(facts)
  const { activistDecision, activistFiling, admissionAssembly } = dossierOf(facts, on, setting)
  const replied = setting.practice.activistClockStart === 'filingReply' ? activistFiling?.repliedOn : undefined
  const running =
    stage === 'activist' || stage === 'prospect'
      ? ({ kind: 'training', sinceOn: replied ?? activistDecision?.on, article: '12' } as const)
      : stage === 'probationary'
        ? ({ kind: 'probation', sinceOn: admissionAssembly?.on, article: '31' } as const)
        : undefined
  if (running?.sinceOn === undefined || running.sinceOn > on) return undefined
  const { kind, sinceOn, article } = running
  const book = ruleBookOn(on)
  return {
    kind,
    sinceOn,
    days: daysBetween(sinceOn, on),
    cited: citationOf(articleNumber(article, book) ?? article, book),
  }
}
