import { addDays, addMonths, addYears, compareToMonthsAfter, type Day, dayWritten, monthOf } from '../../kernel/day.ts'
import {
  type AdmissionApproval,
  type AdmissionAssembly,
  type ConfirmationApproval,
  type ConfirmationAssembly,
  isDated,
} from './facts.ts'
import { checkDays, clashIn, overMonths, type Rule, type Start, tooEarly, tooLate } from './rule.ts'
import { articleOn, type Setting } from './setting.ts'
import { factIn, factOf } from './wording.ts'

/** Contradictions from the branch committee's examination to the oath and the first dues. */
export const admissionRules: readonly Rule[] = [
  {
    rule: 'T25',
    article: '18',
    severity: 'error',
    find: ({ committeeExamination, preReview }) =>
      tooLate(committeeExamination, preReview, '支委会审查合格以后才能报上级党委预审'),
  },
  {
    rule: 'T26',
    article: '18',
    severity: 'error',
    find: ({ admissionForm, preReview }) => tooEarly(admissionForm, preReview, '预审合格以后才发给、填写入党志愿书'),
  },
  {
    rule: 'T26',
    article: '18',
    severity: 'error',
    find: ({ admissionForm, admissionAssembly }) =>
      tooLate(admissionForm, admissionAssembly, '入党志愿书应在支部党员大会以前填写'),
  },
  {
    rule: 'T27',
    article: '15',
    severity: 'error',
    find: ({ admissionForm: form }) => {
      const opinion = form?.introducersOpinionOn
      if (!isDated(form) || opinion === undefined || opinion >= form.on) return undefined
      return clashIn(
        form,
        opinion,
        [['入党介绍人意见', opinion]],
        [form],
        `入党介绍人意见（${dayWritten(opinion)}）早于填写入党志愿书（${dayWritten(form.on)}）。介绍人在本人填写以后写明意见。${checkDays}。`,
      )
    },
  },
  {
    rule: 'T27',
    article: '15',
    severity: 'error',
    find: ({ admissionForm: form, admissionAssembly: assembly }) => {
      const opinion = form?.introducersOpinionOn
      if (form === undefined || opinion === undefined || !isDated(assembly) || opinion <= assembly.on) return undefined
      return clashIn(
        form,
        opinion,
        [['入党介绍人意见', opinion]],
        [assembly],
        `入党介绍人意见（${dayWritten(opinion)}）晚于支部党员大会（${dayWritten(assembly.on)}）。介绍人意见应在大会以前写明。${checkDays}。`,
      )
    },
  },
  {
    rule: 'T30',
    article: '18',
    severity: 'warning',
    find: ({ facts, preReview, admissionForm, admissionAssembly, setting }) => {
      const { leavesOn } = facts
      if (leavesOn === undefined) return undefined
      let first: ((typeof preReview | typeof admissionForm | typeof admissionAssembly) & { on: Day }) | undefined
      for (const it of [preReview, admissionForm, admissionAssembly])
        if (isDated(it) && (first === undefined || it.on < first.on)) first = it
      if (first === undefined) return undefined
      const months = articleOn(setting, '18', first.on).figures.leavingWithinMonths
      if (leavesOn <= first.on || leavesOn > addMonths(first.on, months)) return undefined
      return {
        judgedOn: first.on,
        message: `预计${dayWritten(leavesOn)}离开本单位，距办理接收手续（${dayWritten(first.on)}）不超过${months}个月，一般不办理接收。请核对离校（离职）日期；确需办理的，报上级党委研究并写明原因。`,
        facts: [factOf(first), { label: '预计离开本单位', value: leavesOn }],
      }
    },
  },
  {
    rule: 'T31',
    article: '19',
    severity: 'error',
    newIn2026: true,
    find: ({ admissionAssembly: assembly, preReview, setting }) => {
      if (!isDated(assembly) || !isDated(preReview)) return undefined
      const months = articleOn(setting, '19', assembly.on).figures.assemblyWithinMonths
      if (months === undefined) return undefined
      if (compareToMonthsAfter(assembly.on, preReview.on, months) <= 0) return undefined
      const start = { on: preReview.on, fact: factOf(preReview) }
      const last = addMonths(preReview.on, months)
      if (articleOn(setting, '19', last).figures.assemblyWithinMonths !== undefined)
        return overMonths(assembly, start, months)
      // A month that was over before the revision was in force could not be kept: pointed out, not failed.
      const found = overMonths(assembly, { ...start, remark: '预审在2026年修订施行以前，当时没有这一期限' }, months)
      return found && { ...found, severity: 'warning' }
    },
  },
  {
    rule: 'T35',
    article: '23',
    severity: 'error',
    find: ({ admissionTalk, admissionAssembly }) =>
      tooEarly(admissionTalk, admissionAssembly, '支部党员大会通过以后，上级党委审批以前派人谈话'),
  },
  {
    rule: 'T35',
    article: '23',
    severity: 'error',
    find: ({ admissionTalk, admissionApproval }) =>
      tooLate(admissionTalk, admissionApproval, '上级党委审批以前应派人谈话'),
  },
  {
    rule: 'T35',
    article: '23',
    severity: 'error',
    find: ({ admissionTalk: talk, on }) => {
      const talker = talk?.talkers?.find((it) => it.isCommitteeMemberOrOrganiser === false)
      if (talk === undefined || talker === undefined) return undefined
      return clashIn(
        talk,
        talk.on ?? on,
        [['谈话人', talker.office === undefined ? talker.name : `${talker.name}（${talker.office}）`]],
        [talk],
        `谈话人${talker.name}不是党委委员，也不是组织员。审批前的谈话由党委委员或组织员进行，请核对谈话人身份；属实的由上级党委另行派人谈话。`,
      )
    },
  },
  {
    rule: 'T36',
    article: '25',
    severity: 'error',
    find: ({ admissionApproval: approval, admissionAssembly: assembly, setting }) => {
      if (!isDated(approval)) return undefined
      const clockOn = approvalStartOn(approval, assembly, setting)
      if (clockOn === undefined) return undefined
      const { approvalWithinMonths, approvalSpecialMonths } = articleOn(setting, '25', approval.on).figures
      if (compareToMonthsAfter(approval.on, clockOn, approvalWithinMonths) <= 0) return undefined
      const start = approvalStart(approval, assembly, setting)
      if (start === undefined) return undefined
      const tooLong = overMonths(approval, start, approvalSpecialMonths, '最长期限')
      if (tooLong !== undefined) return tooLong
      const reason = approval.reason === undefined ? '没有写明特殊情况' : `写明的原因是“${approval.reason}”`
      const remarks = [`特殊情况最长${approvalSpecialMonths}个月，${reason}`, start.remark].filter(
        (it) => it !== undefined,
      )
      const found = overMonths(approval, { ...start, remark: remarks.join('；') }, approvalWithinMonths)
      return found && { ...found, severity: 'warning' }
    },
  },
  {
    rule: 'T37',
    article: '31',
    severity: 'error',
    find: ({ admissionApproval: approval, admissionAssembly: assembly, oath }) => {
      const from = approval?.probationFrom
      if (approval === undefined || from === undefined || !isDated(assembly) || from === assembly.on) return undefined
      const instead = from === approval.on ? '（写成了审批日期）' : from === oath?.on ? '（写成了宣誓日期）' : ''
      return clashIn(
        approval,
        approval.on ?? from,
        [['预备期起', from]],
        [assembly],
        `预备期从${dayWritten(from)}算起${instead}，应从支部党员大会通过之日（${dayWritten(assembly.on)}）算起。请对照决议更正。`,
      )
    },
  },
  {
    rule: 'T38',
    article: '31',
    severity: 'error',
    find: ({ admissionApproval: approval, admissionAssembly: assembly, setting }) => {
      const until = approval?.probationUntil
      const from = approval?.probationFrom ?? assembly?.on
      if (approval === undefined || until === undefined || from === undefined) return undefined
      const years = articleOn(setting, '31', from).figures.probationYears
      const { probationEndStyle: style } = setting.practice
      if (style !== 'dayBefore' && compareToMonthsAfter(until, from, years * 12) === 0) return undefined
      if (style !== 'sameDay' && until === addDays(addYears(from, years), -1)) return undefined
      const rightEnd = addYears(assembly?.on ?? from, years)
      return clashIn(
        approval,
        approval.on ?? from,
        [
          ['预备期起', from],
          ['预备期止', until],
        ],
        [],
        `预备期从${dayWritten(from)}到${dayWritten(until)}，不是${years}年。从支部党员大会通过之日起满${years}年，应到${dayWritten(style === 'dayBefore' ? addDays(rightEnd, -1) : rightEnd)}为止，请对照决议更正。`,
      )
    },
  },
  {
    rule: 'T39',
    article: '29',
    severity: 'error',
    find: ({ oath, admissionApproval }) => tooEarly(oath, admissionApproval, '上级党委批准以后才能宣誓'),
  },
  {
    rule: 'T40',
    article: '29',
    severity: 'warning',
    newIn2026: true,
    find: ({ oath, admissionApproval: approval, setting }) => {
      if (!isDated(oath) || !isDated(approval)) return undefined
      const months = articleOn(setting, '29', oath.on).figures?.oathWithinMonths
      if (months === undefined || compareToMonthsAfter(oath.on, approval.on, months) <= 0) return undefined
      return overMonths(oath, { on: approval.on, fact: factOf(approval) }, months, '一般期限')
    },
  },
  {
    rule: 'T41',
    severity: 'warning',
    find: ({ duesStart, admissionAssembly: assembly }) => {
      const month = duesStart?.month
      if (duesStart === undefined || month === undefined || !isDated(assembly)) return undefined
      if (assembly.on.startsWith(month)) return undefined
      return clashIn(
        duesStart,
        assembly.on,
        [['开始交纳党费的月份', month]],
        [assembly],
        `党费从${dayWritten(month)}起交纳，而支部党员大会在${dayWritten(assembly.on)}通过。预备党员从大会通过之日起交纳党费（党费收缴规定第八条），通常从当月（${dayWritten(monthOf(assembly.on))}）起。请核对党费收缴记录。`,
      )
    },
  },
]

