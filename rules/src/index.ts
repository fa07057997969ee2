export * from './kernel/basis.ts'
export * from './kernel/calendar.ts'
export * from './kernel/day.ts'
export * from './kernel/numerals.ts'
export * from './kernel/regulation.ts'
export * from './procedures/arrears.ts'
export * from './procedures/ballots.ts'
export { amendedRules, rulesBefore2026 } from './procedures/development/amended.ts'
export { assess } from './procedures/development/assess.ts'
export { citationOf, isNumberConfirmed } from './procedures/development/citation.ts'
export { contradictions } from './procedures/development/contradictions.ts'
export { due } from './procedures/development/due.ts'
export * from './procedures/development/facts.ts'
export * from './procedures/development/labels.ts'
export { missing } from './procedures/development/missing.ts'
export { plan } from './procedures/development/plan.ts'
export * from './procedures/development/practice.ts'
export * from './procedures/development/results.ts'
export { type DueDays, type RuleChange, ruleChanges } from './procedures/development/rule-change.ts'
export { nationalSetting, type Setting } from './procedures/development/setting.ts'
export { stageOf } from './procedures/development/standing.ts'
export * from './procedures/development/steps.ts'
export { type TrainingClock, trainingClock } from './procedures/development/training-clock.ts'
export * from './procedures/dues.ts'
export { adjustmentChanges } from './procedures/filing/adjustment-changes.ts'
export * from './procedures/filing/completeness.ts'
export * from './procedures/filing/differences.ts'
export * from './procedures/filing/labels.ts'
export {
  type FactOffer,
  findingIn,
  isRecordedByDay,
  type OfferedField,
  type OfferRecord,
  offeredFields,
  offersOf,
  type ReadLine,
} from './procedures/filing/offers.ts'
export { type PaperGap, periodicGaps } from './procedures/filing/periodic-papers.ts'
export * from './procedures/filing/places.ts'
export type { PaperFacts, ReadDocument } from './procedures/filing/read-document.ts'
export { type Retention, type RetentionPeriod, retentionPeriods } from './procedures/filing/retention.ts'
export * from './procedures/filing/signatures.ts'
export * from './procedures/filing/template.ts'
export { wordsOnPaper } from './procedures/filing/words-on-paper.ts'
export * from './procedures/identity.ts'
export * from './procedures/meetings.ts'
export * from './procedures/memorial-days.ts'
export { factsOnPaper, type PaperFact } from './procedures/paper/facts.ts'
export { holdsIdentityNumber } from './procedures/paper/numbers.ts'
export { type PaperTitle, titlesOfPaper } from './procedures/paper/titles.ts'
export * from './procedures/staffing.ts'
export * from './procedures/terms.ts'
export * from './procedures/training.ts'
export * from './regulations/holiday-notices.ts'
export { regulations } from './regulations/index.ts'
export {
  articleNumber,
  type FigureName,
  issued2014,
  issued2026,
  type RecruitmentArticle,
  type RecruitmentArticleVersion,
  type RecruitmentRules,
  recruitmentRules,
  revised2026,
  ruleBookOn,
} from './regulations/recruitment-rules.ts'
export { calendarOf, seededCalendar } from './regulations/working-days.ts'
