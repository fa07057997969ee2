import { sql } from 'drizzle-orm'
import type { Context as HonoContext } from 'hono'
import { scopeOfReader, wholeUniversity } from '../../platform/database.ts'
import type { Env } from '../../platform/http.ts'
import { preparedRows } from '../../platform/prepared.ts'
import { Refusal } from '../../platform/refusal.ts'
import { findMedia, type StoredItem } from '../media/queries.ts'
import type { ContentQuery } from '../media/schema.ts'
import { answerMedia } from '../media/serving.ts'
import { type CoverShape, coverSizes } from './draft-limits-schema.ts'

type Covers = Record<CoverShape, string>

/** Which form of a medium is asked for. */
export type Wish = { width: number } | { crop: string } | { cover: CoverShape } | Record<string, never>

/** Where a medium stands in a published article. */
interface Use {
  isOpen: boolean
  isCover: boolean
  covers: Covers | null
  /** Whether the form that is asked for stands in the text. */
  isInText: boolean | null
}

/**
 * Sends a medium that stands in what is published, in the forms in which it stands there: what an author has cut away of a picture is not
 * given out. Null for every other one, whatever the reason. Row-level security says whether this reader may see one of the articles.
 */
export async function answerSiteMedium(c: HonoContext<Env>, mediaId: string, wish: Wish): Promise<Response | null> {
  const { database, tenantId, actor } = c.var
  if (!tenantId) return null
  const uses = await database.reading(scopeOfReader(tenantId, actor?.accountId ?? null), (db) =>
    preparedRows<Use>(
      db,
      sql`select m.is_open as "isOpen", a.cover_id is not distinct from m.media_id as "isCover",
          case when a.cover_id = m.media_id then a.cover_forms end as covers,
          position(${`"/site/media/${mediaId}/${formOf(wish)}"`}::text in a.html) > 0 as "isInText"
        from site_media m join site_articles a on a.tenant_id = m.tenant_id and a.article_id = m.article_id
        where m.tenant_id = ${tenantId} and m.media_id = ${mediaId}::uuid order by m.is_open desc, a.published_at desc`,
    ),
  )
  const fit = uses.filter((it) => hasForm(it, wish))
  const [use] = fit
  if (!use) return null
  // The item itself belongs to an organisation; that it may be seen is settled above.
  const found = await database.reading(wholeUniversity(tenantId), (db) => findMedia({ db, tenantId }, [mediaId]))
  const item = found.get(mediaId)
  if (!item) return null
  const answer = await firstOf(
    c,
    item,
    formsOf(
      wish,
      fit.flatMap(({ covers }) => covers ?? []),
    ),
  )
  if (answer) {
    answer.headers.set('cache-control', use.isOpen ? 'public, max-age=300, must-revalidate' : 'private, no-store')
    answer.headers.set('vary', 'Cookie')
  }
  return answer
}

/** The last part of the address of a form, as it stands in texts. */
function formOf(wish: Wish): string {
  if ('cover' in wish) return `cover/${wish.cover}`
  if ('crop' in wish) return `crop-${wish.crop}`
  return 'width' in wish ? String(wish.width) : 'whole'
}

function hasForm({ isInText, isCover, covers }: Use, wish: Wish): boolean {
  if ('cover' in wish) return isCover
  return isInText === true || Object.values(covers ?? {}).includes(formOf(wish))
}

/** What is sent: of a cover what was cut out; where nothing ever was, the whole of it. */
function formsOf(wish: Wish, covers: readonly Covers[]): ContentQuery[] {
  if (!('cover' in wish)) return [wish]
  const cut = covers.map((it) => ({ crop: it[wish.cover].replace(/^crop-/, '') }))
  return cut.length > 0 ? cut : [{ width: coverSizes[wish.cover].width }]
}

/** The first of these forms that is there. A withdrawn medium has none. */
async function firstOf(
  c: HonoContext<Env>,
  item: StoredItem,
  forms: readonly ContentQuery[],
): Promise<Response | null> {
  for (const form of forms) {
    try {
      return await answerMedia(c, item, form, 'public')
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  return null
}