/** How an approval's months are counted where the report of the resolution is not recorded. */
const notReported = '上报日期未登记，从大会之日算起'

/** From when an approval's months count: the report of the resolution where it is recorded and the setting says so, else the assembly. */
export function approvalStart(
  approval: AdmissionApproval | ConfirmationApproval,
  assembly: AdmissionAssembly | ConfirmationAssembly | undefined,
  { practice }: Setting,
): Start | undefined {
  const { submittedOn } = approval
  const isFromReport = practice.approvalClockStart === 'submitted'
  if (isFromReport && submittedOn !== undefined) {
    const label = approval.kind === 'admissionApproval' ? '上报支部决议' : '上报转正决议'
    return { on: submittedOn, fact: factIn(approval, label, submittedOn) }
  }
  if (!isDated(assembly)) return undefined
  return { on: assembly.on, fact: factOf(assembly), ...(isFromReport && { remark: notReported }) }
}

/** The day alone, for a check that mostly finds nothing. */
export const approvalStartOn = (
  approval: AdmissionApproval | ConfirmationApproval,
  assembly: AdmissionAssembly | ConfirmationAssembly | undefined,
  { practice }: Setting,
): Day | undefined => (practice.approvalClockStart === 'submitted' ? approval.submittedOn : undefined) ?? assembly?.on
