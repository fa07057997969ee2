import { type Act, type ActKind, addDays, addYears, type Day, type DevelopmentFacts } from '@zhibu/rules'
import { diceOf } from '../server/src/demo/dice.ts'
import { wayFrom, withMistake } from '../server/src/demo/way.ts'

/** The day on which everything is measured. */
export const measuredOn: Day = '2026-11-23'

/** How many acts a complete file has here. */
export const actsOfFile = 25

/** Complete files of invented persons, one in ten with a mistake; the same for the same seed. */
export function inventFiles(count: number, seed = 1): DevelopmentFacts[] {
  const dice = diceOf(seed)
  return Array.from({ length: count }, () => {
    const appliedOn = addDays('2018-03-01', dice.between(0, 1_700))
    const people = { contacts: ['李晓岚', '赵思远'], talker: '周行', members: dice.between(7, 40) }
    const way = wayFrom(appliedOn, measuredOn, dice, people)
    const acts = trimmed(dice.percent(10) ? withMistake(way, measuredOn, dice) : way)
    return { bornOn: addDays(addYears(appliedOn, -19), -dice.between(0, 300)), acts }
  })
}

/** Without so many of the acts that a file can be read without that it has `actsOfFile`. */
function trimmed(way: readonly Act[]): (Act & { id: string })[] {
  const order = (act: Act) => dispensable.indexOf(act.kind)
  const leaving = new Set(
    way
      .filter((act) => order(act) >= 0)
      .sort((a, b) => order(a) - order(b))
      .slice(0, Math.max(0, way.length - actsOfFile)),
  )
  return way.filter((act) => !leaving.has(act)).map((act, at) => ({ id: `a${at}`, ...act }))
}

const dispensable: ActKind[] = [
  'review',
  'probationReview',
  'assignment',
  'admissionFiling',
  'archiving',
  'confirmationOpinions',
  'committeeExamination',
  'activistFiling',
  'duesStart',
  'opinions',
  'applicantTalk',
]
