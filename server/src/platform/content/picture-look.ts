import { type ByteSource, windowsOf } from './byte-source.ts'
import { type ContentType, type Examination, taken } from './taken-types.ts'
import { hasZipAtEnd } from './zip-look.ts'

/**
 * Looks whether a picture is something else besides: a zip or Java archive at its end, another archive or a PDF anywhere, a page with
 * scripts. What phones put behind a picture, such as a second one or a short film, stays.
 */
export async function examinePicture(source: ByteSource, type: ContentType): Promise<Examination> {
  const head = await source.read(0, 65_536)
  const tail = await source.read(Math.max(0, source.size - 65_557), source.size)
  const hides = hasZipAtEnd(tail) || hasPage(head) || hasPage(tail) || (await hidesArchive(source))
  return taken(type, hides ? ['图片里夹带了别的文件，不能归档。请用看图软件打开，另存为新的图片后再上传。'] : [])
}

const hasPage = (bytes: Buffer): boolean =>
  /<(html|script|iframe|!doctype html)[\s>]|<\?php/i.test(bytes.toString('latin1'))

/** The first bytes of RAR and 7z archives, and of a PDF with its version. */
const archives = [
  Buffer.from('Rar!\x1a\x07', 'latin1'),
  Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'),
  Buffer.from('%PDF-1.', 'latin1'),
  Buffer.from('%PDF-2.', 'latin1'),
]

async function hidesArchive(source: ByteSource): Promise<boolean> {
  for await (const { bytes } of windowsOf(source, 16)) if (archives.some((it) => bytes.includes(it))) return true
  return false
}
