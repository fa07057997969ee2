import type { Day } from '../../kernel/day.ts'
import {
  type FigureName,
  issued2026,
  type RecruitmentArticleVersion,
  type RecruitmentRules,
} from '../../regulations/recruitment-rules.ts'

/** The rules with other figures from a day on: a draft of an amendment, to be held against files before anybody decides on it. */
export function amendedRules(
  rules: RecruitmentRules,
  from: Day,
  figures: Readonly<Partial<Record<FigureName, number>>>,
): RecruitmentRules {
  const draft = structuredClone(rules)
  for (const [article, versions] of Object.entries<readonly RecruitmentArticleVersion[]>(draft.articles)) {
    const last = versions.at(-1)
    const stated = Object.keys(last?.figures ?? {})
    const changed = Object.entries(figures).filter(([name]) => stated.includes(name))
    if (last === undefined || changed.length === 0) continue
    const earlier = versions.filter((it) => it.from < from)
    const next = { ...last, from, figures: { ...last.figures, ...Object.fromEntries(changed) }, checked: 'toVerify' }
    Object.assign(draft.articles, { [article]: [...earlier, next] })
  }
  return draft
}

/** The rules as they were before the revision of 2026. */
export function rulesBefore2026(rules: RecruitmentRules): RecruitmentRules {
  const former = structuredClone(rules)
  for (const [article, versions] of Object.entries<readonly RecruitmentArticleVersion[]>(former.articles)) {
    const earlier = versions.filter((it) => it.from < issued2026)
    if (earlier.length > 0) Object.assign(former.articles, { [article]: earlier })
  }
  return former
}
