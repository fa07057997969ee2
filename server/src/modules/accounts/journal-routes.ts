import { answers, answersWorkbook, asks, download, inTransaction, router } from '../../platform/http.ts'
import { signedOut } from '../../platform/refusal.ts'
import { listJournal, verify } from './audit.ts'
import { exportJournal } from './exporting.ts'
import * as schema from './journal-schema.ts'

export const journal = router()
  .get('/journal', answers('操作记录', schema.journalPage), asks('query', schema.journalQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listJournal(ctx, c.req.valid('query'))))
  })
  .post('/journal/exports', answersWorkbook('把操作记录导出为表格'), asks('json', schema.journalExport), async (c) => {
    return download(c, await inTransaction(c, (ctx) => exportJournal(ctx, c.req.valid('json'))))
  })
  .get('/journal/verification', answers('核验操作记录的封存', schema.verification), async (c) => {
    const { database, actor, tenantId } = c.var
    if (!actor || !tenantId) throw signedOut()
    return c.json(await verify(database, actor, tenantId))
  })
