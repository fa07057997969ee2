import type { Day, Month } from '../../kernel/day.ts'
import type { ActKind } from './facts.ts'

/** The two editions of the detailed rules on recruiting members. The day of an act chooses. */
export const ruleBooks = ['XZ-2014', 'XZ-2026'] as const
export type RuleBook = (typeof ruleBooks)[number]

export type Severity = 'error' | 'warning' | 'info'

/** The five standings a person passes through. */
export const stages = ['applicant', 'activist', 'prospect', 'probationary', 'full'] as const
export type Stage = (typeof stages)[number]

/** On whom an act waits. */
export type Waiting =
  | 'applicant'
  | 'branchCommittee'
  | 'branchAssembly'
  | 'partyCommittee'
  | 'organizationDepartment'
  | 'introducers'

/** A fact that a finding or a reason refers to, so that a screen can point at it. */
export interface FactUsed {
  /** In Chinese, such as “递交入党申请书”. */
  label: string
  /** A day, a month, or a figure with its unit, ready to be read. */
  value: string
  kind?: ActKind
  actId?: string
}

/** Two recorded facts that the rules do not allow together. */
export interface Finding {
  /** T01–T60 of the catalogue; `order` for a pair of the canonical order without a number there; P01… for a local rule. */
  rule: string
  severity: Severity
  ruleBook: RuleBook
  /** The article, such as "13"; absent where the rule is practice without an article. */
  article?: string
  /** What, where, and how to mend it, in Chinese. */
  message: string
  facts: readonly FactUsed[]
  /** True where a year without a table of working days went into it. */
  provisional?: true
}

/** Something that belongs into the file up to the stage reached and is not there. */
export interface Missing {
  /** Stable over runs: the kind and what it lacks, such as "oath.act". */
  code: string
  kind: ActKind
  step: number
  /** The act itself, its day, a detail of it, or most of the file of a member admitted long ago. */
  lacks: 'act' | 'day' | 'detail' | 'file'
  /** Of most of a file: all kinds of acts that it stands for, the first of which is `kind`. */
  covers?: readonly ActKind[]
  ruleBook: RuleBook
  article?: string
  /** What is missing, and how to mend it, in Chinese. */
  message: string
  /** The recorded acts that show it should be there. */
  facts: readonly FactUsed[]
}

/** One step of "why this date": an article with its figure, a recorded fact, or an entry of the calendar. */
export interface Reason {
  ruleBook?: RuleBook
  article?: string
  /** In Chinese, one sentence. */
  text: string
  facts: readonly FactUsed[]
}

/** An act that is still to come. Never one that already took place. */
export interface DueAct {
  kind: ActKind
  /** Number of the step in the step list (1–25) to which the act belongs. */
  step: number
  /** The first day on which the act may lawfully take place, where the rules set one. */
  earliestOn?: Day
  /** The last day allowed, where the rules set one. */
  latestOn?: Day
  /** `latestOn` is past. */
  overdue: boolean
  waitingOn: Waiting
  reasons: readonly Reason[]
  provisional?: true
}

/** Where a person stands and what is next. */
export interface Due {
  stage: Stage | undefined
  /** In order: the next act first, then what may run beside it (reviews). Empty when the way is complete. */
  acts: readonly DueAct[]
}

/** What a plan has to fit into. */
export interface PlanConstraints {
  /** The act to reach and the last day for it; by default the admission assembly before the person leaves. */
  target: { kind: ActKind; by: Day }
  /** The days on which the branch meets; where given, assemblies fall on one of them. */
  assemblyDays?: readonly Day[]
  /** The days on which the branch committee meets; where given, what it decides falls on one of them. */
  committeeDays?: readonly Day[]
  /** Days on which nothing is held (vacation). */
  closed?: readonly { from: Day; until: Day }[]
}

export interface PlannedAct {
  kind: ActKind
  step: number
  /** The first day that is possible, counting forward from today. */
  earliestOn: Day
  /** The last day that still reaches the target. */
  latestOn: Day
  reasons: readonly Reason[]
  provisional?: true
}

export type Plan =
  | { feasible: true; acts: readonly PlannedAct[]; notes: readonly string[] }
  | {
      feasible: false
      acts: readonly PlannedAct[]
      blockedBy: { kind: ActKind; message: string; reasons: readonly Reason[] }
      notes: readonly string[]
    }

export type DayOrMonth = Day | Month
