import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import {
  answers,
  answersFile,
  asks,
  type Env,
  etagOf,
  inWholeUniversity,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { refuseOutsiders } from '../../platform/reach.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { mentionedPersons } from '../../platform/rich-text/reading-schema.ts'
import { contentQuery } from '../media/schema.ts'
import { answerMedia } from '../media/serving.ts'
import { callForIdeas, changeCall, listCalls, readCall } from './calls.ts'
import { findPosts } from './finding.ts'
import { listMentionable, type MentionPlace, namesIn } from './mentioning.ts'
import { moderation } from './moderation-routes.ts'
import { openings } from './opening-routes.ts'
import { readSettings } from './openings.ts'
import { listOutcomes } from './outcomes.ts'
import { findPicture, refuseUnseenPicture } from './pictures.ts'
import { placeForTopic } from './placing.ts'
import { protectedTopics } from './protected-routes.ts'
import { listPlaces, listTopics, readCounts, readEdits, readPosts, readTopic } from './queries.ts'
import { inDiscussion, takingPart } from './reach.ts'
import {
  acceptance,
  call,
  calls,
  callsQuery,
  callText,
  closing,
  created,
  createdPost,
  discussionCounts,
  discussionSettings,
  discussionSettingsView,
  edits,
  findQuery,
  following,
  mentionAtQuery,
  mentionable,
  mentionQuery,
  merging,
  newCall,
  newPost,
  newStep,
  newTopic,
  outcomes,
  outcomesQuery,
  outcomeText,
  pinning,
  places,
  postChange,
  posts,
  postsFound,
  postsQuery,
  promise,
  reading,
  retitling,
  supporting,
  topics,
  topicsQuery,
  topicView,
} from './schema.ts'
import * as service from './service.ts'
import { changeSettings } from './settings.ts'
import { findTopic, openPost } from './stored.ts'
import { enterState, mergeSuggestion, promiseAnswer, publishOutcome } from './suggestions.ts'

const ofTopic = asks('param', z.object({ topicId: z.uuid() }))
const ofPost = asks('param', z.object({ postId: z.uuid() }))
const ofCall = asks('param', z.object({ callId: z.uuid() }))

/** Names of persons whom the actor may mention are asked for over the whole university; where nobody is, nothing is. */
const mentionsIn = (c: HonoContext<Env>, place: MentionPlace, body: RichText) =>
  mentionedPersons(body).length === 0 ? [] : inWholeUniversity(c, (ctx) => namesIn(ctx, place, body))

const topicRoutes = router()
  .get('/', answers('列出看得到的话题，最近有发言的在前', topics), asks('query', topicsQuery), async (c) => {
    return c.json(await inDiscussion(c, (ctx) => listTopics(ctx, c.req.valid('query'))))
  })
  .post('/', answers('发起话题：讨论、提问、建议、来稿、投诉反映', created, 201), asks('json', newTopic), async (c) => {
    const wanted = c.req.valid('json')
    const place = await inDiscussion(c, (ctx) => placeForTopic(ctx, wanted))
    const mentions = await mentionsIn(c, place, wanted.body)
    return c.json({ id: await inDiscussion(c, (ctx) => service.startTopic(ctx, wanted, mentions)) }, 201)
  })
  .get('/:topicId', answers('读取一个话题', topicView), ofTopic, async (c) => {
    const view = await inDiscussion(c, (ctx) => readTopic(ctx, c.req.valid('param').topicId))
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .put('/:topicId/title', answers('修改话题的标题'), ofTopic, asks('json', retitling), async (c) => {
    const revision = requireCurrent(c)
    const { topicId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => service.retitleTopic(ctx, topicId, c.req.valid('json'), revision))
    return c.body(null, 204)
  })
  .get(
    '/:topicId/posts',
    answers('读取话题中的发言，从第一条未读的开始，向前向后翻页', posts),
    ofTopic,
    asks('query', postsQuery),
    async (c) => {
      return c.json(await inDiscussion(c, (ctx) => readPosts(ctx, c.req.valid('param').topicId, c.req.valid('query'))))
    },
  )
  .post('/:topicId/posts', answers('回复', createdPost, 201), ofTopic, asks('json', newPost), async (c) => {
    const { topicId } = c.req.valid('param')
    const wanted = c.req.valid('json')
    const topic = await inDiscussion(c, (ctx) => findTopic(ctx, topicId))
    const mentions = await mentionsIn(c, topic, wanted.body)
    return c.json(await inDiscussion(c, (ctx) => service.reply(ctx, topicId, wanted, mentions)), 201)
  })
  .get(
    '/:topicId/mentionable',
    answers('这个话题里可以提到谁：只有看得到它的人', mentionable),
    ofTopic,
    asks('query', mentionQuery),
    async (c) => {
      const { topicId } = c.req.valid('param')
      const topic = await inDiscussion(c, (ctx) => findTopic(ctx, topicId))
      return c.json(await inWholeUniversity(c, (ctx) => listMentionable(ctx, topic, c.req.valid('query').q)))
    },
  )
  .post('/:topicId/reading', answers('看到第几条，只有本人知道'), ofTopic, asks('json', reading), async (c) => {
    const { topicId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => service.markRead(ctx, topicId, c.req.valid('json').seq))
    return c.body(null, 204)
  })
  .put('/:topicId/following', answers('怎样得知新的回复'), ofTopic, asks('json', following), async (c) => {
    const { topicId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => service.followTopic(ctx, topicId, c.req.valid('json').way))
    return c.body(null, 204)
  })
  .put('/:topicId/accepted-answer', answers('选定或取消提问的答案'), ofTopic, asks('json', acceptance), async (c) => {
    const { topicId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => service.acceptAnswer(ctx, topicId, c.req.valid('json').postId))
    return c.body(null, 204)
  })
  .put('/:topicId/pin', answers('置顶话题，或取消置顶'), ofTopic, asks('json', pinning), async (c) => {
    const { topicId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => service.pinTopic(ctx, topicId, c.req.valid('json').isPinned))
    return c.body(null, 204)
  })
  .put('/:topicId/closing', answers('写明原因关闭话题，或重新打开'), ofTopic, asks('json', closing), async (c) => {
    const { topicId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => service.closeTopic(ctx, topicId, c.req.valid('json').reason))
    return c.body(null, 204)
  })
  .put('/:topicId/support', answers('赞同这条建议，或收回'), ofTopic, asks('json', supporting), async (c) => {
    const { topicId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => service.supportTopic(ctx, topicId, c.req.valid('json').supports))
    return c.body(null, 204)
  })
  .post('/:topicId/steps', answers('登记建议办到哪一步，附给作者的话'), ofTopic, asks('json', newStep), async (c) => {
    const revision = requireCurrent(c)
    const { topicId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => enterState(ctx, topicId, c.req.valid('json'), revision))
    return c.body(null, 204)
  })
  .put('/:topicId/promise', answers('约定由哪个职务在哪天以前答复'), ofTopic, asks('json', promise), async (c) => {
    const revision = requireCurrent(c)
    const { topicId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => promiseAnswer(ctx, topicId, c.req.valid('json'), revision))
    return c.body(null, 204)
  })
  .post('/:topicId/merging', answers('把建议并入另一条'), ofTopic, asks('json', merging), async (c) => {
    const revision = requireCurrent(c)
    const { topicId } = c.req.valid('param')
    await inWholeUniversity(c, (ctx) => {
      refuseOutsiders(ctx.actor, takingPart)
      return mergeSuggestion(ctx, topicId, c.req.valid('json'), revision)
    })
    return c.body(null, 204)
  })
  .put('/:topicId/outcome', answers('公示办理结果'), ofTopic, asks('json', outcomeText), async (c) => {
    const revision = requireCurrent(c)
    const { topicId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => publishOutcome(ctx, topicId, c.req.valid('json'), revision))
    return c.body(null, 204)
  })

const postRoutes = router()
  .put('/:postId', answers('修改自己的发言，原来的文字留在修改记录里'), ofPost, asks('json', postChange), async (c) => {
    const revision = requireCurrent(c)
    const { postId } = c.req.valid('param')
    const change = c.req.valid('json')
    const { topic } = await inDiscussion(c, (ctx) => openPost(ctx, postId))
    const mentions = await mentionsIn(c, topic, change.body)
    await inDiscussion(c, (ctx) => service.changePost(ctx, postId, change, mentions, revision))
    return c.body(null, 204)
  })
  .delete('/:postId', answers('删除自己的发言，位置保留'), ofPost, async (c) => {
    await inDiscussion(c, (ctx) => service.deletePost(ctx, c.req.valid('param').postId))
    return c.body(null, 204)
  })
  .get(
    '/:postId/pictures/:mediaId',
    answersFile('一条发言里的图片', ['image/jpeg', 'image/png', 'image/webp']),
    asks('param', z.object({ postId: z.uuid(), mediaId: z.uuid() })),
    asks('query', contentQuery),
    async (c) => {
      const { postId, mediaId } = c.req.valid('param')
      await inDiscussion(c, (ctx) => refuseUnseenPicture(ctx, postId, mediaId))
      const item = await inWholeUniversity(c, (ctx) => findPicture(ctx, mediaId))
      return answerMedia(c, item, c.req.valid('query'))
    },
  )
  .get('/:postId/edits', answers('一条发言改过几次，原来怎么写的', edits), ofPost, async (c) => {
    return c.json(await inDiscussion(c, (ctx) => readEdits(ctx, c.req.valid('param').postId)))
  })

const callRoutes = router()
  .get('/', answers('列出征集', calls), asks('query', callsQuery), async (c) => {
    return c.json(await inDiscussion(c, (ctx) => listCalls(ctx, c.req.valid('query'))))
  })
  .post('/', answers('就一个主题征集意见和点子', created, 201), asks('json', newCall), async (c) => {
    return c.json({ id: await inDiscussion(c, (ctx) => callForIdeas(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/:callId', answers('读取一项征集', call), ofCall, async (c) => {
    const view = await inDiscussion(c, (ctx) => readCall(ctx, c.req.valid('param').callId))
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .put('/:callId', answers('修改征集的内容或起止日期'), ofCall, asks('json', callText), async (c) => {
    const revision = requireCurrent(c)
    const { callId } = c.req.valid('param')
    await inDiscussion(c, (ctx) => changeCall(ctx, callId, c.req.valid('json'), revision))
    return c.body(null, 204)
  })

const settings = router()
  .get('/', answers('交流设置：答复期限、提醒、可以共同查看身份的两个职务', discussionSettingsView), async (c) => {
    const { view, revision } = await inDiscussion(c, readSettings)
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/', answers('修改交流设置'), asks('json', discussionSettings), async (c) => {
    const revision = requireCurrent(c)
    await inDiscussion(c, (ctx) => changeSettings(ctx, c.req.valid('json'), revision))
    return c.body(null, 204)
  })

/** 交流: people ask, propose and complain at one place, offices answer by a day, and what became of it is told. */
export const discussion = router()
  .route('/topics', topicRoutes)
  .route('/posts', postRoutes)
  .route('/calls', callRoutes)
  .route('/settings', settings)
  .route('/protected', protectedTopics)
  .route('/openings', openings)
  .route('/moderation', moderation)
  .get(
    '/mentionable',
    answers('在这个组织发起话题时可以提到谁', mentionable),
    asks('query', mentionAtQuery),
    async (c) => {
      const { organizationId, q } = c.req.valid('query')
      const place = await inDiscussion(c, (ctx) => placeForTopic(ctx, { organizationId, kind: 'discussion' }))
      return c.json(await inWholeUniversity(c, (ctx) => listMentionable(ctx, place, q)))
    },
  )
  .get('/places', answers('可以在哪些组织里交流', places), async (c) => c.json(await inDiscussion(c, listPlaces)))
  .get('/counts', answers('有几个话题没看、几条建议待答复、几件事待处理', discussionCounts), async (c) => {
    return c.json(await inDiscussion(c, readCounts))
  })
  .get(
    '/outcomes',
    answers('结果公示：提了什么、办了什么、谁办的、何时办结', outcomes),
    asks('query', outcomesQuery),
    async (c) => {
      return c.json(await inDiscussion(c, (ctx) => listOutcomes(ctx, c.req.valid('query'))))
    },
  )
  .get('/search', answers('在看得到的发言里查找', postsFound), asks('query', findQuery), async (c) => {
    return c.json(await inDiscussion(c, (ctx) => findPosts(ctx, c.req.valid('query'))))
  })
