import { z } from 'zod'
import { answers, answersFile, asks, router } from '../../platform/http.ts'
import { contentQuery } from '../media/schema.ts'
import { answerMedia, answerText } from '../media/serving.ts'
import { readText } from '../media/texts.ts'
import { overEntries } from './over-entries.ts'
import { recusal, review, reviewedCall, reviewedCalls, reviewedEntry } from './review-schema.ts'
import { askToReview } from './reviewers.ts'
import { giveReview, listReviewed, openAllottedMedium, readAllotted, readReviewed, recuse } from './reviewing.ts'
import { code, created, textKind } from './schema.ts'

const number = z.coerce.number().int().min(1).max(1_000_000)
const ofCall = asks('param', z.object({ callId: z.uuid() }))
const ofEntry = asks('param', z.object({ callId: z.uuid(), number }))
const ofMedium = asks('param', z.object({ callId: z.uuid(), number, place: number }))
const ofText = asks('param', z.object({ callId: z.uuid(), number, place: number, kind: textKind }))

/** 评审, for those who review: entries by their numbers, without anything that a reviewer must not know. */
export const reviewing = router()
  .get('/', answers('自己参加评审的征集', reviewedCalls), async (c) => c.json(await overEntries(c, listReviewed)))
  .post('/', answers('凭邀请码申请参加评审', created, 201), asks('json', code), async (c) => {
    return c.json({ id: await overEntries(c, (ctx) => askToReview(ctx, c.req.valid('json').code)) }, 201)
  })
  .get('/:callId', answers('分给自己评审的作品', reviewedCall), ofCall, async (c) => {
    return c.json(await overEntries(c, (ctx) => readReviewed(ctx, c.req.valid('param').callId)))
  })
  .get('/:callId/entries/:number', answers('一件待评的作品', reviewedEntry), ofEntry, async (c) => {
    const { callId, number: of } = c.req.valid('param')
    return c.json(await overEntries(c, (ctx) => readAllotted(ctx, callId, of)))
  })
  .put(
    '/:callId/entries/:number/review',
    answers('评价一件作品，或者弃权'),
    ofEntry,
    asks('json', review),
    async (c) => {
      const { callId, number: of } = c.req.valid('param')
      await overEntries(c, (ctx) => giveReview(ctx, callId, of, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post(
    '/:callId/entries/:number/recusal',
    answers('回避一件作品，写明原因'),
    ofEntry,
    asks('json', recusal),
    async (c) => {
      const { callId, number: of } = c.req.valid('param')
      await overEntries(c, (ctx) => recuse(ctx, callId, of, c.req.valid('json').reason))
      return c.body(null, 204)
    },
  )
  .get(
    '/:callId/entries/:number/media/:place',
    answersFile('待评作品里的图片、音频、视频或文件', ['application/octet-stream']),
    ofMedium,
    asks('query', contentQuery),
    async (c) => {
      const { callId, number: of, place } = c.req.valid('param')
      const item = await overEntries(c, (ctx) => openAllottedMedium(ctx, callId, of, place))
      return answerMedia(c, item, c.req.valid('query'))
    },
  )
  .get(
    '/:callId/entries/:number/media/:place/texts/:kind',
    answersFile('字幕或章节（WebVTT）', ['text/vtt']),
    ofText,
    async (c) => {
      const { callId, number: of, place, kind } = c.req.valid('param')
      const vtt = await overEntries(c, async (ctx) =>
        readText(ctx, await openAllottedMedium(ctx, callId, of, place), kind),
      )
      return answerText(c, vtt)
    },
  )
