import { z } from 'zod'
import { answers, asks, inTransaction, router } from '../../platform/http.ts'
import { decideDisposal, listDisposable, listDisposals, proposeDisposal } from './disposals.ts'
import { listDocuments, readDocument, readOrganizationArchive, readPersonArchive } from './queries.ts'
import {
  archive as archiveAnswer,
  created,
  disposables,
  disposalDecision,
  disposals,
  disposalsQuery,
  documentCorrection,
  documentsQuery,
  documentView,
  filedDocuments,
  newDisposal,
  withdrawal,
} from './schema.ts'
import * as service from './service.ts'

const ofPerson = asks('param', z.object({ personId: z.uuid() }))
const ofOrganization = asks('param', z.object({ organizationId: z.uuid() }))
const ofDocument = asks('param', z.object({ documentId: z.uuid() }))
const ofDisposal = asks('param', z.object({ disposalId: z.uuid() }))

/** 电子档案: documents of persons and organisations, and lists of what is to be destroyed. */
export const archive = router()
  .get('/persons/:personId', answers('一个人的电子档案：按归档清单列出', archiveAnswer), ofPerson, async (c) => {
    return c.json(await inTransaction(c, (ctx) => readPersonArchive(ctx, c.req.valid('param').personId)))
  })
  .get('/organizations/:organizationId', answers('一个组织的电子档案', archiveAnswer), ofOrganization, async (c) => {
    const { organizationId } = c.req.valid('param')
    return c.json(await inTransaction(c, (ctx) => readOrganizationArchive(ctx, organizationId)))
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
