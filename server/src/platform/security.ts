import type { MiddlewareHandler } from 'hono'
import { Refusal } from './refusal.ts'

/**
 * What a page of ours may load: its own files, and style elements that carry the nonce of this answer. `frames` is where what it shows in a
 * frame lies; nothing else is shown there, and nothing goes elsewhere from there.
 */
export function contentSecurityPolicy(nonce?: string, frames?: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    `img-src 'self' data: blob:`,
    `media-src 'self'`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `worker-src 'self'`,
    ...(frames ? [`frame-src ${frames}`] : []),
    `manifest-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

/** The header in which a page of ours marks every write; another site cannot send it without asking first. */
export const csrfHeader = 'x-zhibu-csrf'

/** Puts the security headers on every answer. A page that needs a nonce sets its own policy. */
export function securityHeaders({ isSecure }: { isSecure: boolean }): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', contentSecurityPolicy())
    headers.set('x-content-type-options', 'nosniff')
    // What is made for a page without an origin says so itself; it is to be shown in a frame of ours.
    const isForOthers = headers.get('cross-origin-resource-policy') === 'cross-origin'
    if (!isForOthers) headers.set('x-frame-options', 'DENY')
    if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'same-origin')
    headers.set('cross-origin-opener-policy', 'same-origin')
    if (!isForOthers) headers.set('cross-origin-resource-policy', 'same-origin')
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
    if (isSecure) headers.set('strict-transport-security', 'max-age=31536000')
  }
}

/**
 * Refuses writes that another site could have caused: the browser must say that they come from a page of ours,
 * and they must carry our header.
 */
export function refuseForeignWrites(baseUrl: string): MiddlewareHandler {
  const { host: ownHost } = new URL(baseUrl)
  return async (c, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return next()
    const site = c.req.header('sec-fetch-site')
    const isOwn =
      site === undefined ? isOwnOrigin(c.req.header('origin'), [ownHost, c.req.header('host')]) : site === 'same-origin'
    if (!isOwn) throw new Refusal('forbidden', '这次提交不是从本系统的页面发出的，已拒绝。请打开本系统的网址重新操作。')
    if (c.req.header(csrfHeader) !== '1') {
      throw new Refusal('forbidden', `这次提交缺少请求头 ${csrfHeader}: 1，已拒绝。请刷新页面后重试。`)
    }
    return next()
  }
}

/** A program without a browser sends no origin: it is not misled by a site, and must send our header anyway. */
function isOwnOrigin(origin: string | undefined, hosts: readonly (string | undefined)[]): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && hosts.includes(new URL(origin).host)
}
