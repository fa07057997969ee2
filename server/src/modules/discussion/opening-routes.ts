import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { answers, asks, type Env, inWholeUniversity, router } from '../../platform/http.ts'
import { refuseOutsiders } from '../../platform/reach.ts'
import { askOpening, decideOpening, openingsOf, readIdentity } from './openings.ts'
import { takingPart } from './reach.ts'
import { created, newOpening, openedIdentity, openings as openingList, withReason } from './schema.ts'

const ofOpening = asks('param', z.object({ openingId: z.uuid() }))

/** The two offices may stand anywhere in the tree; what they may do with a topic hangs on the settings alone. */
const inOpening = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inWholeUniversity(c, (ctx) => {
    refuseOutsiders(ctx.actor, takingPart)
    return useCase(ctx)
  })

/** Two named offices open together who has written under protection; the author sees that they did. */
export const openings = router()
  .get('/', answers('列出查看身份的申请，只有两个指定的职务看得到', openingList), async (c) => {
    return c.json({ items: await inOpening(c, (ctx) => openingsOf(ctx, {})) })
  })
  .post('/', answers('申请查看作者身份，写明理由', created, 201), asks('json', newOpening), async (c) => {
    const { topicId, reason } = c.req.valid('json')
    return c.json({ id: await inOpening(c, (ctx) => askOpening(ctx, topicId, reason)) }, 201)
  })
  .post('/:openingId/agreement', answers('以另一职务同意查看'), ofOpening, async (c) => {
    const { openingId } = c.req.valid('param')
    await inOpening(c, (ctx) => decideOpening(ctx, openingId, { isAgreed: true }))
    return c.body(null, 204)
  })
  .post(
    '/:openingId/refusal',
    answers('以另一职务不同意查看，写明原因'),
    ofOpening,
    asks('json', withReason),
    async (c) => {
      const { openingId } = c.req.valid('param')
      await inOpening(c, (ctx) =>
        decideOpening(ctx, openingId, { isAgreed: false, reason: c.req.valid('json').reason }),
      )
      return c.body(null, 204)
    },
  )
  .get('/:openingId/identity', answers('查看作者身份，每次查看都留有记录', openedIdentity), ofOpening, async (c) => {
    const { openingId } = c.req.valid('param')
    return c.json(await inOpening(c, (ctx) => readIdentity(ctx, openingId)))
  })
