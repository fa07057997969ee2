import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Broadcast } from '../../platform/broadcast.ts'
import type { Context } from '../../platform/context.ts'
import { listenTo } from '../../platform/event-stream.ts'
import {
  answers,
  answersFile,
  asks,
  type Env,
  etagOf,
  inWholeUniversity,
  requireCurrent,
  router,
  unlogged,
} from '../../platform/http.ts'
import { inReach } from '../../platform/reach.ts'
import { contentQuery, textKinds } from '../media/schema.ts'
import { answerMedia, answerText } from '../media/serving.ts'
import { readText } from '../media/texts.ts'
import { giveFeedback, readFeedback } from './feedback.ts'
import { readNotes, writeNotes } from './notes.ts'
import { closePoll, openPoll, raiseHand } from './polls.ts'
import { listLectures, viewOf } from './queries.ts'
import * as questions from './questions.ts'
import { listRecordings, putRecording, recordingItem, recordingOf, takeRecording } from './recordings.ts'
import {
  created,
  feedbackView,
  hand,
  lectureList,
  lectureView,
  moderation,
  newFeedback,
  newPoll,
  newQuestion,
  newRecording,
  notesText,
  notesView,
  recordingList,
  recordingsQuery,
  supporting,
  withReason,
  writtenAnswer,
} from './schema.ts'
import * as service from './service.ts'
import { openLecture } from './stored.ts'

const ofLecture = asks('param', z.object({ activityId: z.uuid() }))
const ofQuestion = asks('param', z.object({ activityId: z.uuid(), questionId: z.uuid() }))
const ofPoll = asks('param', z.object({ activityId: z.uuid(), pollId: z.uuid() }))
const ofText = asks('param', z.object({ activityId: z.uuid(), kind: z.enum(textKinds) }))

/** Runs a use case over the lectures that the actor may read. */
const inLectures = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inReach(c, '参加讲座', useCase)

/** Runs a use case over the whole university, once it is certain that the actor may read the lecture. */
async function overReadable<T>(
  c: HonoContext<Env>,
  activityId: string,
  useCase: (ctx: Context) => Promise<T>,
): Promise<T> {
  await inLectures(c, (ctx) => openLecture(ctx, activityId))
  return inWholeUniversity(c, useCase)
}

