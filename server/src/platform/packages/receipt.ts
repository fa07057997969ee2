import { z } from 'zod'
import { Refusal } from '../refusal.ts'
import { fateNames } from './fate-names.ts'
import { readXml, writable, writeXml } from './metadata-xml.ts'
import { count, group, list, oneOf, optional, type Shape, text } from './xml-shape.ts'

const written = z.string().max(2000).transform(writable)
const long = z.string().max(20_000).transform(writable)
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const amount = z.number().int().min(0)
const instant = z.iso.datetime()

/** What whoever took a package over gives back (接收回执): which package it was, by its digests, and what became of its items. */
const receipt = z.object({
  format: z.literal('zhibu-receipt-1'),
  /** 档号, and which seal of it. */
  number: written,
  version: z.number().int().min(1),
  title: written,
  subject: z.object({ name: written, number: written.nullable() }),
  sender: z.object({ name: written, sealedBy: written, sealedAt: instant }),
  receiver: z.object({ university: written, organization: written, by: written, at: instant }),
  /** Of the package as one file, of `tagmanifest-sha256.txt`, which vouches for all in it, and of the metadata. */
  digests: z.object({ package: digest, tagManifest: digest, metadata: digest }),
  received: z.object({ items: amount, pages: amount, bytes: amount }),
  items: z.array(
    z.object({
      number: z.number().int().min(1),
      title: written,
      sha256: digest,
      fate: z.enum(['filed', 'present', 'leftOut']),
      /** Why it was left out, or where the same content lies already. */
      reason: long.nullable(),
    }),
  ),
  software: z.object({ name: written, version: written }),
})
export type Receipt = z.infer<typeof receipt>

const shape: Shape<Receipt> = group<Receipt>('接收回执', {
  format: oneOf('格式版本', { 'zhibu-receipt-1': 'zhibu-receipt-1' }),
  number: text('档号'),
  version: count('封存次序'),
  title: text('题名'),
  subject: group('归档对象', { name: text('名称'), number: optional(text('编号')) }),
  sender: group('移交单位', { name: text('名称'), sealedBy: text('封存人'), sealedAt: text('封存时间') }),
  receiver: group('接收单位', {
    university: text('学校'),
    organization: text('组织'),
    by: text('接收人'),
    at: text('接收时间'),
  }),
  digests: group('校验值', { package: text('整包'), tagManifest: text('标签清单'), metadata: text('元数据') }),
  received: group('收到', { items: count('件数'), pages: count('页数'), bytes: count('字节数') }),
  items: list(
    '文件清单',
    group<Receipt['items'][number]>('件', {
      number: count('件号'),
      title: text('题名'),
      sha256: text('SHA256'),
      fate: oneOf('处理结果', fateNames),
      reason: optional(text('说明')),
    }),
  ),
  software: group('形成系统', { name: text('名称'), version: text('版本') }),
})

/** Writes a receipt. The same gives the same bytes. */
export function writeReceipt(it: Receipt): string {
  const element = shape.write(receipt.parse(it))
  if (element === null) throw new TypeError('a receipt is never absent')
  return writeXml(element)
}

/** Reads a receipt. Refuses what is none, is damaged or out of range. */
export function readReceipt(xml: string): Receipt {
  const read = receipt.safeParse(shape.read(readXml(xml)))
  if (read.success) return read.data
  throw new Refusal('unreadable', `接收回执中的值超出范围（${read.error.issues[0]?.path.join('.')}），没有采用。`)
}
