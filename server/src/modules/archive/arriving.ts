import type { Contents } from '../../platform/content/content.ts'
import { maskedNumbers } from '../../platform/identity-numbers.ts'
import { nameKey } from '../../platform/packages/names.ts'
import type { PackageLimits } from '../../platform/packages/package-entries.ts'
import { openContents, type PackedContents } from '../../platform/packages/packed-contents.ts'
import type { Receipt } from '../../platform/packages/receipt.ts'
import type { SealedFile } from '../../platform/packages/sealed-file.ts'
import type { PackageReport } from '../../platform/packages/verify-package.ts'
import { verifyApart } from '../../platform/packages/verifying.ts'
import type { PageReader } from '../../platform/pages/page-reader.ts'
import { Refusal } from '../../platform/refusal.ts'
import { inOneLine, visible } from '../../platform/visible-text.ts'
import type { TakenContent } from './held-contents.ts'
import { mostReceived } from './reception-schema.ts'
import { largestFileBytes } from './schema.ts'
import { takeInPacked } from './taking-in.ts'
import type { StoredUpload } from './uploads.ts'

/** A package that came whole and is what was packed. */
export interface Arrived {
  /** The folder into which it unpacks. */
  name: string | null
  file: SealedFile
  metadata: string
  digests: Receipt['digests']
  /** Of the payload. */
  bytes: number
}

/** What is read of a package that came from elsewhere; one of our own has less. */
const limits: PackageLimits = {
  maxEntries: mostReceived + 100,
  maxTagBytes: 8 * 1024 * 1024,
  // Papers hardly shrink in a package: what does is there to fill the disk.
  maxBytes: 2 * largestFileBytes,
}

/** Of nobody more is recorded; a page that shows more would stand still. */
const mostFacts = 2_000

/** No file was closed in this way before; and the clocks of two servers are not further apart than a day. */
const firstSeal = '2000'
const aDayMs = 86_400_000

/** Nobody closes a file more often. */
const mostSeals = 10_000

/** So many of the problems of a package are told. */
const mostTold = 50

/**
 * Verifies an uploaded package whole. Refuses what is not there yet, is no package of a closed file, or is not what was
 * packed, and says each thing that is wrong. Outside of any transaction: it may take minutes.
 */
export async function openArrived({ uploads }: Contents, upload: StoredUpload): Promise<Arrived> {
  const offset = await uploads.offsetOf(upload.id)
  if (offset !== upload.sizeBytes)
    throw new Refusal(
      'conflict',
      `“${upload.fileName}”还没有传完（${offset} / ${upload.sizeBytes} 字节）。请继续上传。`,
    )
  const report = await verifyApart(uploads.fileOf(upload.id), limits)
  refuseUnsound(report)
  const { name, file, metadata, sha256, tagManifestDigest, metadataDigest, bytes } = report
  if (file === null || metadata === null || sha256 === null || tagManifestDigest === null || metadataDigest === null)
    throw new Refusal('unreadable', '这不是封存档案的包，没有接收。')
  refuseUnfit(file)
  const digests = { package: sha256, tagManifest: tagManifestDigest, metadata: metadataDigest }
  return { name, file, metadata, bytes, digests }
}

/** A content of a package in the store, or why it cannot be filed. */
export type TakenItem = { content: TakenContent } | { refused: string }

/**
 * Puts contents of a package into the store and looks at each, by the number of the item. They are nobody's until they are filed,
 * and may be put there again after it was broken off.
 */
export async function takeInItems(
  contents: Contents,
  reader: PageReader,
  upload: StoredUpload,
  { file, name }: Arrived,
  isWanted: (itemNumber: number) => boolean,
): Promise<Map<number, TakenItem>> {
  const packed = await openContents(contents.uploads.fileOf(upload.id), name, limits)
  try {
    const taken = new Map<number, TakenItem>()
    for (const it of file.items)
      if (isWanted(it.number)) taken.set(it.number, await takenItem(contents, reader, packed, it))
    return taken
  } finally {
    await packed.close()
  }
}

async function takenItem(
  contents: Contents,
  reader: PageReader,
  packed: PackedContents,
  item: SealedFile['items'][number],
): Promise<TakenItem> {
  try {
    const file = { fileName: fileNameOf(item), read: () => packed.read(item) }
    return { content: await takeInPacked(contents, reader, file) }
  } catch (error) {
    if (!(error instanceof Refusal) || error.isPassing) throw error
    return { refused: error.message }
  }
}

/** The name under which an item was handed in, without what nobody sees. */
export const fileNameOf = ({ content, path }: SealedFile['items'][number]): string =>
  nameFrom(content.fileName, 255) || nameFrom(path, 255)

/** The name of a file or the title of a paper, as a stranger wrote it, with the identity numbers in it masked. */
export const nameFrom = (text: string, most: number): string => maskedNumbers(shortened(text, most))

/** A text of a stranger as it stands in one line here, of so many characters at most. */
export const shortened = (text: string, most: number): string => {
  const line = inOneLine(visible(text).replace(/\p{Cc}/gu, ' '))
  return line.length > most ? `${line.slice(0, most - 1).toWellFormed()}…` : line
}

function refuseUnsound({ problems, sha256 }: PackageReport): void {
  if (problems.length === 0) return
  const told = problems.slice(0, mostTold).map(({ path, message }) => ({
    path: shortened(path ?? '整个包', 200),
    message: shortened(message, 500),
  }))
  const [first] = told
  const more = problems.length > 1 ? `等 ${problems.length} 处问题` : ''
  throw new Refusal(
    'unreadable',
    `这个包没有通过核验，没有接收：${first?.path}：${first?.message.replace(/。$/, '')}${more}。请与移交方核对整包校验值（${sha256}），重新取得完整的包。`,
    { fields: told },
  )
}

/** What is sound and yet cannot be taken over. */
function refuseUnfit({ number, title, keeper, items, facts, seal }: SealedFile, now = new Date()): void {
  const unfit = (why: string) => new Refusal('unreadable', `${why}，没有接收。请与移交方核对。`)
  if (items.length === 0) throw unfit('包中没有材料')
  if (items.length > mostReceived) throw unfit(`包中有 ${items.length} 份材料，超过 ${mostReceived} 份`)
  if (facts.length > mostFacts) throw unfit(`包中有 ${facts.length} 条事实，超过 ${mostFacts} 条`)
  for (const [what, text] of [
    ['档号', number],
    ['题名', title],
    ['立档单位', keeper.name],
  ] as const)
    if (shortened(text, 200) === '') throw unfit(`元数据中没有${what}`)
  if (seal.at < firstSeal || Date.parse(seal.at) > now.getTime() + aDayMs)
    throw unfit(`元数据登记封存于 ${seal.at}，不合常理`)
  if (seal.version > mostSeals) throw unfit(`元数据登记为第 ${seal.version} 次封存，不合常理`)
  const wrong = items.find((it, at) => it.number !== at + 1)
  if (wrong) throw unfit(`元数据中的件号不连续（第 ${wrong.number} 件）`)
  const nameless = items.find((it) => shortened(it.title, 200) === '')
  if (nameless) throw unfit(`第 ${nameless.number} 件没有题名`)
  if (new Set(items.map((it) => nameKey(it.path))).size < items.length) throw unfit('元数据中两件登记在同一位置')
}
