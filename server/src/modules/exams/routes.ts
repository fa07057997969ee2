import { z } from 'zod'
import { answers, asks, etagOf, requireCurrent, router } from '../../platform/http.ts'
import { attemptRoutes } from './attempt-routes.ts'
import { beginAttempt } from './attempts.ts'
import { bankRoutes } from './bank-routes.ts'
import { candidateRoutes } from './candidate-routes.ts'
import { overExams } from './over-exams.ts'
import { listExams, viewExam, viewOwnExam } from './queries.ts'
import { resultRoutes } from './result-routes.ts'
import { created, examList, examSettings, examView, newExam, ownExam } from './schema.ts'
import * as service from './service.ts'

const ofExam = asks('param', z.object({ examId: z.uuid() }))

/** 考试: banks, examinations, attempts, results. */
export const exams = router()
  .route('/banks', bankRoutes)
  .route('/attempts', attemptRoutes)
  .get('/', answers('列出自己的考试和自己主办的考试', examList), async (c) => {
    return c.json(await overExams(c, (ctx) => listExams(ctx, c.var.now)))
  })
  .post('/', answers('新建考试', created, 201), asks('json', newExam), async (c) => {
    return c.json({ id: await overExams(c, (ctx) => service.createExam(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/:examId', answers('读取考试的安排，主办的人用', examView), ofExam, async (c) => {
    const view = await overExams(c, (ctx) => viewExam(ctx, c.req.valid('param').examId, c.var.now))
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .put('/:examId', answers('修改考试'), ofExam, asks('json', examSettings), async (c) => {
    const read = requireCurrent(c)
    const { examId } = c.req.valid('param')
    await overExams(c, (ctx) => service.changeExam(ctx, examId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .delete('/:examId', answers('删除没有发布的考试'), ofExam, async (c) => {
    await overExams(c, (ctx) => service.removeExam(ctx, c.req.valid('param').examId))
    return c.body(null, 204)
  })
  .put('/:examId/publication', answers('发布考试'), ofExam, async (c) => {
    await overExams(c, (ctx) => service.publishExam(ctx, c.req.valid('param').examId))
    return c.body(null, 204)
  })
  .delete('/:examId/publication', answers('撤回没有人参加过的考试'), ofExam, async (c) => {
    await overExams(c, (ctx) => service.withdrawExam(ctx, c.req.valid('param').examId))
    return c.body(null, 204)
  })
  .get('/:examId/own', answers('读取自己要参加的考试', ownExam), ofExam, async (c) => {
    return c.json(await overExams(c, (ctx) => viewOwnExam(ctx, c.req.valid('param').examId, c.var.now)))
  })
  .post('/:examId/attempts', answers('开始一次考试，或者回到没有交的答卷', created, 201), ofExam, async (c) => {
    return c.json({ id: await overExams(c, (ctx) => beginAttempt(ctx, c.req.valid('param').examId, c.var.now)) }, 201)
  })
  .route('/', candidateRoutes)
  .route('/', resultRoutes)
