import type { WorkingCalendar } from '../../kernel/calendar.ts'
import type { Day } from '../../kernel/day.ts'
import { inForceOrFirst, type VersionInForce } from '../../kernel/regulation.ts'
import { type RecruitmentRules, recruitmentRules } from '../../regulations/recruitment-rules.ts'
import { seededCalendar } from '../../regulations/working-days.ts'
import { figureNames, type LocalPractice, nationalPractice } from './practice.ts'

/** What the rules are applied with: which days are worked, what the university has settled, and the text of the rules. */
export interface Setting {
  calendar: WorkingCalendar
  practice: LocalPractice
  rules: RecruitmentRules
}

/** The working days shipped with the platform, no local practice, the detailed rules as they are. */
export const nationalSetting: Setting = {
  calendar: seededCalendar,
  practice: nationalPractice,
  rules: recruitmentRules,
}

type Articles = RecruitmentRules['articles']

/** The version of an article by which an act of that day is judged; an act older than the rules by the first. */
export const articleOn = <A extends keyof Articles & string>(
  setting: Setting,
  article: A,
  day: Day,
): VersionInForce<Articles[A][number]> => inForceOrFirst<RecruitmentRules, A>(setting.rules, article, day)

/**
 * The setting with the university's stricter figures written into the rules, for dates that people plan by.
 * The same setting where there are none.
 */
export function withLocalFigures(setting: Setting): Setting {
  const known = withLocal.get(setting)
  if (known !== undefined) return known
  const { stricter } = setting.practice
  const local = figureNames.some((it) => stricter[it] !== undefined) ? overlaid(setting) : setting
  withLocal.set(setting, local)
  return local
}

const withLocal = new WeakMap<Setting, Setting>()

function overlaid(setting: Setting): Setting {
  const rules = structuredClone(setting.rules)
  for (const version of Object.values(rules.articles).flat()) {
    if (!('figures' in version)) continue
    const stated = Object.keys(version.figures)
    const changed = Object.entries(setting.practice.stricter).filter(([name]) => stated.includes(name))
    Object.assign(version.figures, Object.fromEntries(changed))
  }
  return { ...setting, rules }
}
