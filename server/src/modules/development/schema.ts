import type {
  Act,
  ActKind,
  Day,
  DevelopmentFacts,
  DueAct,
  FigureName,
  Finding,
  LocalPractice,
  Missing,
  PlanConstraints,
  Setting,
  Stage,
  WorkingCalendar,
} from '@zhibu/rules'
import { actKinds, figureNames, isDay, recruitmentRules, seededCalendar, stages, yearOf } from '@zhibu/rules'
import { z } from 'zod'
import { cursor, day, month, pageSize } from '../../platform/wire.ts'

/** What crosses the wire about development files. */

/** Text that the database can keep: no zero character, no half of a character. */
const written = z
  .string()
  .trim()
  .refine((it) => !it.includes('\0') && it.isWellFormed(), '含有无法保存的字符，请删去后重新填写')
const text = written.max(500, '不超过 500 个字')
const name = written.min(1, '请填写姓名').max(50, '姓名不超过 50 个字')
const count = z.number().int('请填写整数').min(0).max(100_000)

const member = z.object({
  name,
  fullOn: day.exactOptional(),
  isFull: z.boolean().exactOptional(),
  discipline: z
    .object({
      kind: z.enum(['warning', 'seriousWarning', 'removalFromPost', 'disciplinaryProbation']),
      from: day,
      until: day.exactOptional(),
    })
    .exactOptional(),
  office: text.exactOptional(),
  isCommitteeMemberOrOrganiser: z.boolean().exactOptional(),
})
const members = z.array(member).max(20).exactOptional()
const attendees = z.array(member).max(2000).exactOptional()

const vote = z
  .object({
    entitled: count,
    present: count,
    yes: count,
    no: count,
    abstain: count,
    writtenOpinions: count.exactOptional(),
    individually: z.boolean().exactOptional(),
  })
  .exactOptional()

const resolution = z
  .object({
    on: day.exactOptional(),
    signedBySecretary: z.boolean().exactOptional(),
    hasCounts: z.boolean().exactOptional(),
  })
  .exactOptional()

const common = {
  /** Absent: it is known to have happened, but not when. */
  on: day.exactOptional(),
  alsoDated: z
    .array(z.object({ source: text, on: day }))
    .max(20)
    .exactOptional(),
  signatures: z
    .array(z.object({ by: text, on: day, office: text.exactOptional() }))
    .max(50)
    .exactOptional(),
  reason: text.exactOptional(),
}

