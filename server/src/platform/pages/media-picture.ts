import sharp, { type Sharp } from 'sharp'
import { openPicture, sound } from './pictures.ts'
import type { CropWish, PictureFile, RemadePicture, RemadePictures, RemakeWish } from './tasks.ts'

/**
 * Makes a picture anew, upright and no larger than wished, and narrower ones beside it. It goes by way of bare pixels in sRGB, so that
 * nothing else of the file comes along: no place, no name, no second picture, no comment, nothing behind its end.
 */
export async function remakePicture(file: PictureFile, { longestSide, widths }: RemakeWish): Promise<RemadePictures> {
  const { picture } = await openPicture(file)
  return sound(async () => {
    const bounded = picture
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    const pixels = await pixelsOf(bounded)
    const isPhoto = file.type === 'image/jpeg'
    const whole = await written(pixels, isPhoto)
    const narrower: RemadePicture[] = []
    for (const width of widths.filter((it) => it < whole.width))
      narrower.push(await written(await pixelsOf(opened(pixels).resize({ width })), isPhoto))
    return { whole, narrower }
  })
}

/** A part of a picture in exactly this size; where the proportions differ a little, the middle of the part counts. */
export async function cropPicture(file: PictureFile, { box, size }: CropWish): Promise<RemadePicture> {
  const { picture, width, height } = await openPicture(file)
  const left = Math.min(width - 1, Math.round(box.x * width))
  const top = Math.min(height - 1, Math.round(box.y * height))
  const part = {
    ...{ left, top },
    width: Math.max(1, Math.min(width - left, Math.round(box.width * width))),
    height: Math.max(1, Math.min(height - top, Math.round(box.height * height))),
  }
  return sound(async () =>
    written(await pixelsOf(picture.extract(part).resize({ ...size, fit: 'cover' })), file.type === 'image/jpeg'),
  )
}

/** Bare pixels in sRGB, with a fourth channel where something is seen through. */
interface Pixels {
  data: Buffer
  width: number
  height: number
  channels: 3 | 4
}

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  if (info.channels !== 4) return { data, width, height, channels: 3 }
  const pixels: Pixels = { data, width, height, channels: 4 }
  const { isOpaque } = await opened(pixels).stats()
  return isOpaque ? pixelsOf(opened(pixels).removeAlpha()) : pixels
}

const opened = ({ data, width, height, channels }: Pixels): Sharp => sharp(data, { raw: { width, height, channels } })

/** As JPEG or PNG, which every reader takes: what is seen through stays so, and of a drawing the smaller of both is taken. */
async function written(pixels: Pixels, isPhoto: boolean): Promise<RemadePicture> {
  const { width, height } = pixels
  const as = (mediaType: RemadePicture['mediaType'], bytes: Buffer) => ({ width, height, mediaType, bytes })
  const png = async () => as('image/png', await opened(pixels).png({ compressionLevel: 9 }).toBuffer())
  if (pixels.channels === 4) return png()
  const jpeg = as('image/jpeg', await opened(pixels).jpeg({ quality: 82, progressive: true }).toBuffer())
  if (isPhoto) return jpeg
  const drawing = await png()
  return drawing.bytes.length < jpeg.bytes.length ? drawing : jpeg
}
