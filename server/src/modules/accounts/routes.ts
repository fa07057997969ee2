import { and, eq } from 'drizzle-orm'
import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Db } from '../../platform/database.ts'
import { answers, asks, download, type Env, inTransaction, router } from '../../platform/http.ts'
import { newId } from '../../platform/ids.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { universities } from '../organization/tables.ts'
import { listReadings } from '../people/readings.ts'
import { readings, readingsQuery } from '../people/schema.ts'
import { persons } from '../people/tables.ts'
import { scopeOfSignIn, sessionLimits } from './actor.ts'
import { appointAdministrator, dismissAdministrator, filledRoles } from './administrators.ts'
import { listJournal, verify } from './audit.ts'
import * as delegation from './delegation-schema.ts'
import {
  endDelegation,
  findByNumbers,
  findHelpers,
  giveDelegation,
  listDelegated,
  listDelegations,
} from './delegations.ts'
import { listDemoPeople, openDemoSession, type VisitorContext } from './demo.ts'
import { exportAccounts, exportJournal } from './exporting.ts'
import { acceptInvitation, readInvitation } from './invitations.ts'
import * as journal from './journal-schema.ts'
import { forgiveFailures } from './lock-out.ts'
import { may } from './policy.ts'
import { findAccount, listAccounts, listSessions, readSession } from './queries.ts'
import * as schema from './schema.ts'
import * as service from './service.ts'
import { scopeOfSetup, setUp } from './setup.ts'

const one = z.object({ accountId: z.uuid() })
const oneSession = z.object({ sessionId: z.string().max(100) })
const oneDelegation = z.object({ delegationId: z.uuid() })
const created = z.object({ id: z.uuid() })

