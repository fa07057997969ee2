import { answerInThread } from '../threads.ts'
import type { PackageLimits } from './package-entries.ts'
import { type PackageReport, verifyPackage } from './verify-package.ts'

/** What the verifying thread is asked: where a package lies, and how much of it is read. */
export interface VerifyingQuestion {
  place: string
  limits: PackageLimits
}

/** This module, to be run in a thread. */
export const verifyingThread = import.meta.url

answerInThread(
  verifyingThread,
  ({ place, limits }: VerifyingQuestion): Promise<PackageReport> => verifyPackage(place, null, limits),
)
