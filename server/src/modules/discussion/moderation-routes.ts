import { z } from 'zod'
import { answers, asks, router } from '../../platform/http.ts'
import { appealHiding, decideAppeal, hidePost, listHidings, listOwnHidings, restorePost } from './hidings.ts'
import { refuseFlood } from './limits.ts'
import { inDiscussion } from './reach.ts'
import { decideReport, listReports, reportPost } from './reports.ts'
import {
  appeal,
  appealDecision,
  hidings,
  moderationQuery,
  ownHidings,
  reportDecision,
  reports,
  withReason,
} from './schema.ts'

const ofPost = asks('param', z.object({ postId: z.uuid() }))
const ofReport = asks('param', z.object({ reportId: z.uuid() }))
const ofHiding = asks('param', z.object({ hidingId: z.uuid() }))

/** What people point out to the officers, what those hide, and what the organisation above decides on it. */
export const moderation = router()
  .post(
    '/posts/:postId/reports',
    answers('向管理人员举报一条发言，写明理由'),
    ofPost,
    asks('json', withReason),
    async (c) => {
      const { postId } = c.req.valid('param')
      await inDiscussion(c, (ctx) => {
        refuseFlood('reports', ctx.actor.accountId)
        return reportPost(ctx, postId, c.req.valid('json').reason)
      })
      return c.body(null, 204)
    },
  )
  .get('/reports', answers('列出所辖组织的举报', reports), asks('query', moderationQuery), async (c) => {
    return c.json(await inDiscussion(c, (ctx) => listReports(ctx, c.req.valid('query'))))
  })
  .post(
    '/reports/:reportId/decision',
    answers('处理一条举报：隐藏或保留'),
    ofReport,
    asks('json', reportDecision),
    async (c) => {
      const { reportId } = c.req.valid('param')
      await inDiscussion(c, (ctx) => decideReport(ctx, reportId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post(
    '/posts/:postId/hiding',
    answers('写明原因隐藏一条发言，作者会看到'),
    ofPost,
    asks('json', withReason),
    async (c) => {
      const { postId } = c.req.valid('param')
      await inDiscussion(c, (ctx) => hidePost(ctx, postId, c.req.valid('json').reason))
      return c.body(null, 204)
    },
  )
  .get('/own-hidings', answers('列出近三十天自己被隐藏的发言和申诉的答复', ownHidings), async (c) => {
    return c.json(await inDiscussion(c, listOwnHidings))
  })
  .get('/hidings', answers('隐藏和申诉的记录', hidings), asks('query', moderationQuery), async (c) => {
    return c.json(await inDiscussion(c, (ctx) => listHidings(ctx, c.req.valid('query'))))
  })
  .post(
    '/hidings/:hidingId/appeal',
    answers('作者对隐藏提出申诉，由上级答复'),
    ofHiding,
    asks('json', appeal),
    async (c) => {
      const { hidingId } = c.req.valid('param')
      await inDiscussion(c, (ctx) => appealHiding(ctx, hidingId, c.req.valid('json').words))
      return c.body(null, 204)
    },
  )
  .post(
    '/hidings/:hidingId/decision',
    answers('上级就申诉作出答复：维持或恢复'),
    ofHiding,
    asks('json', appealDecision),
    async (c) => {
      const { hidingId } = c.req.valid('param')
      await inDiscussion(c, (ctx) => decideAppeal(ctx, hidingId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post(
    '/hidings/:hidingId/restoration',
    answers('恢复自己隐藏的发言'),
    ofHiding,
    asks('json', withReason),
    async (c) => {
      const { hidingId } = c.req.valid('param')
      await inDiscussion(c, (ctx) => restorePost(ctx, hidingId, c.req.valid('json').reason))
      return c.body(null, 204)
    },
  )