/** An act of a file with everything recorded about it. The same union as `Act` of the rules. */
export const act = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('application'),
    ...common,
    receivedOn: day.exactOptional(),
    firstSubmittedOn: day.exactOptional(),
  }),
  z.object({ kind: z.literal('applicantTalk'), ...common, talkers: members }),
  z.object({
    kind: z.literal('recommendation'),
    ...common,
    by: z.enum(['league', 'members', 'massOrganisation']).exactOptional(),
  }),
  z.object({ kind: z.literal('activistDecision'), ...common }),
  z.object({ kind: z.literal('activistFiling'), ...common, repliedOn: day.exactOptional() }),
  z.object({ kind: z.literal('contactPersons'), ...common, members }),
  z.object({ kind: z.literal('review'), ...common }),
  z.object({ kind: z.literal('thoughtReport'), ...common, textHash: written.max(128).exactOptional() }),
  z.object({
    kind: z.literal('activistTraining'),
    ...common,
    trainingHours: z.number().min(0).max(2000).exactOptional(),
  }),
  z.object({
    kind: z.literal('opinions'),
    ...common,
    from: z
      .array(z.enum(['group', 'contactPersons', 'members', 'masses']))
      .max(4)
      .exactOptional(),
  }),
  z.object({ kind: z.literal('prospectProposal'), ...common }),
  z.object({ kind: z.literal('prospectConsent'), ...common }),
  z.object({ kind: z.literal('publicNotice'), ...common, endedOn: day.exactOptional() }),
  z.object({ kind: z.literal('prospectListing'), ...common }),
  z.object({ kind: z.literal('introducers'), ...common, members }),
  z.object({
    kind: z.literal('politicalReview'),
    ...common,
    lastReplyOn: day.exactOptional(),
    conclusion: z.enum(['qualified', 'unqualified']).exactOptional(),
  }),
  z.object({
    kind: z.literal('intensiveTraining'),
    ...common,
    startedOn: day.exactOptional(),
    trainingDays: z.number().min(0).max(365).exactOptional(),
    trainingHours: z.number().min(0).max(2000).exactOptional(),
  }),
  z.object({ kind: z.literal('committeeExamination'), ...common }),
  z.object({ kind: z.literal('preReview'), ...common, passed: z.boolean().exactOptional() }),
  z.object({ kind: z.literal('admissionForm'), ...common, introducersOpinionOn: day.exactOptional() }),
  z.object({ kind: z.literal('admissionAssembly'), ...common, vote, resolution, attendees }),
  z.object({ kind: z.literal('admissionTalk'), ...common, talkers: members }),
  z.object({
    kind: z.literal('admissionApproval'),
    ...common,
    submittedOn: day.exactOptional(),
    probationFrom: day.exactOptional(),
    probationUntil: day.exactOptional(),
  }),
  z.object({ kind: z.literal('admissionFiling'), ...common }),
  z.object({ kind: z.literal('assignment'), ...common }),
  z.object({ kind: z.literal('oath'), ...common }),
  z.object({ kind: z.literal('duesStart'), ...common, month: month.exactOptional() }),
  z.object({ kind: z.literal('probationReview'), ...common }),
  z.object({ kind: z.literal('confirmationRequest'), ...common }),
  z.object({ kind: z.literal('confirmationOpinions'), ...common }),
  z.object({
    kind: z.literal('confirmationAssembly'),
    ...common,
    outcome: z.enum(['confirm', 'extend', 'cancel', 'postpone']).exactOptional(),
    until: day.exactOptional(),
    vote,
    resolution,
    attendees,
  }),
  z.object({
    kind: z.literal('confirmationApproval'),
    ...common,
    submittedOn: day.exactOptional(),
    fullOn: day.exactOptional(),
  }),
  z.object({ kind: z.literal('archiving'), ...common }),
])

/** Rules that contradict what happened, acknowledged by who records it: what happened is recorded as it happened. */
export const acknowledgement = z.object({
  rules: z.array(written.max(20)).max(60),
  reason: written.min(4, '请写明为什么仍按此记录').max(500),
})

export const newAct = z.object({ act, acknowledged: acknowledgement.exactOptional() })
export type NewAct = z.infer<typeof newAct>

/** `act` replaces the corrected one; without it the corrected act is struck out. */
export const correction = z.object({
  act: act.exactOptional(),
  reason: written.min(2, '请写明更正原因').max(500),
  acknowledged: acknowledgement.exactOptional(),
})
export type Correction = z.infer<typeof correction>

/** An act to be checked without recording it; `corrects` names the act in whose place it would stand. */
export const actCheck = z.object({ act, corrects: z.uuid().exactOptional() })
export type ActCheck = z.infer<typeof actCheck>

/** What a plan has to fit into (按期限倒排). */
export const planConstraints = z.object({
  target: z.object({ kind: z.enum(actKinds), by: day }),
  assemblyDays: z.array(day).max(200).exactOptional(),
  committeeDays: z.array(day).max(200).exactOptional(),
  closed: z
    .array(z.object({ from: day, until: day }))
    .max(50)
    .exactOptional(),
})

export const filesSorts = ['name', 'due', 'stage', 'findings'] as const

/** The list of files (发展党员). */
export const filesQuery = z.object({
  q: written.max(50).optional(),
  organizationId: z.uuid().optional(),
  stage: z.enum(stages).optional(),
  next: z.enum(actKinds).optional(),
  /** Only files with contradictions, or only overdue ones. */
  only: z.enum(['findings', 'overdue']).optional(),
  sort: z.enum(filesSorts).default('due'),
  descending: z.stringbool().default(false),
  cursor,
  limit: pageSize,
})
export type FilesQuery = z.infer<typeof filesQuery>

/** The due list of the workbench (工作台). */
export const duesQuery = z.object({
  organizationId: z.uuid().optional(),
  kind: z.enum(actKinds).optional(),
  /** Only what is overdue, or due within so many days. */
  withinDays: z.coerce.number().int().min(0).max(3660).optional(),
  only: z.enum(['overdue']).optional(),
  cursor,
  limit: pageSize,
})
export type DuesQuery = z.infer<typeof duesQuery>

