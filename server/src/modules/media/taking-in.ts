import { Readable } from 'node:stream'
import type { Contents } from '../../platform/content/content.ts'
import type { AnnouncedFile } from '../../platform/content/incoming.ts'
import { refuseInfected } from '../../platform/content/scanner.ts'
import { patched } from '../../platform/media/blanked.ts'
import { blankingOf } from '../../platform/media/blanking.ts'
import { type LookedAtMedia, lookAtMedia } from '../../platform/media/media-look.ts'
import type { PageReader } from '../../platform/pages/page-reader.ts'
import type { PictureFile, RemadePicture } from '../../platform/pages/tasks.ts'
import { Refusal } from '../../platform/refusal.ts'
import { widthForm } from './queries.ts'
import { longestSide, type MediaKind, mediaLimits, widths } from './schema.ts'

/** A form of a picture that lies in the store. */
export interface TakenForm {
  form: string
  contentId: string
  mediaType: string
  sizeBytes: number
  width: number
  height: number
}

/** What was made of a file that was brought in; it lies in the store and is nobody's yet. */
export interface TakenMedia {
  kind: MediaKind
  contentId: string
  mediaType: string
  extension: string
  sizeBytes: number
  width: number | null
  height: number | null
  durationMs: number | null
  forms: TakenForm[]
}

type Upload = AnnouncedFile & { id: string }

/**
 * Makes an item of an uploaded file: looks at what it is, lets a scanner look at it where one is attached, and puts what is made of it
 * into the store. What was brought in is kept nowhere. Refuses what is not taken, with the reason. May be done again.
 */
export async function takeMedia(contents: Contents, reader: PageReader, upload: Upload): Promise<TakenMedia> {
  const { uploads, scanner } = contents
  const look = await named(upload, async () => lookAtMedia(await uploads.bytesOf(upload.id), upload.fileName))
  refuseTooLarge(upload, look.kind)
  if (scanner) refuseInfected(upload.fileName, await scanner.scan(await uploads.finish(upload.id)), '上传')
  if (look.kind === 'picture') return named(upload, () => takePicture(contents, reader, upload, look))
  return named(upload, () => takeFile(contents, upload, look))
}

async function takePicture(
  { uploads, store }: Contents,
  reader: PageReader,
  { id }: Upload,
  { mediaType }: LookedAtMedia,
): Promise<TakenMedia> {
  const bytes = async function* () {
    yield* await uploads.finish(id)
  }
  const type = pictureTypeOf(mediaType)
  const made = await reader.remade({ key: `upload ${id}`, type, contents: bytes }, { longestSide, widths })
  const forms: TakenForm[] = []
  for (const it of made.narrower) forms.push(await storedForm(store, widthForm(it.width), it))
  const { form: _, ...whole } = await storedForm(store, '', made.whole)
  return { kind: 'picture', ...whole, extension: extensionOf(whole.mediaType), durationMs: null, forms }
}

/** Puts a picture of our own making into the store. */
export async function storedForm(
  store: Contents['store'],
  form: string,
  { bytes, mediaType, width, height }: RemadePicture,
): Promise<TakenForm> {
  const { id: contentId, size } = await store.put(Readable.from([bytes]), { maxBytes: mediaLimits.bytes.picture })
  return { form, contentId, mediaType, sizeBytes: size, width, height }
}

/** The type of a picture as the reader knows it. */
export function pictureTypeOf(mediaType: string): PictureFile['type'] {
  const types = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const
  const type = types.find((it) => it === mediaType)
  if (type === undefined) throw new Error(`No picture: ${mediaType}`)
  return type
}

const extensionOf = (mediaType: string): string => (mediaType === 'image/png' ? 'png' : 'jpg')

async function takeFile({ uploads, store }: Contents, { id }: Upload, look: LookedAtMedia): Promise<TakenMedia> {
  const maxBytes = mediaLimits.bytes[look.kind]
  const blank = look.kind === 'attachment' ? undefined : blankingOf[look.mediaType]
  const blanked = blank && (await blank(await uploads.bytesOf(id)))
  const bytes = await uploads.finish(id)
  const { id: contentId, size } = await store.put(blanked ? patched(bytes, blanked) : bytes, { maxBytes })
  const { kind, mediaType, extension } = blanked ?? look
  const { width = null, height = null, durationMs = null } = blanked ?? {}
  return { kind, contentId, mediaType, extension, sizeBytes: size, width, height, durationMs, forms: [] }
}

function refuseTooLarge({ fileName, sizeBytes }: Upload, kind: MediaKind): void {
  const most = mediaLimits.bytes[kind]
  if (sizeBytes <= most) return
  const written = most >= 1024 ** 3 ? `${most / 1024 ** 3} GB` : `${most / 1024 ** 2} MB`
  throw new Refusal('too-large', `“${fileName}”超过了 ${written}，没有保存。请压缩或剪短后再上传。`)
}

/** Says of which file something was refused; what the reader says of looking at papers is said of pictures. */
async function named<Result>({ fileName }: Upload, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) || error.isPassing) throw error
    const why = error.reason === 'too-large' ? '内容过大或过于复杂，没有打开。请缩小后再上传。' : error.message
    throw new Refusal('unreadable', `“${fileName}”不能上传：${why.replace('，无法查看', '')}`)
  }
}
