import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context as HonoContext } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Env } from './http.ts'
import { Kept } from './kept.ts'

/** A page that was made, for whoever may read it. */
export interface MadePage {
  status: ContentfulStatusCode
  /** The media type. */
  type: string
  text: string
}

/** A made page with what makes it quick to send again. */
export interface ReadyPage extends Omit<MadePage, 'text'> {
  bytes: Uint8Array<ArrayBuffer>
  /** Of its bytes and nothing else. */
  etag: string
}

export function ready({ text, ...page }: MadePage): ReadyPage {
  const bytes = Buffer.from(text)
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 27)
  // Weak: the same page may be sent compressed.
  return { ...page, bytes, etag: `W/"${digest}"` }
}

/** How long a page for everybody is kept before it is asked for again. */
const everybody = 'public, max-age=60, must-revalidate'
const onlyReader = 'private, no-store'

/** Sends a page; to a visitor with its tag, so that it need not be sent twice. What a session shows is kept nowhere. */
export async function sendPage(c: HonoContext<Env>, page: ReadyPage, isForEverybody: boolean): Promise<Response> {
  const { status, type, bytes, etag } = page
  const isKept = isForEverybody && status === 200
  c.header('content-type', type)
  c.header('vary', 'Cookie, Accept-Encoding')
  c.header('cache-control', isKept ? everybody : onlyReader)
  if (isKept) {
    c.header('etag', etag)
    if (isKnown(c, etag)) return c.body(null, 304)
  }
  if (bytes.length < 1_000 || !takesGzip(c.req.header('accept-encoding'))) return c.body(bytes, status)
  c.header('content-encoding', 'gzip')
  return c.body(await (isKept ? compressed(page) : squeeze(bytes)), status)
}

/** By the tag alone: around an article stands what changes without it, so that no day of its own says whether the page did. */
function isKnown(c: HonoContext<Env>, etag: string): boolean {
  const tags = c.req.header('if-none-match')
  return tags !== undefined && (tags.trim() === '*' || tags.split(',').some((it) => opaque(it) === opaque(etag)))
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '')

const takesGzip = (accepted = ''): boolean =>
  accepted.split(',').some((it) => /^\s*gzip\s*(;\s*q\s*=\s*(?!0(\.0*)?\s*$).*)?$/i.test(it))

const squeeze = promisify(gzip)
type Squeezed = Awaited<ReturnType<typeof squeeze>>

/** Compressed pages by their tags. A tag is of the bytes, so that none of them is ever out of date. */
const squeezed = new Kept<string, Promise<Squeezed>>(8 * 1024 * 1024)

function compressed({ etag, bytes }: ReadyPage): Promise<Squeezed> {
  const known = squeezed.get(etag)
  if (known) return known
  const made = squeeze(bytes, { level: 6 })
  squeezed.set(etag, made, bytes.length)
  void made.then(
    (it) => squeezed.set(etag, made, it.length),
    () => squeezed.delete(etag),
  )
  return made
}

/**
 * Lets those who ask for the same thing at the same time share one making of it. What anybody gets began to be made after they had asked:
 * nobody is shown what was taken away before, whichever process took it away, and nothing is kept that could be out of date.
 */
export function sharing<Thing>(): (key: string, make: () => Promise<Thing>) => Promise<Thing> {
  const running = new Map<string, { made: Promise<unknown>; next: Promise<Thing> | null }>()
  const begin = (key: string, make: () => Promise<Thing>): Promise<Thing> => {
    const made = make()
    const turn: { made: Promise<unknown>; next: Promise<Thing> | null } = {
      made: made.catch(() => undefined),
      next: null,
    }
    running.set(key, turn)
    void turn.made.then(() => {
      if (turn.next === null && running.get(key) === turn) running.delete(key)
    })
    return made
  }
  return (key, make) => {
    const turn = running.get(key)
    if (turn === undefined) return begin(key, make)
    turn.next ??= turn.made.then(() => begin(key, make))
    return turn.next
  }
}
