import { addWorkingDays } from '../../kernel/calendar.ts'
import { addDays, addMonths, addYears, type Day, dayWritten } from '../../kernel/day.ts'
import type { RecruitmentArticle } from '../../regulations/recruitment-rules.ts'
import type { Dossier } from './dossier.ts'
import type { Act, ActKind } from './facts.ts'
import { actLabels } from './labels.ts'
import { noticeEnd } from './notice.ts'
import { extensionBefore, factsOfEnd, isExtended, postponementBefore, probationEndBefore } from './probation.ts'
import type { FactUsed, Waiting } from './results.ts'
import { articleOn, type Setting } from './setting.ts'
import { stepOf } from './steps.ts'
import { factIn } from './wording.ts'

/** An act of the line with what must come before it and the limits on its day. */
export interface WayAct {
  kind: ActKind
  /** It may be held once these are done or past. */
  after: readonly ActKind[]
  /** Once an act of this kind or a later one is recorded, it is no longer due; where it is not recorded, it is missing. */
  until: ActKind | undefined
  /** It does not hold up the line. */
  beside: boolean
  waitingOn: Waiting
  limits: readonly Limit[]
  /** Only in an edition that asks for consent and public notice. */
  withNotice: boolean
}

/** A limit on the day of an act, counted from the day of an earlier one. */
export interface Limit {
  from: ActKind
  article?: RecruitmentArticle
  /** The first day allowed. */
  notBefore?: (start: Day, dossier: Dossier) => Reached | undefined
  /** The last day allowed. */
  notAfter?: (start: Day, dossier: Dossier) => Day | undefined
  /** The rule in one clause, with its figure; nothing where it only says what comes after what. */
  says?: (dossier: Dossier, day: Day) => string | undefined
  /** Which day of the earlier act counts, where it is not the day of the act. */
  start?: (act: Act, dossier: Dossier) => { on: Day; label: string } | undefined
  /** Further recorded facts that go into the limit. */
  facts?: (dossier: Dossier) => readonly FactUsed[]
}

/** A day reached by counting. */
export interface Reached {
  day: Day
  provisional?: boolean
  skipped?: readonly { day: Day; name: string }[]
}

/** The end of everything: a day before which all recorded acts lie. */
const endOfTime: Day = '9999-12-31'

const limitsOfTalk: Limit = {
  from: 'application',
  article: '7',
  notBefore: (day) => ({ day }),
  notAfter: (day, { setting }) => addMonths(day, articleOn(setting, '7', day).figures.talkWithinMonths),
  says: ({ setting }, day) => `收到申请书后${articleOn(setting, '7', day).figures.talkWithinMonths}个月内派人谈话`,
  start: (act) =>
    act.kind === 'application' && act.receivedOn !== undefined
      ? { on: act.receivedOn, label: '收到入党申请书' }
      : undefined,
}

const monthsAfterApplication: Limit = {
  from: 'application',
  notBefore: (day, { setting }) => {
    const months = setting.practice.applicationToActivistMonths
    return months === 0 ? undefined : { day: addMonths(day, months) }
  },
  says: ({ setting }) =>
    `本校规定递交申请满${setting.practice.applicationToActivistMonths}个月再确定入党积极分子（不是全国统一的要求）`,
}

const yearAsActivist: Limit = {
  from: 'activistDecision',
  article: '13',
  notBefore: (day, { setting, on }) => ({
    day: addYears(day, articleOn(setting, '13', later(day, on)).figures.activistYears),
  }),
  says: ({ setting, on }) => `培养教育和考察至少满${articleOn(setting, '13', on).figures.activistYears}年`,
  start: (_act, { setting, activistFiling }) =>
    setting.practice.activistClockStart === 'filingReply' && activistFiling?.repliedOn !== undefined
      ? { on: activistFiling.repliedOn, label: '上级党委备案回复' }
      : undefined,
}

const noticeOver: Limit = {
  from: 'publicNotice',
  article: '13',
  notBefore: (day, { setting, publicNotice }) => {
    const needed = articleOn(setting, '13', day).figures.publicityWorkingDays
    const reached = needed === undefined ? { day, provisional: false, skipped: [] } : noticeEnd(setting, day, needed)
    const ended = publicNotice?.endedOn
    return ended !== undefined && ended > reached.day ? { ...reached, day: ended } : reached
  },
  says: ({ setting, on }) =>
    `公示不少于${articleOn(setting, '13', on).figures.publicityWorkingDays ?? 0}个工作日，${setting.practice.publicity.countFirstDay ? '张贴当天算在内' : '张贴当天不算'}`,
}

const assemblyAfterPreReview: Limit = {
  from: 'preReview',
  article: '19',
  notAfter: (day, { setting, on }) => {
    const months = articleOn(setting, '19', later(day, on)).figures.assemblyWithinMonths
    const last = months === undefined ? undefined : addMonths(day, months)
    // A last day that lies before the limit came into force never held.
    const isInForce = last !== undefined && articleOn(setting, '19', last).figures.assemblyWithinMonths !== undefined
    return isInForce ? last : undefined
  },
  says: ({ setting, on }) =>
    `预审合格后${articleOn(setting, '19', on).figures.assemblyWithinMonths ?? 0}个月内提交支部党员大会讨论`,
}

