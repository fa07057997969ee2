import { stat } from 'node:fs/promises'
import { ConfigError } from '../platform/config.ts'

/**
 * Verifies the journal of this installation, also against anchors kept elsewhere; or, where a package is named, that package
 * alone, which needs no settings, no database and no secrets. Behind a package may stand the digest that its sender gave, and
 * `--receipt` with the XML file of whoever took it over.
 * Exit code 0: whole; 1: something was altered; 2: it cannot be read.
 */
export async function verify(given: string[], out: (line: string) => void): Promise<number> {
  const { args, receipt } = withoutReceipt(given)
  const [first, second, ...more] = args
  if (receipt !== null && (first === undefined || isDigest(first)))
    throw new ConfigError('接收回执要与档案包一起核验：zhibu verify 档案包 --receipt 回执.xml')
  if (first === undefined || isDigest(first)) {
    // A slip of the pen is no proof that the journal was altered.
    const slip = args.find((it) => !isDigest(it))
    if (slip !== undefined) throw new ConfigError(`“${slip}”不是校验值：${digestsAre}`)
    return (await import('./verify-journal.ts')).verifyJournalAgainst(args, out)
  }
  if (!(await stat(first).catch(() => null)))
    throw new ConfigError(`“${first}”不是校验值，也没有这个文件或文件夹。${digestsAre}`)
  if (more.length > 0 || (second !== undefined && !isDigest(second)))
    throw new ConfigError(`一次核验一个包，包的后面只能写移交方给出的校验值。${digestsAre}`)
  const known = { digest: second ?? null, receipt }
  return (await import('./verify-package.ts')).verifyPackageFile(first, known, out)
}

/** The arguments apart from `--receipt FILE`, wherever it stands. */
function withoutReceipt(args: readonly string[]): { args: string[]; receipt: string | null } {
  const at = args.indexOf('--receipt')
  if (at === -1) return { args: [...args], receipt: null }
  const receipt = args[at + 1]
  if (receipt === undefined || receipt === '') throw new ConfigError('--receipt 的后面要写接收回执的 XML 文件。')
  return { args: args.toSpliced(at, 2), receipt }
}

const isDigest = (it: string) => /^[0-9a-f]{64}$/.test(it)

const digestsAre = '校验值由 64 位数字和小写字母 a—f 组成，请核对后再执行。'
