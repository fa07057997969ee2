import { createHash } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import { readXml, writeXml } from './metadata-xml.ts'
import {
  itemNatures,
  type SealedDeed,
  type SealedFact,
  type SealedFile,
  type SealedItem,
  sealedFile,
} from './sealed-file.ts'
import { count, day, group, list, oneOf, optional, type Shape, text } from './xml-shape.ts'

/** The elements are named in Chinese, as archivists call them: the metadata are read without this program, too. */
const content = (name: string) =>
  group<SealedItem['content']>(name, {
    fileName: text('计算机文件名'),
    mediaType: text('格式'),
    bytes: count('字节数'),
    contentId: text('内容标识'),
    sha256: text('SHA256'),
    filedBy: text('归档人'),
    filedAt: text('归档时间'),
    reason: optional(text('更换原因')),
  })

const item = group<SealedItem>('件', {
  number: count('件号'),
  place: text('材料类别'),
  title: text('题名'),
  on: optional(day('日期')),
  responsible: optional(text('责任者')),
  nature: oneOf('稿本', itemNatures),
  retention: text('保管期限'),
  firstPage: optional(count('起始页号')),
  pages: optional(count('页数')),
  path: text('存储位置'),
  content: content('现行内容'),
  former: list('历次内容', content('内容')),
})

const fact = group<SealedFact>('事实', {
  on: optional(day('日期')),
  what: text('事项'),
  details: text('内容'),
  basis: optional(text('依据')),
  recordedBy: text('登记人'),
  recordedAt: text('登记时间'),
})

const deed = group<SealedDeed>('业务行为', {
  at: text('行为时间'),
  by: text('行为人'),
  what: text('行为'),
  details: text('行为描述'),
})

const file: Shape<SealedFile> = group<SealedFile>('档案', {
  format: oneOf('格式版本', { 'zhibu-sealed-file-1': 'zhibu-sealed-file-1' }),
  number: text('档号'),
  title: text('题名'),
  year: count('年度'),
  subject: group('归档对象', {
    kind: oneOf('类别', { person: '个人', organization: '组织' }),
    name: text('名称'),
    number: optional(text('编号')),
    organization: text('所在组织'),
  }),
  keeper: group('立档单位', { name: text('名称'), code: optional(text('组织编码')) }),
  retention: text('保管期限'),
  secrecy: text('密级'),
  seal: group('封存', {
    version: count('封存次序'),
    at: text('封存时间'),
    by: text('封存人'),
    reason: optional(text('补充原因')),
    previous: optional(text('前次封存校验值')),
  }),
  items: list('文件清单', item),
  facts: list('事实清单', fact),
  deeds: list('过程记录', deed),
  software: group('形成系统', { name: text('名称'), version: text('版本'), environment: text('运行环境') }),
})

/** Writes the metadata of a closed file. The same file gives the same bytes. */
export function writeSealedFile(sealed: SealedFile): string {
  const element = file.write(sealedFile.parse(sealed))
  if (element === null) throw new TypeError('a file is never absent')
  return writeXml(element)
}

/** Reads the metadata of a closed file. Refuses what is damaged or out of range, and says where. */
export function readSealedFile(metadata: string): SealedFile {
  const read = sealedFile.safeParse(file.read(readXml(metadata)))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Refusal('unreadable', `元数据中的值超出范围（${issue?.path.join('.')}），没有采用。`)
}

/** What the next seal names, and what a receipt repeats: the digest of the metadata. */
export const digestOfMetadata = (metadata: string): string => createHash('sha256').update(metadata).digest('hex')