export const accounts = router()
  .get('/entrance', answers('登录前须知：是否已设置、能否用统一身份认证登录', schema.entrance), async (c) => {
    const { config, database, tenantId, today } = c.var
    const [university] = tenantId
      ? await database.app.select().from(universities).where(eq(universities.id, tenantId))
      : []
    return c.json({
      needsSetup: tenantId === null,
      isDemo: config.isDemo,
      universityName: university?.name ?? null,
      campus: config.campus?.name ?? null,
      today,
    })
  })
  .post(
    '/setup',
    answers('首次设置学校、系统管理员和组织部账号', schema.invitationLink, 201),
    asks('json', schema.setup),
    async (c) => {
      const { database, today, now, requestId, encryption } = c.var
      const { setupCode, ...given } = c.req.valid('json')
      refuseWithoutCode(c, setupCode)
      const tenantId = newId()
      const link = await database.transaction(scopeOfSetup(tenantId), (db) =>
        setUp({ db, tenantId, today, now, requestId, encryption }, given),
      )
      return c.json(link, 201)
    },
  )
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
  .post(
    '/invitations/look',
    answers('打开邀请链接', schema.invitationView),
    asks('json', schema.invitationSecret),
    async (c) => {
      return c.json(await asVisitor(c, (ctx) => readInvitation(ctx, c.req.valid('json').secret)))
    },
  )
  .post(
    '/invitations/acceptance',
    answers('接受邀请并设置密码', z.object({ userName: z.string() })),
    asks('json', schema.acceptance),
    async (c) => {
      const { secret, password } = c.req.valid('json')
      const { database, encryption, address } = c.var
      const { userName } = await asVisitor(c, (ctx) => acceptInvitation(ctx, secret, password))
      await forgiveFailures(database.app, encryption, { userName, address })
      return c.json({ userName })
    },
  )
  .get(
    '/delegations',
    answers('列出协助授权', delegation.delegationsPage),
    asks('query', delegation.delegationsQuery),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => listDelegations(ctx, c.req.valid('query'))))
    },
  )
  .post(
    '/delegations',
    answers('授权他人协助填写', created, 201),
    asks('json', delegation.newDelegation),
    async (c) => {
      const id = await inTransaction(c, (ctx) => giveDelegation(ctx, c.req.valid('json')))
      return c.json({ id }, 201)
    },
  )
  .post(
    '/delegations/numbers',
    answers('按学号（工号）查找可授权他人协助的人员', delegation.foundPersons),
    asks('json', delegation.numberedPersons),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => findByNumbers(ctx, c.req.valid('json').numbers)))
    },
  )
  .get(
    '/delegations/:delegationId/persons',
    answers('列出一项协助授权涉及的人员', delegation.delegatedPersons),
    asks('param', oneDelegation),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => listDelegated(ctx, c.req.valid('param').delegationId)))
    },
  )
  .delete('/delegations/:delegationId', answers('提前结束协助授权'), asks('param', oneDelegation), async (c) => {
    await inTransaction(c, (ctx) => endDelegation(ctx, c.req.valid('param').delegationId))
    return c.body(null, 204)
  })
  .get(
    '/helpers',
    answers('按姓名、学号（工号）或拼音首字母查找可授权的协助人', delegation.helpers),
    asks('query', delegation.helpersQuery),
    async (c) => {
      return c.json(await inTransaction(c, (ctx) => findHelpers(ctx, c.req.valid('query').q)))
    },
  )
  .get('/journal', answers('操作记录', journal.journalPage), asks('query', journal.journalQuery), async (c) => {
    return c.json(await inTransaction(c, (ctx) => listJournal(ctx, c.req.valid('query'))))
  })
  .post(
    '/journal/exports',
    answers('把操作记录导出为表格', undefined, 200),
    asks('json', journal.journalExport),
    async (c) => {
      return download(c, await inTransaction(c, (ctx) => exportJournal(ctx, c.req.valid('json'))))
    },
  )
  .get('/journal/verification', answers('核验操作记录的封存', journal.verification), async (c) => {
    const { database, actor, tenantId } = c.var
    if (!actor || !tenantId) throw signedOut()
    return c.json(await verify(database, actor, tenantId))
  })
  .get('/demo/people', answers('演示：可以体验的人员', schema.demoPeople), async (c) => {
    refuseUnlessDemo(c)
    return c.json(await asVisitor(c, listDemoPeople))
  })
  .post('/demo/sign-in', answers('演示：以其中一人的身份登录'), asks('json', schema.demoSignIn), async (c) => {
    refuseUnlessDemo(c)
    const token = await asVisitor(c, (ctx) => openDemoSession(ctx, c.req.valid('json').accountId))
    c.header('set-cookie', c.var.sessionCookie.write(token, sessionLimits.everyone.absoluteHours * 3600))
    return c.body(null, 204)
  })
  .get('/', answers('列出账号', schema.accountsPage), asks('query', schema.accountsQuery), async (c) => {
    const { now } = c.var
    return c.json(
      await inTransaction(c, async (ctx) => listAccounts(ctx, now, await filledRoles(ctx), c.req.valid('query'))),
    )
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
  .post('/exports', answers('把账号列表导出为表格', undefined, 200), asks('json', schema.accountsExport), async (c) => {
    const { now } = c.var
    const file = await inTransaction(c, async (ctx) =>
      exportAccounts(ctx, now, await filledRoles(ctx), c.req.valid('json')),
    )
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

/** Once there is a university, the use case itself refuses and no code is asked for. */
function refuseWithoutCode(c: HonoContext<Env>, code: string): void {
  const { tenantId, setupGuard, address } = c.var
  if (tenantId !== null) return
  if (!setupGuard) throw new Refusal('conflict', '请重新启动服务，用启动时显示的首次设置码完成设置。')
  setupGuard.admit(code, address)
}

function ownSession(c: HonoContext<Env>) {
  if (!c.var.session) throw signedOut()
  return c.var.session
}

const signedOut = () => new Refusal('signed-out', '登录已过期或尚未登录，请先登录。')

/** A use case of somebody who is not signed in and proves in another way that they may: by the secret of a link, by the demonstration. */
function asVisitor<T>(
  c: HonoContext<Env>,
  useCase: (ctx: VisitorContext & { actor: { accountId: null; name: string } }) => Promise<T>,
): Promise<T> {
  const { database, tenantId, today, now, requestId } = c.var
  if (!tenantId) throw new Refusal('not-found', '本系统尚未完成首次设置。')
  const actor = { accountId: null, name: '未登录' }
  return database.transaction(scopeOfSignIn(tenantId), (db) => useCase({ db, tenantId, today, now, requestId, actor }))
}

function refuseUnlessDemo(c: HonoContext<Env>): void {
  if (!c.var.config.isDemo) throw new Refusal('not-found', '没有这个接口。可用的接口见 /api/docs。')
}

async function personByNumber(db: Db, tenantId: string, studentNumber: string) {
  const [row] = await db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), eq(persons.studentNumber, studentNumber)))
  return row
}
