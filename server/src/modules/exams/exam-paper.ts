import type { Day } from '@zhibu/rules'
import type { Paper, PaperBlock } from '../../platform/papers/official-paper.ts'
import { instantInChina } from '../../platform/today.ts'
import { optionLetters } from '../quizzes/checking.ts'
import { type QuestionKind, questionKindNames } from '../quizzes/names-schema.ts'
import { totalOf } from './marking.ts'
import type { StoredExam } from './stored.ts'
import type { PaperQuestion } from './tables.ts'

/** The paper for the hall: with lines to fill in, or with what is right for whoever marks. */
export function examPaper(
  exam: Pick<StoredExam, 'title' | 'summary' | 'minutes' | 'opensAt' | 'passAt'>,
  paper: readonly PaperQuestion[],
  { isSolved, madeOn }: { isSolved: boolean; madeOn: Day },
): Paper {
  const facts = [
    `考试时间：${instantInChina(exam.opensAt).slice(0, 16)}`,
    ...(exam.minutes === null ? [] : [`时长：${exam.minutes} 分钟`]),
    `满分：${totalOf(paper)} 分`,
    `及格线：${exam.passAt} 分`,
  ]
  return {
    title: isSolved ? `${exam.title}（答案和解析）` : exam.title,
    body: [
      { kind: 'line', text: facts.join('　') },
      ...(isSolved
        ? []
        : [
            {
              kind: 'line',
              text: '所在组织：＿＿＿＿＿＿＿＿＿　姓名：＿＿＿＿＿＿　学号：＿＿＿＿＿＿＿',
            } satisfies PaperBlock,
          ]),
      ...(exam.summary === '' || isSolved ? [] : [{ kind: 'paragraph', text: exam.summary } satisfies PaperBlock]),
      ...partsOf(paper).flatMap(({ heading, questions }) => [
        { kind: 'heading', level: 1, text: heading } satisfies PaperBlock,
        ...questions.flatMap((it) => blocksOf(it, isSolved)),
      ]),
    ],
    attachments: [],
    runningHead: exam.title,
    marksMissing: true,
    madeOn,
  }
}

const numerals = ['一', '二', '三', '四']
const kinds = ['single', 'multiple', 'judgement', 'blank'] as const satisfies QuestionKind[]

interface Numbered {
  number: number
  question: PaperQuestion
}

function partsOf(paper: readonly PaperQuestion[]): { heading: string; questions: Numbered[] }[] {
  const numbered = paper.map((question, at) => ({ number: at + 1, question }))
  return kinds
    .map((kind) => ({ kind, questions: numbered.filter((it) => it.question.kind === kind) }))
    .filter((it) => it.questions.length > 0)
    .map(({ kind, questions }, at) => {
      const worth = questions[0]?.question.worth ?? 0
      const all = totalOf(questions.map((it) => it.question))
      return {
        heading: `${numerals[at]}、${questionKindNames[kind]}（共 ${questions.length} 题，每题 ${worth} 分，共 ${all} 分）`,
        questions,
      }
    })
}

function blocksOf({ number, question }: Numbered, isSolved: boolean): PaperBlock[] {
  const { kind, text, options } = question
  const room = kind === 'blank' || isSolved ? '' : '（　　）'
  const lettered = kind === 'judgement' ? [] : options.map((it, at) => `${optionLetters.charAt(at)}. ${it.text}`)
  return [
    { kind: 'paragraph', text: `${number}. ${text.replace(/\n+/g, ' ')}${room}` },
    ...lines(lettered),
    ...(isSolved ? solution(question) : []),
  ]
}

/** Short options stand beside one another. */
function lines(options: readonly string[]): PaperBlock[] {
  if (options.length === 0) return []
  const isShort = options.reduce((sum, it) => sum + it.length, 0) <= 40
  const all = isShort ? [options.join('　　')] : options
  return all.map((text) => ({ kind: 'paragraph', text }))
}

function solution({ kind, options, accepted, explanation, source }: PaperQuestion): PaperBlock[] {
  const right = options.flatMap((it, at) =>
    it.isRight ? [kind === 'judgement' ? it.text : optionLetters.charAt(at)] : [],
  )
  const all = [
    `答案：${kind === 'blank' ? accepted.join('，或 ') : right.join('')}`,
    ...(explanation === '' ? [] : [`解析：${explanation.replace(/\n+/g, ' ')}`]),
    ...(source === '' ? [] : [`出处：${source}`]),
  ]
  return all.map((text) => ({ kind: 'paragraph', text }))
}
