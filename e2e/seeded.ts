import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'
import { temporaryDirectory } from '../server/test/directory.ts'
import { startDemonstration } from './demonstration.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The file that says, once it is there, where the data lie that the demonstration has after its first start. */
    demonstration: string
  }
}

/** What the file says: where the data lie, or why there are none. */
type Seeded = { data: string } | { failure: string }

/**
 * The demonstration is started for the first time once in a run; each test file goes on with a copy of its data. Files that need none
 * are run meanwhile.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { directory, remove } = await temporaryDirectory()
  const note = path.join(directory, 'seeded.json')
  const seeding = startDemonstration().then(async (site) => {
    await site.end()
    return site
  })
  const noted = seeding.then(
    ({ data }) => writeNote(note, { data }),
    (error: unknown) => writeNote(note, { failure: String(error) }),
  )
  project.provide('demonstration', note)
  return async () => {
    await noted
    await seeding.then(
      (site) => site.stop(),
      () => undefined,
    )
    await remove()
  }
}

/** Where the data lie that are to be copied, as soon as they are whole. */
export async function seededData(note: string): Promise<string> {
  for (;;) {
    const text = await readFile(note, 'utf8').catch(() => null)
    if (text === null) {
      await sleep(250)
      continue
    }
    const seeded: Seeded = JSON.parse(text)
    if ('failure' in seeded) throw new Error(seeded.failure)
    return seeded.data
  }
}

async function writeNote(note: string, seeded: Seeded): Promise<void> {
  await writeFile(`${note}.new`, JSON.stringify(seeded))
  await rename(`${note}.new`, note)
}
