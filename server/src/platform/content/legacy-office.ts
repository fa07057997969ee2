import type { ByteSource } from './byte-source.ts'
import { type CompoundEntry, type CompoundFile, readCompoundFile } from './compound-file.ts'
import { type Examination, notTaken, taken, takenTypes, unknownType } from './taken-types.ts'

/** Looks at a compound file: Word or Excel of 97–2003, or another, which is not taken. Throws what is damaged. */
export async function examineCompoundFile(source: ByteSource): Promise<Examination> {
  const file = await readCompoundFile(source)
  const has = (...names: string[]) => file.entries.some((it) => names.includes(it.name))
  const streamOf = (...names: string[]) => file.entries.find((it) => it.isStream && names.includes(it.name))
  if (has('EncryptedPackage')) return notTaken(encrypted)
  const document = streamOf('WordDocument')
  const workbook = streamOf('Workbook', 'Book')
  const refused: string[] = []
  if (has('Macros', '_VBA_PROJECT_CUR', '_VBA_PROJECT', 'VBA')) refused.push(macros)
  const noted = has('\x01Ole10Native', 'ObjectPool') ? [embedded] : []
  if (document) return taken(takenTypes.doc, [...refused, ...(await lookAtDocument(file, document))], noted)
  if (workbook) return taken(takenTypes.xls, [...refused, ...(await lookAtWorkbook(file, workbook))], noted)
  if (has('PowerPoint Document')) return notTaken('这是演示文稿。请在 PowerPoint 或 WPS 中另存为 PDF 后再上传。')
  return notTaken(unknownType())
}

const encrypted = '文件加了密码，归档后将无法打开。请在 Word、Excel 或 WPS 中取消密码、另存后再上传。'
const macros = '文件带有宏（VBA），可能含有恶意代码，不能归档。请另存为 .docx、.xlsx 或 PDF 后再上传。'
const embedded = '文件里嵌入了其他文件（如表格或附件）。嵌入的文件不会单独归档，需要时请另行上传。'

/** The head of a Word document says whether it is encrypted or a template ([MS-DOC] 2.5.2). */
async function lookAtDocument(file: CompoundFile, entry: CompoundEntry): Promise<string[]> {
  const head = await file.begin(entry, 32)
  if (head.length < 32 || head.readUInt16LE(0) !== 0xa5ec)
    return ['文件已损坏。请在 Word 或 WPS 中打开，另存为 .docx 后再上传。']
  const flags = head.readUInt16LE(10)
  if ((flags & 0x0100) !== 0) return [encrypted]
  return (flags & 1) === 0 ? [] : ['这是 Word 模板。请用它新建文档，另存为 .docx 后再上传。']
}

/** The first records of a workbook say whether it is encrypted, and of which kind its sheets are ([MS-XLS] 2.4). */
async function lookAtWorkbook(file: CompoundFile, entry: CompoundEntry): Promise<string[]> {
  const records = await file.begin(entry, 1_048_576)
  for (let at = 0; at + 4 <= records.length; at += 4 + records.readUInt16LE(at + 2)) {
    const record = records.readUInt16LE(at)
    if (record === 0x2f) return [encrypted]
    if (record === 0x85 && records[at + 9] === 1) return [macros.replace('VBA', 'Excel 4.0')]
    if (record === 0x0a) break
  }
  return []
}
