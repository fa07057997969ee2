import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { differencesOfReceipt } from '../platform/packages/compare-receipt.ts'
import type { ItemFate } from '../platform/packages/fate-names.ts'
import { momentNames, propertyNames, resultNames } from '../platform/packages/four-property-names.ts'
import { type Receipt, readReceipt } from '../platform/packages/receipt.ts'
import { pagesOf, type SealedFile, type SealedItem } from '../platform/packages/sealed-file.ts'
import { type PackageReport, verifyPackage } from '../platform/packages/verify-package.ts'
import { Refusal } from '../platform/refusal.ts'
import { dayInChina } from '../platform/today.ts'

/** Problems that are printed one by one. */
const mostProblems = 1000

/** A larger file is no receipt. */
const mostReceiptBytes = 16 * 1024 * 1024

/** What a package is compared with besides itself. */
export interface Known {
  /** The digest that its sender gave. */
  digest: string | null
  /** A file with the receipt of whoever took it over. */
  receipt: string | null
}

/**
 * Verifies a package and prints what was compared, the list of pages, the four properties, and each problem with where it is.
 * Exit code 0: as it was packed, and as the receipt says; 1: it is not; 2: the package or the receipt cannot be read.
 */
export async function verifyPackageFile(
  place: string,
  { digest: sentDigest, receipt: receiptFile }: Known,
  out: (line: string) => void,
): Promise<number> {
  // What a stranger wrote goes to a terminal, which obeys control characters.
  const print = (line: string) => out(line.replace(/\p{Cc}/gu, '�'))
  try {
    const report = await verifyPackage(place, sentDigest === null ? null : { sha256: sentDigest, count: null })
    for (const line of written(report, place)) print(line)
    const isSent = sentDigest === null || report.sha256 === sentDigest
    if (!isSent) print(`整包校验值与移交方给出的不符（${report.sha256 ?? '文件夹没有整包校验值'}），请重新取得。`)
    const fits = receiptFile === null || compared(await receiptIn(receiptFile), report, print)
    const isSound = report.problems.length === 0 && isSent && fits
    print(isSound ? '结论：完好，与封存时一致。' : '结论：有问题，请与移交方核对。')
    return isSound ? 0 : 1
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    print(`无法核验“${place}”：${error.message}`)
    return 2
  }
}

async function receiptIn(file: string): Promise<Receipt> {
  const unreadable = (why: string) => new Refusal('unreadable', `接收回执“${file}”${why}`)
  const size = (await stat(file).catch(() => null))?.size
  if (size === undefined) throw unreadable('不存在，或者没有读取的权限。')
  if (size > mostReceiptBytes) throw unreadable('过大，不是接收回执。')
  try {
    return readReceipt(await readFile(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw unreadable(`无法采用：${error.message}请使用接收方给出的 XML 文件。`)
  }
}

/** Prints what a receipt says, and all in which it does not fit. */
function compared(receipt: Receipt, report: PackageReport, print: (line: string) => void): boolean {
  const { receiver, items, digests } = receipt
  const countOf = (fate: ItemFate) => items.filter((it) => it.fate === fate).length
  print('')
  print(
    `接收回执：${receiver.university} ${receiver.organization}，${receiver.by} 于 ${dayInChina(new Date(receiver.at))} 接收。`,
  )
  print(`  归档 ${countOf('filed')} 件，已有相同内容 ${countOf('present')} 件，未接收 ${countOf('leftOut')} 件。`)
  for (const it of items.filter(({ fate }) => fate === 'leftOut'))
    print(`  未接收第 ${it.number} 件《${it.title}》：${it.reason ?? ''}`)
  const differences = differencesOfReceipt(receipt, report)
  if (differences.length === 0) print(`  与本包相符（标签清单校验值 ${digests.tagManifest}）。`)
  for (const it of differences.slice(0, mostProblems)) print(`  ${it}`)
  return differences.length === 0
}

function* written(report: PackageReport, place: string): Generator<string> {
  const { file, problems, payload, bytes, comparisons, sha256, metadataDigest, fourProperties } = report
  yield path.basename(place)
  if (file) yield* described(file)
  yield `核对了 ${payload.length} 个文件、${bytes} 字节、${comparisons} 个校验值。`
  if (sha256 !== null) yield `整包校验值    ${sha256}`
  if (metadataDigest !== null) yield `元数据校验值  ${metadataDigest}`
  if (file) {
    yield ''
    yield '目录：'
    for (const it of file.items) yield `  ${line(it)}`
    yield ''
    yield `四性检测（${momentNames[fourProperties.moment]}）：`
    for (const { code, property, name, result, evidence } of fourProperties.checks)
      yield `  ${propertyNames[property]}  ${code} ${name}：${resultNames[result]}。${evidence}`
  }
  yield ''
  if (problems.length > 0) yield `问题 ${problems.length} 处：`
  for (const { path: where, message } of problems.slice(0, mostProblems)) yield `  ${where ?? '整个包'}：${message}`
  if (problems.length > mostProblems) yield `  另有 ${problems.length - mostProblems} 处，没有一一列出。`
}

function* described(file: SealedFile): Generator<string> {
  const { number, title, keeper, seal, items, facts, deeds } = file
  yield `${number}  ${title}  ${keeper.name}`
  yield `第 ${seal.version} 次封存，${dayInChina(new Date(seal.at))}，${seal.by}${seal.reason === null ? '' : `，${seal.reason}`}`
  yield `登记 ${items.length} 件、${pagesOf(file)} 页、${facts.length} 条事实、${deeds.length} 条过程记录。`
}

function line({ number, place, title, on, firstPage, pages }: SealedItem): string {
  const counted = firstPage === null || !pages ? '' : `第 ${firstPage}—${firstPage + pages - 1} 页`
  return [`${number}.`, place, title === place ? '' : title, on ?? '', counted].filter((it) => it !== '').join('  ')
}
