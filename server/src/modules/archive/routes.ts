import type { ContentKind } from '@zhibu/rules'
import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { incomingRoutes, letGo } from '../../platform/content/incoming-routes.ts'
import { answers, answersFile, asks, type Env, inTransaction, router, sendFile } from '../../platform/http.ts'
import { readOrganizationArchive, readPersonArchive } from './archives.ts'
import { listDisposable } from './disposable.ts'
import { listDisposals } from './disposal-lists.ts'
import { decideDisposal, proposeDisposal } from './disposals.ts'
import { listDocuments } from './documents-list.ts'
import { filingList } from './filing-list-routes.ts'
import { openLine, pictureOfLine } from './lines.ts'
import { hasText, textsOf, withMaskedNumbers } from './page-texts.ts'
import { readDocument } from './queries.ts'
import { readContent } from './readings.ts'
import { receptions } from './reception-routes.ts'
import {
  archive as archiveAnswer,
  created,
  disposables,
  disposalDecision,
  disposals,
  disposalsQuery,
  documentCorrection,
  documentSight,
  documentsQuery,
  documentText,
  documentView,
  filedDocuments,
  newDisposal,
  newDocument,
  newUpload,
  newVersion,
  pictureQuery,
  withdrawal,
} from './schema.ts'
import { seals } from './seal-routes.ts'
import * as service from './service.ts'
import { openForSight, pictureOf, sightOf } from './sight.ts'
import { takeIn } from './taking-in.ts'
import { incoming, openUpload, type StoredUpload } from './uploads.ts'

const ofPerson = asks('param', z.object({ personId: z.uuid() }))
const ofOrganization = asks('param', z.object({ organizationId: z.uuid() }))
const ofDocument = asks('param', z.object({ documentId: z.uuid() }))
const ofPage = asks('param', z.object({ documentId: z.uuid(), page: z.coerce.number().int().min(1).max(100_000) }))
/** Pages and lines count from 1. */
const ofLine = asks(
  'param',
  z.object({
    documentId: z.uuid(),
    page: z.coerce.number().int().min(1).max(100_000),
    line: z.coerce.number().int().min(1).max(100_000),
  }),
)
const ofDisposal = asks('param', z.object({ disposalId: z.uuid() }))

/** The content of an upload, with what a document needs of it. */
async function filedFrom(c: HonoContext<Env>, upload: StoredUpload, allowed: readonly ContentKind[]) {
  const { contents, pageReader } = c.var
  const content = await takeIn(contents, pageReader, upload, allowed)
  return { content, fileName: upload.fileName, contentIsThere: contents.store.has }
}

/** What a download is called. */
const named = (title: string, extension: string): string => `${title}.${extension}`

