import { type Basis, basisOf } from '../kernel/basis.ts'
import { addDays, type Day, dayWritten } from '../kernel/day.ts'
import { inForceOrFirst } from '../kernel/regulation.ts'
import { branchRules } from '../regulations/branch-rules.ts'
import { type Period, periodName, periodOf } from './periods.ts'

export type MeetingKind =
  | 'assembly'
  | 'committee'
  | 'group'
  | 'lecture'
  | 'themedPartyDay'
  | 'orgLifeMeeting'
  | 'appraisal'
  | 'talks'

/** A meeting as the branch's register has it. Where the branch has several groups, `group` says which one met. */
export interface RecordedMeeting {
  kind: MeetingKind
  on: Day
  group?: string
}

/** What is known of a branch for this purpose. */
export interface MeetingBranch {
  /** Below seven full members a branch has no committee, and nothing is expected of one. */
  hasCommittee: boolean
  /** The names of its groups; empty where it has none. */
  groups: readonly string[]
  establishedOn?: Day
}

/** What the university has set. */
export interface MeetingSettings {
  /** How often a lecture is expected; absent: not at all, for the rules give no number. A divisor of 12. */
  lectureEveryMonths?: 1 | 2 | 3 | 4 | 6 | 12
}

export interface DueMeeting {
  kind: MeetingKind
  group?: string
  /** The period for which no meeting is recorded: a month, a quarter, a year. */
  from: Day
  until: Day
  /** `due`: the period is running, `until` is its last day. `unrecorded`: the period before is over. */
  standing: 'due' | 'unrecorded'
  /** In Chinese, in soft words: the rules say "generally", and a meeting may only be missing in the register. */
  text: string
  basis?: Basis
}

/**
 * Which meetings the register lacks on a day: for the running period and for the one before it, by kind and group.
 * A period that was running when the branch was established is not reported once it is over.
 */
export function dueMeetings(
  branch: MeetingBranch,
  recorded: readonly RecordedMeeting[],
  on: Day,
  settings: MeetingSettings = {},
): DueMeeting[] {
  return expectations(branch, on, settings).flatMap((expected) => {
    const running = periodOf(on, expected.everyMonths)
    const before = periodOf(addDays(running.from, -1), expected.everyMonths)
    const existed = branch.establishedOn === undefined || branch.establishedOn <= before.from
    return [
      ...(existed && !isRecorded(expected, before, recorded) ? [unrecorded(expected, before)] : []),
      ...(isRecorded(expected, running, recorded) ? [] : [due(expected, running)]),
    ]
  })
}

interface Expectation {
  kind: MeetingKind
  group?: string
  /** How many months the period has; periods begin with the calendar year. */
  everyMonths: number
  basis?: Basis
}

function expectations(branch: MeetingBranch, on: Day, settings: MeetingSettings): Expectation[] {
  const { lectureEveryMonths } = settings
  const monthly = inForceOrFirst(branchRules, '13', on).figures.everyMonths
  return [
    { kind: 'assembly', everyMonths: inForceOrFirst(branchRules, '11', on).figures.everyMonths, basis: cite('11', on) },
    ...(branch.hasCommittee
      ? [
          {
            kind: 'committee' as const,
            everyMonths: inForceOrFirst(branchRules, '12', on).figures.everyMonths,
            basis: cite('12', on),
          },
        ]
      : []),
    ...branch.groups.map((group) => ({ kind: 'group' as const, group, everyMonths: monthly, basis: cite('13', on) })),
    ...(lectureEveryMonths === undefined ? [] : [{ kind: 'lecture' as const, everyMonths: lectureEveryMonths }]),
    {
      kind: 'themedPartyDay',
      everyMonths: inForceOrFirst(branchRules, '16', on).figures.themedPartyDayEveryMonths,
      basis: cite('16', on),
    },
    { kind: 'orgLifeMeeting', everyMonths: perYear('17', on), basis: cite('17', on) },
    { kind: 'appraisal', everyMonths: perYear('18', on), basis: cite('18', on) },
    { kind: 'talks', everyMonths: perYear('19', on), basis: cite('19', on) },
  ]
}

const cite = (article: keyof typeof branchRules.articles, on: Day): Basis => basisOf(branchRules, article, on)

const perYear = (article: '17' | '18' | '19', on: Day): number =>
  12 / inForceOrFirst(branchRules, article, on).figures.perYear

const isRecorded = (expected: Expectation, period: Period, recorded: readonly RecordedMeeting[]): boolean =>
  recorded.some(
    (it) =>
      it.kind === expected.kind &&
      it.on >= period.from &&
      it.on <= period.until &&
      (expected.group === undefined || it.group === expected.group),
  )

function due(expected: Expectation, period: Period): DueMeeting {
  const usual = expected.kind === 'orgLifeMeeting' ? '，一般安排在第四季度' : ''
  const text = `${periodName(period, expected.everyMonths)}尚无${nameOf(expected)}记录，宜安排在${dayWritten(period.until)}以前（含当日）${usual}`
  return { ...identify(expected, period), standing: 'due', text }
}

function unrecorded(expected: Expectation, period: Period): DueMeeting {
  const text = `${periodName(period, expected.everyMonths)}没有${nameOf(expected)}记录；如已开展，请补录，如未开展，请说明情况`
  return { ...identify(expected, period), standing: 'unrecorded', text }
}

const identify = ({ kind, group, basis }: Expectation, { from, until }: Period) => ({
  kind,
  ...(group === undefined ? {} : { group }),
  from,
  until,
  ...(basis === undefined ? {} : { basis }),
})

const names: Record<MeetingKind, string> = {
  assembly: '支部党员大会',
  committee: '支部委员会会议',
  group: '党小组会',
  lecture: '党课',
  themedPartyDay: '主题党日',
  orgLifeMeeting: '组织生活会',
  appraisal: '民主评议党员',
  talks: '谈心谈话',
}

/** A group that is called “第二党小组” holds a “第二党小组会”. */
const nameOf = ({ kind, group }: Expectation): string =>
  group === undefined ? names[kind] : group.endsWith('党小组') ? `${group}会` : `${group}${names[kind]}`
