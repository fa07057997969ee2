import { z } from 'zod'
import { answers, asks, baseOf, router } from '../../platform/http.ts'
import { applyFor, decideApplication, withdrawApplication } from './applications.ts'
import { applicationDecision, applicationFields, callClosing, callList, callView, newCall } from './call-schema.ts'
import { announceCall, closeCall, listCalls, readCall } from './calls.ts'
import { inTalent } from './in-talent.ts'
import { created } from './schema.ts'

const ofCall = asks('param', z.object({ callId: z.uuid() }))
const ofApplication = asks('param', z.object({ callId: z.uuid(), applicationId: z.uuid() }))

/** 岗位征集: calls for candidates, applications, and what is decided. */
export const calls = router()
  .get('/', answers('可以报名的和本人负责的岗位征集', callList), async (c) => c.json(await inTalent(c, listCalls)))
  .post(
    '/',
    answers('征集岗位人选', created, 201),
    asks('json', newCall.safeExtend({ postId: z.uuid() })),
    async (c) => {
      const { postId, ...wanted } = c.req.valid('json')
      return c.json({ id: await inTalent(c, (ctx) => announceCall(ctx, postId, wanted)) }, 201)
    },
  )
  .get('/:callId', answers('一次岗位征集；负责的人看得到全部报名，按姓名排列', callView), ofCall, async (c) => {
    return c.json(await inTalent(c, (ctx) => readCall(ctx, c.req.valid('param').callId)))
  })
  .post('/:callId/closing', answers('结束征集，写明原因'), ofCall, asks('json', callClosing), async (c) => {
    const { reason } = c.req.valid('json')
    await inTalent(c, (ctx) => closeCall(ctx, c.req.valid('param').callId, { reason, ...baseOf(c) }))
    return c.body(null, 204)
  })
  .put('/:callId/application', answers('报名，或者修改报名'), ofCall, asks('json', applicationFields), async (c) => {
    await inTalent(c, (ctx) => applyFor(ctx, c.req.valid('param').callId, c.req.valid('json')))
    return c.body(null, 204)
  })
  .delete('/:callId/application', answers('撤回报名'), ofCall, async (c) => {
    await inTalent(c, (ctx) => withdrawApplication(ctx, c.req.valid('param').callId))
    return c.body(null, 204)
  })
  .post(
    '/:callId/applications/:applicationId/decision',
    answers('决定一份报名，写明原因'),
    ofApplication,
    asks('json', applicationDecision),
    async (c) => {
      const { callId, applicationId } = c.req.valid('param')
      await inTalent(c, (ctx) => decideApplication(ctx, callId, applicationId, c.req.valid('json'), baseOf(c)))
      return c.body(null, 204)
    },
  )
