import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import {
  accountOf,
  answers,
  answersFile,
  asks,
  downloadAs,
  type Env,
  etagOf,
  fontsOf,
  inTransaction,
  requireCurrent,
  router,
  sendFile,
} from '../../platform/http.ts'
import { makeAlone } from '../../platform/papers/made.ts'
import { startCertificatePrinting } from '../../platform/papers/printing.ts'
import { refuseOutsiders } from '../../platform/reach.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { turns } from '../../platform/turns.ts'
import { fileCertificate } from './filing.ts'
import { readSettings, setSettings } from './numbering.ts'
import { paperOf as printedPaperOf } from './printing.ts'
import {
  findByNumbers,
  holdingOf,
  listCertificates,
  listPlaces,
  ownCertificates,
  paperOf,
  readBatch,
  viewOf,
} from './queries.ts'
import {
  batchView,
  certificatePage,
  certificatesQuery,
  certificateView,
  created,
  filingOrder,
  newOrder,
  newSettings,
  numbersAsked,
  numbersFound,
  ordered,
  ownList,
  placeList,
  replacement,
  revocation,
  settingsView,
} from './schema.ts'
import * as service from './service.ts'

const ofCertificate = asks('param', z.object({ certificateId: z.uuid() }))
const ofBatch = asks('param', z.object({ batchId: z.uuid() }))
const ofOrganization = asks('param', z.object({ organizationId: z.uuid() }))

const pdfType = 'application/pdf'

/** Papers of a batch in one file take seconds: two at a time are made, and of each account one. */
const takeTurn = turns(2)

/** Runs a use case as a person of the university. */
const asPerson = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inTransaction(c, (ctx) => {
    refuseOutsiders(ctx.actor, '证书')
    return useCase(ctx)
  })

/** 证书: issued with a number and a code, read by whom they were given to, revoked, and replaced by new ones. */
export const certificates = router()
  .get(
    '/',
    answers('列出本人有权管理的组织颁发的证书', certificatePage),
    asks('query', certificatesQuery),
    async (c) => {
      return c.json(await asPerson(c, (ctx) => listCertificates(ctx, c.req.valid('query'))))
    },
  )
  .post('/', answers('颁发证书；证书随后在后台排版', ordered, 201), asks('json', newOrder), async (c) => {
    return c.json(await asPerson(c, (ctx) => service.issueOrder(ctx, c.req.valid('json'))), 201)
  })
  .get('/own', answers('列出本人的证书', ownList), async (c) => {
    return c.json(await asPerson(c, ownCertificates))
  })
  .get('/places', answers('列出可以颁发证书的组织', placeList), async (c) => {
    return c.json(await asPerson(c, listPlaces))
  })
  .post(
    '/persons/numbers',
    answers('按学号（工号）查找可以颁发证书的人员', numbersFound),
    asks('json', numbersAsked),
    async (c) => {
      return c.json(await asPerson(c, (ctx) => findByNumbers(ctx, c.req.valid('json').numbers)))
    },
  )
  .get('/settings/:organizationId', answers('读取一个组织的编号格式', settingsView), ofOrganization, async (c) => {
    const view = await asPerson(c, (ctx) => readSettings(ctx, c.req.valid('param').organizationId))
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .put(
    '/settings/:organizationId',
    answers('修改一个组织的编号格式'),
    ofOrganization,
    asks('json', newSettings),
    async (c) => {
      const read = requireCurrent(c)
      const { organizationId } = c.req.valid('param')
      await asPerson(c, (ctx) => setSettings(ctx, organizationId, c.req.valid('json'), read))
      return c.body(null, 204)
    },
  )
  .get('/batches/:batchId', answers('读取一批证书，看排版到哪里', batchView), ofBatch, async (c) => {
    return c.json(await asPerson(c, (ctx) => readBatch(ctx, c.req.valid('param').batchId)))
  })
  .get('/batches/:batchId/papers.pdf', answersFile('把一批证书合成一个 PDF，供打印', [pdfType]), ofBatch, async (c) => {
    const rows = await asPerson(c, (ctx) => holdingOf(ctx, c.req.valid('param').batchId))
    const first = found(rows[0], '批有效的证书')
    const { encryption, config } = c.var
    const papers = rows.map((it) => printedPaperOf({ encryption, baseUrl: config.baseUrl }, it))
    const bytes = await takeTurn(accountOf(c), () => makeAlone(startCertificatePrinting(fontsOf(c)), papers))
    if (bytes === null) throw new Refusal('too-many', '您的另一批证书还在合成。请等它完成，再做这一批。')
    const name = `${first.facts.title} ${first.number} 等${rows.length}份.pdf`
    return downloadAs(c, { name, bytes }, pdfType)
  })
  .get('/:certificateId', answers('读取一份证书', certificateView), ofCertificate, async (c) => {
    return c.json(await asPerson(c, (ctx) => viewOf(ctx, c.req.valid('param').certificateId)))
  })
  .get('/:certificateId/paper.pdf', answersFile('下载一份证书', [pdfType]), ofCertificate, async (c) => {
    const paper = await asPerson(c, (ctx) => paperOf(ctx, c.req.valid('param').certificateId))
    if ('revokedOn' in paper) {
      const { encryption, config } = c.var
      const marked = printedPaperOf({ encryption, baseUrl: config.baseUrl }, paper.certificate, paper.revokedOn)
      const bytes = await takeTurn(accountOf(c), () => makeAlone(startCertificatePrinting(fontsOf(c)), [marked]))
      if (bytes === null) throw new Refusal('too-many', '您的另一份证书还在合成。请等它完成，再下载这一份。')
      return downloadAs(c, { name: paper.name, bytes }, pdfType)
    }
    const { contentId, sizeBytes, name } = paper
    const { store } = c.var.contents
    return sendFile(c, {
      ...{ name, sizeBytes, mediaType: pdfType, tag: contentId },
      read: (range) => store.read(contentId, range),
      headers: { 'cache-control': 'private, no-store' },
    })
  })
  .post('/:certificateId/revocation', answers('撤销一份证书'), ofCertificate, asks('json', revocation), async (c) => {
    const { certificateId } = c.req.valid('param')
    await asPerson(c, (ctx) => service.revokeCertificate(ctx, certificateId, c.req.valid('json')))
    return c.body(null, 204)
  })
  .post(
    '/:certificateId/replacement',
    answers('换发一份证书，原来的一份同时撤销', created, 201),
    ofCertificate,
    asks('json', replacement),
    async (c) => {
      const { certificateId } = c.req.valid('param')
      return c.json(
        { id: await asPerson(c, (ctx) => service.replaceCertificate(ctx, certificateId, c.req.valid('json'))) },
        201,
      )
    },
  )
  .post('/:certificateId/printing', answers('重新排版一份没有生成的证书'), ofCertificate, async (c) => {
    await asPerson(c, (ctx) => service.printAgain(ctx, c.req.valid('param').certificateId))
    return c.body(null, 204)
  })
  .post(
    '/:certificateId/filing',
    answers('把证书归入本人的电子档案', created, 201),
    ofCertificate,
    asks('json', filingOrder),
    async (c) => {
      const { certificateId } = c.req.valid('param')
      const run = <R>(useCase: (ctx: Context) => Promise<R>) => asPerson(c, useCase)
      return c.json({ id: await fileCertificate(c, run, certificateId, c.req.valid('json').place) }, 201)
    },
  )
