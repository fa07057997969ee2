import type { Context as HonoContext } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import {
  answers,
  answersFile,
  asks,
  type Env,
  etagOf,
  inTransaction,
  inTransactionHolding,
  inWholeUniversity,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { Refusal, signedOut } from '../../platform/refusal.ts'
import { foundPersons } from '../accounts/delegation-schema.ts'
import { findAddressees, listAddressees } from './addressees.ts'
import { readAudience } from './audience.ts'
import { lacksOf, type TellingSources } from './begun-drafts.ts'
import type { Live } from './live.ts'
import { preferences } from './preference-routes.ts'
import { listInbox, listSent, openNotice, readCounts, readNotice } from './queries.ts'
import { readReceipts } from './receipts.ts'
import { renewDraft } from './renewing.ts'
import {
  addresseeNumbers,
  addressees,
  addresseesQuery,
  audienceQuestion,
  audienceView,
  correction,
  created,
  inbox,
  inboxCounts,
  inboxQuery,
  newNotice,
  noticeChange,
  noticeView,
  receipts,
  receiptsQuery,
  sentNotices,
  sentQuery,
  withReason,
} from './schema.ts'
import * as service from './service.ts'
import { settings } from './setting-routes.ts'
import { settingsOf } from './settings.ts'

const ofNotice = asks('param', z.object({ noticeId: z.uuid() }))

/** Runs a use case where the actor sends notices, whatever else their offices open. */
const inSending = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inTransactionHolding(c, 'send-notices', useCase)

/** So often a page that listens hears that the connection stands, and it is looked whether its session does. */
const heartbeatMs = 25_000

/** 通知: an organisation writes to the people it is responsible for, sees who has read it, and reminds only the others. */
export const noticesWith = (live: Live, sources: TellingSources) =>
  router()
    .route('/preferences', preferences)
    .route('/settings', settings)
    .get('/', answers('列出收到的通知，最近的在前', inbox), asks('query', inboxQuery), async (c) => {
      return c.json(await inTransaction(c, (ctx) => listInbox(ctx, c.req.valid('query'))))
    })
    .get('/counts', answers('未读和待办的通知有几条', inboxCounts), async (c) => {
      return c.json(await inTransaction(c, readCounts))
    })
    .get('/live', answersFile('通知有变化时告知（server-sent events）', ['text/event-stream']), (c) =>
      listenTo(c, live),
    )
    .get(
      '/sent',
      answers('列出所在组织发出的、待发的或不发的通知', sentNotices),
      asks('query', sentQuery),
      async (c) => {
        return c.json(await inSending(c, (ctx) => listSent(ctx, c.req.valid('query'))))
      },
    )
    .post(
      '/audience',
      answers('按条件会发给谁：人数、名单、最近一周各收到几条', audienceView),
      asks('json', audienceQuestion),
      async (c) => {
        const question = c.req.valid('json')
        return c.json(
          await inWholeUniversity(c, async (ctx) =>
            readAudience(ctx, await service.placeAudience(ctx, question), question),
          ),
        )
      },
    )
    .get(
      '/addressees',
      answers('查找可以逐个指定的人员：只有姓名和组织', addressees),
      asks('query', addresseesQuery),
      async (c) => {
        return c.json(await inWholeUniversity(c, (ctx) => listAddressees(ctx, c.req.valid('query'))))
      },
    )
    .post(
      '/addressees/numbers',
      answers('按学号（工号）查找可以逐个指定的人员', foundPersons),
      asks('json', addresseeNumbers),
      async (c) => {
        return c.json(await inWholeUniversity(c, (ctx) => findAddressees(ctx, c.req.valid('json').numbers)))
      },
    )
    .post('/', answers('起草通知', created, 201), asks('json', newNotice), async (c) => {
      const id = await inSending(c, (ctx) => service.draftNotice(ctx, c.req.valid('json')))
      c.header('etag', etagOf(1))
      return c.json({ id }, 201)
    })
    .get('/:noticeId', answers('读取一条通知', noticeView), ofNotice, async (c) => {
      const { noticeId } = c.req.valid('param')
      const { view, revision } = await inSending(c, (ctx) => readNotice(ctx, noticeId))
      const { begunFrom, title, body, happensOn } = view
      const said =
        begunFrom &&
        (await inWholeUniversity(c, (ctx) => sources[begunFrom.of](ctx, begunFrom.id, { base: c.var.config.baseUrl })))
      c.header('etag', etagOf(revision))
      return c.json({ ...view, lacks: said ? lacksOf({ title, body: body ?? '', happensOn }, said) : [] })
    })
    .put('/:noticeId', answers('修改还没有发出的通知'), ofNotice, asks('json', noticeChange), async (c) => {
      const revision = requireCurrent(c)
      const { noticeId } = c.req.valid('param')
      await inSending(c, (ctx) => service.changeNotice(ctx, noticeId, c.req.valid('json'), revision))
      // Of just this change: one that is read afterwards may be of the next.
      c.header('etag', etagOf(revision + 1))
      return c.body(null, 204)
    })
    .post('/:noticeId/renewal', answers('按活动或征集现在的情况重写草稿'), ofNotice, async (c) => {
      const revision = requireCurrent(c)
      const { noticeId } = c.req.valid('param')
      const { baseUrl: base } = c.var.config
      await inSending(c, (ctx) => readNotice(ctx, noticeId))
      await inWholeUniversity(c, (ctx) => renewDraft(ctx, noticeId, { revision, sources, base }))
      return c.body(null, 204)
    })
    .post('/:noticeId/sending', answers('发出通知'), ofNotice, async (c) => {
      const revision = requireCurrent(c)
      const { noticeId } = c.req.valid('param')
      await inSending(c, (ctx) => readNotice(ctx, noticeId))
      await inWholeUniversity(c, (ctx) => service.checkSending(ctx, noticeId, revision))
      await inSending(c, (ctx) => service.sendNotice(ctx, noticeId, revision))
      return c.body(null, 204)
    })
    .post(
      '/:noticeId/dropping',
      answers('决定不发这条通知，写明原因'),
      ofNotice,
      asks('json', withReason),
      async (c) => {
        const { noticeId } = c.req.valid('param')
        await inSending(c, (ctx) => service.dropNotice(ctx, noticeId, c.req.valid('json').reason))
        return c.body(null, 204)
      },
    )
    .post(
      '/:noticeId/recall',
      answers('撤回通知，看过的人会得知原因'),
      ofNotice,
      asks('json', withReason),
      async (c) => {
        const { noticeId } = c.req.valid('param')
        await inSending(c, (ctx) => service.recallNotice(ctx, noticeId, c.req.valid('json').reason))
        return c.body(null, 204)
      },
    )
    .post(
      '/:noticeId/correction',
      answers('更正通知，发给收到原通知的所有人', created, 201),
      ofNotice,
      asks('json', correction),
      async (c) => {
        const { noticeId } = c.req.valid('param')
        const id = await inSending(c, (ctx) => service.correctNotice(ctx, noticeId, c.req.valid('json')))
        return c.json({ id }, 201)
      },
    )
    .post('/:noticeId/reminders', answers('只提醒还没有答复的人'), ofNotice, async (c) => {
      const { noticeId } = c.req.valid('param')
      await inSending(c, (ctx) => service.authorizeReceipts(ctx, noticeId))
      await inWholeUniversity(c, (ctx) => service.remindOthers(ctx, noticeId))
      return c.body(null, 204)
    })
    .get(
      '/:noticeId/receipts',
      answers('谁看过、确认过、办结了，哪里没有发到，只有发送人能看', receipts),
      ofNotice,
      asks('query', receiptsQuery),
      async (c) => {
        const { noticeId } = c.req.valid('param')
        await inSending(c, (ctx) => service.authorizeReceipts(ctx, noticeId))
        return c.json(
          await inWholeUniversity(c, async (ctx) => {
            const [{ notice }, { settings }] = await Promise.all([openNotice(ctx, noticeId), settingsOf(ctx)])
            return readReceipts(ctx, notice, c.req.valid('query'), settings.reminderPauseHours)
          }),
        )
      },
    )
    .post('/:noticeId/reading', answers('看过这条通知'), ofNotice, async (c) => {
      await inTransaction(c, (ctx) => service.markRead(ctx, c.req.valid('param').noticeId))
      await tellOwn(c, live)
      return c.body(null, 204)
    })
    .post('/:noticeId/confirmation', answers('确认知悉'), ofNotice, async (c) => {
      await inTransaction(c, (ctx) => service.confirmNotice(ctx, c.req.valid('param').noticeId))
      await tellOwn(c, live)
      return c.body(null, 204)
    })
    .post('/:noticeId/completion', answers('已经办结'), ofNotice, async (c) => {
      await inTransaction(c, (ctx) => service.completeNotice(ctx, c.req.valid('param').noticeId))
      await tellOwn(c, live)
      return c.body(null, 204)
    })

/** Other pages of the same person show the same count. */
async function tellOwn({ var: { actor, tenantId } }: HonoContext<Env>, live: Live): Promise<void> {
  if (actor?.personId && tenantId) await live.tellPerson(tenantId, actor.personId)
}

/** Keeps the answer open and tells the counts, at once and whenever they change, as long as the session stands. */
async function listenTo(c: HonoContext<Env>, live: Live): Promise<Response> {
  const { tenantId, actor, recognize } = c.var
  if (!tenantId || !actor) throw signedOut()
  const { accountId, personId } = actor
  // Who is nobody of the register gets no notices; the page asks no more.
  if (personId === null) return c.body(null, 204)
  c.header('x-accel-buffering', 'no')
  const ending = new AbortController()
  let waiting: (() => void) | undefined
  const told: string[] = []
  const remove = live.add({
    ...{ tenantId, accountId, personId },
    tell: (counts) => {
      told.push(JSON.stringify(counts))
      waiting?.()
    },
    end: () => {
      ending.abort()
      waiting?.()
    },
  })
  if (!remove) throw new Refusal('too-many', '您打开的页面太多。请关闭一些页面后再试。')
  // Read after it is listened, so that nothing that is said meanwhile is lost.
  const first = await inTransaction(c, readCounts).catch((error: unknown) => {
    remove()
    throw error
  })
  return streamSSE(c, async (stream) => {
    stream.onAbort(() => {
      ending.abort()
      waiting?.()
    })
    try {
      told.unshift(JSON.stringify(first))
      let known: string | undefined
      let recognizedAt = Date.now()
      while (!ending.signal.aborted) {
        const data = told.splice(0).at(-1) ?? known
        if (data !== undefined && data !== known) await stream.writeSSE({ event: 'changed', data })
        known = data
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, recognizedAt + heartbeatMs - Date.now())
          waiting = () => {
            clearTimeout(timer)
            resolve()
          }
          if (told.length > 0 || ending.signal.aborted) waiting()
        })
        if (Date.now() < recognizedAt + heartbeatMs) continue
        await recognize({ isUse: false })
        if (c.var.actor?.accountId !== accountId) break
        recognizedAt = Date.now()
        await stream.write(': \n\n')
      }
    } finally {
      remove()
    }
  })
}
