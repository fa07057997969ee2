import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import type { ContentFinding, Delivery } from './examined-file.ts'
import { examine, type FourPropertyReport } from './four-properties.ts'
import { metadataPath } from './pack-file.ts'
import { type PackageLimits, type PackageProblem, packageLimits } from './package-entries.ts'
import type { SealedFile } from './sealed-file.ts'
import { digestOfMetadata, readSealedFile } from './sealed-file-xml.ts'
import { type BagReport, verifyBag } from './verify-bag.ts'

/** What a package holds, all that is wrong with it, and the four properties of the file in it. */
export interface PackageReport extends Omit<BagReport, 'kept'> {
  /** Null where the package is none of a closed file, or its metadata cannot be read. */
  file: SealedFile | null
  /** What the next seal names. */
  metadataDigest: string | null
  /** The metadata as they lie in the package; null where there are none. */
  metadata: string | null
  /** Digest of `tagmanifest-sha256.txt`, which vouches for everything in the package, however it is packed; null where there is none. */
  tagManifestDigest: string | null
  fourProperties: FourPropertyReport
}

/**
 * Verifies a package of a closed file, as a zip file or unpacked, by itself: no server, no database. `sent` is what whoever sent it
 * says of it. Refuses only what cannot be opened at all.
 */
export async function verifyPackage(
  place: string,
  sent: Delivery | null = null,
  limits: PackageLimits = packageLimits,
): Promise<PackageReport> {
  const { kept, ...bag } = await verifyBag(place, [metadataPath, tagManifestPath], limits)
  const metadata = kept.get(metadataPath)
  const { file, problems } = fileIn(metadata)
  const found = new Map(bag.payload.map((it) => [it.path, it]))
  if (file) problems.push(...differences(file, bag, found))
  const all = [...bag.problems, ...problems]
  const contents = (file?.items ?? []).map((it): [number, ContentFinding] => {
    const content = found.get(`data/${it.path}`)
    const unseen = { mediaType: null, opens: null, isEncrypted: null, scan: null }
    return [it.number, { sha256: content?.sha256 ?? null, bytes: content?.bytes ?? null, ...unseen }]
  })
  const received = bag.sha256 === null ? null : { sha256: bag.sha256, count: { items: found.size, bytes: bag.bytes } }
  const fourProperties = examine({
    moment: 'transfer',
    file,
    contents: new Map(contents),
    packageProblems: all,
    delivery: sent && received && { sent, received },
    seal: null,
    isJournalWhole: null,
  })
  const text = metadata?.toString('utf8') ?? null
  const tagManifest = kept.get(tagManifestPath)
  return {
    ...bag,
    problems: all,
    file,
    metadata: text,
    metadataDigest: text === null ? null : digestOfMetadata(text),
    tagManifestDigest: tagManifest ? createHash('sha256').update(tagManifest).digest('hex') : null,
    fourProperties,
  }
}

const tagManifestPath = 'tagmanifest-sha256.txt'

function fileIn(metadata: Buffer | undefined): { file: SealedFile | null; problems: PackageProblem[] } {
  const wrong = (message: string) => {
    const problem: PackageProblem = { kind: 'metadata', path: metadataPath, message }
    return { file: null, problems: [problem] }
  }
  if (metadata === undefined) return wrong('没有这个文件，不是本系统封存的档案，只核对了包本身。')
  if (!isUtf8(metadata)) return wrong('不是 UTF-8 文字。')
  try {
    return { file: readSealedFile(metadata.toString('utf8')), problems: [] }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return wrong(error.message)
  }
}

/** What the metadata say of the contents, against what lies in the package: whoever changes one has to change the other. */
function differences(
  file: SealedFile,
  { payload }: Pick<BagReport, 'payload'>,
  found: ReadonlyMap<string, BagReport['payload'][number]>,
): PackageProblem[] {
  const problems: PackageProblem[] = []
  const tell = (path: string, message: string) => problems.push({ kind: 'metadata', path, message })
  const registered = new Set(file.items.map((it) => `data/${it.path}`))
  for (const { number, path, content } of file.items) {
    const there = found.get(`data/${path}`)
    if (there === undefined) tell(`data/${path}`, `元数据登记为第 ${number} 件，包内没有。`)
    else if (there.sha256 !== null && there.sha256 !== content.sha256)
      tell(there.path, `与元数据中第 ${number} 件的校验值不符。`)
    else if (there.bytes !== content.bytes)
      tell(there.path, `有 ${there.bytes} 字节，元数据登记第 ${number} 件为 ${content.bytes} 字节。`)
  }
  if (registered.size < file.items.length) tell(metadataPath, '两件登记在同一位置。')
  for (const it of payload) if (!registered.has(it.path)) tell(it.path, '元数据中没有登记。')
  return problems
}
