import { leastAnswers } from '@zhibu/server/modules/quizzes/names-schema'
import type { QuestionResult, RoomState, RoomView } from '@zhibu/server/modules/quizzes/room-schema'
import type { AskedQuestion } from '@zhibu/server/modules/quizzes/schema'

/** What comes next in a room. */
export type Step = { does: 'ask' | 'show'; position: number } | { does: 'end' }

/** The next step and what the button for it says; nothing once it is over. */
export function nextStep({
  phase,
  position,
  questionCount,
}: Pick<RoomState, 'phase' | 'position' | 'questionCount'>): { step: Step; label: string } | undefined {
  const at = position ?? 0
  if (phase === 'gathering') return { step: { does: 'ask', position: 0 }, label: '开始，出第 1 题' }
  if (phase === 'asking') return { step: { does: 'show', position: at }, label: '公布答案' }
  if (phase === 'ended') return undefined
  if (at + 1 < questionCount) return { step: { does: 'ask', position: at + 1 }, label: '下一题' }
  return { step: { does: 'end' }, label: '结束，看各题情况' }
}

/** How large a question can be on the big screen, so that it fits: by all that is to be read. */
export function sizeOf({ text, options }: Pick<AskedQuestion, 'text' | 'options'>): 'large' | 'medium' | 'small' {
  const length = text.length + options.reduce((sum, it) => sum + it.length + 4, 0)
  return length <= 90 ? 'large' : length <= 220 ? 'medium' : 'small'
}

/** How a question fell, in words. */
export const resultInWords = ({ answers, right }: Pick<QuestionResult, 'answers' | 'right'>): string =>
  right === null ? `${answers} 人作答，不足 ${leastAnswers} 人，不显示对错` : `${answers} 人作答，${right} 人答对`

const shortLength = 40

/** What is written of it into the record of the activity: numbers only, of nobody in particular. */
export function recordText({ title, organization, state }: Pick<RoomView, 'title' | 'organization' | 'state'>): string {
  const results = state.results ?? []
  const lines = results.map(({ text, ...it }, at) => `${at + 1}. ${short(text)}：${resultInWords(it)}。`)
  const hard = results.flatMap(({ answers, right }, at) => (right !== null && right * 2 < answers ? [at + 1] : []))
  return [
    `${organization.name}现场答题《${title}》：共 ${state.players} 人参加，${results.length} 题。`,
    ...lines,
    ...(hard.length > 0 ? [`答对的不到一半、需要再讲的：第 ${hard.join('、')} 题。`] : []),
  ].join('\n')
}

function short(text: string): string {
  const inOneLine = text.replace(/\s+/g, ' ')
  return inOneLine.length > shortLength ? `${inOneLine.slice(0, shortLength)}……` : inOneLine
}
