import { attribute, tags } from '../spreadsheet/xml-tags.ts'
import type { ByteSource } from './byte-source.ts'
import { type Examination, notTaken, taken, takenTypes } from './taken-types.ts'
import { readZipPackage, type ZipPackage } from './zip-look.ts'

/** Looks at a file that begins as a zip does: Word, Excel or OFD, or another package, which is not taken. Throws what is refused whole. */
export async function examinePackage(source: ByteSource): Promise<Examination> {
  const zip = await readZipPackage(source)
  if (zip.entries.has('OFD.xml')) return taken(takenTypes.ofd)
  const types = await zip.textOf('[Content_Types].xml')
  const mains = tags(types, 'Override').map((it) => attribute(it, 'ContentType'))
  const isWord = mains.some((it) =>
    /wordprocessingml\.(document|template)\.main\+xml$|ms-word\..*\.main\+xml$/.test(it),
  )
  const isSheet = mains.some((it) => /spreadsheetml\.(sheet|template)\.main\+xml$|ms-excel\..*\.main(\+xml)?$/.test(it))
  if (!isWord && !isSheet) return notTaken(otherPackage(zip, types))
  const { refused, noted } = await dangersOf(zip, mains)
  return taken(isWord ? takenTypes.docx : takenTypes.xlsx, refused, noted)
}

/** Other packages, by what is in them. */
function otherPackage({ entries }: ZipPackage, types: string): string {
  if (/presentationml/.test(types)) return '这是演示文稿。请在 PowerPoint 或 WPS 中另存为 PDF 后再上传。'
  if (entries.has('content.xml') && entries.has('mimetype')) {
    return '这是 OpenDocument 格式的文件。请另存为 .docx、.xlsx 或 PDF 后再上传。'
  }
  if (entries.has('META-INF/MANIFEST.MF')) return '这是 Java 程序包，不能归档。请核对文件来源，不要在电脑上打开它。'
  return '这是压缩包（ZIP）。请解压后，把里面的文件逐个上传。'
}

/** `types` are those that parts have of their own: what is said of an ending, such as `.bin`, need not be in the file. */
async function dangersOf(zip: ZipPackage, types: readonly string[]): Promise<{ refused: string[]; noted: string[] }> {
  const names = [...zip.entries.keys()]
  const refused = new Set<string>()
  const noted = new Set<string>()
  const isOf = (pattern: RegExp) => types.some((it) => pattern.test(it))
  if (isOf(/macroEnabled|vbaProject/i) || names.some((it) => /vbaProject\.bin$|\/(intl)?macrosheets\//i.test(it))) {
    refused.add(macros)
  }
  if (isOf(/(spreadsheetml|wordprocessingml)\.template\.main/)) {
    refused.add('这是模板文件。请用它新建文档，另存为 .docx 或 .xlsx 后再上传。')
  }
  if (isOf(/sheet\.binary/i)) {
    refused.add('这是二进制格式的工作簿（.xlsb）。请在 Excel 或 WPS 中另存为 .xlsx 后再上传。')
  }
  if (names.some((it) => /(^|\/)activeX\//i.test(it))) {
    refused.add('文件带有 ActiveX 控件，不能归档。请另存为 PDF 后再上传。')
  }
  if (names.some((it) => /\/embeddings\//i.test(it))) {
    noted.add('文件里嵌入了其他文件（如表格或附件）。嵌入的文件不会单独归档，需要时请另行上传。')
  }
  for (const name of names.filter((it) => it.endsWith('.rels'))) lookAtRelations(await zip.textOf(name), refused, noted)
  for (const name of names.filter((it) => /\/externalLinks\/[^/]+\.xml$/i.test(it))) {
    if (/<(\w+:)?ddeLink\b/.test(await zip.textOf(name))) {
      refused.add('表格会在打开时调用其他程序（DDE），不能归档。请把有关单元格改为数值后另存，再上传。')
    }
  }
  return { refused: [...refused], noted: [...noted] }
}

const macros = '文件带有宏（VBA），可能含有恶意代码，不能归档。请另存为不带宏的 .docx、.xlsx 或 PDF 后再上传。'

/** What a document would fetch from elsewhere when it is opened. Links that are only followed when somebody clicks stay. */
function lookAtRelations(xml: string, refused: Set<string>, noted: Set<string>): void {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) refused.add('文件的内部结构异常，不能归档。请另存为 PDF 后再上传。')
  for (const tag of tags(xml, 'Relationship')) {
    const type = attribute(tag, 'Type').split('/').at(-1) ?? ''
    if (type === 'vbaProject') refused.add(macros)
    if (!/^external$/i.test(attribute(tag, 'TargetMode').trim())) continue
    const isRemote = !isLocal(attribute(tag, 'Target').trim())
    if (/^(attachedTemplate|oleObject|frame|subDocument|aFChunk)$/i.test(type) && isRemote) {
      refused.add('文件会在打开时从外部地址载入模板或对象，可能含有恶意代码，不能归档。请另存为 PDF 后再上传。')
    } else if (/^(image|externalLinkPath|oleObject)$/i.test(type)) {
      noted.add('文件引用了外部的图片或工作簿，归档后可能显示不全。如有影响，请先在文件中改为嵌入或数值。')
    }
  }
}

/** A place on the disk of whoever wrote the file, such as the template on their computer. */
const isLocal = (target: string): boolean =>
  /^(file:\/\/\/)?[a-z]:[\\/]/i.test(target) || (!/^[a-z][a-z\d+.-]*:/i.test(target) && !/^[\\/]{2}/.test(target))
