import { deflateSync } from 'node:zlib'
import { CFB } from '@e965/xlsx'
import sharp from 'sharp'
import { type Part, packageOf } from './workbooks.ts'

/** Files made for tests of what the archive takes: sound ones of every type, and what is wrong with them added one thing at a time. */

/** A PDF of one empty page, with further objects and a further entry of its trailer. */
export function pdfOf(objects: readonly (string | Buffer)[] = [], trailer = ''): Buffer {
  const all = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    ...objects,
  ]
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  const places: number[] = []
  let at = parts[0]?.length ?? 0
  for (const [number, object] of all.entries()) {
    const part = Buffer.concat([Buffer.from(`${number + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')])
    places.push(at)
    parts.push(part)
    at += part.length
  }
  const lines = places.map((it) => `${String(it).padStart(10, '0')} 00000 n \n`).join('')
  const end = `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${lines}trailer\n<< /Size ${all.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(end)])
}

/** A compressed object stream that holds this. */
export function objectStream(content: string | Buffer): Buffer {
  const packed = deflateSync(Buffer.from(content))
  const head = `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')])
}

const office = 'application/vnd.openxmlformats-officedocument'

/** The content type of the main part of each kind of package. */
export const mainTypes = {
  docx: `${office}.wordprocessingml.document.main+xml`,
  dotx: `${office}.wordprocessingml.template.main+xml`,
  docm: 'application/vnd.ms-word.document.macroEnabled.main+xml',
  xlsx: `${office}.spreadsheetml.sheet.main+xml`,
  xlsm: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
  xlsb: 'application/vnd.ms-excel.sheet.binary.macroEnabled.main',
  pptx: `${office}.presentationml.presentation.main+xml`,
}

/** A package of Word, Excel or PowerPoint with further parts. */
export function officePackage(type: keyof typeof mainTypes, more: readonly Part[] = []): Buffer {
  return packageOf([
    {
      name: '[Content_Types].xml',
      content: `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="${mainTypes[type]}"/></Types>`,
    },
    { name: 'word/document.xml', content: '<w:document/>' },
    ...more,
  ])
}

/** A part that relates a document to something outside. */
export const relationTo = (type: string, target: string): Part => ({
  name: 'word/_rels/document.xml.rels',
  content: `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`,
})

/** What is used of a library that has no types. */
interface CompoundWriter {
  utils: { cfb_new(): object; cfb_add(file: object, name: string, content: Buffer): void }
  write(file: object, options: { type: 'buffer' }): Buffer
}

/** A compound file of these streams. */
export function compoundFile(streams: Readonly<Record<string, Buffer>>): Buffer {
  const writer: CompoundWriter = CFB
  const file = writer.utils.cfb_new()
  for (const [name, content] of Object.entries(streams)) writer.utils.cfb_add(file, `/${name}`, content)
  return Buffer.from(writer.write(file, { type: 'buffer' }))
}

/** The stream of an old Word document, with these flags in its head. */
export function wordStream(flags = 0, bytes = 8_192): Buffer {
  const stream = Buffer.alloc(bytes)
  stream.writeUInt16LE(0xa5ec, 0)
  stream.writeUInt16LE(flags, 10)
  return stream
}

/** The stream of an old workbook, of these records. */
export function workbookStream(records: readonly [record: number, content: Buffer][], bytes = 8_192): Buffer {
  const parts = records.flatMap(([record, content]) => {
    const head = Buffer.alloc(4)
    head.writeUInt16LE(record, 0)
    head.writeUInt16LE(content.length, 2)
    return [head, content]
  })
  const all = Buffer.concat(parts)
  return Buffer.concat([all, Buffer.alloc(Math.max(0, bytes - all.length))])
}

/** A small picture of noise. */
export const pictureOf = (format: 'jpeg' | 'png' | 'webp' | 'tiff' | 'gif' | 'avif'): Promise<Buffer> =>
  sharp({
    create: {
      width: 60,
      height: 40,
      channels: 3,
      background: '#c33',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .toFormat(format)
    .toBuffer()