/** Pages of a list that has no filters. */
export const batchesQuery = z.object({ cursor: z.uuid().optional(), limit: pageSize })

export const boardQuery = filesQuery.pick({ organizationId: true })

export const newBatch = z.object({
  title: written.min(1, '请填写批次名称').max(100),
  /** The persons by id, or all files that match. */
  personIds: z.array(z.uuid()).max(2000).optional(),
  matching: filesQuery.pick({ organizationId: true, stage: true, next: true, only: true }).optional(),
})
export type NewBatch = z.infer<typeof newBatch>

/** A row of the list of files. */
export interface FileRow {
  personId: string
  name: string
  studentNumber: string | null
  organizationId: string
  organization: string
  stage: Stage | null
  next: { kind: DueAct['kind']; earliestOn: string | null; latestOn: string | null; overdue: boolean } | null
  /** Null where the reader may see only single kinds of acts of this person. */
  errorCount: number | null
  warningCount: number | null
}

/** A row of the due list, with the reasons of its date. */
export interface DueRow {
  personId: string
  name: string
  organizationId: string
  organization: string
  stage: Stage | null
  act: DueAct
}

/** What a run over a batch found in one file. */
export interface BatchEntry {
  personId: string
  name: string
  organization: string
  stage: Stage | null
  findings: Finding[]
  missing: Missing[]
  due: DueAct[]
}

/** What changed in a file from one run over a batch to the next. */
export interface BatchChange {
  cured: Finding[]
  new: Finding[]
  supplied: Missing[]
  newlyMissing: Missing[]
}

/** A row of the list of batches, with the figures of its latest run. */
export interface BatchRow {
  id: string
  title: string
  createdBy: string
  createdAt: string
  run: { number: number; ranOn: string; files: number; filesWithErrors: number; filesWithGaps: number }
}

/** A batch with its latest run, each file beside what changed in it since the run before. */
export interface BatchView {
  id: string
  title: string
  createdBy: string
  createdAt: string
  runs: { number: number; ranOn: string; ranBy: string }[]
  run: {
    number: number
    ranOn: string
    entries: (BatchEntry & { change: BatchChange | null })[]
    /** Names of persons of the run before whose files the one who ran it did not read. */
    gone: string[]
    /** How many persons of these runs have files that the reader does not read today. */
    leftOut: number
  }
  can: { run: boolean }
}

/** An act as recorded, with its author and what became of it. */
export interface RecordedAct {
  act: Act & { id: string }
  recordedBy: string
  recordedAt: string
  /** Set where a later row corrected or struck out this one. */
  correctedBy?: { id: string; reason: string; at: string; by: string; struckOut: boolean }
  corrects?: string
  acknowledged?: { rules: string[]; reason: string }
}

/** What the rules are applied with, as it crosses the wire: `settingFrom` in the rules' own form. */
export interface SettingView {
  practice: LocalPractice
  /** The years that the university keeps itself; for all others the shipped table holds. */
  workingYears: WorkingYear[]
}

/** A person's file with everything that a screen shows and that the browser needs to apply the same rules. */
export interface FileView {
  person: {
    id: string
    name: string
    studentNumber: string | null
    organizationId: string
    organization: string
  }
  /** The day for which stage, findings and due acts were computed. */
  on: Day
  /** False for a helper, who sees the delegated kinds of acts only: the browser cannot check them alone, `check` can. */
  isWhole: boolean
  /** What the rules know beside the acts. */
  facts: Omit<DevelopmentFacts, 'acts'>
  /** By day, undated last; corrected ones included. */
  acts: RecordedAct[]
  stage: Stage | null
  findings: Finding[]
  due: DueAct[]
  missing: Missing[]
  /** What the stored plan has to fit into; the plan itself is computed from it. */
  constraints: PlanConstraints | null
  setting: SettingView
  /** `record` has the kinds of acts that may be recorded and corrected. */
  can: { record: readonly ActKind[]; plan: boolean }
}

/** The facts of a file as the rules take them: the acts that count, without the corrected and struck-out ones. */
export const factsIn = (file: Pick<FileView, 'facts' | 'acts'>): DevelopmentFacts => ({
  ...file.facts,
  acts: file.acts.filter((it) => it.correctedBy === undefined).map((it) => it.act),
})

