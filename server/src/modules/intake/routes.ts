import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { answers, answersWorkbook, asks, download, type Env, inTransaction, router } from '../../platform/http.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { registeredNumbers } from '../people/matching.ts'
import { exportList } from './exporting.ts'
import { openImport } from './opening.ts'
import type { Desk } from './preview.ts'
import { findImport, listImports } from './queries.ts'
import {
  branchChoices,
  commitChoice,
  created,
  exportOrder,
  importPage,
  importRowPage,
  importsQuery,
  importView,
  layoutChoice,
  rowChange,
  rowsQuery,
  undoCheck,
  uploadQuery,
} from './schema.ts'
import * as service from './service.ts'
import { importTemplate } from './template.ts'
import { beginUndo, undoConflicts } from './undo.ts'
import * as uploading from './uploading.ts'

const one = z.object({ importId: z.uuid() })
const oneRow = one.extend({ row: z.coerce.number().int().min(1).max(2_000_000) })
const fileName = uploadQuery.pick({ name: true })

/** Where work goes on behind the answer, as who asked for it. */
const deskOf = (c: HonoContext<Env>): Desk => ({
  transaction: (useCase) => inTransaction(c, useCase),
  registered: (likenesses) => registeredNumbers({ ...c.var, tenantId: c.var.tenantId ?? '' }, likenesses),
  log: c.var.log,
})

/**
 * The file that a request carries. It is held in memory whole, so it is taken from somebody who may import it only: nobody
 * else can fill the memory of the server.
 */
async function fileOf(
  c: HonoContext<Env>,
  admit: (ctx: Context) => Promise<unknown>,
): Promise<Uint8Array<ArrayBuffer>> {
  await inTransaction(c, admit)
  return new Uint8Array(await c.req.arrayBuffer())
}

/** Whether there is anything at all that the actor could import there; where exactly is looked at with the file. */
async function mayImport(ctx: Context, organizationId: string | undefined): Promise<void> {
  if (organizationId !== undefined) found(await findOrganization(ctx, organizationId), '个组织')
  authorize(ctx.actor.holdsAnywhere('import'), '导入')
}

export const intake = router()
  .get('/imports', answers('列出导入记录', importPage), asks('query', importsQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listImports(ctx, c.req.valid('query'))))
  })
  .post('/imports', answers('上传表格：正文是文件本身', created, 201), asks('query', uploadQuery), async (c) => {
    const { name, organizationId } = c.req.valid('query')
    const bytes = await fileOf(c, (ctx) => mayImport(ctx, organizationId))
    const id = await uploading.upload(deskOf(c), { name, bytes }, organizationId)
    return c.json({ id }, 201)
  })
  .get('/imports/:importId', answers('读取一次导入', importView), asks('param', one), async (c) => {
    return c.json(await inTransaction(c, (ctx) => service.openImportView(ctx, c.req.valid('param').importId)))
  })
  .put(
    '/imports/:importId/layout',
    answers('指定工作表、表头行和各列的字段'),
    asks('param', one),
    asks('json', layoutChoice),
    async (c) => {
      await uploading.chooseLayout(deskOf(c), c.req.valid('param').importId, c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .put(
    '/imports/:importId/branches',
    answers('指定表中的支部名称对应哪个支部，或新设支部'),
    asks('param', one),
    asks('json', branchChoices),
    async (c) => {
      const { importId } = c.req.valid('param')
      await service.settleBranches(deskOf(c), importId, c.req.valid('json').choices)
      return c.body(null, 204)
    },
  )
  .post(
    '/imports/:importId/file',
    answers('重新上传改好的文件'),
    asks('param', one),
    asks('query', fileName),
    async (c) => {
      const { importId } = c.req.valid('param')
      const { name } = c.req.valid('query')
      const bytes = await fileOf(c, (ctx) => openImport(ctx, importId))
      await uploading.replaceFile(deskOf(c), importId, { name, bytes })
      return c.body(null, 204)
    },
  )
  .get(
    '/imports/:importId/rows',
    answers('列出预览的各行', importRowPage),
    asks('param', one),
    asks('query', rowsQuery),
    async (c) => {
      const { importId } = c.req.valid('param')
      return c.json(await inTransaction(c, (ctx) => service.openRows(ctx, importId, c.req.valid('query'))))
    },
  )
  .patch(
    '/imports/:importId/rows/:row',
    answers('修改预览中的一行'),
    asks('param', oneRow),
    asks('json', rowChange),
    async (c) => {
      const { importId, row } = c.req.valid('param')
      await service.changeRow(deskOf(c), importId, row, c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .get('/imports/:importId/marked.xlsx', answersWorkbook('下载标注了问题的文件'), asks('param', one), async (c) => {
    return download(c, await inTransaction(c, (ctx) => service.markedFile(ctx, c.req.valid('param').importId)))
  })
  .post(
    '/imports/:importId/commit',
    answers('提交导入：在后台写入，进度见读取'),
    asks('param', one),
    asks('json', commitChoice),
    async (c) => {
      await service.beginCommit(deskOf(c), c.req.valid('param').importId, c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .get(
    '/imports/:importId/undo',
    answers('查看哪些后来的记录使导入不能撤销', undoCheck),
    asks('param', one),
    async (c) => {
      const { importId } = c.req.valid('param')
      const conflicts = await inTransaction(c, async (ctx) =>
        undoConflicts(ctx, found(await findImport(ctx, importId), '次导入')),
      )
      return c.json({ conflicts })
    },
  )
  .post('/imports/:importId/undo', answers('撤销整个导入：在后台进行，进度见读取'), asks('param', one), async (c) => {
    await beginUndo(deskOf(c), c.req.valid('param').importId)
    return c.body(null, 204)
  })
  .post('/imports/:importId/discard', answers('放弃导入'), asks('param', one), async (c) => {
    await inTransaction(c, (ctx) => service.discard(ctx, c.req.valid('param').importId))
    return c.body(null, 204)
  })
  .get('/template', answersWorkbook('下载导入模板：认得的表头、一行示例和填写说明'), async (c) => {
    return download(c, await inTransaction(c, importTemplate))
  })
  .post('/exports', answersWorkbook('把名单导出为表格，版式与导入的相同'), asks('json', exportOrder), async (c) => {
    return download(c, await inTransaction(c, (ctx) => exportList(ctx, c.req.valid('json'))))
  })
