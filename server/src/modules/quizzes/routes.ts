import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Broadcast } from '../../platform/broadcast.ts'
import type { Context } from '../../platform/context.ts'
import { answers, asks, type Env, etagOf, requireCurrent, router, unlogged } from '../../platform/http.ts'
import { inReach } from '../../platform/reach.ts'
import { answerAlone, forgetAnswers } from './alone.ts'
import { questionFiles } from './file-routes.ts'
import { listQuizzes, viewOf } from './queries.ts'
import * as questions from './questions.ts'
import { roomsWith } from './room-routes.ts'
import {
  created,
  newAnswer,
  newQuestion,
  newQuestions,
  newQuiz,
  outcome,
  questionList,
  questionPlace,
  quizList,
  quizText,
  quizView,
} from './schema.ts'
import * as service from './service.ts'

const ofQuiz = asks('param', z.object({ quizId: z.uuid() }))
const ofQuestion = asks('param', z.object({ quizId: z.uuid(), questionId: z.uuid() }))

/** Runs a use case over the sets that the actor may read. */
const inQuizzes = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inReach(c, '答题', useCase)

/** 答题: sets of questions, answering alone, and rooms that are played together. */
export const quizzesWith = (live: Broadcast) =>
  router()
    .route('/rooms', roomsWith(live))
    .route('/', questionFiles)
    .get('/', answers('列出题集', quizList), async (c) => {
      return c.json(await inQuizzes(c, listQuizzes))
    })
    .post('/', answers('新建题集', created, 201), asks('json', newQuiz), async (c) => {
      return c.json({ id: await inQuizzes(c, (ctx) => service.createQuiz(ctx, c.req.valid('json'))) }, 201)
    })
    .get('/:quizId', answers('读取题集和自己的作答', quizView), ofQuiz, async (c) => {
      const view = await inQuizzes(c, (ctx) => viewOf(ctx, c.req.valid('param').quizId))
      c.header('etag', etagOf(view.revision))
      return c.json(view)
    })
    .patch('/:quizId', answers('修改题集的名称和说明'), ofQuiz, asks('json', quizText), async (c) => {
      const read = requireCurrent(c)
      const { quizId } = c.req.valid('param')
      await inQuizzes(c, (ctx) => service.changeQuiz(ctx, quizId, c.req.valid('json'), read))
      return c.body(null, 204)
    })
    .delete('/:quizId', answers('删除没有发布的题集'), ofQuiz, async (c) => {
      await inQuizzes(c, (ctx) => service.removeQuiz(ctx, c.req.valid('param').quizId))
      return c.body(null, 204)
    })
    .put('/:quizId/publication', answers('发布题集'), ofQuiz, async (c) => {
      await inQuizzes(c, (ctx) => service.publishQuiz(ctx, c.req.valid('param').quizId))
      return c.body(null, 204)
    })
    .delete('/:quizId/publication', answers('撤回题集'), ofQuiz, async (c) => {
      await inQuizzes(c, (ctx) => service.withdrawQuiz(ctx, c.req.valid('param').quizId))
      return c.body(null, 204)
    })
    .get('/:quizId/questions', answers('读取题目和答案，只有编题的人能看', questionList), ofQuiz, async (c) => {
      const { items, revision } = await inQuizzes(c, (ctx) => questions.listQuestions(ctx, c.req.valid('param').quizId))
      c.header('etag', etagOf(revision))
      return c.json({ items })
    })
    .post('/:quizId/questions', answers('添加题目'), ofQuiz, asks('json', newQuestions), async (c) => {
      const { quizId } = c.req.valid('param')
      await inQuizzes(c, (ctx) => questions.addQuestions(ctx, quizId, c.req.valid('json').questions))
      return c.body(null, 204)
    })
    .put('/:quizId/questions/:questionId', answers('修改题目'), ofQuestion, asks('json', newQuestion), async (c) => {
      const read = requireCurrent(c)
      const { quizId, questionId } = c.req.valid('param')
      await inQuizzes(c, (ctx) => questions.changeQuestion(ctx, quizId, questionId, c.req.valid('json'), read))
      return c.body(null, 204)
    })
    .put(
      '/:quizId/questions/:questionId/place',
      answers('把题目移到另一个位置'),
      ofQuestion,
      asks('json', questionPlace),
      async (c) => {
        const read = requireCurrent(c)
        const { quizId, questionId } = c.req.valid('param')
        await inQuizzes(c, (ctx) => questions.moveQuestion(ctx, quizId, questionId, c.req.valid('json').place, read))
        return c.body(null, 204)
      },
    )
    .delete('/:quizId/questions/:questionId', answers('删除题目'), ofQuestion, async (c) => {
      const { quizId, questionId } = c.req.valid('param')
      await inQuizzes(c, (ctx) => questions.removeQuestion(ctx, quizId, questionId))
      return c.body(null, 204)
    })
    .post('/:quizId/answers', unlogged, answers('自己答一题', outcome), ofQuiz, asks('json', newAnswer), async (c) => {
      const { quizId } = c.req.valid('param')
      return c.json(await inQuizzes(c, (ctx) => answerAlone(ctx, quizId, c.req.valid('json'))))
    })
    .delete('/:quizId/answers', unlogged, answers('清除自己的作答'), ofQuiz, async (c) => {
      await inQuizzes(c, (ctx) => forgetAnswers(ctx, c.req.valid('param').quizId))
      return c.body(null, 204)
    })
