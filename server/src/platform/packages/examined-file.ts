import type { Moment } from './four-property-names.ts'
import type { PackageProblem } from './package-entries.ts'
import type { SealedFile } from './sealed-file.ts'

/** What was seen when the content of an item was read. Null: nobody looked at that. */
export interface ContentFinding {
  /** Null where it is not there, or could not be read. */
  sha256: string | null
  bytes: number | null
  /** By the content, not by the name. */
  mediaType: string | null
  opens: boolean | null
  isEncrypted: boolean | null
  scan: 'clean' | 'infected' | null
}

/** What is sent with a file, or said by the receipt. */
export interface Delivery {
  sha256: string
  /** Null where only the digest was told. */
  count: { items: number; bytes: number } | null
}

/** What is known of a file when it is examined. */
export interface Examined {
  moment: Moment
  /** Null where the metadata cannot be read. */
  file: SealedFile | null
  /** By the number of the item; without those that nobody looked at. */
  contents: ReadonlyMap<number, ContentFinding>
  /** Null where the file does not lie in a package. */
  packageProblems: readonly PackageProblem[] | null
  /** Null where nothing was handed over, or nobody said what was sent. */
  delivery: { sent: Delivery; received: Delivery } | null
  /** Digest that was recorded at the seal, and that of the metadata as they are now. */
  seal: { recorded: string; actual: string } | null
  /** Whether the journal over the time of the file is whole. Null: not verified. */
  isJournalWhole: boolean | null
}
