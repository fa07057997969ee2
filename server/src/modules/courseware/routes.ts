import { z } from 'zod'
import { incomingRoutes } from '../../platform/content/incoming-routes.ts'
import { answers, asks, etagOf, inWholeUniversity, requireCurrent, router, unlogged } from '../../platform/http.ts'
import { forgetProgress } from './progress.ts'
import { listCourseware, viewOf, withMedia } from './queries.ts'
import { coursewareList, coursewareText, coursewareView, created, newCourseware, newPackageUpload } from './schema.ts'
import * as service from './service.ts'
import { inCourseware, unitRoutes } from './unit-routes.ts'
import { incoming } from './uploads.ts'

const ofCourseware = asks('param', z.object({ coursewareId: z.uuid() }))

/** 课件: pieces of courseware, their units, and how far the reader is in them. */
export const courseware = router()
  .route('/uploads', incomingRoutes(incoming, newPackageUpload))
  .route('/', unitRoutes)
  .get('/', answers('列出课件', coursewareList), async (c) => {
    return c.json(await inCourseware(c, listCourseware))
  })
  .post('/', answers('新建课件', created, 201), asks('json', newCourseware), async (c) => {
    return c.json({ id: await inCourseware(c, (ctx) => service.createCourseware(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/:coursewareId', answers('读取课件和自己的进度', coursewareView), ofCourseware, async (c) => {
    const read = await inCourseware(c, (ctx) => viewOf(ctx, c.req.valid('param').coursewareId))
    c.header('etag', etagOf(read.view.revision))
    return c.json(await inWholeUniversity(c, (ctx) => withMedia(ctx, read)))
  })
  .patch('/:coursewareId', answers('修改课件的名称和说明'), ofCourseware, asks('json', coursewareText), async (c) => {
    const revision = requireCurrent(c)
    const { coursewareId } = c.req.valid('param')
    await inCourseware(c, (ctx) => service.changeCourseware(ctx, coursewareId, c.req.valid('json'), revision))
    return c.body(null, 204)
  })
  .delete('/:coursewareId', answers('删除没有发布的课件'), ofCourseware, async (c) => {
    await inCourseware(c, (ctx) => service.removeCourseware(ctx, c.req.valid('param').coursewareId))
    return c.body(null, 204)
  })
  .put('/:coursewareId/publication', answers('发布课件'), ofCourseware, async (c) => {
    await inCourseware(c, (ctx) => service.publishCourseware(ctx, c.req.valid('param').coursewareId))
    return c.body(null, 204)
  })
  .delete('/:coursewareId/publication', answers('撤回课件'), ofCourseware, async (c) => {
    await inCourseware(c, (ctx) => service.withdrawCourseware(ctx, c.req.valid('param').coursewareId))
    return c.body(null, 204)
  })
  .delete('/:coursewareId/progress', unlogged, answers('清除自己的学习进度'), ofCourseware, async (c) => {
    await inCourseware(c, (ctx) => forgetProgress(ctx, c.req.valid('param').coursewareId))
    return c.body(null, 204)
  })
