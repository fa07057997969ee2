import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import {
  accountOf,
  answers,
  answersWorkbook,
  asks,
  baseOf,
  download,
  type Env,
  etagOf,
  inTransaction,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { refuseOutsiders } from '../../platform/reach.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { turns } from '../../platform/turns.ts'
import { findPerson } from '../people/queries.ts'
import { inExperts, invitations } from './invitation-routes.ts'
import { newInvitation, withReason } from './invitation-schema.ts'
import { invite } from './invitations.ts'
import { linkLecture, listLinkable, unlinkLecture } from './lectured.ts'
import { listTemplate, readList } from './list-reading.ts'
import { listDone, listOf, listReading, newList } from './list-schema.ts'
import { enterList, openList, withKnown } from './lists.ts'
import { listExperts, readOwn, viewOf } from './queries.ts'
import {
  consent,
  contactReading,
  contactValue,
  created,
  expertChange,
  expertList,
  expertsQuery,
  expertView,
  linkable,
  newExpert,
  newLink,
  ownPart,
} from './schema.ts'
import * as service from './service.ts'
import { openExpert } from './stored.ts'

const ofExpert = asks('param', z.object({ expertId: z.uuid() }))
const ofLecture = asks('param', z.object({ expertId: z.uuid(), activityId: z.uuid() }))

/** A file may take seconds: one at a time is read, and of each account one. */
const takeTurn = turns(1)

/** Goes on only where the actor finds the person in the register; somebody who stands there already may stay. */
async function refuseUnknown(c: HonoContext<Env>, personId: string | null): Promise<void> {
  if (personId === null) return
  await inTransaction(c, async (ctx) => {
    refuseOutsiders(ctx.actor, '使用专家库')
    found(await findPerson(ctx, personId), '位同志')
  })
}

/** 专家: who may be asked to lecture, what is asked of them, and what they have lectured on. No fee, no marks. */
export const experts = router()
  .route('/invitations', invitations)
  .get('/', answers('专家库，按姓名或最近修改排列', expertList), asks('query', expertsQuery), async (c) => {
    return c.json(await inExperts(c, (ctx) => listExperts(ctx, c.req.valid('query'))))
  })
  .post('/', answers('登记专家', created, 201), asks('json', newExpert), async (c) => {
    const asked = c.req.valid('json')
    await refuseUnknown(c, asked.personId)
    return c.json({ id: await inExperts(c, (ctx) => service.enterExpert(ctx, asked, baseOf(c))) }, 201)
  })
  .get('/template', answersWorkbook('下载专家名单模板'), async (c) => {
    await inExperts(c, async () => undefined)
    return download(c, await listTemplate())
  })
  .post('/readings', answers('读取专家名单，不保存：正文是文件本身', listReading), asks('query', listOf), async (c) => {
    const { organizationId } = c.req.valid('query')
    await inExperts(c, (ctx) => openList(ctx, organizationId))
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length === 0) throw new Refusal('malformed', '没有收到文件，请重新选择文件。')
    const read = await takeTurn(accountOf(c), () => readList(bytes))
    if (read === null) throw new Refusal('too-many', '您的另一个文件还在读取。请等它读完，再读这一个。')
    return c.json(await inExperts(c, (ctx) => withKnown(ctx, organizationId, read)))
  })
  .post('/lists', answers('登记名单里的专家', listDone, 201), asks('json', newList), async (c) => {
    return c.json(await inExperts(c, (ctx) => enterList(ctx, c.req.valid('json'))), 201)
  })
  .get('/own', answers('本人在专家库的登记和收到的邀请', ownPart), async (c) => {
    return c.json(await inExperts(c, readOwn))
  })
  .get('/:expertId', answers('读取一位专家', expertView), ofExpert, async (c) => {
    const { expertId } = c.req.valid('param')
    const { view, revision } = await inExperts(c, (ctx) => viewOf(ctx, expertId))
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/:expertId', answers('修改专家的信息'), ofExpert, asks('json', expertChange), async (c) => {
    const told = { revision: requireCurrent(c), ...baseOf(c) }
    const { expertId } = c.req.valid('param')
    const asked = c.req.valid('json')
    const known = await inExperts(c, async (ctx) => (await openExpert(ctx, expertId)).personId)
    if (asked.personId !== known) await refuseUnknown(c, asked.personId)
    await inExperts(c, (ctx) => service.changeExpert(ctx, expertId, asked, told))
    return c.body(null, 204)
  })
  .put('/:expertId/consent', answers('登记专家同意公开'), ofExpert, asks('json', consent), async (c) => {
    const read = requireCurrent(c)
    const { expertId } = c.req.valid('param')
    await inExperts(c, (ctx) => service.recordConsent(ctx, expertId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .delete('/:expertId/consent', answers('收回公开的同意'), ofExpert, async (c) => {
    const { expertId } = c.req.valid('param')
    await inExperts(c, (ctx) => service.takeBackConsent(ctx, expertId))
    return c.body(null, 204)
  })
  .post('/:expertId/withdrawal', answers('退出专家库，写明原因'), ofExpert, asks('json', withReason), async (c) => {
    const { expertId } = c.req.valid('param')
    await inExperts(c, (ctx) => service.withdrawExpert(ctx, expertId, c.req.valid('json').reason))
    return c.body(null, 204)
  })
  .post(
    '/:expertId/readings',
    answers('查看电话或邮箱，留下记录', contactValue),
    ofExpert,
    asks('json', contactReading),
    async (c) => {
      const { expertId } = c.req.valid('param')
      return c.json(await inExperts(c, (ctx) => service.readContact(ctx, expertId, c.req.valid('json'))))
    },
  )
  .post(
    '/:expertId/invitations',
    answers('邀请专家讲课', created, 201),
    ofExpert,
    asks('json', newInvitation),
    async (c) => {
      const { expertId } = c.req.valid('param')
      const id = await inExperts(c, (ctx) => invite(ctx, expertId, c.req.valid('json'), baseOf(c)))
      return c.json({ id }, 201)
    },
  )
  .get('/:expertId/lectures/linkable', answers('可以登记为这位专家讲过的课', linkable), ofExpert, async (c) => {
    const { expertId } = c.req.valid('param')
    return c.json(await inExperts(c, (ctx) => listLinkable(ctx, expertId)))
  })
  .post('/:expertId/lectures', answers('登记讲过的课'), ofExpert, asks('json', newLink), async (c) => {
    const { expertId } = c.req.valid('param')
    await inExperts(c, (ctx) => linkLecture(ctx, expertId, c.req.valid('json').activityId))
    return c.body(null, 204)
  })
  .delete('/:expertId/lectures/:activityId', answers('去掉登记错的课'), ofLecture, async (c) => {
    const { expertId, activityId } = c.req.valid('param')
    await inExperts(c, (ctx) => unlinkLecture(ctx, expertId, activityId))
    return c.body(null, 204)
  })
