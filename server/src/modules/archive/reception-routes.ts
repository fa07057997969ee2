import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import {
  answers,
  answersFile,
  asks,
  downloadAs,
  type Env,
  fontsOf,
  inTransaction,
  inTransactionAnew,
  router,
} from '../../platform/http.ts'
import { readReceipt } from '../../platform/packages/receipt.ts'
import { receiptPaper } from '../../platform/packages/receipt-paper.ts'
import { printPaper } from '../../platform/papers/printing.ts'
import { openArrived, takeInItems } from './arriving.ts'
import { receiverOf } from './receivers.ts'
import { previewReception, refuseNoReceiver } from './reception-checks.ts'
import {
  newReception,
  receptionCheck,
  receptionQuestion,
  receptions as receptionsAnswer,
  receptionsQuery,
  receptionView,
} from './reception-schema.ts'
import { acceptPackage } from './receptions.ts'
import { listReceptions, openMetadata, openReceipt, readReception } from './receptions-list.ts'
import { created } from './schema.ts'
import { openUpload } from './uploads.ts'

const ofReception = asks('param', z.object({ receptionId: z.uuid() }))

const receptionOf = (c: HonoContext<Env>, receptionId: string) =>
  inTransaction(c, (ctx) => openReceipt(ctx, receptionId))

/** Taking over packages of other keepers, with a receipt for them. */
export const receptions = router()
  .get('/receptions', answers('接收过的档案包', receptionsAnswer), asks('query', receptionsQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listReceptions(ctx, c.req.valid('query'))))
  })
  .post(
    '/receptions/checks',
    answers('核验上传的档案包，列出接收以后归入哪里；不作任何登记', receptionCheck),
    asks('json', receptionQuestion),
    async (c) => {
      const { uploadId, ...chosen } = c.req.valid('json')
      const { contents, pageReader } = c.var
      const upload = await inTransaction(c, async (ctx) => {
        await refuseNoReceiver(ctx, chosen)
        return openUpload(ctx, uploadId)
      })
      const arrived = await openArrived(contents, upload)
      const taken = await takeInItems(contents, pageReader, upload, arrived, () => true)
      return c.json(await inTransactionAnew(c, (ctx) => previewReception(ctx, arrived, taken, chosen)))
    },
  )
  .post('/receptions', answers('接收一个档案包', created, 201), asks('json', newReception), async (c) => {
    const wanted = c.req.valid('json')
    const { contents, pageReader } = c.var
    const upload = await inTransaction(c, async (ctx) => {
      await receiverOf(ctx, wanted)
      return openUpload(ctx, wanted.uploadId)
    })
    const arrived = await openArrived(contents, upload)
    const leftOut = new Set(wanted.items.flatMap((it) => ('leftOut' in it ? [it.number] : [])))
    const taken = await takeInItems(contents, pageReader, upload, arrived, (it) => !leftOut.has(it))
    const unpacked = { arrived, taken, contentIsThere: contents.store.has }
    const id = await inTransactionAnew(c, (ctx) => acceptPackage(ctx, wanted, unpacked))
    // What cannot be taken away now goes by itself later.
    await contents.uploads
      .discard(upload.id)
      .catch((err: unknown) => c.var.log.warn({ err }, 'an upload was left behind'))
    return c.json({ id }, 201)
  })
  .get('/receptions/:receptionId', answers('一次接收的情况', receptionView), ofReception, async (c) => {
    return c.json(await inTransaction(c, (ctx) => readReception(ctx, c.req.valid('param').receptionId)))
  })
  .get(
    '/receptions/:receptionId/receipt.xml',
    answersFile('接收回执，供移交方用 zhibu verify --receipt 核对', ['application/xml']),
    ofReception,
    async (c) => {
      const it = await receptionOf(c, c.req.valid('param').receptionId)
      const name = `${it.number} 接收回执.xml`
      return downloadAs(c, { name, bytes: Buffer.from(it.receipt) }, 'application/xml; charset=utf-8')
    },
  )
  .get(
    '/receptions/:receptionId/receipt.pdf',
    answersFile('接收回执，供打印签字', ['application/pdf']),
    ofReception,
    async (c) => {
      const it = await receptionOf(c, c.req.valid('param').receptionId)
      const bytes = await printPaper(receiptPaper(readReceipt(it.receipt)), fontsOf(c))
      return downloadAs(c, { name: `${it.number} 接收回执.pdf`, bytes }, 'application/pdf')
    },
  )
  .get(
    '/receptions/:receptionId/metadata.xml',
    answersFile('随包移交的元数据', ['application/xml']),
    ofReception,
    async (c) => {
      const it = await inTransaction(c, (ctx) => openMetadata(ctx, c.req.valid('param').receptionId))
      const name = `${it.number} 元数据.xml`
      return downloadAs(c, { name, bytes: Buffer.from(it.metadata) }, 'application/xml; charset=utf-8')
    },
  )
