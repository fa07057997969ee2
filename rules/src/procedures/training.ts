import { type Basis, basisOf } from '../kernel/basis.ts'
import { type Day, yearOf } from '../kernel/day.ts'
import { inForceOrFirst } from '../kernel/regulation.ts'
import { educationRules } from '../regulations/education-rules.ts'
import { articleNumber, recruitmentRules, ruleBookOn } from '../regulations/recruitment-rules.ts'
import { trainingPlan } from '../regulations/training-plan.ts'
import { citationOf } from './development/citation.ts'

/** A session at which somebody was, or that they made up. Hours are class hours (学时), never the time of a screen. */
export interface HeardSession {
  on: Day
  hours: number
}

/** How much of training somebody has heard: the sum of class hours, and on how many different days. */
export interface Heard {
  hours: number
  days: number
}

/** What was heard in all. Hours are counted in halves, so that no sum is off by a breath. */
export function heardIn(sessions: readonly HeardSession[]): Heard {
  const halves = sessions.reduce((sum, it) => sum + Math.round(it.hours * 2), 0)
  return { hours: halves / 2, days: new Set(sessions.map((it) => it.on)).size }
}

/** What a regulation says of an amount of training, in soft words: it shows how far somebody is and locks nothing. */
export interface TrainingMeasure {
  /** The class hours that it names. */
  hours: number
  /** Whether they are reached, or the days that stand in their place. */
  isReached: boolean
  /** How many class hours are still to come; 0 where it is reached. */
  hoursToCome: number
  /** In Chinese. */
  text: string
  basis: Basis
}

/**
 * A year of study against what is generally asked of every member (《党员教育管理工作条例》 Art. 20) and of the officers of a branch
 * (the national plan of training; that for 2024–2028 is to be verified). Nothing before the regulation was in force; years after the end of the plan are
 * looked at by its last figure, which is to be verified.
 */
export function yearOfStudy(
  who: { isMember: boolean; isOfficer: boolean },
  { hours }: Pick<Heard, 'hours'>,
  year: number,
): TrainingMeasure[] {
  const on: Day = `${year}-12-31`
  if (year < yearOf(educationRules.issuedOn)) return []
  const measures: TrainingMeasure[] = []
  if (who.isMember || who.isOfficer) {
    const { usualHoursPerYear } = inForceOrFirst(educationRules, '20', on).figures
    measures.push(
      measureOf('党员每年集中学习培训一般不少于', usualHoursPerYear, hours, basisOf(educationRules, '20', on)),
    )
  }
  if (who.isOfficer) {
    const day: Day = on > lastOfPlan ? lastOfPlan : on
    const { hoursPerYear } = inForceOrFirst(trainingPlan, '基层党组织班子成员', day).figures
    const basis = basisOf(trainingPlan, '基层党组织班子成员', day)
    measures.push(
      measureOf('基层党组织书记和班子成员每年集中学习培训不少于', hoursPerYear, hours, {
        ...basis,
        toVerify: basis.toVerify || on > lastOfPlan,
      }),
    )
  }
  return measures
}

/** The last day of the plan of training whose figures go on being shown, to be verified, until the next is known. */
const lastOfPlan: Day = '2028-12-31'

function measureOf(asked: string, wanted: number, hours: number, basis: Basis): TrainingMeasure {
  const hoursToCome = Math.max(0, wanted - hours)
  const so = hoursToCome === 0 ? `已有${hours}学时` : `已有${hours}学时，还差${hoursToCome}学时`
  return { hours: wanted, isReached: hoursToCome === 0, hoursToCome, text: `${asked}${wanted}学时；${so}。`, basis }
}

/**
 * The concentrated training of prospects: three days or 24 class hours (Art. 17 of the detailed rules, both editions), by the figures in force on the
 * day; a university may ask for more (`least`).
 */
export function prospectTraining(
  { hours, days }: Heard,
  on: Day,
  least: { trainingDays?: number | undefined; trainingHours?: number | undefined } = {},
): TrainingMeasure {
  const { figures } = inForceOrFirst(recruitmentRules, '17', on)
  const trainingDays = Math.max(figures.trainingDays, least.trainingDays ?? 0)
  const trainingHours = Math.max(figures.trainingHours, least.trainingHours ?? 0)
  const isReached = days >= trainingDays || hours >= trainingHours
  const basis = basisOfTraining(on)
  return {
    hours: trainingHours,
    isReached,
    hoursToCome: isReached ? 0 : trainingHours - hours,
    text: `发展对象集中培训一般不少于${trainingDays}天或者${trainingHours}学时；已有${days}天、${hours}学时。`,
    basis,
  }
}

function basisOfTraining(on: Day): Basis {
  const ruleBook = ruleBookOn(on)
  const number = articleNumber('17', ruleBook) ?? '17'
  const { checked } = inForceOrFirst(recruitmentRules, '17', on)
  return {
    regulation: ruleBook,
    article: number,
    cited: citationOf(number, ruleBook),
    toVerify: checked === 'toVerify',
  }
}
