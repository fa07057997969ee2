import { addDays, type Day } from '@zhibu/rules'
import { beginAttempt, handIn, openAttempt, saveAnswers } from '../modules/exams/attempts.ts'
import { addToBank, createBank } from '../modules/exams/banks.ts'
import { addCandidates } from '../modules/exams/candidates.ts'
import { confirmResults } from '../modules/exams/results.ts'
import type { ExamSettings } from '../modules/exams/schema.ts'
import { createExam, makePrint, publishExam } from '../modules/exams/service.ts'
import type { PaperQuestion } from '../modules/exams/tables.ts'
import type { Answer } from '../modules/quizzes/schema.ts'
import type { Actor, Context } from '../platform/context.ts'
import type { DiscussionCast } from './discussion.ts'
import { recruitmentQuestions } from './quiz-questions.ts'

/**
 * A bank of a branch, an examination that goes on and that some have taken, and one for the hall that is to come. In the transaction of the context.
 */
export async function holdExams(
  ctx: Context,
  { branch, members }: Pick<DiscussionCast, 'branch' | 'members'>,
): Promise<void> {
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  const { secretary } = branch
  const bankId = await createBank(as(secretary), { organizationId: branch.id, ...bankText })
  await addToBank(
    as(secretary),
    bankId,
    recruitmentQuestions.map((question) => ({ topic: topicOf(question.source), question })),
  )
  const takers = members.slice(0, 12)
  const personIds = takers.flatMap((it) => it.personId ?? [])

  const goesOn = await createExam(as(secretary), { organizationId: branch.id, ...onlineExam(ctx.today, bankId) })
  await addCandidates(as(secretary), goesOn, personIds)
  await publishExam(as(secretary), goesOn)
  const sat = takers.slice(0, Math.max(1, takers.length - 2))
  for (const [place, taker] of sat.entries()) {
    const beganAt = moment(addDays(ctx.today, -2), 9 * 60 + 5 * place)
    const attemptId = await beginAttempt(as(taker), goesOn, beganAt)
    const { seat, paper } = await openAttempt(as(taker), attemptId)
    const endedAt = new Date(beganAt.getTime() + (12 + place) * minuteMs)
    const answers = paper.map((it, at) => ({ questionId: it.id, ...answerTo(it, (at * 7 + place * 5) % 10 > 2) }))
    await saveAnswers(as(taker), attemptId, { seat, answers }, endedAt)
    await handIn(as(taker), attemptId, seat, endedAt)
  }
  const confirmed = sat.slice(0, 3).flatMap((it) => it.personId ?? [])
  await confirmResults(as(secretary), goesOn, confirmed, moment(addDays(ctx.today, -1), 10 * 60))

  const toCome = await createExam(as(secretary), { organizationId: branch.id, ...hallExam(ctx.today, bankId) })
  await addCandidates(as(secretary), toCome, personIds)
  await publishExam(as(secretary), toCome)
  await makePrint(as(secretary), toCome)
}

const bankText = {
  title: '发展党员工作题库',
  summary: '党章和《中国共产党发展党员工作细则》里支部常问到的内容，每题都注明条文。',
}

/** The document in which a question can be looked up. */
const topicOf = (source: string): string => /^《([^》]+)》/.exec(source)?.[1] ?? ''

const minuteMs = 60_000
const moment = (on: Day, minute: number): Date => new Date(Date.parse(`${on}T00:00:00+08:00`) + minute * minuteMs)

const worth = { single: 5, multiple: 10, judgement: 5, blank: 10 }

const onlineExam = (today: Day, bankId: string): ExamSettings => ({
  ...{ title: '入党积极分子学习小结', summary: '可以查阅党章。不限地点，中途断网可以接着答。', form: 'online' },
  opensAt: moment(addDays(today, -3), 9 * 60).toISOString(),
  closesAt: moment(addDays(today, 7), 21 * 60).toISOString(),
  ...{ minutes: 40, attempts: 2, passAt: 36, explains: 'afterEach' },
  paper: {
    ...{ way: 'drawn', bankIds: [bankId], questionIds: [], worth, isShuffled: true },
    draws: [
      { topic: null, kind: 'single', count: 4 },
      { topic: null, kind: 'multiple', count: 2 },
      { topic: null, kind: 'judgement', count: 2 },
      { topic: null, kind: 'blank', count: 1 },
    ],
  },
})

const hallExam = (today: Day, bankId: string): ExamSettings => ({
  ...onlineExam(today, bankId),
  ...{
    title: '发展对象集中培训结业考试',
    summary: '闭卷，请带黑色签字笔。',
    form: 'paper',
    attempts: 1,
    explains: 'never',
  },
  opensAt: moment(addDays(today, 5), 14 * 60).toISOString(),
  closesAt: moment(addDays(today, 5), 15 * 60).toISOString(),
})

/** All that is right, or one thing that is wrong. */
function answerTo({ kind, options, accepted }: PaperQuestion, isRight: boolean): Answer {
  if (kind === 'blank') return { choices: [], text: isRight ? (accepted[0] ?? '') : '不清楚' }
  const choices = options.flatMap((it, at) => (it.isRight === isRight ? at : []))
  return { choices: isRight ? choices : choices.slice(0, 1), text: '' }
}
