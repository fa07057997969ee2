import { createHash } from 'node:crypto'
import { type Database, scopeOfReader } from '../../platform/database.ts'
import { Kept } from '../../platform/kept.ts'
import { type MadePage, type ReadyPage, ready, sharing } from '../../platform/public-pages.ts'
import { together } from '../../platform/together.ts'
import { type Frame, type Reader, readFrame, readStates } from './site-reading.ts'

/** How many bytes of articles a process keeps: more than a thousand of a usual length. */
const keptBytes = 16 * 1024 * 1024

/** What an article is made into by its route; null where this reader sees none. */
type Make = (reader: Reader) => Promise<{ page: MadePage; frame: Frame; state: string } | null>

/**
 * Articles for visitors, kept as they were made. Nobody gets one before the database has said, after they had asked, that a visitor may
 * read it and that all of what it was made of is as it was: what any process took away or corrected is so in this one at once. For those
 * who ask at the same time it is asked once.
 */
export function keptArticles({ database, tenantId }: { database: Database; tenantId: string }, mostBytes = keptBytes) {
  const asVisitor = <T>(read: (reader: Reader) => Promise<T>) =>
    database.reading(scopeOfReader(tenantId, null), (db) => read({ db, tenantId, isSignedIn: false }))
  const kept = new Kept<number, { page: ReadyPage; foundation: string }>(mostBytes)
  const share = sharing<ReadyPage | null>()
  const look = together((numbers: ReadonlySet<number>) =>
    asVisitor(async (reader) => {
      const [frame, states] = await Promise.all([readFrame(reader), readStates(reader, numbers)])
      const digest = digestOf(frame)
      return (number: number) => {
        const state = states.get(number)
        return state === undefined ? null : foundationOf(digest, state)
      }
    }),
  )

  async function makeAnew(number: number, make: Make): Promise<ReadyPage | null> {
    const made = await asVisitor(make)
    if (!made) return null
    const page = ready(made.page)
    const foundation = foundationOf(digestOf(made.frame), made.state)
    // What a page is sent with, and what the process itself needs for an entry.
    kept.set(number, { page, foundation }, page.bytes.length + 1_000)
    return page
  }

  return {
    /** The bytes that are kept now. */
    get bytes() {
      return kept.bytes
    },
    async page(number: number, make: Make): Promise<ReadyPage | null> {
      if (kept.has(number)) {
        const foundation = (await look(number))(number)
        const known = kept.get(number)
        if (known && known.foundation === foundation) return known.page
        kept.delete(number)
      }
      return share(String(number), () => makeAnew(number, make))
    },
  }
}

const foundationOf = (frame: string, state: string): string => `${frame} ${state}`

const digestOf = (frame: Frame): string => createHash('sha256').update(JSON.stringify(frame)).digest('base64url')
