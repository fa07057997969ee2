import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Env } from './http.ts'
import { requestSeconds } from './metrics.ts'

/** One line and one measurement for each request: the pattern of its route, never its query or what it carried. None for what must not be told by its moment. */
export function logRequests(): MiddlewareHandler<Env> {
  return async (c, next) => {
    const from = performance.now()
    await next()
    c.res.headers.set('x-request-id', c.var.requestId)
    if (c.var.isUnlogged) return
    const seconds = (performance.now() - from) / 1000
    const route = routePath(c)
    const { method } = c.req
    const { status } = c.res
    requestSeconds.observe({ method, route, status }, seconds)
    const level = status >= 500 ? 'error' : 'info'
    c.var.log[level](
      {
        requestId: c.var.requestId,
        method,
        route,
        status,
        milliseconds: Math.round(seconds * 1e4) / 10,
        accountId: c.var.session?.accountId,
      },
      'request',
    )
  }
}
