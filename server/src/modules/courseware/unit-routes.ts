import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { letGo, refuseUnfinished } from '../../platform/content/incoming-routes.ts'
import type { Context } from '../../platform/context.ts'
import {
  answers,
  answersFile,
  asks,
  type Env,
  etagOf,
  inTransaction,
  inWholeUniversity,
  requireCurrent,
  router,
  unlogged,
} from '../../platform/http.ts'
import { writeVtt } from '../../platform/media/vtt.ts'
import { inReach } from '../../platform/reach.ts'
import { Refusal } from '../../platform/refusal.ts'
import { turns } from '../../platform/turns.ts'
import { pictureQuery } from '../archive/schema.ts'
import { pageTypeOf, sourceOf } from '../archive/sight.ts'
import type { StoredItem } from '../media/queries.ts'
import { contentQuery, textKinds } from '../media/schema.ts'
import { answerMedia, answerText } from '../media/serving.ts'
import { readText } from '../media/texts.ts'
import { keepProgress, keepScoState, launchSco } from './progress.ts'
import { findMedium, mediumOf, unitViewOf, withMedium } from './queries.ts'
import {
  created,
  launch,
  newLaunch,
  newUnit,
  progress,
  scoState,
  unitChange,
  unitPages,
  unitPlace,
  unitView,
} from './schema.ts'
import { lockCourseware, openUnit } from './stored.ts'
import * as units from './units.ts'
import { takePackage } from './unpacking.ts'
import { incoming } from './uploads.ts'

const unitParams = { coursewareId: z.uuid(), unitId: z.uuid() }
const ofUnit = asks('param', z.object(unitParams))
const ofMedium = asks('param', z.object({ ...unitParams, mediaId: z.uuid() }))
const ofText = asks('param', z.object({ ...unitParams, kind: z.enum(textKinds) }))
const ofPage = asks('param', z.object({ ...unitParams, page: z.coerce.number().int().min(1).max(100_000) }))
const ofCourseware = asks('param', z.object({ coursewareId: z.uuid() }))

/** Runs a use case over the courseware that the actor may read. */
export const inCourseware = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inReach(c, '课件', useCase)

/** Packages are unpacked one after another: each takes the disk for a while. */
const takeTurn = turns(1)

/** Unpacks what was sent in for a unit, if the actor may change the piece, and runs what makes something of it. */
async function withPackage<T>(
  c: HonoContext<Env>,
  { coursewareId, uploadId }: { coursewareId: string; uploadId: string | undefined },
  useCase: (sent: units.SentPackage | null) => Promise<T>,
): Promise<T> {
  if (uploadId === undefined) return useCase(null)
  await inCourseware(c, (ctx) => lockCourseware(ctx, coursewareId, '修改这份课件的单元'))
  const upload = await inTransaction(c, (ctx) => incoming.open(ctx, uploadId))
  await refuseUnfinished(c, upload)
  const { contents } = c.var
  const done = await takeTurn(c.var.actor?.accountId ?? '', async () => {
    const taken = await takePackage(contents, upload)
    return { result: await useCase({ taken, uploadId, contentIsThere: contents.store.has }) }
  })
  if (done === null) throw new Refusal('too-many', '您的另一个课件包还在解开。请等它完成，再上传这一个。')
  await letGo(c, uploadId)
  return done.result
}

/** The medium of a unit, once it is certain that the actor may read it. */
async function openMedium(
  c: HonoContext<Env>,
  { coursewareId, unitId, mediaId }: { coursewareId: string; unitId: string; mediaId?: string },
): Promise<StoredItem> {
  const id = await inCourseware(c, (ctx) => mediumOf(ctx, coursewareId, unitId, mediaId))
  return inWholeUniversity(c, (ctx) => findMedium(ctx, id))
}

