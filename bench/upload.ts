import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { aside, atMost, type Measure, speed } from './measure.ts'
import type { StoringResult } from './storing.ts'

/**
 * Storing a content (hashed, flushed to the disk, named, and sealed where wanted) in terms of streaming the same bytes through the
 * same digest, and the bare cipher, into a plain file, which is neither flushed nor named; and whether memory stays flat for a large one.
 */
export async function measureUpload(directory: string): Promise<Measure[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/storing.ts', directory], {
    cwd: path.join(import.meta.dirname, '..'),
  })
  const { large, scans, growth }: StoringResult = JSON.parse(stdout)
  return [
    speed('upload: MB stored of 128 / streamed to a file and hashed', large.plain, large.limit, 0.7),
    aside(speed('     sealed / streamed, hashed and encrypted', large.sealed, large.cipherLimit, 0)),
    aside(speed('     sealed / streamed and hashed only', large.sealed, large.limit, 0)),
    aside(speed('     of 2 at a time, where the flush weighs most', scans.plain, scans.limit, 0)),
    atMost('upload: memory that a content of 1 GB takes', growth, 96, 'MB'),
  ]
}
