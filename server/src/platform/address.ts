import { isIPv6 } from 'node:net'
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

/**
 * By what attempts from an address are counted: an IPv4 address by itself, an IPv6 address by its first 64 bits, because
 * whoever has one has all the others behind them.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped) return mapped
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0')
  const groups = [...front, ...zeros, ...back].slice(0, 4)
  return `${groups.map((it) => Number.parseInt(it, 16).toString(16)).join(':')}::/64`
}

/** A request that did not come by a socket, as in tests, has none. */
function socketAddress(c: Context): string {
  const bindings: unknown = c.env
  if (typeof bindings !== 'object' || bindings === null || !('incoming' in bindings)) return 'none'
  return getConnInfo(c).remote.address ?? 'none'
}
