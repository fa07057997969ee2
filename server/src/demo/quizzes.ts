import { answerInRoom, takeSeat } from '../modules/quizzes/playing.ts'
import { addQuestions } from '../modules/quizzes/questions.ts'
import { askQuestion, createRoom, endRoom, showAnswer } from '../modules/quizzes/rooms.ts'
import type { Answer, NewQuestion } from '../modules/quizzes/schema.ts'
import { createQuiz, publishQuiz } from '../modules/quizzes/service.ts'
import type { Actor, Context } from '../platform/context.ts'
import type { DiscussionCast } from './discussion.ts'
import { branchLifeQuestions, draftedQuestions, recruitmentQuestions } from './quiz-questions.ts'

/** Two sets of the university that can be answered, one of which was played together, and a draft of a branch. In the transaction of the context. */
export async function askQuestions(ctx: Context, { university, branch, members }: DiscussionCast): Promise<void> {
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  const { publicity } = university
  const { secretary } = branch

  async function write(by: Actor, organizationId: string, text: Text, questions: readonly NewQuestion[]) {
    const id = await createQuiz(as(by), { organizationId, ...text })
    await addQuestions(as(by), id, questions)
    return id
  }

  const recruitment = await write(publicity, university.id, recruitmentText, recruitmentQuestions)
  await publishQuiz(as(publicity), recruitment)
  const branchLife = await write(publicity, university.id, branchLifeText, branchLifeQuestions)
  await publishQuiz(as(publicity), branchLife)
  await write(secretary, branch.id, draftText, draftedQuestions)

  const { id: roomId } = await createRoom(as(secretary), {
    ...{ quizId: branchLife, organizationId: branch.id, teams: ['红队', '蓝队'], seconds: null },
  })
  const players = members.slice(0, 12)
  for (const [at, by] of players.entries()) await takeSeat(as(by), roomId, at % 2)
  for (const [position, question] of branchLifeQuestions.slice(0, 4).entries()) {
    await askQuestion(as(secretary), roomId, position)
    for (const [at, by] of players.entries())
      await answerInRoom(as(by), roomId, position, answerTo(question, (at + position) % 4 !== 3))
    await showAnswer(as(secretary), roomId, position)
  }
  await endRoom(as(secretary), roomId)
}

interface Text {
  title: string
  summary: string
}

const recruitmentText: Text = {
  title: '发展党员工作基本知识',
  summary: '从递交申请书到转正归档，支部常问到的时限和手续。每题都注明条文。',
}
const branchLifeText: Text = {
  title: '支部组织生活',
  summary: '开会、学习、党费、组织关系转接。支部开会前可以一起答几题。',
}
const draftText: Text = { title: '本支部应知应会', summary: '给新来的同志。还在编写，欢迎补充题目。' }

/** All that is right, or one thing that is wrong. */
function answerTo({ kind, options, accepted }: NewQuestion, isRight: boolean): Answer {
  if (kind === 'blank') return { choices: [], text: isRight ? (accepted[0] ?? '') : '不清楚' }
  const choices = options.flatMap((it, at) => (it.isRight === isRight ? at : []))
  return { choices: isRight ? choices : choices.slice(0, 1), text: '' }
}
