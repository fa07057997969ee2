/** What a file is used as. */
export type Kind = 'pdf' | 'picture' | 'word' | 'sheet' | 'ofd' | 'text'

/** What a file is by its content. */
export interface ContentType {
  kind: Kind
  mediaType: string
  /** As the name of such a file ends, without the dot. */
  extension: string
}

/** What was found out about a file. */
export interface Examination {
  /** Null where it is nothing that is taken. */
  type: ContentType | null
  /** Why it cannot be taken, each with how to mend it; it may be taken where there is nothing. */
  refused: readonly string[]
  /** What whoever files it should know. */
  noted: readonly string[]
}

const officeMedia = 'application/vnd.openxmlformats-officedocument'

/** Every type that the archive takes. */
export const takenTypes = {
  pdf: { kind: 'pdf', mediaType: 'application/pdf', extension: 'pdf' },
  jpeg: { kind: 'picture', mediaType: 'image/jpeg', extension: 'jpg' },
  png: { kind: 'picture', mediaType: 'image/png', extension: 'png' },
  tiff: { kind: 'picture', mediaType: 'image/tiff', extension: 'tif' },
  webp: { kind: 'picture', mediaType: 'image/webp', extension: 'webp' },
  docx: { kind: 'word', mediaType: `${officeMedia}.wordprocessingml.document`, extension: 'docx' },
  doc: { kind: 'word', mediaType: 'application/msword', extension: 'doc' },
  xlsx: { kind: 'sheet', mediaType: `${officeMedia}.spreadsheetml.sheet`, extension: 'xlsx' },
  xls: { kind: 'sheet', mediaType: 'application/vnd.ms-excel', extension: 'xls' },
  csv: { kind: 'sheet', mediaType: 'text/csv', extension: 'csv' },
  ofd: { kind: 'ofd', mediaType: 'application/ofd', extension: 'ofd' },
  text: { kind: 'text', mediaType: 'text/plain', extension: 'txt' },
} as const satisfies Record<string, ContentType>

export const taken = (
  type: ContentType,
  refused: readonly string[] = [],
  noted: readonly string[] = [],
): Examination => ({
  type,
  refused,
  noted,
})

export const notTaken = (reason: string): Examination => ({ type: null, refused: [reason], noted: [] })

/** That nothing is known of a file. */
export const unknownType = () =>
  '认不出这是什么文件。可以归档的有 PDF、OFD、图片（JPEG、PNG、TIFF、WebP）、Word（.docx、.doc）、Excel（.xlsx、.xls、.csv）和纯文本，请另存为其中一种后再上传。'

export const executable = () => '这是可执行的程序或脚本，不能归档。请核对文件来源，不要在电脑上打开它。'

export const markup = () =>
  '这是网页、SVG 或 XML 文件，其中可能带有脚本，不能归档。请在浏览器或编辑软件中打印成 PDF 后再上传。'

/** Why a file of a type that the library knows is not taken; executables have their own word. */
export function strangerOf(mediaType: string, extension: string): string {
  const name = extension.toUpperCase()
  if (/^image\/(hei[cf]|avif)/.test(mediaType)) {
    return `这是 ${name} 格式的照片，很多电脑和档案系统打不开。请在手机“设置 → 相机 → 格式”中改选“兼容性最佳”后重新拍摄，或在相册中导出为 JPEG 后再上传。`
  }
  if (executables.test(mediaType)) return executable()
  if (mediaType === 'application/xml') return markup()
  if (mediaType === 'application/rtf') return '这是 RTF 文档。请在 Word 或 WPS 中另存为 .docx 或 PDF 后再上传。'
  if (mediaType.startsWith('image/')) return `这是 ${name} 图片。请用看图软件另存为 JPEG 或 PNG 后再上传。`
  if (/^(audio|video)\//.test(mediaType)) return `这是音频或视频（${name}），电子档案只收文档和图片，请勿上传。`
  if (packages.test(mediaType)) return `这是压缩包（${name}）。请解压后，把里面的文件逐个上传。`
  return `这是 ${name} 文件，不在可归档的类型之内。请另存为 PDF 后再上传。`
}

const executables =
  /x-elf|x-mach-binary|x-msdownload|x-ms-shortcut|java-vm|java-archive|wasm|x-shockwave-flash|x-deb|x-rpm|android|chrome-extension|xpinstall|x-ms-regedit|ms-htmlhelp/

const packages = /zip|x-tar|rar|7z|bzip2|x-xz|lzip|lz4|lzh|zstd|x-compress|cab|arj|ace|cpio|iso9660|apple-diskimage/
