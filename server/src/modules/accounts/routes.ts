import { and, eq } from 'drizzle-orm'
import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Db } from '../../platform/database.ts'
import { answers, answersWorkbook, asks, download, type Env, inTransaction, router } from '../../platform/http.ts'
import { found, Refusal, signedOut } from '../../platform/refusal.ts'
import { listReadings } from '../people/readings.ts'
import { readings, readingsQuery } from '../people/schema.ts'
import { persons } from '../people/tables.ts'
import { appointAdministrator, dismissAdministrator, filledRoles } from './administrators.ts'
import { delegations } from './delegation-routes.ts'
import { entrance } from './entrance-routes.ts'
import { exportAccounts } from './exporting.ts'
import { journal } from './journal-routes.ts'
import { may, mayKeepAccounts } from './policy.ts'
import { findAccount, listAccounts, listSessions, personsMeant, readSession } from './queries.ts'
import * as schema from './schema.ts'
import * as service from './service.ts'
import { asVisitor } from './visitor.ts'

const one = z.object({ accountId: z.uuid() })
const oneSession = z.object({ sessionId: z.string().max(100) })

/** The accounts and their sessions; what stands beside them under the same address has files of its own. */
export const accounts = router()
  .route('/', entrance)
  .route('/', delegations)
  .route('/', journal)
  .get('/session', answers('读取当前登录的账号、职务和可用功能', schema.session), async (c) => {
    const session = ownSession(c)
    return c.json(await inTransaction(c, (ctx) => readSession(ctx, session, c.var.config.isDemo)))
  })
  .get('/sessions', answers('列出本人的登录会话', schema.sessions), async (c) => {
    const { id, userId } = ownSession(c)
    const { now } = c.var
    return c.json(await inTransaction(c, (ctx) => listSessions(ctx, userId, { currentId: id, now })))
  })
  .delete('/sessions', answers('结束本人的其他会话'), async (c) => {
    const session = ownSession(c)
    await inTransaction(c, (ctx) => service.endOtherSessions(ctx, session))
    return c.body(null, 204)
  })
  .delete('/sessions/:sessionId', answers('结束本人的一个会话'), asks('param', oneSession), async (c) => {
    const { userId } = ownSession(c)
    await inTransaction(c, (ctx) => service.endSession(ctx, userId, c.req.valid('param').sessionId))
    return c.body(null, 204)
  })
  .get('/readings', answers('列出谁看过本人的档案', readings), asks('query', readingsQuery), async (c) => {
    const page = await inTransaction(c, async (ctx) => {
      const { personId } = ctx.actor
      return personId ? listReadings(ctx, personId, c.req.valid('query')) : { items: [] }
    })
    return c.json(page)
  })
  .get('/', answers('列出账号', schema.accountsPage), asks('query', schema.accountsQuery), async (c) => {
    const { now } = c.var
    const query = c.req.valid('query')
    const meant = await meantIn(c, query)
    return c.json(await inTransaction(c, async (ctx) => listAccounts(ctx, now, await filledRoles(ctx), query, meant)))
  })
  .post(
    '/',
    answers('开通账号并生成邀请链接', schema.invitationLink, 201),
    asks('json', schema.newAccount),
    async (c) => {
      const { now, actor } = c.var
      const given = c.req.valid('json')
      // Before the transaction: requests that held a connection each while they waited for another one would all wait for ever.
      const numbered =
        actor?.administrator === 'sysadmin' && 'studentNumber' in given
          ? await asVisitor(c, ({ db, tenantId }) => personByNumber(db, tenantId, given.studentNumber))
          : undefined
      const link = await inTransaction(c, (ctx) => service.createAccount({ ...ctx, now }, given, numbered))
      return c.json(link, 201)
    },
  )
  .post('/exports', answersWorkbook('把账号列表导出为表格'), asks('json', schema.accountsExport), async (c) => {
    const { now } = c.var
    const query = c.req.valid('json')
    const meant = await meantIn(c, query)
    const file = await inTransaction(c, async (ctx) => exportAccounts(ctx, now, await filledRoles(ctx), query, meant))
    return download(c, file)
  })
  .post(
    '/batches',
    answers('为多人开通统一身份认证登录', schema.madeAccounts, 201),
    asks('json', schema.newAccounts),
    async (c) => {
      const made = await inTransaction(c, (ctx) => service.createAccounts(ctx, c.req.valid('json').personIds))
      return c.json({ made }, 201)
    },
  )
  .post(
    '/:accountId/invitation',
    answers('重新邀请：原密码和会话立即失效', schema.invitationLink, 201),
    asks('param', one),
    async (c) => {
      const { now } = c.var
      const link = await inTransaction(c, (ctx) => service.inviteAgain({ ...ctx, now }, c.req.valid('param').accountId))
      return c.json(link, 201)
    },
  )
  .put('/:accountId/lock', answers('停用账号'), asks('param', one), asks('json', schema.lock), async (c) => {
    const { reason } = c.req.valid('json')
    await inTransaction(c, (ctx) => service.lockAccount(ctx, c.req.valid('param').accountId, reason))
    return c.body(null, 204)
  })
  .delete('/:accountId/lock', answers('恢复账号'), asks('param', one), async (c) => {
    await inTransaction(c, (ctx) => service.unlockAccount(ctx, c.req.valid('param').accountId))
    return c.body(null, 204)
  })
  .delete('/:accountId/second-factor', answers('重置动态口令'), asks('param', one), async (c) => {
    await inTransaction(c, (ctx) => service.resetSecondFactor(ctx, c.req.valid('param').accountId))
    return c.body(null, 204)
  })
  .put(
    '/:accountId/administrator',
    answers('任命三员'),
    asks('param', one),
    asks('json', schema.administratorAppointment),
    async (c) => {
      const { role } = c.req.valid('json')
      await inTransaction(c, (ctx) => appointAdministrator(ctx, c.req.valid('param').accountId, role))
      return c.body(null, 204)
    },
  )
  .delete('/:accountId/administrator', answers('免去三员'), asks('param', one), async (c) => {
    await inTransaction(c, (ctx) => dismissAdministrator(ctx, c.req.valid('param').accountId))
    return c.body(null, 204)
  })
  .get('/:accountId/sessions', answers('列出一个账号的登录会话', schema.sessions), asks('param', one), async (c) => {
    const session = ownSession(c)
    const { now } = c.var
    const list = await inTransaction(c, async (ctx) => {
      const it = found(await findAccount(ctx, c.req.valid('param').accountId), '个账号')
      if (!may(ctx.actor, it).endSessions)
        throw new Refusal('forbidden', '只有系统管理员和安全管理员可以查看他人的会话。')
      return listSessions(ctx, it.userId, { currentId: session.id, now })
    })
    return c.json(list)
  })
  .delete('/:accountId/sessions', answers('结束一个账号的全部会话'), asks('param', one), async (c) => {
    await inTransaction(c, (ctx) => service.endSessionsOf(ctx, c.req.valid('param').accountId))
    return c.body(null, 204)
  })

function ownSession(c: HonoContext<Env>) {
  if (!c.var.session) throw signedOut()
  return c.var.session
}

/** Before the transaction, as with a number; and only for those who may list accounts at all. */
async function meantIn(c: HonoContext<Env>, { q }: { q?: string | undefined }): Promise<string[]> {
  const { actor } = c.var
  return q && actor && mayKeepAccounts(actor).list ? asVisitor(c, (ctx) => personsMeant(ctx, q)) : []
}

async function personByNumber(db: Db, tenantId: string, studentNumber: string) {
  const [row] = await db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), eq(persons.studentNumber, studentNumber)))
  return row
}
