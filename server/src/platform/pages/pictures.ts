import sharp, { type Sharp } from 'sharp'
import { damagedDocument, limits, noSuchPage, tooMuchToShow } from './limits.ts'
import { drawPage, fitted } from './pdf.ts'
import type { PageFile, PageSize, PageType, PictureWish, Turn } from './tasks.ts'
import { tiffPages } from './tiff.ts'
import { watermarked } from './watermark.ts'

type PictureType = Exclude<PageType, 'application/pdf'>

const formatOf: Record<PictureType, string> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/tiff': 'tiff',
  'image/webp': 'webp',
  'image/gif': 'gif',
}

// What calls itself a picture is opened as the picture it is said to be, and by none of the many other readers.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Tiff', 'Webp', 'Nsgif'].map((it) => `VipsForeignLoad${it}File`),
})
sharp.cache(false)
sharp.concurrency(1)

/** A page of a picture file as it is stored: nothing has been read yet but its head. */
export interface OpenPicture extends PageSize {
  picture: Sharp
  /** How it has to be turned or mirrored to be seen upright, in the numbers of EXIF; 1 for not at all. */
  orientation: number
  /** Dots per inch that it says of itself. */
  density: number | undefined
}

/** Opens one page of a picture. Refuses a page that is not there, other contents than the type says, too many pixels, and damage in the head. */
export async function openPicture({ path, type }: { path: string; type: PictureType }, page = 0): Promise<OpenPicture> {
  const count = type === 'image/tiff' ? (await tiffPages(path)).length : 1
  if (page >= count) throw noSuchPage(page, count)
  const picture = sharp(path, { page, limitInputPixels: limits.maxPicturePixels, failOn: 'truncated' })
  const { format, width, height, orientation = 1, density } = await sound(() => picture.metadata())
  if (format !== formatOf[type]) throw damagedDocument()
  if (width * height > limits.maxPicturePixels) throw tooMuchToShow()
  return { picture, width, height, orientation, density }
}

/** The sizes of all pages of a picture file in pixels, upright. Only a TIFF has more than one; of moving pictures the first is shown. */
export async function describePicture(file: { path: string; type: PictureType }): Promise<PageSize[]> {
  const first = await openPicture(file)
  return file.type === 'image/tiff' ? (await tiffPages(file.path)).map(upright) : [upright(first)]
}

const upright = ({ width, height, orientation }: Omit<OpenPicture, 'picture' | 'density'>): PageSize =>
  orientation > 4 ? { width: height, height: width } : { width, height }

/** A page as a JPEG: a WebP would be a quarter smaller and take twelve times as long. */
export async function showPage(file: PageFile, { watermark, ...wish }: PictureWish): Promise<Uint8Array> {
  return drawn(file, wish, (page, size) => encoded(page, size, watermark))
}

/** Draws a page as wide as wished, less where it has not as many pixels, and runs a work with it. */
export async function drawn<Result>(
  { path, type }: PageFile,
  { page, width: wide, turn = 0 }: Omit<PictureWish, 'watermark'>,
  work: (page: Sharp, size: PageSize) => Promise<Result>,
): Promise<Result> {
  if (type === 'application/pdf') {
    return drawPage(path, { page, width: wide, turn }, ({ pixels, width, height }) =>
      work(sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha(), { width, height }),
    )
  }
  const opened = await openPicture({ path, type }, page)
  const size = turned(upright(opened), turn)
  const { width, height } = fitted(size, Math.min(wide, size.width))
  const shown = opened.picture.autoOrient().rotate(turn).resize({ width, height, fit: 'fill' })
  return sound(() => work(shown.flatten({ background: 'white' }), { width, height }))
}

const turned = ({ width, height }: PageSize, turn: Turn): PageSize =>
  turn % 180 === 0 ? { width, height } : { width: height, height: width }

/** A picture of this size as JPEG, with a text written across it where there is one. */
export async function encoded(picture: Sharp, size: PageSize, watermark: string | undefined): Promise<Uint8Array> {
  const marked = watermark ? await watermarked(picture, size, watermark) : picture
  return marked.toColourspace('srgb').jpeg({ quality: 80 }).toBuffer()
}

/** What the library complains about is the picture. */
export async function sound<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Error && /pixel limit|too large/i.test(error.message) ? tooMuchToShow() : damagedDocument()
  }
}