/** What the files of a part of the tree come to. */
export interface Board {
  total: number
  overdue: number
  withFindings: number
  stages: { stage: Stage | null; count: number }[]
  next: { kind: ActKind; count: number }[]
  /** The organisations one level below, and the one asked for where it has files of its own. */
  organizations: {
    id: string
    name: string
    total: number
    overdue: number
    withFindings: number
    stages: { stage: Stage | null; count: number }[]
  }[]
}

const whole = z.number().int('请填写整数').min(0, '请填写 0 或正整数').max(3660)

/** Months, persons and hours are counted in whole numbers; only a share of the votes is a fraction. */
const areCountable = (stricter: Partial<Record<FigureName, number>>): boolean =>
  figureNames.every((it) => it.endsWith('Share') || Number.isInteger(stricter[it] ?? 0))

/** What the university has settled for itself; what is looser than the national rule is refused by the rules. */
export const localPractice = z.object({
  activistClockStart: z.enum(['committeeDecision', 'filingReply']),
  approvalClockStart: z.enum(['submitted', 'assembly']),
  publicity: z.object({ countFirstDay: z.boolean() }),
  review: z.object({ graceDays: whole }),
  thoughtReport: z.object({ minGapDays: whole, everyMonths: whole }),
  applicationToActivistMonths: whole,
  recommendationValidMonths: whole,
  activistTrainingHours: whole,
  notices: z.object({ activist: whole, admission: whole, confirmation: whole }),
  attendance: z.object({ numerator: whole.min(1), denominator: whole.min(1) }).exactOptional(),
  confirmationRequest: z.object({ earliestDaysBefore: whole, latestMonthsAfter: whole }),
  confirmationAssemblyWithinMonths: whole,
  probationReviewEveryMonths: whole,
  probationEndStyle: z.enum(['sameDay', 'dayBefore', 'either']),
  canApproveProbationary: z.boolean(),
  generalBranchDeliberates: z.boolean(),
  stricter: z
    .partialRecord(z.enum(figureNames), z.number().min(0).max(3660))
    .refine(areCountable, '期限、人数、学时请填写整数'),
})

/** A year's table of working days: days off and worked weekends, each with the name of the holiday. */
export const workingYear = z.object({
  year: z.number().int().min(2000).max(2100),
  holidays: z.record(day, text.min(1, '请填写节日名称')),
  makeUpDays: z.record(day, text.min(1, '请填写节日名称')),
  /** The notice from which the table was taken. */
  source: written.min(2, '请填写来源，如通知的文号').max(200),
})
export type WorkingYear = z.infer<typeof workingYear>

export const workingYearChange = workingYear.omit({ year: true })
export type WorkingYearChange = z.infer<typeof workingYearChange>

/** The settings to read: local practice, every year's table, and whether the reader may change them. */
export interface SettingsView extends SettingView {
  /** The years of the shipped table that the university has not replaced. */
  shippedYears: number[]
  can: { settle: boolean }
}

/** The shipped table of working days with the university's own years in place of the shipped ones. */
export function calendarFrom(own: readonly WorkingYear[]): WorkingCalendar {
  if (own.length === 0) return seededCalendar
  const replaced = new Set(own.map((it) => it.year))
  const shipped = (days: ReadonlyMap<Day, string>) => [...days].filter(([on]) => !replaced.has(yearOf(on)))
  return {
    years: new Set([...seededCalendar.years, ...replaced]),
    holidays: new Map([...shipped(seededCalendar.holidays), ...own.flatMap((it) => entriesOf(it.holidays))]),
    makeUpDays: new Map([...shipped(seededCalendar.makeUpDays), ...own.flatMap((it) => entriesOf(it.makeUpDays))]),
  }
}

/** The setting in the rules' own form, for `contradictions`, `due`, `missing` and `plan`. */
export const settingFrom = ({ practice, workingYears }: SettingView): Setting => ({
  calendar: calendarFrom(workingYears),
  practice,
  rules: recruitmentRules,
})

const entriesOf = (days: Readonly<Record<Day, string>>): [Day, string][] =>
  Object.entries(days).flatMap(([on, name]) => (isDay(on) ? [[on, name]] : []))
