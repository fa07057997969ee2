import { judgementOptions, type QuestionKind } from '@zhibu/server/modules/quizzes/names-schema'
import type { NewQuestion, Option, QuestionRow } from '@zhibu/server/modules/quizzes/schema'

/** A line of a question while it is written; `key` tells lines apart that look alike. */
interface Line {
  key: number
  text: string
}

/** A question while it is written: what belongs to another kind is kept, in case it is changed back. */
export interface QuestionDraft {
  kind: QuestionKind
  text: string
  options: (Line & { isRight: boolean })[]
  /** In a 判断题, which of the two is right. */
  isTrue: boolean | undefined
  accepted: Line[]
  explanation: string
  source: string
}

const blankOption = (key: number) => ({ key, text: '', isRight: false })

/** An empty question. `source` is that of the question before, since several often come from one document. */
export const emptyDraft = (source = ''): QuestionDraft => ({
  ...{ kind: 'single', text: '', isTrue: undefined, explanation: '', source },
  options: [1, 2, 3, 4].map(blankOption),
  accepted: [{ key: 1, text: '' }],
})

/** A question that was read, to be written on. */
export function draftOf({ kind, text, options, accepted, explanation, source }: QuestionRow): QuestionDraft {
  const hasOptions = kind === 'single' || kind === 'multiple'
  const empty = emptyDraft()
  return {
    ...{ kind, text, explanation, source },
    options: hasOptions ? options.map((it, at) => ({ key: at + 1, ...it })) : empty.options,
    isTrue: kind === 'judgement' ? options[0]?.isRight === true : undefined,
    accepted: kind === 'blank' ? accepted.map((it, at) => ({ key: at + 1, text: it })) : empty.accepted,
  }
}

/** The lines with an empty one more. */
export const withOption = (lines: QuestionDraft['options']): QuestionDraft['options'] => [
  ...lines,
  blankOption(nextKey(lines)),
]
export const withAccepted = (lines: QuestionDraft['accepted']): QuestionDraft['accepted'] => [
  ...lines,
  { key: nextKey(lines), text: '' },
]

const nextKey = (lines: readonly Line[]): number => Math.max(0, ...lines.map(({ key }) => key)) + 1

/** The options with this one marked as right, or no longer: in a 单选题 it takes the mark from the one before. */
export const marked = (
  { kind, options }: Pick<QuestionDraft, 'kind' | 'options'>,
  key: number,
): QuestionDraft['options'] =>
  options.map((it) =>
    it.key === key
      ? { ...it, isRight: kind === 'single' || !it.isRight }
      : kind === 'single'
        ? { ...it, isRight: false }
        : it,
  )

/** The question to be sent; lines that were left empty are left out. */
export function questionOf({ kind, text, options, isTrue, accepted, explanation, source }: QuestionDraft): NewQuestion {
  return {
    ...{ kind, text, explanation, source },
    options: optionsOf(kind, options, isTrue),
    accepted: kind === 'blank' ? accepted.map((it) => it.text.trim()).filter((it) => it !== '') : [],
  }
}

function optionsOf(kind: QuestionKind, options: QuestionDraft['options'], isTrue: boolean | undefined): Option[] {
  if (kind === 'blank') return []
  if (kind === 'judgement')
    return judgementOptions.map((text, at) => ({ text, isRight: isTrue !== undefined && isTrue === (at === 0) }))
  return options.map(({ text, isRight }) => ({ text: text.trim(), isRight })).filter(({ text }) => text !== '')
}

/** Whether each thing that a question needs is there, by its label. */
export function needsOf(draft: QuestionDraft): Record<string, boolean> {
  const { kind, text, options, accepted } = questionOf(draft)
  const right = options.filter((it) => it.isRight).length
  const base = { 题目: text.trim().length >= 2 }
  if (kind === 'blank') return { ...base, 正确答案: accepted.length > 0 }
  if (kind === 'judgement') return { ...base, 正确答案: right === 1 }
  if (kind === 'multiple') return { ...base, 至少两个选项: options.length >= 2, 至少两个正确选项: right >= 2 }
  return { ...base, 至少两个选项: options.length >= 2, 正确选项: right === 1 }
}
