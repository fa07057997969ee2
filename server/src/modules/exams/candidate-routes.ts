import { z } from 'zod'
import { answers, asks, router } from '../../platform/http.ts'
import { listCandidates } from './candidate-list.ts'
import { addCandidates, arrange, dropArrangement, readArrangementReason, removeCandidate } from './candidates.ts'
import { overExams } from './over-exams.ts'
import { confirmResults, takeBackConfirmation } from './results.ts'
import {
  arrangementReason,
  candidateList,
  newArrangement,
  newCandidates,
  personsToConfirm,
  withReason,
} from './schema.ts'

const ofExam = asks('param', z.object({ examId: z.uuid() }))
const ofCandidate = asks('param', z.object({ examId: z.uuid(), personId: z.uuid() }))

/** 考生, 便利安排 and 成绩确认, for whoever runs the examination. */
export const candidateRoutes = router()
  .get('/:examId/candidates', answers('列出考生和成绩', candidateList), ofExam, async (c) => {
    return c.json({ items: await overExams(c, (ctx) => listCandidates(ctx, c.req.valid('param').examId)) })
  })
  .post('/:examId/candidates', answers('添加考生'), ofExam, asks('json', newCandidates), async (c) => {
    const { examId } = c.req.valid('param')
    await overExams(c, (ctx) => addCandidates(ctx, examId, c.req.valid('json').personIds))
    return c.body(null, 204)
  })
  .delete('/:examId/candidates/:personId', answers('移出没有参加的考生'), ofCandidate, async (c) => {
    const { examId, personId } = c.req.valid('param')
    await overExams(c, (ctx) => removeCandidate(ctx, examId, personId))
    return c.body(null, 204)
  })
  .put(
    '/:examId/candidates/:personId/arrangement',
    answers('作便利安排'),
    ofCandidate,
    asks('json', newArrangement),
    async (c) => {
      const { examId, personId } = c.req.valid('param')
      await overExams(c, (ctx) => arrange(ctx, examId, personId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .delete('/:examId/candidates/:personId/arrangement', answers('取消便利安排'), ofCandidate, async (c) => {
    const { examId, personId } = c.req.valid('param')
    await overExams(c, (ctx) => dropArrangement(ctx, examId, personId))
    return c.body(null, 204)
  })
  .post(
    '/:examId/candidates/:personId/arrangement/readings',
    answers('查看便利安排的原因；查看会记录，本人看得到', arrangementReason),
    ofCandidate,
    async (c) => {
      const { examId, personId } = c.req.valid('param')
      return c.json({ reason: await overExams(c, (ctx) => readArrangementReason(ctx, examId, personId)) })
    },
  )
  .post('/:examId/confirmations', answers('确认成绩'), ofExam, asks('json', personsToConfirm), async (c) => {
    const { examId } = c.req.valid('param')
    await overExams(c, (ctx) => confirmResults(ctx, examId, c.req.valid('json').personIds, c.var.now))
    return c.body(null, 204)
  })
  .post(
    '/:examId/confirmations/:personId/withdrawal',
    answers('撤销成绩确认'),
    ofCandidate,
    asks('json', withReason),
    async (c) => {
      const { examId, personId } = c.req.valid('param')
      await overExams(c, (ctx) => takeBackConfirmation(ctx, examId, personId, c.req.valid('json').reason, c.var.now))
      return c.body(null, 204)
    },
  )
