import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import {
  answers,
  answersFile,
  asks,
  type Env,
  etagOf,
  fontsOf,
  inWholeUniversity,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { printPaper } from '../../platform/papers/printing.ts'
import { inReach, refuseOutsiders } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { bringIn } from '../archive/bringing-in.ts'
import { findMedia } from '../media/queries.ts'
import { contentQuery } from '../media/schema.ts'
import { answerMedia } from '../media/serving.ts'
import { usesOf } from '../media/uses.ts'
import { fileRecord, takeRecord } from './filing.ts'
import { listKits, offerKit, readKit, withdrawKit } from './kits.ts'
import { addOwnDay, changeOwnDay, removeOwnDay } from './marked-days.ts'
import { listActivities, listOwnSignUps, listPlaces, readDay, readYear, viewOf } from './queries.ts'
import {
  activitiesQuery,
  activityFields,
  activityList,
  activityPlaces,
  activityView,
  created,
  dayKey,
  dayView,
  kitKey,
  kits,
  kitsQuery,
  kitView,
  newActivity,
  newArticleOf,
  newOwnDay,
  ownDayFields,
  ownSignUps,
  recordText,
  signUps,
  withReason,
  yearQuery,
  yearView,
} from './schema.ts'
import * as service from './service.ts'
import { leave, listSignUps, removeSignUp, signUp } from './sign-ups.ts'
import { openActivity } from './stored.ts'
import { beginArticleOf, draftNoticeOf } from './telling.ts'

const ofActivity = asks('param', z.object({ activityId: z.uuid() }))
const ofSignUp = asks('param', z.object({ activityId: z.uuid(), personId: z.uuid() }))
const ofMedium = asks('param', z.object({ activityId: z.uuid(), mediaId: z.uuid() }))
const ofOwnDay = asks('param', z.object({ dayId: z.uuid() }))
const ofKit = asks('param', z.object({ kitKey }))

/** Runs a use case over the activities that the actor may read. */
const inActivities = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inReach(c, taken, useCase)

/** What whoever is no person of the university takes no part in. */
const taken = '参加活动'

/** Runs a use case over the whole university, once it is certain that the actor may read the activity. */
async function overReadable<T>(
  c: HonoContext<Env>,
  activityId: string,
  useCase: (ctx: Context) => Promise<T>,
): Promise<T> {
  await inActivities(c, (ctx) => openActivity(ctx, activityId))
  return inWholeUniversity(c, useCase)
}

/** 日子: the memorial days and those of organisations, with what is ready for them. */
const days = router()
  .post('/', answers('新增本组织的日子', created, 201), asks('json', newOwnDay), async (c) => {
    return c.json({ id: await inActivities(c, (ctx) => addOwnDay(ctx, c.req.valid('json'))) }, 201)
  })
  .get(
    '/:dayKey',
    answers('一个日子：由来、现成方案、往年做过什么', dayView),
    asks('param', z.object({ dayKey })),
    asks('query', yearQuery),
    async (c) => {
      const { year } = c.req.valid('query')
      return c.json(await inActivities(c, (ctx) => readDay(ctx, c.req.valid('param').dayKey, year, c.var.now)))
    },
  )
  .put('/:dayId', answers('修改本组织的日子'), ofOwnDay, asks('json', ownDayFields), async (c) => {
    const read = requireCurrent(c)
    const { dayId } = c.req.valid('param')
    await inActivities(c, (ctx) => changeOwnDay(ctx, dayId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .delete('/:dayId', answers('删除本组织的日子'), ofOwnDay, async (c) => {
    await inActivities(c, (ctx) => removeOwnDay(ctx, c.req.valid('param').dayId))
    return c.body(null, 204)
  })

/** 方案库 */
const library = router()
  .get('/', answers('方案库：随系统提供的和各单位收入的', kits), asks('query', kitsQuery), async (c) => {
    return c.json({ items: await inActivities(c, (ctx) => listKits(ctx, c.req.valid('query'))) })
  })
  .get('/:kitKey', answers('读取一份方案', kitView), ofKit, async (c) => {
    return c.json(await inActivities(c, (ctx) => readKit(ctx, c.req.valid('param').kitKey)))
  })
  .delete('/:kitKey', answers('从方案库撤下一份方案'), ofKit, async (c) => {
    await inActivities(c, (ctx) => withdrawKit(ctx, c.req.valid('param').kitKey))
    return c.body(null, 204)
  })

/** 活动: planned by those who hold an office, announced to those who belong there, recorded when they are over. */
export const activities = router()
  .route('/days', days)
  .route('/kits', library)
  .get('/places', answers('可以为哪些组织举办活动', activityPlaces), async (c) => {
    return c.json(await inActivities(c, listPlaces))
  })
  .get('/year', answers('一年的日子和活动', yearView), asks('query', yearQuery), async (c) => {
    return c.json(await inActivities(c, (ctx) => readYear(ctx, c.req.valid('query').year, c.var.now)))
  })
  .get('/sign-ups/own', answers('本人报了名、还没有办的活动', ownSignUps), async (c) => {
    return c.json(
      await inWholeUniversity(c, (ctx) => {
        refuseOutsiders(ctx.actor, taken)
        return listOwnSignUps(ctx, c.var.now)
      }),
    )
  })
  .get('/', answers('列出看得到的活动', activityList), asks('query', activitiesQuery), async (c) => {
    return c.json(await inActivities(c, (ctx) => listActivities(ctx, c.req.valid('query'), c.var.now)))
  })
  .post('/', answers('筹备一项活动', created, 201), asks('json', newActivity), async (c) => {
    return c.json({ id: await inActivities(c, (ctx) => service.prepareActivity(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/:activityId', answers('读取一项活动', activityView), ofActivity, async (c) => {
    const { activityId } = c.req.valid('param')
    const activity = await inActivities(c, (ctx) => openActivity(ctx, activityId))
    const { view, revision } = await inWholeUniversity(c, (ctx) => viewOf(ctx, activity, c.var.now))
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/:activityId', answers('修改一项活动'), ofActivity, asks('json', activityFields), async (c) => {
    const read = requireCurrent(c)
    const { activityId } = c.req.valid('param')
    const { baseUrl: base } = c.var.config
    await overReadable(c, activityId, (ctx) =>
      service.changeActivity(ctx, activityId, c.req.valid('json'), { revision: read, now: c.var.now, base }),
    )
    return c.body(null, 204)
  })
  .post('/:activityId/announcement', answers('发布活动，本组织的人都能看到'), ofActivity, async (c) => {
    const read = requireCurrent(c)
    const { activityId } = c.req.valid('param')
    await inActivities(c, (ctx) => service.announceActivity(ctx, activityId, read))
    return c.body(null, 204)
  })
  .post('/:activityId/cancellation', answers('取消活动，写明原因'), ofActivity, asks('json', withReason), async (c) => {
    const { activityId } = c.req.valid('param')
    const { reason } = c.req.valid('json')
    const { baseUrl: base } = c.var.config
    await overReadable(c, activityId, (ctx) =>
      service.cancelActivity(ctx, activityId, { reason, now: c.var.now, base }),
    )
    return c.body(null, 204)
  })
  .put('/:activityId/record', answers('填写或修改活动记录'), ofActivity, asks('json', recordText), async (c) => {
    const read = requireCurrent(c)
    const { activityId } = c.req.valid('param')
    await inActivities(c, (ctx) => service.recordActivity(ctx, activityId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .post(
    '/:activityId/record/filing',
    answers('把活动记录归入本组织的电子档案', created, 201),
    ofActivity,
    async (c) => {
      const { activityId } = c.req.valid('param')
      const { paper, allowed, fileName, revision } = await inActivities(c, (ctx) => takeRecord(ctx, activityId))
      const bytes = await printPaper(paper, fontsOf(c))
      const id = await bringIn(
        c,
        (useCase) => inActivities(c, useCase),
        { bytes, fileName, allowed },
        (ctx, uploadId, taken) => fileRecord(ctx, activityId, { uploadId, revision }, taken),
      )
      return c.json({ id }, 201)
    },
  )
  .post(
    '/:activityId/article',
    answers('把活动记录写成稿件', created, 201),
    ofActivity,
    asks('json', newArticleOf),
    async (c) => {
      const { activityId } = c.req.valid('param')
      const { sectionId } = c.req.valid('json')
      return c.json({ id: await inActivities(c, (ctx) => beginArticleOf(ctx, activityId, sectionId)) }, 201)
    },
  )
  .post('/:activityId/notice', answers('起草告知活动的通知', created, 201), ofActivity, async (c) => {
    const { activityId } = c.req.valid('param')
    const { baseUrl } = c.var.config
    return c.json({ id: await inActivities(c, (ctx) => draftNoticeOf(ctx, activityId, baseUrl)) }, 201)
  })
  .post(
    '/:activityId/kit',
    answers('把活动方案收入方案库', z.object({ kitKey: z.string() }), 201),
    ofActivity,
    async (c) => {
      const { activityId } = c.req.valid('param')
      return c.json({ kitKey: await inActivities(c, (ctx) => offerKit(ctx, activityId)) }, 201)
    },
  )
  .get('/:activityId/sign-ups', answers('报名名单，只有组织者能看', signUps), ofActivity, async (c) => {
    const { activityId } = c.req.valid('param')
    return c.json(await overReadable(c, activityId, (ctx) => listSignUps(ctx, activityId)))
  })
  .put('/:activityId/sign-ups/own', answers('报名'), ofActivity, async (c) => {
    const { activityId } = c.req.valid('param')
    await overReadable(c, activityId, (ctx) => signUp(ctx, activityId, c.var.now))
    return c.body(null, 204)
  })
  .delete('/:activityId/sign-ups/own', answers('取消自己的报名'), ofActivity, async (c) => {
    const { activityId } = c.req.valid('param')
    await overReadable(c, activityId, (ctx) => leave(ctx, activityId, { now: c.var.now, base: c.var.config.baseUrl }))
    return c.body(null, 204)
  })
  .post(
    '/:activityId/sign-ups/:personId/removal',
    answers('组织者取消一个人的报名，写明原因'),
    ofSignUp,
    asks('json', withReason),
    async (c) => {
      const { activityId, personId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      const { baseUrl: base } = c.var.config
      await overReadable(c, activityId, (ctx) =>
        removeSignUp(ctx, activityId, personId, { reason, now: c.var.now, base }),
      )
      return c.body(null, 204)
    },
  )
  .get(
    '/:activityId/media/:mediaId',
    answersFile('活动的附件和照片，能看活动的人都能看', ['application/octet-stream']),
    ofMedium,
    asks('query', contentQuery),
    async (c) => {
      const { activityId, mediaId } = c.req.valid('param')
      const item = await overReadable(c, activityId, async (ctx) => {
        const used = await usesOf(ctx, { module: 'activities', id: activityId })
        return (await findMedia(ctx, used.includes(mediaId) ? [mediaId] : [])).get(mediaId)
      })
      return answerMedia(c, found(item, '个素材'), c.req.valid('query'))
    },
  )
