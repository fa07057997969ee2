import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * The network address of who asks. Behind `proxies` trusted reverse proxies it is the one that the outermost of them
 * wrote down; what a stranger writes into the header stands further left and is not believed.
 */
export function addressOf(c: Context, proxies: number): string {
  const direct = socketAddress(c)
  if (proxies === 0) return direct
  const forwarded = c.req.header('x-forwarded-for')?.split(',') ?? []
  return forwarded.at(-proxies)?.trim() || direct
}

/** A request that did not come by a socket, as in tests, has none. */
function socketAddress(c: Context): string {
  const bindings: unknown = c.env
  if (typeof bindings !== 'object' || bindings === null || !('incoming' in bindings)) return 'none'
  return getConnInfo(c).remote.address ?? 'none'
}
