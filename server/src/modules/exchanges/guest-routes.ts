import { z } from 'zod'
import { answers, asks, etagOf, requireCurrent, router } from '../../platform/http.ts'
import { admitGuest, asGuest, dismissGuest } from './guest-door.ts'
import * as use from './guest-use.ts'
import { caseText, created, guestCase, guestSecret, guestView, newComment } from './schema.ts'

const ofCase = asks('param', z.object({ caseId: z.uuid() }))
const ofComment = asks('param', z.object({ caseId: z.uuid(), commentId: z.uuid() }))

/** 校外嘉宾: one meeting, for whoever came by the link of an invitation and has no account. */
export const guests = router()
  .post('/session', answers('用邀请链接进入，不需要登录'), asks('json', guestSecret), async (c) => {
    await admitGuest(c, c.req.valid('json').secret)
    return c.body(null, 204)
  })
  .delete('/session', answers('离开'), (c) => {
    dismissGuest(c)
    return c.body(null, 204)
  })
  .get('/', answers('嘉宾看到的交流会', guestView), async (c) => {
    return c.json(await asGuest(c, use.readAsGuest))
  })
  .post('/cases', answers('嘉宾写案例', created, 201), asks('json', caseText), async (c) => {
    return c.json({ id: await asGuest(c, (ctx) => use.writeAsGuest(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/cases/:caseId', answers('嘉宾读取日程里的或自己的案例', guestCase), ofCase, async (c) => {
    const view = await asGuest(c, (ctx) => use.readCaseAsGuest(ctx, c.req.valid('param').caseId))
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .put('/cases/:caseId', answers('嘉宾修改自己的案例'), ofCase, asks('json', caseText), async (c) => {
    const read = requireCurrent(c)
    const { caseId } = c.req.valid('param')
    await asGuest(c, (ctx) => use.changeAsGuest(ctx, caseId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .delete('/cases/:caseId/consent', answers('嘉宾收回整理成做法卡片的同意'), ofCase, async (c) => {
    await asGuest(c, (ctx) => use.disagreeAsGuest(ctx, c.req.valid('param').caseId))
    return c.body(null, 204)
  })
  .post('/cases/:caseId/comments', answers('嘉宾发言', created, 201), ofCase, asks('json', newComment), async (c) => {
    const { caseId } = c.req.valid('param')
    return c.json({ id: await asGuest(c, (ctx) => use.commentAsGuest(ctx, caseId, c.req.valid('json').text)) }, 201)
  })
  .delete('/cases/:caseId/comments/:commentId', answers('嘉宾撤回自己的发言'), ofComment, async (c) => {
    const { caseId, commentId } = c.req.valid('param')
    await asGuest(c, (ctx) => use.takeBackAsGuest(ctx, caseId, commentId))
    return c.body(null, 204)
  })
