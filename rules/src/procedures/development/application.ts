import { addYears, compareToMonthsAfter, type Day, dayWritten, firstDayOf, isMonth } from '../../kernel/day.ts'
import { isDated } from './facts.ts'
import type { DayOrMonth } from './results.ts'
import { clashIn, overMonths, type Rule, tooEarly } from './rule.ts'
import { articleOn } from './setting.ts'
import { factIn, factOf } from './wording.ts'

/** Contradictions from the application to the talk with the applicant. */
export const applicationRules: readonly Rule[] = [
  {
    rule: 'T01',
    article: '5',
    severity: 'error',
    find: ({ facts, application, setting }) => {
      const born = facts.bornOn ?? facts.bornOnByIdNumber
      if (!isDated(application) || born === undefined) return undefined
      const age = articleOn(setting, '5', application.on).figures.adultAge
      if (compareToMonthsAfter(application.on, firstPossible(born), age * 12) >= 0) return undefined
      const adultOn = addYears(firstPossible(born), age)
      return {
        judgedOn: application.on,
        message: `递交入党申请书（${dayWritten(application.on)}）时未满${age}周岁：出生于${dayWritten(born)}，${dayWritten(adultOn)}${born.length === 7 ? '以后' : ''}才满${age}周岁。请核对出生日期和申请日期；情况属实的，申请须在年满${age}周岁后提出。`,
        facts: [factOf(application), { label: '出生日期', value: born }],
      }
    },
  },
  {
    rule: 'T02',
    article: '7',
    severity: 'error',
    find: ({ applicantTalk, application }) => tooEarly(applicantTalk, application, '应先收到入党申请书，再派人谈话'),
  },
  {
    rule: 'T03',
    article: '7',
    severity: 'error',
    find: ({ applicantTalk: talk, application, setting }) => {
      if (!isDated(talk) || application === undefined) return undefined
      const received = application.receivedOn ?? application.on
      if (received === undefined) return undefined
      const months = articleOn(setting, '7', talk.on).figures.talkWithinMonths
      if (compareToMonthsAfter(talk.on, received, months) <= 0) return undefined
      const fact =
        application.receivedOn === undefined ? factOf(application) : factIn(application, '收到入党申请书', received)
      return overMonths(talk, { on: received, fact }, months)
    },
  },
  {
    rule: 'T56',
    severity: 'warning',
    find: ({ application }) => {
      const first = application?.firstSubmittedOn
      if (!isDated(application) || first === undefined || application.on <= first) return undefined
      return clashIn(
        application,
        application.on,
        [['首次递交入党申请书', first]],
        [application],
        `档案中的入党申请书落款为${dayWritten(application.on)}，而首次递交是${dayWritten(first)}，可能是事后重写。请找回首次递交的原件；找不到的，写明原因，以首次递交的日期为准。`,
      )
    },
  },
]

const firstPossible = (born: DayOrMonth): Day => (isMonth(born) ? firstDayOf(born) : born)
