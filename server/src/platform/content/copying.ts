import { createWriteStream } from 'node:fs'
import { cp, readdir } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Secrets } from '../secrets.ts'
import { sealedEnding } from './content-id.ts'
import { diskStore, draftsFolder } from './disk-store.ts'
import { contentSealing } from './sealing.ts'

/** Copies a folder of files for other programs: sealed contents are opened, drafts left out. Refuses contents that were changed. */
export async function copyOpened(folder: string, target: string, secrets: Secrets): Promise<void> {
  const drafts = path.join(folder, draftsFolder)
  await cp(folder, target, { recursive: true, filter: (it) => it !== drafts && !it.endsWith(sealedEnding) })
  const store = diskStore(folder, { algorithm: 'sha256', sealing: contentSealing(secrets), seals: true })
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith(sealedEnding)) continue
    const opened = name.slice(0, -sealedEnding.length)
    const content = await store.read(path.basename(opened))
    await pipeline(content, createWriteStream(path.join(target, opened), { flags: 'wx', mode: 0o600 }))
  }
}
