import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import {
  answers,
  answersWorkbook,
  asks,
  download,
  type Env,
  etagOf,
  inWholeUniversity,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { inReach } from '../../platform/reach.ts'
import { correctResult } from './corrections.ts'
import { beginEntry } from './entries.ts'
import { entries } from './entry-routes.ts'
import { exportEntries } from './exporting.ts'
import { announceResults, decide, readJudging, redact } from './judging.ts'
import { allotAgain, endPhase, openPhase } from './phases.ts'
import { listCalls, viewOf } from './queries.ts'
import { reviewing } from './review-routes.ts'
import {
  ballot,
  entryDecision,
  exportQuery,
  judging,
  newCorrection,
  newPhase,
  receipt,
  redactions,
  reviewers,
  voteSetting,
  voteView,
} from './review-schema.ts'
import { confirmReviewer, listReviewers, removeReviewer } from './reviewers.ts'
import { callFields, callList, callsQuery, callView, created, newCall, newEntry, withReason } from './schema.ts'
import * as service from './service.ts'
import { shelf } from './shelf-routes.ts'
import { openCall } from './stored.ts'
import { draftNoticeOf } from './telling.ts'
import { castBallot, readVote, settleVote } from './votes.ts'

const ofCall = asks('param', z.object({ callId: z.uuid() }))
const ofEntry = asks('param', z.object({ callId: z.uuid(), entryId: z.uuid() }))
const ofReviewer = asks('param', z.object({ callId: z.uuid(), personId: z.uuid() }))

/** Runs a use case over the calls that the actor may read. */
const inCalls = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inReach(c, '参加征集', useCase)

/** Runs a use case over the whole university, once it is certain that the actor may read the call. */
async function overCall<T>(c: HonoContext<Env>, callId: string, useCase: (ctx: Context) => Promise<T>): Promise<T> {
  await inCalls(c, (ctx) => openCall(ctx, callId))
  return inWholeUniversity(c, useCase)
}

/** 征集: what organisations call for, what is sent in, how it is reviewed and decided, and the shelf. */
export const calls = router()
  .route('/entries', entries)
  .route('/reviewing', reviewing)
  .route('/shelf', shelf)
  .get('/', answers('列出看得到的征集', callList), asks('query', callsQuery), async (c) => {
    return c.json(await inCalls(c, (ctx) => listCalls(ctx, c.req.valid('query'))))
  })
  .post('/', answers('筹备一次征集', created, 201), asks('json', newCall), async (c) => {
    return c.json({ id: await inCalls(c, (ctx) => service.prepareCall(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/:callId', answers('读取一次征集', callView), ofCall, async (c) => {
    const { callId } = c.req.valid('param')
    const call = await inCalls(c, (ctx) => openCall(ctx, callId))
    const { view, revision } = await inWholeUniversity(c, (ctx) => viewOf(ctx, call))
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/:callId', answers('修改一次征集'), ofCall, asks('json', callFields), async (c) => {
    const read = requireCurrent(c)
    const { callId } = c.req.valid('param')
    await overCall(c, callId, (ctx) =>
      service.changeCallFields(ctx, callId, c.req.valid('json'), { revision: read, base: c.var.config.baseUrl }),
    )
    return c.body(null, 204)
  })
  .post('/:callId/announcement', answers('发布征集，本组织的人都能看到'), ofCall, async (c) => {
    const read = requireCurrent(c)
    const { callId } = c.req.valid('param')
    await overCall(c, callId, (ctx) => service.announceCall(ctx, callId, read))
    return c.body(null, 204)
  })
  .post('/:callId/closing', answers('提前截止，写明原因'), ofCall, asks('json', withReason), async (c) => {
    const { callId } = c.req.valid('param')
    await overCall(c, callId, (ctx) => service.closeCall(ctx, callId, c.req.valid('json').reason))
    return c.body(null, 204)
  })
  .post('/:callId/cancellation', answers('取消征集，写明原因'), ofCall, asks('json', withReason), async (c) => {
    const { callId } = c.req.valid('param')
    await overCall(c, callId, (ctx) => service.cancelCall(ctx, callId, c.req.valid('json').reason))
    return c.body(null, 204)
  })
  .post('/:callId/notice', answers('起草告知征集或结果的通知', created, 201), ofCall, async (c) => {
    const { callId } = c.req.valid('param')
    const { baseUrl } = c.var.config
    return c.json({ id: await overCall(c, callId, (ctx) => draftNoticeOf(ctx, callId, baseUrl)) }, 201)
  })
  .post('/:callId/entries', answers('新建一件作品的草稿', created, 201), ofCall, asks('json', newEntry), async (c) => {
    const { callId } = c.req.valid('param')
    const { kindKey } = c.req.valid('json')
    return c.json({ id: await overCall(c, callId, (ctx) => beginEntry(ctx, callId, kindKey)) }, 201)
  })
  .get('/:callId/entries', answers('收到的作品和评审情况，按编号排列', judging), ofCall, async (c) => {
    const { callId } = c.req.valid('param')
    return c.json(await overCall(c, callId, (ctx) => readJudging(ctx, callId)))
  })
  .get(
    '/:callId/entries/export',
    answersWorkbook('导出作品；盲评的只有编号和评审时显示的内容'),
    ofCall,
    asks('query', exportQuery),
    async (c) => {
      const { callId } = c.req.valid('param')
      const isBlind = c.req.valid('query').blind === 'true'
      const file = await overCall(c, callId, (ctx) => exportEntries(ctx, callId, isBlind))
      return download(c, file)
    },
  )
  .put(
    '/:callId/entries/:entryId/redactions',
    answers('设定评审时不显示的栏目'),
    ofEntry,
    asks('json', redactions),
    async (c) => {
      const { callId, entryId } = c.req.valid('param')
      await overCall(c, callId, (ctx) => redact(ctx, callId, entryId, c.req.valid('json').keys))
      return c.body(null, 204)
    },
  )
  .put(
    '/:callId/entries/:entryId/decision',
    answers('决定一件作品是否入选，公布之前可以改'),
    ofEntry,
    asks('json', entryDecision),
    async (c) => {
      const { callId, entryId } = c.req.valid('param')
      await overCall(c, callId, (ctx) => decide(ctx, callId, entryId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post('/:callId/results', answers('公布结果，所有作品的决定同时生效'), ofCall, async (c) => {
    const read = requireCurrent(c)
    const { callId } = c.req.valid('param')
    const { baseUrl: base } = c.var.config
    await overCall(c, callId, (ctx) => announceResults(ctx, callId, { revision: read, base }))
    return c.body(null, 204)
  })
  .post(
    '/:callId/entries/:entryId/corrections',
    answers('更正一件作品公布的结果，写明原因'),
    ofEntry,
    asks('json', newCorrection),
    async (c) => {
      const read = requireCurrent(c)
      const ids = c.req.valid('param')
      const { baseUrl: base } = c.var.config
      await overCall(c, ids.callId, (ctx) => correctResult(ctx, ids, c.req.valid('json'), { revision: read, base }))
      return c.body(null, 204)
    },
  )
  .get('/:callId/reviewers', answers('评审人员', reviewers), ofCall, async (c) => {
    const { callId } = c.req.valid('param')
    return c.json(await overCall(c, callId, (ctx) => listReviewers(ctx, callId)))
  })
  .put('/:callId/reviewers/:personId', answers('确认一位评审'), ofReviewer, async (c) => {
    const { callId, personId } = c.req.valid('param')
    await overCall(c, callId, (ctx) => confirmReviewer(ctx, callId, personId))
    return c.body(null, 204)
  })
  .delete('/:callId/reviewers/:personId', answers('移去一位评审'), ofReviewer, async (c) => {
    const { callId, personId } = c.req.valid('param')
    await overCall(c, callId, (ctx) => removeReviewer(ctx, callId, personId))
    return c.body(null, 204)
  })
  .post('/:callId/phases', answers('开始一轮评审，分配作品'), ofCall, asks('json', newPhase), async (c) => {
    const { callId } = c.req.valid('param')
    await overCall(c, callId, (ctx) => openPhase(ctx, callId, c.req.valid('json')))
    return c.body(null, 204)
  })
  .post('/:callId/allotment', answers('给缺评审的作品补分配'), ofCall, async (c) => {
    const { callId } = c.req.valid('param')
    await overCall(c, callId, (ctx) => allotAgain(ctx, callId))
    return c.body(null, 204)
  })
  .post('/:callId/phases/end', answers('结束这一轮评审'), ofCall, async (c) => {
    const { callId } = c.req.valid('param')
    await overCall(c, callId, (ctx) => endPhase(ctx, callId))
    return c.body(null, 204)
  })
  .get('/:callId/vote', answers('投票：可选的作品、自己是否投过、结束后的结果', voteView), ofCall, async (c) => {
    const { callId } = c.req.valid('param')
    return c.json(await overCall(c, callId, (ctx) => readVote(ctx, callId)))
  })
  .put('/:callId/vote', answers('设置投票，或者取消设置'), ofCall, asks('json', voteSetting), async (c) => {
    const { callId } = c.req.valid('param')
    await overCall(c, callId, (ctx) => settleVote(ctx, callId, c.req.valid('json').rule, c.var.config.baseUrl))
    return c.body(null, 204)
  })
  .post(
    '/:callId/ballots',
    answers('投票，得到只显示一次的回执', receipt, 201),
    ofCall,
    asks('json', ballot),
    async (c) => {
      const { callId } = c.req.valid('param')
      const { entryIds } = c.req.valid('json')
      return c.json({ receipt: await overCall(c, callId, (ctx) => castBallot(ctx, callId, entryIds)) }, 201)
    },
  )
