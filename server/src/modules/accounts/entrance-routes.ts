import { eq } from 'drizzle-orm'
import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { answers, asks, type Env, router } from '../../platform/http.ts'
import { newId } from '../../platform/ids.ts'
import { Refusal } from '../../platform/refusal.ts'
import { universities } from '../organization/tables.ts'
import { sessionLimits } from './actor.ts'
import { listDemoPeople, openDemoSession } from './demo.ts'
import { acceptInvitation, readInvitation } from './invitations.ts'
import { forgiveFailures } from './lock-out.ts'
import * as schema from './schema.ts'
import { scopeOfSetup, setUp } from './setup.ts'
import { asVisitor } from './visitor.ts'

/** What is open to somebody who is not signed in: the first set-up, an invitation, the demonstration. */
export const entrance = router()
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

/** Once there is a university, the use case itself refuses and no code is asked for. */
function refuseWithoutCode(c: HonoContext<Env>, code: string): void {
  const { tenantId, setupGuard, address } = c.var
  if (tenantId !== null) return
  if (!setupGuard) throw new Refusal('conflict', '请重新启动服务，用启动时显示的首次设置码完成设置。')
  setupGuard.admit(code, address)
}

function refuseUnlessDemo(c: HonoContext<Env>): void {
  if (!c.var.config.isDemo) throw new Refusal('not-found', '没有这个接口。可用的接口见 /api/docs。')
}
