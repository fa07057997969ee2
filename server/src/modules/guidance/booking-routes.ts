import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import {
  answers,
  asks,
  type Env,
  etagOf,
  inTransaction,
  inWholeUniversity,
  requireCurrent,
  router,
  unlogged,
} from '../../platform/http.ts'
import { refuseOutsiders } from '../../platform/reach.ts'
import type { Moment } from './informing.ts'
import { listBookings, viewOf } from './queries.ts'
import { listVersions, tickStep, writeRecord } from './records.ts'
import { keepRemark, readRemark } from './remarks.ts'
import {
  bookingList,
  bookingsQuery,
  bookingView,
  created,
  move,
  newBooking,
  newWish,
  recordText,
  recordVersions,
  remark,
  withReason,
} from './schema.ts'
import * as service from './service.ts'
import { openBooking } from './stored.ts'

const ofBooking = asks('param', z.object({ bookingId: z.uuid() }))
const ofStep = asks('param', z.object({ bookingId: z.uuid(), stepId: z.uuid() }))

/** What whoever is no person of the university takes no part in. */
export const taken = '参加一对一指导'

/** Runs a use case over the whole university, for persons of it. */
export const inGuidance = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inWholeUniversity(c, (ctx) => {
    refuseOutsiders(ctx.actor, taken)
    return useCase(ctx)
  })

/** Runs a use case in the scope of who asks, in which the database shows bookings to the two whose they are. */
const inOwn = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inTransaction(c, (ctx) => {
    refuseOutsiders(ctx.actor, taken)
    return useCase(ctx)
  })

/** The same over the whole university, once the database itself has shown that the booking is one of the actor's own. */
async function overOwn<T>(c: HonoContext<Env>, bookingId: string, useCase: (ctx: Context) => Promise<T>): Promise<T> {
  await inOwn(c, (ctx) => openBooking(ctx, bookingId, c.var.now))
  return inWholeUniversity(c, useCase)
}

/** When something is done, and where what is told of it leads. */
export const momentOf = (c: HonoContext<Env>): Moment => ({ now: c.var.now, base: c.var.config.baseUrl })

/** 预约: no line of the log tells who looks at which of them, since two who look at the same one have met. */
const apart: MiddlewareHandler<Env> = unlogged

/** 预约和指导记录, for the two whose they are. */
export const bookings = router()
  .get('/', apart, answers('列出本人的预约', bookingList), asks('query', bookingsQuery), async (c) => {
    return c.json(await inGuidance(c, (ctx) => listBookings(ctx, c.req.valid('query'), c.var.now)))
  })
  .post('/', apart, answers('预约一个时间', created, 201), asks('json', newBooking), async (c) => {
    return c.json({ id: await inGuidance(c, (ctx) => service.book(ctx, c.req.valid('json'), momentOf(c))) }, 201)
  })
  .get('/:bookingId', apart, answers('读取一次预约和它的记录', bookingView), ofBooking, async (c) => {
    const { bookingId } = c.req.valid('param')
    const { view, revision } = await overOwn(c, bookingId, async (ctx) =>
      viewOf(ctx, await openBooking(ctx, bookingId, c.var.now), c.var.now),
    )
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/:bookingId/wish', apart, answers('修改想谈的内容'), ofBooking, asks('json', newWish), async (c) => {
    const revision = requireCurrent(c)
    const { bookingId } = c.req.valid('param')
    const { wish } = c.req.valid('json')
    await overOwn(c, bookingId, (ctx) => service.changeWish(ctx, bookingId, { wish, revision, now: c.var.now }))
    return c.body(null, 204)
  })
  .put('/:bookingId/time', apart, answers('改期到另一个时间'), ofBooking, asks('json', move), async (c) => {
    const revision = requireCurrent(c)
    const { bookingId } = c.req.valid('param')
    const { timeId } = c.req.valid('json')
    await overOwn(c, bookingId, (ctx) => service.moveBooking(ctx, bookingId, { timeId, revision, ...momentOf(c) }))
    return c.body(null, 204)
  })
  .post(
    '/:bookingId/cancellation',
    apart,
    answers('取消预约，写明原因'),
    ofBooking,
    asks('json', withReason),
    async (c) => {
      const { bookingId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      await overOwn(c, bookingId, (ctx) => service.cancelBooking(ctx, bookingId, { reason, ...momentOf(c) }))
      return c.body(null, 204)
    },
  )
  .put('/:bookingId/record', apart, answers('填写或更正指导记录'), ofBooking, asks('json', recordText), async (c) => {
    const revision = requireCurrent(c)
    const { bookingId } = c.req.valid('param')
    await overOwn(c, bookingId, (ctx) => writeRecord(ctx, bookingId, c.req.valid('json'), { revision, now: c.var.now }))
    return c.body(null, 204)
  })
  .get('/:bookingId/record/versions', apart, answers('指导记录的各个版本', recordVersions), ofBooking, async (c) => {
    const { bookingId } = c.req.valid('param')
    return c.json(await overOwn(c, bookingId, (ctx) => listVersions(ctx, bookingId, c.var.now)))
  })
  .put('/:bookingId/steps/:stepId/completion', apart, answers('勾选自己的约定事项'), ofStep, async (c) => {
    const { bookingId, stepId } = c.req.valid('param')
    await overOwn(c, bookingId, (ctx) => tickStep(ctx, { bookingId, stepId, isDone: true, now: c.var.now }))
    return c.body(null, 204)
  })
  .delete('/:bookingId/steps/:stepId/completion', apart, answers('取消勾选自己的约定事项'), ofStep, async (c) => {
    const { bookingId, stepId } = c.req.valid('param')
    await overOwn(c, bookingId, (ctx) => tickStep(ctx, { bookingId, stepId, isDone: false, now: c.var.now }))
    return c.body(null, 204)
  })
  .get('/:bookingId/remark', apart, answers('读取仅自己可见的备注', remark), ofBooking, async (c) => {
    return c.json(await inOwn(c, (ctx) => readRemark(ctx, c.req.valid('param').bookingId, c.var.now)))
  })
  .put('/:bookingId/remark', apart, answers('保存仅自己可见的备注'), ofBooking, asks('json', remark), async (c) => {
    const { bookingId } = c.req.valid('param')
    await inOwn(c, (ctx) => keepRemark(ctx, bookingId, c.req.valid('json'), c.var.now))
    return c.body(null, 204)
  })
