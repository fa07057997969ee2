import type { Receipt } from './receipt.ts'
import type { PackageReport } from './verify-package.ts'

/** All in which a receipt does not fit a package, in Chinese; nothing where it is the receipt of this package. */
export function differencesOfReceipt(receipt: Receipt, report: PackageReport): string[] {
  const { digests, number, version, items } = receipt
  const { file, tagManifestDigest, metadataDigest, sha256 } = report
  const found: string[] = []
  if (tagManifestDigest !== digests.tagManifest)
    found.push(
      `标签清单 tagmanifest-sha256.txt 的校验值与回执不符（包 ${tagManifestDigest ?? '没有'}，回执 ${digests.tagManifest}）。`,
    )
  if (metadataDigest !== digests.metadata)
    found.push(`元数据的校验值与回执不符（包 ${metadataDigest ?? '没有'}，回执 ${digests.metadata}）。`)
  // Unpacked, or packed anew, it is still the package that was taken over.
  if (sha256 !== null && sha256 !== digests.package && tagManifestDigest !== digests.tagManifest)
    found.push(`整包校验值与回执不符（包 ${sha256}，回执 ${digests.package}）。`)
  if (!file) return found
  if (file.number !== number || file.seal.version !== version)
    found.push(`回执是 ${number} 第 ${version} 次封存的，包是 ${file.number} 第 ${file.seal.version} 次封存的。`)
  const listed = new Map(items.map((it) => [it.number, it]))
  for (const it of file.items) {
    const line = listed.get(it.number)
    if (line === undefined) found.push(`第 ${it.number} 件《${it.title}》在回执中没有。`)
    else if (line.sha256 !== it.content.sha256) found.push(`第 ${it.number} 件《${it.title}》的校验值与回执不符。`)
    listed.delete(it.number)
  }
  for (const { number: more, title } of listed.values()) found.push(`回执多出第 ${more} 件《${title}》，包中没有。`)
  return found
}
