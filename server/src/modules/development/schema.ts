import type {
  Act,
  ActKind,
  Day,
  DevelopmentFacts,
  DueAct,
  Finding,
  LocalPractice,
  Missing,
  PaperFinding,
  PlaceRemark,
  PlanConstraints,
  Setting,
  Stage,
  WorkingCalendar,
} from '@zhibu/rules'
import { isDay, recruitmentRules, seededCalendar, yearOf } from '@zhibu/rules'
import type { WorkingYear } from './settings-schema.ts'

/**
 * What screens get, and how the rules take it. Pages that only read load this file, so it brings no schema library;
 * what is sent is in `act-schema`, `request-schema` and `settings-schema`.
 */

/** A row of the list of files. */
export interface FileRow {
  personId: string
  name: string
  studentNumber: string | null
  organizationId: string
  organization: string
  stage: Stage | null
  /** The first act in turn, and the first deadline of all with the act it belongs to, which may be another. */
  next: {
    kind: DueAct['kind']
    earliestOn: string | null
    latestOn: string | null
    latestKind: DueAct['kind'] | null
    overdue: boolean
  } | null
  /** Null where the reader may see only single kinds of acts of this person. */
  errorCount: number | null
  warningCount: number | null
}

/** A row of the due list, with the reasons of its date, and whether the reader may record it. */
export interface DueRow {
  personId: string
  name: string
  studentNumber: string | null
  organizationId: string
  organization: string
  stage: Stage | null
  act: DueAct
  can: { record: boolean }
}

/** Whose turn a due act is: the reader's, that of the branches below, or whoever's. */
export const whoseChoices = ['mine', 'branches', 'all'] as const
export type Whose = (typeof whoseChoices)[number]

/** How much is due. Null: more than is counted. */
export interface DueCounts {
  /** What the reader may choose between, and how much of it is overdue; the first is shown unless asked otherwise. */
  whose: { whose: Whose; count: number | null; overdue: number | null }[]
  overdue: number | null
  /** Due from today on, within 7 days and within 30. */
  week: number | null
  month: number | null
}

/** What a run over a batch found in one file. */
export interface BatchEntry {
  personId: string
  name: string
  studentNumber: string | null
  organization: string
  stage: Stage | null
  /** Those of the records, and those of papers that say something else. */
  findings: Finding[]
  missing: Missing[]
  /** What the filing list says of the papers; nothing where no papers are kept here. */
  papers: RemarkOnRun[]
  due: DueAct[]
}

/** A remark on a place as a run keeps it. */
export type RemarkOnRun = Omit<PlaceRemark, 'facts' | 'documentIds'>

/** What changed in a file from one run over a batch to the next. */
export interface BatchChange {
  cured: Finding[]
  new: Finding[]
  supplied: Missing[]
  newlyMissing: Missing[]
  papersSettled: RemarkOnRun[]
  papersNew: RemarkOnRun[]
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

/** What the filing list says of the papers of a file. */
export interface Papers {
  /** In the order of the filing list: what is missing, what is not due yet, what lies where nothing explains it. */
  remarks: PlaceRemark[]
  /** Where a paper says something else than the record. */
  findings: PaperFinding[]
}

/** The papers of one file as its page shows them. */
export interface PapersView extends Papers {
  on: Day
  /** False where the reader sees no paper of anybody: then nothing is said to be missing. */
  isUsed: boolean
  /** False for a helper, who is told of the papers of the task alone. */
  isWhole: boolean
}

/** The facts of a file as the rules take them: the acts that count, without the corrected and struck-out ones. */
export const factsIn = (file: Pick<FileView, 'facts' | 'acts'>): DevelopmentFacts => ({
  ...file.facts,
  acts: file.acts.filter((it) => it.correctedBy === undefined).map((it) => it.act),
})

/** How many files stand at a stage, and of these how many are overdue or hold findings. */
export interface StageCounts {
  stage: Stage | null
  count: number
  overdue: number
  withFindings: number
}

/** What the files of a part of the tree come to. */
export interface Board {
  total: number
  overdue: number
  withFindings: number
  stages: StageCounts[]
  next: { kind: ActKind; count: number }[]
  /** The organisations one level below, and the one asked for where it has files of its own. */
  organizations: {
    id: string
    name: string
    total: number
    overdue: number
    withFindings: number
    stages: StageCounts[]
  }[]
}

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