/** 讲座: what a lecture has beyond an activity, from the live page to the recording. */
export const lecturesWith = (live: Broadcast) =>
  router()
    .get('/', answers('将要举办和正在进行的讲座', lectureList), async (c) => {
      return c.json(await inLectures(c, listLectures))
    })
    .get('/recordings', answers('讲座回放', recordingList), asks('query', recordingsQuery), async (c) => {
      const query = c.req.valid('query')
      // Where an item of the library belongs does not matter; which lectures may be read is said by the query itself.
      await inLectures(c, async () => undefined)
      return c.json(await inWholeUniversity(c, (ctx) => listRecordings(ctx, query)))
    })
    .get('/:activityId', answers('一场讲座的现场页', lectureView), ofLecture, async (c) => {
      const { activityId } = c.req.valid('param')
      const view = await inLectures(c, (ctx) => viewOf(ctx, activityId))
      const recording = await inWholeUniversity(c, (ctx) => recordingOf(ctx, activityId))
      return c.json({ ...view, recording })
    })
    .get(
      '/:activityId/live',
      answersFile('现场页有变化时告知（server-sent events）', ['text/event-stream']),
      ofLecture,
      async (c) => {
        const { activityId } = c.req.valid('param')
        const mayListen = () => inLectures(c, (ctx) => openLecture(ctx, activityId))
        await mayListen()
        return listenTo(c, live, activityId, mayListen)
      },
    )
    .post('/:activityId/opening', answers('打开现场页'), ofLecture, asks('json', moderation), async (c) => {
      const { isModerated } = c.req.valid('json')
      await inLectures(c, (ctx) => service.openLive(ctx, c.req.valid('param').activityId, isModerated))
      return c.body(null, 204)
    })
    .post('/:activityId/closing', answers('结束现场页'), ofLecture, async (c) => {
      await inLectures(c, (ctx) => service.closeLive(ctx, c.req.valid('param').activityId))
      return c.body(null, 204)
    })
    .put(
      '/:activityId/moderation',
      answers('提问要不要先看过再公开'),
      ofLecture,
      asks('json', moderation),
      async (c) => {
        const { isModerated } = c.req.valid('json')
        await inLectures(c, (ctx) => service.setModeration(ctx, c.req.valid('param').activityId, isModerated))
        return c.body(null, 204)
      },
    )
    .post(
      '/:activityId/questions',
      unlogged,
      answers('提问', created, 201),
      ofLecture,
      asks('json', newQuestion),
      async (c) => {
        const { activityId } = c.req.valid('param')
        return c.json({ id: await inLectures(c, (ctx) => questions.ask(ctx, activityId, c.req.valid('json'))) }, 201)
      },
    )
    .delete('/:activityId/questions/:questionId', unlogged, answers('撤回自己的提问'), ofQuestion, async (c) => {
      const { activityId, questionId } = c.req.valid('param')
      await inLectures(c, (ctx) => questions.withdrawQuestion(ctx, activityId, questionId))
      return c.body(null, 204)
    })
    .post('/:activityId/questions/:questionId/release', answers('公开一条提问'), ofQuestion, async (c) => {
      const { activityId, questionId } = c.req.valid('param')
      await inLectures(c, (ctx) => questions.releaseQuestion(ctx, activityId, questionId))
      return c.body(null, 204)
    })
    .post(
      '/:activityId/questions/:questionId/decline',
      answers('不采用一条提问，写明原因'),
      ofQuestion,
      asks('json', withReason),
      async (c) => {
        const { activityId, questionId } = c.req.valid('param')
        const { reason } = c.req.valid('json')
        await inLectures(c, (ctx) => questions.declineQuestion(ctx, activityId, questionId, reason))
        return c.body(null, 204)
      },
    )
    .put(
      '/:activityId/questions/:questionId/answer',
      answers('回答一条提问，留空则是当场口头回答'),
      ofQuestion,
      asks('json', writtenAnswer),
      async (c) => {
        const { activityId, questionId } = c.req.valid('param')
        const { answer } = c.req.valid('json')
        await inLectures(c, (ctx) => questions.answerQuestion(ctx, activityId, questionId, answer))
        return c.body(null, 204)
      },
    )
    .put(
      '/:activityId/questions/:questionId/support',
      unlogged,
      answers('附议一条提问，或收回'),
      ofQuestion,
      asks('json', supporting),
      async (c) => {
        const { activityId, questionId } = c.req.valid('param')
        const { supports } = c.req.valid('json')
        await inLectures(c, (ctx) => questions.supportQuestion(ctx, activityId, questionId, supports))
        return c.body(null, 204)
      },
    )
    .get('/:activityId/notes', answers('共享笔记', notesView), ofLecture, async (c) => {
      const view = await inLectures(c, (ctx) => readNotes(ctx, c.req.valid('param').activityId))
      c.header('etag', etagOf(view.revision))
      return c.json(view)
    })
    .put('/:activityId/notes', answers('写共享笔记'), ofLecture, asks('json', notesText), async (c) => {
      const read = requireCurrent(c)
      const { activityId } = c.req.valid('param')
      await inLectures(c, (ctx) => writeNotes(ctx, activityId, c.req.valid('json').text, read))
      return c.body(null, 204)
    })
    .post('/:activityId/polls', answers('发起举手表决', created, 201), ofLecture, asks('json', newPoll), async (c) => {
      const { activityId } = c.req.valid('param')
      return c.json({ id: await inLectures(c, (ctx) => openPoll(ctx, activityId, c.req.valid('json'))) }, 201)
    })
    .post('/:activityId/polls/:pollId/closing', answers('结束举手表决，只留下人数'), ofPoll, async (c) => {
      const { activityId, pollId } = c.req.valid('param')
      await inLectures(c, (ctx) => closePoll(ctx, activityId, pollId))
      return c.body(null, 204)
    })
    .put(
      '/:activityId/polls/:pollId/hand',
      unlogged,
      answers('举手，或改选'),
      ofPoll,
      asks('json', hand),
      async (c) => {
        const { activityId, pollId } = c.req.valid('param')
        await inLectures(c, (ctx) => raiseHand(ctx, activityId, pollId, c.req.valid('json').choice))
        return c.body(null, 204)
      },
    )
    .put(
      '/:activityId/recording',
      answers('放上讲座的录像或录音'),
      ofLecture,
      asks('json', newRecording),
      async (c) => {
        const { activityId } = c.req.valid('param')
        await inLectures(c, (ctx) => putRecording(ctx, activityId, c.req.valid('json').mediaId))
        return c.body(null, 204)
      },
    )
    .delete('/:activityId/recording', answers('取下讲座的录像'), ofLecture, async (c) => {
      await inLectures(c, (ctx) => takeRecording(ctx, c.req.valid('param').activityId))
      return c.body(null, 204)
    })
    .get(
      '/:activityId/recording/content',
      answersFile('录像的内容，可以只取一段（Range）', ['application/octet-stream']),
      ofLecture,
      asks('query', contentQuery),
      async (c) => {
        const { activityId } = c.req.valid('param')
        const item = await overReadable(c, activityId, (ctx) => recordingItem(ctx, activityId))
        return answerMedia(c, item, c.req.valid('query'))
      },
    )
    .get(
      '/:activityId/recording/texts/:kind',
      answersFile('录像的字幕或章节（WebVTT）', ['text/vtt']),
      ofText,
      async (c) => {
        const { activityId, kind } = c.req.valid('param')
        const vtt = await overReadable(c, activityId, async (ctx) =>
          readText(ctx, await recordingItem(ctx, activityId), kind),
        )
        return answerText(c, vtt)
      },
    )
    .get('/:activityId/feedback', answers('讲座的反馈，只有组织者能看', feedbackView), ofLecture, async (c) => {
      return c.json(await inLectures(c, (ctx) => readFeedback(ctx, c.req.valid('param').activityId)))
    })
    .post(
      '/:activityId/feedback',
      unlogged,
      answers('填写讲座的反馈，不记名'),
      ofLecture,
      asks('json', newFeedback),
      async (c) => {
        await inLectures(c, (ctx) => giveFeedback(ctx, c.req.valid('param').activityId, c.req.valid('json')))
        return c.body(null, 204)
      },
    )
