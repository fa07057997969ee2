import { pipeline, Readable } from 'node:stream'
import { constants, createInflate } from 'node:zlib'
import { type ByteSource, windowBytes, windowsOf } from './byte-source.ts'
import { type Examination, taken, takenTypes } from './taken-types.ts'
import { hasZipAtEnd } from './zip-look.ts'

/**
 * Looks at a PDF. Scripts, the starting of programs and encryption are refused: an archived file must be readable by
 * itself in decades, and must do nothing. Embedded files are only noted: PDF/A-3 has them, no reader of ours opens
 * them, and a scanner for malware sees them. Names that are written with escapes, or inside compressed object streams,
 * are found too.
 */
export async function examinePdf(source: ByteSource): Promise<Examination> {
  const refused = new Set<string>()
  const noted = new Set<string>()
  await lookAtEnd(source, refused)
  await lookForNames(source, refused, noted)
  return taken(takenTypes.pdf, [...refused], [...noted])
}

async function lookAtEnd(source: ByteSource, refused: Set<string>): Promise<void> {
  const tail = await source.read(Math.max(0, source.size - 65_557), source.size)
  const end = tail.lastIndexOf('%%EOF')
  if (end < 0) refused.add('文件不完整，没有到结尾，可能没有传完。请重新导出或扫描后再上传。')
  const rest = tail.toString('latin1', Math.max(0, end) + 5)
  if (hasZipAtEnd(tail) || /<(html|script|svg|!doctype)|<\?php/i.test(rest)) {
    refused.add('文件尾部夹带了别的文件，不能归档。请重新打印成 PDF 后再上传。')
  }
}

const wanted =
  /\/(?:JavaScript|Launch|EmbeddedFiles?|Encrypt|ObjStm|[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z0-9#]*)(?![A-Za-z0-9_.#-])/g
/** Longer than any wanted name, and the dictionary that may follow one. */
const ahead = 4_096

/** How much the object streams of one file may hold, unpacked, and one of them, and how many there may be. */
const maxUnpackedBytes = 268_435_456
const maxStreamBytes = 16_777_216
const maxStreams = 20_000

async function lookForNames(source: ByteSource, refused: Set<string>, noted: Set<string>): Promise<void> {
  let [unpackedBytes, streams] = [0, 0]
  for await (const { at, bytes } of windowsOf(source, ahead)) {
    const text = bytes.toString('latin1')
    for (const { 0: name, index } of text.matchAll(wanted)) {
      if (index >= windowBytes) continue
      if (unescaped(name) !== '/ObjStm') {
        judge(unescaped(name), text.slice(index + name.length, index + name.length + 40), refused, noted)
        continue
      }
      const found = /stream\r?\n/.exec(text.slice(index, index + ahead))
      const inner = found && (await unpackedObjects(source, at + index + found.index + found[0].length))
      unpackedBytes += inner?.length ?? 0
      streams += 1
      // Nothing further is looked at: what cannot be looked at is refused as it is.
      if (inner === null || unpackedBytes > maxUnpackedBytes || streams > maxStreams) {
        refused.add('文件的内部结构无法检查，可能已损坏或是恶意构造的。请重新打印成 PDF 后再上传。')
        return
      }
      for (const it of inner.matchAll(wanted)) {
        judge(unescaped(it[0]), inner.slice(it.index + it[0].length, it.index + 60), refused, noted)
      }
    }
  }
}

/** What a name and what follows it mean. */
function judge(name: string, next: string, refused: Set<string>, noted: Set<string>): void {
  if (name === '/JavaScript') refused.add('文件带有脚本（JavaScript），不能归档。请用“打印”重新生成 PDF 后再上传。')
  if (name === '/Launch') refused.add('文件会启动其他程序，不能归档。请用“打印”重新生成 PDF 后再上传。')
  if (name === '/Encrypt' && /^\s*(\d+\s+\d+\s+R|<<)/.test(next)) {
    refused.add('文件加了密码或限制，归档后可能无法打开。请取消密码和限制，或用“打印”重新生成 PDF 后再上传。')
  }
  if (/^\/EmbeddedFiles?$/.test(name)) {
    noted.add('文件里带有附件。附件不会单独归档，需要时请另行上传。')
  }
}

/** The objects of a compressed object stream; null where they are packed in another way, or are too many. */
async function unpackedObjects(source: ByteSource, start: number): Promise<string | null> {
  // Not packed at all: the names in it are found as they are.
  if (/^\s*\d+\s+\d+\s/.test((await source.read(start, start + 40)).toString('latin1'))) return ''
  const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH })
  pipeline(Readable.from(piecesFrom(source, start)), inflate, () => {})
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of inflate) {
      size += part.length
      if (size > maxStreamBytes) return null
      parts.push(part)
    }
    return Buffer.concat(parts).toString('latin1')
  } catch {
    return null
  } finally {
    inflate.destroy()
  }
}

async function* piecesFrom(source: ByteSource, start: number): AsyncGenerator<Buffer> {
  for (let at = start; at < source.size; at += 65_536) yield source.read(at, at + 65_536)
}

const unescaped = (name: string): string =>
  name.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