const approvalInTime: Limit = {
  from: 'admissionAssembly',
  article: '25',
  notBefore: (day) => ({ day }),
  notAfter: (day, { setting }) => addMonths(day, articleOn(setting, '25', day).figures.approvalWithinMonths),
  says: ({ setting }, day) => {
    const { approvalWithinMonths, approvalSpecialMonths } = articleOn(setting, '25', day).figures
    return `上级党委${approvalWithinMonths}个月内审批（情况特殊最长${approvalSpecialMonths}个月；上报日期未登记，从大会之日算起）`
  },
}

const oathInTime: Limit = {
  from: 'admissionApproval',
  article: '29',
  notBefore: (day) => ({ day }),
  notAfter: lastDayOfOath,
  says: (dossier, day) => {
    const months = articleOn(dossier.setting, '29', later(day, dossier.on)).figures?.oathWithinMonths
    return months === undefined || lastDayOfOath(day, dossier) === undefined
      ? '批准以后宣誓'
      : `一般在批准后${months}个月内宣誓`
  },
}

const requestAtTheEnd: Limit = {
  from: 'admissionAssembly',
  article: '32',
  notBefore: (day, { setting }) => ({
    day: addDays(plainEnd(day, setting), -setting.practice.confirmationRequest.earliestDaysBefore),
  }),
  notAfter: (day, { setting }) =>
    addMonths(plainEnd(day, setting), setting.practice.confirmationRequest.latestMonthsAfter),
  says: ({ setting }, day) => {
    const { earliestDaysBefore, latestMonthsAfter } = setting.practice.confirmationRequest
    return `预备期${dayWritten(plainEnd(day, setting))}期满，期满时本人提出转正申请（通常在期满前${earliestDaysBefore}天至期满后${latestMonthsAfter}个月内）`
  },
}

const confirmationAtTheEnd: Limit = {
  from: 'admissionAssembly',
  article: '31',
  notBefore: (day, dossier) => {
    const end = currentEnd(day, dossier)
    return end === undefined ? undefined : { day: end }
  },
  notAfter: (day, dossier) => {
    const end = currentEnd(day, dossier)
    if (end === undefined) return undefined
    const usual = addMonths(end, dossier.setting.practice.confirmationAssemblyWithinMonths)
    const postponement = postponementBefore(dossier, endOfTime)
    if (postponement === undefined) return usual
    const { postponeMaxMonths } = articleOn(dossier.setting, '35', end).figures
    return later(usual, postponement.until ?? addMonths(end, postponeMaxMonths))
  },
  says: (dossier, day) => {
    const end = currentEnd(day, dossier)
    if (end === undefined) return '延长预备期的截止日期没有记录，无法推算期满之日'
    const extended = extensionBefore(dossier, endOfTime) === undefined ? '预备期' : '延长后的预备期'
    const { postponeMaxMonths } = articleOn(dossier.setting, '35', end).figures
    const postponed =
      postponementBefore(dossier, endOfTime) === undefined
        ? dossier.facts.transferredInOn === undefined
          ? ''
          : `；转入的预备党员，确有必要可推迟讨论，最长${postponeMaxMonths}个月（第35条）`
        : `；已决定推迟讨论，最长${postponeMaxMonths}个月（第35条），转正时间仍为期满之日`
    return `${extended}${dayWritten(end)}期满，期满后及时讨论（通常${dossier.setting.practice.confirmationAssemblyWithinMonths}个月内）${postponed}`
  },
  facts: latestDecisions,
}

/** The extension and the postponement on which the last day rests. */
function latestDecisions(dossier: Dossier): readonly FactUsed[] {
  const extended = probationEndBefore(dossier, endOfTime)
  const postponed = postponementBefore(dossier, endOfTime)
  return [
    ...(extended !== undefined && isExtended(extended) ? factsOfEnd(extended) : []),
    ...(postponed === undefined ? [] : [factIn(postponed, '推迟讨论转正到', postponed.until ?? '未写明')]),
  ]
}

const confirmationApprovalInTime: Limit = {
  from: 'confirmationAssembly',
  article: '33',
  notBefore: (day) => ({ day }),
  notAfter: (day, { setting }) =>
    addMonths(day, articleOn(setting, '33', day).figures.confirmationApprovalWithinMonths),
  says: ({ setting }, day) =>
    `上级党委${articleOn(setting, '33', day).figures.confirmationApprovalWithinMonths}个月内审批转正决议`,
}

