import type { Context as HonoContext } from 'hono'
import type { Env } from './http.ts'

/** The origin under which a page of ours is open just now, such as `https://zhibu.example.edu.cn`. Whether the host is ours was asked before. */
export function originOf(c: Pick<HonoContext<Env>, 'req' | 'var'>): string {
  const base = new URL(c.var.config.baseUrl)
  const host = c.req.header('host') ?? base.host
  return `${base.protocol}//${host.toLowerCase()}`
}
