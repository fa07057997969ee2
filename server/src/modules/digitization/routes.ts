import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { answers, answersFile, asks, type Env, inTransaction, router } from '../../platform/http.ts'
import { Refusal } from '../../platform/refusal.ts'
import { pictureQuery } from '../archive/schema.ts'
import { covers } from './cover-routes.ts'
import { filePart, openForFiling, paperOf } from './filing.ts'
import { pageForSight, pictureOf } from './looking.ts'
import { changePart, mergeParts, splitPart } from './parts.ts'
import { listStacks, readStack } from './queries.ts'
import {
  created,
  filedPart,
  filings,
  newStack,
  newStackFile,
  partChange,
  partFiling,
  partFilings,
  partMerge,
  partSplit,
  stacks,
  stacksQuery,
  stackView,
} from './schema.ts'
import { addFile, beginStack, closeStack, deleteStack, finishAdding, takeFile, takeInPaper } from './service.ts'
import { removeFile } from './taking-out.ts'

const ofStack = asks('param', z.object({ stackId: z.uuid() }))
const ofFile = asks('param', z.object({ stackId: z.uuid(), fileId: z.uuid() }))
const ofPage = asks('param', z.object({ stackId: z.uuid(), number: z.coerce.number().int().min(1).max(100_000) }))
const ofPart = asks('param', z.object({ stackId: z.uuid(), partId: z.uuid() }))

/** Files a part: looked at, its paper made, filed; in a transaction before and one after what takes long. */
async function file(c: HonoContext<Env>, stackId: string, part: { id: string; revision: number }): Promise<string> {
  const { contents, pageReader } = c.var
  const it = await inTransaction(c, (ctx) => openForFiling(ctx, stackId, part))
  const paper = await paperOf(contents.store, pageReader, it)
  return inTransaction(c, (ctx) => filePart(ctx, it, { ...paper, contentIsThere: contents.store.has }))
}

/** 纸质材料整理: stacks of scanned paper, split, looked at and filed. */
export const digitization = router()
  .route('/covers', covers)
  .get('/stacks', answers('列出整理的材料批次，最近的在前', stacks), asks('query', stacksQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listStacks(ctx, c.req.valid('query'))))
  })
  .post('/stacks', answers('开始整理一批材料', created, 201), asks('json', newStack), async (c) => {
    return c.json({ id: await inTransaction(c, (ctx) => beginStack(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/stacks/:stackId', answers('读取一批材料：识别进度、页面、分出的各份', stackView), ofStack, async (c) => {
    return c.json(await inTransaction(c, (ctx) => readStack(ctx, c.req.valid('param').stackId)))
  })
  .delete('/stacks/:stackId', answers('删除一批没有归档过的材料'), ofStack, async (c) => {
    await inTransaction(c, (ctx) => deleteStack(ctx, c.req.valid('param').stackId))
    return c.body(null, 204)
  })
  .post(
    '/stacks/:stackId/files',
    answers('把上传的文件加入一批材料', created, 201),
    ofStack,
    asks('json', newStackFile),
    async (c) => {
      const { stackId } = c.req.valid('param')
      const { uploadId } = c.req.valid('json')
      const { contents, pageReader, log } = c.var
      const upload = await inTransaction(c, (ctx) => takeFile(ctx, stackId, uploadId))
      const content = await takeInPaper(contents, pageReader, upload)
      const it = { content, fileName: upload.fileName, contentIsThere: contents.store.has }
      const id = await inTransaction(c, (ctx) => addFile(ctx, stackId, uploadId, it))
      await contents.uploads.discard(uploadId).catch((err: unknown) => log.warn({ err }, 'an upload was left behind'))
      return c.json({ id }, 201)
    },
  )
  .delete('/stacks/:stackId/files/:fileId', answers('删去一批材料中的一个文件'), ofFile, async (c) => {
    const { stackId, fileId } = c.req.valid('param')
    await inTransaction(c, (ctx) => removeFile(ctx, stackId, fileId))
    return c.body(null, 204)
  })
  .post('/stacks/:stackId/reading', answers('添加完毕，开始识别；识别中断的接着识别'), ofStack, async (c) => {
    await inTransaction(c, (ctx) => finishAdding(ctx, c.req.valid('param').stackId))
    return c.body(null, 204)
  })
  .get(
    '/stacks/:stackId/pages/:number',
    answersFile('一页的图片', ['image/jpeg']),
    ofPage,
    asks('query', pictureQuery),
    async (c) => {
      const { stackId, number } = c.req.valid('param')
      const it = await inTransaction(c, (ctx) => pageForSight(ctx, stackId, number))
      const { contents, pageReader } = c.var
      const picture = await pictureOf(contents.store, pageReader, it, c.req.valid('query'), c.req.raw.signal)
      return c.body(Uint8Array.from(picture), 200, {
        'content-type': 'image/jpeg',
        'cache-control': 'private, max-age=600',
      })
    },
  )
  .patch(
    '/stacks/:stackId/parts/:partId',
    answers('修改分出的一份：人员、类别、题名、日期、页面，或者不归档'),
    ofPart,
    asks('json', partChange),
    async (c) => {
      const { stackId, partId } = c.req.valid('param')
      await inTransaction(c, (ctx) => changePart(ctx, stackId, partId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post(
    '/stacks/:stackId/parts/:partId/split',
    answers('从一页起拆成另一份', created, 201),
    ofPart,
    asks('json', partSplit),
    async (c) => {
      const { stackId, partId } = c.req.valid('param')
      return c.json({ id: await inTransaction(c, (ctx) => splitPart(ctx, stackId, partId, c.req.valid('json'))) }, 201)
    },
  )
  .post(
    '/stacks/:stackId/parts/:partId/merge',
    answers('把另一份并到这一份后面'),
    ofPart,
    asks('json', partMerge),
    async (c) => {
      const { stackId, partId } = c.req.valid('param')
      await inTransaction(c, (ctx) => mergeParts(ctx, stackId, partId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post(
    '/stacks/:stackId/parts/:partId/filing',
    answers('归档一份', filedPart, 201),
    ofPart,
    asks('json', partFiling),
    async (c) => {
      const { stackId, partId } = c.req.valid('param')
      return c.json({ documentId: await file(c, stackId, { id: partId, ...c.req.valid('json') }) }, 201)
    },
  )
  .post(
    '/stacks/:stackId/filings',
    answers('归档多份：逐份办理，一份不能归档不影响其他', filings),
    ofStack,
    asks('json', partFilings),
    async (c) => {
      const { stackId } = c.req.valid('param')
      await inTransaction(c, (ctx) => readStack(ctx, stackId))
      const results = []
      for (const part of c.req.valid('json').parts) {
        try {
          results.push({ partId: part.id, documentId: await file(c, stackId, part), refusal: null })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          results.push({ partId: part.id, documentId: null, refusal: error.message })
        }
      }
      return c.json({ results })
    },
  )
  .post('/stacks/:stackId/closing', answers('办结一批材料'), ofStack, async (c) => {
    await inTransaction(c, (ctx) => closeStack(ctx, c.req.valid('param').stackId))
    return c.body(null, 204)
  })