/** 单元: the parts of a piece, and how far the reader is in them. */
export const unitRoutes = router()
  .post('/:coursewareId/units', answers('添加单元', created, 201), ofCourseware, asks('json', newUnit), async (c) => {
    const { coursewareId } = c.req.valid('param')
    const unit = c.req.valid('json')
    const uploadId = unit.kind === 'package' ? unit.uploadId : undefined
    const id = await withPackage(c, { coursewareId, uploadId }, (sent) =>
      inCourseware(c, (ctx) => units.addUnit(ctx, coursewareId, unit, sent)),
    )
    return c.json({ id }, 201)
  })
  .get('/:coursewareId/units/:unitId', answers('读取一个单元和自己的进度', unitView), ofUnit, async (c) => {
    const { coursewareId, unitId } = c.req.valid('param')
    const read = await inCourseware(c, (ctx) => unitViewOf(ctx, coursewareId, unitId))
    c.header('etag', etagOf(read.view.revision))
    return c.json(await inWholeUniversity(c, (ctx) => withMedium(ctx, read)))
  })
  .put('/:coursewareId/units/:unitId', answers('修改单元'), ofUnit, asks('json', unitChange), async (c) => {
    const revision = requireCurrent(c)
    const { coursewareId, unitId } = c.req.valid('param')
    const unit = c.req.valid('json')
    const uploadId = unit.kind === 'package' ? unit.uploadId : undefined
    await withPackage(c, { coursewareId, uploadId }, (sent) =>
      inCourseware(c, (ctx) => units.changeUnit(ctx, coursewareId, unitId, unit, revision, sent)),
    )
    return c.body(null, 204)
  })
  .put(
    '/:coursewareId/units/:unitId/place',
    answers('把单元移到另一个位置'),
    ofUnit,
    asks('json', unitPlace),
    async (c) => {
      const revision = requireCurrent(c)
      const { coursewareId, unitId } = c.req.valid('param')
      await inCourseware(c, (ctx) => units.moveUnit(ctx, coursewareId, unitId, c.req.valid('json').place, revision))
      return c.body(null, 204)
    },
  )
  .delete('/:coursewareId/units/:unitId', answers('删除单元'), ofUnit, async (c) => {
    const { coursewareId, unitId } = c.req.valid('param')
    await inCourseware(c, (ctx) => units.removeUnit(ctx, coursewareId, unitId))
    return c.body(null, 204)
  })
  .get(
    '/:coursewareId/units/:unitId/content',
    unlogged,
    answersFile('单元里的视频、音频或图片，可以只取一段（Range）', ['application/octet-stream']),
    ofUnit,
    asks('query', contentQuery),
    async (c) => answerMedia(c, await openMedium(c, c.req.valid('param')), c.req.valid('query')),
  )
  .get(
    '/:coursewareId/units/:unitId/media/:mediaId',
    unlogged,
    answersFile('图文里的一张图片或一段视频', ['application/octet-stream']),
    ofMedium,
    asks('query', contentQuery),
    async (c) => answerMedia(c, await openMedium(c, c.req.valid('param')), c.req.valid('query')),
  )
  .get(
    '/:coursewareId/units/:unitId/texts/:kind',
    unlogged,
    answersFile('视频或音频的字幕或章节（WebVTT）', ['text/vtt']),
    ofText,
    async (c) => {
      const { kind, ...place } = c.req.valid('param')
      const item = await openMedium(c, place)
      const { unit } = await inCourseware(c, (ctx) => openUnit(ctx, place.coursewareId, place.unitId))
      if (kind === 'chapters' && unit.chapters.length > 0)
        return answerText(c, chaptersOf(unit.chapters, item.durationMs))
      return answerText(c, await inWholeUniversity(c, (ctx) => readText(ctx, item, kind)))
    },
  )
  .get(
    '/:coursewareId/units/:unitId/pages',
    unlogged,
    answers('PDF 或图片可以查看的页面', unitPages),
    ofUnit,
    async (c) => {
      const { contentId, type } = await openPages(c, c.req.valid('param'))
      return c.json({ pages: await c.var.pageReader.describe(sourceOf(c.var.contents.store, contentId, type)) })
    },
  )
  .get(
    '/:coursewareId/units/:unitId/pages/:page',
    unlogged,
    answersFile('一页的图片', ['image/jpeg']),
    ofPage,
    asks('query', pictureQuery),
    async (c) => {
      const { page, ...place } = c.req.valid('param')
      const { contentId, type } = await openPages(c, place)
      const { width, turn } = c.req.valid('query')
      const source = sourceOf(c.var.contents.store, contentId, type)
      const pages = await c.var.pageReader.describe(source)
      if (page > pages.length) throw new Refusal('not-found', `这份文件没有第 ${page} 页。`)
      const picture = await c.var.pageReader.picture(source, { page: page - 1, width, turn }, c.req.raw.signal)
      return c.body(Uint8Array.from(picture), 200, {
        'content-type': 'image/jpeg',
        'cache-control': 'private, max-age=600',
      })
    },
  )
  .put(
    '/:coursewareId/units/:unitId/progress',
    unlogged,
    answers('记住自己学到哪里，只有本人看得到'),
    ofUnit,
    asks('json', progress),
    async (c) => {
      const { coursewareId, unitId } = c.req.valid('param')
      await inCourseware(c, (ctx) => keepProgress(ctx, coursewareId, unitId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post(
    '/:coursewareId/units/:unitId/launches',
    unlogged,
    answers('打开互动课件，得到一个几小时内有效的地址', launch),
    ofUnit,
    asks('json', newLaunch),
    async (c) => {
      const { coursewareId, unitId } = c.req.valid('param')
      const { scoId } = c.req.valid('json')
      return c.json(await inCourseware(c, (ctx) => launchSco(ctx, coursewareId, unitId, scoId, c.var.now)))
    },
  )
  .put(
    '/:coursewareId/units/:unitId/state',
    unlogged,
    answers('保存互动课件要接着用的内容，只有本人看得到'),
    ofUnit,
    asks('json', scoState),
    async (c) => {
      const { coursewareId, unitId } = c.req.valid('param')
      await inCourseware(c, (ctx) => keepScoState(ctx, coursewareId, unitId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )

async function openPages(c: HonoContext<Env>, place: { coursewareId: string; unitId: string }) {
  const { contentId, mediaType, withdrawnAt, fileName } = await openMedium(c, place)
  if (withdrawnAt !== null) throw new Refusal('conflict', `“${fileName}”已经撤下，不能查看。`)
  const type = pageTypeOf(mediaType)
  if (type === undefined) throw new Refusal('not-found', `“${fileName}”不能一页一页地查看。`)
  return { contentId, type }
}

/** Each chapter lasts until the next one, the last one until the end. */
function chaptersOf(chapters: readonly { atSeconds: number; title: string }[], durationMs: number | null): string {
  return writeVtt(
    chapters.map(({ atSeconds, title }, at) => {
      const next = chapters[at + 1]?.atSeconds
      const fromMs = atSeconds * 1000
      return {
        fromMs,
        toMs: next === undefined ? Math.max(fromMs + 60_000, durationMs ?? 0) : next * 1000,
        text: title,
      }
    }),
  )
}
