import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import {
  answers,
  asks,
  type Env,
  etagOf,
  inTransactionAt,
  inWholeUniversity,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { inReach, reachOf, refuseOutsiders } from '../../platform/reach.ts'
import { cards } from './card-routes.ts'
import { cardText } from './card-schema.ts'
import { makeCard } from './cards.ts'
import { guests as guestDoor } from './guest-routes.ts'
import { inviteGuest, listGuests, renewLink, revokeGuest } from './guests.ts'
import { listMeetings, readCase, viewOf } from './queries.ts'
import {
  caseText,
  caseView,
  conclusion,
  created,
  guestLink,
  guestList,
  meetingFields,
  meetingList,
  meetingView,
  newComment,
  newGuest,
  newLink,
  newMeeting,
  order,
  withReason,
} from './schema.ts'
import * as service from './service.ts'
import { hostPathOf, openMeeting } from './stored.ts'

const ofMeeting = asks('param', z.object({ exchangeId: z.uuid() }))
const ofCase = asks('param', z.object({ exchangeId: z.uuid(), caseId: z.uuid() }))
const ofComment = asks('param', z.object({ exchangeId: z.uuid(), caseId: z.uuid(), commentId: z.uuid() }))
const ofGuest = asks('param', z.object({ exchangeId: z.uuid(), guestId: z.uuid() }))
const named = '参加经验交流'

/** Runs a use case over a meeting: what the actor reaches by themselves and, where their organisation takes part, the place of the meeting. */
async function overMeeting<T>(
  c: HonoContext<Env>,
  exchangeId: string,
  useCase: (ctx: Context) => Promise<T>,
): Promise<T> {
  const path = await inReach(c, named, (ctx) => hostPathOf(ctx, exchangeId))
  const { actor } = c.var
  const { places, roots } = actor ? reachOf(actor) : { places: [], roots: [] }
  return inTransactionAt(c, { places: [...places, path], roots }, useCase)
}

/** Runs a use case over the guests of a meeting, once it is certain that the actor may read it. */
async function overGuests<T>(
  c: HonoContext<Env>,
  exchangeId: string,
  useCase: (ctx: Context) => Promise<T>,
): Promise<T> {
  await overMeeting(c, exchangeId, (ctx) => openMeeting(ctx, exchangeId))
  return inWholeUniversity(c, useCase)
}

/** 经验交流: meetings with guests from other institutions, cases in one form, and the library of practices. */
export const exchanges = router()
  .route('/cards', cards)
  .route('/guest', guestDoor)
  .get('/', answers('列出交流会', meetingList), async (c) => {
    // An organisation takes part in meetings of others: which ones may be read is said by the query itself.
    return c.json(
      await inWholeUniversity(c, (ctx) => {
        refuseOutsiders(ctx.actor, named)
        return listMeetings(ctx)
      }),
    )
  })
  .post('/', answers('筹备交流会', created, 201), asks('json', newMeeting), async (c) => {
    return c.json({ id: await inReach(c, named, (ctx) => service.prepareMeeting(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/:exchangeId', answers('读取一场交流会', meetingView), ofMeeting, async (c) => {
    const { exchangeId } = c.req.valid('param')
    const { view, revision } = await overMeeting(c, exchangeId, (ctx) => viewOf(ctx, exchangeId))
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/:exchangeId', answers('修改交流会'), ofMeeting, asks('json', meetingFields), async (c) => {
    const read = requireCurrent(c)
    const { exchangeId } = c.req.valid('param')
    await overMeeting(c, exchangeId, (ctx) => service.changeMeeting(ctx, exchangeId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .put('/:exchangeId/announcement', answers('发布交流会'), ofMeeting, async (c) => {
    const read = requireCurrent(c)
    const { exchangeId } = c.req.valid('param')
    await overMeeting(c, exchangeId, (ctx) => service.announceMeeting(ctx, exchangeId, read))
    return c.body(null, 204)
  })
  .post(
    '/:exchangeId/cancellation',
    answers('取消交流会，写明原因'),
    ofMeeting,
    asks('json', withReason),
    async (c) => {
      const { exchangeId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      await overMeeting(c, exchangeId, (ctx) => service.cancelMeeting(ctx, exchangeId, reason))
      return c.body(null, 204)
    },
  )
  .put('/:exchangeId/conclusion', answers('填写交流会的小结'), ofMeeting, asks('json', conclusion), async (c) => {
    const read = requireCurrent(c)
    const { exchangeId } = c.req.valid('param')
    await overMeeting(c, exchangeId, (ctx) => service.concludeMeeting(ctx, exchangeId, c.req.valid('json').text, read))
    return c.body(null, 204)
  })
  .put('/:exchangeId/order', answers('排定案例的发言顺序'), ofMeeting, asks('json', order), async (c) => {
    const { exchangeId } = c.req.valid('param')
    await overMeeting(c, exchangeId, (ctx) => service.arrange(ctx, exchangeId, c.req.valid('json').caseIds))
    return c.body(null, 204)
  })
  .get('/:exchangeId/guests', answers('校外嘉宾，只有举办的人能看', guestList), ofMeeting, async (c) => {
    const { exchangeId } = c.req.valid('param')
    return c.json(await overGuests(c, exchangeId, (ctx) => listGuests(ctx, exchangeId)))
  })
  .post(
    '/:exchangeId/guests',
    answers('邀请校外嘉宾；链接只在这里给出一次', guestLink, 201),
    ofMeeting,
    asks('json', newGuest),
    async (c) => {
      const { exchangeId } = c.req.valid('param')
      return c.json(await overGuests(c, exchangeId, (ctx) => inviteGuest(ctx, exchangeId, c.req.valid('json'))), 201)
    },
  )
  .post(
    '/:exchangeId/guests/:guestId/link',
    answers('重新生成邀请链接，以前的链接随即失效', guestLink, 201),
    ofGuest,
    asks('json', newLink),
    async (c) => {
      const { exchangeId, guestId } = c.req.valid('param')
      const { untilOn } = c.req.valid('json')
      return c.json(await overGuests(c, exchangeId, (ctx) => renewLink(ctx, exchangeId, guestId, untilOn)), 201)
    },
  )
  .delete('/:exchangeId/guests/:guestId/link', answers('停用邀请链接'), ofGuest, async (c) => {
    const { exchangeId, guestId } = c.req.valid('param')
    await overGuests(c, exchangeId, (ctx) => revokeGuest(ctx, exchangeId, guestId))
    return c.body(null, 204)
  })
  .post('/:exchangeId/cases', answers('写案例', created, 201), ofMeeting, asks('json', caseText), async (c) => {
    const { exchangeId } = c.req.valid('param')
    const id = await overMeeting(c, exchangeId, (ctx) => service.submitCase(ctx, exchangeId, c.req.valid('json')))
    return c.json({ id }, 201)
  })
  .get('/:exchangeId/cases/:caseId', answers('读取案例和发言', caseView), ofCase, async (c) => {
    const { exchangeId, caseId } = c.req.valid('param')
    const view = await overMeeting(c, exchangeId, (ctx) => readCase(ctx, exchangeId, caseId))
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .put('/:exchangeId/cases/:caseId', answers('修改自己的案例'), ofCase, asks('json', caseText), async (c) => {
    const read = requireCurrent(c)
    const { exchangeId, caseId } = c.req.valid('param')
    await overMeeting(c, exchangeId, (ctx) => service.reviseCase(ctx, exchangeId, caseId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .delete('/:exchangeId/cases/:caseId/consent', answers('收回把自己的案例整理成做法卡片的同意'), ofCase, async (c) => {
    const { exchangeId, caseId } = c.req.valid('param')
    await overMeeting(c, exchangeId, (ctx) => service.disagree(ctx, exchangeId, caseId))
    return c.body(null, 204)
  })
  .post(
    '/:exchangeId/cases/:caseId/comments',
    answers('就案例发言', created, 201),
    ofCase,
    asks('json', newComment),
    async (c) => {
      const { exchangeId, caseId } = c.req.valid('param')
      const { text } = c.req.valid('json')
      return c.json(
        { id: await overMeeting(c, exchangeId, (ctx) => service.comment(ctx, exchangeId, caseId, text)) },
        201,
      )
    },
  )
  .delete('/:exchangeId/cases/:caseId/comments/:commentId', answers('撤回自己的发言'), ofComment, async (c) => {
    const { exchangeId, caseId, commentId } = c.req.valid('param')
    await overMeeting(c, exchangeId, (ctx) => service.takeBack(ctx, exchangeId, caseId, commentId))
    return c.body(null, 204)
  })
  .post(
    '/:exchangeId/cases/:caseId/comments/:commentId/removal',
    answers('撤下别人的发言，写明原因'),
    ofComment,
    asks('json', withReason),
    async (c) => {
      const { exchangeId, caseId, commentId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      await overMeeting(c, exchangeId, (ctx) => service.removeFromPage(ctx, exchangeId, { caseId, commentId }, reason))
      return c.body(null, 204)
    },
  )
  .post(
    '/:exchangeId/cases/:caseId/card',
    answers('把案例整理成做法卡片', created, 201),
    ofCase,
    asks('json', cardText),
    async (c) => {
      const { exchangeId, caseId } = c.req.valid('param')
      return c.json(
        { id: await overMeeting(c, exchangeId, (ctx) => makeCard(ctx, exchangeId, caseId, c.req.valid('json'))) },
        201,
      )
    },
  )
