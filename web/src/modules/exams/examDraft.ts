import type { Day } from '@zhibu/rules'
import type { ExamForm, Explains, PaperWay } from '@zhibu/server/modules/exams/names-schema'
import type { ExamSettings, ExamView } from '@zhibu/server/modules/exams/schema'
import type { QuestionKind } from '@zhibu/server/modules/quizzes/names-schema'
import { writeClock } from '../../ui/InstantText.tsx'

/** A moment while it is written: a day, and the time of day in China. */
export interface Moment {
  day: Day | undefined
  clock: string
}

/** A line of what is drawn; `topic` null takes from all. */
export interface DrawLine {
  key: number
  topic: string | null
  kind: QuestionKind
  count: number | undefined
}

/** An examination while it is written. */
export interface ExamDraft {
  title: string
  summary: string
  form: ExamForm
  opens: Moment
  closes: Moment
  hasMinutes: boolean
  minutes: number | undefined
  attempts: number | undefined
  passAt: number | undefined
  explains: Explains
  way: PaperWay
  bankIds: readonly string[]
  draws: readonly DrawLine[]
  questionIds: readonly string[]
  worth: Readonly<Record<QuestionKind, number | undefined>>
  isShuffled: boolean
}

/** What most examinations are like. */
export const usualDraft: ExamDraft = {
  ...{ title: '', summary: '', form: 'online', hasMinutes: true, minutes: 60, attempts: 1, passAt: 60 },
  opens: { day: undefined, clock: '09:00' },
  closes: { day: undefined, clock: '17:00' },
  ...{ explains: 'afterEnd', way: 'drawn', bankIds: [], questionIds: [], isShuffled: true },
  draws: [{ key: 1, topic: null, kind: 'single', count: undefined }],
  worth: { single: 2, multiple: 3, judgement: 1, blank: 2 },
}

/** One that was read, to be written on. */
export function draftOf(it: ExamView): ExamDraft {
  const { title, summary, form, opensAt, closesAt, minutes, attempts, passAt, explains, paper } = it
  return {
    ...{ title, summary, form, attempts, passAt, explains },
    ...{
      opens: momentOf(opensAt),
      closes: momentOf(closesAt),
      hasMinutes: minutes !== null,
      minutes: minutes ?? undefined,
    },
    ...{ way: paper.way, bankIds: paper.bankIds, questionIds: paper.questionIds },
    ...{ worth: paper.worth, isShuffled: paper.isShuffled },
    draws: paper.draws.map((draw, at) => ({ ...draw, key: at + 1 })),
  }
}

/** A moment of the server as it is written here. */
export function momentOf(at: string): Moment {
  const inChina = new Date(Date.parse(at) + 8 * 3_600_000).toISOString()
  return { day: inChina.slice(0, 10) as Day, clock: writeClock(Date.parse(at)) }
}

/** The same for the server; undefined as long as something of it is missing. */
export function instantOf({ day, clock }: Moment): string | undefined {
  if (day === undefined || !/^\d\d:\d\d/.test(clock)) return undefined
  return new Date(`${day}T${clock.slice(0, 5)}:00+08:00`).toISOString()
}

/** The lines with one more, of the kind that comes next. */
export const withDraw = (draws: readonly DrawLine[]): DrawLine[] => [
  ...draws,
  {
    key: Math.max(0, ...draws.map((it) => it.key)) + 1,
    topic: draws.at(-1)?.topic ?? null,
    kind: kindsInOrder[Math.min(draws.length, kindsInOrder.length - 1)] ?? 'single',
    count: undefined,
  },
]

const kindsInOrder = ['single', 'multiple', 'judgement', 'blank'] as const satisfies QuestionKind[]

/** What a paper is worth, as far as it is filled in. `kinds`: those of the questions that were chosen one by one. */
export function totalIn(
  { way, draws, worth }: ExamDraft,
  kinds: readonly QuestionKind[],
): { questions: number; total: number } {
  const parts = way === 'fixed' ? kinds.map((kind) => ({ kind, count: 1 })) : draws
  return {
    questions: parts.reduce((sum, it) => sum + (it.count ?? 0), 0),
    total: parts.reduce((sum, it) => sum + (it.count ?? 0) * (worth[it.kind] ?? 0), 0),
  }
}

/** Whether each thing that is needed is there, by its label. */
export function needsOf(draft: ExamDraft): Record<string, boolean> {
  return {
    名称: draft.title.trim().length >= 2,
    开始时间: instantOf(draft.opens) !== undefined,
    结束时间: instantOf(draft.closes) !== undefined,
    ...(draft.hasMinutes && { 时长: draft.minutes !== undefined }),
    ...(draft.form === 'online' && { 可以参加几次: draft.attempts !== undefined }),
    及格线: draft.passAt !== undefined,
    每题分值: Object.values(draft.worth).every((it) => it !== undefined),
  }
}

/** What is sent. Lines that were left empty are left out. */
export function settingsOf(draft: ExamDraft): ExamSettings {
  const { title, summary, form, explains, way, bankIds, questionIds, isShuffled, worth } = draft
  const { single = 1, multiple = 1, judgement = 1, blank = 1 } = worth
  return {
    ...{ title, summary, form, explains },
    opensAt: instantOf(draft.opens) ?? '',
    closesAt: instantOf(draft.closes) ?? '',
    minutes: draft.hasMinutes ? (draft.minutes ?? null) : null,
    attempts: form === 'paper' ? 1 : (draft.attempts ?? 1),
    passAt: draft.passAt ?? 1,
    paper: {
      ...{ way, isShuffled, bankIds: [...bankIds], worth: { single, multiple, judgement, blank } },
      questionIds: way === 'fixed' ? [...questionIds] : [],
      draws:
        way === 'drawn'
          ? draft.draws.flatMap(({ topic, kind, count }) => (count === undefined ? [] : { topic, kind, count }))
          : [],
    },
  }
}
