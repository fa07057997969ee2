import { eq } from 'drizzle-orm'
import { Hono, type Context as HonoContext } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Env } from '../../platform/http.ts'
import { Refusal } from '../../platform/refusal.ts'
import { universities } from '../organization/tables.ts'
import { type Around, askPage, certificatePage, notFound } from './check-pages.ts'
import { confirm } from './check-reading.ts'
import { checkStyles, checkStylesFile } from './check-styles.ts'

/** No script, nothing from elsewhere, one style sheet of our own. */
const policy = [
  `default-src 'none'`,
  ...["style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"],
].join('; ')

/** So much a form with a code holds at most. */
const mostBytes = 2_000

type C = HonoContext<Env>

/**
 * 证书核验: what whoever holds a certificate in hand reads of it, without signing in. `admit` says which university it is, and refuses who
 * asks too often. Nobody keeps an answer, no search engine reads it, and no other page is told of its address.
 */
export function checkWith(admit: (c: C) => Promise<void>): Hono<Env> {
  const check = new Hono<Env>()
  check.onError((error, c) => {
    if (!(error instanceof Refusal)) {
      c.var.log.error({ err: error, requestId: c.var.requestId }, 'a certificate was not confirmed')
      return send(c, 500, askPage(plainly(c), '服务器没有完成这次核验，请稍后再试。'))
    }
    return send(c, error.status as ContentfulStatusCode, askPage(plainly(c), error.message))
  })
  check.get(checkStylesFile, (c) =>
    c.body(checkStyles, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    }),
  )
  check.use(async (c, next) => {
    await admit(c)
    await next()
  })

  const answer = async (c: C, typed: string) => {
    const { tenantId, database, encryption } = c.var
    const around = await surroundings(c)
    const found = tenantId ? await confirm({ database, encryption }, tenantId, typed) : null
    return found ? send(c, 200, certificatePage(around, found)) : send(c, 404, askPage(around, notFound))
  }

  check.get('/', async (c) => send(c, 200, askPage(await surroundings(c))))
  check.post(
    '/',
    bodyLimit({
      maxSize: mostBytes,
      onError: () => {
        throw new Refusal('too-large', '填写的内容太长。请只填写核验码。')
      },
    }),
    async (c) => {
      const { code } = await c.req.parseBody()
      return answer(c, typeof code === 'string' ? code : '')
    },
  )
  check.get('/:code', (c) => answer(c, c.req.param('code')))
  return check
}

async function surroundings(c: C): Promise<Around> {
  const { tenantId, database } = c.var
  if (!tenantId) return plainly(c)
  const [row] = await database.app
    .select({ name: universities.name })
    .from(universities)
    .where(eq(universities.id, tenantId))
  return { ...plainly(c), university: row?.name ?? '' }
}

const plainly = (c: C): Around => ({ university: '支部工作台', askedAt: c.var.now })

async function send(c: C, status: ContentfulStatusCode, text: Promise<string>): Promise<Response> {
  return c.body(await text, status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  })
}
