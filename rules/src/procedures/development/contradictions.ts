import type { Day } from '../../kernel/day.ts'
import { articleNumber, graceUntil, issued2014, issued2026, ruleBookOn } from '../../regulations/recruitment-rules.ts'
import { activistRules } from './activist.ts'
import { admissionRules } from './admission.ts'
import { applicationRules } from './application.ts'
import { canonicalOrder } from './canonical-order.ts'
import { confirmationRules } from './confirmation.ts'
import { crossChecks } from './cross-checks.ts'
import { type Dossier, dossierOf, underSetting } from './dossier.ts'
import type { DevelopmentFacts } from './facts.ts'
import { introducerRules } from './introducers.ts'
import { localRules } from './local-rules.ts'
import { prospectRules } from './prospect.ts'
import type { FactUsed, Finding } from './results.ts'
import type { Clash, Rule } from './rule.ts'
import { nationalSetting, type Setting, withLocalFigures } from './setting.ts'
import { voteRules } from './votes.ts'

/** Every rule that recorded facts can decide, in the order of the way. */
export const contradictionRules: readonly Rule[] = [
  ...applicationRules,
  ...activistRules,
  ...prospectRules,
  ...introducerRules,
  ...admissionRules,
  ...voteRules,
  ...confirmationRules,
  ...crossChecks,
  ...canonicalOrder,
  ...localRules,
]

/**
 * The recorded facts that the rules do not allow together, on a day, in the order of the catalogue.
 * A rule whose facts are not recorded is silent; what is merely missing or late is in `missing` and `due`.
 * An act is judged by the edition in force on its day. Where only a stricter figure of the university
 * is not met, that is a warning and says so.
 */
export function contradictions(
  facts: DevelopmentFacts,
  on: Day,
  setting: Setting = nationalSetting,
): readonly Finding[] {
  return contradictionsIn(dossierOf(facts, on, setting))
}

/** The same for a file whose acts are sorted already. */
export function contradictionsIn(dossier: Dossier): readonly Finding[] {
  const found = findingsOf(dossier)
  const local = withLocalFigures(dossier.setting)
  if (local === dossier.setting) return found
  const known = new Set(found.map(signatureOf))
  const further = findingsOf(underSetting(dossier, local)).filter((it) => !known.has(signatureOf(it)))
  return inOrder([...found, ...further.map(asLocal)])
}

const none: readonly Finding[] = []

function findingsOf(dossier: Dossier): readonly Finding[] {
  let found: Finding[] | undefined
  for (const rule of contradictionRules) {
    const clash = rule.find(dossier)
    if (clash === undefined) continue
    found ??= []
    if ('judgedOn' in clash) found.push(findingOf(rule, clash))
    else for (const it of clash) found.push(findingOf(rule, it))
  }
  return found === undefined ? none : inOrder(found)
}

function findingOf(rule: Rule, clash: Clash): Finding {
  const ruleBook = ruleBookOn(clash.judgedOn)
  const article = rule.article && articleNumber(rule.article, ruleBook)
  const severity = clash.severity ?? rule.severity
  const inGrace = rule.newIn2026 === true && clash.judgedOn >= issued2026 && clash.judgedOn <= graceUntil
  const beforeBooks = rule.article !== undefined && clash.judgedOn < issued2014
  return {
    rule: rule.rule,
    severity: severity === 'error' && (inGrace || beforeBooks) ? 'warning' : severity,
    ruleBook,
    ...(article !== undefined && { article }),
    message: `${clash.message}${inGrace ? graceNote : ''}${beforeBooks ? earlierNote : ''}`,
    facts: clash.facts,
    ...(clash.provisional === true && { provisional: true }),
  }
}

const graceNote = '这是2026年修订新增的要求，没有见到过渡期的规定，2026年5月底以前办理的，本平台暂只提醒。'
const earlierNote = '当时施行的是2014年以前的规定，本平台没有收录，请人工核对。'

const asLocal = (finding: Finding): Finding => ({
  ...finding,
  severity: finding.severity === 'error' ? 'warning' : finding.severity,
  message: `${finding.message}这是按本校更严的规定提醒，不违反全国统一的要求。`,
})

const signatureOf = ({ rule, facts }: Finding): string => JSON.stringify([rule, facts])

/** In the order of the catalogue, whatever the order of the rows was. */
const inOrder = (findings: Finding[]): Finding[] => (findings.length < 2 ? findings : findings.sort(byRuleAndFacts))

function byRuleAndFacts(a: Finding, b: Finding): number {
  return (
    compare(a.rule, b.rule) ||
    compareFacts(a, b, (it) => it.value) ||
    compare(a.message, b.message) ||
    compareFacts(a, b, (it) => it.actId ?? '')
  )
}

/** By what their facts say, the first difference first; fewer facts before more. */
function compareFacts({ facts: one }: Finding, { facts: other }: Finding, textOf: (fact: FactUsed) => string): number {
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at], other[at]]
    if (a === undefined || b === undefined) break
    const difference = compare(textOf(a), textOf(b))
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
