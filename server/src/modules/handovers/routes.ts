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
  inTransactionOver,
  router,
} from '../../platform/http.ts'
import type { Paper } from '../../platform/papers/official-paper.ts'
import { printPaper } from '../../platform/papers/printing.ts'
import { lookAt } from '../archive/looking.ts'
import { contentsToHandOver, drawUp } from './drawing-up.ts'
import { listPaper, receiptPaper } from './papers.ts'
import { listHandovers, placesOf, readPersonHandovers } from './queries.ts'
import {
  acceptance,
  closure,
  created,
  type HandoverPreview,
  handoverPreview,
  handovers as handoversPage,
  handoversQuery,
  handoverView,
  newHandover,
  outsideReceipt,
  personHandovers,
  previewed,
} from './schema.ts'
import * as service from './service.ts'

const ofHandover = asks('param', z.object({ handoverId: z.uuid() }))
const ofPerson = asks('param', z.object({ personId: z.uuid() }))

/** Reads through the sealed contents of the files, outside of any transaction. Refuses first who may not send them. */
async function lookThrough(c: HonoContext<Env>, { personIds, withPapers }: HandoverPreview) {
  const contents = await inTransaction(c, async (ctx) => {
    await drawUp(ctx, personIds, withPapers)
    return contentsToHandOver(ctx, personIds)
  })
  return lookAt(c.var.contents.store, contents)
}

/** A hand-over as it stands now: a receiver sees of the other side the files that were sent. */
async function readNow(c: HonoContext<Env>, handoverId: string) {
  const places = await inTransaction(c, (ctx) => placesOf(ctx, handoverId))
  return inTransactionOver(c, places, (ctx) => service.showHandover(ctx, handoverId))
}

async function printed(c: HonoContext<Env>, paper: Paper, name: string): Promise<Response> {
  return downloadAs(c, { name, bytes: await printPaper(paper, fontsOf(c)) }, pdfType)
}

const pdfType = 'application/pdf'

/** 档案移交: files go from one keeper to another, as an act of both sides with a receipt. */
export const handovers = router()
  .get('/', answers('列出档案移交，最近发出的在前', handoversPage), asks('query', handoversQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listHandovers(ctx, c.req.valid('query'))))
  })
  .post(
    '/previews',
    answers('移交以前检查：会移交什么、缺什么、有什么不一致', previewed),
    asks('json', handoverPreview),
    async (c) => {
      const wanted = c.req.valid('json')
      const findings = await lookThrough(c, wanted)
      return c.json(await inTransactionAnew(c, (ctx) => service.previewHandover(ctx, wanted, findings)))
    },
  )
  .post('/', answers('发出档案移交', created, 201), asks('json', newHandover), async (c) => {
    const wanted = c.req.valid('json')
    const findings = await lookThrough(c, wanted)
    const id = await inTransactionAnew(c, (ctx) => service.sendHandover(ctx, wanted, findings))
    return c.json({ id }, 201)
  })
  .get('/persons/:personId', answers('一个人的档案移交记录', personHandovers), ofPerson, async (c) => {
    return c.json(await inTransaction(c, (ctx) => readPersonHandovers(ctx, c.req.valid('param').personId)))
  })
  .get('/:handoverId', answers('读取一次档案移交', handoverView), ofHandover, async (c) => {
    return c.json(await readNow(c, c.req.valid('param').handoverId))
  })
  .get('/:handoverId/list.pdf', answersFile('移交清单', [pdfType]), ofHandover, async (c) => {
    const it = await readNow(c, c.req.valid('param').handoverId)
    return printed(c, listPaper(it), `档案移交清单 ${it.number}.pdf`)
  })
  .get('/:handoverId/receipt.pdf', answersFile('接收回执', [pdfType]), ofHandover, async (c) => {
    const it = await readNow(c, c.req.valid('param').handoverId)
    return printed(c, receiptPaper(it), `档案接收回执 ${it.number}.pdf`)
  })
  .post(
    '/:handoverId/acceptance',
    answers('逐份核对以后接收：人员转入，档案随人，培养教育时间连续计算'),
    ofHandover,
    asks('json', acceptance),
    async (c) => {
      const { handoverId } = c.req.valid('param')
      const places = await inTransaction(c, (ctx) => placesOf(ctx, handoverId))
      await inTransactionOver(c, places, (ctx) => service.acceptHandover(ctx, handoverId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .post('/:handoverId/return', answers('把移交退回移交方'), ofHandover, asks('json', closure), async (c) => {
    const { handoverId } = c.req.valid('param')
    await inTransaction(c, (ctx) => service.returnHandover(ctx, handoverId, c.req.valid('json')))
    return c.body(null, 204)
  })
  .post('/:handoverId/withdrawal', answers('撤回还没有接收的移交'), ofHandover, asks('json', closure), async (c) => {
    const { handoverId } = c.req.valid('param')
    await inTransaction(c, (ctx) => service.withdrawHandover(ctx, handoverId, c.req.valid('json')))
    return c.body(null, 204)
  })
  .post(
    '/:handoverId/receipt',
    answers('登记校外接收单位的回执'),
    ofHandover,
    asks('json', outsideReceipt),
    async (c) => {
      const { handoverId } = c.req.valid('param')
      await inTransaction(c, (ctx) => service.enterReceipt(ctx, handoverId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
