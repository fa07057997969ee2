import { fileTypeFromBuffer } from 'file-type'
import { Refusal } from '../refusal.ts'
import type { ByteSource } from './byte-source.ts'
import { examineCompoundFile } from './legacy-office.ts'
import { examinePackage } from './office-package.ts'
import { examinePdf } from './pdf-look.ts'
import { examinePicture } from './picture-look.ts'
import { type Examination, executable, notTaken, strangerOf, takenTypes } from './taken-types.ts'
import { examineText } from './text-look.ts'

/**
 * What a file is by its content, and why it may not be taken. The name counts for nothing but two things: a program is refused by its name
 * too, and a name that says something else than the content is noted. Reads the first and last bytes and goes through
 * the rest in windows; never holds the file as a whole.
 */
export async function examine(source: ByteSource, name: string): Promise<Examination> {
  if (source.size === 0) return notTaken('文件是空的，没有内容。请检查原文件后重新上传。')
  if (isProgramName(name)) return notTaken(executable())
  const found = await byContent(source, name).catch((error: unknown) => {
    if (error instanceof Refusal) return notTaken(error.message)
    throw error
  })
  const remark = found.type && mismatch(endingOf(name), found.type.extension)
  return remark ? { ...found, noted: [...found.noted, remark] } : found
}

async function byContent(source: ByteSource, name: string): Promise<Examination> {
  const head = await source.read(0, 65_536)
  const begins = (...bytes: number[]) => head.subarray(0, bytes.length).equals(Buffer.from(bytes))
  if (begins(0x50, 0x4b, 3, 4)) return examinePackage(source)
  if (begins(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return examineCompoundFile(source)
  if (head.toString('latin1', 0, 5) === '%PDF-') return examinePdf(source)
  const known = await fileTypeFromBuffer(head).catch(() => undefined)
  const picture = pictures.find((it) => it.mediaType === known?.mime)
  if (picture) return examinePicture(source, picture)
  if (known) return notTaken(strangerOf(known.mime, known.ext))
  if (head.includes('%PDF-')) {
    return notTaken('PDF 的开头夹带了别的内容，不能归档。请用 PDF 阅读器打开，重新打印成 PDF 后再上传。')
  }
  return examineText(source, name)
}

const pictures = [takenTypes.jpeg, takenTypes.png, takenTypes.tiff, takenTypes.webp]

/** What systems start when somebody opens it. */
const programEndings = new Set(
  'exe com scr pif bat cmd ps1 vbs vbe js jse wsf wsh hta msi msp cpl dll lnk jar apk app sh url reg'.split(' '),
)

/** Whether a file of this name is started where somebody opens it. */
export const isProgramName = (name: string): boolean => programEndings.has(endingOf(name))

const endingOf = (name: string): string => /\.([a-z\d]{1,8})\s*$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/** Endings that are as good as ours, and those of text, which says nothing about what is in it. */
const sameEndings: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  jpe: 'jpg',
  jfif: 'jpg',
  tiff: 'tif',
  wps: 'doc',
  et: 'xls',
  tsv: 'csv',
  log: 'txt',
  md: 'txt',
}

function mismatch(ending: string, extension: string): string | null {
  const named = sameEndings[ending] ?? ending
  if (named === '' || named === extension || (named === 'txt' && extension === 'csv')) return null
  return `文件名以 .${ending} 结尾，内容却是 .${extension}，已按内容归为 .${extension}。`
}
