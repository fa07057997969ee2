import { z } from 'zod'
import {
  answers,
  answersFile,
  asks,
  etagOf,
  inTransaction,
  inWholeUniversity,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { found } from '../../platform/refusal.ts'
import { findMedia, type StoredItem } from '../media/queries.ts'
import { contentQuery } from '../media/schema.ts'
import { answerMedia } from '../media/serving.ts'
import { usesOf } from '../media/uses.ts'
import { imports } from './importing.ts'
import { kitRoutes } from './kit-routes.ts'
import { inPublishing, ofArticle, overArticle } from './over-article.ts'
import { mediaIn, preparePictures } from './pictures.ts'
import { listPlaces } from './places.ts'
import * as publishing from './publishing.ts'
import { listArticles, openArticle, readArticle, withReturns } from './queries.ts'
import { addRemark, listRemarks, settleRemark } from './remarks.ts'
import { reviewArticle } from './reviewing.ts'
import {
  articleChange,
  articleList,
  articlesQuery,
  articleView,
  comparison,
  comparisonQuery,
  created,
  keptVersion,
  newArticle,
  newRemark,
  newReview,
  places,
  publication,
  remarks,
  submission,
  type UsedMedium,
  usedMedia,
  versions,
  versionView,
  withReason,
} from './schema.ts'
import * as service from './service.ts'
import { sectionRoutes, settingRoutes } from './setting-routes.ts'
import { draftNoticeOf } from './telling.ts'
import { compareVersions, keepText, listVersions, readVersion } from './versions.ts'

const number = z.coerce.number().int().min(1).max(1_000_000)
const ofVersion = asks('param', z.object({ articleId: z.uuid(), version: number }))
const ofRemark = asks('param', z.object({ articleId: z.uuid(), remarkId: z.uuid() }))
const ofMedium = asks('param', z.object({ articleId: z.uuid(), mediaId: z.uuid() }))

/** 宣传稿件: written by members and officers, reviewed by others, published on the site. */
export const publicity = router()
  .route('/settings', settingRoutes)
  .route('/sections', sectionRoutes)
  .route('/imports', imports)
  .route('/articles/:articleId/kit', kitRoutes)
  .get('/places', answers('可以为哪些组织写稿，自己属于哪个组织', places), async (c) => {
    return c.json(await inTransaction(c, listPlaces))
  })
  .get(
    '/articles',
    answers('列出可以看到的稿件，最近改动的在前', articleList),
    asks('query', articlesQuery),
    async (c) => {
      const list = await inPublishing(c, (ctx) => listArticles(ctx, c.req.valid('query')))
      return c.json(await inWholeUniversity(c, (ctx) => withReturns(ctx, list)))
    },
  )
  .post('/articles', answers('开始写一篇稿件', created, 201), asks('json', newArticle), async (c) => {
    const wanted = c.req.valid('json')
    const path = await inPublishing(c, (ctx) => service.placeOfNew(ctx, wanted))
    const id = await inPublishing(c, (ctx) => service.beginArticle(ctx, wanted, path), [path])
    return c.json({ id }, 201)
  })
  .get('/articles/:articleId', answers('读取一篇稿件', articleView), ofArticle, async (c) => {
    const { articleId } = c.req.valid('param')
    const { view, revision } = await overArticle(c, articleId, (ctx) =>
      readArticle(ctx, articleId, c.var.config.baseUrl),
    )
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put(
    '/articles/:articleId',
    answers('保存稿件；别人改动过的不覆盖，这次写的另存为一个版本'),
    ofArticle,
    asks('json', articleChange),
    async (c) => {
      const read = requireCurrent(c)
      const { articleId } = c.req.valid('param')
      const saved = await overArticle(c, articleId, (ctx) =>
        service.saveArticle(ctx, articleId, c.req.valid('json'), read),
      )
      if ('refusal' in saved) throw saved.refusal
      c.header('etag', etagOf(saved.revision))
      return c.body(null, 204)
    },
  )
  .get('/articles/:articleId/versions', answers('稿件的各个版本，最近的在前', versions), ofArticle, async (c) => {
    const { articleId } = c.req.valid('param')
    return c.json(await overArticle(c, articleId, (ctx) => listVersions(ctx, articleId)))
  })
  .post(
    '/articles/:articleId/versions',
    answers('把现在的稿子存为一个版本', keptVersion, 201),
    ofArticle,
    async (c) => {
      const { articleId } = c.req.valid('param')
      const version = await overArticle(c, articleId, (ctx) => keepText(ctx, articleId))
      return c.json({ version }, 201)
    },
  )
  .get('/articles/:articleId/versions/:version', answers('读取一个版本', versionView), ofVersion, async (c) => {
    const { articleId, version } = c.req.valid('param')
    return c.json(await overArticle(c, articleId, (ctx) => readVersion(ctx, articleId, version)))
  })
  .post(
    '/articles/:articleId/versions/:version/restoration',
    answers('恢复一个版本，现在的稿子先存为版本'),
    ofVersion,
    async (c) => {
      const read = requireCurrent(c)
      const { articleId, version } = c.req.valid('param')
      await overArticle(c, articleId, (ctx) => service.restoreVersion(ctx, articleId, version, read))
      return c.body(null, 204)
    },
  )
  .get(
    '/articles/:articleId/comparison',
    answers('对照两个版本，或一个版本与现在的稿子', comparison),
    ofArticle,
    asks('query', comparisonQuery),
    async (c) => {
      const { articleId } = c.req.valid('param')
      return c.json(await overArticle(c, articleId, (ctx) => compareVersions(ctx, articleId, c.req.valid('query'))))
    },
  )
  .get(
    '/articles/:articleId/media',
    answers('稿件里的图片和视频，出镜的人是否同意', usedMedia),
    ofArticle,
    async (c) => {
      const { articleId } = c.req.valid('param')
      const { article } = await overArticle(c, articleId, (ctx) => openArticle(ctx, articleId))
      const used = mediaIn(article.text)
      const items = await inWholeUniversity(c, (ctx) => findMedia(ctx, used))
      return c.json({ items: used.flatMap((id) => mediumOf(items.get(id)) ?? []) })
    },
  )
  .get(
    '/articles/:articleId/media/:mediaId',
    answersFile('稿件里用到的素材，能看稿件的人都能看', ['application/octet-stream']),
    ofMedium,
    asks('query', contentQuery),
    async (c) => {
      const { articleId, mediaId } = c.req.valid('param')
      await overArticle(c, articleId, (ctx) => openArticle(ctx, articleId))
      const item = await inWholeUniversity(c, async (ctx) => {
        const used = await usesOf(ctx, { module: 'publicity', id: articleId })
        return (await findMedia(ctx, used.includes(mediaId) ? [mediaId] : [])).get(mediaId)
      })
      return answerMedia(c, found(item, '个素材'), c.req.valid('query'))
    },
  )
  .post(
    '/articles/:articleId/submission',
    answers('送审；已发布的写明更正了什么'),
    ofArticle,
    asks('json', submission),
    async (c) => {
      const read = requireCurrent(c)
      const { articleId } = c.req.valid('param')
      await overArticle(c, articleId, (ctx) => service.submitArticle(ctx, articleId, c.req.valid('json'), read))
      return c.body(null, 204)
    },
  )
  .delete('/articles/:articleId/submission', answers('撤回送审，继续修改'), ofArticle, async (c) => {
    const { articleId } = c.req.valid('param')
    await overArticle(c, articleId, (ctx) => service.takeBackArticle(ctx, articleId))
    return c.body(null, 204)
  })
  .post(
    '/articles/:articleId/reviews',
    answers('审核：通过或退回修改'),
    ofArticle,
    asks('json', newReview),
    async (c) => {
      const { articleId } = c.req.valid('param')
      await overArticle(c, articleId, (ctx) => reviewArticle(ctx, articleId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .get('/articles/:articleId/remarks', answers('稿件旁的意见和回复', remarks), ofArticle, async (c) => {
    const { articleId } = c.req.valid('param')
    return c.json(await overArticle(c, articleId, (ctx) => listRemarks(ctx, articleId)))
  })
  .post(
    '/articles/:articleId/remarks',
    answers('在稿件旁提意见，或回复意见', created, 201),
    ofArticle,
    asks('json', newRemark),
    async (c) => {
      const { articleId } = c.req.valid('param')
      const id = await overArticle(c, articleId, (ctx) => addRemark(ctx, articleId, c.req.valid('json')))
      return c.json({ id }, 201)
    },
  )
  .post('/articles/:articleId/remarks/:remarkId/settlement', answers('把意见标为已处理'), ofRemark, async (c) => {
    const { articleId, remarkId } = c.req.valid('param')
    await overArticle(c, articleId, (ctx) => settleRemark(ctx, articleId, remarkId))
    return c.body(null, 204)
  })
  .post(
    '/articles/:articleId/publication',
    answers('发布通过审核的稿件，立即或定时'),
    ofArticle,
    asks('json', publication),
    async (c) => {
      const { articleId } = c.req.valid('param')
      const text = await overArticle(c, articleId, (ctx) => publishing.readSubmitted(ctx, articleId))
      await preparePictures(c, text, (useCase) => inWholeUniversity(c, useCase))
      await inWholeUniversity(c, (ctx) => publishing.publishArticle(ctx, articleId, c.req.valid('json'), c.var.now))
      return c.body(null, 204)
    },
  )
  .delete('/articles/:articleId/publication', answers('取消定时发布'), ofArticle, async (c) => {
    const { articleId } = c.req.valid('param')
    await overArticle(c, articleId, (ctx) => publishing.cancelSchedule(ctx, articleId))
    return c.body(null, 204)
  })
  .post(
    '/articles/:articleId/withdrawal',
    answers('从网站撤下稿件，写明原因'),
    ofArticle,
    asks('json', withReason),
    async (c) => {
      const { articleId } = c.req.valid('param')
      await overArticle(c, articleId, (ctx) => publishing.withdrawArticle(ctx, articleId, c.req.valid('json').reason))
      return c.body(null, 204)
    },
  )
  .post('/articles/:articleId/dropping', answers('放弃没有发布过的稿件'), ofArticle, async (c) => {
    const { articleId } = c.req.valid('param')
    await overArticle(c, articleId, (ctx) => service.dropArticle(ctx, articleId))
    return c.body(null, 204)
  })
  .post('/articles/:articleId/copies', answers('以这篇稿件为底稿另写一篇', created, 201), ofArticle, async (c) => {
    const { articleId } = c.req.valid('param')
    const id = await overArticle(c, articleId, (ctx) => service.copyArticle(ctx, articleId))
    return c.json({ id }, 201)
  })
  .post(
    '/articles/:articleId/notice',
    answers('起草一条告知这篇稿件的通知，由发通知的同志发出', created, 201),
    ofArticle,
    async (c) => {
      const { articleId } = c.req.valid('param')
      const { baseUrl } = c.var.config
      const id = await overArticle(c, articleId, (ctx) => draftNoticeOf(ctx, articleId, baseUrl))
      return c.json({ id }, 201)
    },
  )

const mediumOf = (it: StoredItem | undefined): UsedMedium | undefined =>
  it && {
    ...{ id: it.id, kind: it.kind, width: it.width, height: it.height, fileName: it.fileName },
    ...{ altText: it.altText, showsPersons: it.showsPersons, isWithdrawn: it.withdrawnAt !== null },
  }
