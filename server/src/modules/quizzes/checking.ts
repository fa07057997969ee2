import { inOneLine } from '../../platform/visible-text.ts'
import { mostOptions, mostQuestions } from './names-schema.ts'
import { type NewQuestion, newQuestion, type Reading, type ReadQuestion } from './schema.ts'

/** The letters under which the options of a question are shown and answered in a file, in their order. */
export const optionLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.slice(0, mostOptions)

/** From so many problems on a file is not read further. */
export const mostProblems = 200

/** So long the name of a topic is; more of it is left out. */
const longestTopic = 60

/** What a file says by itself, before it is laid beside the set. */
export interface FileReading extends Pick<Reading, 'problems'> {
  /** With the chapter or the subject that stands beside it there; a set of a quiz has none. */
  questions: (Omit<ReadQuestion, 'repeats'> & { topic: string })[]
}

/**
 * Takes in what a file says at one place: a question as it is written there, or in words what has to be mended before it is one.
 * False where no more are taken; that is then the last of the problems.
 */
export function takeIn(
  { questions, problems }: FileReading,
  at: string,
  written: NewQuestion | string,
  topic = '',
): boolean {
  if (questions.length >= mostQuestions) {
    problems.push({ at, message: `一次最多读取 ${mostQuestions} 题，从这里起没有读取，请分成几个文件` })
    return false
  }
  if (problems.length >= mostProblems) {
    problems.push({ at, message: '要改的地方太多，从这里起没有读取，请先改好前面各处' })
    return false
  }
  if (typeof written === 'string') problems.push({ at, message: written })
  else {
    const { data, error } = newQuestion.safeParse(written)
    if (data) questions.push({ at, question: data, topic: inOneLine(topic).slice(0, longestTopic) })
    else problems.push({ at, message: messageOf(error.issues) })
  }
  return true
}

/** A piece of a file as it is quoted in a problem. */
export function quoted(text: string): string {
  const characters = [...text.slice(0, 60)]
  return `“${characters.length > 20 ? `${characters.slice(0, 20).join('')}……` : characters.join('')}”`
}

const partNames: Record<keyof NewQuestion, string> = {
  kind: '题型',
  text: '题目',
  options: '选项',
  accepted: '答案',
  explanation: '解析',
  source: '出处',
}

function messageOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  const messages = issues.map(({ path: [part, place], message }) => {
    const name = Object.entries(partNames).find(([it]) => it === part)?.[1]
    const letter = part === 'options' && typeof place === 'number' ? ` ${optionLetters[place] ?? ''}` : ''
    return `${name}${letter}：${message}`
  })
  return [...new Set(messages)].join('；')
}
