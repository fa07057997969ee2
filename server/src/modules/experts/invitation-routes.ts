import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import {
  answers,
  asks,
  baseOf,
  type Env,
  etagOf,
  inWholeUniversity,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { refuseOutsiders } from '../../platform/reach.ts'
import {
  agreement,
  evaluation,
  invitationFields,
  invitationList,
  invitationView,
  refusal,
  withReason,
} from './invitation-schema.ts'
import { listInvitations, readInvitation } from './invitation-views.ts'
import { agree, beginLecture, changeInvitation, decline, evaluate, withdrawInvitation } from './invitations.ts'
import { created } from './schema.ts'

const ofInvitation = asks('param', z.object({ invitationId: z.uuid() }))

/**
 * Runs a use case over the whole university: experts and invitations are seen in the database by nobody because of an office, and who may read or
 * do what is settled by each use case.
 */
export const inExperts = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inWholeUniversity(c, (ctx) => {
    refuseOutsiders(ctx.actor, '使用专家库')
    return useCase(ctx)
  })

/** 邀请: what organisations ask of experts, for whoever invites and for experts who are persons of the register. */
export const invitations = router()
  .get('/', answers('负责范围内的邀请，最近的在前', invitationList), async (c) => {
    return c.json(await inExperts(c, listInvitations))
  })
  .get('/:invitationId', answers('读取一份邀请', invitationView), ofInvitation, async (c) => {
    const { invitationId } = c.req.valid('param')
    const { view, revision } = await inExperts(c, (ctx) => readInvitation(ctx, invitationId))
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/:invitationId', answers('修改还没有答复的邀请'), ofInvitation, asks('json', invitationFields), async (c) => {
    const told = { revision: requireCurrent(c), ...baseOf(c) }
    const { invitationId } = c.req.valid('param')
    await inExperts(c, (ctx) => changeInvitation(ctx, invitationId, c.req.valid('json'), told))
    return c.body(null, 204)
  })
  .put(
    '/:invitationId/agreement',
    answers('记下约定的题目、时间、地点'),
    ofInvitation,
    asks('json', agreement),
    async (c) => {
      const told = { revision: requireCurrent(c), ...baseOf(c) }
      const { invitationId } = c.req.valid('param')
      await inExperts(c, (ctx) => agree(ctx, invitationId, c.req.valid('json'), told))
      return c.body(null, 204)
    },
  )
  .put('/:invitationId/refusal', answers('记下没有约成和答复的话'), ofInvitation, asks('json', refusal), async (c) => {
    const told = { revision: requireCurrent(c), ...baseOf(c) }
    const { invitationId } = c.req.valid('param')
    await inExperts(c, (ctx) => decline(ctx, invitationId, c.req.valid('json').words, told))
    return c.body(null, 204)
  })
  .post(
    '/:invitationId/withdrawal',
    answers('撤回邀请，写明原因'),
    ofInvitation,
    asks('json', withReason),
    async (c) => {
      const { invitationId } = c.req.valid('param')
      const said = { ...c.req.valid('json'), ...baseOf(c) }
      await inExperts(c, (ctx) => withdrawInvitation(ctx, invitationId, said))
      return c.body(null, 204)
    },
  )
  .post(
    '/:invitationId/activity',
    answers('按约定起草讲座；已经起草的，给出同一个', created, 201),
    ofInvitation,
    async (c) => {
      const { invitationId } = c.req.valid('param')
      return c.json({ id: await inExperts(c, (ctx) => beginLecture(ctx, invitationId)) }, 201)
    },
  )
  .put('/:invitationId/evaluation', answers('讲座以后填写评价'), ofInvitation, asks('json', evaluation), async (c) => {
    const read = requireCurrent(c)
    const { invitationId } = c.req.valid('param')
    await inExperts(c, (ctx) => evaluate(ctx, invitationId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
