import { addMonths, dayWritten } from '../../kernel/day.ts'
import { isDated, type Vote } from './facts.ts'
import { checkDays, clashIn, type Rule } from './rule.ts'
import { factOf } from './wording.ts'

/** What a university asks beyond the national rules. Silent where the setting says nothing; never an error. */
export const localRules: readonly Rule[] = [
  {
    rule: 'P01',
    severity: 'warning',
    find: ({ application, activistDecision: decision, setting }) => {
      const months = setting.practice.applicationToActivistMonths
      if (months === 0 || !isDated(application) || !isDated(decision)) return undefined
      const first = addMonths(application.on, months)
      if (decision.on >= first) return undefined
      return {
        judgedOn: decision.on,
        message: `本校规定递交申请满${months}个月（${dayWritten(first)}）再确定入党积极分子，记录为${dayWritten(decision.on)}。${checkDays}。`,
        facts: [factOf(decision), factOf(application)],
      }
    },
  },
  {
    rule: 'P02',
    severity: 'warning',
    find: ({ recommendation, activistDecision: decision, setting }) => {
      const months = setting.practice.recommendationValidMonths
      if (months === 0 || !isDated(recommendation) || !isDated(decision)) return undefined
      const last = addMonths(recommendation.on, months)
      if (decision.on <= last) return undefined
      return {
        judgedOn: decision.on,
        message: `本校规定推荐（推优）${months}个月内有效，到${dayWritten(last)}为止，而确定为入党积极分子是${dayWritten(decision.on)}。请核对日期，或重新推荐。`,
        facts: [factOf(decision), factOf(recommendation)],
      }
    },
  },
  {
    rule: 'P03',
    severity: 'warning',
    find: ({ activistTrainings, prospectListing: listing, setting }) => {
      const needed = setting.practice.activistTrainingHours
      if (needed === 0 || activistTrainings.length === 0 || !isDated(listing)) return undefined
      const until = listing.on
      let hours = 0
      for (const it of activistTrainings) {
        if (it.trainingHours === undefined) return undefined
        if (it.on === undefined || it.on <= until) hours += it.trainingHours
      }
      if (hours >= needed) return undefined
      return {
        judgedOn: until,
        message: `本校规定入党积极分子培训不少于${needed}学时，到${dayWritten(until)}列为发展对象时记录了${hours}学时。请查找遗漏的培训证明，或安排补训。`,
        facts: [factOf(listing), { label: '入党积极分子培训', value: `${hours}学时`, kind: 'activistTraining' }],
      }
    },
  },
  {
    rule: 'P04',
    severity: 'warning',
    find: ({ admissionAssembly, confirmationAssemblies, setting, on }) => {
      const { attendance } = setting.practice
      if (attendance === undefined) return undefined
      const enough = ({ present, entitled }: Vote) =>
        present * attendance.denominator >= entitled * attendance.numerator
      const few = [admissionAssembly, ...confirmationAssemblies].find((it) => it?.vote && !enough(it.vote))
      if (few?.vote === undefined) return undefined
      const { entitled, present } = few.vote
      return clashIn(
        few,
        few.on ?? on,
        [['到会情况', `应到${entitled}人，实到${present}人`]],
        [few],
        `本校规定到会有表决权的党员不少于应到的${attendance.denominator}分之${attendance.numerator}，应到${entitled}人、实到${present}人。请核对签到；属实的按本校规定处理。`,
      )
    },
  },
]
