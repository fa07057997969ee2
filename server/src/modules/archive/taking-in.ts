import { type ContentKind, contentKindLabels, contentKinds } from '@zhibu/rules'
import { type ByteSource, bytesOfContent } from '../../platform/content/byte-source.ts'
import type { Contents } from '../../platform/content/content.ts'
import type { ContentStore } from '../../platform/content/content-store.ts'
import { examine } from '../../platform/content/content-type.ts'
import { refuseInfected } from '../../platform/content/scanner.ts'
import type { PageReader } from '../../platform/pages/page-reader.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { TakenContent } from './held-contents.ts'
import { largestFileBytes } from './schema.ts'
import { pageTypeOf, sourceOf } from './sight.ts'
import type { StoredUpload } from './uploads.ts'

/**
 * Makes a content of an uploaded file: looks at what it is, lets a scanner look at it where one is attached, puts it into the
 * store and counts its pages. Refuses what is not of the allowed kinds, what may do harm, and what cannot be opened. May be
 * done again after it was broken off: the same bytes are the same content.
 */
export async function takeIn(
  { store, uploads, scanner }: Contents,
  reader: PageReader,
  { id, fileName, sizeBytes }: Pick<StoredUpload, 'id' | 'fileName' | 'sizeBytes'>,
  allowed: readonly ContentKind[],
): Promise<TakenContent> {
  const offset = await uploads.offsetOf(id)
  if (offset !== sizeBytes)
    throw new Refusal('conflict', `“${fileName}”还没有传完（${offset} / ${sizeBytes} 字节）。请继续上传后再归档。`)
  const found = await lookedAt(await uploads.bytesOf(id), fileName, allowed)
  if (scanner) refuseInfected(fileName, await scanner.scan(await uploads.finish(id)), '归档')

  const { id: contentId, size } = await store.put(await uploads.finish(id), { maxBytes: largestFileBytes })
  return {
    id: contentId,
    sizeBytes: size,
    ...found,
    ...(await counted(store, reader, contentId, found)),
    isScanned: scanner !== null,
  }
}

/**
 * The same of a file out of a package, which is read from its beginning only: it is put into the store first, where nobody names it
 * as long as it was not filed. `read` gives its bytes, as often as asked.
 */
export async function takeInPacked(
  { store, scanner }: Contents,
  reader: PageReader,
  { fileName, read }: { fileName: string; read: () => AsyncIterable<Uint8Array> },
): Promise<TakenContent> {
  if (scanner) refuseInfected(fileName, await scanner.scan(read()), '归档')
  const { id, size } = await store.put(read(), { maxBytes: largestFileBytes })
  const found = await lookedAt(await bytesOfContent(store, id), fileName, contentKinds)
  return { id, sizeBytes: size, ...found, ...(await counted(store, reader, id, found)), isScanned: scanner !== null }
}

/** What a file is. Refuses what is not of the allowed kinds, and what may do harm. */
async function lookedAt(
  bytes: ByteSource,
  fileName: string,
  allowed: readonly ContentKind[],
): Promise<Pick<TakenContent, 'mediaType' | 'extension' | 'kind'>> {
  const { type, refused } = await examine(bytes, fileName)
  const kind = contentKinds.find((it) => it === type?.kind)
  if (refused.length > 0) throw new Refusal('unreadable', `“${fileName}”不能归档：${refused.join('')}`)
  if (!type || kind === undefined || !allowed.includes(kind)) {
    const named = allowed.map((it) => contentKindLabels[it]).join('、')
    throw new Refusal(
      'unreadable',
      `“${fileName}”的内容不是这一类可以归档的文件，可用 ${named}。请另存为其中一种后再上传。`,
    )
  }
  return { mediaType: type.mediaType, extension: type.extension, kind }
}

async function counted(
  store: ContentStore,
  reader: PageReader,
  contentId: string,
  { mediaType }: Pick<TakenContent, 'mediaType'>,
): Promise<Pick<TakenContent, 'pageCount'>> {
  const paged = pageTypeOf(mediaType)
  const pages = paged === undefined ? null : await reader.describe(sourceOf(store, contentId, paged))
  return { pageCount: pages?.length ?? null }
}
