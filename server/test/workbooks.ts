import { crc32, deflateRawSync } from 'node:zlib'
import { textOf } from '../src/platform/spreadsheet/cell-value.ts'
import type { Limits } from '../src/platform/spreadsheet/limits.ts'
import { openWorkbook } from '../src/platform/spreadsheet/workbook.ts'

/** Files made for tests of the import: zip packages part by part, so that they can be wrong in every way. */

export interface Part {
  name: string
  content: string | Buffer
  /** What the directory declares instead of the truth. */
  declaredBytes?: number
  flags?: number
}

/** A zip file of these parts. */
export function packageOf(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, declaredBytes, flags = 0 } of parts) {
    const plain = Buffer.from(content)
    const packed = deflateRawSync(plain)
    const label = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(declaredBytes ?? plain.length, 18)
    common.writeUInt16LE(label.length, 22)
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), common, label, packed)
    const entry = Buffer.alloc(46)
    entry.write('PK\x01\x02', 'latin1')
    entry.writeUInt16LE(20, 4)
    common.copy(entry, 6, 0, 24)
    entry.writeUInt32LE(at, 42)
    directory.push(entry, label)
    at += 30 + label.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, listed, end])
}

/** The parts of an .xlsx whose only sheet has this XML inside `sheetData`. Styles: 0 General, 1 year and month, 2 two decimals, 3 a day. */
export function workbookParts(
  sheetData: string,
  more: { before?: string; is1904?: boolean; merges?: string } = {},
): Part[] {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const list = 'http://schemas.openxmlformats.org/package/2006/relationships'
  return [
    {
      name: '[Content_Types].xml',
      content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${list}"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${main}" xmlns:r="${relations}"><workbookPr${more.is1904 ? ' date1904="1"' : ''}/><sheets><sheet name="名册" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${list}"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="2"/><xf numFmtId="14"/><xf numFmtId="57"/><xf numFmtId="31"/></cellXfs></styleSheet>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `${more.before ?? ''}<worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData>${more.merges ?? ''}</worksheet>`,
    },
  ]
}

/** The lines of the only sheet of a workbook that the server has answered, each as long as the first, the texts of the cells. */
export async function linesIn(response: Response): Promise<string[][]> {
  const [sheet] = (await readWhole(new Uint8Array(await response.arrayBuffer()))).sheets
  const [head = [], ...lines] = sheet?.rows ?? []
  return [head, ...lines].map((line) => head.map((_, at) => textOf(line[at] ?? null)))
}

/** A spreadsheet with all its lines. */
export async function readWhole(bytes: Uint8Array, limits?: Limits) {
  const { sheets, ...workbook } = await openWorkbook(bytes, limits)
  const whole = await Array.fromAsync(sheets, async ({ name, hidden, merges, lines }) => ({
    ...{ name, hidden, merges },
    rows: await Array.fromAsync(lines()),
  }))
  return { ...workbook, sheets: whole }
}
