import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isOneOf } from '../../platform/within.ts'
import { findMedia, type StoredItem } from '../media/queries.ts'
import { mediaTexts } from '../media/tables.ts'
import type { EntryMedium, ShownField } from './schema.ts'
import type { StoredCall, StoredEntry } from './stored.ts'

/** The pictures, sounds, films and files of entries, and which of them have words. */
export interface MediaOfEntries {
  items: ReadonlyMap<string, StoredItem>
  captions: ReadonlySet<string>
  chapters: ReadonlySet<string>
}

export const mediaIdsOf = ({ answers }: Pick<StoredEntry, 'answers'>): string[] => [
  ...new Set(Object.values(answers).flatMap((it) => it.mediaIds)),
]

/** All media of these entries at once. Runs over the whole university. */
export async function mediaOf(ctx: Context, entries: readonly Pick<StoredEntry, 'answers'>[]): Promise<MediaOfEntries> {
  const ids = [...new Set(entries.flatMap(mediaIdsOf))]
  const items = await findMedia(ctx, ids)
  const texts =
    ids.length === 0
      ? []
      : await ctx.db
          .select({ mediaId: mediaTexts.mediaId, kind: mediaTexts.kind })
          .from(mediaTexts)
          .where(and(eq(mediaTexts.tenantId, ctx.tenantId), isOneOf(mediaTexts.mediaId, ids)))
  const withKind = (kind: string) => new Set(texts.filter((it) => it.kind === kind).map((it) => it.mediaId))
  return { items, captions: withKind('captions'), chapters: withKind('chapters') }
}

/** How an entry is shown to somebody. */
export interface Showing {
  /** Fields that are left out. */
  without: ReadonlySet<string>
  /** Without pictures and films. */
  hidesPictures?: boolean
  /** Files have names that tell nothing, made of this: 作品12. Empty: their own. */
  namedAfter: string
  /** Media are asked for by their place, so that not even their ids tell when they came in. */
  byPlace?: boolean
}

const mediumNames = { picture: '图片', video: '视频', sound: '音频', file: '文件' } as const

/** The media of an entry in the order of its fields, as it is shown; withdrawn ones are left out, and keep their place. */
export function mediaInOrder(
  call: Pick<StoredCall, 'fields'>,
  entry: Pick<StoredEntry, 'answers'>,
  { items, captions, chapters }: MediaOfEntries,
  { without, hidesPictures = false, namedAfter, byPlace = false }: Showing,
): { fieldKey: string; item: StoredItem; shown: EntryMedium }[] {
  const all = call.fields.flatMap(({ key }) =>
    (entry.answers[key]?.mediaIds ?? []).map((mediaId) => ({ fieldKey: key, mediaId })),
  )
  return all.flatMap(({ fieldKey, mediaId }, place) => {
    const item = items.get(mediaId)
    if (item === undefined || item.withdrawnAt !== null || without.has(fieldKey)) return []
    const kind = item.kind === 'attachment' ? 'file' : item.kind
    if (hidesPictures && (kind === 'picture' || kind === 'video')) return []
    const fileName =
      namedAfter === '' ? item.fileName : `${namedAfter}-${mediumNames[kind]}${place + 1}.${item.extension}`
    const shown: EntryMedium = {
      ...{ mediaId: byPlace ? String(place + 1) : mediaId, kind, fileName },
      altText: namedAfter === '' ? item.altText : '',
      ...{ hasCaptions: captions.has(mediaId), hasChapters: chapters.has(mediaId) },
    }
    return [{ fieldKey, item: { ...item, fileName }, shown }]
  })
}

/** The fields of an entry as they are shown, in the order of the call. */
export function shownFields(
  call: Pick<StoredCall, 'fields'>,
  entry: Pick<StoredEntry, 'answers'>,
  media: MediaOfEntries,
  showing: Showing,
): ShownField[] {
  const inOrder = mediaInOrder(call, entry, media, showing)
  return call.fields
    .filter((it) => !showing.without.has(it.key))
    .map(({ key, label, kind }) => ({
      ...{ key, label, kind, text: entry.answers[key]?.text ?? '' },
      media: inOrder.filter((it) => it.fieldKey === key).map((it) => it.shown),
    }))
}

export const nothing: ReadonlySet<string> = new Set()

/** What a work is called where its title must not tell anything. */
export const workName = ({ number }: Pick<StoredEntry, 'number'>): string => `作品${number ?? ''}`

/** How reviewers of a call see an entry of it. */
export const reviewShowing = ({ isBlind }: Pick<StoredCall, 'isBlind'>, entry: StoredEntry): Showing => ({
  without: new Set(entry.redactions),
  namedAfter: isBlind ? workName(entry) : '',
  byPlace: true,
})

/** The title as reviewers see it. */
export const reviewTitle = (entry: StoredEntry): string =>
  entry.redactions.includes('title') ? workName(entry) : entry.title
