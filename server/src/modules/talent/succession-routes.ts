import { z } from 'zod'
import {
  answers,
  answersFile,
  asks,
  baseOf,
  downloadAs,
  etagOf,
  fontsOf,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { printPaper } from '../../platform/papers/printing.ts'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { wordType } from '../../platform/papers/word-template.ts'
import { inTalent } from './in-talent.ts'
import { created } from './schema.ts'
import { successionPaper } from './succession-paper.ts'
import {
  kitOrder,
  newEntry,
  newSuccession,
  settlement,
  signing,
  successionDesk,
  successionList,
  successionReason,
  successionView,
  successorNaming,
} from './succession-schema.ts'
import { listSuccessions, readSuccession, readSuccessionDesk } from './succession-views.ts'
import * as succession from './successions.ts'

const ofOne = asks('param', z.object({ successionId: z.uuid() }))
const ofEntry = asks('param', z.object({ successionId: z.uuid(), entryId: z.uuid() }))
const pdfType = 'application/pdf'

/** 工作交接: an office changes hands, with what is open, what was promised, where things lie, and the accesses. */
export const successions = router()
  .get('/', answers('由本人办理的、与本人有关的工作交接', successionList), async (c) => {
    return c.json(await inTalent(c, listSuccessions))
  })
  .get('/desk', answers('等待本人的工作交接', successionDesk), async (c) => {
    return c.json(await inTalent(c, readSuccessionDesk))
  })
  .post('/', answers('开始一项职务的工作交接', created, 201), asks('json', newSuccession), async (c) => {
    const id = await inTalent(c, (ctx) => succession.beginSuccession(ctx, c.req.valid('json'), baseOf(c)))
    return c.json({ id }, 201)
  })
  .get('/:successionId', answers('一次工作交接和它的交接单', successionView), ofOne, async (c) => {
    const view = await inTalent(c, (ctx) => readSuccession(ctx, c.req.valid('param').successionId, c.var.now))
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .put('/:successionId/successor', answers('确定接手人'), ofOne, asks('json', successorNaming), async (c) => {
    const [{ successionId }, { personId }] = [c.req.valid('param'), c.req.valid('json')]
    const revision = requireCurrent(c)
    await inTalent(c, (ctx) => succession.nameSuccessor(ctx, successionId, personId, { ...baseOf(c), revision }))
    return c.body(null, 204)
  })
  .post('/:successionId/entries', answers('写一条交接内容', created, 201), ofOne, asks('json', newEntry), async (c) => {
    const { successionId } = c.req.valid('param')
    return c.json(
      { id: await inTalent(c, (ctx) => succession.writeEntry(ctx, successionId, c.req.valid('json'))) },
      201,
    )
  })
  .delete('/:successionId/entries/:entryId', answers('删除一条自己写的交接内容'), ofEntry, async (c) => {
    const { successionId, entryId } = c.req.valid('param')
    await inTalent(c, (ctx) => succession.removeEntry(ctx, successionId, entryId))
    return c.body(null, 204)
  })
  .post('/:successionId/settlement', answers('一次移交和收回全部权限'), ofOne, asks('json', settlement), async (c) => {
    const revision = requireCurrent(c)
    const { successionId } = c.req.valid('param')
    await inTalent(c, (ctx) => succession.settleSuccession(ctx, successionId, c.req.valid('json'), revision))
    return c.body(null, 204)
  })
  .post('/:successionId/handing', answers('移交人确认已交'), ofOne, asks('json', signing), async (c) => {
    const { successionId } = c.req.valid('param')
    const as = { side: 'outgoing', now: c.var.now, revision: requireCurrent(c) } as const
    await inTalent(c, (ctx) => succession.signSuccession(ctx, successionId, c.req.valid('json'), as))
    return c.body(null, 204)
  })
  .post('/:successionId/taking', answers('接手人确认已接'), ofOne, asks('json', signing), async (c) => {
    const { successionId } = c.req.valid('param')
    const as = { side: 'incoming', now: c.var.now, revision: requireCurrent(c) } as const
    await inTalent(c, (ctx) => succession.signSuccession(ctx, successionId, c.req.valid('json'), as))
    return c.body(null, 204)
  })
  .post(
    '/:successionId/closing',
    answers('一方没有签的，写明原因办结'),
    ofOne,
    asks('json', successionReason),
    async (c) => {
      const { successionId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      const revision = requireCurrent(c)
      await inTalent(c, (ctx) => succession.closeSuccession(ctx, successionId, { reason, revision, now: c.var.now }))
      return c.body(null, 204)
    },
  )
  .post(
    '/:successionId/dropping',
    answers('取消还没有移交的工作交接'),
    ofOne,
    asks('json', successionReason),
    async (c) => {
      const { successionId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      const revision = requireCurrent(c)
      await inTalent(c, (ctx) => succession.dropSuccession(ctx, successionId, { reason, revision }))
      return c.body(null, 204)
    },
  )
  .post(
    '/:successionId/exports',
    answersFile('导出交接单', [pdfType, wordType]),
    ofOne,
    asks('json', kitOrder),
    async (c) => {
      const { successionId } = c.req.valid('param')
      const paper = await inTalent(c, (ctx) => successionPaper(ctx, successionId, c.var.now))
      const isWord = c.req.valid('json').form === 'word'
      const bytes = isWord ? wordPaper(paper) : await printPaper(paper, fontsOf(c))
      return downloadAs(
        c,
        { name: `工作交接单${c.var.today}.${isWord ? 'docx' : 'pdf'}`, bytes },
        isWord ? wordType : pdfType,
      )
    },
  )
