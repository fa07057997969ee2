import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Env } from './http.ts'
import { originOf } from './origin.ts'
import { contentSecurityPolicy } from './security.ts'

/** What stands in the built `index.html` where the nonce of an answer belongs. */
const noncePlaceholder = '__CSP_NONCE__'

/** What stands there for the colour scheme that somebody has chosen in the page, which keeps it in this cookie. */
const schemePlaceholder = '__COLOUR_SCHEME__'
const schemeCookie = 'zhibu-colour-scheme'

/** What pages show in frames lies below here. */
const framesAt = '/scorm/'

/** What stands there for the links of `early.json`: what the browser fetches together with the page, by its path. */
const earlyPlaceholder = '<!--early-->'
interface Early {
  /** For whoever brings a session. */
  signedIn: Readonly<Record<string, string>>
  everybody: Readonly<Record<string, string>>
}

/**
 * The built web pages. Files under `assets` carry a hash in their names and are kept for a year; the rest is asked for anew.
 * Any other address answers `index.html`, whose script knows the pages; nobody keeps that, so it is never found under `assets`.
 */
export function webPages(folder: string): Hono<Env> {
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8')
  const early: Early = JSON.parse(readFileSync(path.join(folder, 'early.json'), 'utf8'))
  const files = serveStatic({ root: folder, precompressed: true })
  return new Hono<Env>()
    .get('/index.html', (c) => c.redirect('/'))
    .get('/assets/*', keep('public, max-age=31536000, immutable'), files)
    .get('/:file{.+\\.[a-z0-9]+}', keep('no-cache'), files)
    .get('*', (c, next) => {
      if (/^\/assets(\/|$)|\.[a-z0-9]+$/.test(c.req.path)) return next()
      const nonce = randomBytes(16).toString('base64')
      c.header('content-security-policy', contentSecurityPolicy(nonce, `${originOf(c)}${framesAt}`))
      c.header('cache-control', 'no-store')
      const scheme = getCookie(c, schemeCookie)
      const isSignedIn = c.var.sessionCookie.read(c.req.header('cookie')) !== null
      const links = (isSignedIn && early.signedIn[c.req.path]) || early.everybody[c.req.path]
      return c.html(
        page
          .replaceAll(noncePlaceholder, nonce)
          .replace(schemePlaceholder, scheme === 'dark' || scheme === 'light' ? scheme : '')
          .replace(earlyPlaceholder, links ?? ''),
      )
    })
}

/** Says how long a file may be kept, where there is one. */
const keep =
  (cacheControl: string): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next()
    if (c.res.ok) c.res.headers.set('cache-control', cacheControl)
  }
