import type { Day } from '../../kernel/day.ts'
import { contradictionsIn } from './contradictions.ts'
import { dossierOf, underSetting } from './dossier.ts'
import { dueIn } from './due.ts'
import type { DevelopmentFacts } from './facts.ts'
import { missingIn } from './missing.ts'
import type { DueAct, Finding, Missing, Stage } from './results.ts'
import { nationalSetting, type Setting, withLocalFigures } from './setting.ts'
import { standingOf } from './standing.ts'

/** Everything the rules say of one file on a day. */
export interface Assessment {
  stage: Stage | undefined
  findings: readonly Finding[]
  due: readonly DueAct[]
  missing: readonly Missing[]
}

/** What `contradictions`, `due` and `missing` say of a file, for which its acts are sorted once. */
export function assess(facts: DevelopmentFacts, on: Day, setting: Setting = nationalSetting): Assessment {
  const dossier = dossierOf(facts, on, setting)
  const standing = standingOf(dossier)
  const { stage, acts } = dueIn(underSetting(dossier, withLocalFigures(setting)), standing)
  return { stage, findings: contradictionsIn(dossier), due: acts, missing: missingIn(dossier, standing) }
}
