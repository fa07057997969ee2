import { fileTypeFromBuffer } from 'file-type'
import type { ByteSource } from '../content/byte-source.ts'
import { examine, isProgramName } from '../content/content-type.ts'
import { executable, strangerOf } from '../content/taken-types.ts'
import { hasZipAtEnd, readZipPackage } from '../content/zip-look.ts'
import { Refusal } from '../refusal.ts'
import type { MediaKind } from './media-kinds.ts'

/** The types of which something is made anew, or from which what is personal is blanked; a file to take away stays as it is. */
export const mediaTypes = {
  'image/jpeg': { kind: 'picture', extension: 'jpg' },
  'image/png': { kind: 'picture', extension: 'png' },
  'image/webp': { kind: 'picture', extension: 'webp' },
  'image/gif': { kind: 'picture', extension: 'gif' },
  'video/mp4': { kind: 'video', extension: 'mp4' },
  'video/webm': { kind: 'video', extension: 'webm' },
  'audio/mpeg': { kind: 'sound', extension: 'mp3' },
  'audio/mp4': { kind: 'sound', extension: 'm4a' },
  'audio/ogg': { kind: 'sound', extension: 'ogg' },
  'audio/wav': { kind: 'sound', extension: 'wav' },
} as const satisfies Record<string, { kind: MediaKind; extension: string }>
export type MadeMediaType = keyof typeof mediaTypes

/** What a file is. */
export type LookedAtMedia =
  | { kind: Exclude<MediaKind, 'attachment'>; mediaType: MadeMediaType; extension: string }
  | { kind: 'attachment'; mediaType: string; extension: string }

/** What a file for an article is by its content; the name counts for nothing but that programs are refused by it. Refuses all else, and says why. */
export async function lookAtMedia(source: ByteSource, name: string): Promise<LookedAtMedia> {
  if (isProgramName(name)) throw new Refusal('unreadable', inOtherWords(executable()))
  const head = await source.read(0, 65_536)
  const known = await fileTypeFromBuffer(head).catch(() => undefined)
  const mediaType = known && (sameTypes[known.mime] ?? known.mime)
  if (mediaType !== undefined && isMade(mediaType)) {
    const { kind, extension } = mediaTypes[mediaType]
    if (kind !== 'picture') await refuseHiding(source)
    return { kind, mediaType, extension }
  }
  if (known && /^(image|audio|video)\//.test(known.mime)) throw new Refusal('unreadable', otherMedia(known))
  return lookAtAttachment(source, name, head)
}

const isMade = (mediaType: string): mediaType is MadeMediaType => mediaType in mediaTypes

/** What the library calls otherwise; a film of a phone of Apple is an MP4 but for its first bytes. */
const sameTypes: Readonly<Record<string, string>> = {
  'video/quicktime': 'video/mp4',
  'video/x-m4v': 'video/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/ogg; codecs=opus': 'audio/ogg',
}

async function lookAtAttachment(source: ByteSource, name: string, head: Buffer): Promise<LookedAtMedia> {
  const { type, refused } = await examine(source, name)
  if (!type && head.toString('latin1', 0, 4) === 'PK\x03\x04' && (await isPlainZip(source)))
    return { kind: 'attachment', mediaType: 'application/zip', extension: 'zip' }
  if (refused.length > 0) throw new Refusal('unreadable', inOtherWords(refused.join('')))
  if (!type || type.kind === 'picture' || type.mediaType === 'text/plain')
    throw new Refusal(
      'unreadable',
      '认不出这是什么文件。可以上传图片、视频、音频，以及 PDF、OFD、Word、Excel 和 ZIP 文件。',
    )
  return { kind: 'attachment', mediaType: type.mediaType, extension: type.extension }
}

/** Whether a zip file is nothing but a packet of files, and holds no program. Refuses what is damaged, locked or a bomb. */
async function isPlainZip(source: ByteSource): Promise<boolean> {
  const { entries } = await readZipPackage(source)
  const names = [...entries.keys()]
  const isOther = ['META-INF/MANIFEST.MF', 'AndroidManifest.xml', 'mimetype', '[Content_Types].xml', 'OFD.xml'].some(
    (it) => entries.has(it),
  )
  if (names.some(isProgramName))
    throw new Refusal('unreadable', '压缩包里有可执行的程序或脚本，不能上传。请去掉后重新压缩。')
  return !isOther
}

/** A film or a sound stays as it is but for what is blanked, so nothing may hang behind it. */
async function refuseHiding(source: ByteSource): Promise<void> {
  const tail = await source.read(Math.max(0, source.size - 65_557), source.size)
  if (hasZipAtEnd(tail))
    throw new Refusal('unreadable', '文件末尾夹带了压缩包，不能上传。请用剪辑软件重新导出后再上传。')
}

function otherMedia({ mime, ext }: { mime: string; ext: string }): string {
  if (mime.startsWith('image/')) return inOtherWords(strangerOf(mime, ext))
  const wanted = mime.startsWith('audio/') ? 'MP3 或 M4A' : 'MP4（H.264）'
  return `这是 ${ext.toUpperCase()} 文件，很多浏览器放不了。请用剪辑或转换软件导出为 ${wanted} 后再上传。`
}

/** The looks of the archive say that something cannot be filed; here it is not to be filed. */
const inOtherWords = (reason: string): string =>
  reason.replaceAll('归档', '上传').replace('很多电脑和档案系统', '很多电脑和手机')