/** 电子档案: documents of persons and organisations, and lists of what is to be destroyed. */
export const archive = router()
  .route('/', seals)
  .route('/', receptions)
  .route('/', filingList)
  .get('/persons/:personId', answers('一个人的电子档案：按归档清单列出', archiveAnswer), ofPerson, async (c) => {
    return c.json(await inTransaction(c, (ctx) => readPersonArchive(ctx, c.req.valid('param').personId)))
  })
  .get('/organizations/:organizationId', answers('一个组织的电子档案', archiveAnswer), ofOrganization, async (c) => {
    const { organizationId } = c.req.valid('param')
    return c.json(await inTransaction(c, (ctx) => readOrganizationArchive(ctx, organizationId)))
  })
  .route('/uploads', incomingRoutes(incoming, newUpload))
  .post('/documents', answers('归档一份材料', created, 201), asks('json', newDocument), async (c) => {
    const wanted = c.req.valid('json')
    const { upload, place } = await inTransaction(c, async (ctx) => ({
      place: (await service.destinationOf(ctx, wanted)).place,
      upload: await openUpload(ctx, wanted.uploadId),
    }))
    const filed = await filedFrom(c, upload, place.contents)
    const id = await inTransaction(c, (ctx) => service.fileDocument(ctx, wanted, filed))
    await letGo(c, upload.id)
    return c.json({ id }, 201)
  })
  .get(
    '/documents',
    answers('列出归档的材料，最近归档的在前', filedDocuments),
    asks('query', documentsQuery),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => listDocuments(ctx, c.req.valid('query'))))
    },
  )
  .get('/documents/:documentId', answers('读取一份材料的登记信息和变更', documentView), ofDocument, async (c) => {
    return c.json(await inTransaction(c, (ctx) => readDocument(ctx, c.req.valid('param').documentId)))
  })
  .get(
    '/documents/:documentId/content',
    answersFile('下载一份材料的原文件，可以只取一段（Range）', ['application/octet-stream']),
    ofDocument,
    async (c) => {
      const { documentId } = c.req.valid('param')
      const { document, content } = await inTransaction(c, (ctx) => readContent(ctx, documentId, { isDownload: true }))
      const { store } = c.var.contents
      return sendFile(c, {
        name: named(document.title, content.extension),
        mediaType: content.mediaType,
        sizeBytes: content.sizeBytes,
        tag: document.id,
        read: (range) => store.read(content.id, range),
      })
    },
  )
  .get('/documents/:documentId/pages', answers('一份材料可以查看的页面', documentSight), ofDocument, async (c) => {
    const it = await inTransaction(c, (ctx) => openForSight(ctx, c.req.valid('param').documentId))
    return c.json(await sightOf(c.var.contents.store, c.var.pageReader, it))
  })
  .get(
    '/documents/:documentId/text',
    answers('一份材料上的文字，读到哪页给到哪页', documentText),
    ofDocument,
    async (c) => {
      const { documentId } = c.req.valid('param')
      return c.json(
        await inTransaction(c, async (ctx) => {
          const { content, watermark } = await openForSight(ctx, documentId)
          const pages = await textsOf(ctx, content.id)
          return {
            pages: (watermark === null ? pages : withMaskedNumbers(pages)).map(({ lie: _, ...it }) => it),
            pageCount: hasText(content) ? (content.pageCount ?? 1) : null,
          }
        }),
      )
    },
  )
  .get(
    '/documents/:documentId/pages/:page',
    answersFile('一页的图片', ['image/jpeg']),
    ofPage,
    asks('query', pictureQuery),
    async (c) => {
      const { documentId, page } = c.req.valid('param')
      const it = await inTransaction(c, (ctx) => openForSight(ctx, documentId))
      const wish = { ...c.req.valid('query'), page }
      const picture = await pictureOf(c.var.contents.store, c.var.pageReader, it, wish, c.req.raw.signal)
      // The content of a document never changes; the reader’s rights may.
      return c.body(Uint8Array.from(picture), 200, {
        'content-type': 'image/jpeg',
        'cache-control': 'private, max-age=600',
      })
    },
  )
  .get(
    '/documents/:documentId/pages/:page/lines/:line',
    answersFile('一行文字的图片，转正以后的', ['image/jpeg']),
    ofLine,
    async (c) => {
      const { documentId, page, line } = c.req.valid('param')
      const it = await inTransaction(c, (ctx) => openLine(ctx, documentId, { page, line }))
      const picture = await pictureOfLine(c.var.contents.store, c.var.pageReader, it, c.req.raw.signal)
      return c.body(Uint8Array.from(picture), 200, {
        'content-type': 'image/jpeg',
        'cache-control': 'private, max-age=600',
      })
    },
  )
  .post(
    '/documents/:documentId/versions',
    answers('更换一份材料的文件，原来的保留', created, 201),
    ofDocument,
    asks('json', newVersion),
    async (c) => {
      const { documentId } = c.req.valid('param')
      const wanted = c.req.valid('json')
      const { upload, place } = await inTransaction(c, async (ctx) => ({
        place: await service.placeForVersion(ctx, documentId),
        upload: await openUpload(ctx, wanted.uploadId),
      }))
      const filed = await filedFrom(c, upload, place.contents)
      const id = await inTransaction(c, (ctx) => service.supersedeDocument(ctx, documentId, wanted, filed))
      await letGo(c, upload.id)
      return c.json({ id }, 201)
    },
  )
  .post(
    '/documents/:documentId/corrections',
    answers('更正一份材料的类别、题名或日期', created, 201),
    ofDocument,
    asks('json', documentCorrection),
    async (c) => {
      const { documentId } = c.req.valid('param')
      const id = await inTransaction(c, (ctx) => service.correctDocument(ctx, documentId, c.req.valid('json')))
      return c.json({ id }, 201)
    },
  )
  .post(
    '/documents/:documentId/withdrawal',
    answers('把一份材料撤出档案，登记和内容保留'),
    ofDocument,
    asks('json', withdrawal),
    async (c) => {
      const { documentId } = c.req.valid('param')
      await inTransaction(c, (ctx) => service.withdrawDocument(ctx, documentId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .get('/disposable', answers('可以列入销毁清单的材料', disposables), asks('query', disposalsQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listDisposable(ctx, c.req.valid('query'))))
  })
  .get('/disposals', answers('销毁清单', disposals), asks('query', disposalsQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listDisposals(ctx, c.req.valid('query'))))
  })
  .post('/disposals', answers('编制销毁清单', created, 201), asks('json', newDisposal), async (c) => {
    const id = await inTransaction(c, (ctx) => proposeDisposal(ctx, c.req.valid('json')))
    return c.json({ id }, 201)
  })
  .post(
    '/disposals/:disposalId/decision',
    answers('审批销毁清单'),
    ofDisposal,
    asks('json', disposalDecision),
    async (c) => {
      const { disposalId } = c.req.valid('param')
      await inTransaction(c, (ctx) => decideDisposal(ctx, disposalId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
