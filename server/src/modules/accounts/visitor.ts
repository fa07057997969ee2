import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import type { Env } from '../../platform/http.ts'
import { Refusal } from '../../platform/refusal.ts'
import { scopeOfSignIn } from './actor.ts'

/** What somebody acts through who is not signed in. */
export type VisitorContext = Pick<Context, 'db' | 'tenantId' | 'today' | 'requestId'> & { now: Date }

/** A use case of somebody who is not signed in and proves in another way that they may: by the secret of a link, by the demonstration. */
export function asVisitor<T>(
  c: HonoContext<Env>,
  useCase: (ctx: VisitorContext & { actor: { accountId: null; name: string } }) => Promise<T>,
): Promise<T> {
  const { database, tenantId, today, now, requestId } = c.var
  if (!tenantId) throw new Refusal('not-found', '本系统尚未完成首次设置。')
  const actor = { accountId: null, name: '未登录' }
  return database.transaction(scopeOfSignIn(tenantId), (db) => useCase({ db, tenantId, today, now, requestId, actor }))
}
