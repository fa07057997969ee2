/** One thing that is wrong with a package. */
export interface PackageProblem {
  kind: PackageProblemKind
  /** The file inside the package; null where it is the package as a whole. */
  path: string | null
  /** In Chinese, without the path. */
  message: string
}

/** What can be wrong: with the container, with the manifests, with a file, or with what the metadata say. */
export type PackageProblemKind =
  | 'name'
  | 'duplicate'
  | 'link'
  | 'encrypted'
  | 'compression'
  | 'damaged'
  | 'hidden'
  | 'bomb'
  | 'structure'
  | 'manifest'
  | 'size'
  | 'missing'
  | 'added'
  | 'altered'
  | 'metadata'

/** A file of a package, wherever the package lies. */
export interface PackageEntry {
  path: string
  bytes: number
  /**
   * Its content, piece by piece. Ends with a `DamagedEntry` where it cannot be had as it was packed. Null where it is not read
   * at all, for a reason that is among the problems.
   */
  pieces: (() => AsyncIterable<Uint8Array>) | null
}

/** A package that has been opened: its files, and what was wrong with the container. */
export interface OpenedPackage {
  entries: readonly PackageEntry[]
  problems: readonly PackageProblem[]
  /** False where reading the contents would unpack a bomb. */
  isSafeToRead: boolean
  close: () => Promise<void>
}

/** That a file of a package cannot be read as it was packed. The message is Chinese. */
export class DamagedEntry extends Error {}

/** How large a package may be. */
export interface PackageLimits {
  maxEntries: number
  /** Of a manifest, or another file about the payload that is read as a whole. */
  maxTagBytes: number
  /** Of all files of a zip, unpacked; without it what is no bomb may be as large as it is. */
  maxBytes?: number
}

export const packageLimits: PackageLimits = { maxEntries: 200_000, maxTagBytes: 64 * 1024 * 1024 }
