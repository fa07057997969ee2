import { z } from 'zod'
import { withoutNumbers } from '../../platform/identity-numbers.ts'
import { type MediaKind, mediaKinds } from '../../platform/media/media-kinds.ts'
import { cursor, day, line, page, pageSize, reason } from '../../platform/wire.ts'

/** What crosses the wire about pictures, films, sounds and files that people put into articles (素材). */

export { type MediaKind, mediaKinds }

/** 没有可辨认的人、出镜的人同意、还没有确认 */
export const personsShown = ['nobody', 'consented', 'unknown'] as const
export type PersonsShown = (typeof personsShown)[number]

/** The words that are spoken, and the parts into which a film or a sound is divided. */
export const textKinds = ['captions', 'chapters'] as const
export type TextKind = (typeof textKinds)[number]

const megabyte = 1024 ** 2

/** What may come in: the largest file of each kind, and how much one account brings in 24 hours. */
export const mediaLimits = {
  bytes: { picture: 50 * megabyte, video: 2048 * megabyte, sound: 500 * megabyte, attachment: 200 * megabyte },
  perDay: { items: 200, bytes: 8192 * megabyte },
  uploadsAtATime: 50,
  /** So many parts are cut out of one picture. */
  crops: 200,
} as const

/** The longest side of a picture that is kept, and the widths beside it, in pixels. */
export const longestSide = 2560
export const widths = [480, 960, 1600] as const

const largestBytes = Math.max(...Object.values(mediaLimits.bytes))

const fileName = line.overwrite(withoutNumbers).min(1, '请给出文件名').max(255, '文件名不超过 255 个字')
const altText = line.overwrite(withoutNumbers).max(200, '图片说明不超过 200 个字')
const credit = line.max(100, '作者或来源不超过 100 个字')
const consentNote = line.overwrite(withoutNumbers).max(200, '同意情况不超过 200 个字')

export const newUpload = z.object({
  fileName,
  sizeBytes: z.number().int().min(1, '这是一个空文件').max(largestBytes, '单个文件不超过 2 GB'),
})

/** What is said of an item: what is seen, who made it, and whether those who are shown agree. */
export const mediaDescription = z
  .object({
    altText: altText.default(''),
    credit: credit.default(''),
    showsPersons: z.enum(personsShown).default('unknown'),
    /** How those who are shown agreed, and when. */
    consentNote: consentNote.nullable().default(null),
    consentOn: day.nullable().default(null),
  })
  .refine((it) => it.showsPersons !== 'consented' || (it.consentNote ?? '') !== '', {
    path: ['consentNote'],
    message: '请写明谁在什么场合同意的，例如“班会上口头同意”',
  })
  .refine((it) => it.showsPersons !== 'consented' || it.consentOn !== null, {
    path: ['consentOn'],
    message: '请填写同意的日期',
  })
export type MediaDescription = z.infer<typeof mediaDescription>

export const newItem = z.object({
  uploadId: z.uuid(),
  /** Where it belongs; without it, where the person who brings it belongs. */
  organizationId: z.uuid().exactOptional(),
  description: mediaDescription.prefault({}),
  /** Only who brings it in finds it among the items; others see it where it is used. */
  isPrivate: z.boolean().exactOptional(),
})
export type NewItem = z.infer<typeof newItem>

export const created = z.object({ id: z.uuid() })

const pixels = z.number().int()

/** An item as its page shows it. */
export const mediaView = z.object({
  id: z.uuid(),
  kind: z.enum(mediaKinds),
  mediaType: z.string(),
  sizeBytes: z.number().int(),
  width: pixels.nullable(),
  height: pixels.nullable(),
  durationSeconds: z.number().nullable(),
  fileName: z.string(),
  altText: z.string(),
  credit: z.string(),
  showsPersons: z.enum(personsShown),
  consentNote: z.string().nullable(),
  consentOn: day.nullable(),
  organization: z.object({ id: z.uuid(), name: z.string() }),
  uploaderName: z.string(),
  createdAt: z.iso.datetime(),
  withdrawnAt: z.iso.datetime().nullable(),
  withdrawalReason: z.string().nullable(),
  revision: z.number().int(),
  /** The widths in which a picture is there, beside its own. */
  widths: z.array(pixels),
  texts: z.array(z.enum(textKinds)),
  isUsed: z.boolean(),
  can: z.object({ change: z.boolean(), withdraw: z.boolean() }),
})
export type MediaView = z.infer<typeof mediaView>

export const mediaList = page(mediaView)

export const mediaQuery = z.object({
  /** 自己上传的，或所管组织的 */
  of: z.enum(['own', 'organization']).default('own'),
  organizationId: z.uuid().optional(),
  kind: z.enum(mediaKinds).optional(),
  cursor,
  limit: pageSize,
})
export type MediaQuery = z.infer<typeof mediaQuery>

const fraction = z.number().min(0).max(1)
const side = z.number().int().min(16).max(longestSide)

/** A part of a picture in fractions of its sides. */
export const cropBox = z
  .object({ x: fraction, y: fraction, width: fraction.min(0.01), height: fraction.min(0.01) })
  .refine((it) => it.x + it.width <= 1.000_001 && it.y + it.height <= 1.000_001, '裁剪框超出了图片')

/** A part of a picture, and the size it is to have in pixels. */
export const cropOrder = z.object({
  box: cropBox,
  size: z.object({ width: side, height: side }),
})
export type CropOrder = z.infer<typeof cropOrder>

/** A part that was cut out: `crop` names it when it is asked for. */
export const cropped = z.object({ crop: z.string(), width: pixels, height: pixels })
export type Cropped = z.infer<typeof cropped>

/** Which form of an item is asked for; without any, as it was taken in. */
export const contentQuery = z.object({
  width: z.coerce.number().int().min(1).max(10_000).optional(),
  crop: z
    .string()
    .regex(/^[0-9a-f]{32}$/, '没有这样的裁剪')
    .optional(),
})
export type ContentQuery = z.infer<typeof contentQuery>

/** WebVTT or SubRip; empty to take it away. */
export const textChange = z.object({ text: z.string().max(500_000, '字幕文件过大') })

export const withdrawal = z.object({ reason })
