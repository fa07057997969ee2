import { type Basis, basisOf } from '../../kernel/basis.ts'
import type { Day } from '../../kernel/day.ts'
import { inForceOrFirst } from '../../kernel/regulation.ts'
import { branchRules } from '../../regulations/branch-rules.ts'
import { recruitmentRules } from '../../regulations/recruitment-rules.ts'
import { periodName, periodsIn } from '../periods.ts'
import type { FilingTemplate } from './template.ts'

/** What is known of an organisation for this purpose. */
export interface PaperKeeper {
  /** Of a general branch or a group the rules ask nothing here. */
  kind: 'branch' | 'partyCommittee' | 'other'
  /** A branch without a committee leaves no minutes of one. */
  hasCommittee: boolean
  establishedOn?: Day
  dissolvedOn?: Day
}

/** A paper that an organisation should have filed for a period that is over. */
export interface PaperGap {
  /** The code of the place. */
  place: string
  label: string
  from: Day
  until: Day
  /** What is not there, and what to do, in Chinese. */
  message: string
  basis: Basis
}

/**
 * Which papers of an organisation are not there for the periods of a year that are over on a day, where the rules say how often
 * they come about: minutes of the assembly and of the committee of a branch (支部工作条例 Arts. 11, 12), the yearly analysis of a
 * Party committee (细则 Art. 11). A paper counts for the period in which the day written on it lies; a period in which the
 * organisation was set up or dissolved is not asked about. In the order of the filing list, then of the year.
 */
export function periodicGaps(
  template: FilingTemplate,
  keeper: PaperKeeper,
  filed: readonly { place: string; on?: Day }[],
  year: number,
  on: Day,
): readonly PaperGap[] {
  const expected = new Map(expectedOf(keeper, on).map((it) => [it.place, it]))
  return template.organization.flatMap(({ code, label }) => {
    const it = expected.get(code)
    if (it === undefined) return []
    return periodsIn(year, it.everyMonths)
      .filter(({ from, until }) => until < on && existed(keeper, from, until) && !isFiled(code, from, until, filed))
      .map(({ from, until }) => ({
        place: code,
        label,
        from,
        until,
        message: `${periodName({ from, until }, it.everyMonths)}没有归档“${label}”。已形成的请归档并填写材料日期；确实没有形成的说明情况，不得补造。`,
        basis: it.basis,
      }))
  })
}

interface Expected {
  place: string
  everyMonths: number
  basis: Basis
}

function expectedOf({ kind, hasCommittee }: PaperKeeper, on: Day): Expected[] {
  const figuresOf = (article: '11' | '12') => inForceOrFirst(branchRules, article, on).figures
  if (kind === 'branch')
    return [
      { place: 'assemblyMinutes', everyMonths: figuresOf('11').everyMonths, basis: basisOf(branchRules, '11', on) },
      ...(hasCommittee
        ? [
            {
              place: 'branchCommitteeMinutes',
              everyMonths: figuresOf('12').everyMonths,
              basis: basisOf(branchRules, '12', on),
            },
          ]
        : []),
    ]
  if (kind !== 'partyCommittee') return []
  const { analysisEveryMonths } = inForceOrFirst(recruitmentRules, '11', on).figures
  return [{ place: 'activistAnalysis', everyMonths: analysisEveryMonths, basis: basisOf(recruitmentRules, '11', on) }]
}

const existed = ({ establishedOn, dissolvedOn }: PaperKeeper, from: Day, until: Day): boolean =>
  (establishedOn === undefined || establishedOn <= from) && (dissolvedOn === undefined || dissolvedOn > until)

const isFiled = (place: string, from: Day, until: Day, filed: readonly { place: string; on?: Day }[]): boolean =>
  filed.some((it) => it.place === place && it.on !== undefined && it.on >= from && it.on <= until)
