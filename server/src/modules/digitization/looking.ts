import { and, eq, or, sql } from 'drizzle-orm'
import type { ContentStore } from '../../platform/content/content-store.ts'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import type { PageReader } from '../../platform/pages/page-reader.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { isDestroyed } from '../archive/queries.ts'
import { wasReadLately, wasReadToday } from '../archive/readings.ts'
import type { PictureQuery } from '../archive/schema.ts'
import { pageTypeOf, sourceOf } from '../archive/sight.ts'
import { filingListOf } from '../archive/template.ts'
import { isClosedTo, placeOfPart } from './problems.ts'
import { ofFile, openStack, type StoredStack } from './queries.ts'
import { subjectOf } from './service.ts'
import { digitizationFiles, digitizationPages, digitizationParts } from './tables.ts'

/** A page that may be looked at. */
export interface SeenPage {
  contentId: string
  mediaType: string
  page: number
}

/**
 * Opens a page of a stack. Of a part that goes to a sensitive place the reading is written down and shown to the person concerned;
 * nobody looks at their own where the place is closed to them. As long as it is not filed, that the stack was looked at is written down.
 */
export async function pageForSight(ctx: Context, stackId: string, number: number): Promise<SeenPage> {
  const stack = await openStack(ctx, stackId)
  const [row] = await ctx.db
    .select({
      page: digitizationPages,
      mediaType: digitizationFiles.mediaType,
      part: digitizationParts,
      isGone: isDestroyed(digitizationParts.tenantId, digitizationParts.documentId).mapWith(Boolean),
    })
    .from(digitizationPages)
    .innerJoin(digitizationFiles, ofFile)
    .leftJoin(
      digitizationParts,
      and(
        eq(digitizationParts.tenantId, digitizationPages.tenantId),
        eq(digitizationParts.stackId, digitizationPages.stackId),
        or(
          sql`${digitizationPages.number} = any(${digitizationParts.pages})`,
          // A page that somebody has left out is paper all the same; the cover sheet and its back are none.
          and(
            sql`${digitizationPages.number} = any(${digitizationParts.leftOut})`,
            eq(digitizationPages.isBlank, false),
            sql`cardinality(${digitizationPages.codes}) = 0`,
          ),
        ),
      ),
    )
    .where(
      and(
        eq(digitizationPages.tenantId, ctx.tenantId),
        eq(digitizationPages.stackId, stackId),
        eq(digitizationPages.number, number),
      ),
    )
  const { page, mediaType, part, isGone } = found(row, '一页')
  if (stack.clearedAt !== null)
    throw new Refusal('conflict', '这批材料办结已久，页面图片已经清理。归档的材料请在电子档案中查看。')
  if (isGone) throw new Refusal('conflict', '这一页归档的材料已按销毁清单销毁，不能再查看。')
  const place = part ? placeOfPart(await filingListOf(ctx), part) : undefined
  if (part && isClosedTo(ctx.actor, part, place))
    throw new Refusal('forbidden', `“${place.label}”不对本人公开，您不能查看这一页。`)
  const isOwn = part?.ownerPersonId != null && part.ownerPersonId === ctx.actor.personId
  if (part && place?.sensitive && !isOwn && !(await wasReadLately(ctx, part.id))) {
    const subject = { kind: 'stackPart', id: part.id, orgPath: stack.path, personId: part.ownerPersonId }
    await record(ctx, 'journal.read', subject, { what: 'document' })
  }
  if (part?.state !== 'filed') await recordLook(ctx, stack)
  return { contentId: page.contentId, mediaType, page: page.page }
}

/**
 * Writes down who looks through a stack before its papers lie in a file, once a day for each: whose they are nobody knows yet, so that
 * nobody is told of it, and the journal only says who looked. Pictures come many at a time; the first writes, and the others wait for it.
 */
async function recordLook(ctx: Context, stack: StoredStack): Promise<void> {
  if (await wasReadToday(ctx, stack.id)) return
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${stack.id} ${ctx.actor.accountId}`}, 9))`)
  if (await wasReadToday(ctx, stack.id)) return
  await record(ctx, 'journal.read', subjectOf(stack), { what: `待整理的材料“${stack.name}”` })
}

/** A page as a JPEG. Nothing is drawn for whoever has gone on. */
export async function pictureOf(
  store: ContentStore,
  reader: PageReader,
  { contentId, mediaType, page }: SeenPage,
  { width, turn }: PictureQuery,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const type = found(pageTypeOf(mediaType), '一页')
  return reader.picture(sourceOf(store, contentId, type), { page: page - 1, width, turn }, signal)
}
