import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { diskStore } from '../../src/platform/content/disk-store.ts'
import { contentSealing } from '../../src/platform/content/sealing.ts'
import { diskUploads } from '../../src/platform/content/uploads.ts'
import { readSecrets } from '../../src/platform/secrets.ts'

/** What came of a round in which contents were being stored when the process was killed. */
export interface ContentRound {
  /** Contents and pieces of uploads that were acknowledged in this round. */
  acknowledged: number
  /** Of them, those that are not there or not what they were. */
  lost: number
  /** Stored contents of all rounds so far that are not whole. */
  half: number
  /** Drafts that were left, before they were taken away. */
  drafts: number
  /** Files that are there after that and are neither contents nor of an upload. */
  strangers: number
}

/** Kills a process with SIGKILL at a random moment while it stores contents, and looks at everything that is there then. */
export async function contentRound(directory: string): Promise<ContentRound> {
  await readSecrets(directory)
  const contents = new Set<string>()
  const pieces = new Map<string, { bytes: number; digest: string }>()
  let acknowledged = 0
  const writer = spawn(process.execPath, [path.join(import.meta.dirname, 'content-writer.ts'), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => writer.once('exit', resolve))
  const lines = createInterface({ input: writer.stdout })
  const heard = new Promise((resolve) => lines.once('close', resolve))
  lines.on('line', (line) => {
    const [what, id = '', bytes = '', digest = ''] = line.split(' ')
    acknowledged += 1
    if (what === 'content') contents.add(id)
    if (what === 'upload') pieces.set(id, { bytes: Number(bytes), digest })
    // From its finish on it may be gone at any moment.
    if (what === 'discarded' || Number(bytes) === wholeBytes) pieces.delete(id)
  })
  while (acknowledged === 0 && writer.exitCode === null) await sleep(5)
  await sleep(Math.random() * 1_500)
  if (writer.exitCode !== null) throw new Error(`the writer ended with ${writer.exitCode}`)
  writer.kill('SIGKILL')
  await Promise.all([ended, heard])
  return { acknowledged, ...(await inspect(directory, contents, pieces)) }
}

/** What an upload has when it is finished. */
const wholeBytes = 1_000_000

async function inspect(
  directory: string,
  contents: ReadonlySet<string>,
  pieces: ReadonlyMap<string, { bytes: number; digest: string }>,
): Promise<Omit<ContentRound, 'acknowledged'>> {
  const sealing = contentSealing(await readSecrets(directory))
  const files = path.join(directory, 'files')
  const store = diskStore(files, { algorithm: 'sha256', sealing, seals: false })
  const uploads = diskUploads(path.join(directory, 'uploads'))
  let [lost, half] = [0, 0]
  for (const id of contents) if ((await store.check(id)) !== 'sound') lost += 1
  for await (const { id } of store.list()) if ((await store.check(id)) !== 'sound') half += 1
  for (const [id, { bytes, digest }] of pieces) {
    const found = await (await uploads.bytesOf(id)).read(0, bytes)
    if (createHash('sha256').update(found).digest('hex') !== digest) lost += 1
  }
  const drafts = await store.tidyDrafts(new Date(Date.now() + 60_000))
  await uploads.tidy(new Date(Date.now() + 60_000))
  const all = await readdir(files, { recursive: true, withFileTypes: true })
  const count = (await Array.fromAsync(store.list())).length
  const left = await readdir(path.join(directory, 'uploads'))
  return { lost, half, drafts, strangers: all.filter((it) => it.isFile()).length - count + left.length }
}
