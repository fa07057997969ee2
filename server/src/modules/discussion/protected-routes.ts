import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { answers, asks, type Env, inWholeUniversity, router } from '../../platform/http.ts'
import { refuseOutsiders } from '../../platform/reach.ts'
import { refuseOthers } from './identities.ts'
import { listOwnProtected, writeAppeal, writeProtected, writeReply } from './letters.ts'
import { readPosts, readTopic } from './queries.ts'
import { takingPart } from './reach.ts'
import { appeal, created, newLetter, newProtected, ownProtected, posts, postsQuery, topicView } from './schema.ts'

const ofTopic = asks('param', z.object({ topicId: z.uuid() }))

/** The rows of protected authors are seen by no account; each of these asks first whose they are. */
const inProtection = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inWholeUniversity(c, (ctx) => {
    refuseOutsiders(ctx.actor, takingPart)
    return useCase(ctx)
  })

const asAuthor = { isProtectedAuthor: true }

/** Suggestions and complaints whose authors stay unknown. No line of the log tells that anybody was here. */
export const protectedTopics = router()
  .use(async (c, next) => {
    c.set('isUnlogged', true)
    await next()
  })
  .get('/', answers('列出自己隐去身份提交的话题，只有本人看得到', ownProtected), async (c) => {
    return c.json(await inProtection(c, listOwnProtected))
  })
  .post(
    '/',
    answers('隐去身份提交建议或投诉反映，每天统一转交一次', created, 201),
    asks('json', newProtected),
    async (c) => {
      return c.json({ id: await inProtection(c, (ctx) => writeProtected(ctx, c.req.valid('json'))) }, 201)
    },
  )
  .get('/:topicId', answers('读取自己隐去身份提交的话题', topicView), ofTopic, async (c) => {
    const { topicId } = c.req.valid('param')
    return c.json(
      await inProtection(c, async (ctx) => {
        await refuseOthers(ctx, topicId)
        return readTopic(ctx, topicId, asAuthor)
      }),
    )
  })
  .get('/:topicId/posts', answers('读取其中的发言和答复', posts), ofTopic, asks('query', postsQuery), async (c) => {
    const { topicId } = c.req.valid('param')
    return c.json(
      await inProtection(c, async (ctx) => {
        await refuseOthers(ctx, topicId)
        return readPosts(ctx, topicId, c.req.valid('query'), asAuthor)
      }),
    )
  })
  .post(
    '/:topicId/letters',
    answers('以原来的化名补充说明，每天统一转交一次'),
    ofTopic,
    asks('json', newLetter),
    async (c) => {
      const { topicId } = c.req.valid('param')
      await inProtection(c, (ctx) => writeReply(ctx, topicId, c.req.valid('json').text))
      return c.body(null, 204)
    },
  )
  .post(
    '/:topicId/hidings/:hidingId/appeal',
    answers('以原来的化名申诉，每天统一转交一次'),
    asks('param', z.object({ topicId: z.uuid(), hidingId: z.uuid() })),
    asks('json', appeal),
    async (c) => {
      const { topicId, hidingId } = c.req.valid('param')
      await inProtection(c, (ctx) => writeAppeal(ctx, topicId, hidingId, c.req.valid('json').words))
      return c.body(null, 204)
    },
  )
