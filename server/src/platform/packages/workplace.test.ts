import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { temporaryDirectory } from '../../../test/directory.ts'
import { clearWorkplaces, openWorkplace } from './workplace.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)

test('what killed servers left behind goes at a start, and nothing else', async () => {
  vi.stubEnv('TMPDIR', directory)
  onTestFinished(() => void vi.unstubAllEnvs())
  const own = await openWorkplace()
  const left = [
    `zhibu-package-${process.pid}-before`,
    // No system counts its processes so far.
    'zhibu-package-2147483646-killed',
    'zhibu-package-old',
  ]
  const kept = [`zhibu-package-${process.ppid}-runs`, 'zhibu-seals-x', 'package-1-x']
  for (const name of [...left, ...kept]) {
    await mkdir(path.join(directory, name))
    await writeFile(path.join(directory, name, 'package.zip.part'), 'half')
  }
  expect(path.basename(own)).toMatch(new RegExp(`^zhibu-package-${process.pid}-`))
  expect(await clearWorkplaces()).toBe(4)
  expect((await readdir(directory)).sort()).toEqual([...kept].sort())
})

test('where there is no folder for temporary files there is nothing to take away', async () => {
  vi.stubEnv('TMPDIR', path.join(directory, 'none'))
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(await clearWorkplaces()).toBe(0)
})
