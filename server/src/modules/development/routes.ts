import { regulations } from '@zhibu/rules'
import { z } from 'zod'
import {
  answers,
  answersWorkbook,
  asks,
  download,
  etagOf,
  inTransaction,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import './sealed-facts.ts'
import { actCheck, correction, newAct } from './act-schema.ts'
import * as answer from './answers.ts'
import { listBatches, openBatch, readBatch, runBatch } from './batches.ts'
import { readBoard } from './board.ts'
import { countCompleteness, listCompleteness } from './completeness.ts'
import { completenessCountsQuery, completenessQuery, keepersQuery } from './completeness-schema.ts'
import { countDues, listDues } from './dues.ts'
import { exportBatch, exportCompleteness, exportDues } from './exporting.ts'
import { countFilingEffect } from './filing-effect.ts'
import { listKeepers } from './keepers.ts'
import { listFiles } from './lists.ts'
import { factOffers, leaving, offerId } from './offer-schema.ts'
import { leaveOffer, offerAgain, readOffers, takeOffer } from './offers.ts'
import { readPapers } from './papers.ts'
import {
  batchExport,
  batchesQuery,
  boardQuery,
  dueCountsQuery,
  duesExport,
  duesQuery,
  filesQuery,
  filingEffect,
  filingEffectQuery,
  newBatch,
  planConstraints,
} from './request-schema.ts'
import * as service from './service.ts'
import { readSettings, setPractice, setWorkingYear } from './settings.ts'
import { localPractice, workingYearChange } from './settings-schema.ts'

const ofPerson = asks('param', z.object({ personId: z.uuid() }))
const ofAct = asks('param', z.object({ personId: z.uuid(), actId: z.uuid() }))
const ofDocument = asks('param', z.object({ documentId: z.uuid() }))
const ofOffer = asks('param', z.object({ documentId: z.uuid(), offerId }))
const ofBatch = asks('param', z.object({ id: z.uuid() }))
const ofYear = asks('param', z.object({ year: z.coerce.number().int().min(2000).max(2100) }))

/** 发展党员: files, what is due, batches under pre-check, settings and the rules to read. */
export const development = router()
  .get('/files', answers('发展档案列表', answer.files), asks('query', filesQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listFiles(ctx, c.req.valid('query'))))
  })
  .get('/files/:personId', answers('一个人的发展档案', answer.file), ofPerson, async (c) => {
    const { view, revision } = await inTransaction(c, (ctx) => service.openFile(ctx, c.req.valid('param').personId))
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .get(
    '/files/:personId/papers',
    answers('按归档清单核对一个人的材料：缺什么、由谁交来、与记录不一致的', answer.papers),
    ofPerson,
    async (c) => c.json(await inTransaction(c, (ctx) => readPapers(ctx, c.req.valid('param').personId))),
  )
  .post(
    '/files/:personId/check',
    answers('试查一条事项，不作记录', answer.checked),
    ofPerson,
    asks('json', actCheck),
    async (c) => {
      const { personId } = c.req.valid('param')
      return c.json({ findings: await inTransaction(c, (ctx) => service.checkAct(ctx, personId, c.req.valid('json'))) })
    },
  )
  .post(
    '/files/:personId/acts',
    answers('记录一条事项', answer.created, 201),
    ofPerson,
    asks('json', newAct),
    async (c) => {
      const { personId } = c.req.valid('param')
      const revision = requireCurrent(c)
      const id = await inTransaction(c, (ctx) => service.recordAct(ctx, personId, revision, c.req.valid('json')))
      return c.json({ id }, 201)
    },
  )
  .post(
    '/files/:personId/acts/:actId/corrections',
    answers('更正或划去一条事项', answer.created, 201),
    ofAct,
    asks('json', correction),
    async (c) => {
      const { personId, actId } = c.req.valid('param')
      const revision = requireCurrent(c)
      const id = await inTransaction(c, (ctx) =>
        service.correctAct(ctx, personId, actId, revision, c.req.valid('json')),
      )
      return c.json({ id }, 201)
    },
  )
  .put('/files/:personId/plan', answers('保存倒排计划的条件'), ofPerson, asks('json', planConstraints), async (c) => {
    const { personId } = c.req.valid('param')
    const revision = requireCurrent(c)
    await inTransaction(c, (ctx) => service.planWay(ctx, personId, revision, c.req.valid('json')))
    return c.body(null, 204)
  })
  .get(
    '/documents/:documentId/offers',
    answers('一份材料上读到的、可以记录的内容，与现有记录对照', factOffers),
    ofDocument,
    async (c) => {
      const { view, revision } = await inTransaction(c, (ctx) => readOffers(ctx, c.req.valid('param').documentId))
      c.header('etag', etagOf(revision))
      return c.json(view)
    },
  )
  .post(
    '/documents/:documentId/offers/:offerId/acceptance',
    answers('采用材料上读到的一项', answer.created, 201),
    ofOffer,
    async (c) => {
      const { documentId, offerId } = c.req.valid('param')
      const revision = requireCurrent(c)
      const id = await inTransaction(c, (ctx) => takeOffer(ctx, documentId, offerId, revision))
      return c.json({ id }, 201)
    },
  )
  .put(
    '/documents/:documentId/offers/:offerId/refusal',
    answers('不采用材料上读到的一项'),
    ofOffer,
    asks('json', leaving),
    async (c) => {
      const { documentId, offerId } = c.req.valid('param')
      await inTransaction(c, (ctx) => leaveOffer(ctx, documentId, offerId, c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  .delete('/documents/:documentId/offers/:offerId/refusal', answers('恢复不采用的一项'), ofOffer, async (c) => {
    const { documentId, offerId } = c.req.valid('param')
    await inTransaction(c, (ctx) => offerAgain(ctx, documentId, offerId))
    return c.body(null, 204)
  })
  .get('/dues', answers('待办列表', answer.dues), asks('query', duesQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listDues(ctx, c.req.valid('query'))))
  })
  .get('/dues/counts', answers('待办数量', answer.dueCounts), asks('query', dueCountsQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => countDues(ctx, c.req.valid('query'))))
  })
  .post('/dues/exports', answersWorkbook('把待办列表导出为表格'), asks('json', duesExport), async (c) => {
    return download(c, await inTransaction(c, (ctx) => exportDues(ctx, c.req.valid('json'))))
  })
  .get('/board', answers('各阶段人数', answer.board), asks('query', boardQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => readBoard(ctx, c.req.valid('query').organizationId)))
  })
  .get(
    '/completeness',
    answers('材料齐全情况：谁的材料还缺什么、由谁交来', answer.completeness),
    asks('query', completenessQuery),
    async (c) => c.json(await inTransaction(c, (ctx) => listCompleteness(ctx, c.req.valid('query')))),
  )
  .get(
    '/completeness/counts',
    answers('材料齐全情况：各类材料、各组织的人数', answer.completenessCounts),
    asks('query', completenessCountsQuery),
    async (c) => c.json(await inTransaction(c, (ctx) => countCompleteness(ctx, c.req.valid('query')))),
  )
  .get(
    '/completeness/organizations',
    answers('组织自己的材料：一年中按期应有而没有归档的', answer.keepers),
    asks('query', keepersQuery),
    async (c) => c.json(await inTransaction(c, (ctx) => listKeepers(ctx, c.req.valid('query')))),
  )
  .post(
    '/completeness/exports',
    answersWorkbook('把材料齐全情况导出为表格'),
    asks('json', completenessCountsQuery),
    async (c) => download(c, await inTransaction(c, (ctx) => exportCompleteness(ctx, c.req.valid('json')))),
  )
  .get('/batches', answers('批量预审列表', answer.batches), asks('query', batchesQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listBatches(ctx, c.req.valid('query'))))
  })
  .post('/batches', answers('新建批次并预审', answer.created, 201), asks('json', newBatch), async (c) => {
    return c.json({ id: await inTransaction(c, (ctx) => openBatch(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/batches/:id', answers('一个批次和最近一次预审', answer.batch), ofBatch, async (c) => {
    return c.json(await inTransaction(c, (ctx) => readBatch(ctx, c.req.valid('param').id)))
  })
  .post('/batches/:id/runs', answers('重新预审一个批次', answer.batchRun, 201), ofBatch, async (c) => {
    return c.json({ number: await inTransaction(c, (ctx) => runBatch(ctx, c.req.valid('param').id)) }, 201)
  })
  .post(
    '/batches/:id/exports',
    answersWorkbook('把一次预审的汇总导出为表格'),
    ofBatch,
    asks('json', batchExport),
    async (c) => {
      const { id } = c.req.valid('param')
      return download(c, await inTransaction(c, (ctx) => exportBatch(ctx, id, c.req.valid('json'))))
    },
  )
  .get('/settings', answers('本校规定和工作日表', answer.settings), async (c) => {
    const { view, revision } = await inTransaction(c, readSettings)
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/settings/practice', answers('修改本校规定'), asks('json', localPractice), async (c) => {
    const revision = requireCurrent(c)
    await inTransaction(c, (ctx) => setPractice(ctx, c.req.valid('json'), revision))
    return c.body(null, 204)
  })
  .put(
    '/settings/working-years/:year',
    answers('修改一年的工作日表'),
    ofYear,
    asks('json', workingYearChange),
    async (c) => {
      const revision = requireCurrent(c)
      await inTransaction(c, (ctx) => setWorkingYear(ctx, c.req.valid('param').year, c.req.valid('json'), revision))
      return c.body(null, 204)
    },
  )
  .get(
    '/filing-effect',
    answers('修改归档清单会影响多少份档案，只有数目', filingEffect),
    asks('query', filingEffectQuery),
    async (c) => c.json(await inTransaction(c, (ctx) => countFilingEffect(ctx, c.req.valid('query')))),
  )
  .get('/rules', answers('规则依据：各项规定的条文要点、数字和来源', answer.rules), async (c) => {
    return c.json(await inTransaction(c, async () => regulations))
  })
