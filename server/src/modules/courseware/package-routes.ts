import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { buffer } from 'node:stream/consumers'
import type { Context as HonoContext } from 'hono'
import type { Env } from '../../platform/http.ts'
import { router, sendFile, unlogged } from '../../platform/http.ts'
import { originOf } from '../../platform/origin.ts'
import { rateLimit } from '../../platform/rate-limit.ts'
import { Refusal } from '../../platform/refusal.ts'
import { packageLimits, ticketHours } from './limits.ts'
import { type Standard, standardNames } from './names-schema.ts'
import { findFile, readPackage } from './packages.ts'
import { scriptsFolder, startScript, withScripts } from './runtime.ts'
import { packageOf } from './tickets.ts'
import { mediaTypeOf } from './unpacking.ts'

/**
 * The files of packages, under an address that is good for one start of one of them (tickets.ts). No session is asked for, and none is used:
 * what a package holds is from anywhere, so its pages get an origin of their own, which is nobody's, and may load only what lies beside them.
 */

const files = /^\/scorm\/([^/]+)\/(.+)$/

/** How often one start may ask. */
const rate = { burst: 6_000, perSeconds: 60 }

const own = createRequire(import.meta.url)
const libraries: Readonly<Record<Standard, string>> = { '1.2': 'scorm12', '2004': 'scorm2004' }
const libraryOf = (standard: Standard): string =>
  readFileSync(own.resolve(`scorm-again/${libraries[standard]}/min`), 'utf8')

/** 互动课件的文件 */
export function packageFiles() {
  const limit = rateLimit(rate, Date.now)
  const scripts = new Map<string, string>()
  const scriptNamed = (name: string): string | undefined => {
    const known = scripts.get(name)
    if (known !== undefined) return known
    const standard = Object.keys(standardNames).find((it): it is Standard => `${it}.js` === name)
    const made = name === 'start.js' ? startScript() : standard && libraryOf(standard)
    if (made !== undefined) scripts.set(name, made)
    return made
  }

  return router().get('/:ticket/:name{.+}', unlogged, async (c) => {
    const { encryption, now, database, tenantId, contents } = c.var
    const [, ticket = '', written = ''] = files.exec(new URL(c.req.url).pathname) ?? []
    const packageId = packageOf(encryption, ticket, now)
    // Opened by itself it would stand in a window that may go anywhere.
    if (packageId === null || !tenantId || c.req.header('sec-fetch-dest') === 'document') throw gone()
    const wait = limit.take(ticket)
    if (wait > 0) throw new Refusal('too-many', `互动课件打开的文件过多，请 ${wait} 秒后再试。`)

    const prefix = `/scorm/${ticket}/`
    const headers = headersFor(c, prefix)
    const name = decoded(written)
    // No package has such a name, and no database looks for it.
    if (name.includes('\0')) throw gone()
    if (name.startsWith(`${scriptsFolder}/`)) {
      const script = scriptNamed(name.slice(scriptsFolder.length + 1))
      if (script === undefined) throw gone()
      return c.body(script, 200, { ...headers, 'content-type': 'text/javascript; charset=utf-8' })
    }
    const scope = { tenantId, accountId: null, personId: null, ranges: [], helper: false }
    const file = await database.reading(scope, (db) => findFile({ db, tenantId }, packageId, name))
    if (!file) throw gone()
    const { contentId, sizeBytes } = file
    const mediaType = mediaTypeOf(file.name)
    if (isPage(mediaType) && sizeBytes <= packageLimits.maxPageBytes) {
      const { standard } = await database.reading(scope, (db) => readPackage({ db, tenantId }, packageId))
      const page = withScripts(await buffer(await contents.store.read(contentId)), {
        ...{ prefix, standard },
        isXml: mediaType === 'application/xhtml+xml',
      })
      return c.body(page, 200, { ...headers, 'content-type': mediaType })
    }
    return sendFile(c, {
      name: file.name.split('/').at(-1) ?? '文件',
      ...{ mediaType, sizeBytes, tag: contentId, headers: { ...headers, 'content-disposition': 'inline' } },
      read: (range) => contents.store.read(contentId, range),
    })
  })
}

const isPage = (mediaType: string): boolean => mediaType === 'text/html' || mediaType === 'application/xhtml+xml'

/** A name as it stands in the package, from one in an address. */
function decoded(written: string): string {
  try {
    return decodeURIComponent(written).normalize('NFC')
  } catch {
    return written
  }
}

/**
 * Nothing but the package itself is loaded, asked or shown in a frame, nothing is sent off, and the page has no origin: neither cookies nor
 * what lies at ours. Files may be asked for by that page, which is foreign to us.
 */
function headersFor(c: HonoContext<Env>, prefix: string): Record<string, string> {
  const beside = `${originOf(c)}${prefix}`
  const policy = [
    'sandbox allow-scripts',
    `default-src 'none'`,
    `script-src ${beside} 'unsafe-inline' 'unsafe-eval' blob:`,
    `style-src ${beside} 'unsafe-inline'`,
    `img-src ${beside} data: blob:`,
    `media-src ${beside} data: blob:`,
    `font-src ${beside} data:`,
    `connect-src ${beside}`,
    `worker-src ${beside} blob:`,
    `frame-src ${beside}`,
    `object-src 'none'`,
    `base-uri ${beside}`,
    `form-action 'none'`,
  ].join('; ')
  return {
    'content-security-policy': policy,
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'referrer-policy': 'no-referrer',
    'cache-control': `private, max-age=${ticketHours * 3600}`,
  }
}

const gone = () =>
  new Refusal('not-found', '互动课件的这个地址已经过期，或者包里没有这个文件。请回到课件页面重新打开。')
