import { decodePath, encodePath } from './names.ts'
import type { PackageProblem } from './package-entries.ts'

/** The digests that are computed; others that a package may come with are passed over. */
const algorithms = ['sha256', 'sha512'] as const
export type Algorithm = (typeof algorithms)[number]
const hashLength: Record<Algorithm, number> = { sha256: 64, sha512: 128 }

/** A file that says which digest each file has. */
export interface Manifest {
  path: string
  algorithm: Algorithm
  /** Digest by path. */
  lines: ReadonlyMap<string, string>
}

/** Whether a name is that of a manifest over the payload (`data`) or over the files about it (`tags`), and with which digest. */
export function manifestKind(path: string): { over: 'data' | 'tags'; algorithm: Algorithm | null } | null {
  const [, tag, name] = /^(tag)?manifest-([a-z0-9]+)\.txt$/.exec(path) ?? []
  if (name === undefined) return null
  return { over: tag === undefined ? 'data' : 'tags', algorithm: algorithms.find((it) => it === name) ?? null }
}

/** Reads a manifest, and names each line that is not written as a manifest is: a digest, two blanks, a path. */
export function readManifest(
  path: string,
  algorithm: Algorithm,
  text: string,
): { manifest: Manifest; problems: PackageProblem[] } {
  const lines = new Map<string, string>()
  const problems: PackageProblem[] = []
  const wrong = (at: number, what: string) =>
    problems.push({ kind: 'manifest', path, message: `第 ${at + 1} 行${what}，清单已损坏。` })
  const written = text.split('\n')
  if (written.pop() !== '') wrong(written.length, '没有写完')
  for (const [at, line] of written.entries()) {
    const [, hash, name] = /^([0-9a-f]+) {2}(\S.*)$/s.exec(line) ?? []
    const decoded = decodePath(name ?? '')
    if (hash?.length !== hashLength[algorithm] || name === undefined) wrong(at, '不是校验值加文件名')
    else if (encodePath(decoded) !== name) wrong(at, '的文件名写法不规范')
    else if (lines.has(decoded)) wrong(at, `与前面重复（${decoded}）`)
    else lines.set(decoded, hash)
  }
  return { manifest: { path, algorithm, lines }, problems }
}

/** What several manifests say of one file, against what it is. */
export interface Judgement {
  /** Manifests whose digest is that of the file. */
  agreeing: readonly Manifest[]
  /** Manifests that give another one. */
  differing: readonly Manifest[]
  /** Manifests that do not name it. */
  silent: readonly Manifest[]
}

/** Compares the digests of a file with all manifests that have to name it. */
export function judge(path: string, sums: ReadonlyMap<Algorithm, string>, manifests: readonly Manifest[]): Judgement {
  const groups = Map.groupBy(manifests, (it) => {
    const line = it.lines.get(path)
    return line === undefined ? 'silent' : line === sums.get(it.algorithm) ? 'agreeing' : 'differing'
  })
  return {
    agreeing: groups.get('agreeing') ?? [],
    differing: groups.get('differing') ?? [],
    silent: groups.get('silent') ?? [],
  }
}
