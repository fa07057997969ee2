import { z } from 'zod'
import { answers, asks, router } from '../../platform/http.ts'
import { attemptView, savedAnswers, seat } from './attempt-schema.ts'
import { viewAttempt } from './attempt-views.ts'
import { handIn, saveAnswers, takeSeat } from './attempts.ts'
import { overExams } from './over-exams.ts'

const ofAttempt = asks('param', z.object({ attemptId: z.uuid() }))

/** 答卷, for the person alone who writes it. */
export const attemptRoutes = router()
  .get('/:attemptId', answers('读取自己的答卷', attemptView), ofAttempt, async (c) => {
    return c.json(await overExams(c, (ctx) => viewAttempt(ctx, c.req.valid('param').attemptId, c.var.now)))
  })
  .post('/:attemptId/seat', answers('在这个窗口作答，别的窗口不再保存', seat), ofAttempt, async (c) => {
    return c.json({ seat: await overExams(c, (ctx) => takeSeat(ctx, c.req.valid('param').attemptId)) })
  })
  .put('/:attemptId/answers', answers('保存答案'), ofAttempt, asks('json', savedAnswers), async (c) => {
    const { attemptId } = c.req.valid('param')
    await overExams(c, (ctx) => saveAnswers(ctx, attemptId, c.req.valid('json'), c.var.now))
    return c.body(null, 204)
  })
  .post('/:attemptId/handing-in', answers('交卷'), ofAttempt, asks('json', seat), async (c) => {
    const { attemptId } = c.req.valid('param')
    await overExams(c, (ctx) => handIn(ctx, attemptId, c.req.valid('json').seat, c.var.now))
    return c.body(null, 204)
  })
