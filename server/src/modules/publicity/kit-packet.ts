import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import type { Contents } from '../../platform/content/content.ts'
import type { Context } from '../../platform/context.ts'
import type { AccountPicture } from '../../platform/messengers/official-account.ts'
import { escaped } from '../../platform/rich-text/html.ts'
import { plainText } from '../../platform/rich-text/reading-schema.ts'
import { findForm, findMedia, type StoredItem } from '../media/queries.ts'
import { draftLimits } from './draft-limits-schema.ts'
import { coversOf, type PictureForm, setWith } from './kit.ts'
import { checkKit } from './kit-checks.ts'
import { mediaIn } from './pictures.ts'
import type { ArticleText } from './schema.ts'

/** Everything of an article that goes to a 公众号, with the contents in which its pictures lie. */
export interface KitParts {
  text: ArticleText
  isOpen: boolean
  /** The article, with `place(0)`, `place(1)` … where its pictures belong. */
  html: (place: (at: number) => string) => string
  pictures: readonly LyingPicture[]
  covers: { wide: LyingPicture; square: LyingPicture } | null
  checks: readonly { weight: 'must' | 'look'; text: string }[]
}

/** A picture that lies in the store. */
export interface LyingPicture {
  contentId: string
  mediaType: string
  sizeBytes: number
}

/** What an article is made of for a 公众号. The parts of pictures have been cut out before (`preparePictures`). */
export async function kitPartsOf(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  text: ArticleText,
  isOpen: boolean,
): Promise<KitParts> {
  const media = await findMedia(ctx, mediaIn(text))
  const wanted: { item: StoredItem; form: PictureForm }[] = []
  const { html, linksAtEnd } = setWith(text, media, (item, form) => String(wanted.push({ item, form }) - 1))
  const checks = checkKit({ text, isOpen, media, html, linksAtEnd })
  const pictures: LyingPicture[] = []
  for (const { item, form } of wanted) pictures.push(await lyingIn(ctx, item, form))
  const cover = text.cover ? media.get(text.cover.mediaId) : undefined
  const isThere = text.cover && cover && cover.withdrawnAt === null && cover.kind === 'picture'
  const of = isThere && text.cover ? coversOf(text.cover, cover, (form) => lyingIn(ctx, cover, form)) : null
  const covers = of && { wide: await of.wide, square: await of.square }
  const placed = (place: (at: number) => string) => {
    let at = 0
    return setWith(text, media, () => place(at++)).html
  }
  return { text, isOpen, html: placed, pictures, covers, checks }
}

async function lyingIn(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  item: StoredItem,
  form: PictureForm,
): Promise<LyingPicture> {
  const found = await findForm(ctx, item.id, form)
  const { contentId, mediaType, sizeBytes } = found ?? item
  return { contentId, mediaType, sizeBytes }
}

/** The bytes of a picture, named by its place. */
export async function loadPicture(store: Contents['store'], name: string, it: LyingPicture): Promise<AccountPicture> {
  const bytes = await buffer(await store.read(it.contentId))
  const isPng = it.mediaType === 'image/png'
  return {
    name: `${name}.${isPng ? 'png' : 'jpg'}`,
    mediaType: isPng ? 'image/png' : 'image/jpeg',
    bytes: Uint8Array.from(bytes),
  }
}

/** The packet as a zip while it is made: the article as a page, its text, its pictures in order, both covers, and what to look at. */
export function packetOf(parts: KitParts, store: Contents['store']): ReadableStream<Uint8Array> {
  const zip = new ZipFile()
  const { text } = parts
  const named = parts.pictures.map((it, at) => `图片/${String(at + 1).padStart(2, '0')}.${extensionOf(it)}`)
  const add = (name: string, content: string) => zip.addBuffer(Buffer.from(content), name, { compress: true })
  add(
    '文章.html',
    pageOf(
      text.title,
      parts.html((at) => named[at] ?? ''),
    ),
  )
  add('文字.txt', [text.title, text.byline.author, text.summary, plainText(text.body)].filter(Boolean).join('\r\n\r\n'))
  add('核对.txt', checkList(parts))
  for (const [at, it] of parts.pictures.entries()) addLying(zip, store, named[at] ?? '', it)
  if (parts.covers) {
    addLying(zip, store, `封面-900x383.${extensionOf(parts.covers.wide)}`, parts.covers.wide)
    addLying(zip, store, `封面-200x200.${extensionOf(parts.covers.square)}`, parts.covers.square)
  }
  zip.end()
  return Readable.toWeb(Readable.from(zip.outputStream)) as ReadableStream<Uint8Array>
}

function addLying(zip: ZipFile, store: Contents['store'], name: string, { contentId, sizeBytes }: LyingPicture): void {
  zip.addReadStreamLazy(name, { compress: false, size: sizeBytes }, (take) => {
    store.read(contentId).then(
      (stream) => take(null, stream),
      (error: unknown) => take(error, Readable.from([])),
    )
  })
}

const extensionOf = ({ mediaType }: LyingPicture): string => (mediaType === 'image/png' ? 'png' : 'jpg')

function pageOf(title: string, html: string): string {
  const shown = escaped(title)
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${shown}</title></head><body style="max-width:600px;margin:0 auto;padding:16px;"><h1 style="font-size:22px;line-height:1.4;">${shown}</h1>${html}</body></html>`
}

function checkList({ checks }: KitParts): string {
  const lines = checks.map((it) => `${it.weight === 'must' ? '须改' : '请看'}：${it.text}`)
  const source = `以上依据${draftLimits.source}，${draftLimits.checkedOn} 核对。`
  return [...(lines.length > 0 ? lines : ['没有需要改的地方。']), '', source].join('\r\n')
}
