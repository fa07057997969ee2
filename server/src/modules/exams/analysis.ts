import type { Answer } from '../quizzes/schema.ts'
import { isAnsweredRight, totalOf } from './marking.ts'
import { leastAnalysed } from './names-schema.ts'
import type { Analysis, QuestionAnalysis } from './schema.ts'
import type { PaperQuestion } from './tables.ts'

/** An attempt without its person: what was asked, and what was answered. */
export interface AnalysedAttempt {
  paper: readonly PaperQuestion[]
  answers: ReadonlyMap<string, Answer>
}

/** How one question went in one attempt. */
interface Case {
  question: PaperQuestion
  answer: Answer | undefined
  isRight: boolean
  /** The share of the rest of the paper that was right. */
  rest: number | null
}

/**
 * What the answers say of each question: its difficulty (the share of those asked who were right) and its discrimination (how being right goes with
 * the share of the rest of the paper, as a correlation: the question itself is left out, so that it does not prove itself). Figures only from
 * `leastAnalysed` on. Nothing of it says anything of persons.
 */
export function analyse(attempts: readonly AnalysedAttempt[]): Analysis {
  const cases = Map.groupBy(attempts.flatMap(casesOf), (it) => it.question.id)
  const questions = [...cases.values()].flatMap((all) => {
    const [first] = all
    return first ? [analysed(first.question, all)] : []
  })
  return { attempts: attempts.length, questions }
}

function casesOf({ paper, answers }: AnalysedAttempt): Case[] {
  const total = totalOf(paper)
  const rights = new Map(paper.map((it) => [it.id, isAnsweredRight(it, answers)]))
  const earned = totalOf(paper.filter((it) => rights.get(it.id)))
  return paper.map((question) => {
    const isRight = rights.get(question.id) ?? false
    const others = total - question.worth
    const rest = others === 0 ? null : (earned - (isRight ? question.worth : 0)) / others
    return { question, answer: answers.get(question.id), isRight, rest }
  })
}

function analysed({ id, topic, kind, text, options }: PaperQuestion, cases: readonly Case[]): QuestionAnalysis {
  const base = { questionId: id, topic, kind, text, asked: cases.length }
  if (cases.length < leastAnalysed) return { ...base, figures: null }
  const difficulty = cases.filter((it) => it.isRight).length / cases.length
  const discrimination = correlation(
    cases.flatMap(({ isRight, rest }) => (rest === null ? [] : [[isRight ? 1 : 0, rest] as const])),
  )
  const shown = options.map((option) => ({
    ...option,
    chosen: cases.filter((it) => hasChosen(it, option.text)).length,
  }))
  const blank = cases.filter((it) => it.answer === undefined).length
  return {
    ...base,
    figures: {
      difficulty,
      discrimination,
      blank,
      options: shown,
      remarks: remarksOn({ difficulty, discrimination, blank, options: shown, asked: cases.length }),
    },
  }
}

/** By its text: the options stand in another order on each paper. */
const hasChosen = ({ question, answer }: Case, text: string): boolean =>
  answer?.choices.some((at) => question.options[at]?.text === text) ?? false

/** The correlation of pairs; null where one side is always the same. */
function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, it) => sum + it, 0) / values.length
  const [meanFirst, meanSecond] = [mean(pairs.map(([it]) => it)), mean(pairs.map(([, it]) => it))]
  let [both, first, second] = [0, 0, 0]
  for (const [a, b] of pairs) {
    both += (a - meanFirst) * (b - meanSecond)
    first += (a - meanFirst) ** 2
    second += (b - meanSecond) ** 2
  }
  // What is left of sums that would be nothing but for the last digits.
  if (first < 1e-12 || second < 1e-12) return null
  return both / Math.sqrt(first * second)
}

type Figures = Omit<NonNullable<QuestionAnalysis['figures']>, 'remarks'> & { asked: number }

/** What the figures say of the question, for whoever keeps the bank. */
function remarksOn({ difficulty, discrimination, blank, options, asked }: Figures): string[] {
  const right = options.filter((it) => it.isRight)
  const leastRight = Math.min(...right.map((it) => it.chosen))
  const misleading = options.filter((it) => !it.isRight && it.chosen > leastRight)
  const unused = options.filter((it) => !it.isRight && it.chosen === 0)
  const remarks = [
    discrimination !== null &&
      discrimination < 0 &&
      '答对这道题的，其余题目反而答得差一些。请先核对标准答案，再看题干有没有歧义。',
    difficulty < 0.3 && '答对的很少。如果不是答案标错，可能讲得不够，或者问法太偏。',
    difficulty > 0.95 && '几乎都答对。用来确认人人都知道的要点可以留着，要拉开差别的不必用它。',
    discrimination !== null &&
      discrimination >= 0 &&
      discrimination < 0.15 &&
      difficulty >= 0.3 &&
      difficulty <= 0.95 &&
      '答对答错和其余题目答得怎样关系不大。题干或者选项可能有歧义，也可能考的是另一方面的内容。',
    right.length > 0 &&
      misleading.length > 0 &&
      `选“${misleading.map((it) => it.text).join('”“')}”的比选正确答案的还多。请核对标准答案，或者在讲课时说清区别。`,
    unused.length > 1 && `有 ${unused.length} 个选项没有人选，起不到干扰作用，可以换一换。`,
    blank / asked > 0.2 && '空着不答的不少。可能时间不够，或者题目看不懂。',
  ]
  const said = remarks.filter((it) => it !== false)
  return said.length > 0 ? said : ['没有发现问题。']
}