/** The acts of the line in order; reviews and reports, which recur, are not among them. */
export const way: readonly WayAct[] = [
  act('application', [], 'applicantTalk'),
  act('applicantTalk', ['application'], 'activistDecision', [limitsOfTalk]),
  act('recommendation', ['applicantTalk'], 'activistDecision'),
  act('activistDecision', ['applicantTalk', 'recommendation'], 'activistFiling', [monthsAfterApplication]),
  beside('activistFiling', ['activistDecision'], 'prospectProposal', [localNotice('activistDecision', 'activist')]),
  beside('contactPersons', ['activistDecision'], 'prospectProposal'),
  act('opinions', ['activistDecision'], 'prospectProposal', [yearAsActivist]),
  act('prospectProposal', ['activistDecision'], 'prospectConsent', [yearAsActivist, follows('opinions')]),
  withNotice('prospectConsent', ['prospectProposal']),
  withNotice('publicNotice', ['prospectProposal', 'prospectConsent']),
  act('prospectListing', ['prospectProposal', 'prospectConsent', 'publicNotice'], 'committeeExamination', [noticeOver]),
  act('introducers', ['prospectListing'], 'admissionAssembly'),
  act('politicalReview', ['prospectListing'], 'preReview'),
  act('intensiveTraining', ['prospectListing'], 'admissionAssembly'),
  act('committeeExamination', ['prospectListing', 'introducers', 'politicalReview', 'intensiveTraining'], 'preReview'),
  act('preReview', ['committeeExamination'], 'admissionForm'),
  act('admissionForm', ['preReview'], 'admissionAssembly'),
  act('admissionAssembly', ['politicalReview', 'intensiveTraining', 'preReview', 'admissionForm'], 'admissionTalk', [
    assemblyAfterPreReview,
    localNotice('preReview', 'admission'),
  ]),
  act('admissionTalk', ['admissionAssembly'], 'admissionApproval'),
  act('admissionApproval', ['admissionTalk', 'admissionAssembly'], 'admissionFiling', [approvalInTime]),
  beside('admissionFiling', ['admissionApproval'], 'confirmationAssembly'),
  beside('assignment', ['admissionApproval'], 'confirmationAssembly'),
  beside('oath', ['admissionApproval'], 'confirmationAssembly', [oathInTime]),
  act('confirmationRequest', ['admissionApproval'], 'confirmationOpinions', [requestAtTheEnd]),
  act('confirmationOpinions', ['confirmationRequest'], 'confirmationAssembly'),
  act('confirmationAssembly', ['confirmationRequest', 'confirmationOpinions'], undefined, [
    confirmationAtTheEnd,
    localNotice('confirmationRequest', 'confirmation'),
  ]),
  act('confirmationApproval', ['confirmationAssembly'], undefined, [confirmationApprovalInTime]),
  act('archiving', ['confirmationApproval'], undefined),
]

/** The later of two days. */
export const later = (one: Day, other: Day): Day => (one > other ? one : other)

function act(
  kind: ActKind,
  after: readonly ActKind[],
  until: ActKind | undefined,
  counted: readonly Limit[] = [],
): WayAct {
  // What merely follows another act is a limit too: its day is the first.
  const stated = new Set(counted.filter((it) => it.notBefore !== undefined).map((it) => it.from))
  const limits = [...counted, ...after.filter((it) => !stated.has(it)).map(follows)]
  return { kind, after, until, limits, beside: false, waitingOn: waitingOf(kind), withNotice: false }
}

function beside(kind: ActKind, after: readonly ActKind[], until: ActKind, counted: readonly Limit[] = []): WayAct {
  return { ...act(kind, after, until, counted), beside: true }
}

function withNotice(kind: ActKind, after: readonly ActKind[]): WayAct {
  return { ...act(kind, after, 'prospectListing'), withNotice: true }
}

function follows(from: ActKind): Limit {
  return { from, notBefore: (day) => ({ day }) }
}

function localNotice(from: ActKind, which: keyof Setting['practice']['notices']): Limit {
  return {
    from,
    notBefore: (day, { setting }) => {
      const days = setting.practice.notices[which]
      return days === 0 ? { day } : addWorkingDays(setting.calendar, day, days)
    },
    says: ({ setting }) => {
      const days = setting.practice.notices[which]
      return days === 0 ? undefined : `本校规定在“${actLabels[from]}”以后公示${days}个工作日（不是全国统一的要求）`
    },
  }
}

function waitingOf(kind: ActKind): Waiting {
  if (kind === 'publicNotice' || kind === 'prospectListing' || kind === 'confirmationOpinions') return 'branchCommittee'
  return stepOf(kind).waitingOn
}

const plainEnd = (assembledOn: Day, setting: Setting): Day =>
  addYears(assembledOn, articleOn(setting, '31', assembledOn).figures.probationYears)

function lastDayOfOath(approvedOn: Day, { setting, on }: Dossier): Day | undefined {
  const months = articleOn(setting, '29', later(approvedOn, on)).figures?.oathWithinMonths
  const last = months === undefined ? undefined : addMonths(approvedOn, months)
  const isInForce = last !== undefined && articleOn(setting, '29', last).figures?.oathWithinMonths !== undefined
  return isInForce ? last : undefined
}

/** The end of probation with all extensions recorded; undefined where an extension's end is not recorded. */
function currentEnd(assembledOn: Day, dossier: Dossier): Day | undefined {
  return dossier.admissionAssembly?.on === undefined
    ? plainEnd(assembledOn, dossier.setting)
    : probationEndBefore(dossier, endOfTime)?.on
}
