import { z } from 'zod'
import { answers, asks, etagOf, requireCurrent, router } from '../../platform/http.ts'
import { joinTeam, leaveTeam, setConsents, submitEntry, takeBackEntry, withdrawEntry, writeEntry } from './entries.ts'
import { openEntryMedium, readEntry } from './entry-views.ts'
import { mediaRoutes } from './media-routes.ts'
import { overEntries } from './over-entries.ts'
import { code, consents, created, entryFields, entryView, submission } from './schema.ts'

const ofEntry = asks('param', z.object({ entryId: z.uuid() }))
const ofMember = asks('param', z.object({ entryId: z.uuid(), personId: z.uuid() }))

/** 作品, for those whose work they are; and for those who hold the call, once they were submitted. */
export const entries = router()
  .post('/joining', answers('凭邀请码加入一件作品', created, 201), asks('json', code), async (c) => {
    return c.json({ id: await overEntries(c, (ctx) => joinTeam(ctx, c.req.valid('json').code)) }, 201)
  })
  .get('/:entryId', answers('读取一件作品', entryView), ofEntry, async (c) => {
    const { view, revision } = await overEntries(c, (ctx) => readEntry(ctx, c.req.valid('param').entryId))
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/:entryId', answers('保存作品的草稿'), ofEntry, asks('json', entryFields), async (c) => {
    const read = requireCurrent(c)
    const { entryId } = c.req.valid('param')
    await overEntries(c, (ctx) => writeEntry(ctx, entryId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .delete('/:entryId', answers('撤回作品；草稿随即删除'), ofEntry, async (c) => {
    await overEntries(c, (ctx) => withdrawEntry(ctx, c.req.valid('param').entryId, c.var.config.baseUrl))
    return c.body(null, 204)
  })
  .post('/:entryId/submission', answers('提交作品'), ofEntry, asks('json', submission), async (c) => {
    const read = requireCurrent(c)
    const { entryId } = c.req.valid('param')
    const { hasLookedAt } = c.req.valid('json')
    await overEntries(c, (ctx) => submitEntry(ctx, entryId, hasLookedAt, read))
    return c.body(null, 204)
  })
  .delete('/:entryId/submission', answers('截止之前取回作品，继续修改'), ofEntry, async (c) => {
    await overEntries(c, (ctx) => takeBackEntry(ctx, c.req.valid('param').entryId))
    return c.body(null, 204)
  })
  .put('/:entryId/consents', answers('本人同意公开什么，随时可以改'), ofEntry, asks('json', consents), async (c) => {
    const { entryId } = c.req.valid('param')
    await overEntries(c, (ctx) => setConsents(ctx, entryId, c.req.valid('json'), c.var.config.baseUrl))
    return c.body(null, 204)
  })
  .delete('/:entryId/members/:personId', answers('移出一位成员，或者自己退出'), ofMember, async (c) => {
    const { entryId, personId } = c.req.valid('param')
    await overEntries(c, (ctx) => leaveTeam(ctx, entryId, personId))
    return c.body(null, 204)
  })
  .route('/:entryId/media', mediaRoutes(openEntryMedium))
