import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import {
  answers,
  answersFile,
  asks,
  downloadAs,
  type Env,
  fontsOf,
  inTransaction,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { printPaper } from '../../platform/papers/printing.ts'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { wordType } from '../../platform/papers/word-template.ts'
import { refuseOutsiders } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { findPerson } from '../people/queries.ts'
import { bookings, inGuidance, momentOf, taken } from './booking-routes.ts'
import { appointMentor, changeMentor, listAppointments } from './mentors.ts'
import { ownRecordsPaper } from './own-records.ts'
import { nextStepsOf, readOffers } from './queries.ts'
import {
  appointments,
  created,
  mentorFields,
  newMentor,
  newTimes,
  offers,
  ownSteps,
  ownTimes,
  recordsOrder,
  timePlace,
  withdrawal,
} from './schema.ts'
import { offerTimes, ownTimesOf, placeTime, withdrawTimes } from './times.ts'

const ofMentor = asks('param', z.object({ mentorId: z.uuid() }))
const ofTime = asks('param', z.object({ timeId: z.uuid() }))
const pdfType = 'application/pdf'

/** Goes on only where the actor finds the person in the register. */
const refuseUnknown = (c: HonoContext<Env>, personId: string): Promise<void> =>
  inTransaction(c, async (ctx) => {
    refuseOutsiders(ctx.actor, taken)
    found(await findPerson(ctx, personId), '位同志')
  })

/** 指导老师: who guides, for those who run trainings. */
const mentors = router()
  .get('/', answers('负责范围内的指导老师和汇总数', appointments), async (c) => {
    return c.json(await inGuidance(c, (ctx) => listAppointments(ctx, c.var.now)))
  })
  .post('/', answers('聘请指导老师', created, 201), asks('json', newMentor), async (c) => {
    const asked = c.req.valid('json')
    await refuseUnknown(c, asked.personId)
    return c.json({ id: await inGuidance(c, (ctx) => appointMentor(ctx, asked, momentOf(c))) }, 201)
  })
  .put('/:mentorId', answers('修改指导老师的聘期和指导内容'), ofMentor, asks('json', mentorFields), async (c) => {
    const revision = requireCurrent(c)
    const { mentorId } = c.req.valid('param')
    const moment = { revision, ...momentOf(c) }
    await inGuidance(c, (ctx) => changeMentor(ctx, mentorId, c.req.valid('json'), moment))
    return c.body(null, 204)
  })

/** 可预约时间 of the actor as a mentor. */
const times = router()
  .get('/', answers('本人提供的时间', ownTimes), async (c) => {
    return c.json({ items: await inGuidance(c, (ctx) => ownTimesOf(ctx, c.var.now)) })
  })
  .post('/', answers('提供可预约的时间，可以每周重复'), asks('json', newTimes), async (c) => {
    await inGuidance(c, (ctx) => offerTimes(ctx, c.req.valid('json'), c.var.now))
    return c.body(null, 204)
  })
  .put('/:timeId/place', answers('修改一个时间的地点'), ofTime, asks('json', timePlace), async (c) => {
    const revision = requireCurrent(c)
    const { timeId } = c.req.valid('param')
    await inGuidance(c, (ctx) => placeTime(ctx, timeId, c.req.valid('json'), { revision, ...momentOf(c) }))
    return c.body(null, 204)
  })
  .post('/:timeId/withdrawal', answers('撤回还没有人预约的时间'), ofTime, asks('json', withdrawal), async (c) => {
    const { timeId } = c.req.valid('param')
    const { isWhole } = c.req.valid('json')
    await inGuidance(c, (ctx) => withdrawTimes(ctx, timeId, { isWhole, now: c.var.now }))
    return c.body(null, 204)
  })

/** 一对一指导: mentors offer times, people book them, and both keep what was agreed. */
export const guidance = router()
  .route('/mentors', mentors)
  .route('/times', times)
  .route('/bookings', bookings)
  .get('/', answers('可以预约的指导老师和时间', offers), async (c) => {
    return c.json(await inGuidance(c, (ctx) => readOffers(ctx, c.var.now)))
  })
  .get('/steps', answers('本人还没有办好的约定事项', ownSteps), async (c) => {
    return c.json({ items: await inGuidance(c, nextStepsOf) })
  })
  .post(
    '/exports',
    answersFile('导出本人的指导记录，不含仅自己可见的备注', [pdfType, wordType]),
    asks('json', recordsOrder),
    async (c) => {
      const order = c.req.valid('json')
      const paper = await inGuidance(c, (ctx) => ownRecordsPaper(ctx, order))
      const isWord = order.form === 'word'
      const bytes = isWord ? wordPaper(paper) : await printPaper(paper, fontsOf(c))
      const name = `一对一指导记录（${order.from} 至 ${order.until}）.${isWord ? 'docx' : 'pdf'}`
      return downloadAs(c, { name, bytes }, isWord ? wordType : pdfType)
    },
  )
