import { Refusal } from '../refusal.ts'
import { startThread } from '../threads.ts'
import type { PackageLimits } from './package-entries.ts'
import type { PackageReport } from './verify-package.ts'
import { type VerifyingQuestion, verifyingThread } from './verifying-thread.ts'

/** How long a package may take. */
const patienceMs = 3_600_000

/**
 * Verifies a package that a stranger sent, in a thread of its own: hashing it and reading its metadata would keep everybody else
 * waiting. Refuses what `verifyPackage` refuses, and what takes too much memory or time.
 */
export async function verifyApart(place: string, limits: PackageLimits): Promise<PackageReport> {
  const thread = startThread<VerifyingQuestion, PackageReport>(verifyingThread, {
    memoryMiB: 512,
    timeoutMs: patienceMs,
    tooMuch: new Refusal('too-large', '这个包过大或过于复杂，没有核验。请移交方分成几个包。'),
  })
  try {
    return await thread.ask({ place, limits })
  } finally {
    await thread.close()
  }
}
