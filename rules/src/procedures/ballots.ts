import { type Basis, basisOf, type Explanation } from '../kernel/basis.ts'
import type { Day } from '../kernel/day.ts'
import { inForceOrFirst } from '../kernel/regulation.ts'
import { branchRules } from '../regulations/branch-rules.ts'
import { electionRules } from '../regulations/election-rules.ts'
import { articleNumber, recruitmentRules, ruleBookOn } from '../regulations/recruitment-rules.ts'
import type { Vote } from './development/facts.ts'
import type { Severity } from './development/results.ts'

/** What is voted on: admission or confirmation of a member, the ordinary business of a branch, or an election. */
export type BallotKind = 'development' | 'ordinary' | 'election'

export interface BallotNeeds {
  /** The least number of entitled members who must be present. */
  minPresent: number
  /** The least number of votes in favour, reckoned from those entitled, not from those present. */
  minYes: number
  explanations: readonly Explanation[]
}

/**
 * How many must be present and in favour. A vote on a member's development needs more than half present (Arts 19, 20),
 * ordinary business at least half (Art. 11), an election four fifths; with an even number the first two differ by one.
 */
export function ballotNeeds(kind: BallotKind, entitled: number, on: Day): BallotNeeds {
  const rule = ruleOf(kind, on)
  const minPresent = least(entitled, rule.present)
  const minYes = least(entitled, rule.yes)
  return {
    minPresent,
    minYes,
    explanations: [
      {
        text: `应到会有表决权的党员 ${entitled} 人，到会应${inWords(rule.present)}，至少 ${minPresent} 人`,
        basis: rule.present.basis,
      },
      { text: `赞成票${inWords(rule.yes)}（以应到会人数计），至少 ${minYes} 票`, basis: rule.yes.basis },
    ],
  }
}

export type BallotProblemCode =
  | 'not-a-count'
  | 'none-entitled'
  | 'more-present-than-entitled'
  | 'written-opinions-not-counted'
  | 'more-votes-than-voters'
  | 'fewer-votes-than-voters'
  | 'too-few-present'
  | 'too-few-yes'

export interface BallotProblem {
  code: BallotProblemCode
  severity: Severity
  message: string
  basis?: Basis
}

/**
 * What is wrong with a tally: figures that cannot be, too few present, not passed. Written opinions count as votes,
 * not as presence, and only in votes on development. Counts that are no whole numbers are reported alone.
 */
export function ballotProblems(kind: BallotKind, vote: Vote, on: Day): BallotProblem[] {
  const { entitled, present, yes, no, abstain, writtenOpinions = 0 } = vote
  if (![entitled, present, yes, no, abstain, writtenOpinions].every((it) => Number.isSafeInteger(it) && it >= 0)) {
    return [{ code: 'not-a-count', severity: 'error', message: '人数和票数应为不小于零的整数，请核对计票结果' }]
  }
  if (entitled === 0) {
    return [{ code: 'none-entitled', severity: 'error', message: '没有应到会有表决权的党员人数，请补填' }]
  }
  return [...impossibilities(kind, vote), ...shortfalls(kind, vote, on)]
}

function impossibilities(kind: BallotKind, { entitled, present, yes, no, abstain, writtenOpinions = 0 }: Vote) {
  const problems: BallotProblem[] = []
  const votes = yes + no + abstain
  const counted = kind === 'development' ? writtenOpinions : 0
  if (present + writtenOpinions > entitled) {
    problems.push({
      code: 'more-present-than-entitled',
      severity: 'error',
      message: `实到 ${present} 人加书面意见 ${writtenOpinions} 份，多于应到 ${entitled} 人，请核对人数`,
    })
  }
  if (writtenOpinions > counted) {
    problems.push({
      code: 'written-opinions-not-counted',
      severity: 'warning',
      message: '书面意见只在接收预备党员和转正的表决中计票，本次不计，请核对',
    })
  }
  if (votes > present + counted) {
    problems.push({
      code: 'more-votes-than-voters',
      severity: 'error',
      message: `票数合计 ${votes}，多于实到人数与书面意见之和 ${present + counted}，请核对计票结果`,
    })
  }
  if (votes < present + counted) {
    problems.push({
      code: 'fewer-votes-than-voters',
      severity: 'warning',
      message: `票数合计 ${votes}，少于实到人数与书面意见之和 ${present + counted}，请核对是否有票未收回或者漏记`,
    })
  }
  return problems
}

function shortfalls(kind: BallotKind, { entitled, present, yes }: Vote, on: Day) {
  const problems: BallotProblem[] = []
  const rule = ruleOf(kind, on)
  const { minPresent, minYes } = ballotNeeds(kind, entitled, on)
  if (present < minPresent) {
    problems.push({
      code: 'too-few-present',
      severity: 'error',
      message: `应到 ${entitled} 人，实到 ${present} 人，不足 ${minPresent} 人，会议不能表决，应另行召开`,
      basis: rule.present.basis,
    })
  }
  if (yes < minYes) {
    problems.push({
      code: 'too-few-yes',
      severity: 'error',
      message: `应到 ${entitled} 人，赞成 ${yes} 票，不足 ${minYes} 票，未获通过`,
      basis: rule.yes.basis,
    })
  }
  return problems
}

/** A share of those entitled: at least this many per cent, or more than that. */
interface Share {
  percent: number
  above: boolean
  basis: Basis
}

function ruleOf(kind: BallotKind, on: Day): { present: Share; yes: Share } {
  switch (kind) {
    case 'development':
      return {
        present: {
          percent: inForceOrFirst(recruitmentRules, '19', on).figures.presentOverShare * 100,
          above: true,
          basis: recruitmentBasis('19', on),
        },
        yes: {
          percent: inForceOrFirst(recruitmentRules, '20', on).figures.yesOverShare * 100,
          above: true,
          basis: recruitmentBasis('20', on),
        },
      }
    case 'ordinary': {
      const { presentAtLeastPercent, yesAbovePercent } = inForceOrFirst(branchRules, '11', on).figures
      const basis = basisOf(branchRules, '11', on)
      return {
        present: { percent: presentAtLeastPercent, above: false, basis },
        yes: { percent: yesAbovePercent, above: true, basis },
      }
    }
    case 'election':
      return {
        present: {
          percent: inForceOrFirst(electionRules, '到会人数', on).figures.presentAtLeastPercent,
          above: false,
          basis: basisOf(electionRules, '到会人数', on),
        },
        yes: {
          percent: inForceOrFirst(electionRules, '当选', on).figures.yesAbovePercent,
          above: true,
          basis: basisOf(electionRules, '当选', on),
        },
      }
  }
}

/** The detailed rules name the edition of the day, and number the article as that edition does. */
function recruitmentBasis(article: '19' | '20', on: Day): Basis {
  const book = ruleBookOn(on)
  const number = articleNumber(article, book) ?? article
  return {
    ...basisOf(recruitmentRules, article, on),
    regulation: book,
    article: number,
    cited: `${recruitmentRules.shortTitle}（${book === 'XZ-2014' ? '2014' : '2026'} 年）第 ${number} 条`,
  }
}

const least = (entitled: number, { percent, above }: Share): number =>
  above ? Math.floor((entitled * percent) / 100) + 1 : Math.ceil((entitled * percent) / 100)

const inWords = ({ percent, above }: Share): string =>
  `${above ? '超过' : '不少于'}${percent === 50 ? '半数' : percent === 80 ? '五分之四' : ` ${percent}%`}`
